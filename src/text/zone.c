// Time zones: what the clocks of a place show.
// SPDX-License-Identifier: Apache-2.0
#include "text/zone.h"

#include <stdbool.h>
#include <unicode/ucal.h>
#include <unicode/ustring.h>

#include "base/arena.h"

enum { NAME_MAX_BYTES = 64, CHANGES_MAX = 1024, FROM_YEAR = 1900, TO_YEAR = 2100 };
enum { ABBREVIATION = 16 };
static const int64_t DAY_MS = 86400000;

struct period {
    int64_t from_ms;
    int offset_minutes;
    str abbreviation;
};

// Looking a date up in ICU needs a calendar of one's own and some microseconds; a sorted table of
// the few hundred changes of two centuries needs neither.
struct zone {
    str name;
    struct period *periods;
    size_t count;
};

// Opens a calendar for the zone, or gives NULL if ICU does not know it.
static UCalendar *calendar_open(str name)
{
    UChar wide[NAME_MAX_BYTES];
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = 0;
    u_strFromUTF8(wide, NAME_MAX_BYTES, &len, name.ptr, (int32_t)name.len, &status);
    if (U_FAILURE(status) || len >= NAME_MAX_BYTES)
        return NULL;
    // ICU opens unknown names as GMT without a word.
    UBool system = false;
    UChar canonical[NAME_MAX_BYTES];
    ucal_getCanonicalTimeZoneID(wide, len, canonical, NAME_MAX_BYTES, &system, &status);
    if (U_FAILURE(status) || !system)
        return NULL;
    return ucal_open(wide, len, "en_GB", UCAL_GREGORIAN, &status);
}

static str abbreviation_in(struct arena *a, const UCalendar *calendar, bool summer,
                           const char *locale)
{
    UChar wide[ABBREVIATION * 2];
    char text[ABBREVIATION * 3];
    UErrorCode status = U_ZERO_ERROR;
    UCalendarDisplayNameType type = summer ? UCAL_SHORT_DST : UCAL_SHORT_STANDARD;
    int32_t len = ucal_getTimeZoneDisplayName(calendar, type, locale, wide, ABBREVIATION, &status);
    int32_t bytes = 0;
    u_strToUTF8(text, sizeof text, &bytes, wide, len, &status);
    return U_SUCCESS(status) ? str_copy(a, (str){text, (size_t)bytes}) : S("");
}

static str number_name(struct arena *a, int offset)
{
    int size = offset < 0 ? -offset : offset;
    if (!size)
        return S("GMT");
    if (size % 60)
        return str_format(a, "GMT%c%d:%02d", offset < 0 ? '-' : '+', size / 60, size % 60);
    return str_format(a, "GMT%c%d", offset < 0 ? '-' : '+', size / 60);
}

// Letters alone ("Gulf ST" and "GMT+4" are none); CLDR's British English has "GTS" for GST.
static bool is_letters(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < 'A' || s.ptr[i] > 'Z')
            return false;
    return s.len && !str_eq(s, S("GTS"));
}

// Which letters English uses depends on where it is spoken.
static str abbreviation(struct arena *a, const UCalendar *calendar, bool summer, int offset)
{
    static const char *const locales[] = {"en_GB", "en_US", "en_AU", "en_IN", "en_NZ", "en_ZA"};
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        str text = abbreviation_in(a, calendar, summer, locales[i]);
        if (is_letters(text))
            return text;
    }
    return number_name(a, offset);
}

static struct period period_at(struct arena *a, UCalendar *calendar, double at, str known[2],
                               int known_offsets[2])
{
    UErrorCode status = U_ZERO_ERROR;
    ucal_setMillis(calendar, at, &status);
    int summer_ms = ucal_get(calendar, UCAL_DST_OFFSET, &status);
    int offset = (ucal_get(calendar, UCAL_ZONE_OFFSET, &status) + summer_ms) / 60000;
    bool summer = summer_ms != 0;
    if (!known[summer].ptr || known_offsets[summer] != offset) {
        known[summer] = abbreviation(a, calendar, summer, offset);
        known_offsets[summer] = offset;
    }
    return (struct period){(int64_t)at, offset, known[summer]};
}

static void read_periods(struct arena *a, UCalendar *calendar, struct zone *z)
{
    str known[2] = {STR_NONE, STR_NONE};
    int known_offsets[2] = {0, 0};
    UErrorCode status = U_ZERO_ERROR;
    double at = (double)instant_of_civil((struct civil){FROM_YEAR, 1, 1, 0, 0, 0}, 0).ms;
    double end = (double)instant_of_civil((struct civil){TO_YEAR, 1, 1, 0, 0, 0}, 0).ms;
    bool more = true;
    while (more && z->count < CHANGES_MAX && at < end) {
        z->periods[z->count++] = period_at(a, calendar, at, known, known_offsets);
        more = ucal_getTimeZoneTransitionDate(calendar, UCAL_TZ_TRANSITION_NEXT, &at, &status);
        more = more && U_SUCCESS(status);
    }
}

error zone_open(struct arena *a, str name, const struct zone **out)
{
    UCalendar *calendar = calendar_open(name);
    if (!calendar)
        return failure(a, FAULT_INPUT, S("time zone"),
                       "\"%.*s\" is no time zone; write one like Europe/London",
                       STR(str_sub(name, 0, NAME_MAX_BYTES)));
    struct zone *z = arena_make(a, struct zone);
    z->name = str_copy(a, name);
    z->periods = arena_array(a, struct period, CHANGES_MAX);
    read_periods(a, calendar, z);
    ucal_close(calendar);
    *out = z;
    return NULL;
}

str zone_name(const struct zone *z)
{
    return z->name;
}

static const struct period *period_of(const struct zone *z, instant t)
{
    size_t low = 0, high = z->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (z->periods[middle].from_ms <= t.ms)
            low = middle;
        else
            high = middle;
    }
    return &z->periods[low];
}

struct zone_time zone_time(const struct zone *z, instant t)
{
    const struct period *period = period_of(z, t);
    return (struct zone_time){period->offset_minutes, period->abbreviation};
}

int zone_offset_minutes(const struct zone *z, instant t)
{
    return period_of(z, t)->offset_minutes;
}

struct civil zone_civil(const struct zone *z, instant t)
{
    return instant_civil(t, zone_offset_minutes(z, t));
}

instant zone_instant(const struct zone *z, struct civil c)
{
    instant as_utc = instant_of_civil(c, 0);
    int before = zone_offset_minutes(z, (instant){as_utc.ms - DAY_MS});
    int after = zone_offset_minutes(z, (instant){as_utc.ms + DAY_MS});
    instant first = instant_of_civil(c, before), second = instant_of_civil(c, after);
    bool is_first = zone_offset_minutes(z, first) == before;
    bool is_second = zone_offset_minutes(z, second) == after;
    return is_second && !is_first ? second : first;
}
