// Brings a whole WordPress publication in from its export (WXR).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "interop/import_report.h"

struct arena;
struct db;
struct picture_maker;

struct wordpress_options {
    instant now;
    bool dry_run;     // reads and reports, and writes nothing
    unsigned threads; // that prepare; 0: one a core
    bool idle;        // they work only while nobody else wants the processor
    // Whether the site answers this path by itself, so that nothing imported can have it; NULL:
    // none.
    bool (*reserved)(str path);
    // Told of every batch: `done` of `all` items; while they are counted and checked `all` is 0.
    void (*progress)(void *context, int64_t done, int64_t all);
    void *progress_context;
    // A folder with the files of uploads, as wp-content/uploads has them, and who makes pictures of
    // them; empty: pictures are kept by their address.
    str media;
    struct picture_maker *maker;
    // Told of every picture, likewise.
    void (*picture_progress)(void *context, int64_t done, int64_t all);
};

// Imports the exports in `paths`, which may be parts of one in any order, plain, .gz or .zip. All
// are checked to their ends before anything is written: FAULT_INPUT then says file, line and
// column. Written in batches, each whole or not at all: an import that was killed goes on where it
// ended, and one that is repeated writes only what changed over there and was not edited here.
// Pictures come in behind the texts, which then show them.
error wordpress_import(struct db *db, struct arena *a, const str *paths, size_t count,
                       const struct wordpress_options *options,
                       struct import_report *report) fallible;
