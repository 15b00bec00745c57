// Points in time: UTC, integer milliseconds since 1970.
// SPDX-License-Identifier: Apache-2.0
#include "base/instant.h"

#include <time.h>

instant instant_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (instant){now.tv_sec * 1000 + now.tv_nsec / 1000000};
}

int64_t instant_steady_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

// Days since 1970-01-01 (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms": years counted
// from March, so that the leap day is the last of its year).
static int64_t days_of(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = floor_div(year, 400), of_era = year - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

instant instant_of_civil(struct civil c, int offset_minutes)
{
    int64_t seconds = days_of(c.year, c.month, c.day) * 86400 + c.hour * 3600 + c.minute * 60 +
                      c.second - (int64_t)offset_minutes * 60;
    return (instant){seconds * 1000};
}

struct civil instant_civil(instant t, int offset_minutes)
{
    int64_t seconds = floor_div(t.ms, 1000) + (int64_t)offset_minutes * 60;
    int64_t days = floor_div(seconds, 86400);
    int rest = (int)(seconds - days * 86400);
    days += 719468;
    int64_t era = floor_div(days, 146097), of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int of_year = (int)(of_era - (365 * year + year / 4 - year / 100));
    int shifted = (5 * of_year + 2) / 153;
    int month = shifted + (shifted < 10 ? 3 : -9);
    return (struct civil){
        .year = (int)(year + era * 400 + (month <= 2)),
        .month = month,
        .day = of_year - (153 * shifted + 2) / 5 + 1,
        .hour = rest / 3600,
        .minute = rest / 60 % 60,
        .second = rest % 60,
    };
}

int instant_weekday(instant t, int offset_minutes)
{
    int64_t days = floor_div(floor_div(t.ms, 1000) + (int64_t)offset_minutes * 60, 86400);
    return (int)(((days + 4) % 7 + 7) % 7);
}

// Takes up to `most` digits off *s; -1 if there are fewer than `least`.
static int digits(str *s, int least, int most)
{
    int value = 0, taken = 0;
    for (; taken < most && s->len && *s->ptr >= '0' && *s->ptr <= '9'; taken++) {
        value = value * 10 + (*s->ptr - '0');
        *s = str_from(*s, 1);
    }
    return taken < least ? -1 : value;
}

static bool skip(str *s, char c)
{
    if (!s->len || *s->ptr != c)
        return false;
    *s = str_from(*s, 1);
    return true;
}

static bool parse_date(str *s, struct civil *c)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    c->year = digits(s, 4, 4);
    if (c->year < 1 || !skip(s, '-'))
        return false;
    c->month = digits(s, 1, 2);
    if (c->month < 1 || c->month > 12 || !skip(s, '-'))
        return false;
    c->day = digits(s, 1, 2);
    bool leap = (c->year % 4 == 0 && c->year % 100 != 0) || c->year % 400 == 0;
    return c->day >= 1 && c->day <= lengths[c->month - 1] + (leap && c->month == 2);
}

static bool parse_time(str *s, struct civil *c)
{
    c->hour = digits(s, 1, 2);
    if (c->hour < 0 || c->hour > 23 || !skip(s, ':'))
        return false;
    c->minute = digits(s, 2, 2);
    if (c->minute < 0 || c->minute > 59)
        return false;
    if (skip(s, ':')) {
        c->second = digits(s, 2, 2);
        if (c->second == 60) // a leap second shows as the one before it
            c->second = 59;
        if (c->second < 0 || c->second > 59)
            return false;
        if (skip(s, '.') && digits(s, 1, 9) < 0)
            return false;
    }
    return true;
}

static bool parse_zone(str *s, int *offset)
{
    if (skip(s, 'Z') || skip(s, 'z'))
        return true;
    int sign = skip(s, '+') ? 1 : skip(s, '-') ? -1 : 0;
    int hours = digits(s, 2, 2);
    skip(s, ':');
    int minutes = digits(s, 2, 2);
    *offset = sign * (hours * 60 + minutes);
    return sign && hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

bool instant_parse(str s, instant *out, bool *zoned)
{
    struct civil c = {0};
    int offset = 0;
    bool has_zone = false;
    s = str_trim(s);
    if (!parse_date(&s, &c))
        return false;
    if (s.len) {
        if (!skip(&s, 'T') && !skip(&s, 't') && !skip(&s, ' '))
            return false;
        if (!parse_time(&s, &c))
            return false;
        skip(&s, ' ');
        has_zone = s.len > 0;
        if (has_zone && (!parse_zone(&s, &offset) || s.len))
            return false;
    }
    instant t = instant_of_civil(c, offset);
    int year = instant_civil(t, 0).year; // the zone may have carried it over the edge
    if (year < 1 || year > 9999)
        return false;
    *out = t;
    if (zoned)
        *zoned = has_zone;
    return true;
}

str instant_rfc3339(struct arena *a, instant t)
{
    struct civil c = instant_civil(t, 0);
    return str_format(a, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                      c.second);
}

str instant_rfc822(struct arena *a, instant t)
{
    static const char *const days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    struct civil c = instant_civil(t, 0);
    return str_format(a, "%s, %02d %s %04d %02d:%02d:%02d GMT", days[instant_weekday(t, 0)], c.day,
                      months[c.month - 1], c.year, c.hour, c.minute, c.second);
}
