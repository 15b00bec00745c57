// The lists that stories stand in, newest first.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "base/keyset.h"
#include "model/story.h"

struct work;

enum list_kind { LIST_ALL, LIST_SECTION, LIST_TOPIC, LIST_PERSON, LIST_KIND };

// The kinds of story that have a list of their own: the ids of LIST_KIND.
enum { KIND_OPINION = 1, KIND_VIDEO = 2 };

// One list: the publication's (LIST_ALL, 0), a section's with all below it, a topic's, an author's,
// a kind's.
struct list_of {
    enum list_kind kind;
    int64_t id;
};

// At most `most` story cards below `before` (exclusive; RANK_HIGHEST for the newest) and not below
// `down_to` (RANK_LOWEST for no end). Depends on the stretch examined: from `before` down to the
// last row, or to `down_to` when the list ended before `most`.
error listing_cards(struct work *w, struct list_of list, rank before, rank down_to, int64_t most,
                    struct list *cards) fallible;

// The story next to `from` in the list, newer or older; *found says if there is one.
error listing_neighbour(struct work *w, struct list_of list, rank from, bool newer,
                        struct story_card *card, bool *found) fallible;

// The places (rank rows) of the newest stories, at most `most`: for jobs. Names nothing as read.
// A work reads them once, however often it is asked, until it places a story itself.
error listing_ranks(struct work *w, struct list_of list, int64_t most, struct list *ranks) fallible;

// ---- for model/story.c

// Where a story stands: the same place in several lists. No lists: nowhere.
struct placement {
    const struct list_of *lists;
    size_t count;
    rank at;
};

// Keeps lists and archives as the story stands, and names the places it left and came to.
error listing_place(struct work *w, const struct placement *before,
                    const struct placement *after) fallible;
