// Whatever two texts come, divided by the first NUL: the pieces make up both.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/difference.h"

static bool counts(char c)
{
    // The bytes of "¶" are left out everywhere: the difference adds some of its own.
    return c != ' ' && c != '\t' && c != '\r' && c != '\n' && c != '\xC2' && c != '\xB6';
}

static void add(struct buf *out, str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (counts(s.ptr[i]))
            buf_add_char(out, s.ptr[i]);
}

static str without(struct arena *a, const struct difference *d, enum difference_kind kind)
{
    struct buf out = buf_new(a, 1 << 24);
    for (size_t i = 0; i < d->paragraphs.count; i++) {
        const struct difference_paragraph *p =
            list_at(&d->paragraphs, struct difference_paragraph, i);
        assert(p->pieces.count > 0);
        for (size_t k = 0; k < p->pieces.count; k++) {
            const struct difference_piece *piece = list_at(&p->pieces, struct difference_piece, k);
            if (piece->kind != kind)
                add(&out, piece->text);
        }
    }
    return buf_str(&out);
}

static str plain(struct arena *a, str s)
{
    struct buf out = buf_new(a, 1 << 24);
    add(&out, s);
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    str before = {(const char *)data, size}, after = S("");
    ptrdiff_t end = str_find_char(before, 0);
    if (end >= 0) {
        after = str_from(before, (size_t)end + 1);
        before = str_sub(before, 0, (size_t)end);
    }
    struct difference d;
    difference_of(a, before, after, &d);
    if (d.too_much)
        return 0;
    assert(str_eq(without(a, &d, DIFFERENCE_ADDED), plain(a, before)));
    assert(str_eq(without(a, &d, DIFFERENCE_REMOVED), plain(a, after)));
    return 0;
}
