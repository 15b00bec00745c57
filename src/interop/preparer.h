// Reads and cleans story files on all cores, ahead of the one thread that writes them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "interop/file_list.h"
#include "interop/story_file.h"

struct preparer;

// A file as it was prepared; all of it lives until preparer_release.
struct prepared {
    error failed;           // it cannot be read, or NULL
    bool unchanged;         // its bytes are those that were published
    struct story_file file; // where neither
};

struct preparer_options {
    const struct listed_file *files;
    const str *hashes; // of what was published of each; empty where nothing was
    size_t count;
    unsigned threads;
    struct story_reading reading;
};

// Starts the threads; `options` and what it points at must outlive them.
struct preparer *preparer_start(const struct preparer_options *options);

// Waits for the next at most `most` files in order; all of them are in `out` at once. 0 at the end.
size_t preparer_take(struct preparer *p, struct prepared **out, size_t most);

// Gives back what was taken last.
void preparer_release(struct preparer *p);

// Stops the threads, whether or not all was taken.
void preparer_stop(struct preparer *p);
