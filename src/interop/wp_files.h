// The files of uploads in a folder that was copied from the old server.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// The address without "-scaled", "-rotated" or a size like "-300x200" before its ending, which
// WordPress puts into the names of what it made itself; ptr NULL where there is none.
str wp_name_of_original(struct arena *a, str address);

// Opens the regular file of the upload at `url`: below `folder` by as much of its path as leads to
// one ("wp-content/uploads/2020/05/a.jpg", …, "a.jpg"), then by that of its original. Never follows
// a symbolic link, never leaves the folder. The descriptor, and what to call the file, or -1.
int wp_file_open(struct arena *a, int folder, str url, str *name);
