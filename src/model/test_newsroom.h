// The random changes that the editor makes, each through the model.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "model/work.h"

enum { KNOWN_MOST = 8000 };

// Ids of one noun, as they were found or made.
struct known {
    int64_t ids[KNOWN_MOST];
    size_t count;
};

struct editor {
    uint64_t random;
    int64_t mark; // rises with each change; written into what is changed
    struct known stories, corrected, sections, people, topics, comments, pages;
};

// What a change did, for whoever checks it: the path whose page shows the mark now, or none; where
// it is a story's, how many versions that has.
struct told {
    str path;
    int64_t mark, versions;
};

struct edit {
    const char *kind;
    int weight; // of a hundred or so
    error (*run)(struct editor *e, struct work *w, struct told *told);
};
extern const struct edit edits[]; // ends with an empty row

// Finds what there is; in an empty publication makes sections, people, topics, pages and stories.
error editor_begin(struct editor *e, struct db_conn *conn, struct arena *a) fallible;

// One of `edits` by weight, or the one called `kind` where that is not empty; NULL when none is.
const struct edit *editor_choose(struct editor *e, str kind);
