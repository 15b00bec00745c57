// Long stretches of plain text kept out of the tree parser, whose work for each letter is what
// cleaning takes longest for. SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct buf;

struct runs {
    struct arena *arena;
    str *all;
    size_t count, cap, bytes;
    bool off;   // the text holds what would read as a mark
    bool ascii; // it is no valid UTF-8: only ASCII may stand in runs
};

// For the runs of this markup. A mark is a code point for private use, which markup that holds it,
// also as a reference, is never given.
struct runs runs_of(struct arena *a, str markup);

// Appends what stands between two tags; each long stretch that means to a parser no more than a
// word does is kept, and a mark stands for it.
void runs_add(struct runs *r, struct buf *out, str text);

// A text that was parsed, with its stretches in place of the marks.
str runs_expand(const struct runs *r, struct arena *a, str text);
