// Every correction of the publication, newest first: the page, the years before, the feed.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/version.h"
#include "site/pages.h"
#include "site/versions.h"
#include "site/view_feed.h"
#include "site/view_part.h"
#include "site/view_versions.h"
#include "text/date.h"
#include "text/zone.h"

enum { NEWEST = 50, FEED_ITEMS = 30, YEARS_MOST = 100 };

static const instant BEGINNING = {0}, END = {INT64_MAX};

static str note_path(struct visit *v, const struct correction *row)
{
    return str_join(v->arena, row->path, S("#corrections"));
}

static struct list changes_of(struct visit *v, const struct list *rows)
{
    struct view_change *all = arena_array(v->arena, struct view_change, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const struct correction *row = list_at(rows, struct correction, i);
        all[i] = (struct view_change){
            .label = change_label(row->change_kind),
            .made_text = date_text(v->arena, v->zone, row->made_at, DATE_FULL),
            .made_iso = date_text(v->arena, v->zone, row->made_at, DATE_MACHINE),
            .text = row->note,
            .headline = row->headline,
            .path = note_path(v, row),
        };
        visit_language(v, row->language, &all[i].language, &all[i].direction);
    }
    return (struct list){all, rows->count};
}

// The years that have any, when the page does not show them all.
static error years(struct visit *v, struct view_corrections *page)
{
    instant first;
    bool found;
    if (page->changes.count < NEWEST)
        return NULL;
    try(correction_first(v->work, &first, &found));
    if (!found)
        return NULL;
    int oldest = zone_civil(v->zone, first).year, newest = zone_civil(v->zone, v->work->now).year;
    struct view_link *links = arena_array(v->arena, struct view_link, YEARS_MOST);
    size_t count = 0;
    for (int year = newest; year >= oldest && count < YEARS_MOST; year--)
        links[count++] = (struct view_link){.label = str_format(v->arena, "%d", year),
                                            .path = str_format(v->arena, "/corrections/%d/", year)};
    visit_until_new_year(v);
    page->years = (struct list){links, count};
    page->has_years = true;
    return NULL;
}

// Whether a year without any lies between others and now: it has a page all the same.
static error is_between(struct visit *v, int64_t year, bool *out)
{
    instant first;
    bool found;
    try(correction_first(v->work, &first, &found));
    *out = found && year >= zone_civil(v->zone, first).year &&
           year <= zone_civil(v->zone, v->work->now).year;
    visit_until_new_year(v);
    return NULL;
}

static error show(struct visit *v, str path, struct view_corrections *page, struct rendered *out)
{
    struct view_meta *meta =
        visit_meta(v, page->name, S("What we got wrong, and how we put it right, newest first."),
                   path, "website");
    page->feed_path = S("/corrections/feed.xml");
    page->has_changes = page->changes.count > 0;
    meta->feed_path = page->feed_path;
    meta->feed_title = str_join(v->arena, v->publication.name, S(": Corrections"));
    page->meta = meta;
    try(visit_breadcrumb(v, 0, page->name, path, &page->breadcrumb));
    return visit_show(v, VIEW_CORRECTIONS, page, out);
}

error site_corrections(struct visit *v, struct rendered *out)
{
    struct view_corrections page = {.name = S("Corrections")};
    struct list rows;
    try(correction_list(v->work, BEGINNING, END, NEWEST, &rows));
    page.changes = changes_of(v, &rows);
    try(years(v, &page));
    return show(v, S("/corrections/"), &page, out);
}

error site_corrections_year(struct visit *v, struct rendered *out)
{
    int64_t year = v->place.year;
    struct view_corrections page = {
        .name = str_format(v->arena, "Corrections in %lld", (long long)year)};
    struct list rows;
    bool between = false;
    if (year < 1970)
        return visit_not_found(v, out);
    try(correction_list(v->work, visit_new_year(v, year), visit_new_year(v, year + 1),
                        CORRECTIONS_SHOWN, &rows));
    if (!rows.count)
        try(is_between(v, year, &between));
    if (!rows.count && !between)
        return visit_not_found(v, out);
    page.changes = changes_of(v, &rows);
    return show(v, str_format(v->arena, "/corrections/%lld/", (long long)year), &page, out);
}

error site_corrections_feed(struct visit *v, struct rendered *out)
{
    struct list rows;
    try(correction_list(v->work, BEGINNING, END, FEED_ITEMS, &rows));
    struct view_feed_item *items = arena_array(v->arena, struct view_feed_item, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct correction *row = list_at(&rows, struct correction, i);
        items[i] = (struct view_feed_item){
            .headline = str_format(v->arena, "%.*s: %.*s", STR(change_label(row->change_kind)),
                                   STR(row->headline)),
            .url = visit_url(v, note_path(v, row)),
            .guid =
                str_format(v->arena, "%.*s/story/%lld/version/%lld", STR(v->publication.base_url),
                           (long long)row->story_id, (long long)row->number),
            .published_rfc822 = instant_rfc822(v->arena, row->made_at),
            .excerpt = row->note,
        };
    }
    struct view_feed feed = {
        .title = str_join(v->arena, v->publication.name, S(": Corrections")),
        .url = visit_url(v, S("/corrections/")),
        .self_url = visit_url(v, S("/corrections/feed.xml")),
        .description = S("What we got wrong, and how we put it right."),
        .language = v->publication.language,
        .items = {items, rows.count},
    };
    if (rows.count)
        feed.built_rfc822 = items[0].published_rfc822;
    out->media_type = S("application/rss+xml; charset=utf-8");
    return visit_show(v, VIEW_FEED, &feed, out);
}
