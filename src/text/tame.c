// Markup from anywhere rewritten so that the tree parser meets neither surprise nor overwork.
// SPDX-License-Identifier: Apache-2.0
#include "text/tame.h"

#include <gumbo.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/drops.h"
#include "text/open.h"
#include "text/runs.h"

// What becomes of a tag.
enum fate {
    UNWRAP,  // the tag goes, what it holds stays
    KEEP,    // written under the name in `as`
    HOLD,    // kept, its content dropped: it is no markup
    DROP,    // goes with all that stands before its end tag, or to the end if there is none
    DROP_IF, // the same if there is an end tag; else only the tag goes
    FOREIGN, // goes with its content up to the end tag or the next block of HTML
};

struct rule {
    enum fate fate;
    GumboTag as;
    enum drop drop;
};

#define AS(tag)                                                                                    \
    {                                                                                              \
        KEEP, GUMBO_TAG_##tag, DROPS                                                               \
    }

static const struct rule rules[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_A] = AS(A),
    [GUMBO_TAG_ABBR] = AS(ABBR),
    [GUMBO_TAG_ACRONYM] = AS(ABBR),
    [GUMBO_TAG_ADDRESS] = AS(DIV),
    [GUMBO_TAG_ARTICLE] = AS(DIV),
    [GUMBO_TAG_ASIDE] = AS(DIV),
    [GUMBO_TAG_AUDIO] = AS(AUDIO),
    [GUMBO_TAG_B] = AS(B),
    [GUMBO_TAG_BDI] = AS(SPAN),
    [GUMBO_TAG_BDO] = AS(SPAN),
    [GUMBO_TAG_BLOCKQUOTE] = AS(BLOCKQUOTE),
    [GUMBO_TAG_BR] = AS(BR),
    [GUMBO_TAG_CAPTION] = AS(CAPTION),
    [GUMBO_TAG_CENTER] = AS(DIV),
    [GUMBO_TAG_CITE] = AS(CITE),
    [GUMBO_TAG_CODE] = AS(CODE),
    [GUMBO_TAG_COL] = AS(COL),
    [GUMBO_TAG_COLGROUP] = AS(COLGROUP),
    [GUMBO_TAG_DD] = AS(DD),
    [GUMBO_TAG_DEL] = AS(S),
    [GUMBO_TAG_DETAILS] = AS(DETAILS),
    [GUMBO_TAG_DFN] = AS(EM),
    [GUMBO_TAG_DIR] = AS(UL),
    [GUMBO_TAG_DIV] = AS(DIV),
    [GUMBO_TAG_DL] = AS(DL),
    [GUMBO_TAG_DT] = AS(DT),
    [GUMBO_TAG_EM] = AS(EM),
    [GUMBO_TAG_EMBED] = AS(EMBED),
    [GUMBO_TAG_FIELDSET] = AS(DIV),
    [GUMBO_TAG_FIGCAPTION] = AS(FIGCAPTION),
    [GUMBO_TAG_FIGURE] = AS(FIGURE),
    [GUMBO_TAG_FOOTER] = AS(DIV),
    [GUMBO_TAG_FORM] = AS(DIV),
    [GUMBO_TAG_H1] = AS(H1),
    [GUMBO_TAG_H2] = AS(H2),
    [GUMBO_TAG_H3] = AS(H3),
    [GUMBO_TAG_H4] = AS(H4),
    [GUMBO_TAG_H5] = AS(H5),
    [GUMBO_TAG_H6] = AS(H6),
    [GUMBO_TAG_HEADER] = AS(DIV),
    [GUMBO_TAG_HGROUP] = AS(DIV),
    [GUMBO_TAG_HR] = AS(HR),
    [GUMBO_TAG_I] = AS(I),
    [GUMBO_TAG_IMAGE] = AS(IMG),
    [GUMBO_TAG_IMG] = AS(IMG),
    [GUMBO_TAG_INS] = AS(U),
    [GUMBO_TAG_KBD] = AS(KBD),
    [GUMBO_TAG_LEGEND] = AS(DIV),
    [GUMBO_TAG_LI] = AS(LI),
    [GUMBO_TAG_LISTING] = AS(PRE),
    [GUMBO_TAG_MAIN] = AS(DIV),
    [GUMBO_TAG_MARK] = AS(MARK),
    [GUMBO_TAG_MENU] = AS(UL),
    [GUMBO_TAG_NAV] = AS(DIV),
    [GUMBO_TAG_OL] = AS(OL),
    [GUMBO_TAG_P] = AS(P),
    [GUMBO_TAG_PRE] = AS(PRE),
    [GUMBO_TAG_Q] = AS(Q),
    [GUMBO_TAG_S] = AS(S),
    [GUMBO_TAG_SAMP] = AS(SAMP),
    [GUMBO_TAG_SECTION] = AS(DIV),
    [GUMBO_TAG_SMALL] = AS(SMALL),
    [GUMBO_TAG_SOURCE] = AS(SOURCE),
    [GUMBO_TAG_SPAN] = AS(SPAN),
    [GUMBO_TAG_STRIKE] = AS(S),
    [GUMBO_TAG_STRONG] = AS(STRONG),
    [GUMBO_TAG_SUB] = AS(SUB),
    [GUMBO_TAG_SUMMARY] = AS(SUMMARY),
    [GUMBO_TAG_SUP] = AS(SUP),
    [GUMBO_TAG_TABLE] = AS(TABLE),
    [GUMBO_TAG_TBODY] = AS(TBODY),
    [GUMBO_TAG_TD] = AS(TD),
    [GUMBO_TAG_TFOOT] = AS(TFOOT),
    [GUMBO_TAG_TH] = AS(TH),
    [GUMBO_TAG_THEAD] = AS(THEAD),
    [GUMBO_TAG_TIME] = AS(TIME),
    [GUMBO_TAG_TR] = AS(TR),
    [GUMBO_TAG_TT] = AS(CODE),
    [GUMBO_TAG_U] = AS(U),
    [GUMBO_TAG_UL] = AS(UL),
    [GUMBO_TAG_VAR] = AS(VAR),
    [GUMBO_TAG_VIDEO] = AS(VIDEO),
    [GUMBO_TAG_XMP] = AS(PRE),
    [GUMBO_TAG_IFRAME] = {HOLD, GUMBO_TAG_IFRAME, DROPS},
    [GUMBO_TAG_SCRIPT] = {DROP, 0, DROP_SCRIPT},
    [GUMBO_TAG_STYLE] = {DROP, 0, DROP_STYLE},
    [GUMBO_TAG_TITLE] = {DROP, 0, DROP_OTHER},
    [GUMBO_TAG_TEXTAREA] = {DROP, 0, DROP_CONTROL},
    [GUMBO_TAG_NOEMBED] = {DROP_IF, 0, DROP_OTHER},
    [GUMBO_TAG_NOFRAMES] = {DROP_IF, 0, DROP_OTHER},
    [GUMBO_TAG_NOSCRIPT] = {DROP_IF, 0, DROP_OTHER},
    [GUMBO_TAG_TEMPLATE] = {DROP_IF, 0, DROP_OTHER},
    [GUMBO_TAG_SELECT] = {DROP_IF, 0, DROP_CONTROL},
    [GUMBO_TAG_DATALIST] = {DROP_IF, 0, DROP_CONTROL},
    [GUMBO_TAG_BUTTON] = {DROP_IF, 0, DROP_CONTROL},
    [GUMBO_TAG_CANVAS] = {DROP_IF, 0, DROP_DRAWING},
    [GUMBO_TAG_SVG] = {FOREIGN, 0, DROP_DRAWING},
    [GUMBO_TAG_MATH] = {FOREIGN, 0, DROP_DRAWING},
    [GUMBO_TAG_INPUT] = {UNWRAP, 0, DROP_CONTROL},
};

