// Text as pointer and length, by value; never NUL-terminated by promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"

str str_of(const char *zero_terminated)
{
    return zero_terminated ? (str){zero_terminated, strlen(zero_terminated)} : S("");
}

bool str_eq(str a, str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

bool str_eq_nocase(str a, str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (lower(a.ptr[i]) != lower(b.ptr[i]))
            return false;
    return true;
}

int str_cmp(str a, str b)
{
    size_t common = a.len < b.len ? a.len : b.len;
    int order = common ? memcmp(a.ptr, b.ptr, common) : 0;
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

bool str_starts(str s, str prefix)
{
    return s.len >= prefix.len && str_eq((str){s.ptr, prefix.len}, prefix);
}

bool str_ends(str s, str suffix)
{
    return s.len >= suffix.len && str_eq((str){s.ptr + s.len - suffix.len, suffix.len}, suffix);
}

ptrdiff_t str_find(str s, str needle)
{
    if (needle.len == 0)
        return 0;
    if (s.len < needle.len)
        return -1;
    const char *found = memmem(s.ptr, s.len, needle.ptr, needle.len);
    return found ? found - s.ptr : -1;
}

ptrdiff_t str_find_char(str s, char c)
{
    const char *found = s.len ? memchr(s.ptr, c, s.len) : NULL;
    return found ? found - s.ptr : -1;
}

ptrdiff_t str_rfind_char(str s, char c)
{
    const char *found = s.len ? memrchr(s.ptr, c, s.len) : NULL;
    return found ? found - s.ptr : -1;
}

str str_sub(str s, size_t from, size_t to)
{
    if (to > s.len)
        to = s.len;
    if (from > to)
        from = to;
    return (str){s.ptr ? s.ptr + from : NULL, to - from};
}

str str_from(str s, size_t from)
{
    return str_sub(s, from, s.len);
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

str str_trim_right(str s)
{
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

str str_trim(str s)
{
    s = str_trim_right(s);
    while (s.len && is_space(*s.ptr))
        s = str_from(s, 1);
    return s;
}

str str_cut(str *s, char separator)
{
    ptrdiff_t at = str_find_char(*s, separator);
    str piece = *s;
    if (at < 0) {
        *s = STR_NONE;
        return piece;
    }
    piece.len = (size_t)at;
    *s = str_from(*s, (size_t)at + 1);
    return piece;
}

bool str_int(str s, int64_t *out)
{
    bool negative = s.len && *s.ptr == '-';
    if (s.len && (*s.ptr == '-' || *s.ptr == '+'))
        s = str_from(s, 1);
    if (s.len == 0 || s.len > 18)
        return false;
    int64_t value = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        value = value * 10 + (s.ptr[i] - '0');
    }
    *out = negative ? -value : value;
    return true;
}

str str_copy(struct arena *a, str s)
{
    if (!s.len)
        return S("");
    char *copy = arena_text(a, s.len);
    memcpy(copy, s.ptr, s.len);
    return (str){copy, s.len};
}

char *str_z(struct arena *a, str s)
{
    char *copy = arena_text(a, s.len + 1);
    if (s.len)
        memcpy(copy, s.ptr, s.len);
    copy[s.len] = 0;
    return copy;
}

str str_join(struct arena *a, str first, str second)
{
    return str_of_all(a, first, second);
}

str str_concat(struct arena *a, const str *pieces, size_t count)
{
    size_t len = 0;
    for (size_t i = 0; i < count; i++)
        len += pieces[i].len;
    char *all = arena_text(a, len + 1), *at = all;
    for (size_t i = 0; i < count; i++) {
        if (pieces[i].len)
            memcpy(at, pieces[i].ptr, pieces[i].len);
        at += pieces[i].len;
    }
    return (str){all, len};
}

str str_hex(struct arena *a, uint64_t number)
{
    enum { DIGITS = 16 };
    char *digits = arena_text(a, DIGITS);
    for (size_t i = DIGITS; i-- > 0; number >>= 4)
        digits[i] = "0123456789abcdef"[number & 15];
    return (str){digits, DIGITS};
}

str str_lower(struct arena *a, str s)
{
    char *copy = arena_text(a, s.len + 1);
    for (size_t i = 0; i < s.len; i++)
        copy[i] = lower(s.ptr[i]);
    return (str){copy, s.len};
}

str str_vformat(struct arena *a, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, again);
    va_end(again);
    if (len <= 0)
        return S("");
    char *text = arena_text(a, (size_t)len + 1);
    vsnprintf(text, (size_t)len + 1, format, args);
    return (str){text, (size_t)len};
}

str str_format(struct arena *a, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str text = str_vformat(a, format, args);
    va_end(args);
    return text;
}

// Length of the well-formed sequence at p, or 0. The second byte's range excludes overlong forms,
// surrogates and what lies beyond U+10FFFF.
static size_t utf8_sequence(const unsigned char *p, size_t left)
{
    if (p[0] >= 0x01 && p[0] < 0x80)
        return 1;
    size_t len = p[0] >= 0xF0 && p[0] <= 0xF4   ? 4
                 : p[0] >= 0xE0 && p[0] <= 0xEF ? 3
                 : p[0] >= 0xC2 && p[0] <= 0xDF ? 2
                                                : 0;
    if (!len || left < len)
        return 0;
    unsigned char low = p[0] == 0xE0 ? 0xA0 : p[0] == 0xF0 ? 0x90 : 0x80;
    unsigned char high = p[0] == 0xED ? 0x9F : p[0] == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return 0;
    for (size_t i = 2; i < len; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    return len;
}

bool str_valid_utf8(str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    for (size_t i = 0; i < s.len;) {
        size_t len = utf8_sequence(p + i, s.len - i);
        if (!len)
            return false;
        i += len;
    }
    return true;
}

static uint64_t fold(uint64_t a, uint64_t b)
{
    __uint128_t product = (__uint128_t)a * b;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

static uint64_t word_at(const char *p)
{
    uint64_t word;
    memcpy(&word, p, sizeof word);
    return word;
}

uint64_t str_hash(str s, uint64_t seed)
{
    // Multiply and fold, eight bytes a step; the odd constants are digits of pi and e. Whole pages
    // go in four lanes, or each step would wait for the one before.
    enum { LANES = 4, STEP = LANES * 8, LONG = 256 };
    const uint64_t pi = 0x243F6A8885A308D3u, e = 0xB7E151628AED2A6Bu;
    uint64_t h = fold(seed ^ pi, s.len ^ e);
    size_t i = 0;
    if (s.len >= LONG) {
        uint64_t lanes[LANES] = {h, h ^ pi, h ^ e, ~h};
        for (; i + STEP <= s.len; i += STEP)
            for (size_t lane = 0; lane < LANES; lane++)
                lanes[lane] = fold(lanes[lane] ^ word_at(s.ptr + i + lane * 8), pi);
        h = fold(lanes[0] ^ pi, lanes[1] ^ e) ^ fold(lanes[2] ^ e, lanes[3] ^ pi);
    }
    for (; i + 8 <= s.len; i += 8)
        h = fold(h ^ word_at(s.ptr + i), pi);
    uint64_t rest = 0;
    if (i < s.len)
        memcpy(&rest, s.ptr + i, s.len - i);
    return fold(h ^ rest ^ e, pi ^ h);
}
