// The months that a list is archived by, in parts whose addresses keep.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "model/listing.h"

// A part of a month of a list: the stories from `low` up to, not including, `high`.
struct archive_part {
    int64_t month; // 202611
    int64_t part;  // from 1, as they were begun
    int64_t low_at, low_id, high_at, high_id;
    int64_t stories;
};
extern const struct fields archive_part_fields;

// A part is full at this many stories: the next newer one begins another.
enum { ARCHIVE_PART_STORIES = 50 };

// Every part of the list that has stories, newest first. Depends on which there are, not on how
// many stories stand in them.
error archive_parts(struct work *w, struct list_of list, struct list *parts) fallible;

// The same of one month; depends on nothing that begins in another.
error archive_parts_of(struct work *w, struct list_of list, int64_t month,
                       struct list *parts) fallible;

struct archive_month {
    int64_t month; // 202611
};
extern const struct fields archive_month_fields;
#define MONTH_HIGHEST INT64_MAX

// At most `most` months before `before` that have stories, newest first. Depends on which there are
// from `before` down to the last of them, not on their parts.
error archive_month_list(struct work *w, struct list_of list, int64_t before, int64_t most,
                         struct list *months) fallible;

// The next month after `month` that has stories; depends on which there are up to it.
error archive_month_newer(struct work *w, struct list_of list, int64_t month,
                          struct archive_month *out, bool *found) fallible;

// Part `part` of a month, or its newest for part 0; *found says if it has stories.
error archive_part_one(struct work *w, struct list_of list, int64_t month, int64_t part,
                       struct archive_part *out, bool *found) fallible;

// The stories of a part, newest first.
error archive_cards(struct work *w, struct list_of list, const struct archive_part *part,
                    struct list *cards) fallible;

// ---- for model/listing.c: a story came into, or left, the list at `at`
error archive_add(struct work *w, struct list_of list, rank at) fallible;
error archive_remove(struct work *w, struct list_of list, rank at) fallible;