// One pass over the markup.
struct pass {
    struct arena *arena;
    str in;
    size_t at;
    struct buf out;
    struct open open;
    struct drops *drops;
    bool endless[GUMBO_TAG_LAST + 1]; // no end tag of this name stands ahead
};

struct attribute {
    str name, value;
};

// A tag as it stands in the markup.
struct tag {
    GumboTag name;
    bool end, closes_itself;
    struct attribute attributes[ATTRIBUTES_MAX];
    size_t attribute_count;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c | 32) >= 'a' && (c | 32) <= 'z';
}

static const str attribute_names[] = {
    S("align"),         S("alt"),
    S("cite"),          S("class"),
    S("colspan"),       S("data-height"),
    S("data-id"),       S("data-instgrm-permalink"),
    S("data-lazy-src"), S("data-original"),
    S("data-provider"), S("data-src"),
    S("data-width"),    S("datetime"),
    S("dir"),           S("height"),
    S("href"),          S("id"),
    S("lang"),          S("name"),
    S("open"),          S("reversed"),
    S("rowspan"),       S("scope"),
    S("span"),          S("src"),
    S("srcset"),        S("start"),
    S("title"),         S("type"),
    S("value"),         S("width"),
};

static bool is_known(str name)
{
    for (size_t i = 0; i < sizeof attribute_names / sizeof *attribute_names; i++)
        if (str_eq_nocase(name, attribute_names[i]))
            return true;
    return false;
}

