// The front, composed: which story stands in which slot, by rules, from what there is.
// SPDX-License-Identifier: Apache-2.0
#include "site/composition.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/story.h"
#include "site/measure.h"

enum { SHOWN_MOST = 600, LEAD_LOOKED_AT = 8, LATEST_LEAST = 4, PICTURE_LOOKED_AT = 3 };
enum {
    FEATURE_OFF_MOST = 60,
    FEATURE_LEAST = 4,
    PAIR_LEAST = 3,
    OPINION_LEAST = 3,
    VIDEOS_MOST = 4
};

// What of a section is not on the page yet.
struct source {
    const struct material_section *section;
    const struct story_card *cards[FRONT_OF_SECTION];
    size_t count;
};

struct composer {
    const struct material *m;
    struct composition *out;
    int64_t shown[SHOWN_MOST];
    size_t shown_count;
    struct source *sources; // in the editors' order; those that gave all they have are gone
    size_t source_count;
};

bool composition_pictured(const struct story_card *card)
{
    return card->picture_stem.len > 0;
}

static bool is_kind(const struct story_card *card, const char *kind)
{
    return str_eq(card->kind, str_of(kind));
}

// Opinion and videos have places of their own; what agencies send is on many pages.
static bool is_own_news(const struct story_card *card)
{
    return !is_kind(card, "opinion") && !is_kind(card, "video") && !is_kind(card, "wire");
}

static bool is_shown(const struct composer *c, const struct story_card *card)
{
    for (size_t i = 0; i < c->shown_count; i++)
        if (c->shown[i] == card->id)
            return true;
    return c->shown_count == SHOWN_MOST || !str_eq(card->status, S("published"));
}

static const struct story_card *show(struct composer *c, const struct story_card *card)
{
    c->shown[c->shown_count++] = card->id;
    return card;
}

static const struct story_card *card_at(const struct list *cards, size_t i)
{
    return list_at(cards, struct story_card, i);
}

// ---- the top: lead, what hangs from it, secondary stories, latest

static bool may_lead(const struct story_card *card, bool with_picture)
{
    return is_own_news(card) && (!with_picture || composition_pictured(card));
}

// The editors' choice, else the newest of our own news that has a picture, else one without.
const struct story_card *composition_lead(const struct material *m)
{
    if (m->features.count)
        return card_at(&m->features, 0);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < m->newest.count && i < LEAD_LOOKED_AT; i++)
            if (may_lead(card_at(&m->newest, i), pass == 0))
                return card_at(&m->newest, i);
    return m->newest.count ? card_at(&m->newest, 0) : NULL;
}

static void place_lead(struct composer *c, const struct story_card *card)
{
    c->out->lead = (struct slot){show(c, card), composition_pictured(card), .trail = true};
    c->out->is_big =
        c->m->is_big && c->m->features.count && card_at(&c->m->features, 0)->id == card->id;
}

static void place_sublinks(struct composer *c, const struct list *from, size_t most)
{
    struct composition *out = c->out;
    for (size_t i = 0; i < from->count && out->sublink_count < most; i++)
        if (!is_shown(c, card_at(from, i)))
            out->sublinks[out->sublink_count++] = show(c, card_at(from, i));
    out->links_under = measure_links_under(out);
}

static bool has_section(const struct composition *out, int64_t section_id)
{
    bool found = out->lead.card->section_id == section_id;
    for (size_t i = 0; i < out->secondary_count; i++)
        found = found || out->secondary[i].card->section_id == section_id;
    return found;
}

static void add_secondary(struct composer *c, const struct story_card *card)
{
    c->out->secondary[c->out->secondary_count++] =
        (struct slot){show(c, card), .picture = false, .trail = true};
}

// The editors' other choices, then the newest: our own news of other sections, our own news, any.
static void place_secondary(struct composer *c, size_t most)
{
    const struct list *newest = &c->m->newest;
    for (size_t i = 0; i < c->m->features.count && c->out->secondary_count < most; i++)
        if (!is_shown(c, card_at(&c->m->features, i)))
            add_secondary(c, card_at(&c->m->features, i));
    for (int pass = 0; pass < 3; pass++)
        for (size_t i = 0; i < newest->count && c->out->secondary_count < most; i++) {
            const struct story_card *card = card_at(newest, i);
            bool other = !has_section(c->out, card->section_id);
            if (!is_shown(c, card) && (pass == 2 || (is_own_news(card) && (pass == 1 || other))))
                add_secondary(c, card);
        }
    c->out->secondary_columns = c->out->secondary_count;
}

