// A growing buffer with a maximum, in an arena.
// SPDX-License-Identifier: Apache-2.0
#include "base/buf.h"

#include <stdio.h>

#include "base/arena.h"

struct buf buf_new(struct arena *a, size_t max)
{
    return (struct buf){.arena = a, .max = max};
}

char *buf_room(struct buf *b, size_t size)
{
    if (b->overflow || size > b->max - b->len) {
        b->overflow = true;
        return NULL;
    }
    if (b->len + size > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 256;
        while (cap < b->len + size)
            cap *= 2;
        if (cap > b->max) // what is room can be filled without another look
            cap = b->max;
        b->ptr = arena_grow(b->arena, b->ptr, b->cap, cap);
        b->cap = cap;
    }
    return b->ptr + b->len;
}

void buf_add_int(struct buf *b, int64_t n)
{
    char digits[24];
    char *p = digits + sizeof digits;
    uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (n < 0)
        *--p = '-';
    buf_add(b, (str){p, (size_t)(digits + sizeof digits - p)});
}

void buf_addf(struct buf *b, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct arena_mark before = arena_mark(b->arena);
    str text = str_vformat(b->arena, format, args);
    va_end(args);
    // The text stays in the arena when the buffer had to move behind it.
    char *old = b->ptr;
    buf_add(b, text);
    if (b->ptr == old)
        arena_rewind(b->arena, before);
}

str buf_str(const struct buf *b)
{
    return b->len ? (str){b->ptr, b->len} : S("");
}
