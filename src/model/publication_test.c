// What the publication's settings promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/picture.h"
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

// A picture with files of ours, as the newsroom would have it.
static int64_t picture_of(struct work *w, char digit, str media_type, int64_t width)
{
    char stem[] = "00/00000000000000000000000000000000";
    stem[0] = stem[3] = digit;
    struct picture p = {.address = str_format(w->arena, "/pictures/%s-320.png", stem),
                        .alt = S(""),
                        .caption = S(""),
                        .credit = S(""),
                        .media_type = media_type,
                        .width = width,
                        .height = 100,
                        .stem = str_copy(w->arena, str_of(stem)),
                        .variants = S("320.webp 320.png"),
                        .hash = S("")};
    int64_t id = 0;
    assert_ok(picture_ensure(w, &p, &id));
    return id;
}

static int64_t icon_of(struct work *w, char digit, const char *variants)
{
    char stem[] = "aa/aa0b1c2d3e4f5061728394a5b6c7d8e0";
    stem[sizeof stem - 2] = digit;
    struct picture p = {.address = str_format(w->arena, "/icon%c.png", digit),
                        .media_type = S("image/png"),
                        .width = 512,
                        .height = 512,
                        .stem = str_copy(w->arena, str_of(stem)),
                        .variants = str_of(variants)};
    int64_t id = 0;
    assert_ok(picture_ensure(w, &p, &id));
    return id;
}

static const char *card_of(struct work *w, int64_t id)
{
    return str_z(w->arena, str_format(w->arena, "picture:%lld/card", (long long)id));
}

#define ICON_FILES "96.png 192.png 512.png touch.png maskable.png"

static void its_icon_is_read_with_it_and_a_change_of_its_files_is_one_of_its(void **state)
{
    struct work *w = model_write(*state);
    assert_ok(publication_create(w, &ledger));
    struct publication p = ledger, changed;
    p.icon_id = icon_of(w, '1', ICON_FILES);
    p.logo_id = picture_of(w, '1', S("image/png"), 400);
    w = model_write(*state);
    assert_ok(publication_update(w, &p));
    assert_writes(w, "publication");
    w = model_read(*state);
    assert_ok(publication_read(w, &changed));
    assert_int_equal(changed.icon_id, p.icon_id);
    assert_str(changed.icon_stem, "aa/aa0b1c2d3e4f5061728394a5b6c7d8e1");
    assert_true(changed.logo_stem.len > 0);
    assert_reads(w, "publication", card_of(w, p.icon_id), card_of(w, p.logo_id));
    p.icon_id = 0;
    w = model_write(*state);
    assert_ok(publication_update(w, &p));
    assert_ok(publication_read(model_read(*state), &changed));
    assert_str(changed.icon_stem, "");
}

static void its_look_is_stored_and_named_and_taken_back(void **state)
{
    struct work *w = model_write(*state);
    assert_ok(publication_create(w, &ledger));
    struct publication p = ledger, changed;
    p.logo_id = picture_of(w, '1', S("image/png"), 400);
    p.logo_dark_id = picture_of(w, '2', S("image/webp"), 400);
    w = model_write(*state);
    assert_ok(publication_update(w, &p));
    assert_writes(w, "publication");
    str *const settings[] = {&p.accent, &p.headline_font, &p.text_font, &p.sans_font};
    for (size_t i = 0; i < 4; i++) {
        *settings[i] = i ? S("system") : S("#7a1f2B");
        w = model_write(*state);
        assert_ok(publication_update(w, &p));
        assert_writes(w, "publication");
    }
    assert_ok(publication_read(model_read(*state), &changed));
    assert_str(changed.accent, "#7a1f2B");
    assert_str(changed.headline_font, "system");
    assert_str(changed.text_font, "system");
    assert_str(changed.sans_font, "system");
    assert_int_equal(changed.logo_id, p.logo_id);
    assert_int_equal(changed.logo_dark_id, p.logo_dark_id);
    w = model_write(*state);
    assert_ok(publication_update(w, &ledger));
    assert_writes(w, "publication");
    assert_ok(publication_read(model_read(*state), &changed));
    assert_str(changed.accent, "");
    assert_int_equal(changed.logo_id, 0);
}

static void a_look_that_cannot_be_is_refused(void **state)
{
    struct work *w = model_write(*state);
    assert_ok(publication_create(w, &ledger));
    const int64_t jpeg = picture_of(w, '3', S("image/jpeg"), 400);
    const int64_t broad = picture_of(w, '4', S("image/png"), 1201);
    const int64_t narrow = picture_of(w, '5', S("image/png"), 49);
    const int64_t fine = picture_of(w, '6', S("image/png"), 1200);
    const int64_t half = icon_of(w, '2', "96.png 192.png 512.png touch.png");
    const struct publication looks[] = {{.accent = S("7a1f2b")},
                                        {.accent = S("#7a1f2")},
                                        {.accent = S("#7a1f2g")},
                                        {.accent = S("red")},
                                        {.accent = S("#0;}*{x:")},
                                        {.headline_font = S("Comic Sans")},
                                        {.text_font = S("newsreader")},
                                        {.sans_font = S("georgia")},
                                        {.headline_font = S(" ")},
                                        {.logo_id = 999},
                                        {.icon_id = 999},
                                        {.icon_id = fine},
                                        {.icon_id = half},
                                        {.logo_id = jpeg},
                                        {.logo_id = broad},
                                        {.logo_id = narrow},
                                        {.logo_dark_id = fine},
                                        {.logo_id = fine, .logo_dark_id = jpeg}};
    w = model_write(*state);
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct publication p = looks[i];
        p.name = ledger.name, p.tagline = ledger.tagline, p.description = ledger.description;
        p.language = ledger.language, p.zone = ledger.zone, p.base_url = ledger.base_url;
        assert_fault(publication_update(w, &p), FAULT_INPUT);
    }
    assert_writes_nothing(w);
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
        cmocka_unit_test(its_icon_is_read_with_it_and_a_change_of_its_files_is_one_of_its),
        cmocka_unit_test(its_look_is_stored_and_named_and_taken_back),
        cmocka_unit_test(a_look_that_cannot_be_is_refused),
    };
    return MODEL_TEST_RUN("publication", tests);
}
