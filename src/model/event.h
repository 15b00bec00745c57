// Events: programmes, webinars, trainings.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct work;

enum {
    EVENT_BODY_MOST = 1024 * 1024, // bytes
    EVENT_DAYS_MOST = 400,         // from its start to its end
    EVENTS_LISTED = 1000,
};

// At most 500 bytes of title and organiser, 4000 of summary, 500 of place and price.
struct event {
    int64_t id;
    str path;   // "/events/autumn-briefing/": fixed when it is announced
    str kind;   // programme webinar training conference meeting
    str status; // planned (as empty is), cancelled, removed
    str title;
    str summary;
    instant starts_at, ends_at;
    str zone;       // whose clocks its times are shown by; empty: the publication's
    str place;      // empty: online only
    str online_url; // empty: not online
    str organiser;
    str price; // in words
    str signup_url;
    int64_t picture_id; // 0: none
    html body;          // clean
    instant updated_at;
};
extern const struct fields event_fields;

error event_by_id(struct work *w, int64_t id, struct event *out, bool *found) fallible;

// Those that have not ended at w->now, the next first; the answer holds until one of them ends, and
// w->reads says so. All lists leave removed ones out, and depend on "events".
error event_upcoming(struct work *w, int64_t most, struct list *events) fallible;

// Those that have ended at w->now, the last first. Holds as long.
error event_past(struct work *w, int64_t most, struct list *events) fallible;

// Those that begin in the stretch, its end left out, the last first; the clock changes nothing.
error event_between(struct work *w, instant from, instant to, int64_t most,
                    struct list *events) fallible;

// Announces an event at /events/, under `slug` or one made of its title; fills in id and path.
// FAULT_INPUT when it ends before it starts or a text is wrong.
error event_create(struct work *w, struct event *e, str slug) fallible;

// Makes the event with this id as `e` says, but for its path; one that says the same already is
// left alone. FAULT_NOT_FOUND when there is none.
error event_update(struct work *w, struct event *e) fallible;
