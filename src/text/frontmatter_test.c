// What front matter promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/corpus_test.h"
#include "text/frontmatter.h"
#include "text/zone.h"

static const struct zone *london(struct arena *a)
{
    const struct zone *z;
    assert_null(zone_open(a, S("Europe/London"), &z));
    return z;
}

static struct frontmatter parse(struct arena *a, const char *text)
{
    struct frontmatter f;
    error e = frontmatter_parse(a, S("a.md"), str_of(text), london(a), INSTANT_NONE, &f);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    return f;
}

static void assert_refused(struct arena *a, const char *text, const char *expected)
{
    struct frontmatter f;
    error e = frontmatter_parse(a, S("a.md"), str_of(text), london(a), INSTANT_NONE, &f);
    assert_non_null(e);
    assert_str(error_text(a, e), expected);
}

static void frontmatter_reads_dates_before_now_where_it_is_told_now(void **state)
{
    arena_scoped a = arena_new();
    struct frontmatter f;
    str text = S("---\ndate: \"-2d 09:30\"\nupdated: -3h\n---\n");
    instant now = {1783001100000}; // 2026-07-02T14:05:00Z
    assert_null(frontmatter_parse(a, S("a.md"), text, london(a), now, &f));
    assert_int_equal(f.date.ms, 1782808200000); // 2026-06-30T08:30:00Z
    assert_int_equal(f.updated.ms, now.ms - 3 * 3600 * 1000);
    assert_refused(a, "---\ndate: -2d\n---\n",
                   "a.md:2: date is not a date: \"-2d\"; write 2026-11-23 14:05");
}

static void frontmatter_reads_every_key(void **state)
{
    arena_scoped a = arena_new();
    struct frontmatter f =
        parse(a, "---\n"
                 "headline: \"Fed&#8217;s move &amp; more\"\n"
                 "title: other\n"
                 "date: 2026-07-01 14:05\n"
                 "updated: 2026-07-02T14:05:00Z\n"
                 "standfirst: >\n  Two\n  lines\n"
                 "authors: [Ann Lee, \"Bo Ek\", Ann Lee]\n"
                 "tags: rates, bonds\n"
                 "section: markets\nkind: analysis\nslug: fed-move\nlang: en-GB\n"
                 "source: {name: Reuters, url: https://example.org/x}\n"
                 "picture:\n  src: /a.jpg\n  alt: A bank\n"
                 "comments: off\nstatus: draft\nvideo_length: 1:04:12\n"
                 "expirydate: 2020-01-01\nparams: {a: [1, {b: 2}]}\n"
                 "---\nBody\n---\nrest\n");
    assert_str(f.headline, "Fed’s move & more");
    assert_int_equal(f.date.ms, 1782911100000); // 13:05 UTC: summer in London
    assert_int_equal(f.updated.ms, 1783001100000);
    assert_str(f.standfirst, "Two lines");
    assert_int_equal(f.authors.count, 2);
    assert_str(f.authors.all[1], "Bo Ek");
    assert_int_equal(f.topics.count, 2);
    assert_str(f.topics.all[1], "bonds");
    assert_str(f.section, "markets");
    assert_str(f.kind, "analysis");
    assert_str(f.slug, "fed-move");
    assert_str(f.language, "en-GB");
    assert_str(f.source_name, "Reuters");
    assert_str(f.source_url, "https://example.org/x");
    assert_str(f.picture, "/a.jpg");
    assert_str(f.picture_alt, "A bank");
    assert_int_equal(f.comments, COMMENTS_OFF);
    assert_str(f.status, "draft");
    assert_int_equal(f.unknown.count, 2);
    assert_str(f.unknown.all[0], "expirydate");
    assert_str(f.body, "Body\n---\nrest\n");
    assert_int_equal(f.video_seconds, 3852);
    assert_int_equal(f.body_line, 25);
}

static void frontmatter_takes_the_first_name_of_a_member_before_the_others(void **state)
{
    arena_scoped a = arena_new();
    struct frontmatter f =
        parse(a, "---\ntopics: [a]\nsummary: S\nstandfirst: T\ntags: [b]\n---\n");
    assert_str(f.standfirst, "T");
    assert_int_equal(f.topics.count, 1);
    assert_str(f.topics.all[0], "a");
    assert_str(parse(a, "---\nstandfirst: T\nsummary: S\n---\n").standfirst, "T");
}

