// Whatever text comes: its excerpt is short enough and well-formed.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/excerpt.h"
#include "text/utf8.h"
#include "text/words.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    str text = {(const char *)data, size};
    size_t most = size ? data[0] : 10;
    str excerpt = excerpt_from(a, text, most);
    assert(utf8_count(excerpt) <= most && str_valid_utf8(excerpt));
    assert(words_count(text).words >= 0);
    return 0;
}
