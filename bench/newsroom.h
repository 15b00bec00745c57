// What the drivers share: a data directory's database, and how edits are made and announced.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "model/work.h"

struct arena;
struct db;
struct db_conn;

struct newsroom {
    struct arena *arena; // for the whole run
    struct db *db;
    struct db_conn *conn;
    str directory;
};

// Opens DIR/broadsheet.db, making both where they are missing.
error newsroom_open(struct arena *a, str directory, struct newsroom *out) fallible;
void newsroom_close(struct newsroom *n);

// Prints the failure and ends the program: a measurement that failed is none.
void must(error e);

// The number in a word of the command line; ends the program when it is none.
int64_t must_number(const char *word);
