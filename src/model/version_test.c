// What the ledger shows to readers: public versions, and every correction in order.
// SPDX-License-Identifier: Apache-2.0
#include "model/version.h"

#include "model/model_test.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"

static const struct story_change FIRST = {.kind = {"first", 5}};
static const struct story_change TYPO = {.kind = {"typo", 4}};
static const struct story_change CORRECTION = {.kind = {"correction", 10},
                                               .note = {"It was 31, not 13.", 18}};
static const instant BEGINNING = {0}, END = {INT64_MAX};

static struct story_draft draft_in_a_newsroom(struct model_test *t)
{
    struct work *w = model_write(t);
    struct publication p = {.name = S("The Test"),
                            .language = S("en-GB"),
                            .zone = S("Europe/London"),
                            .base_url = S("https://example.com")};
    assert_ok(publication_create(w, &p));
    struct section markets = {.slug = S("markets"), .name = S("Markets")};
    assert_ok(section_create(w, &markets));
    return (struct story_draft){.kind = S("news"),
                                .headline = S("Gold steadies"),
                                .section_id = markets.id,
                                .body = {S("<p>Gold stood still.</p>")},
                                .published_at = w->now,
                                .updated_at = w->now};
}

static int64_t published(struct model_test *t, const struct story_draft *draft)
{
    int64_t id;
    assert_ok(story_create(model_write(t), draft, &FIRST, &id));
    return id;
}

static size_t corrections_shown(struct work *w)
{
    struct list rows;
    assert_ok(correction_list(w, BEGINNING, END, 10, &rows));
    return rows.count;
}

static void readers_see_each_version_of_an_open_story(void **state)
{
    struct story_draft draft = draft_in_a_newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.headline = S("Gold falls");
    assert_ok(story_update(model_write(*state), id, &draft, &TYPO, NULL));
    struct work *w = model_read(*state);
    struct list versions;
    struct story_version first;
    bool found;
    assert_ok(version_public_list(w, id, &versions));
    assert_int_equal(versions.count, 2);
    assert_int_equal(list_at(&versions, struct story_version, 0)->number, 2);
    assert_ok(version_public_by_number(w, id, 1, &first, &found));
    assert_true(found);
    assert_str(first.headline, "Gold steadies");
    assert_ok(version_public_by_number(w, id, 3, &first, &found));
    assert_false(found);
    assert_reads(w, "story:1/card", "story:1/body");
}

static void what_stood_in_a_draft_stays_unseen(void **state)
{
    struct story_draft draft = draft_in_a_newsroom(*state);
    draft.status = S("draft");
    int64_t id = published(*state, &draft);
    draft.body.text = S("<p>Second thoughts.</p>");
    assert_ok(story_update(model_write(*state), id, &draft, &TYPO, NULL));
    struct list versions;
    assert_ok(version_public_list(model_read(*state), id, &versions));
    assert_int_equal(versions.count, 0);
    draft.status = S("published");
    assert_ok(story_update(model_write(*state), id, &draft, &TYPO, NULL));
    assert_ok(version_public_list(model_read(*state), id, &versions));
    assert_int_equal(versions.count, 1);
    assert_int_equal(list_at(&versions, struct story_version, 0)->number, 2);
}

static void corrections_stand_newest_first_with_todays_headline(void **state)
{
    struct story_draft draft = draft_in_a_newsroom(*state);
    int64_t first = published(*state, &draft), second = published(*state, &draft);
    assert_ok(story_update(model_write(*state), first, &draft, &CORRECTION, NULL));
    draft.headline = S("Gold falls");
    struct work *w = model_write(*state);
    assert_ok(story_update(w, second, &draft, &CORRECTION, NULL));
    assert_writes(w, "story:2/card", "story:2/body", "corrections");
    struct list rows;
    w = model_read(*state);
    assert_ok(correction_list(w, BEGINNING, END, 10, &rows));
    assert_int_equal(rows.count, 2);
    const struct correction *newest = list_at(&rows, struct correction, 0);
    assert_int_equal(newest->story_id, second);
    assert_str(newest->headline, "Gold falls");
    assert_str(newest->note, "It was 31, not 13.");
    assert_reads(w, "story:1/card", "story:2/card", "corrections");
}

static bool depends_on(const struct work *w, rank at)
{
    struct key written = {S("corrections"), key_hash(S("corrections")), at, at};
    bool touched = false;
    for (size_t i = 0; i < w->reads.count; i++)
        touched = touched || key_touches(&w->reads.keys[i], &written);
    return touched;
}

static void a_list_of_corrections_depends_on_the_stretch_it_examined(void **state)
{
    struct story_draft draft = draft_in_a_newsroom(*state);
    int64_t id = published(*state, &draft);
    instant made[3];
    for (size_t i = 0; i < 3; i++) {
        struct work *w = model_write(*state);
        made[i] = w->now;
        assert_ok(story_update(w, id, &draft, &CORRECTION, NULL));
    }
    struct list rows;
    struct work *w = model_read(*state);
    assert_ok(correction_list(w, BEGINNING, END, 2, &rows));
    assert_false(depends_on(w, (rank){made[0].ms, id}));
    assert_true(depends_on(w, (rank){made[1].ms, id}));
    assert_true(depends_on(w, (rank){made[2].ms + 1000, id}));
    w = model_read(*state);
    assert_ok(correction_list(w, made[0], made[1], 10, &rows));
    assert_int_equal(rows.count, 1);
    assert_true(depends_on(w, (rank){made[0].ms, id}));
    assert_false(depends_on(w, (rank){made[1].ms, id}));
}

static void a_withdrawn_story_takes_its_corrections_along(void **state)
{
    struct story_draft draft = draft_in_a_newsroom(*state);
    int64_t id = published(*state, &draft);
    struct work *w = model_write(*state);
    rank at = {w->now.ms, id};
    assert_ok(story_update(w, id, &draft, &CORRECTION, NULL));
    w = model_read(*state);
    assert_int_equal(corrections_shown(w), 1);
    assert_ok(story_withdraw(model_write(*state), id, S("Wrong.")));
    w = model_read(*state);
    assert_int_equal(corrections_shown(w), 0);
    assert_true(depends_on(w, at));
    w = model_write(*state);
    assert_ok(story_restore(w, id));
    bool named = false;
    for (size_t i = 0; i < w->writes.count; i++)
        named = named || str_eq(w->writes.keys[i].name, S("corrections"));
    assert_true(named);
    assert_int_equal(corrections_shown(model_read(*state)), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_see_each_version_of_an_open_story),
        cmocka_unit_test(what_stood_in_a_draft_stays_unseen),
        cmocka_unit_test(corrections_stand_newest_first_with_todays_headline),
        cmocka_unit_test(a_list_of_corrections_depends_on_the_stretch_it_examined),
        cmocka_unit_test(a_withdrawn_story_takes_its_corrections_along),
    };
    return MODEL_TEST_RUN("version", tests);
}
