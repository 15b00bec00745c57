// Fuzzes request targets: a path that is taken is text, rooted, without dot segments, and no byte
// of it stands for a slash that was escaped. SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "http/target.h"

static size_t slashes(str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += s.ptr[i] == '/';
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct target t;
    if (target_parse(a, (str){(const char *)data, size}, &t)) {
        assert(str_starts(t.path, S("/")) && str_valid_utf8(t.path));
        assert(slashes(t.path) <= slashes(t.whole));
        str rest = str_from(t.path, 1);
        while (rest.ptr) {
            str segment = str_cut(&rest, '/');
            assert(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
        }
        for (size_t i = 0; i < t.path.len; i++)
            assert((unsigned char)t.path.ptr[i] >= 0x20 && t.path.ptr[i] != 0x7f);
    }
    arena_free(a);
    return 0;
}
