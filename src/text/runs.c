// Long stretches of plain text kept out of the tree parser.
// SPDX-License-Identifier: Apache-2.0
#include "text/runs.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

// A shorter stretch is not worth its mark; references of more digits wrap around in the parser.
enum { RUN_LEAST = 32, DIGITS_MOST = 7 };

#define MARK S("\xf4\x8f\xbf\xbd") // U+10FFFD
enum { MARK_NUMBER = 0x10fffd };

static int digit_of(char c, bool hex)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    char small = (char)(c | 32);
    return hex && small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
}

// Whether the reference that begins at s ("&#…") may be read as the mark.
static bool may_be_mark(str s)
{
    bool hex = s.len > 2 && (s.ptr[2] | 32) == 'x';
    size_t i = hex ? 3 : 2, digits = 0;
    uint64_t number = 0;
    while (i < s.len && s.ptr[i] == '0')
        i++;
    for (int digit; i < s.len && (digit = digit_of(s.ptr[i], hex)) >= 0; i++) {
        if (++digits > DIGITS_MOST)
            return true;
        number = number * (hex ? 16 : 10) + (uint64_t)digit;
    }
    return number == MARK_NUMBER;
}

struct runs runs_of(struct arena *a, str markup)
{
    struct runs r = {.arena = a, .ascii = !str_valid_utf8(markup)};
    r.off = str_find(markup, MARK) >= 0;
    str rest = markup;
    for (ptrdiff_t at; !r.off && (at = str_find(rest, S("&#"))) >= 0;) {
        rest = str_from(rest, (size_t)at);
        r.off = may_be_mark(rest);
        rest = str_from(rest, 2);
    }
    return r;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

static bool is_name(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') || c == '#';
}

// Whether the byte at `i` is part of a run: a parser hands it on as it is. Controls of the upper
// half, and code points that are none, are left to it.
static bool is_plain(const struct runs *r, str s, size_t i)
{
    unsigned char c = (unsigned char)s.ptr[i];
    if (c < 0x80)
        return (c >= ' ' && c != '&' && c != '<' && c != 0x7f) || c == '\n' || c == '\t';
    if (r->ascii || c >= 0xef)
        return false;
    return c != 0xc2 || (i + 1 < s.len && (unsigned char)s.ptr[i + 1] >= 0xa0);
}

static void keep(struct runs *r, struct buf *out, str run)
{
    if (r->count == r->cap) {
        size_t cap = r->cap ? r->cap * 2 : 64;
        r->all = arena_grow(r->arena, r->all, r->cap * sizeof *r->all, cap * sizeof *r->all);
        r->cap = cap;
    }
    buf_add(out, MARK);
    buf_add_int(out, (int64_t)r->count);
    buf_add_char(out, ';');
    r->all[r->count++] = run;
    r->bytes += run.len;
}

// White space at its ends may mean another thing than a word does, and stays.
static void add_run(struct runs *r, struct buf *out, str run)
{
    size_t from = 0, to = run.len;
    while (from < to && is_space(run.ptr[from]))
        from++;
    while (to > from && is_space(run.ptr[to - 1]))
        to--;
    if (to - from < RUN_LEAST) {
        buf_add(out, run);
        return;
    }
    buf_add(out, str_sub(run, 0, from));
    keep(r, out, str_sub(run, from, to));
    buf_add(out, str_from(run, to));
}

// The end of what begins at `at` and is left to the parser: a reference with its semicolon, whether
// or not it is one, or a character.
static size_t left_to_parser(str s, size_t at)
{
    size_t end = at + 1;
    if (s.ptr[at] == '&') {
        while (end < s.len && is_name(s.ptr[end]))
            end++;
        return end + (end < s.len && s.ptr[end] == ';');
    }
    while (end < s.len && ((unsigned char)s.ptr[end] & 0xc0) == 0x80)
        end++;
    return end;
}

void runs_add(struct runs *r, struct buf *out, str text)
{
    size_t at = 0;
    if (r->off) {
        buf_add(out, text);
        return;
    }
    while (at < text.len) {
        size_t end = at;
        while (end < text.len && is_plain(r, text, end))
            end++;
        add_run(r, out, str_sub(text, at, end));
        at = end;
        if (at < text.len)
            end = left_to_parser(text, at);
        buf_add(out, str_sub(text, at, end));
        at = end;
    }
}

str runs_expand(const struct runs *r, struct arena *a, str text)
{
    if (r->off || str_find(text, MARK) < 0)
        return text;
    // Each run stands in one place.
    struct buf out = buf_new(a, text.len + r->bytes);
    for (ptrdiff_t at; (at = str_find(text, MARK)) >= 0;) {
        int64_t number = 0;
        buf_add(&out, str_sub(text, 0, (size_t)at));
        text = str_from(text, (size_t)at + MARK.len);
        bool known =
            str_int(str_cut(&text, ';'), &number) && number >= 0 && (size_t)number < r->count;
        if (known)
            buf_add(&out, r->all[number]);
    }
    buf_add(&out, text);
    return buf_str(&out);
}
