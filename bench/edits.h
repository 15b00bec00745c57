// The edits of a newsroom's day, as the model's functions make them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "bench/newsroom.h"
#include "bench/prose.h"

enum edit { EDIT_BODY, EDIT_PUBLISH, EDIT_HEADLINE, EDIT_COMMENT, EDIT_MOVE, EDIT_WITHDRAW };
extern const char *const edit_names[];

enum { EDIT_KINDS = EDIT_WITHDRAW + 1 };

struct editor {
    struct newsroom *newsroom;
    struct dice dice;
    int64_t serial;         // of edits: stands in what they write
    int64_t every_ms;       // by how much each edit's clock is ahead of the one before
    struct list candidates; // struct story_card: newest first
    struct list sections;   // struct section_card
};

// What one edit did, for whoever looks for it.
struct edited {
    int64_t story_id;
    uint64_t commit;
    str path, section_path;
    str mark;        // stands in the story's headline now; empty where that did not change
    instant changed; // of substance: sitemaps show it
    str sitemap;     // the one that lists it
};

// Reads the newest `most` stories, to choose among.
error editor_open(struct newsroom *n, int64_t most, struct editor *out) fallible;

// 50 % body, 25 % publish, 15 % headline, 10 % others.
enum edit edit_choose(struct editor *e);

// Makes and commits one: of the story among the `among` newest candidates that the dice choose.
// Texts of *out live in `a`; `a` may be reset after use. The keys written are in *writes (may be
// NULL), in `a` too.
error edit_make(struct editor *e, struct arena *a, enum edit kind, int64_t among,
                struct edited *out, struct keyset *writes) fallible;
