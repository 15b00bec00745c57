// Dates as English readers and machines want them written.
// SPDX-License-Identifier: Apache-2.0
#include "text/date.h"

#include <stdlib.h>

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
    int offset, weekday;
    str letters;
};

static void add_two_digits(struct buf *b, int n)
{
    buf_add_char(b, (char)('0' + n / 10 % 10));
    buf_add_char(b, (char)('0' + n % 10));
}

static void add_offset(struct buf *b, int minutes)
{
    buf_add_char(b, minutes < 0 ? '-' : '+');
    add_two_digits(b, abs(minutes) / 60);
    buf_add_char(b, ':');
    add_two_digits(b, abs(minutes) % 60);
}

static void add_year(struct buf *b, int year)
{
    if (year >= 0 && year < 1000)
        buf_add(b, str_sub(S("000"), 0, year < 10 ? 3 : year < 100 ? 2 : 1));
    buf_add_int(b, year);
}

static void add_letter(struct buf *b, char letter, const struct shown *t)
{
    switch (letter) {
    case 'd':
        buf_add_int(b, t->c.day);
        break;
    case 'e':
        add_two_digits(b, t->c.day);
        break;
    case 'n':
        add_two_digits(b, t->c.month);
        break;
    case 'M':
        buf_add(b, str_of(months[t->c.month - 1]));
        break;
    case 'N':
        buf_add(b, str_sub(str_of(months[t->c.month - 1]), 0, 3));
        break;
    case 'y':
        add_year(b, t->c.year);
        break;
    case 'W':
        buf_add(b, str_of(days[t->weekday]));
        break;
    case 'h':
        add_two_digits(b, t->c.hour);
        break;
    case 'm':
        add_two_digits(b, t->c.minute);
        break;
    case 's':
        add_two_digits(b, t->c.second);
        break;
    case 'z':
        buf_add(b, t->letters);
        break;
    case 'o':
        add_offset(b, t->offset);
        break;
    default:
        buf_add_char(b, letter);
    }
}

str date_text(struct arena *a, const struct zone *zone, instant t, enum date_form form)
{
    char room[96];
    struct buf b = {.ptr = room, .cap = sizeof room, .max = sizeof room};
    int offset = zone_offset_minutes(zone, t);
    const struct shown shown = {instant_civil(t, offset), offset, instant_weekday(t, offset),
                                zone_abbreviation(zone, t)};
    for (const char *letter = patterns[form]; *letter; letter++)
        add_letter(&b, *letter, &shown);
    return str_copy(a, buf_str(&b));
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
