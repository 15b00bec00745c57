// What counting words promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "text/words.h"

static void words_are_runs_with_a_letter_or_digit(void **state)
{
    assert_int_equal(words_count(S("")).words, 0);
    assert_int_equal(words_count(S("One, two -- three… & 4%!")).words, 4);
    assert_int_equal(words_count(S("don't re-read U.S.—again")).words, 4);
    assert_int_equal(words_count(S("naïve Москва\xC2\xA0Ωmega")).words, 3);
}

static void words_counts_cjk_by_character(void **state)
{
    struct words w = words_count(S("中文新闻 and 日本語のニュース, 한국"));
    assert_int_equal(w.words, 1);
    assert_int_equal(w.cjk_characters, 4 + 8 + 2);
}

static void reading_takes_275_words_or_500_characters_a_minute(void **state)
{
    assert_int_equal(reading_minutes((struct words){0, 0}, 0), 1);
    assert_int_equal(reading_minutes((struct words){275 * 4, 0}, 0), 4);
    assert_int_equal(reading_minutes((struct words){0, 1500}, 0), 3);
}

static void reading_slows_less_with_each_picture(void **state)
{
    // 12 + 11 + … + 4 = 72 seconds for nine, then 3 each.
    assert_int_equal(reading_minutes((struct words){0, 0}, 9), 1);
    assert_int_equal(reading_minutes((struct words){0, 0}, 9 + 16), 2);
    assert_int_equal(reading_minutes((struct words){275, 0}, 3), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_are_runs_with_a_letter_or_digit),
        cmocka_unit_test(words_counts_cjk_by_character),
        cmocka_unit_test(reading_takes_275_words_or_500_characters_a_minute),
        cmocka_unit_test(reading_slows_less_with_each_picture),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