// As many of the latest as end where the lead and what stands below it end.
static void place_latest(struct composer *c)
{
    struct composition *out = c->out;
    const struct list *newest = &c->m->newest;
    const struct story_card *latest[LATEST_MOST];
    size_t count = 0, best = 0;
    for (size_t i = 0; i < newest->count && count < LATEST_MOST; i++)
        if (!is_shown(c, card_at(newest, i)))
            latest[count++] = card_at(newest, i);
    if (count < LATEST_LEAST)
        return;
    int target = measure_top(out), height = MEASURE_LATEST_HEAD, least = INT32_MAX;
    for (size_t i = 0; i < count; i++) {
        height += measure_latest(latest[i]);
        if (i + 1 >= LATEST_LEAST && abs(height - target) < least) {
            least = abs(height - target);
            best = i + 1;
        }
    }
    for (size_t i = 0; i < best; i++)
        out->latest[out->latest_count++] = show(c, latest[i]);
}

// All there is, when it is little: the lead, and full rows of three or four.
static void compose_small(struct composer *c)
{
    struct composition *out = c->out;
    size_t rest = c->m->newest.count ? c->m->newest.count - 1 : 0, sublinks = 0;
    bool full = rest <= 4;
    for (size_t n = 0; !full && n <= SUBLINKS_MOST; n++) {
        full = (rest - n) % 4 == 0 || (rest - n) % 3 == 0;
        sublinks = full ? n : 0;
    }
    place_secondary(c, rest - sublinks < SECONDARY_MOST + 1 ? rest - sublinks : SECONDARY_MOST);
    place_sublinks(c, &c->m->newest, sublinks);
    if (out->secondary_count > 4)
        out->secondary_columns = out->secondary_count % 4 == 0 ? 4 : 3;
}

// ---- what is no section's

static bool opinion_row(struct composer *c, struct row *row)
{
    struct block *block = &row->blocks[0];
    const struct story_card *found[BLOCKS_MOST];
    size_t count = 0;
    for (size_t i = 0; i < c->m->opinion.count && count < BLOCKS_MOST; i++)
        if (!is_shown(c, card_at(&c->m->opinion, i)))
            found[count++] = card_at(&c->m->opinion, i);
    if (count < OPINION_LEAST)
        return false;
    *row = (struct row){.rhythm = RHYTHM_OPINION, .count = 1};
    for (size_t i = 0; i < count; i++)
        block->cards[block->count++] = (struct slot){show(c, found[i]), false, true};
    return true;
}

// Videos with a still, if there are two; else with or without.
static size_t choose_videos(struct composer *c, const struct story_card **found, bool *pictures)
{
    const struct list *videos = &c->m->videos;
    size_t count = 0;
    for (int pass = 0; pass < 2 && count < 2; pass++) {
        *pictures = pass == 0;
        count = 0;
        for (size_t i = 0; i < videos->count && count < VIDEOS_MOST; i++)
            if (!is_shown(c, card_at(videos, i)) &&
                (!*pictures || composition_pictured(card_at(videos, i))))
                found[count++] = card_at(videos, i);
    }
    return count;
}

static bool band_row(struct composer *c, struct row *row)
{
    const struct story_card *found[VIDEOS_MOST];
    bool pictures;
    size_t count = choose_videos(c, found, &pictures);
    if (count < 2)
        return false;
    *row = (struct row){.rhythm = RHYTHM_BAND, .count = 1};
    for (size_t i = 0; i < count; i++)
        row->blocks[0].cards[row->blocks[0].count++] =
            (struct slot){show(c, found[i]), pictures, false};
    return true;
}

// ---- sections

static void gather(struct composer *c, struct arena *a)
{
    c->sources = arena_array(a, struct source, c->m->section_count);
    for (size_t i = 0; i < c->m->section_count; i++) {
        struct source *s = &c->sources[c->source_count];
        const struct list *cards = &c->m->sections[i].cards;
        *s = (struct source){.section = &c->m->sections[i]};
        for (size_t k = 0; k < cards->count && s->count < FRONT_OF_SECTION; k++)
            if (!is_shown(c, card_at(cards, k)))
                s->cards[s->count++] = card_at(cards, k);
        c->source_count += s->count > 0;
    }
}

