// What static pages promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/page.h"
#include "model/path.h"

static struct page about(void)
{
    return (struct page){.path = S("/about/"),
                         .title = S("About us"),
                         .description = S("Who we are"),
                         .body = {S("<p>We are.</p>")}};
}

static void a_new_page_has_its_path_and_shows_in_lists(void **state)
{
    struct page p = about(), by_id = {0}, by_path = {0};
    struct work *w = model_write(*state);
    assert_ok(page_save(w, &p));
    assert_writes(w, "path:/about/", "page:1/body", "pages");
    assert_int_equal(p.updated_at.ms, w->now.ms);
    bool found;
    w = model_read(*state);
    assert_ok(page_by_id(w, p.id, &by_id, &found));
    assert_true(found);
    assert_reads(w, "page:1/body");
    assert_str(by_id.body.text, "<p>We are.</p>");
    w = model_read(*state);
    assert_ok(page_by_path(w, S("/about/"), &by_path, &found));
    assert_true(found);
    assert_reads(w, "page:1/body");
    assert_str(by_path.description, "Who we are");
    struct path_target target;
    assert_ok(path_find(w, S("/about/"), &target, &found));
    assert_true(found);
    assert_str(target.kind, "page");
    assert_int_equal(target.target, p.id);
}

static void a_page_that_is_not_there_is_a_dependency(void **state)
{
    struct page p;
    bool found;
    struct work *w = model_read(*state);
    assert_ok(page_by_path(w, S("/terms/"), &p, &found));
    assert_false(found);
    assert_reads(w, "path:/terms/");
}

static void saving_what_is_there_writes_nothing_and_keeps_its_date(void **state)
{
    struct page p = about(), again = about();
    assert_ok(page_save(model_write(*state), &p));
    struct work *w = model_write(*state);
    assert_ok(page_save(w, &again));
    assert_writes_nothing(w);
    assert_int_equal(again.id, p.id);
    assert_int_equal(again.updated_at.ms, p.updated_at.ms);
}

static void every_change_shows_in_the_page_and_dates_it(void **state)
{
    struct page first = about();
    assert_ok(page_save(model_write(*state), &first));
    struct page p = about();
    str *const texts[] = {&p.title, &p.description, &p.body.text};
    for (size_t i = 0; i < 3; i++) {
        *texts[i] = S("other");
        p.updated_at = INSTANT_NONE;
        struct work *w = model_write(*state);
        assert_ok(page_save(w, &p));
        assert_writes(w, "page:1/body", "pages");
        assert_int_equal(p.id, first.id);
        assert_int_equal(p.updated_at.ms, w->now.ms);
    }
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(page_list(w, &cards));
    assert_reads(w, "pages");
    assert_int_equal(cards.count, 1);
    assert_str(list_at(&cards, struct page_card, 0)->title, "other");
    assert_int_equal(list_at(&cards, struct page_card, 0)->updated_at.ms, p.updated_at.ms);
}

static void what_makes_no_page_is_refused(void **state)
{
    struct work *w = model_write(*state);
    struct page p = about();
    const str paths[] = {S(""), S("/"), S("//"), S("about/"), S("/about"), S("/a b/"), S("/a?b/")};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        p.path = paths[i];
        assert_fault(page_save(w, &p), FAULT_INPUT);
    }
    p = about();
    p.title = S("");
    assert_fault(page_save(w, &p), FAULT_INPUT);
    p.title = model_text(501);
    assert_fault(page_save(w, &p), FAULT_INPUT);
    p = about();
    p.body.text = model_text(PAGE_BODY_MOST + 1);
    assert_fault(page_save(w, &p), FAULT_INPUT);
    p = about();
    assert_ok(path_redirect(w, S("/about/"), S("/elsewhere/")));
    assert_fault(page_save(w, &p), FAULT_CONFLICT);
    assert_writes(w, "path:/about/");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_page_has_its_path_and_shows_in_lists),
        cmocka_unit_test(a_page_that_is_not_there_is_a_dependency),
        cmocka_unit_test(saving_what_is_there_writes_nothing_and_keeps_its_date),
        cmocka_unit_test(every_change_shows_in_the_page_and_dates_it),
        cmocka_unit_test(what_makes_no_page_is_refused),
    };
    return MODEL_TEST_RUN("page", tests);
}