static char here(const struct pass *p)
{
    return p->at < p->in.len ? p->in.ptr[p->at] : 0;
}

static bool more(const struct pass *p)
{
    return p->at < p->in.len;
}

static void skip_to(struct pass *p, char c)
{
    ptrdiff_t found = str_find_char(str_from(p->in, p->at), c);
    p->at = found < 0 ? p->in.len : p->at + (size_t)found;
}

static str read_value(struct pass *p)
{
    char quote = here(p);
    size_t start = p->at;
    if (quote == '"' || quote == '\'') {
        p->at++;
        skip_to(p, quote);
        str value = str_sub(p->in, start + 1, p->at);
        p->at += more(p);
        return value;
    }
    while (more(p) && !is_space(here(p)) && here(p) != '>')
        p->at++;
    return str_sub(p->in, start, p->at);
}

static void add_attribute(struct pass *p, struct tag *tag, str name, str value)
{
    if (name.len > 2 && str_eq_nocase(str_sub(name, 0, 2), S("on")))
        p->drops->count[DROP_SCRIPT]++;
    if (tag->attribute_count == ATTRIBUTES_MAX || !is_known(name))
        return;
    tag->attributes[tag->attribute_count++] = (struct attribute){name, value};
}

// Reads attributes up to and past '>'. False at the end of the text: browsers drop such a tag.
static bool read_attributes(struct pass *p, struct tag *tag)
{
    for (;;) {
        tag->closes_itself = false;
        while (more(p) && (is_space(here(p)) || here(p) == '/')) {
            tag->closes_itself = here(p) == '/';
            p->at++;
        }
        if (!more(p))
            return false;
        if (here(p) == '>') {
            p->at++;
            return true;
        }
        size_t start = p->at++; // a '=' here begins a name
        while (more(p) && !is_space(here(p)) && here(p) != '=' && here(p) != '>' && here(p) != '/')
            p->at++;
        str name = str_sub(p->in, start, p->at), value = S("");
        while (more(p) && is_space(here(p)))
            p->at++;
        if (here(p) == '=') {
            p->at++;
            while (more(p) && is_space(here(p)))
                p->at++;
            value = read_value(p);
        }
        add_attribute(p, tag, name, value);
    }
}

// Reads the tag at '<', which a letter follows, after '/' for an end tag.
static bool read_tag(struct pass *p, struct tag *tag)
{
    tag->attribute_count = 0;
    tag->end = p->in.ptr[++p->at] == '/';
    p->at += tag->end;
    size_t start = p->at;
    while (more(p) && !is_space(here(p)) && here(p) != '/' && here(p) != '>')
        p->at++;
    size_t len = p->at - start;
    tag->name = len < 16 ? gumbo_tagn_enum(p->in.ptr + start, len) : GUMBO_TAG_UNKNOWN;
    return read_attributes(p, tag);
}

