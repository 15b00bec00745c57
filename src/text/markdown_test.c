// What Markdown promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <pthread.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/clean.h"
#include "text/clean_check.h"
#include "text/corpus_test.h"
#include "text/frontmatter.h"
#include "text/markdown.h"
#include "text/zone.h"

static str cleaned(struct arena *a, str text)
{
    struct cleaned out;
    str markup;
    assert_null(markdown_to_html(a, text, &markup));
    assert_null(clean_html(a, markup, &(struct clean_options){0}, &out));
    return out.body.text;
}

static void markdown_knows_tables_strikes_links_and_footnotes(void **state)
{
    arena_scoped a = arena_new();
    assert_str(cleaned(a, S("# One\n\nTwo *three* ~~four~~ https://example.org\n")),
               "<h2>One</h2>\n<p>Two <em>three</em> <s>four</s> "
               "<a href=\"https://example.org\">https://example.org</a></p>");
    assert_str(cleaned(a, S("| a | b |\n| - | -: |\n| 1 | 2 |\n")),
               "<table><thead><tr><th>a</th><th class=\"right\">b</th></tr></thead><tbody><tr>"
               "<td>1</td><td class=\"right\">2</td></tr></tbody></table>");
    str notes = cleaned(a, S("Text.[^1]\n\n[^1]: Note.\n"));
    assert_true(str_find(notes, S("<sup class=\"footnote-ref\"><a href=\"#fn-1\" id=\"fnref-1\"")) >
                0);
    assert_true(str_find(notes, S("<section class=\"footnotes\"><ol><li id=\"fn-1\"><p>Note.")) >
                0);
    assert_true(str_find(notes, S("href=\"#fnref-1\"")) > 0);
}

static void markdown_lets_html_through_to_the_cleaner(void **state)
{
    arena_scoped a = arena_new();
    assert_str(cleaned(a, S("a <b onclick=x>b</b>\n\n<script>x</script>\n\n[l](javascript:x)\n")),
               "<p>a <b>b</b></p>\n<p>l</p>");
}

static void markdown_refuses_what_is_too_much(void **state)
{
    arena_scoped a = arena_new();
    struct buf quotes = buf_new(a, 1000), pipes = buf_new(a, 1000), links = buf_new(a, 1 << 20);
    struct buf images = buf_new(a, 10000);
    for (int i = 0; i < 501; i++)
        buf_add(&images, S("![[]()"));
    for (int i = 0; i < 65; i++)
        buf_add(&quotes, S("> "));
    for (int i = 0; i < 130; i++)
        buf_add(&pipes, S("|a"));
    buf_add(&links, S("[a]: /"));
    for (int i = 0; i < 60000; i++)
        buf_add_char(&links, 'x');
    buf_add(&links, S("\n\n"));
    for (int i = 0; i < 60000; i++)
        buf_add(&links, S("[a]\n"));
    str out;
    assert_int_equal(markdown_to_html(a, buf_str(&quotes), &out)->fault, FAULT_LIMIT);
    assert_int_equal(markdown_to_html(a, buf_str(&pipes), &out)->fault, FAULT_LIMIT);
    assert_int_equal(markdown_to_html(a, buf_str(&links), &out)->fault, FAULT_LIMIT);
    assert_int_equal(markdown_to_html(a, buf_str(&images), &out)->fault, FAULT_LIMIT);
    assert_null(markdown_to_html(a, S("fine afterwards"), &out));
}

static void *convert_many(void *out)
{
    bool *all_right = out;
    for (int i = 0; i < 200; i++) {
        arena_scoped a = arena_new();
        *all_right = *all_right && str_find(cleaned(a, S("~~a~~\n\n|a|\n|-|\n")), S("<s>")) > 0;
    }
    return NULL;
}

static void markdown_may_be_converted_by_many_threads_at_once(void **state)
{
    pthread_t threads[4];
    bool all_right[4] = {true, true, true, true};
    for (int i = 0; i < 4; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, convert_many, &all_right[i]), 0);
    for (int i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
        assert_true(all_right[i]);
    }
}

static void check_article(struct arena *a, str name, str text)
{
    const struct zone *zone;
    struct frontmatter f;
    struct cleaned once, twice;
    str markup;
    assert_null(zone_open(a, S("UTC"), &zone));
    assert_null(frontmatter_parse(a, name, text, zone, INSTANT_NONE, &f));
    assert_null(markdown_to_html(a, f.body, &markup));
    assert_null(clean_html(a, markup, &(struct clean_options){0}, &once));
    const char *fault = clean_fault(a, once.body.text);
    if (fault)
        fail_msg("%.*s: %s", STR(name), fault);
    assert_null(clean_html(a, once.body.text, &(struct clean_options){0}, &twice));
    if (!str_eq(once.body.text, twice.body.text))
        fail_msg("%.*s: cleaned twice it is another", STR(name));
    if (!once.drops.count[DROP_FRAME] &&
        !str_eq(clean_letters(a, markup), clean_letters(a, once.body.text)))
        fail_msg("%.*s: words went or came", STR(name));
}

static void markdown_of_real_articles_is_clean_and_whole(void **state)
{
    corpus_each_file("articles", check_article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(markdown_knows_tables_strikes_links_and_footnotes),
        cmocka_unit_test(markdown_lets_html_through_to_the_cleaner),
        cmocka_unit_test(markdown_refuses_what_is_too_much),
        cmocka_unit_test(markdown_may_be_converted_by_many_threads_at_once),
        cmocka_unit_test(markdown_of_real_articles_is_clean_and_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
