// Features: the stories that the editors want on top of the front.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum { FEATURES_MOST = 6 }; // the oldest wish gives way to a newer one

struct feature {
    int64_t story_id;
    bool is_big; // where it leads: over the whole width, as on a big day
};
extern const struct fields feature_fields;

// All of them, the newest wish first: the first is to lead. Depends on "front:0/features", not on
// the stories; a story among them may be withdrawn by now.
error feature_list(struct work *w, struct list *features) fallible;

// Puts a story before the others. FAULT_NOT_FOUND where there is none with this id.
error feature_set(struct work *w, int64_t story_id, bool is_big) fallible;

// Leaves its place to the rules; nothing is written when it is not featured.
error feature_clear(struct work *w, int64_t story_id) fallible;
