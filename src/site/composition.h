// The front, composed: which story stands in which slot, by rules, from what there is.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "base/str.h"

struct arena;
struct story_card;

enum {
    FRONT_FEATURES = 4,    // of the editors' that are looked at
    FRONT_NEWEST = 26,     // of the whole publication
    FRONT_OF_SECTION = 12, // of each
    FRONT_OF_KIND = 8,     // opinion, videos
    FRONT_SMALL = 12,      // with fewer stories than this there are no blocks
    LATEST_MOST = 12,
    SECONDARY_MOST = 9,
    SUBLINKS_MOST = 2,
    BLOCKS_MOST = 4, // side by side
    BLOCK_CARDS = 8, // behind a block's lead
    ROWS_MOST = 40,
    TRAIL_LEAD_MOST = 240, // letters of what stands below a headline
    TRAIL_MOST = 140,
};

// What may be shown; lists of struct story_card, each in its own order. A story may be in many.
struct material {
    struct list features; // what the editors chose, first the lead
    bool is_big;          // the first of them is to have the whole width
    struct list newest, related, opinion, videos;
    const struct material_section *sections; // in the editors' order
    size_t section_count;
};

struct material_section {
    int64_t id;
    str name, path;
    struct list cards;
};

enum rhythm {
    RHYTHM_FEATURE, // one section: a picture-led story and a list
    RHYTHM_PAIR,    // two sections, half and half
    RHYTHM_LEDGER,  // up to four sections, words only
    RHYTHM_STRIP,   // the stories of one section side by side
    RHYTHM_OPINION, // writers side by side
    RHYTHM_BAND,    // videos on dark, or one long read
};

// A slot says what its card shows besides label, headline and meta.
struct slot {
    const struct story_card *card; // NULL: empty
    bool picture, trail;
};

struct block {
    const struct material_section *section; // NULL: opinion or videos
    struct slot lead;                       // empty where all are alike
    struct slot cards[BLOCK_CARDS];
    size_t count;
};

struct row {
    enum rhythm rhythm;
    struct block blocks[BLOCKS_MOST];
    size_t count;
};

struct composition {
    struct slot lead; // empty: nothing has been published
    bool is_big;
    const struct story_card *sublinks[SUBLINKS_MOST];
    size_t sublink_count;
    bool links_under; // under the picture, side by side
    struct slot secondary[SECONDARY_MOST];
    size_t secondary_count, secondary_columns;
    const struct story_card *latest[LATEST_MOST];
    size_t latest_count;
    struct row rows[ROWS_MOST];
    size_t row_count;
};

// Every story stands once; no two rows running have one rhythm; no row has an empty place; columns
// are filled until their ends, as estimated at 1440 pixels, agree.
struct composition *compose(struct arena *a, const struct material *m);

// The story that is going to lead, or NULL; its related stories are part of the material.
const struct story_card *composition_lead(const struct material *m);

// Whether lists can show a picture of the story.
bool composition_pictured(const struct story_card *card);
