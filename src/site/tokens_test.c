// What a theme's style sheet says, and what it may not say.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "site/tokens.h"

static struct tokens read(struct arena *a, const char *css)
{
    struct tokens t;
    error e = tokens_read(a, str_of(css), &t);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    return t;
}

static void refused(const char *css, const char *words)
{
    arena_scoped a = arena_new();
    struct tokens t;
    error e = tokens_read(a, str_of(css), &t);
    assert_non_null(e);
    assert_int_equal(e->fault, FAULT_INPUT);
    if (str_find(e->message, str_of(words)) < 0)
        fail_msg("%.*s", STR(e->message));
}

static void colours_are_those_of_the_root_s_last_rule(void **state)
{
    arena_scoped a = arena_new();
    struct tokens t = read(a, "@charset \"utf-8\";:root{--paper: light-dark(#fff,#111417);"
                              "--tint:#DCDFDE}.a{--paper: red}\n:root { --tint: light-dark( #abc , "
                              "#123456 ); --note: var(--tint) }");
    assert_str(t.light.on[0], "#ffffff");
    assert_str(t.dark.on[0], "#111417");
    assert_str(t.light.on[1], "#aabbcc");
    assert_str(t.dark.on[1], "#123456");
    assert_str(t.light.on[2], "#aabbcc");
    assert_str(t.accent.light, "#0a4d78"); // as the built-in theme has it
}

static void rules_within_others_and_words_in_strings_do_not_count(void **state)
{
    arena_scoped a = arena_new();
    struct tokens t =
        read(a, "@media print{:root{--paper:red}}.a::before{content:\"}:root{--paper:"
                "red}\\\"\"}:root{--paper-2:red;--x:\";--paper:red\";--paper:light-dark(#eee,#111)}"
                "@media (min-width:64em){:root{--paper:blue}}");
    assert_str(t.light.on[0], "#eeeeee");
    assert_str(t.dark.on[0], "#111111");
}

static void a_colour_that_cannot_be_reckoned_with_is_refused(void **state)
{
    refused(":root{--paper:oklch(1 0 0)}", "--paper is \"oklch(1 0 0)\"; the program reckons");
    refused(":root{--tint:light-dark(#fff)}", "--tint is");
    refused(":root{--note:light-dark(#fff,red)}", "--note is");
    refused(":root{--accent:#12345}", "--accent is");
    refused(":root{--accent-hover:#12345g}", "--accent-hover is");
    refused(":root{--paper:var(--a);--a:var(--b);--b:#ffff}", "--paper is \"#ffff\"");
}

static void papers_on_which_nothing_can_be_read_are_refused(void **state)
{
    refused(":root{--tint:light-dark(#444,#222)}",
            "no colour can be read on --paper #ffffff, --tint #444444 and --note #fff5d9 together, "
            "which is what stands behind text in light");
    refused(":root{--tint:light-dark(#fff,#ddd)}", "in dark");
}

static void a_face_is_the_first_family_and_its_first_file(void **state)
{
    arena_scoped a = arena_new();
    struct tokens t =
        read(a, "@font-face{font-family:\"Mine\";src:local(\"Mine\"),url(\"/static/mine.woff2\") "
                "format(\"woff2\")}@font-face{font-family:Mine;src:url(\"/static/more.woff2\")}"
                "@font-face{font-family:'Old';src:url(\"/static/old.ttf\")}"
                ":root{--headline:\"Mine\",Georgia,serif;--text:Old,monospace;"
                "--sans:var(--other);--other:system-ui,sans-serif}");
    assert_str(t.faces[HEADLINES].family, "Mine");
    assert_str(t.faces[HEADLINES].file, "/static/mine.woff2");
    assert_true(t.faces[HEADLINES].serif);
    assert_str(t.faces[TEXT].family, "Old");
    assert_str(t.faces[TEXT].file, "");
    assert_false(t.faces[TEXT].serif);
    assert_str(t.faces[SANS].family, "system-ui");
    assert_str(t.faces[SANS].file, "");
}

static void a_face_may_be_that_of_another_use(void **state)
{
    arena_scoped a = arena_new();
    struct tokens t = read(a, ":root{--headline:var(--sans);--text:Georgia,serif;--sans:A,serif}");
    assert_int_equal(t.faces[HEADLINES].as, SANS);
    assert_str(t.faces[HEADLINES].family, "A");
    assert_int_equal(t.faces[TEXT].as, TEXT);
    assert_int_equal(read(a, "").faces[TEXT].as, TEXT);
}

static void another_paper_colour_or_face_is_another_hash(void **state)
{
    arena_scoped a = arena_new();
    const char *const sheets[] = {"", ":root{--paper:light-dark(#fefefe,#000)}",
                                  ":root{--accent:#000}", ":root{--headline:A,serif}",
                                  ":root{--headline:A}"};
    for (size_t i = 0; i < 5; i++)
        for (size_t k = 0; k < i; k++)
            assert_false(str_eq(read(a, sheets[i]).hash, read(a, sheets[k]).hash));
    assert_true(str_eq(read(a, "").hash, read(a, ".a{color:red}").hash));
}

static void any_text_is_read_to_its_end(void **state)
{
    arena_scoped a = arena_new();
    static const char *const texts[] = {"",
                                        "{",
                                        "}",
                                        ":root{",
                                        ":root{--paper",
                                        ":root{--paper:",
                                        "\"",
                                        "'\\",
                                        "}}}:root{",
                                        "@font-face{",
                                        ":root{--sans:var(--sans)}",
                                        ":root{--sans:var(}",
                                        ";;;",
                                        "@font-face{src:url(\"",
                                        "(((",
                                        ":root{--sans:,,;}"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        read(a, texts[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colours_are_those_of_the_root_s_last_rule),
        cmocka_unit_test(rules_within_others_and_words_in_strings_do_not_count),
        cmocka_unit_test(a_colour_that_cannot_be_reckoned_with_is_refused),
        cmocka_unit_test(papers_on_which_nothing_can_be_read_are_refused),
        cmocka_unit_test(a_face_is_the_first_family_and_its_first_file),
        cmocka_unit_test(a_face_may_be_that_of_another_use),
        cmocka_unit_test(another_paper_colour_or_face_is_another_hash),
        cmocka_unit_test(any_text_is_read_to_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
