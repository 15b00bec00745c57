// What features promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/feature.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"

static int64_t story(struct model_test *t, const char *headline)
{
    struct section section;
    bool found;
    int64_t id;
    struct work *w = model_write(t);
    assert_ok(section_by_path(w, S("news"), &section, &found));
    if (!found) {
        struct publication p = {.name = S("The Test"),
                                .language = S("en-GB"),
                                .zone = S("Europe/London"),
                                .base_url = S("https://example.com")};
        assert_ok(publication_create(w, &p));
        section = (struct section){.slug = S("news"), .name = S("News")};
        assert_ok(section_create(w, &section));
    }
    struct story_draft draft = {
        .kind = S("news"),
        .headline = str_of(headline),
        .body = {S("<p>Text.</p>")},
        .plain = S("Text."),
        .section_id = section.id,
        .published_at = w->now,
        .updated_at = w->now,
    };
    struct story_change first = {.kind = S("first")};
    assert_ok(story_create(w, &draft, &first, &id));
    return id;
}

static struct list features(struct model_test *t)
{
    struct list found;
    assert_ok(feature_list(model_read(t), &found));
    return found;
}

static int64_t at(const struct list *features, size_t i)
{
    return list_at(features, struct feature, i)->story_id;
}

static void the_newest_wish_leads(void **state)
{
    int64_t a = story(*state, "A"), b = story(*state, "B");
    struct work *w = model_write(*state);
    assert_ok(feature_set(w, a, false));
    assert_writes(w, "front:0/features");
    assert_ok(feature_set(model_write(*state), b, true));
    struct list found = features(*state);
    assert_int_equal(found.count, 2);
    assert_int_equal(at(&found, 0), b);
    assert_true(list_at(&found, struct feature, 0)->is_big);
    assert_false(list_at(&found, struct feature, 1)->is_big);
    assert_ok(feature_set(model_write(*state), a, false));
    found = features(*state);
    assert_int_equal(found.count, 2);
    assert_int_equal(at(&found, 0), a);
}

static void the_same_wish_twice_writes_nothing(void **state)
{
    int64_t a = story(*state, "A");
    assert_ok(feature_set(model_write(*state), a, false));
    struct work *w = model_write(*state);
    assert_ok(feature_set(w, a, false));
    assert_writes_nothing(w);
    assert_ok(feature_set(w, a, true));
    assert_writes(w, "front:0/features");
}

static void a_wish_taken_back_is_gone_and_one_never_made_changes_nothing(void **state)
{
    int64_t a = story(*state, "A"), b = story(*state, "B");
    assert_ok(feature_set(model_write(*state), a, false));
    struct work *w = model_write(*state);
    assert_ok(feature_clear(w, b));
    assert_writes_nothing(w);
    assert_ok(feature_clear(w, a));
    assert_writes(w, "front:0/features");
    assert_int_equal(features(*state).count, 0);
}

static void the_oldest_wish_gives_way(void **state)
{
    int64_t ids[FEATURES_MOST + 2];
    for (size_t i = 0; i < FEATURES_MOST + 2; i++) {
        ids[i] = story(*state, "Story");
        assert_ok(feature_set(model_write(*state), ids[i], false));
    }
    struct list found = features(*state);
    assert_int_equal(found.count, FEATURES_MOST);
    assert_int_equal(at(&found, FEATURES_MOST - 1), ids[2]);
    assert_ok(feature_clear(model_write(*state), ids[FEATURES_MOST + 1]));
    found = features(*state);
    assert_int_equal(found.count, FEATURES_MOST - 1);
}

static void what_is_no_story_cannot_be_featured(void **state)
{
    assert_fault(feature_set(model_write(*state), 99, false), FAULT_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_wish_leads),
        cmocka_unit_test(the_same_wish_twice_writes_nothing),
        cmocka_unit_test(a_wish_taken_back_is_gone_and_one_never_made_changes_nothing),
        cmocka_unit_test(the_oldest_wish_gives_way),
        cmocka_unit_test(what_is_no_story_cannot_be_featured),
    };
    return MODEL_TEST_RUN("feature", tests);
}
