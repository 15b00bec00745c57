// Dates as English readers and machines want them written.
// SPDX-License-Identifier: Apache-2.0
#include "text/date.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "text/zone.h"

static const char *const months[] = {"January",   "February", "March",    "April",
                                     "May",       "June",     "July",     "August",
                                     "September", "October",  "November", "December"};
static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                   "Thursday", "Friday", "Saturday"};

// How each form is written: d day, e day in two digits, n month in two, M its name, N three letters
// of it, y year, W weekday, h hours, m minutes, s seconds, z the zone's letters, o its offset;
// anything else stands for itself. A page shows dozens of dates, and printf would take a tenth of
// the time that the page takes.
static const char *const patterns[] = {
    [DATE_FULL] = "d M y, h:m z", [DATE_STAMP] = "d N y, h:m z", [DATE_DAY] = "d M y",
    [DATE_WEEKDAY] = "W d M y",   [DATE_SHORT] = "d N y",        [DATE_MONTH] = "M y",
    [DATE_TIME] = "h:m z",        [DATE_MOMENT] = "d N, h:m",    [DATE_MACHINE] = "y-n-eTh:m:so",
};

struct shown {
    struct civil c;
    struct zone_time in_zone;
    instant t;
};

static char *put_two_digits(char *to, int n)
{
    *to++ = (char)('0' + n / 10 % 10);
    *to++ = (char)('0' + n % 10);
    return to;
}

static char *put_day(char *to, int day)
{
    if (day >= 10)
        return put_two_digits(to, day);
    *to = (char)('0' + day);
    return to + 1;
}

static char *put_text(char *to, const char *text, size_t len)
{
    return (char *)memcpy(to, text, len) + len;
}

static char *put_offset(char *to, int minutes)
{
    *to++ = minutes < 0 ? '-' : '+';
    to = put_two_digits(to, abs(minutes) / 60);
    *to++ = ':';
    return put_two_digits(to, abs(minutes) % 60);
}

static char *put_year(char *to, int year)
{
    struct buf b = {.ptr = to, .cap = 12, .max = 12};
    if (year >= 1000 && year <= 9999)
        return put_two_digits(put_two_digits(to, year / 100), year % 100);
    if (year >= 0 && year < 1000)
        buf_add(&b, str_sub(S("000"), 0, year < 10 ? 3 : year < 100 ? 2 : 1));
    buf_add_int(&b, year);
    return to + b.len;
}

static char *put_letter(char *to, char letter, const struct shown *t)
{
    switch (letter) {
    case 'd':
        return put_day(to, t->c.day);
    case 'e':
        return put_two_digits(to, t->c.day);
    case 'n':
        return put_two_digits(to, t->c.month);
    case 'M':
        return put_text(to, months[t->c.month - 1], strlen(months[t->c.month - 1]));
    case 'N':
        return put_text(to, months[t->c.month - 1], 3);
    case 'y':
        return put_year(to, t->c.year);
    case 'W': {
        const char *day = days[instant_weekday(t->t, t->in_zone.offset_minutes)];
        return put_text(to, day, strlen(day));
    }
    case 'h':
        return put_two_digits(to, t->c.hour);
    case 'm':
        return put_two_digits(to, t->c.minute);
    case 's':
        return put_two_digits(to, t->c.second);
    case 'z':
        return put_text(to, t->in_zone.abbreviation.ptr, t->in_zone.abbreviation.len);
    case 'o':
        return put_offset(to, t->in_zone.offset_minutes);
    default:
        *to = letter;
        return to + 1;
    }
}

str date_text(struct arena *a, const struct zone *zone, instant t, enum date_form form)
{
    // The longest weekday, month, year and zone take 60.
    char room[128], *to = room;
    struct zone_time in_zone = zone_time(zone, t);
    const struct shown shown = {instant_civil(t, in_zone.offset_minutes), in_zone, t};
    for (const char *letter = patterns[form]; *letter; letter++)
        to = put_letter(to, *letter, &shown);
    return str_copy(a, (str){room, (size_t)(to - room)});
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
