// What is taken out of a script, and what stays.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "app/script.h"
#include "base/arena.h"

static void tightens_to(const char *script, const char *expected)
{
    arena_scoped a = arena_new();
    assert_str(script_tighten(a, str_of(script)), expected);
}

static void comments_and_white_space_for_people_go(void **state)
{
    tightens_to("// One.\n'use strict';\n\nif (a) {\n    // Two.\n    b(`${c}`); // three\n}",
                "'use strict';\nif (a) {\nb(`${c}`); // three\n}\n");
    tightens_to("", "");
}

static void what_may_go_on_over_lines_stays(void **state)
{
    static const char *const scripts[] = {"a = `\n  // text\n`;\n", "/* a\n  // b */\n c();\n",
                                          "a = 'b \\\n  // c';\n"};
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++)
        tightens_to(scripts[i], scripts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_white_space_for_people_go),
        cmocka_unit_test(what_may_go_on_over_lines_stays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
