// Events: programmes, webinars, trainings.
// SPDX-License-Identifier: Apache-2.0
#include "model/event.h"

#include "model/check.h"
#include "model/path.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"
#include "text/zone.h"

FIELDS(event_fields, struct event, "event", FIELD(struct event, id), FIELD(struct event, path),
       FIELD(struct event, kind), FIELD(struct event, status), FIELD(struct event, title),
       FIELD(struct event, summary), FIELD(struct event, starts_at), FIELD(struct event, ends_at),
       FIELD(struct event, zone), FIELD(struct event, place), FIELD(struct event, online_url),
       FIELD(struct event, organiser), FIELD(struct event, price), FIELD(struct event, signup_url),
       FIELD(struct event, picture_id), FIELD(struct event, body), FIELD(struct event, updated_at));

#define WHERE S("event")
#define LIST S("events")

enum { SLUG_MOST = 80, DAY_MS = 24 * 60 * 60 * 1000 };

struct number {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number, "number", FIELD(struct number, number));

// ---- reading

static error find(struct work *w, int64_t id, struct event *out, bool *found)
{
    struct event row = {0};
    try(db_one(w->conn, w->arena, SQL_EVENT_BY_ID, ARGS(V(id)), &event_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

error event_by_id(struct work *w, int64_t id, struct event *out, bool *found)
{
    key_facet(&w->reads, "event", id, "page");
    return find(w, id, out, found);
}

// What has ended and what has not is another matter from the next end on.
static error read_clock(struct work *w)
{
    struct number end = {0};
    bool found;
    keyset_add(&w->reads, LIST);
    try(db_one(w->conn, w->arena, SQL_EVENT_NEXT_END, ARGS(V(w->now)), &number_fields, &end,
               &found));
    if (found && end.number)
        keyset_fresh_until(&w->reads, (instant){end.number});
    return NULL;
}

error event_upcoming(struct work *w, int64_t most, struct list *events)
{
    try(read_clock(w));
    return db_list(w->conn, w->arena, SQL_EVENT_UPCOMING, ARGS(V(w->now), V(most)), &event_fields,
                   events);
}

error event_past(struct work *w, int64_t most, struct list *events)
{
    try(read_clock(w));
    return db_list(w->conn, w->arena, SQL_EVENT_PAST, ARGS(V(w->now), V(most)), &event_fields,
                   events);
}

error event_between(struct work *w, instant from, instant to, int64_t most, struct list *events)
{
    keyset_add(&w->reads, LIST);
    return db_list(w->conn, w->arena, SQL_EVENT_BETWEEN, ARGS(V(from), V(to), V(most)),
                   &event_fields, events);
}

// ---- writing

static error check_word(struct work *w, const char *what, str word, const char *const *known)
{
    for (size_t i = 0; known[i]; i++)
        if (str_eq(word, str_of(known[i])))
            return NULL;
    return failure(w->arena, FAULT_INPUT, WHERE, "\"%.*s\" is no %s of an event",
                   STR(str_sub(word, 0, 80)), what);
}

static error check_times(struct work *w, const struct event *e)
{
    const struct zone *zone;
    if (e->ends_at.ms <= e->starts_at.ms)
        return failure(w->arena, FAULT_INPUT, WHERE, "it ends before it starts");
    if (e->ends_at.ms - e->starts_at.ms > (int64_t)EVENT_DAYS_MOST * DAY_MS)
        return failure(w->arena, FAULT_INPUT, WHERE, "it takes more than %d days", EVENT_DAYS_MOST);
    return zone_open(w->arena, e->zone, &zone);
}

static error check(struct work *w, const struct event *e)
{
    static const char *const kinds[] = {"programme",  "webinar", "training",
                                        "conference", "meeting", NULL};
    static const char *const statuses[] = {"planned", "cancelled", "removed", NULL};
    try(check_word(w, "kind", e->kind, kinds));
    try(check_word(w, "status", e->status, statuses));
    try(check_line(w, WHERE, "title", e->title, LINE_MOST));
    try(check_text(w, WHERE, "summary", e->summary, DESCRIPTION_MOST));
    try(check_text(w, WHERE, "place", e->place, LINE_MOST));
    try(check_text(w, WHERE, "organiser", e->organiser, LINE_MOST));
    try(check_text(w, WHERE, "price", e->price, LINE_MOST));
    try(check_address(w, WHERE, "online address", e->online_url));
    try(check_address(w, WHERE, "sign-up address", e->signup_url));
    try(check_text(w, WHERE, "body", e->body.text, EVENT_BODY_MOST));
    return check_times(w, e);
}

static error complete(struct work *w, struct event *e)
{
    const struct zone *zone;
    str *texts[] = {&e->summary, &e->place,      &e->online_url, &e->organiser,
                    &e->price,   &e->signup_url, &e->body.text};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!texts[i]->ptr)
            *texts[i] = S("");
    if (!e->status.len)
        e->status = S("planned");
    if (!e->kind.len)
        e->kind = S("meeting");
    if (!e->zone.len) {
        try(work_zone(w, &zone));
        e->zone = zone_name(zone);
    }
    if (!e->updated_at.ms)
        e->updated_at = w->now;
    return check(w, e);
}

static value picture(const struct event *e)
{
    return e->picture_id ? V(e->picture_id) : VALUE_NONE;
}

static void name_event(struct work *w, int64_t id)
{
    key_facet(&w->writes, "event", id, "page");
    keyset_add(&w->writes, LIST);
}

error event_create(struct work *w, struct event *e, str slug)
{
    struct event row = {0}, made = *e;
    bool found = false;
    try(complete(w, &made));
    slug = slug.len ? slug : slug_from(w->arena, made.title, SLUG_MOST);
    if (!slug_valid(slug))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the slug \"%.*s\" is not of small letters, digits and single dashes",
                       STR(str_sub(slug, 0, 120)));
    try(path_free(w, S("/events/"), slug, &made.path));
    try(db_one(w->conn, w->arena, SQL_EVENT_CREATE,
               ARGS(V(made.path), V(made.kind), V(made.status), V(made.title), V(made.summary),
                    V(made.starts_at), V(made.ends_at), V(made.zone), V(made.place),
                    V(made.online_url), V(made.organiser), V(made.price), V(made.signup_url),
                    picture(&made), V(made.body), V(made.updated_at)),
               &event_fields, &row, &found));
    made.id = row.id;
    try(path_claim(w, made.path, S("event"), made.id));
    name_event(w, made.id);
    *e = made;
    return NULL;
}

static bool same(const struct event *a, const struct event *b)
{
    return str_eq(a->kind, b->kind) && str_eq(a->status, b->status) && str_eq(a->title, b->title) &&
           str_eq(a->summary, b->summary) && a->starts_at.ms == b->starts_at.ms &&
           a->ends_at.ms == b->ends_at.ms && str_eq(a->zone, b->zone) &&
           str_eq(a->place, b->place) && str_eq(a->online_url, b->online_url) &&
           str_eq(a->organiser, b->organiser) && str_eq(a->price, b->price) &&
           str_eq(a->signup_url, b->signup_url) && a->picture_id == b->picture_id &&
           str_eq(a->body.text, b->body.text);
}

error event_update(struct work *w, struct event *e)
{
    struct event has = {0}, made = *e;
    bool found = false;
    try(complete(w, &made));
    try(find(w, e->id, &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no event %lld",
                       (long long)e->id);
    made.path = has.path;
    if (!same(&has, &made)) {
        try(db_run(w->conn, w->arena, SQL_EVENT_UPDATE,
                   ARGS(V(made.id), V(made.kind), V(made.status), V(made.title), V(made.summary),
                        V(made.starts_at), V(made.ends_at), V(made.zone), V(made.place),
                        V(made.online_url), V(made.organiser), V(made.price), V(made.signup_url),
                        picture(&made), V(made.body), V(made.updated_at)),
                   NULL));
        name_event(w, made.id);
    }
    *e = made;
    return NULL;
}
