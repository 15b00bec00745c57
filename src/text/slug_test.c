// What slugs promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <pthread.h>

#include "base/arena.h"
#include "text/slug.h"

static const struct {
    const char *title, *slug;
} cases[] = {
    {"Fed holds rates", "fed-holds-rates"},
    {"  The Fed’s  \"big\" week — explained ", "the-feds-big-week-explained"},
    {"You'll see", "youll-see"},
    {"U.S. jobs rise 3.5%", "us-jobs-rise-3-5"},
    {"S&P 500 & Dow", "sp-500-and-dow"},
    {"Zürich, Ærø und Łódź", "zurich-aero-und-lodz"},
    {"北京", "bei-jing"},
    {"Москва", "moskva"},
    {"Αθήνα", "athena"},
    {"ALREADY-A-slug", "already-a-slug"},
    {"", "untitled"},
    {" \t\n", "untitled"},
};

static void slug_spells_titles_in_latin_letters(void **state)
{
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(slug_from(a, str_of(cases[i].title), 80), cases[i].slug);
}

static void slug_of_a_slug_is_itself(void **state)
{
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str once = slug_from(a, str_of(cases[i].title), 80);
        assert_true(str_eq(slug_from(a, once, 80), once));
        assert_true(slug_valid(once));
    }
}

static void slug_is_never_empty_and_tells_unspellable_titles_apart(void **state)
{
    arena_scoped a = arena_new();
    str rocket = slug_from(a, S("🚀🚀"), 80), moon = slug_from(a, S("🌕"), 80);
    assert_true(slug_valid(rocket) && slug_valid(moon));
    assert_true(str_starts(rocket, S("story-")));
    assert_false(str_eq(rocket, moon));
    assert_true(slug_valid(slug_from(a, S("\xFF\xFE\xC0"), 80)));
}

static void slug_is_cut_between_words(void **state)
{
    arena_scoped a = arena_new();
    assert_str(slug_from(a, S("one two three four five"), 16), "one-two-three");
    assert_str(slug_from(a, S("one two thre-four x"), 17), "one-two-thre-four");
    assert_str(slug_from(a, S("abcdefghijklmnopqrstuvwxyz"), 16), "abcdefghijklmnop");
}

static void slug_valid_refuses_what_slug_from_never_makes(void **state)
{
    const char *bad[] = {"", "-a", "a-", "a--b", "A", "a b", "a/b", "é", "a.b"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(slug_valid(str_of(bad[i])));
    assert_true(slug_valid(S("a-1-b")));
}

static void slug_numbered_stays_within_the_limit(void **state)
{
    arena_scoped a = arena_new();
    char longest[SLUG_MAX];
    memset(longest, 'x', sizeof longest);
    assert_str(slug_numbered(a, S("markets-rally"), 2), "markets-rally-2");
    assert_true(slug_valid(slug_numbered(a, (str){longest, sizeof longest}, 2147483647)));
}

static void *slug_many(void *out)
{
    arena_scoped a = arena_new();
    bool *all_right = out;
    for (int i = 0; i < 200; i++)
        *all_right = *all_right && str_eq(slug_from(a, S("Zürich Москва"), 80), S("zurich-moskva"));
    return NULL;
}

static void slug_may_be_made_by_many_threads_at_once(void **state)
{
    pthread_t threads[4];
    bool all_right[4] = {true, true, true, true};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, slug_many, &all_right[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(all_right[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(slug_spells_titles_in_latin_letters),
        cmocka_unit_test(slug_of_a_slug_is_itself),
        cmocka_unit_test(slug_is_never_empty_and_tells_unspellable_titles_apart),
        cmocka_unit_test(slug_is_cut_between_words),
        cmocka_unit_test(slug_valid_refuses_what_slug_from_never_makes),
        cmocka_unit_test(slug_numbered_stays_within_the_limit),
        cmocka_unit_test(slug_may_be_made_by_many_threads_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
