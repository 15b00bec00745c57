// Cards of stories, taken from the cache where it has them: lists are read far more often than what
// they show is written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work; // of a server: w->kept is set

// What a statement gives that names stories.
struct story_id {
    int64_t id;
};
extern const struct fields story_id_fields;

// The cards (struct story_card) of those of the stories that are there (struct story_id), in their
// order: from w->kept where they are kept, else from the database, and kept for the next. They live
// as long as the work. Names nothing as read.
error kept_cards(struct work *w, const struct list *ids, struct list *cards) fallible;

// Lets go of what the work took from the cache.
void kept_cards_release(struct work *w);
