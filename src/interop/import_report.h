// What an import brought in, left out and changed, for people and for programs.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"
#include "interop/shortcode.h"

struct arena;
struct buf;

enum imported_kind {
    IMPORTED_STORIES,
    IMPORTED_PAGES,
    IMPORTED_PEOPLE,
    IMPORTED_SECTIONS,
    IMPORTED_TOPICS,
    IMPORTED_PICTURES,
    IMPORTED_COMMENTS,
    IMPORTED_MENUS,
    IMPORTED_KINDS
};

enum { REPORT_NOTES_MOST = 1000, REPORT_LINES_SHOWN = 40 };

struct import_counts {
    int64_t created, updated, unchanged;
    int64_t kept; // edited here since: left as they are
};

// Of the pictures that were looked for in the folder of the uploads.
struct import_media_counts {
    int64_t came_in, known; // known: were there already
    int64_t not_found, refused;
    int64_t texts; // that show them now
};

struct import_report {
    struct arena *arena;
    str source;
    str made; // of the publication that was made, there being none: what it is
    struct import_counts counts[IMPORTED_KINDS];
    struct tally closed;   // stories and pages not for readers, by status
    struct tally left_out; // by reason
    struct import_media_counts media;
    struct tally refused; // files of pictures, by reason
    struct tally changed; // by what was done
    struct tally shortcodes, unknown_shortcodes, blocks_left_out;
    str notes[REPORT_NOTES_MOST]; // "site.xml:120: …"
    int64_t note_count;           // of all, also of those beyond the limit
    int64_t microseconds;
    uint64_t commit; // the last one; 0 when nothing was written
};

void import_report_init(struct import_report *r, struct arena *a);

// Keeps a sentence on one item.
void import_report_note(struct import_report *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// Several lines for people, or one JSON object.
str import_report_text(struct arena *a, const struct import_report *r, bool dry_run);
str import_report_json(struct arena *a, const struct import_report *r, bool dry_run);
