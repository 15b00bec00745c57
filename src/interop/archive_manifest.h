// What an archive says of itself: format, origin, and each member's size and hash.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct arena;
struct buf;

#define MANIFEST_NAME S("manifest.json")
enum { MANIFEST_VERSION = 1, MANIFEST_MOST = 16 << 20 };

struct manifest_member {
    str name;
    int64_t rows;  // lines; 0 for a file that has none
    int64_t bytes; // uncompressed
    str sha256;
};

struct manifest {
    str program;           // the version that wrote it
    str publication;       // its name
    str base_url, created; // RFC 3339
    struct list members;   // struct manifest_member, in the order they stand in
};

void manifest_write(struct buf *out, const struct manifest *m);

// FAULT_INPUT for what is no manifest, or one of a later format.
error manifest_read(struct arena *a, str text, struct manifest *out) fallible;
