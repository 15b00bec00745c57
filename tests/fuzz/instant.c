// Fuzzes the reading of dates: what is read can be written, and reads back the same.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "base/instant.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    instant read, again;
    if (!instant_parse((str){(const char *)data, size}, &read, NULL))
        return 0;
    struct arena *a = arena_new();
    assert(instant_parse(instant_rfc3339(a, read), &again, NULL));
    assert(again.ms / 1000 == read.ms / 1000);
    assert(instant_rfc822(a, read).len == sizeof "Mon, 23 Nov 2026 14:05:09 GMT" - 1);
    arena_free(a);
    return 0;
}
