// What breaking a headline into lines promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/fit.h"
#include "text/utf8.h"

static const struct fit_room room = {1000, 300, 1.15, FIT_NEWSREADER, 5, {90, 70, 54, 42, 34}};

static struct fit fitted_in(struct arena *a, str text, enum fit_face face)
{
    struct fit_room own = room;
    own.face = face;
    struct fit fit = fit_text(a, text, &own);
    assert_true(fit.count <= FIT_LINES);
    assert_true((double)fit.count * fit.size * room.leading <= room.height);
    for (size_t i = 0; i < fit.count; i++) {
        assert_true(fit.lines[i].len > 0);
        assert_true(str_valid_utf8(fit.lines[i]));
        assert_true(fit_width(fit.lines[i], face) * fit.size <= room.width + 0.001);
    }
    return fit;
}

static struct fit fitted(struct arena *a, str text)
{
    fitted_in(a, text, FIT_PUBLIC_SANS);
    return fitted_in(a, text, FIT_NEWSREADER);
}

static void a_short_headline_is_set_large_and_a_long_one_smaller(void **state)
{
    arena_scoped a = arena_new();
    struct fit brief = fitted(a, S("Rates are held again"));
    assert_int_equal(brief.count, 1);
    assert_true(brief.size == 90);
    struct fit wordy =
        fitted(a, S("Savers who moved their money before the summer are earning twice what those "
                    "who stayed get, and the gap between the largest and the smallest banks is "
                    "wider than at any time since records began"));
    assert_true(wordy.size < 70);
    assert_true(wordy.count > 2);
    assert_false(wordy.cut);
}

static void a_wider_face_is_set_smaller(void **state)
{
    arena_scoped a = arena_new();
    str headline = S("Lenders cut the prices of their two-year mortgages for a third week");
    assert_true(fit_width(headline, FIT_PUBLIC_SANS) > fit_width(headline, FIT_NEWSREADER) * 1.03);
    static const struct fit_room narrow = {680, 210, 1, FIT_NEWSREADER, 3, {70, 60, 50}};
    struct fit_room wide = narrow;
    wide.face = FIT_PUBLIC_SANS;
    assert_true(fit_text(a, headline, &wide).size < fit_text(a, headline, &narrow).size);
}

static void no_line_is_left_with_a_single_short_word(void **state)
{
    arena_scoped a = arena_new();
    struct fit fit = fitted(a, S("Lenders cut the price of two-year fixed mortgages again"));
    assert_int_equal(fit.count, 2);
    double first = fit_width(fit.lines[0], room.face), second = fit_width(fit.lines[1], room.face);
    assert_true(first < second * 1.5 && second < first * 1.5);
}

static void what_cannot_fit_ends_in_an_ellipsis(void **state)
{
    arena_scoped a = arena_new();
    struct buf text = buf_new(a, 4000);
    for (int i = 0; i < 80; i++)
        buf_add(&text, S("somewhat "));
    struct fit fit = fitted(a, buf_str(&text));
    assert_true(fit.cut);
    assert_true(str_ends(fit.lines[fit.count - 1], S("…")));
    assert_false(fitted(a, S("Brief")).cut);
}

static void a_word_wider_than_the_line_is_parted(void **state)
{
    arena_scoped a = arena_new();
    struct buf text = buf_new(a, 4000);
    for (int i = 0; i < 120; i++)
        buf_add_char(&text, 'm');
    struct fit fit = fitted(a, buf_str(&text));
    assert_true(fit.count > 1);
    assert_true(fit.size == 34);
}

static void chinese_breaks_between_characters_and_never_before_a_full_stop(void **state)
{
    arena_scoped a = arena_new();
    struct fit fit = fitted(a, S("央行连续第三次维持利率不变，储户开始寻找更高收益的账户。"));
    assert_true(fit.count > 1);
    assert_false(fit.rightwards);
    for (size_t i = 1; i < fit.count; i++) {
        assert_false(str_starts(fit.lines[i], S("。")));
        assert_false(str_starts(fit.lines[i], S("，")));
    }
}

static void arabic_and_hebrew_are_written_from_the_right(void **state)
{
    arena_scoped a = arena_new();
    assert_true(fitted(a, S("البنك المركزي يبقي أسعار الفائدة دون تغيير")).rightwards);
    assert_true(fitted(a, S("\"5% ריבית\"")).rightwards);
    assert_false(fitted(a, S("5% on savings: الفائدة")).rightwards);
}

static void white_space_and_control_characters_do_not_show(void **state)
{
    arena_scoped a = arena_new();
    struct fit fit = fitted(a, S(" \t\nTwo\x01\x1f \r\n words\xc2\x85 "));
    assert_int_equal(fit.count, 1);
    assert_str(fit.lines[0], "Two words");
    assert_int_equal(fitted(a, S(" \n\t ")).count, 0);
    assert_int_equal(fitted(a, S("")).count, 0);
}

static void any_bytes_give_lines_that_fit(void **state)
{
    arena_scoped a = arena_new();
    srand(7);
    for (int i = 0; i < 400; i++) {
        char bytes[300];
        size_t count = (size_t)rand() % sizeof bytes;
        for (size_t at = 0; at < count; at++)
            bytes[at] = (char)(rand() % 5 ? 'a' + rand() % 26 : rand());
        fitted(a, (str){bytes, count});
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_short_headline_is_set_large_and_a_long_one_smaller),
        cmocka_unit_test(a_wider_face_is_set_smaller),
        cmocka_unit_test(no_line_is_left_with_a_single_short_word),
        cmocka_unit_test(what_cannot_fit_ends_in_an_ellipsis),
        cmocka_unit_test(a_word_wider_than_the_line_is_parted),
        cmocka_unit_test(chinese_breaks_between_characters_and_never_before_a_full_stop),
        cmocka_unit_test(arabic_and_hebrew_are_written_from_the_right),
        cmocka_unit_test(white_space_and_control_characters_do_not_show),
        cmocka_unit_test(any_bytes_give_lines_that_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
