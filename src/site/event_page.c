// Events: what is coming, what was, one event's page, and calendars.
// SPDX-License-Identifier: Apache-2.0
#include "model/event.h"

#include "base/arena.h"
#include "base/buf.h"
#include "model/path.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/view_event.h"
#include "site/view_part.h"
#include "text/date.h"
#include "text/excerpt.h"
#include "text/ics.h"
#include "text/plain.h"
#include "text/url.h"
#include "text/zone.h"

enum {
    UPCOMING_SHOWN = 200,
    PAST_SHOWN = 6,
    DESCRIPTION_MOST = 160,
    CALENDAR_WORDS = 600, // characters of an event's text in a calendar
    CALENDAR_MOST = 8 << 20,
};

#define EVENTS S("/events/")

static str kind_label(str kind)
{
    static const struct {
        const char *kind, *label;
    } labels[] = {{"programme", "Programme"},
                  {"webinar", "Webinar"},
                  {"training", "Training"},
                  {"conference", "Conference"},
                  {"meeting", "Meeting"}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq(kind, str_of(labels[i].kind)))
            return str_of(labels[i].label);
    return S("");
}

// ---- times, by the event's own clocks

static bool one_day(const struct zone *zone, const struct event *e)
{
    struct civil a = zone_civil(zone, e->starts_at), b = zone_civil(zone, e->ends_at);
    return a.year == b.year && a.month == b.month && a.day == b.day;
}

// "14:05" of "14:05 GMT".
static str clock_of(str time)
{
    return str_cut(&time, ' ');
}

// "11 to 12 January 2027": the first day says no more than the last one does not.
static str days_of(struct arena *a, const struct zone *zone, const struct event *e)
{
    struct civil from = zone_civil(zone, e->starts_at), to = zone_civil(zone, e->ends_at);
    str first = date_text(a, zone, e->starts_at, DATE_DAY);
    str last = date_text(a, zone, e->ends_at, DATE_DAY);
    if (from.year == to.year && from.month == to.month)
        first = str_format(a, "%d", from.day);
    else if (from.year == to.year)
        first = str_sub(first, 0, first.len - S(" 2027").len);
    return str_format(a, "%.*s to %.*s", STR(first), STR(last));
}

static error tell_times(struct visit *v, const struct event *e, struct view_event_card *out)
{
    struct arena *a = v->arena;
    const struct zone *zone;
    try(zone_open(a, e->zone, &zone));
    str start = date_text(a, zone, e->starts_at, DATE_TIME);
    str end = date_text(a, zone, e->ends_at, DATE_TIME);
    out->starts_iso = date_text(a, zone, e->starts_at, DATE_MACHINE);
    out->ends_iso = date_text(a, zone, e->ends_at, DATE_MACHINE);
    out->day_number = str_format(a, "%d", zone_civil(zone, e->starts_at).day);
    out->month_short = str_sub(date_text(a, zone, e->starts_at, DATE_MONTH), 0, 3);
    if (one_day(zone, e)) {
        out->day_text = date_text(a, zone, e->starts_at, DATE_WEEKDAY);
        out->time_text = str_format(a, "%.*s to %.*s", STR(clock_of(start)), STR(end));
    } else {
        out->day_text = days_of(a, zone, e);
        out->time_text = str_format(a, "from %.*s", STR(start));
    }
    return NULL;
}

static error show_card(struct visit *v, const struct event *e, struct view_event_card *out)
{
    *out = (struct view_event_card){
        .path = e->path,
        .title = e->title,
        .kind_label = kind_label(e->kind),
        .summary = e->summary,
        .place = e->place,
        .price = e->price,
        .is_online = e->online_url.len > 0,
        .is_cancelled = str_eq(e->status, S("cancelled")),
    };
    return tell_times(v, e, out);
}

static error show_cards(struct visit *v, const struct list *events, struct list *cards)
{
    struct view_event_card *all = arena_array(v->arena, struct view_event_card, events->count);
    for (size_t i = 0; i < events->count; i++)
        try(show_card(v, list_at(events, struct event, i), &all[i]));
    *cards = (struct list){all, events->count};
    return NULL;
}

// ---- the list

static struct list by_month(struct visit *v, const struct list *events, const struct list *cards)
{
    struct view_event_month *months = arena_array(v->arena, struct view_event_month, events->count);
    size_t count = 0;
    for (size_t i = 0; i < events->count; i++) {
        str label =
            date_text(v->arena, v->zone, list_at(events, struct event, i)->starts_at, DATE_MONTH);
        if (count == 0 || !str_eq(months[count - 1].label, label))
            months[count++] =
                (struct view_event_month){label, {list_at(cards, struct view_event_card, i), 0}};
        months[count - 1].events.count++;
    }
    return (struct list){months, count};
}

