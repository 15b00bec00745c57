// Tests of classic paragraphing.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "interop/wpautop.h"

static struct arena *a;

static int set_up(void **state)
{
    a = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(a);
    return 0;
}

#define assert_autop(text, expected) assert_str(wpautop(a, S(text)), expected)

static void blank_lines_part_paragraphs_and_line_ends_break_lines(void **state)
{
    assert_autop("One\n\nTwo", "<p>One</p>\n<p>Two</p>\n");
    assert_autop("One\r\n\r\n\r\n\r\nTwo\n", "<p>One</p>\n<p>Two</p>\n");
    assert_autop("One\nTwo", "<p>One<br />\nTwo</p>\n");
    assert_autop("One <b>bold</b> word", "<p>One <b>bold</b> word</p>\n");
    assert_autop(" \n\n ", "");
}

static void what_is_markup_already_stays(void **state)
{
    assert_autop("<p>One</p>", "<p>One</p>\n");
    assert_autop("<p>One</p>\n\n<p>Two</p>", "<p>One</p>\n<p>Two</p>\n");
    assert_autop("<ul>\n<li>a</li>\n<li>b</li>\n</ul>", "<ul><li>a</li>\n<li>b</li>\n</ul>\n");
    assert_autop("Text <h2>Title</h2> more", "<p>Text</p>\n<h2>Title</h2>\n<p>more</p>\n");
}

static void a_quote_gets_paragraphs_inside(void **state)
{
    assert_autop("<blockquote>Said\n\nso</blockquote>",
                 "<blockquote>\n<p>Said</p>\n<p>so</p>\n</blockquote>\n");
}

static void a_block_holds_its_first_words_bare_and_the_rest_in_paragraphs(void **state)
{
    assert_autop("<div>One\n\nTwo</div>", "<div>One<p>Two</p>\n</div>\n");
    assert_autop("<div>\n\nOne</div>", "<div><p>One</p>\n</div>\n");
}

static void preformatted_text_is_not_touched(void **state)
{
    assert_autop("a\n\n<pre>one\n\ntwo</pre>\n\nb", "<p>a</p>\n<pre>one\n\ntwo</pre><p>b</p>\n");
    assert_autop("<script>a\n\nb</script>", "<script>a\n\nb</script>");
}

static void two_breaks_are_a_paragraph_and_one_is_not_doubled(void **state)
{
    assert_autop("One<br /><br />Two", "<p>One</p>\n<p>Two</p>\n");
    assert_autop("One<br>\nTwo", "<p>One<br>\nTwo</p>\n");
}

static void remarks_are_left_out(void **state)
{
    assert_autop("One<!--more-->\n\nTwo", "<p>One</p>\n<p>Two</p>\n");
    assert_autop("One<!-- never ends", "<p>One</p>\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blank_lines_part_paragraphs_and_line_ends_break_lines),
        cmocka_unit_test(what_is_markup_already_stays),
        cmocka_unit_test(a_quote_gets_paragraphs_inside),
        cmocka_unit_test(a_block_holds_its_first_words_bare_and_the_rest_in_paragraphs),
        cmocka_unit_test(preformatted_text_is_not_touched),
        cmocka_unit_test(two_breaks_are_a_paragraph_and_one_is_not_doubled),
        cmocka_unit_test(remarks_are_left_out),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
