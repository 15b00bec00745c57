// Proves the rules that compose the front, over publications of every size and make.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "model/story.h"
#include "site/composition.h"
#include "site/measure.h"

enum { SECTIONS = 12, STORIES = 300 };

// A newsroom drawn by chance: what it has is in `material`.
struct newsroom {
    struct arena *a;
    uint64_t random;
    struct story_card *all;
    size_t count;
    struct material material;
};

static int64_t below(struct newsroom *n, int64_t most)
{
    n->random ^= n->random << 13;
    n->random ^= n->random >> 7;
    n->random ^= n->random << 17;
    return (int64_t)(n->random % (uint64_t)most);
}

static str words(struct newsroom *n, size_t letters)
{
    char *text = arena_text(n->a, letters + 1);
    for (size_t i = 0; i < letters; i++)
        text[i] = i % 6 == 5 ? ' ' : 'n';
    return (str){text, letters};
}

static void add(struct newsroom *n, struct list *list, const struct story_card *card, size_t most)
{
    if (!list->rows)
        list->rows = arena_array(n->a, struct story_card, STORIES);
    if (list->count < most)
        *list_at(list, struct story_card, list->count++) = *card;
}

static const char *a_kind(struct newsroom *n)
{
    static const char *const kinds[] = {"news", "news",      "news",  "analysis",
                                        "wire", "explainer", "video", "opinion"};
    return kinds[below(n, 8)];
}

static void file(struct newsroom *n, struct material_section *sections,
                 const struct story_card *card)
{
    add(n, &n->material.newest, card, FRONT_NEWEST);
    add(n, &sections[card->section_id - 1].cards, card, FRONT_OF_SECTION);
    if (str_eq(card->kind, S("opinion")))
        add(n, &n->material.opinion, card, FRONT_OF_KIND);
    if (str_eq(card->kind, S("video")))
        add(n, &n->material.videos, card, FRONT_OF_KIND);
}

// `pictured` of a hundred stories have a picture.
static struct newsroom newsroom(struct arena *a, uint64_t seed, size_t stories, int64_t pictured)
{
    struct newsroom n = {.a = a, .random = seed * 0x9E3779B97F4A7C15u + 1, .count = stories};
    struct material_section *sections = arena_array(a, struct material_section, SECTIONS);
    n.all = arena_array(a, struct story_card, stories);
    int64_t filled = 1 + below(&n, SECTIONS), long_ones = below(&n, 2);
    for (int64_t i = 0; i < SECTIONS; i++)
        sections[i].id = i + 1;
    for (size_t i = 0; i < stories; i++) {
        n.all[i] = (struct story_card){
            .id = (int64_t)i + 1,
            .kind = str_of(a_kind(&n)),
            .status = S("published"),
            .headline = words(&n, long_ones ? 160 : 20 + (size_t)below(&n, 80)),
            .standfirst = words(&n, (size_t)below(&n, 200)),
            .section_id = 1 + below(&n, filled),
            .picture_stem = below(&n, 100) < pictured ? S("aa/picture") : S(""),
        };
        file(&n, sections, &n.all[i]);
    }
    for (size_t i = 3; i < stories && i < 40; i += 7)
        add(&n, &n.material.related, &n.all[i], 8);
    n.material.sections = sections;
    n.material.section_count = SECTIONS;
    return n;
}

// ---- what is on a page

struct seen {
    int64_t ids[STORIES * 2];
    size_t count;
};

static void see(struct seen *seen, const struct story_card *card)
{
    assert_non_null(card);
    for (size_t i = 0; i < seen->count; i++)
        if (seen->ids[i] == card->id)
            fail_msg("story %lld stands twice", (long long)card->id);
    seen->ids[seen->count++] = card->id;
}

static void see_block(struct seen *seen, const struct block *block)
{
    if (block->lead.card)
        see(seen, block->lead.card);
    for (size_t i = 0; i < block->count; i++)
        see(seen, block->cards[i].card);
}

static struct seen everything(const struct composition *c)
{
    struct seen seen = {.count = 0};
    if (c->lead.card)
        see(&seen, c->lead.card);
    for (size_t i = 0; i < c->sublink_count; i++)
        see(&seen, c->sublinks[i]);
    for (size_t i = 0; i < c->secondary_count; i++)
        see(&seen, c->secondary[i].card);
    for (size_t i = 0; i < c->latest_count; i++)
        see(&seen, c->latest[i]);
    for (size_t i = 0; i < c->row_count; i++)
        for (size_t k = 0; k < c->rows[i].count; k++)
            see_block(&seen, &c->rows[i].blocks[k]);
    return seen;
}

static void each_composition(void (*check)(const struct newsroom *n, const struct composition *c))
{
    static const size_t sizes[] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10,  11,
                                   12, 13, 14, 16, 20, 25, 30, 40, 60, 90, 150, 300};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (uint64_t seed = 1; seed <= 4; seed++)
            for (int64_t pictured = 0; pictured <= 100; pictured += 50) {
                arena_scoped a = arena_new();
                struct newsroom n = newsroom(a, seed, sizes[i], pictured);
                check(&n, compose(a, &n.material));
            }
}

static void check_once(const struct newsroom *n, const struct composition *c)
{
    struct seen seen = everything(c);
    assert_true(seen.count <= n->count);
    assert_true(n->count == 0 || c->lead.card);
}

static void each_story_stands_once(void **state)
{
    each_composition(check_once);
}

