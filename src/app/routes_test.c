// What the table of routes promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "app/operator.h"
#include "app/pictures.h"
#include "app/routes.h"
#include "site/pages.h"

static void each_path_finds_its_route(void **state)
{
    static const struct {
        const char *path;
        site_handler *page;
        const char *place;
        int64_t year, month, part;
    } cases[] = {
        {"/", site_front, "/", 0, 0, 0},
        {"/latest/", site_latest, "/latest/", 0, 0, 0},
        {"/feed.xml", site_feed, "/", 0, 0, 0},
        {"/markets/stocks/feed.xml", site_feed, "/markets/stocks/", 0, 0, 0},
        {"/archive/", site_archive, "/", 0, 0, 0},
        {"/author/ana/archive/", site_archive, "/author/ana/", 0, 0, 0},
        {"/2026/11/", site_month, "/", 2026, 11, 0},
        {"/2026/11/3/", site_month, "/", 2026, 11, 3},
        {"/markets/2026/11/", site_month, "/markets/", 2026, 11, 0},
        {"/markets/2026/11/12/", site_month, "/markets/", 2026, 11, 12},
        {"/sitemap/2026/11/1.xml", site_sitemap_month, NULL, 2026, 11, 1},
        {"/sitemap/pages.xml", site_sitemap_pages, NULL, 0, 0, 0},
        {"/markets/", site_place, "/markets/", 0, 0, 0},
        {"/markets", site_place, "/markets", 0, 0, 0},
        {"/2026/13/", site_place, "/2026/13/", 0, 0, 0},
        {"/2026/00/", site_place, "/2026/00/", 0, 0, 0},
        {"/2026/11/03/", site_place, "/2026/11/03/", 0, 0, 0},
        {"/2026/11", site_place, "/2026/11", 0, 0, 0},
        {"/markets/feed.xml/", site_place, "/markets/feed.xml/", 0, 0, 0},
        {"/xfeed.xml", site_place, "/xfeed.xml", 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct place place;
        str file;
        const struct route *route =
            route_find(HTTP_GET, str_of(cases[i].path), &place, &file, /* other_method= */ NULL);
        if (!route || route->page != cases[i].page)
            fail_msg("%s goes to %s", cases[i].path, route ? route->pattern : "nothing");
        if (cases[i].place)
            assert_str(place.path, cases[i].place);
        assert_int_equal(place.year, cases[i].year);
        assert_int_equal(place.month, cases[i].month);
        assert_int_equal(place.part, cases[i].part);
    }
}

static void the_programs_own_paths_are_no_pages(void **state)
{
    struct place place;
    str file;
    const struct route *route =
        route_find(HTTP_GET, S("/static/script.0123.js"), &place, &file, /* other_method= */ NULL);
    assert_non_null(route);
    assert_true(route->fresh == operator_asset);
    assert_str(file, "script.0123.js");
    // The theme's own is answered before this; with a publication's rules it is kept like a page.
    route =
        route_find(HTTP_GET, S("/static/style.0123.css"), &place, &file, /* other_method= */ NULL);
    assert_true(route->page == site_style);
    route = route_find(HTTP_GET, S("/pictures/3f/3f9a0b1c2d3e4f5061728394a5b6c7d8-640.webp"),
                       &place, &file, /* other_method= */ NULL);
    assert_true(route->fresh == pictures_answer);
    assert_str(file, "3f/3f9a0b1c2d3e4f5061728394a5b6c7d8-640.webp");
    route = route_find(HTTP_GET, S("/pictures/of-the-year/"), &place, &file,
                       /* other_method= */ NULL);
    assert_true(route->page == site_place);
    route = route_find(HTTP_GET, S("/-/metrics"), &place, &file, /* other_method= */ NULL);
    assert_true(route->fresh == operator_metrics && route->who == LOCAL);
}

static void a_path_of_another_method_is_told_from_none(void **state)
{
    struct place place;
    str file;
    bool other;
    assert_null(route_find(HTTP_POST, S("/markets/"), &place, &file, &other));
    assert_true(other);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_path_finds_its_route),
        cmocka_unit_test(the_programs_own_paths_are_no_pages),
        cmocka_unit_test(a_path_of_another_method_is_told_from_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
