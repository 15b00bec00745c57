// What is taken out of a style sheet, and what stays.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "app/style.h"
#include "base/arena.h"

static void tightens_to(const char *css, const char *expected)
{
    arena_scoped a = arena_new();
    assert_str(style_tighten(a, str_of(css)), expected);
}

static void comments_and_white_space_for_people_go(void **state)
{
    tightens_to("/* One. */\n.a,\n.b {\n  color: red; /* two */\n}\n\n.c { top: 0 }\n",
                ".a,.b{color:red}.c{top:0}");
}

static void white_space_that_means_something_stays(void **state)
{
    tightens_to(".a :hover { margin:\n calc(1px + 2px) 0 }", ".a :hover{margin:calc(1px + 2px) 0}");
    tightens_to("@media (min-width: 64em) and (hover)\n{", "@media (min-width:64em) and (hover){");
    tightens_to(".a/* alone */.b{}", ".a/**/.b{}");
}

static void strings_stay_as_they_are(void **state)
{
    tightens_to("a { content: \" /* no ; */ \"; b: 'x\\'  }' }",
                "a{content:\" /* no ; */ \";b:'x\\'  }'}");
}

static void what_never_ends_ends_with_the_sheet(void **state)
{
    tightens_to("a{} /* b", "a{}");
    tightens_to("a{ b: \"c  ", "a{b:\"c  ");
    tightens_to("a{ b: \"c\\", "a{b:\"c\\");
    tightens_to("", "");
}

static void names_of_files_become_their_addresses(void **state)
{
    arena_scoped a = arena_new();
    const struct theme_asset assets[] = {{S("a.woff2"), S("/static/a.1.woff2"), S("")}};
    str css = S("src:url(\"a.woff2\"),url(\"data:x\"),url(\"b.png\"),url(\"");
    assert_str(style_addresses(a, css, assets, 1),
               "src:url(\"/static/a.1.woff2\"),url(\"data:x\"),url(\"b.png\"),url(\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_and_white_space_for_people_go),
        cmocka_unit_test(white_space_that_means_something_stays),
        cmocka_unit_test(strings_stay_as_they_are),
        cmocka_unit_test(what_never_ends_ends_with_the_sheet),
        cmocka_unit_test(names_of_files_become_their_addresses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
