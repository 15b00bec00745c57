// A file built into the program.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

// Tables of these end with a row whose name is NULL.
struct asset {
    const char *name; // its path in the repository: "templates/story.html"
    const unsigned char *bytes;
    size_t len;
    const char *hash; // the first 16 hexadecimal digits of the SHA-256 of its bytes
};
