// WordPress's blocks: markup between remarks that say what it is.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;
struct tally;

// Whether a post was written in blocks.
bool wpblocks_any(str text);

// The markup of the blocks without the remarks; what stands outside of blocks is paragraphed as a
// classic post is. Embeds become players or links, the picture behind a cover a figure. Blocks that
// WordPress only fills when it shows them (latest posts, search, calendars) leave nothing and are
// counted in `left_out`.
str wpblocks_markup(struct arena *a, str text, struct tally *left_out);
