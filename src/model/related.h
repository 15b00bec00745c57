// Stories close to a story: stored rows, computed by a job.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum { RELATED_MOST = 8 };

// The cards of the stories related to `story_id`, best first.
error related_cards(struct work *w, int64_t story_id, struct list *cards) fallible;

// Computes and stores the list anew: by shared topics, then the same section, then recency. The key
// is named only if what is shown changed. *changed (may be NULL) says so.
error related_compute(struct work *w, int64_t story_id, bool *changed) fallible;

// Queues the same for the stories that `story_id` is related to, so that older ones learn of newer.
error related_spread(struct work *w, int64_t story_id) fallible;
