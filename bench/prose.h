// Invented news: headlines, sentences and bodies out of word lists, the same for the same seed.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/str.h"
#include "model/story.h"

struct arena;

// A small generator of its own, so that a run can be repeated anywhere.
struct dice {
    uint64_t state;
};
struct dice dice_new(uint64_t seed);
uint64_t dice_below(struct dice *d, uint64_t n);

enum { PROSE_AUTHORS = 200, PROSE_TOPICS = 300 };

str prose_person(struct arena *a, int n); // "Erin Castellan", told apart by n
str prose_topic(struct arena *a, int n);  // "Copper futures", told apart by n
str prose_headline(struct arena *a, struct dice *d);

// Fills in a story of 400 to 900 words: kind, headline, standfirst, excerpt, body, plain, words.
void prose_story(struct arena *a, struct dice *d, struct story_draft *out);

// Another body for a story, as a correction of substance would leave it.
void prose_body(struct arena *a, struct dice *d, struct story_draft *out);