static str year_path(struct visit *v, int year)
{
    return str_format(v->arena, "/events/%04d/", year);
}

// Each year that an event began in, the last first.
static error years(struct visit *v, struct list *links, bool *any)
{
    struct list all;
    try(event_between(v->work, (instant){INT64_MIN}, INSTANT_NEVER, EVENTS_LISTED, &all));
    struct view_link *found = arena_array(v->arena, struct view_link, all.count);
    size_t count = 0;
    int last = 0;
    for (size_t i = 0; i < all.count; i++) {
        int year = zone_civil(v->zone, list_at(&all, struct event, i)->starts_at).year;
        if (count == 0 || year != last)
            found[count++] = (struct view_link){.label = str_format(v->arena, "%d", year),
                                                .path = year_path(v, year)};
        last = year;
    }
    *any = all.count > 0;
    *links = (struct list){found, count};
    return NULL;
}

// What the newsroom put there itself comes before what the program shows.
static error taken(struct visit *v, bool *yes)
{
    struct path_target target;
    return path_find(v->work, v->place.path, &target, yes);
}

error site_events(struct visit *v, struct rendered *out)
{
    struct list upcoming, past, cards;
    bool yes;
    struct view_events page = {.name = S("Events"), .calendar_path = S("/events/calendar.ics")};
    try(taken(v, &yes));
    if (yes)
        return site_place(v, out);
    try(years(v, &page.years, &yes));
    if (!yes)
        return visit_not_found(v, out);
    try(event_upcoming(v->work, UPCOMING_SHOWN, &upcoming));
    try(show_cards(v, &upcoming, &cards));
    page.months = by_month(v, &upcoming, &cards);
    page.has_months = page.months.count > 0;
    try(event_past(v->work, PAST_SHOWN, &past));
    try(show_cards(v, &past, &page.past));
    page.has_past = past.count > 0;
    page.meta =
        visit_meta(v, page.name, S("Programmes, webinars and trainings."), EVENTS, "website");
    try(visit_breadcrumb(v, 0, page.name, EVENTS, &page.breadcrumb));
    return visit_show(v, VIEW_EVENTS, &page, out);
}

error site_events_year(struct visit *v, struct rendered *out)
{
    struct list events;
    bool yes;
    int year = (int)v->place.year;
    struct view_events page = {.name = str_format(v->arena, "Events of %d", year),
                               .calendar_path = S("/events/calendar.ics")};
    try(taken(v, &yes));
    if (yes)
        return site_place(v, out);
    struct civil first = {.year = year, .month = 1, .day = 1}, next = first;
    next.year++;
    try(event_between(v->work, zone_instant(v->zone, first), zone_instant(v->zone, next),
                      EVENTS_LISTED, &events));
    if (!events.count)
        return visit_not_found(v, out);
    try(show_cards(v, &events, &page.past));
    page.has_past = page.is_year = true;
    try(years(v, &page.years, &yes));
    for (size_t i = 0; i < page.years.count; i++) {
        struct view_link *link = list_at(&page.years, struct view_link, i);
        link->current = str_eq(link->path, year_path(v, year));
    }
    page.meta = visit_meta(v, page.name, S(""), year_path(v, year), "website");
    try(visit_breadcrumb(v, 0, page.name, year_path(v, year), &page.breadcrumb));
    return visit_show(v, VIEW_EVENTS, &page, out);
}

// ---- one event

static struct view_crumb *crumb(struct list *crumbs, size_t i)
{
    return list_at(crumbs, struct view_crumb, i);
}

// Publication › Events › this one.
static error breadcrumb(struct visit *v, const struct event *e, struct list *crumbs)
{
    struct list two;
    try(visit_breadcrumb(v, 0, e->title, e->path, &two));
    struct view_crumb *all = arena_array(v->arena, struct view_crumb, 3);
    all[0] = *crumb(&two, 0);
    all[1] = (struct view_crumb){.position = 2, .label = S("Events"), .path = EVENTS};
    all[2] = *crumb(&two, 1);
    all[2].position = 3;
    *crumbs = (struct list){all, 3};
    return NULL;
}

// The page says that an event is over from its end on.
static bool is_over(struct visit *v, const struct event *e)
{
    if (e->ends_at.ms <= v->work->now.ms)
        return true;
    keyset_fresh_until(&v->work->reads, e->ends_at);
    return false;
}

