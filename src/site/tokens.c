// What the program has to know of a theme's style, read from its custom properties once at start.
// SPDX-License-Identifier: Apache-2.0
#include "site/tokens.h"

#include "base/arena.h"
#include "base/buf.h"

enum { VARIABLES_DEEP = 4, COLOUR_DIGITS = 6, HASHED_MOST = 4096 };

#define WHERE S("static/style")

// ---- rules and declarations, as far as the difference between them goes

// Behind the string that begins at `at`.
static size_t string_end(str css, size_t at)
{
    char quote = css.ptr[at];
    for (at++; at < css.len && css.ptr[at] != quote; at++)
        at += css.ptr[at] == '\\';
    return at < css.len ? at + 1 : css.len;
}

// The first of `ends` that stands in no string, bracket or block; the end where there is none.
static size_t find_outside(str css, size_t at, str ends)
{
    for (int depth = 0; at < css.len;) {
        char c = css.ptr[at];
        if (!depth && str_find_char(ends, c) >= 0)
            return at;
        depth += c == '(' || c == '{' || c == '[';
        depth -= (c == ')' || c == '}' || c == ']') && depth;
        at = c == '"' || c == '\'' ? string_end(css, at) : at + 1;
    }
    return css.len;
}

// What stands before the next of `ends`, which goes too.
static str take_until(str *css, str ends)
{
    size_t at = find_outside(*css, 0, ends);
    str taken = str_trim(str_sub(*css, 0, at));
    *css = str_from(*css, at + 1);
    return taken;
}

// The next rule that stands in no other.
static bool next_rule(str *css, str *selector, str *block)
{
    while (css->len) {
        size_t end = find_outside(*css, 0, S("{;"));
        bool is_rule = end < css->len && css->ptr[end] == '{';
        *selector = str_trim(str_sub(*css, 0, end));
        *css = str_from(*css, end + 1);
        if (!is_rule) // "@charset …;"
            continue;
        *block = take_until(css, S("}"));
        return true;
    }
    return false;
}

static str declared(str block, str name)
{
    str last = STR_NONE;
    while (block.len) {
        str declaration = take_until(&block, S(";"));
        str property = str_trim(str_cut(&declaration, ':'));
        if (str_eq(property, name))
            last = str_trim(declaration);
    }
    return last;
}

static str plain_token(str css, str name)
{
    str selector, block, last = STR_NONE;
    while (next_rule(&css, &selector, &block)) {
        str value = str_eq(selector, S(":root")) ? declared(block, name) : STR_NONE;
        last = value.len ? value : last;
    }
    return last;
}

// What stands in the brackets of "name(…)"; the empty str when that is not what `value` is.
static str within(str value, str name)
{
    bool is_call = str_starts(value, name) && value.len > name.len && value.ptr[name.len] == '(' &&
                   str_ends(value, S(")"));
    return is_call ? str_trim(str_sub(value, name.len + 1, value.len - 1)) : STR_NONE;
}

static str token(str css, str name)
{
    str value = plain_token(css, name);
    for (int depth = 0; depth < VARIABLES_DEEP; depth++) {
        str other = within(value, S("var"));
        if (!other.len)
            return value;
        value = plain_token(css, other);
    }
    return STR_NONE;
}

// ---- colours

static bool is_hex(str digits)
{
    for (size_t i = 0; i < digits.len; i++)
        if (str_find_char(S("0123456789abcdefABCDEF"), digits.ptr[i]) < 0)
            return false;
    return true;
}

// "#rrggbb" of that and of "#rgb"; the empty str of all else.
static str colour(struct arena *a, str value)
{
    str digits = str_from(value, 1);
    if (!str_starts(value, S("#")) || !is_hex(digits))
        return STR_NONE;
    if (digits.len == COLOUR_DIGITS)
        return value;
    const char *d = digits.ptr;
    return digits.len == COLOUR_DIGITS / 2
               ? str_format(a, "#%c%c%c%c%c%c", d[0], d[0], d[1], d[1], d[2], d[2])
               : STR_NONE;
}

