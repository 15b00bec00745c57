// The words of clean markup.
// SPDX-License-Identifier: Apache-2.0
#include "text/plain.h"

#include <stdbool.h>

#include "base/arena.h"
#include "base/buf.h"

// Tags that part words; at those of inline elements a word goes on.
static const str lines[] = {
    S("p"),  S("h2"),      S("h3"),      S("h4"),      S("h5"),         S("h6"),
    S("li"), S("dt"),      S("dd"),      S("tr"),      S("blockquote"), S("pre"),
    S("br"), S("hr"),      S("ul"),      S("ol"),      S("figcaption"), S("figure"),
    S("dl"), S("caption"), S("summary"), S("details"), S("table"),      S("section")};

static char separator_of(str name)
{
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        if (str_eq(name, lines[i]))
            return '\n';
    return str_eq(name, S("td")) || str_eq(name, S("th")) ? ' ' : 0;
}

static const struct {
    str name;
    char letter;
} references[] = {{S("&amp;"), '&'}, {S("&lt;"), '<'}, {S("&gt;"), '>'}, {S("&quot;"), '"'}};

// Adds text between tags.
static void add_text(struct buf *out, str s)
{
    while (s.len) {
        ptrdiff_t at = str_find_char(s, '&');
        buf_add(out, at < 0 ? s : str_sub(s, 0, (size_t)at));
        if (at < 0)
            return;
        s = str_from(s, (size_t)at);
        size_t taken = 1;
        char letter = '&';
        for (size_t i = 0; i < sizeof references / sizeof *references; i++)
            if (str_starts(s, references[i].name)) {
                taken = references[i].name.len;
                letter = references[i].letter;
            }
        buf_add_char(out, letter);
        s = str_from(s, taken);
    }
}

static str tag_name(str tag)
{
    size_t start = str_starts(tag, S("/")), end = start;
    while (end < tag.len && tag.ptr[end] != ' ')
        end++;
    return str_sub(tag, start, end);
}

// A line end replaces a space, and neither comes twice.
static void add_separator(struct buf *out, char separator)
{
    char last = out->len ? out->ptr[out->len - 1] : '\n';
    if (last == '\n' || (last == ' ' && separator == ' '))
        return;
    if (last == ' ')
        out->len--;
    buf_add_char(out, separator);
}

str plain_from(struct arena *a, html clean)
{
    struct buf out = buf_new(a, clean.text.len);
    str rest = clean.text;
    while (rest.ptr) {
        str text = str_cut(&rest, '<');
        // Blocks stand on lines of their own in the markup already.
        if (!str_eq(text, S("\n")) || (out.len && out.ptr[out.len - 1] != '\n'))
            add_text(&out, text);
        if (!rest.ptr)
            break;
        str tag = str_cut(&rest, '>');
        char separator = separator_of(tag_name(tag));
        if (separator)
            add_separator(&out, separator);
        if (str_ends(tag, S(" class=\"embed-link\"")) ||
            str_ends(tag, S(" class=\"picture-link\"")))
            str_cut(&rest, '<'), str_cut(&rest, '>');
    }
    return str_trim(buf_str(&out));
}
