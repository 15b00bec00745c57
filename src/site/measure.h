// How high the parts of the front will be, in pixels at 1440: near enough to let columns end alike.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

struct composition;
struct slot;
struct story_card;

enum { MEASURE_LATEST_HEAD = 46, MEASURE_TRAIL_PENALTY = 40, MEASURE_AGREES = 60 };

// Whether the lead's words with its sublinks end so far below its picture that the links had better
// stand under the picture.
bool measure_links_under(const struct composition *c);

// The lead with what hangs from it, and the secondary stories below.
int measure_top(const struct composition *c);
int measure_latest(const struct story_card *card);

// The lead of a section that has a row to itself, and one of the stories beside it.
int measure_feature_lead(const struct slot *lead);
int measure_feature_item(const struct story_card *card, bool trail);

// A block: its lead and `count` stories below.
typedef int measure_block(const struct slot *lead, const struct story_card *const *cards,
                          size_t count);
measure_block measure_pair, measure_ledger;
