// WordPress's blocks: markup between remarks that say what it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct tally;

enum {
    WPBLOCKS_DEPTH_MOST = 4,        // reusable blocks within reusable blocks
    WPBLOCKS_REUSED_MOST = 1 << 20, // bytes of them in one text
};

// What blocks ask of the publication; NULL for what is not known.
struct wpblocks_options {
    void *context;
    // The content of the reusable block of this id.
    bool (*reusable)(void *context, int64_t id, str *content);
};

// Whether a post was written in blocks.
bool wpblocks_any(str text);

// The markup of the blocks without the remarks; what stands outside of blocks is paragraphed as a
// classic post is. Embeds become players or links, the picture behind a cover a figure; a reusable
// block stands wherever it is named, counted in *reused. Blocks that WordPress only fills when it
// shows them (latest posts, search, calendars) leave nothing and are counted in `left_out`.
str wpblocks_markup(struct arena *a, str text, const struct wpblocks_options *options,
                    struct tally *left_out, int64_t *reused);
