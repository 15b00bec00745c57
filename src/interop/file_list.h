// The story files that paths on the command line stand for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"

struct arena;

enum { FILES_MOST = 200000, FOLDERS_DEEP = 16 };

struct listed_file {
    str path; // as it was named
    str real; // without links and dots; the path itself where there is no such file
};

// Each path that is no folder as it is; for a folder all that ends in .md, .html or .htm in it and
// in its folders, sorted, without what starts with a dot. FAULT_NOT_FOUND for a folder without
// any, FAULT_LIMIT beyond the limits.
error file_list(struct arena *a, const str *paths, size_t count, struct listed_file **out,
                size_t *out_count) fallible;
