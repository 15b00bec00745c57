// What the drawing that other sites show with a link promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "site/drawing.h"
#include "site/icon.h"
#include "site/share.h"

static str drawn(struct arena *a, str headline)
{
    struct share_words words = {S("The Ledger"), S("Savings & loans"), S("Opinion"),
                                headline,        S("#0A4D78"),         FIT_NEWSREADER};
    str svg = share_drawing(a, &words);
    assert_true(str_starts(svg, S("<svg ")));
    assert_true(str_ends(svg, S("</svg>")));
    assert_true(str_valid_utf8(svg));
    return svg;
}

static void the_drawing_says_who_where_and_what(void **state)
{
    arena_scoped a = arena_new();
    str svg = drawn(a, S("Rates are held"));
    assert_true(str_find(svg, S(">The Ledger</text>")) > 0);
    assert_true(str_find(svg, S("fill=\"#0A4D78\">Savings &amp; loans<tspan")) > 0);
    assert_true(str_find(svg, S(">Opinion</tspan>")) > 0);
    assert_true(str_find(svg, S(">Rates are held</text>")) > 0);
}

static void markup_in_a_headline_stays_text(void **state)
{
    arena_scoped a = arena_new();
    str svg = drawn(a, S("</text><image href=\"x\"/>&amp;"));
    assert_true(str_find(svg, S("<image")) < 0);
    assert_true(str_find(svg, S("&lt;/text&gt;")) > 0);
    assert_true(str_find(svg, S("href=&quot;x&quot;/&gt;&amp;amp;")) > 0);
}

static void a_headline_written_from_the_right_stands_at_the_right(void **state)
{
    arena_scoped a = arena_new();
    str svg = drawn(a, S("البنك المركزي"));
    assert_true(str_find(svg, S("x=\"1136\"")) > 0);
    assert_true(str_find(svg, S("direction=\"rtl\"")) > 0);
    assert_true(str_find(drawn(a, S("Rates")), S("rtl")) < 0);
}

static void any_headline_draws(void **state)
{
    arena_scoped a = arena_new();
    char bytes[500];
    for (int i = 0; i < 256; i++) {
        memset(bytes, i, sizeof bytes);
        drawn(a, (str){bytes, sizeof bytes});
    }
    drawn(a, S(""));
    drawn(a, S("央行连续第三次维持利率不变，储户开始寻找更高收益的账户"));
}

static void text_of_a_drawing_holds_no_control_characters(void **state)
{
    arena_scoped a = arena_new();
    assert_str(drawing_text(a, S("a\x01\x1f\nb<>&\"'")), "ab&lt;&gt;&amp;&quot;'");
}

static void name_and_headline_are_set_in_the_face_that_was_chosen(void **state)
{
    arena_scoped a = arena_new();
    struct share_words words = {.publication = S("The Ledger"), .headline = S("Rates")};
    words.accent = S("#0A4D78");
    assert_true(str_find(share_drawing(a, &words), S("'Public Sans', 'Noto Sans', sans-serif\" "
                                                     "font-size=\"48\"")) < 0);
    words.face = FIT_PUBLIC_SANS;
    str svg = share_drawing(a, &words);
    assert_true(str_find(svg, S("Newsreader")) < 0);
    assert_true(str_find(svg, S("'Public Sans', 'Noto Sans', sans-serif\" font-size=\"48\"")) > 0);
    str icon = icon_drawing(a, S("The Ledger"), words.accent, FIT_PUBLIC_SANS);
    assert_true(str_find(icon, S("font-family=\"'Public Sans'")) > 0);
}

static void the_icon_is_the_first_letter_behind_the_article(void **state)
{
    arena_scoped a = arena_new();
    const str accent = S("#0A4D78");
    assert_true(str_find(icon_drawing(a, S("The Meridian Ledger"), accent, FIT_NEWSREADER),
                         S(">M</text>")) > 0);
    assert_true(str_find(icon_drawing(a, S("“éclair”"), accent, FIT_NEWSREADER), S(">É</text>")) >
                0);
    assert_true(str_find(icon_drawing(a, S("財経"), accent, FIT_NEWSREADER), S(">財</text>")) > 0);
    assert_true(str_find(icon_drawing(a, S("???"), accent, FIT_NEWSREADER), S(">B</text>")) > 0);
    assert_true(str_find(icon_drawing(a, S("<&"), accent, FIT_NEWSREADER), S("<&")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_drawing_says_who_where_and_what),
        cmocka_unit_test(markup_in_a_headline_stays_text),
        cmocka_unit_test(a_headline_written_from_the_right_stands_at_the_right),
        cmocka_unit_test(any_headline_draws),
        cmocka_unit_test(name_and_headline_are_set_in_the_face_that_was_chosen),
        cmocka_unit_test(the_icon_is_the_first_letter_behind_the_article),
        cmocka_unit_test(text_of_a_drawing_holds_no_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
