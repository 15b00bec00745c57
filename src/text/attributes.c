// Attributes of parsed elements: read, judged, and written for the elements that keep them.
// SPDX-License-Identifier: Apache-2.0
#include "text/attributes.h"

#include <string.h>

#include "base/arena.h"
#include "text/utf8.h"
#include "text/writer.h"

enum { ATTRIBUTES_BYTES = 4096, TITLE_MAX = 500, ANCHOR_MAX = 64, COLSPAN_MAX = 100 };
enum { ROWSPAN_MAX = 1000, START_MAX = 1000000 };

static const GumboAttribute *find(const GumboNode *node, const char *name)
{
    return gumbo_get_attribute(&node->v.element.attributes, name);
}

str attributes_get(const GumboNode *node, const char *name)
{
    const GumboAttribute *attribute = find(node, name);
    return attribute ? str_of(attribute->value) : S("");
}

bool attributes_has(const GumboNode *node, const char *name)
{
    return find(node, name) != NULL;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool attributes_has_class(const GumboNode *node, const char *class)
{
    str classes = attributes_get(node, "class"), wanted = str_of(class);
    for (size_t i = 0; i < classes.len;) {
        size_t start = i;
        while (i < classes.len && !is_space(classes.ptr[i]))
            i++;
        if (str_eq(str_sub(classes, start, i), wanted))
            return true;
        i++;
    }
    return false;
}

int64_t attributes_number(const GumboNode *node, const char *name, int64_t least, int64_t most)
{
    str value = str_trim(attributes_get(node, name));
    size_t len = 0;
    int64_t number;
    while (len < value.len && len < 9 && value.ptr[len] >= '0' && value.ptr[len] <= '9')
        len++;
    // "100%" says nothing of pixels.
    bool percent = len < value.len && value.ptr[len] == '%';
    if (percent || !str_int(str_sub(value, 0, len), &number) || number < least || number > most)
        return -1;
    return number;
}

void attributes_add(struct buf *b, const char *name, str value)
{
    if (!value.len)
        return;
    buf_add_char(b, ' ');
    buf_add(b, str_of(name));
    buf_add(b, S("=\""));
    writer_escape(b, value);
    buf_add_char(b, '"');
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
}

str attributes_anchor(struct arena *a, str id)
{
    struct buf b = buf_new(a, ANCHOR_MAX);
    bool ours = str_starts(id, S("at-")) || str_starts(id, S("fn-")) || str_starts(id, S("fnref-"));
    if (!ours)
        buf_add(&b, S("at-"));
    for (size_t i = 0; i < id.len && b.len < ANCHOR_MAX; i++)
        if (is_name_char(id.ptr[i]))
            buf_add_char(&b, id.ptr[i]);
    return b.len > 3 ? buf_str(&b) : S("");
}

static bool all_in(str s, const char *allowed, size_t most)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_name_char(s.ptr[i]) && !strchr(allowed, s.ptr[i]))
            return false;
    return s.len && s.len <= most;
}

static void add_number(struct buf *b, const GumboNode *node, const char *name, int64_t least,
                       int64_t most)
{
    int64_t number = attributes_number(node, name, least, most);
    if (number >= 0)
        buf_addf(b, " %s=\"%d\"", name, (int)number);
}

static void add_one_of(struct buf *b, const GumboNode *node, const char *name,
                       const char *const *allowed)
{
    str value = attributes_get(node, name);
    for (; *allowed; allowed++)
        if (str_eq_nocase(value, str_of(*allowed)))
            attributes_add(b, name, str_of(*allowed));
}

static void add_global(struct arena *a, struct buf *b, const GumboNode *node)
{
    static const char *const directions[] = {"ltr", "rtl", "auto", NULL};
    str id = attributes_get(node, "id"), lang = attributes_get(node, "lang");
    if (id.len)
        attributes_add(b, "id", attributes_anchor(a, id));
    if (all_in(lang, "", 35))
        attributes_add(b, "lang", lang);
    add_one_of(b, node, "dir", directions);
}

