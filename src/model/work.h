// One piece of work on the newsroom's data: a transaction, what it read, what it wrote.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "base/keyset.h"
#include "db/db.h"

struct arena;
struct cache;
struct ranks_read;
struct taken_card;
struct zone;

// Every function of the model takes one. Readers add to `reads` what they depended on, writers add
// to `writes` what they changed; nobody else has to declare or invalidate anything.
struct work {
    struct arena *arena;
    struct db_conn *conn;
    instant now;
    struct keyset reads, writes;
    const struct zone *zone; // see work_zone
    uint64_t commit; // reading: the newest commit the snapshot holds; after work_commit: its own
    // Where cards of stories are kept (kept_cards.h); NULL: nowhere. What is taken from there may
    // be older than a commit that the snapshot holds and the cache has not heard of yet: so whoever
    // sets it keeps what was made under the number that the cache had heard of before the work
    // began, if that is the lower one.
    struct cache *kept;
    struct taken_card *taken;
    struct ranks_read *ranks; // listing.h
};

// Starts reading in one snapshot. `a` must outlive the work.
error work_read(struct work *w, struct db_conn *conn, struct arena *a, instant now) fallible;

// Starts writing; FAULT_BUSY when another writer holds the database for too long.
error work_write(struct work *w, struct db_conn *conn, struct arena *a, instant now) fallible;

// Stores the write set under the next commit number and commits; a work with an empty write set
// takes no number. Acknowledge only after this.
error work_commit(struct work *w) fallible;

// Ends a read, or drops what was written. Fine after work_commit.
void work_end(struct work *w);

// The publication's time zone, found once a work; belongs to the program. FAULT_DATA when the
// stored name is not a zone.
error work_zone(struct work *w, const struct zone **out) fallible;

// ---- keys: each facet's name in one place. Whoever reads a record's facet names it in w->reads,
// whoever changes it in w->writes.

// What lists show of a story, section, person, topic ("card", and a story's "section"); what only
// its own page shows ("page", for a story "body", "thread", "related", for a static page "body",
// "thread").
void key_facet(struct keyset *set, const char *record, int64_t id, const char *facet);

// A path, found or not.
void key_path(struct keyset *set, str path);

// A stretch of a list: see model/listing.h.
void key_list(struct keyset *set, int64_t list_kind, int64_t list_id, rank low, rank high);
