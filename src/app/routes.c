// The site on one screen: every path it answers, and how.
// SPDX-License-Identifier: Apache-2.0
#include "app/routes.h"

#include "app/operator.h"
#include "app/pictures.h"
#include "app/settings.h"
#include "model/picture.h"
#include "site/pages.h"

// A route without `fresh` is kept in the cache under its path until what it showed changes.
const struct route routes[] = {
    {"GET", "/", site_front},
    {"GET", "/latest/", site_latest},
    {"GET", "/robots.txt", site_robots},
    {"GET", "/sitemap.xml", site_sitemap_index},
    {"GET", "/sitemap/pages.xml", site_sitemap_pages},
    {"GET", "/sitemap/pages/{part}.xml", site_sitemap_pages},
    {"GET", "/sitemap/{year}/{month}/{part}.xml", site_sitemap_month},
    {"GET", "/share/{file}", site_share, .waits = true},
    {"GET", "/icon/{file}", site_icon, .waits = true},
    {"GET", "/favicon.ico", site_icon},
    {"GET", "/manifest.webmanifest", site_manifest},
    {"GET", "/static/style.{file}", site_style},
    {"GET", "/static/{file}", NULL, operator_asset},
    {"GET", "/pictures/{picture}", NULL, pictures_answer},
    {"GET", "/-/newest", site_newest},
    {"POST", "/-/prefs", NULL, settings_change},
    {"GET", "/-/health", NULL, operator_health},
    {"GET", "/-/metrics", NULL, operator_metrics, LOCAL},
    {"GET", "/events/", site_events},
    {"GET", "/events/calendar.ics", site_calendar},
    {"GET", "/events/{year}/", site_events_year},
    {"GET", "{place}event.ics", site_event_calendar},
    {"GET", "/corrections/", site_corrections},
    {"GET", "/corrections/feed.xml", site_corrections_feed},
    {"GET", "/corrections/{year}/", site_corrections_year},
    {"GET", "{place}feed.xml", site_feed},
    {"GET", "{place}archive/", site_archive},
    {"GET", "{place}comments/{part}/", site_comments},
    {"GET", "{place}{year}/{month}/", site_month},
    {"GET", "{place}{year}/{month}/{part}/", site_month},
    {"GET", "{place}versions/", site_versions},
    {"GET", "{place}versions/{newer}/", site_version},
    {"GET", "{place}versions/{older}-{newer}/", site_comparison},
    {"GET", "{place}", site_place},
    {0},
};

// Takes `digits` digits (0: as many as there are, without leading zeros, at most six) off *s.
static bool take_number(str *s, size_t digits, int64_t *out)
{
    size_t n = 0;
    while (n < s->len && n < (digits ? digits : 6) && s->ptr[n] >= '0' && s->ptr[n] <= '9')
        n++;
    if (n == 0 || (digits && n != digits) || (!digits && s->ptr[0] == '0'))
        return false;
    bool good = str_int(str_sub(*s, 0, n), out);
    *s = str_from(*s, n);
    return good;
}

static bool take_literal(str *s, str *pattern)
{
    size_t n = 0;
    while (n < pattern->len && pattern->ptr[n] != '{')
        n++;
    if (!str_starts(*s, str_sub(*pattern, 0, n)))
        return false;
    *s = str_from(*s, n);
    *pattern = str_from(*pattern, n);
    return true;
}

static bool take_file(str *s, str *file)
{
    size_t n = 0;
    while (n < s->len && s->ptr[n] != '/')
        n++;
    *file = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return n > 0;
}

// Only what a file of ours may be called: a section may be called "pictures".
static bool take_picture(str *s, str *file)
{
    *file = *s;
    *s = S("");
    return picture_is_file(*file);
}

// What stands behind {place}: names of fixed shape and literals.
static bool fits(str s, str pattern, struct place *place, str *file)
{
    bool monthly = str_find(pattern, S("{month}")) >= 0;
    while (pattern.len) {
        if (!take_literal(&s, &pattern))
            return false;
        if (!pattern.len)
            break;
        ptrdiff_t end = str_find_char(pattern, '}');
        str name = str_sub(pattern, 1, (size_t)end);
        pattern = str_from(pattern, (size_t)end + 1);
        bool good = str_eq(name, S("year"))      ? take_number(&s, 4, &place->year)
                    : str_eq(name, S("month"))   ? take_number(&s, 2, &place->month)
                    : str_eq(name, S("part"))    ? take_number(&s, 0, &place->part)
                    : str_eq(name, S("older"))   ? take_number(&s, 0, &place->older)
                    : str_eq(name, S("newer"))   ? take_number(&s, 0, &place->newer)
                    : str_eq(name, S("picture")) ? take_picture(&s, file)
                                                 : take_file(&s, file);
        if (!good)
            return false;
    }
    return s.len == 0 && place->month <= 12 && (!monthly || place->month >= 1);
}

// The place is all that stands before the last few segments, as many as the rest of the pattern
// has.
static bool fits_place(str path, str rest, struct place *place, str *file)
{
    if (!rest.len) {
        place->path = path;
        return true;
    }
    size_t slashes = 0, at = path.len;
    for (size_t i = 0; i < rest.len; i++)
        slashes += rest.ptr[i] == '/';
    while (at > 0) {
        if (path.ptr[at - 1] == '/' && slashes-- == 0)
            break;
        at--;
    }
    if (at == 0)
        return false;
    place->path = str_sub(path, 0, at);
    return fits(str_from(path, at), rest, place, file);
}

static bool route_fits(const struct route *route, str path, struct place *place, str *file)
{
    str pattern = str_of(route->pattern);
    *place = (struct place){0};
    *file = S("");
    if (str_starts(pattern, S("{place}")))
        return fits_place(path, str_from(pattern, 7), place, file);
    place->path = path;
    return fits(path, pattern, place, file);
}

const struct route *route_find(enum http_method method, str path, struct place *place, str *file,
                               bool *other_method)
{
    str wanted = method == HTTP_POST ? S("POST") : S("GET");
    if (other_method)
        *other_method = false;
    for (const struct route *route = routes; route->method; route++) {
        if (!route_fits(route, path, place, file))
            continue;
        if (str_eq(str_of(route->method), wanted))
            return route;
        if (other_method)
            *other_method = true;
    }
    return NULL;
}
