// Digests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// SHA-256 (FIPS 180-4) as 64 lower-case hexadecimal digits.
str sha256_hex(struct arena *a, str bytes);
