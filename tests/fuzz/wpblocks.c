// Fuzzes blocks: any text is read to its end, and no remark of a block stays.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "interop/markup_scan.h"
#include "interop/shortcode.h"
#include "interop/wpblocks.h"

// Every reusable block is the text itself: it ends all the same.
static bool reusable(void *context, int64_t id, str *content)
{
    *content = *(str *)context;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct tally left = tally_new(a);
    str text = {(const char *)data, size};
    struct wpblocks_options options = {&text, reusable};
    int64_t reused = 0;
    str rest = wpblocks_markup(a, text, &options, &left, &reused);
    struct markup_token t;
    while (markup_next(&rest, &t))
        assert(t.whole.len > 0);
    arena_free(a);
    return 0;
}
