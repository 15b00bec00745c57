// Writes a tar file, compressed as its name says, that has its name once it is whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/error.h"
#include "base/instant.h"

struct arena;
struct pack;

// FILE.tar, FILE.tar.gz or FILE.tar.zst; "-" is a tar on standard output. FAULT_INPUT for another
// ending, FAULT_CONFLICT when the file is there already.
error pack_create(struct arena *a, str path, struct pack **out) fallible;

// Begins a member of `size` bytes; then that many are added, in any pieces.
error pack_member(struct pack *p, struct arena *a, str name, int64_t size, instant at) fallible;
error pack_add(struct pack *p, struct arena *a, str bytes) fallible;

// Makes it last under its own name; *size is what it takes.
error pack_finish(struct pack *p, struct arena *a, int64_t *size) fallible;

// Frees it; what was not finished leaves no file.
void pack_close(struct pack *p);
