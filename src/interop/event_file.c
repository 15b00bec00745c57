// An event as a file: Markdown or HTML behind a front matter.
// SPDX-License-Identifier: Apache-2.0
#include "interop/event_file.h"

#include "base/arena.h"
#include "interop/content.h"
#include "model/event.h"
#include "text/frontmatter.h"
#include "text/zone.h"

enum { DAYS_MOST = 10000, DAY_MS = 24 * 60 * 60 * 1000 };

// "18:30" on the day of `day`.
static bool clock_of(str text, struct civil *day)
{
    int64_t hour, minute;
    str hours = str_cut(&text, ':');
    if (hours.len < 1 || hours.len > 2 || text.len != 2 || !str_int(hours, &hour) ||
        !str_int(text, &minute) || hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    day->hour = (int)hour;
    day->minute = (int)minute;
    day->second = 0;
    return true;
}

// "+14d 18:00" and "-3d 9:00".
static bool days_away(str text, const struct zone *zone, instant now, instant *out)
{
    int64_t days;
    str count = str_cut(&text, ' ');
    if (count.len < 3 || (count.ptr[0] != '+' && count.ptr[0] != '-') || !str_ends(count, S("d")) ||
        !str_int(str_sub(count, 0, count.len - 1), &days) || days < -DAYS_MOST || days > DAYS_MOST)
        return false;
    // Counted at noon, where no change of the clocks makes another day of it.
    struct civil day = zone_civil(zone, now);
    day.hour = 12;
    instant noon = zone_instant(zone, day);
    day = zone_civil(zone, (instant){noon.ms + days * DAY_MS});
    if (!clock_of(str_trim(text), &day))
        return false;
    *out = zone_instant(zone, day);
    return true;
}

static bool time_of(const struct event_reading *reading, const struct zone *zone, str text,
                    instant *out)
{
    instant t;
    bool zoned;
    if (reading->relative && days_away(text, zone, reading->now, out))
        return true;
    if (!instant_parse(text, &t, &zoned))
        return false;
    *out = zoned ? t : zone_instant(zone, instant_civil(t, 0));
    return true;
}

static error read_times(struct arena *a, const struct event_reading *reading, str where,
                        const struct frontmatter *head, struct event *out)
{
    const struct zone *zone = reading->zone;
    if (head->zone.len)
        try(zone_open(a, head->zone, &zone));
    if (!time_of(reading, zone, head->starts, &out->starts_at))
        return failure(a, FAULT_INPUT, where, "starts is no time: \"%.*s\"; write 2026-12-03 18:00",
                       STR(str_sub(head->starts, 0, 80)));
    struct civil day = zone_civil(zone, out->starts_at);
    if (clock_of(head->ends, &day))
        out->ends_at = zone_instant(zone, day);
    else if (!time_of(reading, zone, head->ends, &out->ends_at))
        return failure(a, FAULT_INPUT, where,
                       "ends is no time: \"%.*s\"; write 19:30, or 2026-12-04 17:00",
                       STR(str_sub(head->ends, 0, 80)));
    out->zone = zone_name(zone);
    return NULL;
}

error event_file_read(struct arena *a, const struct event_reading *reading, str file, str text,
                      struct event *out, str *slug)
{
    struct frontmatter head;
    struct content content;
    str where = str_format(a, "%.*s:1", STR(file));
    try(frontmatter_parse(a, file, text, reading->zone, INSTANT_NONE, &head));
    if (!head.headline.len || !head.starts.len || !head.ends.len)
        return failure(a, FAULT_INPUT, where,
                       "an event needs \"title: …\", \"starts: 2026-12-03 18:00\" and \"ends: "
                       "19:30\" between two lines ---");
    try(content_read(a, str_format(a, "%.*s:%d", STR(file), head.body_line), head.body,
                     content_form_of(file), LINKS_EDITORIAL, /* pictures= */ NULL, &content));
    struct event event = {.kind = head.kind,
                          .status = head.status,
                          .title = head.headline,
                          .summary = head.standfirst,
                          .place = head.place,
                          .online_url = head.online,
                          .organiser = head.organiser,
                          .price = head.price,
                          .signup_url = head.signup,
                          .body = content.body};
    try(read_times(a, reading, where, &head, &event));
    *slug = head.slug;
    *out = event;
    return NULL;
}