static void frontmatter_may_be_missing_or_empty(void **state)
{
    arena_scoped a = arena_new();
    assert_str(parse(a, "Just text\n---\n").body, "Just text\n---\n");
    assert_str(parse(a, "").body, "");
    assert_str(parse(a, "---\n---\nx").body, "x");
    assert_str(parse(a, "---\n# note\n---").body, "");
    assert_str(parse(a, "\xEF\xBB\xBF---\r\ntitle: T\r\n---\r\nx").headline, "T");
}

static void frontmatter_says_where_it_is_wrong(void **state)
{
    arena_scoped a = arena_new();
    assert_refused(a, "---\ntitle: x\ndate: yesterday\n---\n",
                   "a.md:3: date is not a date: \"yesterday\"; write 2026-11-23 14:05");
    assert_refused(a, "---\ntitle: x\n",
                   "a.md:1: the front matter has no end within 65536 bytes: "
                   "a line --- is missing");
    assert_refused(a, "---\na: &x 1\nb: *x\n---\n",
                   "a.md:3: aliases (*name) are not read; write the value out");
    assert_refused(a, "---\ntitle: [a]\n---\n", "a.md:2: title is not a text; put it in quotes");
    assert_refused(a, "---\ntitle: a\ntitle: b\n---\n", "a.md:3: title is given twice");
    assert_refused(a, "---\nslug: A B\n---\n",
                   "a.md:2: \"A B\" is no slug; write small letters, digits and -");
    assert_refused(a, "---\nvideo_length: 4 minutes\n---\n",
                   "a.md:2: video_length: \"4 minutes\" is no length; write one like 4:12");
    assert_refused(a, "---\nvideo_length: 4:72\n---\n",
                   "a.md:2: video_length: \"4:72\" is no length; write one like 4:12");
    assert_refused(a, "---\nauthors: {a: b}\n---\n",
                   "a.md:2: authors is not a list of names; write [\"A\", \"B\"]");
    assert_refused(a, "---\n- a\n---\n",
                   "a.md:2: the front matter is not made of lines \"key: value\"");
    assert_refused(a, "---\nsource_url: javascript:x\n---\n",
                   "a.md:2: source_url is not an address: \"javascript:x\"; write https://…");
    assert_refused(a, "\xFF", "a.md: not a text in UTF-8; save it as UTF-8");
}

static void frontmatter_bounds_depth_and_count(void **state)
{
    arena_scoped a = arena_new();
    struct buf deep = buf_new(a, 100000), many = buf_new(a, 100000);
    buf_add(&deep, S("---\nx: "));
    for (int i = 0; i < 50; i++)
        buf_add_char(&deep, '[');
    for (int i = 0; i < 50; i++)
        buf_add_char(&deep, ']');
    buf_add(&deep, S("\n---\n"));
    buf_add(&many, S("---\nx: ["));
    for (int i = 0; i < 5000; i++)
        buf_add(&many, S("1,"));
    buf_add(&many, S("]\n---\n"));
    struct frontmatter f;
    error e = frontmatter_parse(a, S("a"), buf_str(&deep), london(a), INSTANT_NONE, &f);
    assert_int_equal(e->fault, FAULT_LIMIT);
    e = frontmatter_parse(a, S("a"), buf_str(&many), london(a), INSTANT_NONE, &f);
    assert_int_equal(e->fault, FAULT_LIMIT);
}

static void check_article(struct arena *a, str name, str text)
{
    struct frontmatter f;
    error e = frontmatter_parse(a, name, text, london(a), INSTANT_NONE, &f);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    assert_true(f.headline.len > 0 && f.date.ms != 0 && f.body.len > 0);
    assert_true(str_find(f.headline, S("&#")) < 0 && str_find(f.headline, S("&amp;")) < 0);
}

static void frontmatter_reads_all_real_articles(void **state)
{
    corpus_each_file("articles", check_article);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(frontmatter_reads_every_key),
        cmocka_unit_test(frontmatter_reads_dates_before_now_where_it_is_told_now),
        cmocka_unit_test(frontmatter_takes_the_first_name_of_a_member_before_the_others),
        cmocka_unit_test(frontmatter_may_be_missing_or_empty),
        cmocka_unit_test(frontmatter_says_where_it_is_wrong),
        cmocka_unit_test(frontmatter_bounds_depth_and_count),
        cmocka_unit_test(frontmatter_reads_all_real_articles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
