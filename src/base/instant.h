// Points in time: UTC, integer milliseconds since 1970.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

typedef struct {
    int64_t ms;
} instant;

#define INSTANT_NEVER ((instant){INT64_MAX})
#define INSTANT_NONE ((instant){0}) // "not set" in records: falsy in templates

// A date and time of day on some clock, proleptic Gregorian; `month` and `day` from 1.
struct civil {
    int year, month, day, hour, minute, second;
};

instant instant_now(void);
int64_t instant_steady_us(void); // a clock that never jumps, for durations

instant instant_of_civil(struct civil c, int offset_minutes);
struct civil instant_civil(instant t, int offset_minutes);
int instant_weekday(instant t, int offset_minutes); // 0 is Sunday

// Reads RFC 3339 and its looser cousins: "2026-11-23", "2026-11-23 14:05", with seconds, "T" or a
// space, "Z", "+01:00" or " -0500" behind; without a zone, UTC. False if it is none of these or out
// of the years 1 to 9999; *out is then untouched. `zoned` (may be NULL) says if a zone was given.
bool instant_parse(str s, instant *out, bool *zoned);

str instant_rfc3339(struct arena *a, instant t); // 2026-11-23T14:05:09Z
str instant_rfc822(struct arena *a, instant t);  // Mon, 23 Nov 2026 14:05:09 GMT (also HTTP dates)
