// What pictures promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/picture.h"

static struct picture bull(void)
{
    return (struct picture){.address = S("/pictures/bull.jpg"),
                            .alt = S("A bull"),
                            .caption = S("The bull of Wall Street"),
                            .credit = S("A. Photographer"),
                            .media_type = S("image/jpeg"),
                            .width = 1200,
                            .height = 800};
}

static int64_t ensured(struct work *w, const struct picture *p)
{
    int64_t id = 0;
    assert_ok(picture_ensure(w, p, &id));
    return id;
}

static void a_picture_is_known_again_by_its_address(void **state)
{
    struct picture p = bull(), has;
    struct work *w = model_write(*state);
    int64_t id = ensured(w, &p);
    assert_writes(w, "picture:1/card");
    w = model_write(*state);
    p.alt = S("Another word for it");
    assert_int_equal(ensured(w, &p), id);
    assert_writes_nothing(w);
    bool found;
    w = model_read(*state);
    assert_ok(picture_by_id(w, id, &has, &found));
    assert_true(found);
    assert_reads(w, "picture:1/card");
    assert_str(has.alt, "A bull");
    assert_str(has.caption, "The bull of Wall Street");
    assert_str(has.credit, "A. Photographer");
    assert_str(has.media_type, "image/jpeg");
    assert_int_equal(has.width, 1200);
    assert_int_equal(has.height, 800);
}

static void a_picture_that_is_not_there_is_a_dependency(void **state)
{
    struct picture p;
    bool found;
    struct work *w = model_read(*state);
    assert_ok(picture_by_id(w, 5, &p, &found));
    assert_false(found);
    assert_reads(w, "picture:5/card");
}

static void every_change_names_the_card_and_only_a_change_does(void **state)
{
    struct picture p = bull(), has;
    p.id = ensured(model_write(*state), &p);
    struct work *w = model_write(*state);
    assert_ok(picture_update(w, &p));
    assert_writes_nothing(w);
    str *const texts[] = {&p.alt, &p.caption, &p.credit, &p.media_type};
    for (size_t i = 0; i < 4; i++) {
        *texts[i] = S("other");
        w = model_write(*state);
        assert_ok(picture_update(w, &p));
        assert_writes(w, "picture:1/card");
    }
    p.width = 600;
    w = model_write(*state);
    assert_ok(picture_update(w, &p));
    assert_writes(w, "picture:1/card");
    p.height = 400;
    w = model_write(*state);
    assert_ok(picture_update(w, &p));
    assert_writes(w, "picture:1/card");
    bool found;
    assert_ok(picture_by_id(model_read(*state), p.id, &has, &found));
    assert_str(has.address, "/pictures/bull.jpg");
    assert_str(has.credit, "other");
    assert_int_equal(has.height, 400);
}

static void what_makes_no_picture_is_refused(void **state)
{
    struct work *w = model_write(*state);
    int64_t id;
    const str addresses[] = {S(""),
                             S("javascript:alert(1)"),
                             S("//host/x.jpg"),
                             S("/\\host/x.jpg"),
                             S("https://"),
                             S("x.jpg"),
                             S("/a b.jpg"),
                             S("/a\x01.jpg")};
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        assert_fault(picture_ensure(w, &(struct picture){.address = addresses[i]}, &id),
                     FAULT_INPUT);
    struct picture p = bull();
    p.address = str_join(model_test_arena(), S("/"), model_text(2000));
    assert_fault(picture_ensure(w, &p, &id), FAULT_INPUT);
    p = bull();
    p.alt = model_text(2001);
    assert_fault(picture_ensure(w, &p, &id), FAULT_INPUT);
    p = bull();
    p.caption = model_text(4001);
    assert_fault(picture_ensure(w, &p, &id), FAULT_INPUT);
    p = bull();
    p.credit = model_text(501);
    assert_fault(picture_ensure(w, &p, &id), FAULT_INPUT);
    p = bull();
    p.width = -1;
    assert_fault(picture_ensure(w, &p, &id), FAULT_INPUT);
    p = bull();
    p.id = 99;
    assert_fault(picture_update(w, &p), FAULT_NOT_FOUND);
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_known_again_by_its_address),
        cmocka_unit_test(a_picture_that_is_not_there_is_a_dependency),
        cmocka_unit_test(every_change_names_the_card_and_only_a_change_does),
        cmocka_unit_test(what_makes_no_picture_is_refused),
    };
    return MODEL_TEST_RUN("picture", tests);
}
