// The lists that stories stand in, newest first, and the months they are archived by.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "base/keyset.h"
#include "model/story.h"

struct work;
struct zone;

enum list_kind { LIST_ALL, LIST_SECTION, LIST_TOPIC, LIST_PERSON };

// One list: the publication's (LIST_ALL, 0), a section's with all below it, a topic's, an author's.
struct list_of {
    enum list_kind kind;
    int64_t id;
};

// At most `most` story cards below `before` (exclusive; RANK_HIGHEST for the newest) and not below
// `down_to` (RANK_LOWEST for no end). Depends on the stretch examined: from `before` down to the last
// row, or to `down_to` when the list ends short.
error listing_cards(struct work *w, struct list_of list, rank before, rank down_to, int64_t most,
                    struct list *cards) fallible;

// The story just after (newer) or just before (older) `from` in the list; *found says if there is one.
error listing_neighbour(struct work *w, struct list_of list, rank from, bool newer,
                        struct story_card *card, bool *found) fallible;

// A part of a month of a list: stories from `low` up to, not including, `high`.
struct archive_part {
    int64_t month; // 202611
    int64_t part;  // from 1
    int64_t low_at, low_id, high_at, high_id;
    int64_t stories;
};
extern const struct fields archive_part_fields;

// Every part of the list that has stories, newest first. Depends on which there are.
error archive_parts(struct work *w, struct list_of list, struct list *parts) fallible;

// One part; part 0 is the month's newest. Depends on which parts the list has.
error archive_part_one(struct work *w, struct list_of list, int64_t month, int64_t part,
                       struct archive_part *out, bool *found) fallible;

// ---- for model/story.c: keeps the lists as the story stands; names old and new places in w->writes

struct placement {
    struct list_of *lists;
    size_t count;
    rank at;
};
error listing_place(struct work *w, int64_t story_id, const struct placement *before,
                    const struct placement *after, int64_t month) fallible;
