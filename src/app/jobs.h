// What is done in the background, on one screen, and the thread that does it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;
struct db;
struct jobs;
struct work;

struct job_kind {
    const char *name;
    error (*run)(struct work *w, int64_t subject); // in one write transaction with the job's end
    int64_t every_ms; // for work that comes again by itself; 0: only when it is queued
};
extern const struct job_kind job_kinds[]; // ends with an empty row

// How the thread goes on after each look: not at all times when the disk is full or the database
// away, and without a line in the log for each try.
struct jobs_pace {
    int wait_ms; // before the next look
    bool fails;  // since the last news
    enum fault fault;
};

// After a look that did `done` jobs or failed; true when there is news for the log.
bool jobs_pace_next(struct jobs_pace *p, error e, int64_t done);

error jobs_start(struct arena *a, struct db *db, struct jobs **out) fallible;
void jobs_stop(struct jobs *j); // NULL is fine

// Does all that is due on this thread; for commands and tests. *done (may be NULL) gets the number.
error jobs_run_due(struct arena *a, struct db *db, int64_t *done) fallible;
