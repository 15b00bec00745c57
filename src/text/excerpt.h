// The opening of a text, for lists and descriptions.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/str.h"

struct arena;

// At most `most` characters from the start of `plain`, on one line, ending at a word; "…" (counted)
// stands at the end only if something was left out. Openings that say nothing of the story
// ("Unlock the Editor's Digest for free …") are skipped. `plain` as plain_from gives it.
str excerpt_from(struct arena *a, str plain, size_t most);
