// The picture files of a data directory: listed for an archive, and put back from one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct arena;
struct archive_files;

#define ARCHIVE_FILES S("pictures/")
enum { ARCHIVE_FILE_DEPTH = 8 };

// The regular files below `folder` (struct manifest_member with their sizes), by name; none when
// there is no folder. Their names begin with "pictures/".
error archive_files_list(struct arena *a, str folder, struct list *members) fallible;

// Hands the file's bytes to `take`, piece by piece.
error archive_file_read(struct arena *a, str folder, str name,
                        error (*take)(void *context, str bytes), void *context) fallible;

// Files that come in wait in FOLDER.partial. FAULT_CONFLICT when the folder is there already and
// not empty.
error archive_files_begin(struct arena *a, str folder, struct archive_files **out) fallible;
error archive_files_add(struct archive_files *f, str name) fallible; // the bytes follow
error archive_files_write(struct archive_files *f, str bytes) fallible;
error archive_files_finish(struct archive_files *f) fallible; // gives the folder its name

// Takes away what was not finished, or, with `undo`, what was.
void archive_files_close(struct archive_files *f, bool undo);
