// Stories as files: Markdown or HTML behind a front matter, known again by the file's real path.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "interop/content.h"
#include "text/frontmatter.h"

struct arena;
struct local_pictures;
struct picture_maker;
struct work;
struct zone;

enum { STORY_FILE_MOST = 4 << 20 }; // bytes

// What reading a file needs to know.
struct story_reading {
    const struct zone *zone; // of dates without one
    instant now;
    bool partial;  // what the file does not say stays as it is: it need have no headline
    bool relative; // dates like "-2d 09:30" count from now
    struct picture_maker *maker; // of pictures in files beside it; NULL: there are none
};

// A file, read and cleaned; names of sections, people and topics are not looked up yet.
struct story_file {
    str name;   // for messages
    str origin; // the real path it is known by; empty: from nowhere. Set by the caller.
    str hash;   // of its bytes and those of its pictures
    bool partial;
    struct frontmatter head;
    struct content content;
    struct local_pictures *pictures; // of the folder it came from
};

// Reads `text`, which came from the file called `name`. A Markdown file without a headline in its
// front matter may have it as "# Headline" on the first line. Failures name file and line. Any
// thread may call it.
error story_file_read(struct arena *a, const struct story_reading *reading, str name, str text,
                      struct story_file *out) fallible;

// What the command line adds to what files say; files win, save for the change.
struct story_options {
    str section;                   // for new stories that name none
    str change, note, approved_by; // of stories that are out
};

enum story_outcome { STORY_CREATED, STORY_UPDATED, STORY_UNCHANGED, STORY_DRAFT };

struct story_result {
    enum story_outcome outcome;
    int64_t id; // 0 for a draft
};

// Publishes the file, or brings the story it was published as before to what it says now; nothing
// is written when the file's bytes are the same. People and topics are made as they come, sections
// are not. After a failure the work can only be ended.
error story_file_publish(struct work *w, const struct story_file *file,
                         const struct story_options *options, struct story_result *out) fallible;

// Changes story `id` as the file says; what a partial file does not say stays. *changed says if
// anything did.
error story_file_edit(struct work *w, int64_t id, const struct story_file *file,
                      const struct story_options *options, bool *changed) fallible;
