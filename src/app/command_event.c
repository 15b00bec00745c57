// Commands on events.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/writing.h"
#include "base/arena.h"
#include "base/file.h"
#include "interop/event_file.h"
#include "model/event.h"
#include "model/path.h"
#include "model/work.h"
#include "text/date.h"
#include "text/zone.h"

enum { FILE_MOST = 2 << 20, LISTED = 50 };

static error read_event(struct invocation *in, struct work *w, str file, struct event *e, str *slug)
{
    struct event_reading reading = {.now = w->now};
    str text;
    try(work_zone(w, &reading.zone));
    try(file_read(in->arena, file, FILE_MOST, &text));
    return event_file_read(in->arena, &reading, file, text, e, slug);
}

static error find_event(struct work *w, str path, int64_t *id)
{
    struct path_target target;
    bool found;
    try(path_find(w, path, &target, &found));
    if (!found || !str_eq(target.kind, S("event")))
        return failure(w->arena, FAULT_NOT_FOUND, path,
                       "is no event's path; \"broadsheet event list\" shows them");
    *id = target.target;
    return NULL;
}

error command_event_add(struct invocation *in)
{
    struct work w;
    struct event event = {.path = S("")};
    str slug;
    try(writing_begin(in, &w));
    error e = read_event(in, &w, in->words[0], &event, &slug);
    if (!e)
        e = event_create(&w, &event, slug);
    return writing_end(in, &w, e, str_join(in->arena, S("announced "), event.path), S(""));
}

error command_event_edit(struct invocation *in)
{
    struct work w;
    struct event event = {0};
    int64_t id = 0;
    str slug;
    try(writing_begin(in, &w));
    error e = find_event(&w, in->words[0], &id);
    if (!e)
        e = read_event(in, &w, in->words[1], &event, &slug);
    event.id = id;
    if (!e)
        e = event_update(&w, &event);
    return writing_end(in, &w, e, str_join(in->arena, S("changed "), in->words[0]),
                       S("nothing changed"));
}

static error remove_event(struct work *w, str path)
{
    struct event event = {.id = 0}; // which event_update does not find either
    bool found;
    int64_t id = 0;
    try(find_event(w, path, &id));
    try(event_by_id(w, id, &event, &found));
    event.status = S("removed");
    event.updated_at = w->now;
    return event_update(w, &event);
}

error command_event_remove(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = remove_event(&w, in->words[0]);
    return writing_end(in, &w, e, str_join(in->arena, S("removed "), in->words[0]),
                       S("it was removed before"));
}

static error print_events(struct invocation *in, struct work *w)
{
    struct list events;
    int64_t most;
    try(given_number(in, "limit", 1, LISTED, &most));
    most = most < EVENTS_LISTED ? most : EVENTS_LISTED;
    try(event_between(w, (instant){INT64_MIN}, INSTANT_NEVER, most, &events));
    for (size_t i = 0; i < events.count; i++) {
        const struct event *e = list_at(&events, struct event, i);
        const struct zone *zone;
        try(zone_open(in->arena, e->zone, &zone));
        printf("%.*s  %.*s  %.*s%s\n", STR(date_text(in->arena, zone, e->starts_at, DATE_FULL)),
               STR(e->path), STR(e->title),
               str_eq(e->status, S("cancelled")) ? "  (cancelled)" : "");
    }
    return NULL;
}

error command_event_list(struct invocation *in)
{
    struct work w;
    try(reading_begin(in, &w));
    error e = print_events(in, &w);
    work_end(&w);
    return e;
}
