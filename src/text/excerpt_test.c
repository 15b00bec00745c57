// What excerpts promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "text/excerpt.h"
#include "text/utf8.h"

static void excerpt_of_a_short_text_is_the_text_on_one_line(void **state)
{
    arena_scoped a = arena_new();
    assert_str(excerpt_from(a, S(" One\n\ntwo\xC2\xA0 three. "), 50), "One two three.");
    assert_str(excerpt_from(a, S(""), 50), "");
    assert_str(excerpt_from(a, S("exactly ten"), 11), "exactly ten");
}

static void excerpt_ends_at_a_word_and_says_when_it_was_cut(void **state)
{
    arena_scoped a = arena_new();
    assert_str(excerpt_from(a, S("One two three four"), 10), "One two…");
    assert_str(excerpt_from(a, S("One two three four"), 8), "One two…");
    assert_str(excerpt_from(a, S("One two, three four"), 10), "One two…");
    assert_str(excerpt_from(a, S("One two. Three four"), 11), "One two…");
    assert_str(excerpt_from(a, S("中文新闻中文新闻"), 5), "中文新闻…");
}

static void excerpt_never_passes_its_length_nor_breaks_a_character(void **state)
{
    arena_scoped a = arena_new();
    const str texts[] = {S("Ünterwegs nach Zürich, über Köln — schön"),
                         S("👩‍👩‍👧‍👦👩‍👩‍👧‍👦 families"),
                         S("e\u0301e\u0301e\u0301e\u0301e\u0301"), S("((((((((((((((((("),
                         S("a\xFF\xC3 broken \xE2\x80")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t most = 1; most < 45; most++) {
            str excerpt = excerpt_from(a, texts[i], most);
            assert_true(utf8_count(excerpt) <= most);
            assert_true(str_valid_utf8(excerpt));
        }
    assert_str(excerpt_from(a, S("e\u0301e\u0301x"), 4), "e\u0301…");
}

static void excerpt_skips_invitations_at_the_start(void **state)
{
    arena_scoped a = arena_new();
    str news = S("Unlock the Editor’s Digest for free\nRoula Khalaf, Editor of the FT, selects her "
                 "favourite stories in this weekly newsletter.\nShares fell.");
    assert_str(excerpt_from(a, news, 100), "Shares fell.");
    assert_str(excerpt_from(a, S("Advertisement\nAdvertisement\nShares rose."), 100),
               "Shares rose.");
    assert_str(excerpt_from(a, S("Advertisement revenue fell."), 100),
               "Advertisement revenue fell.");
    assert_str(excerpt_from(a, S("Advertisement"), 100), "Advertisement");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(excerpt_of_a_short_text_is_the_text_on_one_line),
        cmocka_unit_test(excerpt_ends_at_a_word_and_says_when_it_was_cut),
        cmocka_unit_test(excerpt_never_passes_its_length_nor_breaks_a_character),
        cmocka_unit_test(excerpt_skips_invitations_at_the_start),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
