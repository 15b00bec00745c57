// Files that hold exports of other systems: plain, compressed by gzip, or several in a zip.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct arena;
struct document_reader;

enum { DOCUMENTS_MOST = 1000 };

// One XML file: a file, or an entry of a zip.
struct document {
    str name;  // for messages: "site.zip:posts.xml"
    str path;  // the file
    str entry; // its name in the zip; empty for a file of its own
};

// What the files hold, in their order: zips are opened for their entries that end in .xml.
// FAULT_NOT_FOUND or FAULT_INPUT with the path.
error document_list(struct arena *a, const str *paths, size_t count, struct document **out,
                    size_t *out_count) fallible;

error document_open(struct arena *a, const struct document *d,
                    struct document_reader **out) fallible;

// At most `size` bytes, decompressed; *got is 0 at the end. FAULT_INPUT for damaged compression.
error document_read(struct document_reader *r, char *bytes, size_t size, size_t *got) fallible;

void document_close(struct document_reader *r);
