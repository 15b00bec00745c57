// Pull quotes: words drawn out of a text and set large beside it.
// SPDX-License-Identifier: Apache-2.0
#include "text/pull.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/attributes.h"
#include "text/plain.h"

enum { SHORTEST = 12 }; // bytes: below that words repeat by chance

// How one ends its tag in clean markup, where no text and no value can look like it.
#define OPENED S(" class=\"pullquote\">")
#define HIDDEN S(" class=\"pullquote\" aria-hidden=\"true\">")

bool pull_is(const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    if (tag != GUMBO_TAG_DIV && tag != GUMBO_TAG_BLOCKQUOTE && tag != GUMBO_TAG_FIGURE)
        return false;
    return attributes_has_class(node, "pullquote") || attributes_has_class(node, "pull") ||
           attributes_has_class(node, "wp-block-pullquote");
}

// Without the marks around it, which stand elsewhere in the text, and its last stop.
static str bare(str words)
{
    static const str marks[] = {S("\""), S("'"), S("“"), S("”"), S("‘"), S("’"),  S("«"), S("»"),
                                S("„"),  S("."), S(","), S("…"), S(" "), S("「"), S("」")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t len = words.len;
        if (str_starts(words, marks[i]))
            words = str_from(words, marks[i].len);
        if (str_ends(words, marks[i]))
            words = str_sub(words, 0, words.len - marks[i].len);
        if (words.len < len)
            i = (size_t)-1;
    }
    return words;
}

static bool stands_twice(str plain, str words)
{
    ptrdiff_t first = str_find(plain, words);
    return first >= 0 && str_find(str_from(plain, (size_t)first + words.len), words) >= 0;
}

static bool is_repeated(struct arena *a, str inside, str plain)
{
    if (str_find(inside, S("<a ")) >= 0 || str_find(inside, S("<blockquote")) >= 0)
        return false;
    ptrdiff_t cite = str_find(inside, S("<cite"));
    html said = {cite < 0 ? inside : str_sub(inside, 0, (size_t)cite)};
    str words = bare(plain_from(a, said));
    // Its first letter may be small where it comes from.
    size_t second = 1;
    while (second < words.len && (words.ptr[second] & 0xC0) == 0x80)
        second++;
    return words.len >= SHORTEST && stands_twice(plain, str_from(words, second));
}

html pull_hide_repeated(struct arena *a, html clean, str plain)
{
    str rest = clean.text;
    if (str_find(rest, OPENED) < 0)
        return clean;
    struct buf b = buf_new(a, clean.text.len * 2);
    for (ptrdiff_t at; (at = str_find(rest, OPENED)) >= 0;) {
        buf_add(&b, str_sub(rest, 0, (size_t)at));
        rest = str_from(rest, (size_t)at + OPENED.len);
        ptrdiff_t end = str_find(rest, S("</blockquote>"));
        bool repeated = end >= 0 && is_repeated(a, str_sub(rest, 0, (size_t)end), plain);
        buf_add(&b, repeated ? HIDDEN : OPENED);
    }
    buf_add(&b, rest);
    return (html){buf_str(&b)};
}
