// Publishes files and whole folders of stories.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/instant.h"

struct arena;
struct db_conn;
struct frontmatter;
struct picture_maker;
struct story_options;

struct publish_options {
    const struct story_options *story;
    unsigned threads;                       // that prepare files; 0: one a core
    void (*failed)(void *context, error e); // told of each file that cannot be published
    // Told (where not NULL) of each file that was taken in, and what is in its head.
    void (*taken)(void *context, str file, const struct frontmatter *head);
    void (*noted)(void *context, str sentence); // likewise, of each picture that was left out
    void *context;
    struct picture_maker *maker; // of pictures in files beside the stories; NULL: there are none
};

struct publish_report {
    size_t created, updated, unchanged, drafts, failed;
    uint64_t commit; // the last one; 0 when nothing was written
    int64_t story;   // the last one created or updated, else the last known already; 0: none
};

// Publishes what `paths` name (interop/file_list.h; STORY_FILE_MOST bytes each), in transactions of
// about a hundred; a second time over the same files nothing is written. A bad file is told of and
// counted, and the others go on; what goes wrong with the database ends it, what was committed
// stays and stands in the report.
error publish_paths(struct db_conn *conn, struct arena *a, instant now, const str *paths,
                    size_t path_count, const struct publish_options *options,
                    struct publish_report *report) fallible;