static error read_colours(struct arena *a, str css, str name, str *light, str *dark)
{
    str value = token(css, name), both = within(value, S("light-dark"));
    if (!value.len)
        return NULL;
    str first = both.len ? take_until(&both, S(",")) : value;
    str second = both.len ? str_trim(both) : value;
    str found = colour(a, first), other = colour(a, second);
    if (!found.len || !other.len)
        return failure(a, FAULT_INPUT, WHERE,
                       "%.*s is \"%.*s\"; the program reckons with it, and so it has to be written "
                       "light-dark(#rrggbb, #rrggbb)",
                       STR(name), STR(str_sub(value, 0, 100)));
    *light = found;
    *dark = other;
    return NULL;
}

static error check_papers(struct arena *a, const char *scheme, const struct papers *papers)
{
    if (accent_can_be_read(papers))
        return NULL;
    return failure(a, FAULT_INPUT, WHERE,
                   "no colour can be read on --paper %.*s, --tint %.*s and --note %.*s together, "
                   "which is what stands behind text in %s",
                   STR(papers->on[0]), STR(papers->on[1]), STR(papers->on[2]), scheme);
}

static error read_papers(struct arena *a, str css, struct tokens *out)
{
    const str names[] = {S("--paper"), S("--tint"), S("--note")};
    for (size_t i = 0; i < PAPERS; i++)
        try(read_colours(a, css, names[i], &out->light.on[i], &out->dark.on[i]));
    try(check_papers(a, "light", &out->light));
    return check_papers(a, "dark", &out->dark);
}

// ---- faces

static str unquoted(str family)
{
    bool quoted = family.len > 1 && (family.ptr[0] == '"' || family.ptr[0] == '\'') &&
                  family.ptr[family.len - 1] == family.ptr[0];
    return quoted ? str_sub(family, 1, family.len - 1) : family;
}

static str first_file(str css, str family)
{
    const str url = S("url(\"");
    str selector, block;
    while (next_rule(&css, &selector, &block)) {
        if (!str_eq(selector, S("@font-face")) ||
            !str_eq_nocase(unquoted(declared(block, S("font-family"))), family))
            continue;
        str source = declared(block, S("src"));
        ptrdiff_t at = str_find(source, url);
        if (at < 0)
            continue;
        source = str_from(source, (size_t)at + url.len);
        str path = str_cut(&source, '"');
        return str_ends(path, S(".woff2")) ? path : STR_NONE;
    }
    return STR_NONE;
}

static const str face_names[FACE_USES] = {S("--headline"), S("--text"), S("--sans")};

static enum face_use use_of(str css, enum face_use use)
{
    str other = within(plain_token(css, face_names[use]), S("var"));
    for (size_t i = 0; i < FACE_USES; i++)
        if (str_eq(other, face_names[i]))
            return (enum face_use)i;
    return use;
}

static void read_face(str css, enum face_use use, struct face *out)
{
    str list = token(css, face_names[use]), last = list;
    out->as = list.len ? use_of(css, use) : use;
    if (!list.len)
        return;
    str families = list;
    out->family = unquoted(take_until(&families, S(",")));
    for (str rest = list; rest.len;)
        last = take_until(&rest, S(","));
    out->serif = str_eq(last, S("serif"));
    out->file = first_file(css, out->family);
}

// ---- all of it

static str hash_of(struct arena *a, const struct tokens *t)
{
    struct buf all = buf_new(a, HASHED_MOST);
    const str *const parts[] = {t->light.on, t->dark.on};
    for (size_t i = 0; i < 2; i++)
        for (size_t k = 0; k < PAPERS; k++)
            buf_add(&all, parts[i][k]);
    buf_add(&all, t->accent.light);
    buf_add(&all, t->accent.dark);
    for (size_t i = 0; i < FACE_USES; i++)
        buf_addf(&all, " %d %d %.*s", (int)t->faces[i].as, t->faces[i].serif,
                 STR(str_sub(t->faces[i].family, 0, 200)));
    return str_hex(a, str_hash(buf_str(&all), 0));
}

error tokens_read(struct arena *a, str css, struct tokens *out)
{
    struct tokens t = {
        .light = papers_usual_light, .dark = papers_usual_dark, .accent = accent_usual};
    try(read_papers(a, css, &t));
    try(read_colours(a, css, S("--accent"), &t.accent.light, &t.accent.dark));
    try(read_colours(a, css, S("--accent-hover"), &t.accent.light_hover, &t.accent.dark_hover));
    for (size_t i = 0; i < FACE_USES; i++)
        read_face(css, (enum face_use)i, &t.faces[i]);
    t.hash = hash_of(a, &t);
    *out = t;
    return NULL;
}
