// A growing buffer with a maximum, in an arena.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/str.h"

struct arena;

// Bytes written so far stand at ptr[0..len). A write that would pass `max` writes nothing and sets
// `overflow`, and so does every later one: check it once, at the end.
struct buf {
    char *ptr;
    size_t len, cap, max;
    bool overflow;
    struct arena *arena;
};

struct buf buf_new(struct arena *a, size_t max);
void buf_add_int(struct buf *b, int64_t n);
void buf_addf(struct buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Room for `size` more bytes at the end, to be filled and then claimed by adding to `len`; NULL
// when that would pass the maximum.
char *buf_room(struct buf *b, size_t size);

str buf_str(const struct buf *b);

// A page is made of a thousand small pieces: where there is room they are added on the spot.
static inline void buf_add(struct buf *b, str s)
{
    if (!s.len)
        return;
    bool fits = !b->overflow && s.len <= b->cap - b->len;
    char *room = fits ? b->ptr + b->len : buf_room(b, s.len);
    if (!room)
        return;
    memcpy(room, s.ptr, s.len);
    b->len += s.len;
}

static inline void buf_add_char(struct buf *b, char c)
{
    buf_add(b, (str){&c, 1});
}
