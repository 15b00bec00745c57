// What options promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/options.h"
#include "base/arena.h"
#include "base/error.h"

#define PARSE(...)                                                                                 \
    const char *args[] = {__VA_ARGS__};                                                            \
    struct options *o;                                                                             \
    str *words;                                                                                    \
    size_t count;                                                                                  \
    error e = options_parse(a, sizeof args / sizeof *args, (char **)args, &o, &words, &count)

static void options_and_words_may_be_mixed(void **state)
{
    arena_scoped a = arena_new();
    PARSE("story", "--section=banking", "list", "--json", "--limit", "5", "--", "--not-an-option");
    assert_null(e);
    assert_int_equal(count, 3);
    assert_str(words[2], "--not-an-option");
    assert_str(options_get(o, "section"), "banking");
    assert_str(options_get(o, "json"), "yes");
    assert_str(options_get(o, "limit"), "5");
    assert_null(options_get(o, "listen").ptr);
}

static void what_is_no_option_is_refused_by_name(void **state)
{
    arena_scoped a = arena_new();
    PARSE("serve", "--lisen", "x");
    assert_non_null(e);
    assert_true(str_find(e->message, S("--lisen")) >= 0);
}

static void a_value_that_is_missing_is_asked_for(void **state)
{
    arena_scoped a = arena_new();
    PARSE("serve", "--listen");
    assert_non_null(e);
}

static void the_command_line_wins_over_the_environment_and_that_over_the_file(void **state)
{
    arena_scoped a = arena_new();
    char dir[] = "/tmp/options-XXXXXX";
    assert_non_null(mkdtemp(dir));
    char *file = str_z(a, str_format(a, "%s/broadsheet.conf", dir));
    FILE *conf = fopen(file, "w");
    fputs("# ours\nlisten = [::1]:1\nworkers=3\ncache = 7\n", conf);
    fclose(conf);
    setenv("BROADSHEET_WORKERS", "4", 1);
    setenv("BROADSHEET_CACHE", "8", 1);
    PARSE("--data", dir, "--cache", "9");
    assert_null(e);
    assert_null(options_read_file(a, o));
    assert_str(options_get(o, "listen"), "[::1]:1");
    assert_str(options_get(o, "workers"), "4");
    assert_str(options_get(o, "cache"), "9");
    unsetenv("BROADSHEET_WORKERS");
    unsetenv("BROADSHEET_CACHE");
    unlink(file);
    rmdir(dir);
}

static void a_wrong_line_of_the_file_is_named(void **state)
{
    arena_scoped a = arena_new();
    char dir[] = "/tmp/options-XXXXXX";
    assert_non_null(mkdtemp(dir));
    char *file = str_z(a, str_format(a, "%s/broadsheet.conf", dir));
    FILE *conf = fopen(file, "w");
    fputs("workers=3\nlsten = x\n", conf);
    fclose(conf);
    PARSE("--data", dir);
    assert_null(e);
    e = options_read_file(a, o);
    assert_non_null(e);
    assert_true(str_ends(e->where, S("broadsheet.conf:2")));
    unlink(file);
    rmdir(dir);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(options_and_words_may_be_mixed),
        cmocka_unit_test(what_is_no_option_is_refused_by_name),
        cmocka_unit_test(a_value_that_is_missing_is_asked_for),
        cmocka_unit_test(the_command_line_wins_over_the_environment_and_that_over_the_file),
        cmocka_unit_test(a_wrong_line_of_the_file_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
