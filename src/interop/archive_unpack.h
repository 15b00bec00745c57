// Reads a tar file of any origin, member by member, within limits.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

struct arena;
struct unpack;

enum {
    UNPACK_MEMBERS_MOST = 1000000,
    UNPACK_NAME_MOST = 255, // bytes
    UNPACK_RATIO_MOST = 500 // bytes that one byte of the file may become, once it is large
};
// What may come out before the ratio counts, and the most that may come out at all.
#define UNPACK_FREE ((int64_t)64 << 20)
#define UNPACK_MOST ((int64_t)4 << 40)

struct unpack_member {
    str name; // safe: no part of it is "..", it is not absolute; "./" before it is left out
    int64_t size;
};

// A plain, gzip or zstd tar, whatever its name. FAULT_NOT_FOUND, FAULT_IO, FAULT_INPUT.
error unpack_open(struct arena *a, str path, struct unpack **out) fallible;
void unpack_close(struct unpack *u); // NULL is fine

// The next regular file, its name in `a`; folders are passed over. FAULT_INPUT for a link, a device
// or a name that leaves the folder, FAULT_LIMIT for a bomb.
error unpack_next(struct unpack *u, struct arena *a, struct unpack_member *out,
                  bool *found) fallible;

// The next bytes of the member, at most what one read gives, empty at its end; until the next call.
error unpack_bytes(struct unpack *u, struct arena *a, str *out) fallible;

// The next line without its end, valid until the next call; *found false at the end. A member is
// read by bytes or by lines, not both. FAULT_LIMIT beyond `most` bytes, FAULT_INPUT for a last line
// that has no end.
error unpack_line(struct unpack *u, struct arena *a, size_t most, str *out, bool *found) fallible;

// How much of the file was read, of 0 to 1000.
int unpack_permille(const struct unpack *u);

// Goes back to the beginning; FAULT_CONFLICT when the file was changed since it was opened.
error unpack_rewind(struct unpack *u, struct arena *a) fallible;
