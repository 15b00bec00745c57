// A story as a file: Markdown or HTML behind a head of YAML between two lines "---".
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct zone;

// Limits: a head of 64 KiB, 4,096 YAML events, 16 levels; names in a list.
enum { FRONTMATTER_MAX = 64 * 1024, AUTHORS_MAX = 64, TOPICS_MAX = 128 };

struct names {
    str *all;
    size_t count;
};

enum comments_wish { COMMENTS_UNSAID, COMMENTS_ON, COMMENTS_OFF };

// What the head says; what it does not say is empty. Texts are trimmed and hold no character
// references any more.
struct frontmatter {
    str headline;                // or title
    str standfirst;              // or description, summary, deck, dek, excerpt, subtitle
    str section;                 // or category
    str kind;                    // or type
    str slug;                    // valid
    str language;                // or lang: a BCP 47 tag
    str status;                  // "draft: true" says "draft"
    str source_name, source_url; // source: a name, or {name, url}
    str picture, picture_alt, picture_caption, picture_credit; // a path, or {src, alt, …}
    instant date, updated;                                     // INSTANT_NONE if not said
    struct names authors;                                      // or author, byline
    struct names topics;                                       // or tags, topic, tag, keywords
    enum comments_wish comments;
    str video_url;
    int64_t video_seconds; // video_length: 4:12, or 1:02:30
    str change,
        note; // what kind of change this is to a story that is out, and what readers are told
    str path, name, role;                                            // of a page; of a person
    str starts, ends, zone, place, online, organiser, price, signup; // of an event, unread
    struct names unknown; // keys that mean nothing here, in order, and their lines
    int *unknown_lines;
    str body;      // what follows the head, unchanged
    int body_line; // its first line's number, from 1
};

// Reads `text`, which came from the file called `file`; times without a zone are `zone`'s, and
// dates like "-2d 09:30" count from `now` (INSTANT_NONE: are refused). A text without a head is all
// body. FAULT_INPUT or FAULT_LIMIT, with file and line in `where`.
error frontmatter_parse(struct arena *a, str file, str text, const struct zone *zone, instant now,
                        struct frontmatter *out) fallible;
