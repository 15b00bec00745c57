// Writes HTML that every parser reads back as the tree that was meant.
// SPDX-License-Identifier: Apache-2.0
#include "text/writer.h"

#include <assert.h>
#include <string.h>

#include "text/utf8.h"

// How a block holds text.
enum content {
    PHRASE = 1, // itself, and no blocks
    WRAP,       // in paragraphs
    BARE,       // itself, between blocks
    PARTS,      // not at all: list and table structure
};

static enum content content_of(GumboTag tag)
{
    switch (tag) {
    case GUMBO_TAG_P:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_SUMMARY:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_FIGCAPTION:
        return PHRASE;
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
    case GUMBO_TAG_FIGURE:
        return BARE;
    case GUMBO_TAG_BODY:
    case GUMBO_TAG_BLOCKQUOTE:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SECTION:
        return WRAP;
    default:
        return PARTS;
    }
}

static struct level *top(struct writer *w)
{
    return &w->levels[w->depth];
}

static bool is_heading(GumboTag tag)
{
    return tag >= GUMBO_TAG_H2 && tag <= GUMBO_TAG_H6;
}

static void write_open(struct writer *w, GumboTag tag, str attributes)
{
    buf_add_char(&w->out, '<');
    buf_add(&w->out, str_of(gumbo_normalized_tagname(tag)));
    buf_add(&w->out, attributes);
    buf_add_char(&w->out, '>');
}

static void write_end(struct writer *w, GumboTag tag)
{
    buf_add(&w->out, S("</"));
    buf_add(&w->out, str_of(gumbo_normalized_tagname(tag)));
    buf_add_char(&w->out, '>');
}

static void close_inlines(struct writer *w)
{
    while (w->inlines_open > 0)
        write_end(w, w->inlines[--w->inlines_open].tag);
}

static void start_afresh(struct writer *w)
{
    w->at_start = true;
    w->space = w->soft = false;
    w->breaks = 0;
}

static void push(struct writer *w, GumboTag tag, str attributes, bool implied)
{
    close_inlines(w);
    size_t start = w->out.len;
    if (w->depth == 0 && start)
        buf_add_char(&w->out, '\n');
    write_open(w, tag, attributes);
    w->levels[++w->depth] = (struct level){tag, implied, .para_outside = w->para, .start = start,
                                           .content = w->out.len};
    w->para = w->para && tag == GUMBO_TAG_P;
    start_afresh(w);
}

