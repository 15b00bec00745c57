// What the pages of events show.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

struct view_meta;
struct view_picture;

// An event in a list. Its times are told by its own clocks.
struct view_event_card {
    str path;
    str title;
    str kind_label; // Webinar
    str summary;
    str day_number, month_short; // 3, Dec
    str day_text;                // Thursday 3 December 2026
    str time_text;               // 18:00 to 19:30 GMT
    str starts_iso, ends_iso;
    str place; // empty: online only
    str price;
    bool is_online, is_cancelled;
};

struct view_event_month {
    str label;          // December 2026
    struct list events; // struct view_event_card
};

// What is coming, by month, and what was last; or all events of a year.
struct view_events {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    bool is_year;
    bool has_months;
    struct list months; // struct view_event_month, the next first
    bool has_past;
    struct list past;  // struct view_event_card, the last first
    struct list years; // struct view_link
    str calendar_path; // all of them
};

struct view_event {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    const struct view_event_card *event;
    const struct view_picture *picture;
    str organiser;
    str online_url, online_host;
    str signup_url;
    bool is_over;
    bool is_offline; // one can go there
    html body;
    str calendar_path;
};

extern const struct fields view_event_card_fields, view_event_month_fields, view_events_fields,
    view_event_fields;
