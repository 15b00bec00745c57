// What is done to the style sheet before it is served.
// SPDX-License-Identifier: Apache-2.0
#include "app/style.h"

#include "base/arena.h"
#include "base/buf.h"

#define URL S("url(\"")

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

// White space next to these is never read.
static bool needs_no_space(char c)
{
    return c == '{' || c == '}' || c == ';' || c == ',';
}

// Before a colon it is: "a :hover" is not "a:hover".
static bool needs_no_space_behind(char c)
{
    return c == ':' || needs_no_space(c);
}

// The end of what stands at `at` and is taken as it is: a string, or a single byte.
static size_t token_end(str css, size_t at)
{
    char quote = css.ptr[at];
    if (quote != '"' && quote != '\'')
        return at + 1;
    for (size_t i = at + 1; i < css.len; i++) {
        if (css.ptr[i] == '\\')
            i++;
        else if (css.ptr[i] == quote)
            return i + 1;
    }
    return css.len;
}

// The end of the white space and comments that begin at `at`; whether any white space is in it.
static size_t gap_end(str css, size_t at, bool *spaced)
{
    for (*spaced = false; at < css.len;) {
        if (is_space(css.ptr[at])) {
            *spaced = true;
            at++;
            continue;
        }
        if (!str_starts(str_from(css, at), S("/*")))
            break;
        ptrdiff_t end = str_find(str_from(css, at + 2), S("*/"));
        at = end < 0 ? css.len : at + (size_t)end + 4;
    }
    return at;
}

str style_tighten(struct arena *a, str css)
{
    struct buf b = buf_new(a, css.len * 2 + 1);
    char last = '{';
    for (size_t at = 0; at < css.len;) {
        bool spaced;
        size_t next = gap_end(css, at, &spaced);
        if (next > at) {
            // A comment alone parts two words without being white space between them.
            if (next < css.len && !needs_no_space_behind(last) && !needs_no_space(css.ptr[next]))
                buf_add(&b, spaced ? S(" ") : S("/**/"));
            at = next;
            continue;
        }
        next = token_end(css, at);
        if (css.ptr[at] == '}' && last == ';')
            b.len--; // the last of a block needs none
        buf_add(&b, str_sub(css, at, next));
        last = css.ptr[next - 1];
        at = next;
    }
    return buf_str(&b);
}

static str address_of(str name, const struct theme_asset *assets, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(assets[i].name, name))
            return assets[i].path;
    return name;
}

str style_addresses(struct arena *a, str css, const struct theme_asset *assets, size_t count)
{
    struct buf b = buf_new(a, css.len * 2 + 4096);
    for (ptrdiff_t at; (at = str_find(css, URL)) >= 0;) {
        buf_add(&b, str_sub(css, 0, (size_t)at + URL.len));
        css = str_from(css, (size_t)at + URL.len);
        ptrdiff_t end = str_find_char(css, '"');
        if (end < 0)
            break;
        buf_add(&b, address_of(str_sub(css, 0, (size_t)end), assets, count));
        css = str_from(css, (size_t)end);
    }
    buf_add(&b, css);
    return buf_str(&b);
}
