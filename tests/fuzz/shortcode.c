// Fuzzes shortcodes: any text is read to its end, and what has no bracket stays as it is.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "interop/shortcode.h"

static bool picture(void *context, int64_t id, struct shortcode_picture *out)
{
    *out = (struct shortcode_picture){S("https://example.com/a.jpg"), S("alt"), S("caption")};
    return id & 1;
}

static size_t uploads(void *context, int64_t *ids, size_t most)
{
    ids[0] = 1;
    return 1;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct tally known = tally_new(a), unknown = tally_new(a);
    struct shortcode_options options = {NULL, picture, uploads};
    str text = {(const char *)data, size};
    str out = shortcode_expand(a, text, &options, &known, &unknown);
    if (str_find_char(text, '[') < 0)
        assert(str_eq(out, text));
    arena_free(a);
    return 0;
}
