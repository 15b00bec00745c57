// The front page: reads what may stand on it, has it composed, and shows it.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/feature.h"
#include "model/listing.h"
#include "model/person.h"
#include "model/related.h"
#include "model/section.h"
#include "site/composition.h"
#include "site/pages.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/excerpt.h"

// ---- what there is

static error newest(struct visit *v, enum list_kind kind, int64_t id, int64_t most,
                    struct list *cards)
{
    return listing_cards(v->work, (struct list_of){kind, id}, RANK_HIGHEST, RANK_LOWEST, most,
                         cards);
}

static error featured(struct visit *v, struct material *m)
{
    struct list features;
    size_t count = 0;
    try(feature_list(v->work, &features));
    struct story_card *cards = arena_array(v->arena, struct story_card, FRONT_FEATURES);
    for (size_t i = 0; i < features.count && count < FRONT_FEATURES; i++) {
        const struct feature *feature = list_at(&features, struct feature, i);
        bool found;
        try(story_card_by_id(v->work, feature->story_id, &cards[count], &found));
        if (!found || !str_eq(cards[count].status, S("published")))
            continue;
        if (count++ == 0)
            m->is_big = feature->is_big;
    }
    m->features = (struct list){cards, count};
    return NULL;
}

static error sections(struct visit *v, struct material *m)
{
    struct list top;
    try(section_children(v->work, 0, &top));
    struct material_section *all = arena_array(v->arena, struct material_section, top.count);
    for (size_t i = 0; i < top.count; i++) {
        const struct section_card *section = list_at(&top, struct section_card, i);
        all[i] = (struct material_section){section->id, section->name, section->path, {NULL, 0}};
        try(newest(v, LIST_SECTION, section->id, FRONT_OF_SECTION, &all[i].cards));
    }
    m->sections = all;
    m->section_count = top.count;
    return NULL;
}

// Secondary stories are chosen by their sections.
static void read_sections_of(struct visit *v, const struct list *cards)
{
    for (size_t i = 0; i < cards->count; i++)
        story_section_read(v->work, list_at(cards, struct story_card, i));
}

// With few stories nothing but the newest is looked at.
static error read_material(struct visit *v, struct material *m)
{
    try(featured(v, m));
    try(newest(v, LIST_ALL, 0, FRONT_NEWEST, &m->newest));
    read_sections_of(v, &m->features);
    read_sections_of(v, &m->newest);
    if (m->newest.count < FRONT_SMALL)
        return NULL;
    try(newest(v, LIST_KIND, KIND_OPINION, FRONT_OF_KIND, &m->opinion));
    try(newest(v, LIST_KIND, KIND_VIDEO, FRONT_OF_KIND, &m->videos));
    const struct story_card *lead = composition_lead(m);
    if (lead)
        try(related_cards(v->work, lead->id, &m->related));
    return sections(v, m);
}

// ---- how it is shown

// How wide pictures stand in each rhythm, on desktop, tablet and phone.
static const char *const rhythm_names[] = {
    [RHYTHM_FEATURE] = "feature", [RHYTHM_PAIR] = "pair",       [RHYTHM_LEDGER] = "ledger",
    [RHYTHM_STRIP] = "strip",     [RHYTHM_OPINION] = "opinion", [RHYTHM_BAND] = "band",
};

#define SIZES_LEAD "(min-width: 64em) 33rem, (min-width: 37.5em) 60vw, 100vw"
#define SIZES_BIG "(min-width: 64em) 60rem, 100vw"
#define SIZES_FEATURE "(min-width: 64em) 33rem, (min-width: 37.5em) 45vw, 92vw"
#define SIZES_PAIR "(min-width: 64em) 18.75rem, (min-width: 37.5em) 45vw, 92vw"
#define SIZES_BAND "(min-width: 64em) 18.75rem, (min-width: 37.5em) 36vw, 72vw"
#define SIZES_THUMB "7rem"

static struct view_card card_of(struct visit *v, const struct slot *slot, size_t most,
                                const char *sizes)
{
    struct view_card shown = visit_card(v, slot->card);
    shown.trail = slot->trail ? excerpt_from(v->arena, shown.trail, most) : S("");
    shown.picture = slot->picture ? shown.picture : NULL;
    shown.sizes = str_of(sizes);
    return shown;
}

static struct list cards_of(struct visit *v, const struct slot *slots, size_t count,
                            const char *sizes)
{
    struct view_card *cards = arena_array(v->arena, struct view_card, count);
    for (size_t i = 0; i < count; i++)
        cards[i] = card_of(v, &slots[i], TRAIL_MOST, sizes);
    return (struct list){cards, count};
}

static struct list headlines_of(struct visit *v, const struct story_card *const *from, size_t count)
{
    struct view_card *cards = arena_array(v->arena, struct view_card, count);
    for (size_t i = 0; i < count; i++)
        cards[i] = card_of(v, &(struct slot){.card = from[i]}, 0, "");
    return (struct list){cards, count};
}

