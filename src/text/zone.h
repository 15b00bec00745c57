// Time zones: what the clocks of a place show.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;

// A zone of the IANA data base with all changes of its clocks from 1900 to 2100. Never changes once
// open, so that threads may share it.
struct zone;

// `name` as in "Europe/London" or "UTC". FAULT_INPUT if there is none of that name.
error zone_open(struct arena *a, str name, const struct zone **out) fallible;

str zone_name(const struct zone *z);

// What the clocks show: minutes ahead of UTC, 60 in London in summer, and the letters for it:
// "GMT", "BST", "EST"; "GMT+4" where English has none. At most 48 bytes, as long as the zone.
struct zone_time {
    int offset_minutes;
    str abbreviation;
};
struct zone_time zone_time(const struct zone *z, instant t);

int zone_offset_minutes(const struct zone *z, instant t);

struct civil zone_civil(const struct zone *z, instant t);

// The moment when the clocks show `c`. What they show twice is the first time; what they skip is
// read as if they had not been put forward yet (01:30 becomes 02:30).
instant zone_instant(const struct zone *z, struct civil c);