static bool stays_when_empty(GumboTag tag)
{
    return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

// Of a block that left no trace only a boundary stays.
static void go_on_after_nothing(struct writer *w)
{
    w->soft = top(w)->run;
    w->at_start = !top(w)->run;
}

static void pop(struct writer *w)
{
    struct level *level = top(w);
    close_inlines(w);
    bool empty = w->out.len == level->content && !stays_when_empty(level->tag);
    if (empty)
        w->out.len = level->start;
    else
        write_end(w, level->tag);
    w->para = level->para_outside;
    w->depth--;
    start_afresh(w);
    top(w)->run = top(w)->run && empty;
    go_on_after_nothing(w);
}

void writer_init(struct writer *w, struct arena *a, size_t most)
{
    *w = (struct writer){.arena = a, .out = buf_new(a, most), .at_start = true};
    w->levels[0].tag = GUMBO_TAG_BODY;
}

static bool is_part_of_table(GumboTag tag)
{
    return tag == GUMBO_TAG_CAPTION || tag == GUMBO_TAG_COLGROUP || tag == GUMBO_TAG_COL ||
           tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_TFOOT ||
           tag == GUMBO_TAG_TR || tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH;
}

// Whether a part of a table, a caption or a summary stands where it belongs.
static bool fits(struct writer *w, GumboTag tag)
{
    GumboTag parent = top(w)->tag;
    switch (tag) {
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        return parent == GUMBO_TAG_TR;
    case GUMBO_TAG_TR:
        return parent == GUMBO_TAG_THEAD || parent == GUMBO_TAG_TBODY || parent == GUMBO_TAG_TFOOT;
    case GUMBO_TAG_COL:
        return parent == GUMBO_TAG_COLGROUP;
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_COLGROUP:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
        return parent == GUMBO_TAG_TABLE;
    case GUMBO_TAG_FIGCAPTION:
        return parent == GUMBO_TAG_FIGURE;
    case GUMBO_TAG_SUMMARY:
        return parent == GUMBO_TAG_DETAILS && w->out.len == top(w)->content;
    default:
        return true;
    }
}

static bool is_list(GumboTag tag)
{
    return tag == GUMBO_TAG_UL || tag == GUMBO_TAG_OL;
}

static bool is_item_of(GumboTag item, GumboTag list)
{
    if (is_list(list))
        return item == GUMBO_TAG_LI;
    return list == GUMBO_TAG_DL && (item == GUMBO_TAG_DT || item == GUMBO_TAG_DD);
}

// Something other than its items comes into a list. False if the level is no list.
static bool make_way_in_list(struct writer *w)
{
    struct level *level = top(w);
    if (!is_list(level->tag) && level->tag != GUMBO_TAG_DL)
        return false;
    if (level->implied)
        pop(w);
    else
        push(w, is_list(level->tag) ? GUMBO_TAG_LI : GUMBO_TAG_DD, S(""), /* implied= */ true);
    return true;
}

// Makes the innermost level one that a block may come into; false if there is no way.
static bool make_way(struct writer *w, GumboTag tag)
{
    for (;;) {
        struct level *level = top(w);
        bool written = w->out.len > level->content;
        if (level->tag == GUMBO_TAG_P || (is_heading(level->tag) && written)) {
            pop(w);
            continue;
        }
        if (content_of(level->tag) == PHRASE)
            return false;
        if (level->implied && w->depth > 1 && is_item_of(tag, (level - 1)->tag)) {
            pop(w);
            continue;
        }
        if (is_item_of(tag, level->tag))
            return true;
        if (!make_way_in_list(w))
            break;
    }
    bool part = is_part_of_table(tag) || tag == GUMBO_TAG_FIGCAPTION || tag == GUMBO_TAG_SUMMARY;
    return part || (content_of(top(w)->tag) != PARTS && w->depth < LEVELS_MAX);
}

static bool needs_list(struct writer *w, GumboTag tag)
{
    bool item = tag == GUMBO_TAG_LI || tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD;
    return item && !is_item_of(tag, top(w)->tag);
}

size_t writer_open(struct writer *w, GumboTag tag, str attributes)
{
    if (!make_way(w, tag) || !fits(w, tag)) {
        writer_boundary(w);
        return 0;
    }
    if (needs_list(w, tag))
        push(w, tag == GUMBO_TAG_LI ? GUMBO_TAG_UL : GUMBO_TAG_DL, S(""), /* implied= */ true);
    push(w, tag, attributes, /* implied= */ false);
    return w->depth;
}

void writer_close(struct writer *w, size_t mark)
{
    if (!mark) {
        writer_boundary(w);
        return;
    }
    while (w->depth >= mark)
        pop(w);
}

void writer_rewrite(struct writer *w, size_t mark, str old, str attributes)
{
    assert(attributes.len >= old.len);
    while (w->depth > mark)
        pop(w);
    struct level *level = top(w);
    size_t more = attributes.len - old.len, at = level->content - old.len - 1;
    if (!buf_room(&w->out, more))
        return;
    memmove(w->out.ptr + level->content + more, w->out.ptr + level->content,
            w->out.len - level->content);
    memcpy(w->out.ptr + at, attributes.ptr, attributes.len);
    w->out.ptr[at + attributes.len] = '>';
    w->out.len += more;
    level->content += more;
}

size_t writer_para(struct writer *w, str attributes)
{
    writer_boundary(w);
    w->para = content_of(top(w)->tag) != PHRASE;
    w->para_attributes = attributes;
    if (w->para) {
        close_inlines(w);
        start_afresh(w);
    }
    return w->depth + 1;
}

void writer_para_end(struct writer *w, size_t mark)
{
    while (w->depth >= mark)
        pop(w);
    if (w->para)
        go_on_after_nothing(w);
    else
        writer_boundary(w);
    w->para = false;
}

void writer_boundary(struct writer *w)
{
    if (top(w)->tag == GUMBO_TAG_P)
        pop(w);
    if (content_of(top(w)->tag) == PHRASE)
        w->space = !w->at_start;
    else
        w->soft = top(w)->run;
}

void writer_void_block(struct writer *w, GumboTag tag, str attributes)
{
    if (!make_way(w, tag) || !fits(w, tag)) {
        writer_boundary(w);
        return;
    }
    close_inlines(w);
    if (w->depth == 0 && w->out.len)
        buf_add_char(&w->out, '\n');
    write_open(w, tag, attributes);
    top(w)->run = false;
    start_afresh(w);
}

bool writer_inline(struct writer *w, GumboTag tag, str attributes)
{
    bool nests =
        tag == GUMBO_TAG_SUB || tag == GUMBO_TAG_SUP || tag == GUMBO_TAG_SPAN || tag == GUMBO_TAG_Q;
    for (size_t i = 0; i < w->inlines_wanted && !nests; i++)
        if (w->inlines[i].tag == tag)
            return false;
    if (w->inlines_wanted == INLINES_MAX)
        return false;
    w->inlines[w->inlines_wanted++] = (struct inline_element){tag, attributes};
    return true;
}

void writer_inline_end(struct writer *w)
{
    w->inlines_wanted--;
    if (w->inlines_open > w->inlines_wanted)
        write_end(w, w->inlines[--w->inlines_open].tag);
}

// Makes the innermost level one that holds text; false if it must not.
static bool make_way_for_text(struct writer *w)
{
    for (;;) {
        switch (content_of(top(w)->tag)) {
        case PHRASE:
            return true;
        case BARE:
            if (!w->para)
                return true;
            push(w, GUMBO_TAG_P, w->para_attributes, /* implied= */ true);
            w->para_attributes = S("");
            return true;
        case WRAP:
            push(w, GUMBO_TAG_P, w->para ? w->para_attributes : S(""), /* implied= */ true);
            w->para_attributes = S("");
            return true;
        case PARTS:
            if (!make_way_in_list(w))
                return false;
        }
    }
}

static void write_breaks(struct writer *w)
{
    bool splits = top(w)->tag == GUMBO_TAG_P && w->breaks > 1;
    if (splits) {
        pop(w);
        make_way_for_text(w);
        return;
    }
    // A break between two inline elements stands inside those that go on.
    for (int i = 0; i < w->breaks && i < 2; i++)
        buf_add(&w->out, S("<br>"));
}

// Gets ready to write a word or picture: everything due before it is written.
static bool begin_word(struct writer *w)
{
    bool ready =
        !w->at_start && !w->space && !w->breaks && !w->soft && w->inlines_open == w->inlines_wanted;
    if (ready)
        return true;
    if (!make_way_for_text(w))
        return false;
    if (w->soft && top(w)->run && !w->breaks)
        w->breaks = 1;
    if (w->breaks && !w->at_start)
        write_breaks(w);
    else if (w->space && !w->at_start)
        buf_add_char(&w->out, top(w)->tag == GUMBO_TAG_PRE ? '\n' : ' ');
    w->at_start = w->space = w->soft = false;
    w->breaks = 0;
    top(w)->run = true;
    while (w->inlines_open < w->inlines_wanted) {
        struct inline_element *element = &w->inlines[w->inlines_open++];
        write_open(w, element->tag, element->attributes);
    }
    return true;
}

enum sort { PLAIN, SPACE, MARKUP, CONTROL, MAYBE, LATE };

// C2 starts both the no-break space and the C1 controls; among what EF to F4 start are code points
// that are no characters, which parsers replace.
static const unsigned char sorts[256] = {
    [0x00 ... 0x08] = CONTROL,
    ['\t'] = SPACE,
    ['\n'] = SPACE,
    [0x0B] = CONTROL,
    ['\f'] = SPACE,
    ['\r'] = SPACE,
    [0x0E ... 0x1F] = CONTROL,
    [' '] = SPACE,
    ['&'] = MARKUP,
    ['<'] = MARKUP,
    ['>'] = MARKUP,
    ['"'] = PLAIN,
    [0x7F] = CONTROL,
    [0xC2] = MAYBE,
    [0xEF ... 0xF4] = LATE,
};

static enum sort sort_at(str s, size_t i)
{
    return sorts[(unsigned char)s.ptr[i]];
}

// Length of the code point at `i` if it is no character, else 0.
static size_t noncharacter(str s, size_t i)
{
    const unsigned char *b = (const unsigned char *)s.ptr + i;
    size_t len = b[0] == 0xEF ? 3 : 4;
    if (i + len > s.len)
        return 0;
    bool arabic = b[0] == 0xEF && b[1] == 0xB7 && b[2] >= 0x90 && b[2] <= 0xAF;
    bool last = b[len - 1] >= 0xBE && b[len - 2] == 0xBF &&
                (len == 3 ? b[0] == 0xEF : (b[1] & 0x0F) == 0x0F);
    return arabic || last ? len : 0;
}

static bool is_c1(str s, size_t i)
{
    return i + 1 < s.len && (unsigned char)s.ptr[i + 1] < 0xA0;
}

static bool is_no_break_space(str s, size_t i)
{
    return str_starts(str_from(s, i), S("\xC2\xA0"));
}

static void escape_char(struct buf *out, char c)
{
    if (c == '&')
        buf_add(out, S("&amp;"));
    else if (c == '<')
        buf_add(out, S("&lt;"));
    else if (c == '>')
        buf_add(out, S("&gt;"));
    else if (c == '"')
        buf_add(out, S("&quot;"));
    else
        buf_add_char(out, c);
}

// Writes U+FFFD in place of what is no character, and moves to its last byte.
static bool replace_noncharacter(struct buf *out, str s, size_t *i)
{
    size_t len = sort_at(s, *i) == LATE ? noncharacter(s, *i) : 0;
    if (len) {
        buf_add(out, S("\uFFFD"));
        *i += len - 1;
    }
    return len > 0;
}

void writer_escape(struct buf *out, str text)
{
    text = utf8_repair(out->arena, text);
    for (size_t i = 0; i < text.len; i++) {
        enum sort sort = sort_at(text, i);
        if (replace_noncharacter(out, text, &i))
            continue;
        if (sort == MAYBE && is_c1(text, i))
            i++;
        else if (sort == SPACE)
            buf_add_char(out, ' ');
        else if (sort != CONTROL)
            escape_char(out, text.ptr[i]);
    }
}

// Where the run of characters from `i` ends that may be copied as they are; single spaces between
// them included.
static size_t plain_end(str s, size_t i)
{
    for (; i < s.len; i++) {
        enum sort sort = sort_at(s, i);
        if (sort == PLAIN || (sort == MAYBE && !is_c1(s, i)) ||
            (sort == LATE && !noncharacter(s, i)))
            continue;
        bool lone = s.ptr[i] == ' ' && i + 1 < s.len && sort_at(s, i + 1) == PLAIN;
        if (!lone)
            break;
    }
    return i;
}

// What is left from the first character on that is written at all.
static str from_first_shown(str s)
{
    for (; s.len; s = str_from(s, 1)) {
        enum sort sort = sort_at(s, 0);
        if (sort == MAYBE && is_c1(s, 0))
            s = str_from(s, 1);
        else if (sort != CONTROL && *s.ptr != '\r' && *s.ptr != '\f')
            break;
    }
    return s;
}

static void write_pre(struct writer *w, str s)
{
    struct level *level = top(w);
    s = from_first_shown(s);
    // The parser drops a line end that directly follows <pre>.
    bool first = w->out.len == level->content && !w->inlines_wanted && s.len && *s.ptr == '\n';
    if (!s.len || !begin_word(w))
        return;
    if (first)
        buf_add_char(&w->out, '\n');
    for (size_t i = 0; i < s.len; i++) {
        enum sort sort = sort_at(s, i);
        if (replace_noncharacter(&w->out, s, &i))
            continue;
        if (sort == MAYBE && is_c1(s, i))
            i++;
        else if (s.ptr[i] == '"')
            buf_add_char(&w->out, '"');
        else if (sort != CONTROL && s.ptr[i] != '\r' && s.ptr[i] != '\f')
            escape_char(&w->out, s.ptr[i]);
    }
}

void writer_text(struct writer *w, str s)
{
    if (top(w)->tag == GUMBO_TAG_PRE) {
        write_pre(w, s);
        return;
    }
    for (size_t i = 0; i < s.len;) {
        enum sort sort = sort_at(s, i);
        if (sort == SPACE) {
            w->space = !w->at_start;
            i++;
        } else if (sort == CONTROL) {
            i++;
        } else if (sort == MAYBE && (is_c1(s, i) || (w->at_start && is_no_break_space(s, i)))) {
            i += 2;
        } else if (!begin_word(w)) {
            return;
        } else if (sort == MARKUP) {
            escape_char(&w->out, s.ptr[i++]);
        } else if (replace_noncharacter(&w->out, s, &i)) {
            i++;
        } else {
            size_t end = plain_end(s, i);
            buf_add(&w->out, str_sub(s, i, end));
            i = end;
        }
    }
}

void writer_lone_link(struct writer *w, str attributes, str text)
{
    struct inline_element kept[INLINES_MAX];
    size_t wanted = w->inlines_wanted;
    memcpy(kept, w->inlines, sizeof kept);
    close_inlines(w);
    w->inlines_wanted = 0;
    writer_inline(w, GUMBO_TAG_A, attributes);
    writer_text(w, text);
    writer_inline_end(w);
    memcpy(w->inlines, kept, sizeof kept);
    w->inlines_wanted = wanted;
}

void writer_break(struct writer *w)
{
    if (top(w)->tag == GUMBO_TAG_PRE) {
        write_pre(w, S("\n"));
        return;
    }
    w->space = false;
    w->breaks += !w->at_start;
}

// Gumbo has no name for <picture>.
void writer_image(struct writer *w, str source, str attributes)
{
    if (!begin_word(w))
        return;
    if (source.len) {
        buf_add(&w->out, S("<picture>"));
        write_open(w, GUMBO_TAG_SOURCE, source);
    }
    write_open(w, GUMBO_TAG_IMG, attributes);
    if (source.len)
        buf_add(&w->out, S("</picture>"));
}

str writer_finish(struct writer *w)
{
    while (w->depth)
        pop(w);
    return buf_str(&w->out);
}
