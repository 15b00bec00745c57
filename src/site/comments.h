// Comments as readers see them: the first below their story, the others on pages of their own.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

struct story_card;
struct view_link;

// Page `page` of the story's comments (struct view_comment); *count is how many there are in all.
error comments_shown(struct visit *v, int64_t story_id, int64_t page, struct list *comments,
                     int64_t *count) fallible;

// "Comments 101 to 200", to that page; NULL when there are not so many. Page 1 is the story's own.
const struct view_link *comments_link(struct visit *v, const struct story_card *card, int64_t page,
                                      int64_t count);