static void write_attribute(struct buf *out, const struct attribute *attribute)
{
    char quote = str_find_char(attribute->value, '"') < 0 ? '"' : '\'';
    bool both = quote == '\'' && str_find_char(attribute->value, '\'') >= 0;
    buf_add_char(out, ' ');
    buf_add(out, attribute->name);
    if (!attribute->value.len)
        return;
    buf_add_char(out, '=');
    buf_add_char(out, quote);
    str rest = attribute->value;
    // Both quotes can stand in an unquoted value only.
    while (both && rest.ptr) {
        buf_add(out, str_cut(&rest, '\''));
        if (rest.ptr)
            buf_add(out, S("&#39;"));
    }
    if (!both)
        buf_add(out, rest);
    buf_add_char(out, quote);
}

static void write_tag(struct buf *out, GumboTag name, const struct tag *tag)
{
    buf_add(out, tag->end ? S("</") : S("<"));
    buf_add(out, str_of(gumbo_normalized_tagname(name)));
    for (size_t i = 0; !tag->end && i < tag->attribute_count; i++)
        write_attribute(out, &tag->attributes[i]);
    buf_add_char(out, '>');
}

// Where the next end tag of this name starts; the length of the text if there is none.
static size_t find_end(struct pass *p, GumboTag name)
{
    str wanted = str_of(gumbo_normalized_tagname(name));
    for (size_t at = p->at; !p->endless[name] && at < p->in.len; at++) {
        ptrdiff_t found = str_find(str_from(p->in, at), S("</"));
        if (found < 0)
            break;
        at += (size_t)found;
        str there = str_sub(p->in, at + 2, at + 2 + wanted.len);
        char after = at + 2 + wanted.len < p->in.len ? p->in.ptr[at + 2 + wanted.len] : 0;
        if (str_eq_nocase(there, wanted) && (is_space(after) || after == '/' || after == '>'))
            return at;
    }
    p->endless[name] = true;
    return p->in.len;
}

static void drop_content(struct pass *p, GumboTag name, bool to_the_end)
{
    size_t end = find_end(p, name);
    if (end == p->in.len && !to_the_end)
        return;
    p->at = end;
    skip_to(p, '>');
    p->at += more(p);
}

static bool starts_tag(const struct pass *p)
{
    size_t left = p->in.len - p->at;
    const char *s = p->in.ptr + p->at;
    return left > 1 && (is_letter(s[1]) || (left > 2 && s[1] == '/' && is_letter(s[2])));
}

// Passes over a drawing; blocks of HTML end it, as in browsers.
static void drop_foreign(struct pass *p, GumboTag name)
{
    struct tag tag;
    int depth = 1;
    while (depth && more(p)) {
        skip_to(p, '<');
        size_t start = p->at;
        if (!more(p))
            return;
        if (!starts_tag(p)) {
            p->at++;
            continue;
        }
        if (!read_tag(p, &tag))
            return;
        bool ours = tag.name == name && !(tag.closes_itself && !tag.end);
        depth += ours ? (tag.end ? -1 : 1) : 0;
        if (rules[tag.name].fate == KEEP && open_is_block(rules[tag.name].as)) {
            p->at = start;
            return;
        }
    }
}

// What goes must not join what stood around it to a character reference.
static void keep_apart(struct pass *p)
{
    enum { REFERENCE_MAX = 40 };
    size_t start = p->out.len > REFERENCE_MAX ? p->out.len - REFERENCE_MAX : 0;
    str tail = str_from(buf_str(&p->out), start);
    ptrdiff_t at = str_rfind_char(tail, '&');
    if (at >= 0 && str_find_char(str_from(tail, (size_t)at), ';') < 0 &&
        str_find_char(str_from(tail, (size_t)at), '>') < 0)
        buf_add(&p->out, S("<!---->"));
}

