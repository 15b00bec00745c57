// Sitemaps 0.9: an index, one file a month of stories, one of everything else; and robots.txt.
// SPDX-License-Identifier: Apache-2.0
#include "model/sitemap.h"
#include "base/arena.h"
#include "base/buf.h"
#include "model/archive.h"
#include "model/event.h"
#include "model/page.h"
#include "model/path.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"
#include "site/pages.h"
#include "site/subject.h"
#include "site/view_feed.h"
#include "text/date.h"

enum { ROWS_MOST = 50000 }; // addresses a file, as the protocol allows

static const struct list_of EVERYTHING = {LIST_ALL, 0};

static error show(struct visit *v, enum view view, struct view_sitemap_row *rows, size_t count,
                  struct rendered *out)
{
    struct view_sitemap sitemap = {{rows, count}};
    out->media_type = S("application/xml; charset=utf-8");
    return visit_show(v, view, &sitemap, out);
}

static str file_path(struct visit *v, int64_t month, size_t file)
{
    return str_format(v->arena, "/sitemap/%04lld/%02lld/%zu.xml", (long long)(month / 100),
                      (long long)(month % 100), file);
}

// The files of a month with so many parts, newest first, as the months are.
static void add_files(struct visit *v, struct view_sitemap_row *rows, size_t *count, int64_t month,
                      size_t parts)
{
    for (size_t file = (parts + SITEMAP_PARTS - 1) / SITEMAP_PARTS; file > 0; file--)
        if (*count < ROWS_MOST)
            rows[(*count)++].url = visit_url(v, file_path(v, month, file));
}

error site_sitemap_index(struct visit *v, struct rendered *out)
{
    struct list parts;
    try(archive_parts(v->work, EVERYTHING, &parts));
    int64_t files;
    try(sitemap_files(v->work, &files));
    // Hardly more than a file for each part: the protocol ends an index at so many.
    size_t room = parts.count + (size_t)files < ROWS_MOST ? parts.count + (size_t)files : ROWS_MOST;
    struct view_sitemap_row *rows = arena_array(v->arena, struct view_sitemap_row, room);
    size_t count = 0, first = 0;
    rows[count++].url = visit_url(v, S("/sitemap/pages.xml"));
    for (int64_t file = 2; file <= files && count < ROWS_MOST; file++)
        rows[count++].url =
            visit_url(v, str_format(v->arena, "/sitemap/pages/%lld.xml", (long long)file));
    for (size_t i = 0; i < parts.count; i++) {
        int64_t month = list_at(&parts, struct archive_part, i)->month;
        bool last =
            i + 1 == parts.count || list_at(&parts, struct archive_part, i + 1)->month != month;
        if (!last)
            continue;
        add_files(v, rows, &count, month, i + 1 - first);
        first = i + 1;
    }
    return show(v, VIEW_SITEMAP_INDEX, rows, count, out);
}

// The stretch of the archive that a month's file covers; `parts` are the month's, newest first.
static bool stretch(const struct list *parts, size_t file, rank *low, rank *high)
{
    size_t first = (file - 1) * SITEMAP_PARTS, end = first + SITEMAP_PARTS;
    if (first >= parts->count)
        return false;
    if (end > parts->count)
        end = parts->count;
    const struct archive_part *newest = list_at(parts, struct archive_part, parts->count - end);
    const struct archive_part *oldest =
        list_at(parts, struct archive_part, parts->count - 1 - first);
    *high = (rank){newest->high_at, newest->high_id};
    *low = (rank){oldest->low_at, oldest->low_id};
    return true;
}

