// What the publication's settings promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/publication.h"

static const struct publication ledger = {
    .name = {"The Ledger", 10},
    .tagline = {"Money, plainly", 14},
    .description = {"News of finance", 15},
    .language = {"en-GB", 5},
    .zone = {"Europe/London", 13},
    .base_url = {"https://ledger.example", 22},
};

static void an_empty_newsroom_has_no_publication_and_says_so(void **state)
{
    struct work *w = model_read(*state);
    struct publication p;
    assert_fault(publication_read(w, &p), FAULT_NOT_FOUND);
    assert_reads(w, "publication");
}

static void what_was_created_is_read_back(void **state)
{
    struct work *w = model_write(*state);
    assert_ok(publication_create(w, &ledger));
    assert_writes(w, "publication");
    instant made = w->now;
    struct publication p;
    w = model_read(*state);
    assert_ok(publication_read(w, &p));
    assert_reads(w, "publication");
    assert_str(p.name, "The Ledger");
    assert_str(p.tagline, "Money, plainly");
    assert_str(p.description, "News of finance");
    assert_str(p.language, "en-GB");
    assert_str(p.zone, "Europe/London");
    assert_str(p.base_url, "https://ledger.example");
    assert_int_equal(p.created_at.ms, made.ms);
}

static void there_is_only_one(void **state)
{
    assert_ok(publication_create(model_write(*state), &ledger));
    struct work *w = model_write(*state);
    assert_fault(publication_create(w, &ledger), FAULT_CONFLICT);
    assert_writes_nothing(w);
}

static void an_update_that_says_the_same_writes_nothing(void **state)
{
    assert_ok(publication_create(model_write(*state), &ledger));
    struct work *w = model_write(*state);
    assert_ok(publication_update(w, &ledger));
    assert_writes_nothing(w);
}

static void every_changed_setting_is_stored_and_named(void **state)
{
    assert_ok(publication_create(model_write(*state), &ledger));
    struct publication p = ledger, changed;
    str *const settings[] = {&p.name, &p.tagline, &p.description, &p.language, &p.zone};
    for (size_t i = 0; i < 5; i++) {
        *settings[i] = settings[i] == &p.zone ? S("Asia/Tokyo") : S("Other");
        struct work *w = model_write(*state);
        assert_ok(publication_update(w, &p));
        assert_writes(w, "publication");
    }
    p.base_url = S("http://127.0.0.1:8080");
    struct work *w = model_write(*state);
    assert_ok(publication_update(w, &p));
    assert_writes(w, "publication");
    assert_ok(publication_read(model_read(*state), &changed));
    assert_str(changed.name, "Other");
    assert_str(changed.zone, "Asia/Tokyo");
    assert_str(changed.base_url, "http://127.0.0.1:8080");
}

static void settings_that_make_no_sense_are_refused(void **state)
{
    struct work *w = model_write(*state);
    struct publication p = ledger;
    p.name = S(" ");
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    p.name = model_text(201);
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    p = ledger;
    p.tagline = model_text(501);
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    p = ledger;
    p.language = S("en GB");
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    p = ledger;
    p.zone = S("Europe/London; x");
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    p.zone = S("Nowhere/Land");
    assert_fault(publication_create(w, &p), FAULT_INPUT);
    const str urls[] = {S("ledger.example"),      S("https://"),    S("https://ledger.example/"),
                        S("javascript:alert(1)"), S("https://a/b"), S("https://a?b")};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        p = ledger;
        p.base_url = urls[i];
        assert_fault(publication_create(w, &p), FAULT_INPUT);
    }
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_newsroom_has_no_publication_and_says_so),
        cmocka_unit_test(what_was_created_is_read_back),
        cmocka_unit_test(there_is_only_one),
        cmocka_unit_test(an_update_that_says_the_same_writes_nothing),
        cmocka_unit_test(every_changed_setting_is_stored_and_named),
        cmocka_unit_test(settings_that_make_no_sense_are_refused),
    };
    return MODEL_TEST_RUN("publication", tests);
}