static void check_rhythm(const struct newsroom *n, const struct composition *c)
{
    size_t bands = 0;
    for (size_t i = 0; i < c->row_count; i++) {
        assert_true(i == 0 || c->rows[i].rhythm != c->rows[i - 1].rhythm);
        bands += c->rows[i].rhythm == RHYTHM_BAND;
    }
    assert_true(bands <= 1);
}

static void no_rhythm_comes_twice_running_and_the_band_once(void **state)
{
    each_composition(check_rhythm);
}

static void check_row(const struct row *row)
{
    const struct block *block = &row->blocks[0];
    size_t least[] = {[RHYTHM_FEATURE] = 1, [RHYTHM_PAIR] = 2,    [RHYTHM_LEDGER] = 2,
                      [RHYTHM_STRIP] = 1,   [RHYTHM_OPINION] = 1, [RHYTHM_BAND] = 1};
    assert_true(row->count >= least[row->rhythm] && row->count <= BLOCKS_MOST);
    bool led = row->rhythm <= RHYTHM_LEDGER;
    for (size_t i = 0; i < row->count; i++)
        assert_true(led ? row->blocks[i].lead.card != NULL : row->blocks[i].lead.card == NULL);
    if (row->rhythm == RHYTHM_FEATURE)
        assert_true(block->count >= 2);
    if (!led)
        assert_true(block->count >= 1 && block->count <= BLOCKS_MOST);
    if (row->rhythm == RHYTHM_OPINION)
        assert_true(block->count >= 3);
    // Words only, all of them, or a picture in every place of the row.
    for (size_t i = 0; row->rhythm == RHYTHM_BAND && i < block->count; i++)
        assert_true(block->cards[i].picture == block->cards[0].picture);
    for (size_t i = 0; row->rhythm == RHYTHM_PAIR && i < row->count; i++)
        assert_true(row->blocks[i].lead.picture == block->lead.picture);
}

static void check_holes(const struct newsroom *n, const struct composition *c)
{
    for (size_t i = 0; i < c->row_count; i++)
        check_row(&c->rows[i]);
    if (c->secondary_count > 4)
        assert_int_equal(c->secondary_count % c->secondary_columns, 0);
    else
        assert_int_equal(c->secondary_columns, c->secondary_count);
}

static void no_row_has_an_empty_place(void **state)
{
    each_composition(check_holes);
}

static void check_small(const struct newsroom *n, const struct composition *c)
{
    if (n->count >= FRONT_SMALL)
        return;
    assert_int_equal(everything(c).count, n->count);
    assert_int_equal(c->latest_count + c->row_count, 0);
}

static void a_front_of_few_stories_shows_them_all_in_full_rows(void **state)
{
    each_composition(check_small);
}

// One more or less of the latest would not end nearer, unless there is no other.
static void check_ends(const struct newsroom *n, const struct composition *c)
{
    int height = MEASURE_LATEST_HEAD;
    for (size_t i = 0; i < c->latest_count; i++)
        height += measure_latest(c->latest[i]);
    if (c->latest_count > 4 && n->count >= 40)
        assert_true(abs(height - measure_top(c)) <= 80 || c->latest_count == LATEST_MOST);
}

static void the_latest_end_where_the_lead_ends(void **state)
{
    each_composition(check_ends);
}

static void the_editors_choice_leads_and_the_rules_fill_the_rest(void **state)
{
    arena_scoped a = arena_new();
    struct newsroom n = newsroom(a, 5, 100, 50);
    add(&n, &n.material.features, &n.all[80], FRONT_FEATURES);
    add(&n, &n.material.features, &n.all[70], FRONT_FEATURES);
    n.material.is_big = true;
    struct composition *c = compose(a, &n.material);
    assert_int_equal(c->lead.card->id, n.all[80].id);
    assert_true(c->is_big);
    assert_int_equal(c->secondary[0].card->id, n.all[70].id);
    assert_true(c->secondary_count >= 3);
}

static void agencies_opinion_and_videos_do_not_lead_by_rule(void **state)
{
    arena_scoped a = arena_new();
    for (uint64_t seed = 1; seed < 40; seed++) {
        struct newsroom n = newsroom(a, seed, 60, 40);
        const struct story_card *lead = compose(a, &n.material)->lead.card;
        assert_false(str_eq(lead->kind, S("wire")) || str_eq(lead->kind, S("video")) ||
                     str_eq(lead->kind, S("opinion")));
    }
}

static void what_is_withdrawn_is_left_out(void **state)
{
    arena_scoped a = arena_new();
    struct newsroom n = newsroom(a, 9, 60, 40);
    for (size_t i = 0; i < n.material.related.count; i++)
        list_at(&n.material.related, struct story_card, i)->status = S("withdrawn");
    struct composition *c = compose(a, &n.material);
    assert_int_equal(c->sublink_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_story_stands_once),
        cmocka_unit_test(no_rhythm_comes_twice_running_and_the_band_once),
        cmocka_unit_test(no_row_has_an_empty_place),
        cmocka_unit_test(a_front_of_few_stories_shows_them_all_in_full_rows),
        cmocka_unit_test(the_latest_end_where_the_lead_ends),
        cmocka_unit_test(the_editors_choice_leads_and_the_rules_fill_the_rest),
        cmocka_unit_test(agencies_opinion_and_videos_do_not_lead_by_rule),
        cmocka_unit_test(what_is_withdrawn_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
