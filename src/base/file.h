// Whole files, with a limit.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/str.h"

struct arena;

// FAULT_NOT_FOUND, FAULT_LIMIT beyond `most` bytes, FAULT_IO; the message names the path.
error file_read(struct arena *a, str path, size_t most, str *out) fallible;
error file_read_if_there(struct arena *a, str path, size_t most, str *out, bool *found) fallible;

// The same of what is open for reading, from where it stands; `path` is for messages.
error file_read_from(struct arena *a, str path, int fd, size_t most, str *out) fallible;

// Makes a directory, with those above it, for its owner and group alone; fine when it is there.
error directory_make(struct arena *a, str path) fallible;
