// What people promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/path.h"
#include "model/person.h"
#include "model/picture.h"

static struct person ensured(struct work *w, str slug_or_name)
{
    struct person p = {0};
    assert_ok(person_ensure(w, slug_or_name, &p));
    return p;
}

static void a_person_is_made_from_a_slug_with_a_name_that_reads(void **state)
{
    struct work *w = model_write(*state);
    struct person p = ensured(w, S("stacey-thalken"));
    assert_str(p.name, "Stacey Thalken");
    assert_str(p.path, "/author/stacey-thalken/");
    assert_writes(w, "path:/author/stacey-thalken/", "person-slug:stacey-thalken", "person:1/card",
                  "people");
    struct path_target target;
    bool found;
    assert_ok(path_find(model_read(*state), p.path, &target, &found));
    assert_true(found);
    assert_str(target.kind, "person");
    assert_int_equal(target.target, p.id);
}

static void a_name_and_its_slug_are_one_person(void **state)
{
    struct work *w = model_write(*state);
    struct person by_name = ensured(w, S(" Zoë O\xE2\x80\x99Hara "));
    assert_str(by_name.name, "Zoë O\xE2\x80\x99Hara");
    assert_str(by_name.slug, "zoe-ohara");
    w = model_write(*state);
    struct person by_slug = ensured(w, S("zoe-ohara"));
    assert_int_equal(by_slug.id, by_name.id);
    assert_str(by_slug.name, "Zoë O\xE2\x80\x99Hara");
    assert_int_equal(ensured(w, S("Zoe OHara")).id, by_name.id);
    assert_writes_nothing(w);
}

static void a_person_is_read_back_whole_by_id_and_by_slug(void **state)
{
    struct work *w = model_write(*state);
    int64_t picture;
    assert_ok(picture_ensure(w, &(struct picture){.address = S("/ana.jpg")}, &picture));
    struct person p = {.name = S("Ana Ortiz"),
                       .role = S("Markets editor"),
                       .biography = {S("<p>Ana.</p>")},
                       .picture_id = picture};
    assert_ok(person_create(w, &p));
    struct person by_id = {0}, by_slug = {0};
    bool found;
    w = model_read(*state);
    assert_ok(person_by_id(w, p.id, &by_id, &found));
    assert_true(found);
    assert_reads(w, "person:1/card", "person:1/page");
    assert_str(by_id.role, "Markets editor");
    assert_str(by_id.biography.text, "<p>Ana.</p>");
    assert_int_equal(by_id.picture_id, picture);
    w = model_read(*state);
    assert_ok(person_by_slug(w, S("ana-ortiz"), &by_slug, &found));
    assert_true(found);
    assert_reads(w, "person:1/card", "person:1/page");
    assert_str(by_slug.name, "Ana Ortiz");
}

static void a_slug_that_is_not_there_is_a_dependency(void **state)
{
    struct person p;
    bool found;
    struct work *w = model_read(*state);
    assert_ok(person_by_slug(w, S("ana-ortiz"), &p, &found));
    assert_false(found);
    assert_reads(w, "person-slug:ana-ortiz");
}

static void each_change_names_the_facets_that_show_it(void **state)
{
    struct work *w = model_write(*state);
    int64_t picture;
    assert_ok(picture_ensure(w, &(struct picture){.address = S("/ana.jpg")}, &picture));
    struct person p = ensured(w, S("Ana Ortiz"));
    w = model_write(*state);
    assert_ok(person_update(w, &p));
    assert_writes_nothing(w);
    p.name = S("Ana María Ortiz");
    assert_ok(person_update(w, &p));
    assert_writes(w, "person:1/card", "people");
    p.picture_id = picture;
    w = model_write(*state);
    assert_ok(person_update(w, &p));
    assert_writes(w, "person:1/card");
    p.role = S("Editor");
    w = model_write(*state);
    assert_ok(person_update(w, &p));
    assert_writes(w, "person:1/page");
    p.biography.text = S("<p>Ana.</p>");
    w = model_write(*state);
    assert_ok(person_update(w, &p));
    assert_writes(w, "person:1/page");
    p.picture_id = 0;
    w = model_write(*state);
    assert_ok(person_update(w, &p));
    assert_writes(w, "person:1/card");
    struct person has;
    bool found;
    assert_ok(person_by_id(model_read(*state), p.id, &has, &found));
    assert_str(has.name, "Ana María Ortiz");
    assert_str(has.path, "/author/ana-ortiz/");
    assert_str(has.role, "Editor");
    assert_int_equal(has.picture_id, 0);
}

static void a_list_goes_on_where_the_last_one_ended(void **state)
{
    struct work *w = model_write(*state);
    ensured(w, S("a"));
    ensured(w, S("b"));
    ensured(w, S("c"));
    struct list cards;
    w = model_read(*state);
    assert_ok(person_list(w, 0, 2, &cards));
    assert_int_equal(cards.count, 2);
    assert_str(list_at(&cards, struct person_card, 0)->name, "A");
    assert_ok(person_list(w, list_at(&cards, struct person_card, 1)->id, 2, &cards));
    assert_int_equal(cards.count, 1);
    assert_str(list_at(&cards, struct person_card, 0)->path, "/author/c/");
    assert_reads(w, "people");
}

static void an_address_that_is_taken_is_stepped_aside_from(void **state)
{
    struct work *w = model_write(*state);
    assert_ok(path_redirect(w, S("/author/ana/"), S("/elsewhere/")));
    struct person p = ensured(w, S("Ana"));
    assert_str(p.slug, "ana");
    assert_str(p.path, "/author/ana-2/");
}

static void what_makes_no_person_is_refused(void **state)
{
    ensured(model_write(*state), S("Ana"));
    struct work *w = model_write(*state);
    struct person p = {.name = S("Ana")};
    assert_fault(person_create(w, &p), FAULT_CONFLICT);
    assert_fault(person_ensure(w, S("  "), &p), FAULT_INPUT);
    assert_fault(person_ensure(w, model_text(201), &p), FAULT_INPUT);
    p = (struct person){.name = S("B"), .slug = S("No Slug")};
    assert_fault(person_create(w, &p), FAULT_INPUT);
    p = (struct person){.name = S("B"), .role = model_text(501)};
    assert_fault(person_create(w, &p), FAULT_INPUT);
    p = (struct person){.name = S("B"), .biography = {model_text(BIOGRAPHY_MOST + 1)}};
    assert_fault(person_create(w, &p), FAULT_INPUT);
    p = (struct person){.name = S("B"), .id = 99};
    assert_fault(person_update(w, &p), FAULT_NOT_FOUND);
    p = (struct person){.name = S("two\nlines"), .id = 1};
    assert_fault(person_update(w, &p), FAULT_INPUT);
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_person_is_made_from_a_slug_with_a_name_that_reads),
        cmocka_unit_test(a_name_and_its_slug_are_one_person),
        cmocka_unit_test(a_person_is_read_back_whole_by_id_and_by_slug),
        cmocka_unit_test(a_slug_that_is_not_there_is_a_dependency),
        cmocka_unit_test(each_change_names_the_facets_that_show_it),
        cmocka_unit_test(a_list_goes_on_where_the_last_one_ended),
        cmocka_unit_test(an_address_that_is_taken_is_stepped_aside_from),
        cmocka_unit_test(what_makes_no_person_is_refused),
    };
    return MODEL_TEST_RUN("person", tests);
}