error site_event(struct visit *v, int64_t id, struct rendered *out)
{
    struct event e;
    bool found;
    try(event_by_id(v->work, id, &e, &found));
    if (!found)
        return visit_not_found(v, out);
    if (str_eq(e.status, S("removed")))
        return visit_error(v, 410, S("This event has been removed"),
                           S("It was announced here and is no longer."), out);
    struct view_event page = {
        .organiser = e.organiser,
        .online_url = e.online_url,
        .online_host = url_host(e.online_url),
        .signup_url = e.signup_url,
        .is_over = is_over(v, &e),
        .is_offline = e.place.len > 0 || !e.online_url.len,
        .body = e.body,
        .calendar_path = str_join(v->arena, e.path, S("event.ics")),
    };
    struct view_event_card *card = arena_make(v->arena, struct view_event_card);
    try(show_card(v, &e, card));
    page.event = card;
    str description = e.summary.len
                          ? e.summary
                          : excerpt_from(v->arena, plain_from(v->arena, e.body), DESCRIPTION_MOST);
    struct view_meta *meta = visit_meta(v, e.title, description, e.path, "website");
    page.meta = meta;
    if (e.body.text.len)
        look_text_font(v, meta);
    try(visit_shared_picture(v, e.picture_id, &page.picture, meta));
    try(breadcrumb(v, &e, &page.breadcrumb));
    return visit_show(v, VIEW_EVENT, &page, out);
}

// ---- calendars

static void add_event(struct visit *v, struct buf *out, const struct event *e)
{
    str words = excerpt_from(v->arena, plain_from(v->arena, e->body), CALENDAR_WORDS);
    str host = url_host(v->publication.base_url);
    ics_open(out, S("VEVENT"));
    ics_text(out, S("UID"), str_format(v->arena, "event-%lld@%.*s", (long long)e->id, STR(host)));
    ics_instant(out, S("DTSTAMP"), e->updated_at);
    ics_instant(out, S("LAST-MODIFIED"), e->updated_at);
    ics_instant(out, S("DTSTART"), e->starts_at);
    ics_instant(out, S("DTEND"), e->ends_at);
    ics_text(out, S("SUMMARY"), e->title);
    ics_text(out, S("DESCRIPTION"), e->summary.len ? e->summary : words);
    ics_text(out, S("LOCATION"), e->place.len ? e->place : e->online_url);
    ics_line(out, S("URL"), visit_url(v, e->path));
    ics_text(out, S("CATEGORIES"), kind_label(e->kind));
    ics_line(out, S("STATUS"), str_eq(e->status, S("cancelled")) ? S("CANCELLED") : S("CONFIRMED"));
    ics_close(out, S("VEVENT"));
}

static error show_calendar(struct visit *v, str name, const struct list *events,
                           struct rendered *out)
{
    struct buf text = buf_new(v->arena, CALENDAR_MOST);
    ics_open(&text, S("VCALENDAR"));
    ics_line(&text, S("VERSION"), S("2.0"));
    ics_line(&text, S("PRODID"), S("-//Broadsheet//Events//EN"));
    ics_line(&text, S("CALSCALE"), S("GREGORIAN"));
    ics_line(&text, S("METHOD"), S("PUBLISH"));
    ics_text(&text, S("X-WR-CALNAME"), name);
    for (size_t i = 0; i < events->count; i++)
        add_event(v, &text, list_at(events, struct event, i));
    ics_close(&text, S("VCALENDAR"));
    if (text.overflow)
        return failure(v->arena, FAULT_LIMIT, v->path, "the calendar would be larger than 8 MiB");
    out->status = 200;
    out->media_type = S("text/calendar; charset=utf-8");
    out->parts[0] = buf_str(&text);
    return NULL;
}

error site_calendar(struct visit *v, struct rendered *out)
{
    struct list events;
    try(event_between(v->work, (instant){INT64_MIN}, INSTANT_NEVER, EVENTS_LISTED, &events));
    if (!events.count)
        return visit_not_found(v, out);
    return show_calendar(v, str_format(v->arena, "%.*s: events", STR(v->publication.name)), &events,
                         out);
}

error site_event_calendar(struct visit *v, struct rendered *out)
{
    struct path_target target;
    struct event e;
    bool found;
    try(path_find(v->work, v->place.path, &target, &found));
    if (found && str_eq(target.kind, S("event")))
        try(event_by_id(v->work, target.target, &e, &found));
    else
        found = false;
    if (!found || str_eq(e.status, S("removed")))
        return visit_not_found(v, out);
    struct list one = {&e, 1};
    return show_calendar(v, e.title, &one, out);
}
