// What topics promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/topic.h"

static struct topic ensured(struct work *w, str slug_or_name)
{
    struct topic t = {0};
    assert_ok(topic_ensure(w, slug_or_name, &t));
    return t;
}

static void a_topic_is_made_from_a_slug_with_a_name_that_reads(void **state)
{
    struct work *w = model_write(*state);
    struct topic t = ensured(w, S("human-centered-design"));
    assert_str(t.name, "Human centered design");
    assert_str(t.path, "/topic/human-centered-design/");
    assert_writes(w, "path:/topic/human-centered-design/", "topic-slug:human-centered-design",
                  "topic:1/card", "topics");
}

static void a_name_and_its_slug_are_one_topic(void **state)
{
    struct work *w = model_write(*state);
    struct topic t = ensured(w, S("Interest Rates"));
    assert_str(t.name, "Interest Rates");
    w = model_write(*state);
    assert_int_equal(ensured(w, S("interest-rates")).id, t.id);
    assert_int_equal(ensured(w, S("INTEREST RATES")).id, t.id);
    assert_writes_nothing(w);
}

static void a_topic_is_read_back_whole_by_id_and_by_slug(void **state)
{
    struct topic t = {.name = S("Gold"), .description = S("The metal")}, by_id, by_slug;
    assert_ok(topic_create(model_write(*state), &t));
    bool found;
    struct work *w = model_read(*state);
    assert_ok(topic_by_id(w, t.id, &by_id, &found));
    assert_true(found);
    assert_str(by_id.description, "The metal");
    assert_reads(w, "topic:1/card", "topic:1/page");
    w = model_read(*state);
    assert_ok(topic_by_slug(w, S("gold"), &by_slug, &found));
    assert_true(found);
    assert_str(by_slug.name, "Gold");
    assert_reads(w, "topic:1/card", "topic:1/page");
    w = model_read(*state);
    assert_ok(topic_by_slug(w, S("silver"), &by_slug, &found));
    assert_false(found);
    assert_reads(w, "topic-slug:silver");
}

static void each_change_names_the_facets_that_show_it(void **state)
{
    struct topic t = ensured(model_write(*state), S("Gold")), has;
    struct work *w = model_write(*state);
    assert_ok(topic_update(w, &t));
    assert_writes_nothing(w);
    t.name = S("Gold and silver");
    assert_ok(topic_update(w, &t));
    assert_writes(w, "topic:1/card", "topics");
    t.description = S("Metals");
    w = model_write(*state);
    assert_ok(topic_update(w, &t));
    assert_writes(w, "topic:1/page");
    bool found;
    assert_ok(topic_by_id(model_read(*state), t.id, &has, &found));
    assert_str(has.name, "Gold and silver");
    assert_str(has.description, "Metals");
    assert_str(has.path, "/topic/gold/");
}

static void a_list_goes_on_where_the_last_one_ended(void **state)
{
    struct work *w = model_write(*state);
    ensured(w, S("a"));
    ensured(w, S("b"));
    struct list cards;
    w = model_read(*state);
    assert_ok(topic_list(w, 1, 10, &cards));
    assert_int_equal(cards.count, 1);
    assert_str(list_at(&cards, struct topic_card, 0)->path, "/topic/b/");
    assert_ok(topic_list(w, 0, 1, &cards));
    assert_int_equal(cards.count, 1);
    assert_str(list_at(&cards, struct topic_card, 0)->name, "A");
    assert_reads(w, "topics");
}

static void what_makes_no_topic_is_refused(void **state)
{
    ensured(model_write(*state), S("Gold"));
    struct work *w = model_write(*state);
    struct topic t = {.name = S("gold")};
    assert_fault(topic_create(w, &t), FAULT_CONFLICT);
    assert_fault(topic_ensure(w, S(""), &t), FAULT_INPUT);
    assert_fault(topic_ensure(w, model_text(201), &t), FAULT_INPUT);
    t = (struct topic){.name = S("B"), .slug = S("No Slug")};
    assert_fault(topic_create(w, &t), FAULT_INPUT);
    t = (struct topic){.name = S("B"), .description = model_text(4001)};
    assert_fault(topic_create(w, &t), FAULT_INPUT);
    t = (struct topic){.name = S("B"), .id = 99};
    assert_fault(topic_update(w, &t), FAULT_NOT_FOUND);
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_topic_is_made_from_a_slug_with_a_name_that_reads),
        cmocka_unit_test(a_name_and_its_slug_are_one_topic),
        cmocka_unit_test(a_topic_is_read_back_whole_by_id_and_by_slug),
        cmocka_unit_test(each_change_names_the_facets_that_show_it),
        cmocka_unit_test(a_list_goes_on_where_the_last_one_ended),
        cmocka_unit_test(what_makes_no_topic_is_refused),
    };
    return MODEL_TEST_RUN("topic", tests);
}
