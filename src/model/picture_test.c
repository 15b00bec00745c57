// What pictures promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "crypto/hash.h"
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

#define STEM "3f/3f9a0b1c2d3e4f5061728394a5b6c7d8"

static struct picture bull_of_ours(void)
{
    struct picture p = bull();
    p.stem = S(STEM);
    p.variants = S("320.avif 640.avif 320.webp 640.webp 640.jpg share.jpg animation.webp");
    p.alpha = true;
    p.focus_x = 250;
    p.focus_y = 1000;
    p.hash = sha256_hex(model_test_arena(), S("bull"));
    return p;
}

static void a_picture_knows_the_paths_of_its_files(void **state)
{
    struct arena *a = model_test_arena();
    struct picture p = bull_of_ours();
    assert_str(picture_srcset(a, &p, S("avif")),
               "/pictures/" STEM "-320.avif 320w, /pictures/" STEM "-640.avif 640w");
    assert_str(picture_srcset(a, &p, S("webp")),
               "/pictures/" STEM "-320.webp 320w, /pictures/" STEM "-640.webp 640w");
    assert_str(picture_fallback(a, &p), "/pictures/" STEM "-640.jpg");
    assert_str(picture_share(a, &p), "/pictures/" STEM "-share.jpg");
    assert_str(picture_animation(a, &p), "/pictures/" STEM "-animation.webp");
    p.variants = S("100.png 100.webp");
    assert_str(picture_share(a, &p), "/pictures/" STEM "-100.png");
    assert_str(picture_animation(a, &p), "");
    assert_str(picture_srcset(a, &p, S("avif")), "");
    p.stem = S("../../etc/passwd");
    assert_str(picture_fallback(a, &p), "");
    assert_str(picture_srcset(a, &p, S("webp")), "");
}

static void files_are_stored_and_found_again_by_the_hash_of_the_original(void **state)
{
    struct picture p = bull(), has, of_ours = bull_of_ours();
    bool found = true;
    struct work *w = model_write(*state);
    p.id = ensured(w, &p);
    assert_ok(picture_by_hash(w, of_ours.hash, &has, &found));
    assert_false(found);
    of_ours.id = p.id;
    of_ours.alt = S("not stored by this");
    assert_ok(picture_set_files(w, &of_ours));
    assert_writes(w, "picture:1/card");
    w = model_write(*state);
    assert_ok(picture_set_files(w, &of_ours));
    assert_writes_nothing(w);
    assert_ok(picture_by_hash(w, of_ours.hash, &has, &found));
    assert_true(found);
    assert_str(has.stem, STEM);
    assert_str(has.variants, (char *)of_ours.variants.ptr);
    assert_str(has.alt, "A bull");
    assert_true(has.alpha);
    assert_int_equal(has.focus_x, 250);
    assert_int_equal(has.focus_y, 1000);
    of_ours.focus_x = 251;
    assert_ok(picture_set_files(w, &of_ours));
    assert_writes(w, "picture:1/card");
}

static void words_leave_the_size_of_a_picture_with_files_alone(void **state)
{
    struct picture p = bull_of_ours(), has;
    bool found;
    struct work *w = model_write(*state);
    p.id = ensured(w, &p);
    p.width = 1;
    p.media_type = S("image/x");
    p.alt = S("Another");
    assert_ok(picture_update(w, &p));
    assert_ok(picture_by_id(w, p.id, &has, &found));
    assert_str(has.alt, "Another");
    assert_int_equal(has.width, 1200);
    assert_str(has.media_type, "image/jpeg");
}

static void names_that_we_would_not_make_are_no_files(void **state)
{
    struct work *w = model_write(*state);
    struct picture p = bull();
    p.id = ensured(w, &p);
    const str stems[] = {S("3f/4f9a0b1c2d3e4f5061728394a5b6c7d8"), S("3f/3f9a"), S("/etc/passwd"),
                         S("3F/3F9A0B1C2D3E4F5061728394A5B6C7D8"),
                         S("../..a0b1c2d3e4f5061728394a5b6c7d8e")};
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++) {
        p = bull_of_ours();
        p.id = 1;
        p.stem = stems[i];
        assert_fault(picture_set_files(w, &p), FAULT_INPUT);
    }
    const str variants[] = {S("x"),         S("320.svg"), S("320.webp  640.webp"), S("-1.webp"),
                            S("0.webp"),    S(".webp"),   S("share.png"),          S("123456.webp"),
                            S("320.webp/"), S("+12.jpg")};
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++) {
        p = bull_of_ours();
        p.id = 1;
        p.variants = variants[i];
        assert_fault(picture_set_files(w, &p), FAULT_INPUT);
    }
    for (size_t i = 0; i < sizeof variants / sizeof *variants; i++)
        assert_false(picture_is_file(str_join(model_test_arena(), S(STEM "-"), variants[i])));
    for (size_t i = 0; i < sizeof stems / sizeof *stems; i++)
        assert_false(picture_is_file(str_join(model_test_arena(), stems[i], S("-640.webp"))));
    assert_false(picture_is_file(S("")));
    assert_false(picture_is_file(S(STEM)));
    assert_false(picture_is_file(S(STEM "-")));
    assert_true(picture_is_file(S(STEM "-640.webp")));
    assert_true(picture_is_file(S(STEM "-share.jpg")));
    p = bull_of_ours();
    p.id = 1;
    p.focus_y = 1001;
    assert_fault(picture_set_files(w, &p), FAULT_INPUT);
    p = bull_of_ours();
    p.id = 1;
    p.hash = S("abc");
    assert_fault(picture_set_files(w, &p), FAULT_INPUT);
    p = bull_of_ours();
    p.id = 99;
    assert_fault(picture_set_files(w, &p), FAULT_NOT_FOUND);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_is_known_again_by_its_address),
        cmocka_unit_test(a_picture_that_is_not_there_is_a_dependency),
        cmocka_unit_test(every_change_names_the_card_and_only_a_change_does),
        cmocka_unit_test(what_makes_no_picture_is_refused),
        cmocka_unit_test(a_picture_knows_the_paths_of_its_files),
        cmocka_unit_test(files_are_stored_and_found_again_by_the_hash_of_the_original),
        cmocka_unit_test(words_leave_the_size_of_a_picture_with_files_alone),
        cmocka_unit_test(names_that_we_would_not_make_are_no_files),
    };
    return MODEL_TEST_RUN("picture", tests);
}
