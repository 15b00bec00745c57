// Dates as English readers and machines want them written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/instant.h"
#include "base/str.h"

struct arena;
struct zone;

enum date_form {
    DATE_FULL,    // 23 November 2026, 14:05 GMT
    DATE_STAMP,   // 23 Nov 2026, 14:05 GMT
    DATE_DAY,     // 23 November 2026
    DATE_WEEKDAY, // Monday 23 November 2026
    DATE_SHORT,   // 23 Nov 2026
    DATE_MONTH,   // November 2026
    DATE_TIME,    // 14:05 GMT
    DATE_MOMENT,  // 23 Nov, 14:05
    DATE_MACHINE, // 2026-11-23T14:05:09+00:00 (RFC 3339)
};

// Reads a time before `now`: "-50m", "-3h", "-2d", or "-2d 09:30" for what the clocks of `zone`
// showed then; at most 10,000 of them. False if it is none of these.
bool date_ago(str s, const struct zone *zone, instant now, instant *out);

// The instant as the clocks of `zone` show it.
str date_text(struct arena *a, const struct zone *zone, instant t, enum date_form form);
