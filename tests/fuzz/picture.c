// Fuzzes what is read of pictures in the server: their headers, and the helper's answers.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "image/protocol.h"
#include "image/reply.h"

static void check_reply(struct arena *a, str bytes)
{
    struct reply r;
    if (!reply_parse(a, bytes, &r))
        return;
    if (r.refused) {
        assert(r.sentence.len > 0 && r.set.count == 0);
        assert(r.fault == FAULT_INPUT || r.fault == FAULT_LIMIT);
        return;
    }
    assert(r.set.count > 0 && r.set.count <= IMAGE_MOST_VARIANTS);
    for (size_t i = 0; i < r.set.count; i++) {
        const struct image_variant *v = &r.set.variants[i];
        assert(v->width >= 1 && v->width <= IMAGE_WIDEST && (size_t)v->size == r.bytes[i].len);
        assert(str_eq(image_media_type(r.bytes[i]), v->media_type));
        assert(r.bytes[i].ptr >= bytes.ptr && r.bytes[i].ptr + v->size <= bytes.ptr + bytes.len);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str bytes = {(const char *)data, size};
    struct image_size found;
    if (image_size(bytes, &found))
        assert(found.width >= 1 && found.height >= 1 && image_media_type(bytes).len > 0);
    check_reply(a, bytes);
    arena_free(a);
    return 0;
}
