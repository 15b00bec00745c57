// How a live story is taken apart.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "site/live.h"
#include "text/date.h"
#include "text/zone.h"

static struct live read(struct arena *a, const char *published, const char *body)
{
    const struct zone *zone;
    struct live out;
    instant at;
    assert_null(zone_open(a, S("Europe/London"), &zone));
    assert_true(instant_parse(str_of(published), &at, NULL));
    live_read(a, zone, at, (html){str_of(body)}, &out);
    return out;
}

static const struct live_post *post(const struct live *live, size_t i)
{
    assert_true(i < live->posts.count);
    return list_at(&live->posts, struct live_post, i);
}

static void assert_posted(struct arena *a, const struct live *live, size_t i, const char *when)
{
    assert_str(instant_rfc3339(a, post(live, i)->posted), when);
}

static void a_list_at_the_start_is_the_key_points_and_headings_with_times_begin_posts(void **state)
{
    arena_scoped a = arena_new();
    struct live live = read(a, "2026-11-23 09:00",
                            "<ul><li>One<ul><li>a</li></ul></li><li>Two</li></ul>\n<p>Before.</p>\n"
                            "<h2>14:02 They <em>vote</em></h2>\n<p>Six to three.</p>\n<h2>A heading"
                            "</h2>\n<p>More.</p>\n<h2 id=\"at-x\">9.05</h2>\n<p>Good morning.</p>");
    assert_str(live.key_points.text, "<ul><li>One<ul><li>a</li></ul></li><li>Two</li></ul>");
    assert_str(live.opening.text, "<p>Before.</p>");
    assert_int_equal(live.posts.count, 2);
    assert_str(post(&live, 0)->headline.text, "They <em>vote</em>");
    assert_str(post(&live, 0)->title, "They vote");
    assert_str(post(&live, 0)->anchor, "post-20261123-1402");
    assert_str(post(&live, 0)->body.text, "<p>Six to three.</p>\n<h2>A heading</h2>\n<p>More.</p>");
    assert_posted(a, &live, 0, "2026-11-23T14:02:00Z");
    assert_str(post(&live, 1)->headline.text, "");
    assert_str(post(&live, 1)->anchor, "at-x");
    assert_str(post(&live, 1)->body.text, "<p>Good morning.</p>");
}

static void what_is_no_time_begins_no_post(void **state)
{
    static const char *const headings[] = {"24:00 Late", "12:60 x",   "14:5 x",   "1402 x",
                                           "14:02x",     "10:15pm x", "At 14:02", "2026-11-23",
                                           "3.755 up",   ""};
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof headings / sizeof *headings; i++) {
        str body = str_format(a, "<p>x</p>\n<h2>%s</h2>\n<p>y</p>", headings[i]);
        struct live live = read(a, "2026-11-23 09:00", str_z(a, body));
        assert_int_equal(live.posts.count, 0);
        assert_true(str_eq(live.opening.text, body));
    }
    struct live live =
        read(a, "2026-11-23 09:00", "<blockquote><h2>14:02 Quoted</h2></blockquote>\n<p>x</p>");
    assert_int_equal(live.posts.count, 0);
    assert_int_equal(read(a, "2026-11-23", "").posts.count, 0);
}

static void days_follow_from_the_order_and_the_day_of_publication(void **state)
{
    arena_scoped a = arena_new();
    struct live live =
        read(a, "2026-11-23 22:00",
             "<h2>01:10 c</h2>\n<p>x</p>\n<h2>23:50 b</h2>\n<p>x</p>\n<h2>21:55 a</h2>");
    assert_posted(a, &live, 0, "2026-11-24T01:10:00Z");
    assert_posted(a, &live, 1, "2026-11-23T23:50:00Z");
    assert_posted(a, &live, 2, "2026-11-23T21:55:00Z");
    live = read(a, "2026-11-23 22:00",
                "<h2>21:55 a</h2>\n<h2>23:50 b</h2>\n<h2>01:10 c</h2>\n<h2>02:00 d</h2>");
    assert_posted(a, &live, 0, "2026-11-23T21:55:00Z");
    assert_posted(a, &live, 3, "2026-11-24T02:00:00Z");
    live = read(a, "2026-11-23 23:55", "<h2>00:20 b</h2>\n<h2>00:05 a</h2>");
    assert_posted(a, &live, 1, "2026-11-24T00:05:00Z");
    live = read(a, "2026-11-23 09:00", "<h2>2026-11-26 10:00 b</h2>\n<h2>9:30: a</h2>");
    assert_posted(a, &live, 0, "2026-11-26T10:00:00Z");
    assert_posted(a, &live, 1, "2026-11-23T09:30:00Z");
    assert_str(post(&live, 1)->title, "a");
    // On the clocks of the newsroom, which are an hour ahead in summer.
    live = read(a, "2026-07-01 09:00", "<h2>14:02 – x</h2>");
    assert_posted(a, &live, 0, "2026-07-01T13:02:00Z");
    assert_str(post(&live, 0)->title, "x");
}

static void an_anchor_stays_when_later_posts_come(void **state)
{
    arena_scoped a = arena_new();
    struct live live = read(a, "2026-11-23 09:00", "<h2>14:02 b</h2>\n<h2>14:02 a</h2>");
    assert_str(post(&live, 0)->anchor, "post-20261123-1402-2");
    assert_str(post(&live, 1)->anchor, "post-20261123-1402");
    live = read(a, "2026-11-23 09:00",
                "<h2>14:05 d</h2>\n<h2>14:02 c</h2>\n<h2>14:02 b</h2>\n<h2>14:02 a</h2>");
    assert_str(post(&live, 1)->anchor, "post-20261123-1402-3");
    assert_str(post(&live, 3)->anchor, "post-20261123-1402");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_at_the_start_is_the_key_points_and_headings_with_times_begin_posts),
        cmocka_unit_test(what_is_no_time_begins_no_post),
        cmocka_unit_test(days_follow_from_the_order_and_the_day_of_publication),
        cmocka_unit_test(an_anchor_stays_when_later_posts_come),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