static void drop_source(struct composer *c, size_t at)
{
    for (size_t i = at; i + 1 < c->source_count; i++)
        c->sources[i] = c->sources[i + 1];
    c->source_count--;
}

// Puts the first card with a picture, of the first few, before the others.
static bool lead_with_picture(struct source *s)
{
    for (size_t i = 0; i < s->count && i < PICTURE_LOOKED_AT; i++)
        if (composition_pictured(s->cards[i])) {
            const struct story_card *first = s->cards[i];
            for (; i > 0; i--)
                s->cards[i] = s->cards[i - 1];
            s->cards[0] = first;
            return true;
        }
    return false;
}

static void add_card(struct composer *c, struct block *b, const struct story_card *card,
                     bool picture, bool trail)
{
    b->cards[b->count++] =
        (struct slot){show(c, card), picture && composition_pictured(card), trail};
}

// A lead and, beside it, as many others as end where it ends, with their trails if that fits
// better.
static bool feature_row(struct composer *c, struct row *row)
{
    size_t at = 0;
    while (at < c->source_count && c->sources[at].count < FEATURE_LEAST)
        at++;
    if (at == c->source_count)
        return false;
    struct source s = c->sources[at];
    bool pictured = lead_with_picture(&s);
    *row = (struct row){.rhythm = RHYTHM_FEATURE, .count = 1};
    struct block *block = &row->blocks[0];
    block->section = s.section;
    block->lead = (struct slot){s.cards[0], pictured, true};
    int target = measure_feature_lead(&block->lead), least = INT32_MAX;
    size_t best = 0;
    bool trails = false;
    for (int trail = 0; trail < 2; trail++) {
        int height = 0;
        for (size_t n = 1; n < s.count && n <= BLOCK_CARDS; n++) {
            height += measure_feature_item(s.cards[n], trail);
            // One that almost fits without trails stays without them.
            int off = abs(height - target), worth = off + (trail ? MEASURE_TRAIL_PENALTY : 0);
            if (n > 1 && off <= FEATURE_OFF_MOST && worth < least) {
                least = worth;
                best = n;
                trails = trail;
            }
        }
    }
    if (!best)
        return false;
    drop_source(c, at);
    show(c, s.cards[0]);
    for (size_t n = 1; n <= best; n++)
        add_card(c, block, s.cards[n], /* picture= */ true, trails);
    return true;
}

// Fills blocks side by side from their sources until their ends agree with the shortest's.
static void level(struct composer *c, struct row *row, struct source *sources, size_t most,
                  measure_block *measure)
{
    int target = INT32_MAX;
    for (size_t i = 0; i < row->count; i++) {
        size_t all = sources[i].count - 1 < most ? sources[i].count - 1 : most;
        int height = measure(&row->blocks[i].lead, sources[i].cards + 1, all);
        target = height < target ? height : target;
    }
    for (size_t i = 0; i < row->count; i++) {
        size_t best = 0;
        int least = INT32_MAX;
        for (size_t n = 0; n < sources[i].count && n <= most; n++) {
            int off = abs(measure(&row->blocks[i].lead, sources[i].cards + 1, n) - target);
            if (off < least) {
                least = off;
                best = n;
            }
        }
        for (size_t n = 1; n <= best; n++)
            add_card(c, &row->blocks[i], sources[i].cards[n], false, false);
    }
}

// Takes the first `most` sources that have at least `least` stories; false when there are not two.
static size_t take_sources(struct composer *c, size_t most, size_t least, struct source *taken)
{
    size_t able = 0, count = 0;
    for (size_t i = 0; i < c->source_count; i++)
        able += c->sources[i].count >= least;
    // Five are three and two: one alone has nobody to stand beside.
    if (able == most + 1 && most > 2)
        most--;
    for (size_t i = 0; able >= 2 && i < c->source_count && count < most;) {
        if (c->sources[i].count < least) {
            i++;
            continue;
        }
        taken[count++] = c->sources[i];
        drop_source(c, i);
    }
    return count;
}

