// Digests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/str.h"

struct arena;

// BLAKE2b (RFC 7693) of 128 bits as 32 digits, for what is only compared with itself: four times as
// fast. A sum stays where it is until it is at its end.
struct quick_sum {
    uint64_t state[56];
};
void quick_begin(struct quick_sum *sum);
void quick_add(struct quick_sum *sum, str bytes);
str quick_end(struct quick_sum *sum, struct arena *a);

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
str sha256_hex(struct arena *a, str bytes);

// The same of bytes that come in pieces: begin, add as often as there is something, end.
struct sha256 {
    uint64_t state[16];
};
void sha256_begin(struct sha256 *sum);
void sha256_add(struct sha256 *sum, str bytes);
str sha256_end(struct sha256 *sum, struct arena *a);
