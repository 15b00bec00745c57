// Whatever title comes: its slug is valid, short enough, and its own slug.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/slug.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    size_t most = size ? 16 + data[0] % (SLUG_MAX - 15) : 80;
    str slug = slug_from(a, (str){(const char *)data, size}, most);
    assert(slug_valid(slug) && slug.len <= most);
    assert(str_eq(slug_from(a, slug, most), slug));
    assert(slug_valid(slug_numbered(a, slug, 2)));
    return 0;
}
