// Names for addresses, made from titles.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

enum { SLUG_MAX = 120 };

// The title in lower-case Latin letters and digits, words joined by '-', cut between words to at
// most `most` bytes (16 to SLUG_MAX). Never empty: a title of which nothing can be spelled becomes
// "story-" and eight hexadecimal digits of its hash, an empty one "untitled". A slug stays itself.
// Any thread may call it.
str slug_from(struct arena *a, str title, size_t most);

// Whether `s` could have come from slug_from: a-z and 0-9 in groups joined by single '-', at most
// SLUG_MAX bytes.
bool slug_valid(str s);

// "slug-2" for 2: the next try when a slug is taken; at most SLUG_MAX bytes.
str slug_numbered(struct arena *a, str slug, int n);
