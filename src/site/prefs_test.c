// What a reader's settings promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "site/prefs.h"

static void only_our_own_values_are_read(void **state)
{
    arena_scoped a = arena_new();
    static const char *const ours[] = {"1s00", "4d10", "2l01"};
    static const char *const strange[] = {"",    "1",    "1s",    "0s0", "5s0", "1x0",
                                          "1s2", "1s02", "1s000", "<b>", "s10", " 1s0"};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        assert_str(prefs_value(a, prefs_read(str_of(ours[i]))), ours[i]);
    for (size_t i = 0; i < sizeof strange / sizeof *strange; i++)
        assert_str(prefs_value(a, prefs_read(str_of(strange[i]))), "1s00");
    assert_str(prefs_value(a, prefs_read(STR_NONE)), "1s00");
    // What readers have kept since before there were pictures of other sites.
    assert_str(prefs_value(a, prefs_read(S("3d1"))), "3d10");
}

static void the_usual_settings_have_no_class(void **state)
{
    arena_scoped a = arena_new();
    assert_str(prefs_classes(a, prefs_read(S("1s0"))), "");
    assert_str(prefs_classes(a, prefs_read(S("3d1"))), "text-3 scheme-dark accepted");
    assert_str(prefs_classes(a, prefs_read(S("1l0"))), "scheme-light");
    assert_str(prefs_classes(a, prefs_read(S("1s01"))), "pictures");
}

static void a_field_changes_what_it_names_and_nothing_else(void **state)
{
    arena_scoped a = arena_new();
    struct prefs p = prefs_read(S("2d0"));
    prefs_set(&p, S("text"), S("4"));
    assert_str(prefs_value(a, p), "4d00");
    prefs_set(&p, S("scheme"), S("system"));
    assert_str(prefs_value(a, p), "4s00");
    prefs_set(&p, S("notice"), S("accepted"));
    assert_str(prefs_value(a, p), "4s10");
    prefs_set(&p, S("pictures"), S("shown"));
    assert_str(prefs_value(a, p), "4s11");
    prefs_set(&p, S("pictures"), S("hidden"));
    assert_str(prefs_value(a, p), "4s10");
    prefs_set(&p, S("pictures"), S("1"));
    prefs_set(&p, S("text"), S("9"));
    prefs_set(&p, S("text"), S(""));
    prefs_set(&p, S("scheme"), S("blue"));
    prefs_set(&p, S("notice"), S("no"));
    prefs_set(&p, S("other"), S("1"));
    assert_str(prefs_value(a, p), "4s10");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_our_own_values_are_read),
        cmocka_unit_test(the_usual_settings_have_no_class),
        cmocka_unit_test(a_field_changes_what_it_names_and_nothing_else),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
