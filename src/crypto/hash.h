// Digests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/str.h"

struct arena;

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
str sha256_hex(struct arena *a, str bytes);

// The same of bytes that come in pieces: begin, add as often as there is something, end.
struct sha256 {
    uint64_t state[16];
};
void sha256_begin(struct sha256 *sum);
void sha256_add(struct sha256 *sum, str bytes);
str sha256_end(struct sha256 *sum, struct arena *a);
