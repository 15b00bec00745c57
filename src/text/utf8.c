// Code points out of and into UTF-8.
// SPDX-License-Identifier: Apache-2.0
#include "text/utf8.h"

#include <unicode/utf8.h>

#include "base/buf.h"

static const uint32_t REPLACEMENT = 0xFFFD;

uint32_t utf8_next(str s, size_t *at)
{
    unsigned char first = (unsigned char)s.ptr[*at];
    if (first < 0x80) {
        ++*at;
        return first;
    }
    // ICU counts in int32_t: a window of one sequence keeps any length safe.
    int32_t i = 0, code_point;
    int32_t window = (int32_t)(s.len - *at < 4 ? s.len - *at : 4);
    const uint8_t *bytes = (const uint8_t *)s.ptr + *at;
    U8_NEXT(bytes, i, window, code_point);
    *at += code_point < 0 ? 1 : (size_t)i;
    return code_point < 0 ? REPLACEMENT : (uint32_t)code_point;
}

void utf8_add(struct buf *b, uint32_t code_point)
{
    uint8_t bytes[U8_MAX_LENGTH];
    int32_t len = 0;
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF))
        code_point = REPLACEMENT;
    U8_APPEND_UNSAFE(bytes, len, code_point);
    buf_add(b, (str){(const char *)bytes, (size_t)len});
}

str utf8_repair(struct arena *a, str s)
{
    if (str_valid_utf8(s))
        return s;
    struct buf out = buf_new(a, s.len * 3);
    for (size_t at = 0; at < s.len;) {
        uint32_t code_point = utf8_next(s, &at);
        utf8_add(&out, code_point ? code_point : REPLACEMENT);
    }
    return buf_str(&out);
}

str utf8_cut(str s, size_t most)
{
    if (s.len <= most)
        return s;
    size_t end = most;
    while (end > 0 && most - end < 3 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
        end--;
    return str_sub(s, 0, end);
}

size_t utf8_count(str s)
{
    size_t count = 0;
    for (size_t at = 0; at < s.len; count++)
        utf8_next(s, &at);
    return count;
}
