// Dates as English readers and machines want them written.
// SPDX-License-Identifier: Apache-2.0
#include "text/date.h"

#include <stdlib.h>

#include "text/zone.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};

static str machine(struct arena *a, struct civil c, int offset)
{
    return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", c.year, c.month, c.day, c.hour,
                      c.minute, c.second, offset < 0 ? '-' : '+', abs(offset) / 60,
                      abs(offset) % 60);
}

str date_text(struct arena *a, const struct zone *zone, instant t, enum date_form form)
{
    int offset = zone_offset_minutes(zone, t);
    struct civil c = instant_civil(t, offset);
    const char *month = months[c.month - 1];
    str letters = zone_abbreviation(zone, t);
    switch (form) {
    case DATE_FULL:
        return str_format(a, "%d %s %d, %02d:%02d %.*s", c.day, month, c.year, c.hour, c.minute,
                          STR(letters));
    case DATE_DAY:
        return str_format(a, "%d %s %d", c.day, month, c.year);
    case DATE_WEEKDAY:
        return str_format(a, "%s %d %s %d", days[instant_weekday(t, offset)], c.day, month, c.year);
    case DATE_SHORT:
        return str_format(a, "%d %.3s %d", c.day, month, c.year);
    case DATE_MONTH:
        return str_format(a, "%s %d", month, c.year);
    case DATE_TIME:
        return str_format(a, "%02d:%02d %.*s", c.hour, c.minute, STR(letters));
    case DATE_MACHINE:
        break;
    }
    return machine(a, c, offset);
}

enum { MINUTE_MS = 60 * 1000, AGO_MOST = 10000 };

// "09:30" on the day that `t` falls on.
static bool at_clock(str clock, const struct zone *zone, instant t, instant *out)
{
    int64_t hour, minute;
    str rest = clock, hours = str_cut(&rest, ':');
    if (hours.len != 2 || rest.len != 2 || !str_int(hours, &hour) || !str_int(rest, &minute) ||
        hour < 0 || hour > 23 || minute < 0 || minute > 59)
        return false;
    struct civil c = zone_civil(zone, t);
    c.hour = (int)hour;
    c.minute = (int)minute;
    c.second = 0;
    *out = zone_instant(zone, c);
    return true;
}

bool date_ago(str s, const struct zone *zone, instant now, instant *out)
{
    str clock = s, span = str_cut(&clock, ' ');
    int64_t count;
    if (span.len < 3 || span.ptr[0] != '-' || !str_int(str_sub(span, 1, span.len - 1), &count) ||
        count < 0 || count > AGO_MOST)
        return false;
    char unit = span.ptr[span.len - 1];
    int64_t minutes = unit == 'm' ? 1 : unit == 'h' ? 60 : unit == 'd' ? 24 * 60 : 0;
    if (!minutes || (clock.ptr && unit != 'd'))
        return false;
    instant then = {now.ms - count * minutes * MINUTE_MS};
    if (clock.ptr)
        return at_clock(clock, zone, then, out);
    *out = then;
    return true;
}
