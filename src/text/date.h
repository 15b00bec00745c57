// Dates as English readers and machines want them written.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct zone;

enum date_form {
    DATE_FULL,    // 23 November 2026, 14:05 GMT
    DATE_DAY,     // 23 November 2026
    DATE_WEEKDAY, // Monday 23 November 2026
    DATE_SHORT,   // 23 Nov 2026
    DATE_MONTH,   // November 2026
    DATE_TIME,    // 14:05 GMT
    DATE_MACHINE, // 2026-11-23T14:05:09+00:00 (RFC 3339)
};

// The instant as the clocks of `zone` show it.
str date_text(struct arena *a, const struct zone *zone, instant t, enum date_form form);
