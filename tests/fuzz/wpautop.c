// Fuzzes classic paragraphing: of a text without tags nothing is lost.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "interop/markup_scan.h"
#include "interop/wpautop.h"

// How many bytes of text other than white space stand outside of tags and remarks.
static size_t visible(str s)
{
    struct markup_token t;
    size_t count = 0;
    while (markup_next(&s, &t))
        for (size_t i = 0; t.kind == MARKUP_TEXT && i < t.whole.len; i++)
            count += str_find_char(S(" \t\r\n\v\f"), t.whole.ptr[i]) < 0;
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str text = {(const char *)data, size};
    // What is left open at the end of a text may close in the markup put behind it.
    str out = wpautop(a, text);
    assert(str_find_char(text, '<') >= 0 || visible(out) == visible(text));
    arena_free(a);
    return 0;
}
