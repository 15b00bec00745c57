// The front page: composed by rule from what is newest, each story once.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/section.h"
#include "site/pages.h"
#include "site/view_page.h"
#include "site/view_part.h"

enum {
    TOP = 12,
    SECONDARY = 3,
    NEWEST = 5,
    BLOCK_LOOKED_AT = 10,
    FEATURE_CARDS = 4,
    LEDGER_CARDS = 3
};
enum { SHOWN_MOST = 500 };

// What stands on the page already.
struct shown {
    int64_t ids[SHOWN_MOST];
    size_t count;
};

static bool take(struct shown *shown, int64_t id)
{
    for (size_t i = 0; i < shown->count; i++)
        if (shown->ids[i] == id)
            return false;
    if (shown->count == SHOWN_MOST)
        return false;
    shown->ids[shown->count++] = id;
    return true;
}

// Moves up to `most` cards that are not shown yet from *from (which advances) to *out.
static struct list pick(struct visit *v, struct shown *shown, const struct list *from, size_t *at,
                        size_t most)
{
    struct view_card *cards = arena_array(v->arena, struct view_card, most);
    size_t count = 0;
    for (; *at < from->count && count < most; (*at)++) {
        const struct story_card *card = list_at(from, struct story_card, *at);
        if (take(shown, card->id))
            cards[count++] = visit_card(v, card);
    }
    return (struct list){cards, count};
}

static const struct view_card *first_of(struct list *cards)
{
    if (!cards->count)
        return NULL;
    const struct view_card *first = cards->rows;
    *cards = (struct list){(struct view_card *)cards->rows + 1, cards->count - 1};
    return first;
}

static error fill_block(struct visit *v, struct shown *shown, const struct section_card *section,
                        size_t most, struct view_block *block)
{
    struct list cards;
    size_t at = 0;
    try(listing_cards(v->work, (struct list_of){LIST_SECTION, section->id}, RANK_HIGHEST,
                      RANK_LOWEST, BLOCK_LOOKED_AT, &cards));
    block->name = section->name;
    block->path = section->path;
    block->cards = pick(v, shown, &cards, &at, most);
    for (size_t i = 0; i < block->cards.count; i++) {
        struct view_card *card = list_at(&block->cards, struct view_card, i);
        if (str_eq(card->label, section->name)) // it stands over the block
            card->label = S("");
    }
    block->lead = first_of(&block->cards);
    return NULL;
}

// Rows of different rhythm, never the same twice running: one section at length, two side by side,
// then up to four in words only.
static const struct {
    const char *rhythm;
    size_t sections, cards;
} rhythms[] = {{"feature", 1, 1 + FEATURE_CARDS},
               {"pair", 2, 1 + LEDGER_CARDS},
               {"ledger", 4, 1 + LEDGER_CARDS}};
enum { RHYTHMS = sizeof rhythms / sizeof *rhythms };

static error rows(struct visit *v, struct shown *shown, struct view_front *page)
{
    struct list sections;
    try(section_children(v->work, 0, &sections));
    struct view_row *all = arena_array(v->arena, struct view_row, sections.count);
    size_t count = 0, next = 0;
    while (next < sections.count) {
        size_t rhythm = count % RHYTHMS, filled = 0;
        struct view_block *blocks =
            arena_array(v->arena, struct view_block, rhythms[rhythm].sections);
        for (; next < sections.count && filled < rhythms[rhythm].sections; next++) {
            struct view_block *block = &blocks[filled];
            try(fill_block(v, shown, list_at(&sections, struct section_card, next),
                           rhythms[rhythm].cards, block));
            filled += block->lead != NULL;
        }
        if (filled)
            all[count++] = (struct view_row){str_of(rhythms[rhythm].rhythm), {blocks, filled}};
    }
    page->rows = (struct list){all, count};
    return NULL;
}

error site_front(struct visit *v, struct rendered *out)
{
    struct view_front page = {.name = v->publication.name};
    struct shown *shown = arena_make(v->arena, struct shown);
    struct list cards;
    size_t at = 0;
    page.meta = visit_meta(v, v->publication.name, v->publication.description, S("/"), "website");
    try(listing_cards(v->work, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, TOP,
                      &cards));
    struct list top = pick(v, shown, &cards, &at, 1 + SECONDARY);
    page.lead = first_of(&top);
    page.secondary = top;
    page.newest = pick(v, shown, &cards, &at, NEWEST);
    page.has_newest = page.newest.count > 0;
    try(rows(v, shown, &page));
    return visit_show(v, VIEW_FRONT, &page, out);
}
