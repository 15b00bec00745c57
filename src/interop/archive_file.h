// A whole publication in one file, and back: see docs/archive-format.md.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct archive_source;
struct arena;
struct db_conn;

struct archive_options {
    str path;     // the archive
    str pictures; // the folder of picture files: DIR/pictures; it need not be there
    str program;  // the version of this program
    bool trust;   // take markup as it stands, uncleaned

    // Told what goes on, and how far it is (of 0: nobody knows); and what was left out. May be
    // NULL.
    void (*progress)(void *context, str doing, int64_t done, int64_t of);
    void (*left_out)(void *context, str name);
    void *context;
};

struct archive_report {
    struct list members; // struct manifest_member
    str publication;
    int64_t size;    // of the file, in bytes
    int64_t content; // of its members together
    uint64_t commit; // of an import
};

// Writes everything, as one snapshot shows it, into a new file (interop/archive_pack.h says which
// names). A failure leaves no file behind.
error archive_export(struct db_conn *conn, struct arena *a, instant now,
                     const struct archive_options *options, struct archive_report *report) fallible;

// Reads the whole archive once and checks it: format, sizes, hashes, numbers of rows. FAULT_INPUT
// and FAULT_LIMIT with the member. What `a` and `options` hold must outlive the source.
error archive_open(struct arena *a, const struct archive_options *options,
                   struct archive_source **out) fallible;
void archive_close(struct archive_source *s); // NULL is fine

// Whether nothing stands in the database yet; FAULT_CONFLICT if something does.
error archive_check_empty(struct db_conn *conn, struct arena *a, instant now) fallible;

// Stores all of it in one transaction. FAULT_CONFLICT when the database or the folder of pictures
// holds something already, FAULT_INPUT with member and line for what cannot be; then nothing is
// changed.
error archive_import(struct archive_source *s, struct db_conn *conn, struct arena *a, instant now,
                     struct archive_report *report) fallible;
