// What sitemaps list of stories: their addresses and when they last changed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/keyset.h"

struct work;

struct sitemap_story {
    str path;
    instant updated_at;
};
extern const struct fields sitemap_story_fields;

// A month's sitemaps list this many of its archive parts each, the oldest first: a file stays the
// same when the next is begun, and a change makes no more than some hundred rows anew.
enum { SITEMAP_PARTS = 10 };

// At most `most` stories of the publication below `before` and not below `down_to`, newest first.
// Depends on which stories stand in that stretch and on when each was last changed, on nothing else
// of them.
error sitemap_stories(struct work *w, rank before, rank down_to, int64_t most,
                      struct list *stories) fallible;

// Files of everything else: the sections, static pages, topics and people with so many ids in a
// row. Four of each stay below the 50,000 addresses that the protocol allows.
enum { SITEMAP_IDS = 10000 };

// How many such files there are, at least one. Depends on what would need another: not on what
// comes into those there are.
error sitemap_files(struct work *w, int64_t *files) fallible;
