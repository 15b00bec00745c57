// An event as a file: Markdown or HTML behind a front matter.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"

struct arena;
struct event;
struct zone;

struct event_reading {
    const struct zone *zone; // the publication's, for files that name none
    instant now;
    bool relative; // whether "+14d 18:00" is read: so many days from `now`
};

// Reads title, summary, kind, status, starts, ends, zone, place, online, organiser, price, signup
// and slug from the head; what follows is the description. Times without a zone are those of the
// clocks of `zone:`; "ends" may be a time of the day alone. FAULT_INPUT with file and line.
error event_file_read(struct arena *a, const struct event_reading *reading, str file, str text,
                      struct event *out, str *slug) fallible;