// Comments and what browsers take for comments.
static void drop_comment(struct pass *p)
{
    str rest = str_from(p->in, p->at);
    p->drops->count[DROP_OTHER]++;
    if (!str_starts(rest, S("<!--")) || str_starts(rest, S("<!-->")) ||
        str_starts(rest, S("<!--->"))) {
        skip_to(p, '>');
        p->at += more(p);
        return;
    }
    ptrdiff_t end = str_find(str_from(rest, 4), S("-->"));
    ptrdiff_t bang = str_find(str_sub(rest, 4, end < 0 ? rest.len : 4 + (size_t)end), S("--!>"));
    if (bang >= 0)
        p->at += 4 + (size_t)bang + 4;
    else
        p->at = end < 0 ? p->in.len : p->at + 4 + (size_t)end + 3;
}

static void handle_start(struct pass *p, const struct tag *tag)
{
    const struct rule *rule = &rules[tag->name];
    if (rule->drop != DROPS && (rule->fate != UNWRAP || tag->name == GUMBO_TAG_INPUT))
        p->drops->count[rule->drop]++;
    switch (rule->fate) {
    case UNWRAP:
        return;
    case KEEP:
        open_start(&p->open, rule->as);
        write_tag(&p->out, rule->as, tag);
        return;
    case HOLD:
        drop_content(p, tag->name, /* to_the_end= */ true);
        write_tag(&p->out, rule->as, tag);
        buf_add(&p->out, S("</"));
        buf_add(&p->out, str_of(gumbo_normalized_tagname(rule->as)));
        buf_add_char(&p->out, '>');
        return;
    case DROP:
    case DROP_IF:
        drop_content(p, tag->name, rule->fate == DROP);
        return;
    case FOREIGN:
        if (!tag->closes_itself)
            drop_foreign(p, tag->name);
        return;
    }
}

static void handle_tag(struct pass *p, struct tag *tag)
{
    if (!read_tag(p, tag))
        return;
    if (!tag->end) {
        handle_start(p, tag);
    } else if (rules[tag->name].fate == KEEP) {
        open_end(&p->open, rules[tag->name].as);
        write_tag(&p->out, rules[tag->name].as, tag);
    }
}

// What stands at '<'.
static void handle_markup(struct pass *p, struct tag *tag)
{
    char next = p->at + 1 < p->in.len ? p->in.ptr[p->at + 1] : 0;
    size_t before = p->out.len;
    if (starts_tag(p)) {
        handle_tag(p, tag);
    } else if (next == '!' || next == '?' || (next == '/' && p->at + 2 < p->in.len)) {
        drop_comment(p);
    } else {
        buf_add(&p->out, S("&lt;"));
        p->at++;
    }
    if (p->out.len == before)
        keep_apart(p);
}

error tame(struct arena *a, str markup, struct drops *drops, struct runs *runs, str *out)
{
    struct pass *p = arena_make(a, struct pass);
    struct tag *tag = arena_make(a, struct tag);
    size_t most = markup.len * 6 + 1024;
    *runs = runs_of(a, markup);
    *p = (struct pass){.arena = a, .in = markup, .drops = drops, .out = buf_new(a, most)};
    while (more(p)) {
        size_t start = p->at;
        skip_to(p, '<');
        runs_add(runs, &p->out, str_sub(p->in, start, p->at));
        if (more(p))
            handle_markup(p, tag);
        if (p->open.depth >= OPEN_MAX)
            return failure(a, FAULT_LIMIT, S("markup"), "more than %d elements open at byte %zu",
                           OPEN_MAX, p->at);
    }
    if (p->open.work > 100000 + markup.len * 64 || p->out.overflow)
        return failure(a, FAULT_LIMIT, S("markup"), "too much nesting for %zu bytes", markup.len);
    *out = buf_str(&p->out);
    return NULL;
}