// Numbers stand right in their column, in a table of any origin.
static void add_cell(struct buf *b, const GumboNode *node, bool number)
{
    static const char *const scopes[] = {"row", "col", "rowgroup", "colgroup", NULL};
    str align = attributes_get(node, "align");
    add_number(b, node, "colspan", 2, COLSPAN_MAX);
    add_number(b, node, "rowspan", 2, ROWSPAN_MAX);
    if (str_eq_nocase(align, S("right")) || attributes_has_class(node, "right"))
        attributes_add(b, "class", S("right"));
    else if (str_eq_nocase(align, S("center")) || attributes_has_class(node, "center"))
        attributes_add(b, "class", S("center"));
    else if (number)
        attributes_add(b, "class", S("right"));
    if (node->v.element.tag == GUMBO_TAG_TH)
        add_one_of(b, node, "scope", scopes);
}

static void add_list(struct buf *b, const GumboNode *node)
{
    str type = attributes_get(node, "type");
    add_number(b, node, "start", 0, START_MAX);
    if (attributes_has(node, "reversed"))
        buf_add(b, S(" reversed"));
    if (type.len == 1 && strchr("aAiI", *type.ptr))
        attributes_add(b, "type", type);
}

static void add_code_language(struct buf *b, const GumboNode *node)
{
    str class = attributes_get(node, "class");
    if (str_starts(class, S("language-")) && all_in(class, "+#.", 40))
        attributes_add(b, "class", class);
}

static void add_own(struct buf *b, const GumboNode *node, GumboTag tag)
{
    static const char *const note_links[] = {"footnote-ref", "footnote-backref", NULL};
    switch (tag) {
    case GUMBO_TAG_COL:
    case GUMBO_TAG_COLGROUP:
        add_number(b, node, "span", 2, COLSPAN_MAX);
        return;
    case GUMBO_TAG_OL:
        add_list(b, node);
        return;
    case GUMBO_TAG_LI:
        add_number(b, node, "value", 0, START_MAX);
        return;
    case GUMBO_TAG_DETAILS:
        if (attributes_has(node, "open"))
            buf_add(b, S(" open"));
        return;
    case GUMBO_TAG_SECTION:
        attributes_add(b, "class", S("footnotes"));
        return;
    case GUMBO_TAG_ABBR:
        attributes_add(b, "title", utf8_cut(attributes_get(node, "title"), TITLE_MAX));
        return;
    case GUMBO_TAG_TIME:
        if (all_in(attributes_get(node, "datetime"), ":.+ ", 40))
            attributes_add(b, "datetime", attributes_get(node, "datetime"));
        return;
    case GUMBO_TAG_CODE:
        add_code_language(b, node);
        return;
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_A:
        for (const char *const *name = note_links; *name; name++)
            if (attributes_has_class(node, *name)) {
                attributes_add(b, "class", str_of(*name));
                return;
            }
        return;
    default:
        return;
    }
}

str attributes_of(struct arena *a, const GumboNode *node, GumboTag tag)
{
    if (!node->v.element.attributes.length && tag != GUMBO_TAG_SECTION)
        return S("");
    struct buf b = buf_new(a, ATTRIBUTES_BYTES);
    add_global(a, &b, node);
    add_own(&b, node, tag);
    return buf_str(&b);
}

bool attributes_is_full(const GumboNode *figure)
{
    return attributes_has_class(figure, "full") || attributes_has_class(figure, "full-figure") ||
           attributes_has_class(figure, "alignfull");
}

bool attributes_is_wide(const GumboNode *figure)
{
    return attributes_has_class(figure, "wide") || attributes_has_class(figure, "wide-figure") ||
           attributes_has_class(figure, "alignwide");
}

str attributes_of_figure(struct arena *a, const GumboNode *node, bool elsewhere)
{
    str size = attributes_is_full(node)   ? S("full-figure")
               : attributes_is_wide(node) ? S("wide-figure")
                                          : S("");
    str class = elsewhere ? S("elsewhere") : size;
    if (elsewhere && size.len)
        class = str_of_all(a, class, S(" "), size);
    struct buf b = buf_new(a, ATTRIBUTES_BYTES);
    add_global(a, &b, node);
    attributes_add(&b, "class", class);
    return buf_str(&b);
}

str attributes_of_cell(struct arena *a, const GumboNode *node, GumboTag tag, bool number)
{
    if (!node->v.element.attributes.length && !number)
        return S("");
    struct buf b = buf_new(a, ATTRIBUTES_BYTES);
    add_global(a, &b, node);
    add_cell(&b, node, number);
    return buf_str(&b);
}
