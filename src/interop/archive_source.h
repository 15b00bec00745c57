// An archive that was read through once: inside the archive's own files only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "interop/archive_file.h"
#include "interop/archive_manifest.h"
#include "interop/archive_unpack.h"

struct transfer_noun;

struct archive_source {
    const struct archive_options *options;
    struct arena *arena; // for what lasts, and failures
    struct unpack *from;
    struct manifest manifest;
    int64_t content; // bytes of its members together
};

// Tells how far the file was read.
void archive_tell(struct archive_source *s, str doing);

// The noun whose rows stand in a member of this name, or NULL; whether it is a picture's file.
const struct transfer_noun *archive_noun(str name);
bool archive_is_file(str name);
