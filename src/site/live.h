// Live stories: a text whose headings begin with times, in its parts.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "base/instant.h"

struct arena;
struct zone;

// What stands under one of those headings.
struct live_post {
    str anchor; // its own, where the heading has an id; else made of its time, the same for ever
    instant posted;
    html headline; // the heading without its time; may be empty
    str title;     // the same in words
    html body;
};

struct live {
    html key_points;   // the list that the text begins with; empty when it begins otherwise
    html opening;      // what else comes before the first post
    struct list posts; // struct live_post, in the order of the text
};

// Takes a clean body apart. A post begins at each heading of the second level whose words begin
// with a time: "14:02 Headline", or "2026-11-29 14:02 Headline" where the day has to be said. Days
// that are not said follow from the order, newest or oldest first, and from the day of publication.
void live_read(struct arena *a, const struct zone *zone, instant published_at, html body,
               struct live *out);
