// Older stories: by month, at addresses that keep.
// SPDX-License-Identifier: Apache-2.0
#include "site/archive.h"

#include "base/arena.h"
#include "model/archive.h"
#include "site/pages.h"
#include "site/subject.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/date.h"

enum { RAIL_MONTHS = 12 };

static str month_label(struct visit *v, int64_t month)
{
    struct civil middle = {.year = (int)(month / 100), .month = (int)(month % 100), .day = 15};
    return date_text(v->arena, v->zone, instant_of_civil(middle, 0), DATE_MONTH);
}

static str month_path(struct visit *v, str path, int64_t month)
{
    return str_format(v->arena, "%.*s%04lld/%02lld/", STR(path), (long long)(month / 100),
                      (long long)(month % 100));
}

static struct view_link month_link(struct visit *v, str path, int64_t month)
{
    return (struct view_link){.label = month_label(v, month), .path = month_path(v, path, month)};
}

error archive_months(struct visit *v, struct list_of list, str path, int64_t before, int64_t most,
                     struct list *links)
{
    struct list months;
    try(archive_month_list(v->work, list, before, most, &months));
    struct view_link *all = arena_array(v->arena, struct view_link, months.count);
    for (size_t i = 0; i < months.count; i++)
        all[i] = month_link(v, path, list_at(&months, struct archive_month, i)->month);
    *links = (struct list){all, months.count};
    return NULL;
}

error archive_rail(struct visit *v, struct list_of list, str name, str path, int64_t before,
                   const struct view_rail **out)
{
    struct view_rail *rail = arena_make(v->arena, struct view_rail);
    *rail = (struct view_rail){
        .heading = before == MONTH_HIGHEST ? S("By month") : S("Earlier"),
        .archive_path = str_join(v->arena, path, S("archive/")),
        .feed_path = str_join(v->arena, path, S("feed.xml")),
        .feed_label = str_format(v->arena, "Feed of %.*s (RSS)", STR(name)),
    };
    try(archive_months(v, list, path, before, RAIL_MONTHS, &rail->months));
    rail->has_months = rail->months.count > 0;
    *out = rail;
    return NULL;
}

// ---- the index of months

static struct list years_of(struct visit *v, const struct list *months)
{
    struct view_year *years = arena_array(v->arena, struct view_year, months->count);
    struct view_link *links = months->rows;
    size_t count = 0;
    for (size_t i = 0; i < months->count; i++) {
        // The year is the last word of the label: November 2026.
        str label = str_from(links[i].label, links[i].label.len - 4);
        if (count == 0 || !str_eq(years[count - 1].label, label))
            years[count++] = (struct view_year){.label = label, .months = {links + i, 0}};
        years[count - 1].months.count++;
    }
    return (struct list){years, count};
}

error site_archive(struct visit *v, struct rendered *out)
{
    struct subject subject;
    struct list months;
    bool found;
    try(subject_find(v, &subject, &found));
    if (!found)
        return visit_not_found(v, out);
    struct view_archive_index page = {
        .name = str_format(v->arena, "%.*s: the archive", STR(subject.name))};
    str path = str_join(v->arena, subject.path, S("archive/"));
    page.meta = visit_meta(v, page.name, S(""), path, "website");
    try(visit_breadcrumb(v, subject.section_id, S("Archive"), path, &page.breadcrumb));
    try(archive_months(v, subject.list, subject.path, MONTH_HIGHEST, INT32_MAX, &months));
    page.years = years_of(v, &months);
    page.has_years = page.years.count > 0;
    return visit_show(v, VIEW_ARCHIVE_INDEX, &page, out);
}

// ---- one month

struct month {
    struct subject subject;
    struct archive_part part;
    struct list parts; // of the month, newest first
};

static str part_path(struct visit *v, const struct month *m, const struct archive_part *part,
                     bool newest)
{
    str path = month_path(v, m->subject.path, part->month);
    return newest ? path : str_format(v->arena, "%.*s%lld/", STR(path), (long long)part->part);
}

// The parts of this month as links: "1 to 12 November" would need their stories; they are numbered.
static struct list part_links(struct visit *v, const struct month *m)
{
    size_t count = m->parts.count;
    struct view_link *links = arena_array(v->arena, struct view_link, count);
    for (size_t i = 0; i < count; i++) {
        const struct archive_part *part = list_at(&m->parts, struct archive_part, i);
        links[i] = (struct view_link){
            .label = i == 0 ? S("Newest") : str_format(v->arena, "Part %zu", count - i),
            .path = part_path(v, m, part, i == 0),
            .current = part->part == m->part.part,
        };
    }
    return (struct list){links, count > 1 ? count : 0};
}

// The months before and after this one.
static error month_pager(struct visit *v, const struct month *m, const struct view_pager **out)
{
    struct view_pager *pager = arena_make(v->arena, struct view_pager);
    struct view_link *links = arena_array(v->arena, struct view_link, 2);
    struct archive_month newer;
    struct list older;
    bool found;
    try(archive_month_newer(v->work, m->subject.list, m->part.month, &newer, &found));
    if (found) {
        links[0] = month_link(v, m->subject.path, newer.month);
        pager->newer = &links[0];
    }
    try(archive_month_list(v->work, m->subject.list, m->part.month, 1, &older));
    if (older.count) {
        links[1] = month_link(v, m->subject.path, list_at(&older, struct archive_month, 0)->month);
        pager->older = &links[1];
    }
    if (found || older.count)
        *out = pager;
    return NULL;
}

static error show_month(struct visit *v, const struct month *m, struct rendered *out)
{
    struct list cards;
    struct view_month page = {
        .name = str_format(v->arena, "%.*s, %.*s", STR(m->subject.name),
                           STR(month_label(v, m->part.month))),
    };
    str path = part_path(v, m, &m->part, v->place.part == 0);
    page.meta = visit_meta(v, page.name, S(""), path, "website");
    try(visit_breadcrumb(v, m->subject.section_id, month_label(v, m->part.month), path,
                         &page.breadcrumb));
    try(archive_cards(v->work, m->subject.list, &m->part, &cards));
    page.cards = visit_cards_within(v, &cards, m->subject.section_id);
    page.has_cards = cards.count > 0;
    page.parts = part_links(v, m);
    page.has_parts = page.parts.count > 0;
    try(month_pager(v, m, &page.pager));
    try(archive_rail(v, m->subject.list, m->subject.name, m->subject.path, m->part.month,
                     &page.rail));
    return visit_show(v, VIEW_MONTH, &page, out);
}

error site_month(struct visit *v, struct rendered *out)
{
    struct month m = {0};
    struct archive_part newest;
    bool found;
    int64_t number = v->place.year * 100 + v->place.month;
    try(subject_find(v, &m.subject, &found));
    if (found)
        try(archive_part_one(v->work, m.subject.list, number, v->place.part, &m.part, &found));
    if (!found)
        return visit_not_found(v, out);
    // The newest part stands at the month's own address, until another is begun.
    if (v->place.part) {
        try(archive_part_one(v->work, m.subject.list, number, 0, &newest, &found));
        if (newest.part == m.part.part)
            return visit_redirect(v, 302, month_path(v, m.subject.path, number), out);
    }
    try(archive_parts_of(v->work, m.subject.list, number, &m.parts));
    return show_month(v, &m, out);
}