static str columns_of(struct visit *v, size_t count)
{
    return str_format(v->arena, "columns-%zu", count);
}

// The name over a block need not stand on each of its stories.
static void drop_label(struct view_card *card, str name)
{
    if (str_eq(card->label, name))
        card->label = S("");
}

static error faces(struct visit *v, const struct block *block, struct list *cards)
{
    for (size_t i = 0; i < cards->count; i++) {
        struct person person;
        bool found = false;
        if (block->cards[i].card->person1_id)
            try(person_by_id(v->work, block->cards[i].card->person1_id, &person, &found));
        if (found)
            try(visit_picture(v, person.picture_id, &list_at(cards, struct view_card, i)->face));
    }
    return NULL;
}

static void name_block(enum rhythm rhythm, const struct block *block, struct view_block *out)
{
    if (block->section) {
        out->name = block->section->name;
        out->path = block->section->path;
        out->has_more = rhythm != RHYTHM_PAIR && rhythm != RHYTHM_LEDGER;
    } else if (rhythm == RHYTHM_STRIP) {
        out->name = S("More news");
    } else {
        out->name = rhythm == RHYTHM_BAND ? S("Videos") : S("Opinion");
        out->path = rhythm == RHYTHM_BAND ? S("/videos/") : S("/opinion/");
        out->has_more = true;
    }
}

static error show_block(struct visit *v, enum rhythm rhythm, const struct block *block,
                        struct view_block *out)
{
    name_block(rhythm, block, out);
    out->cards =
        cards_of(v, block->cards, block->count, rhythm == RHYTHM_BAND ? SIZES_BAND : SIZES_THUMB);
    out->has_cards = block->count > 0;
    for (size_t i = 0; i < out->cards.count; i++)
        drop_label(list_at(&out->cards, struct view_card, i), out->name);
    if (rhythm == RHYTHM_OPINION)
        try(faces(v, block, &out->cards));
    if (!block->lead.card)
        return NULL;
    struct view_card *lead = arena_make(v->arena, struct view_card);
    *lead =
        card_of(v, &block->lead, TRAIL_MOST, rhythm == RHYTHM_PAIR ? SIZES_PAIR : SIZES_FEATURE);
    drop_label(lead, out->name);
    out->lead = lead;
    return NULL;
}

static error show_rows(struct visit *v, const struct composition *c, struct list *out)
{
    struct view_row *rows = arena_array(v->arena, struct view_row, c->row_count);
    for (size_t i = 0; i < c->row_count; i++) {
        const struct row *row = &c->rows[i];
        struct view_block *blocks = arena_array(v->arena, struct view_block, row->count);
        for (size_t k = 0; k < row->count; k++)
            try(show_block(v, row->rhythm, &row->blocks[k], &blocks[k]));
        bool alone = row->count == 1 && !row->blocks[0].lead.card;
        rows[i] = (struct view_row){str_of(rhythm_names[row->rhythm]),
                                    columns_of(v, alone ? row->blocks[0].count : row->count),
                                    {blocks, row->count}};
    }
    *out = (struct list){rows, c->row_count};
    return NULL;
}

static void show_top(struct visit *v, const struct composition *c, struct view_front *page)
{
    struct view_card *lead = arena_make(v->arena, struct view_card);
    if (!c->lead.card)
        return;
    *lead = card_of(v, &c->lead, TRAIL_LEAD_MOST, c->is_big ? SIZES_BIG : SIZES_LEAD);
    page->lead = lead;
    page->shape = str_format(v->arena, "%s%s%s%s", c->lead.picture ? "pictured" : "worded",
                             c->links_under ? " links-under" : "", c->is_big ? " big" : "",
                             c->latest_count ? "" : " alone");
    page->sublinks = headlines_of(v, c->sublinks, c->sublink_count);
    page->has_sublinks = c->sublink_count > 0;
    page->secondary = cards_of(v, c->secondary, c->secondary_count, SIZES_THUMB);
    page->has_secondary = c->secondary_count > 0;
    page->secondary_columns = columns_of(v, c->secondary_columns);
    page->latest = headlines_of(v, c->latest, c->latest_count);
    page->has_latest = c->latest_count > 0;
}

error site_front(struct visit *v, struct rendered *out)
{
    struct material material = {0};
    struct view_front page = {.name = v->publication.name};
    try(read_material(v, &material));
    page.meta = visit_meta(v, v->publication.name, v->publication.description, S("/"), "website");
    const struct composition *c = compose(v->arena, &material);
    show_top(v, c, &page);
    try(show_rows(v, c, &page.rows));
    visit_until_new_year(v);
    return visit_show(v, VIEW_FRONT, &page, out);
}