static bool pair_row(struct composer *c, struct row *row)
{
    struct source taken[2];
    if (take_sources(c, 2, PAIR_LEAST, taken) < 2)
        return false;
    bool first = lead_with_picture(&taken[0]), second = lead_with_picture(&taken[1]);
    bool pictures = first && second;
    *row = (struct row){.rhythm = RHYTHM_PAIR, .count = 2};
    for (size_t i = 0; i < 2; i++) {
        row->blocks[i].section = taken[i].section;
        row->blocks[i].lead = (struct slot){show(c, taken[i].cards[0]), pictures, true};
    }
    level(c, row, taken, 4, measure_pair);
    return true;
}

static bool ledger_row(struct composer *c, struct row *row)
{
    struct source taken[BLOCKS_MOST];
    size_t count = take_sources(c, BLOCKS_MOST, 1, taken);
    if (count < 2)
        return false;
    *row = (struct row){.rhythm = RHYTHM_LEDGER, .count = count};
    for (size_t i = 0; i < count; i++) {
        row->blocks[i].section = taken[i].section;
        row->blocks[i].lead = (struct slot){show(c, taken[i].cards[0]), false, false};
    }
    level(c, row, taken, 3, measure_ledger);
    return true;
}

// What is left: one section's stories side by side, or one story of each.
static bool strip_row(struct composer *c, struct row *row)
{
    struct source taken[BLOCKS_MOST];
    *row = (struct row){.rhythm = RHYTHM_STRIP, .count = 1};
    struct block *block = &row->blocks[0];
    if (c->source_count == 1) {
        struct source s = c->sources[0];
        drop_source(c, 0);
        block->section = s.section;
        for (size_t i = 0; i < s.count && i < BLOCKS_MOST; i++)
            add_card(c, block, s.cards[i], false, true);
        return true;
    }
    size_t count = take_sources(c, BLOCKS_MOST, 1, taken);
    for (size_t i = 0; i < count; i++)
        add_card(c, block, taken[i].cards[0], false, true);
    return count > 0;
}

// The rhythm that is wanted next, else another, never the last one again.
static bool section_row(struct composer *c, enum rhythm last, size_t step, struct row *row)
{
    static const struct {
        enum rhythm rhythm;
        bool (*make)(struct composer *c, struct row *row);
    } cycle[] = {
        {RHYTHM_FEATURE, feature_row}, {RHYTHM_LEDGER, ledger_row}, {RHYTHM_PAIR, pair_row}};
    enum { CYCLE = sizeof cycle / sizeof *cycle };
    for (size_t i = 0; c->source_count && i < CYCLE; i++) {
        size_t at = (step + i) % CYCLE;
        if (cycle[at].rhythm != last && cycle[at].make(c, row))
            return true;
    }
    return c->source_count && last != RHYTHM_STRIP && strip_row(c, row);
}

static void add_row(struct composition *out, const struct row *row, bool made)
{
    if (made && out->row_count < ROWS_MOST)
        out->rows[out->row_count++] = *row;
}

// Opinion stands after the first section, the band after three rows of them, or at the end.
static void place_rows(struct composer *c, struct arena *a)
{
    struct row opinion, band, row;
    struct composition *out = c->out;
    bool has_opinion = opinion_row(c, &opinion), has_band = band_row(c, &band);
    place_latest(c);
    gather(c, a);
    enum rhythm last = RHYTHM_BAND;
    for (size_t step = 0; out->row_count < ROWS_MOST - 2 && section_row(c, last, step, &row);
         step++) {
        add_row(out, &row, true);
        last = row.rhythm;
        if ((step == 1 && has_opinion) || (step == 2 && has_band)) {
            add_row(out, step == 1 ? &opinion : &band, true);
            has_opinion = has_opinion && step != 1;
            has_band = has_band && step != 2;
        }
    }
    add_row(out, &opinion, has_opinion);
    add_row(out, &band, has_band);
}

struct composition *compose(struct arena *a, const struct material *m)
{
    struct composer *c = arena_make(a, struct composer);
    c->m = m;
    c->out = arena_make(a, struct composition);
    const struct story_card *lead = composition_lead(m);
    if (!lead)
        return c->out;
    place_lead(c, lead);
    if (m->newest.count < FRONT_SMALL) {
        compose_small(c);
        return c->out;
    }
    place_sublinks(c, &m->related, SUBLINKS_MOST);
    place_secondary(c, c->out->lead.picture ? 3 : 4);
    place_rows(c, a);
    return c->out;
}