error site_sitemap_month(struct visit *v, struct rendered *out)
{
    struct list parts, stories;
    rank low, high;
    int64_t month = v->place.year * 100 + v->place.month;
    try(archive_parts_of(v->work, EVERYTHING, month, &parts));
    if (!stretch(&parts, (size_t)v->place.part, &low, &high))
        return visit_not_found(v, out);
    try(sitemap_stories(v->work, high, low, ROWS_MOST, &stories));
    struct view_sitemap_row *rows = arena_array(v->arena, struct view_sitemap_row, stories.count);
    for (size_t i = 0; i < stories.count; i++) {
        const struct sitemap_story *story = list_at(&stories, struct sitemap_story, i);
        rows[i] = (struct view_sitemap_row){
            visit_url(v, story->path),
            date_text(v->arena, v->zone, story->updated_at, DATE_MACHINE)};
    }
    return show(v, VIEW_SITEMAP, rows, stories.count, out);
}

// Rows of what has ids above `after`, one file's worth.
struct rows {
    struct view_sitemap_row *all;
    size_t count;
    int64_t after;
};

static void add(struct visit *v, struct rows *rows, int64_t id, str path)
{
    bool here = id > rows->after && id <= rows->after + SITEMAP_IDS;
    if (here && rows->count < ROWS_MOST)
        rows->all[rows->count++].url = visit_url(v, path);
}

// Few and all in the first file, whatever their ids.
static error add_events(struct visit *v, struct rows *rows)
{
    struct list found;
    try(event_between(v->work, (instant){INT64_MIN}, INSTANT_NEVER, EVENTS_LISTED, &found));
    if (found.count)
        add(v, rows, 1, S("/events/"));
    for (size_t i = 0; i < found.count; i++)
        add(v, rows, 1, list_at(&found, struct event, i)->path);
    return NULL;
}

// The pages of kinds that have stories; a path of the newsroom's own is among the others.
static error add_kinds(struct visit *v, struct rows *rows)
{
    for (const char *const *path = subject_kind_paths; *path; path++) {
        struct path_target target;
        struct subject kind;
        struct list months;
        bool found;
        try(path_find(v->work, str_of(*path), &target, &found));
        if (found || !subject_of_kind(str_of(*path), &kind))
            continue;
        try(archive_month_list(v->work, kind.list, MONTH_HIGHEST, 1, &months));
        if (months.count)
            add(v, rows, 1, kind.path);
    }
    return NULL;
}

// The front, sections, kinds of story, static pages, topics, authors and events: the first file, or
// v->place.part.
error site_sitemap_pages(struct visit *v, struct rendered *out)
{
    struct rows rows = {arena_array(v->arena, struct view_sitemap_row, ROWS_MOST), 0, 0};
    struct list found;
    int64_t files, part = v->place.part ? v->place.part : 1;
    try(sitemap_files(v->work, &files));
    if (part > files || v->place.part == 1)
        return visit_not_found(v, out);
    rows.after = (part - 1) * SITEMAP_IDS;
    if (part == 1) {
        add(v, &rows, 1, S("/"));
        add(v, &rows, 1, S("/corrections/"));
    }
    try(section_list(v->work, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct section_card *card = list_at(&found, struct section_card, i);
        add(v, &rows, card->id, card->path);
    }
    if (part == 1)
        try(add_kinds(v, &rows));
    try(page_list(v->work, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct page_card *card = list_at(&found, struct page_card, i);
        add(v, &rows, card->id, card->path);
    }
    try(topic_list(v->work, rows.after, SITEMAP_IDS, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct topic_card *card = list_at(&found, struct topic_card, i);
        add(v, &rows, card->id, card->path);
    }
    try(person_list(v->work, rows.after, SITEMAP_IDS, &found));
    for (size_t i = 0; i < found.count; i++) {
        const struct person_card *card = list_at(&found, struct person_card, i);
        add(v, &rows, card->id, card->path);
    }
    if (part == 1)
        try(add_events(v, &rows));
    return show(v, VIEW_SITEMAP, rows.all, rows.count, out);
}

error site_robots(struct visit *v, struct rendered *out)
{
    struct view_robots robots = {v->publication.base_url};
    out->media_type = S("text/plain; charset=utf-8");
    return visit_show(v, VIEW_ROBOTS, &robots, out);
}
