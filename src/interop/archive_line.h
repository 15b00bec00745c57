// A noun's row as a line of JSON, and back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;
struct buf;
struct transfer_noun;
struct transfer_row;

enum {
    ARCHIVE_LINE_MOST = 64 << 20, // bytes
    ARCHIVE_VALUES_MOST = 256,    // numbers, texts and names in a line
    ARCHIVE_DEPTH_MOST = 2,       // lists in the object
};

// Adds the row's object and a line end to `out`.
void archive_line_write(struct buf *out, const struct transfer_noun *noun,
                        const struct transfer_row *row);

// Reads a line (without its end); every column must be there once, and nothing else. FAULT_INPUT
// says what is wrong, FAULT_LIMIT what is too much.
error archive_line_read(struct arena *a, const struct transfer_noun *noun, str line,
                        struct transfer_row *out) fallible;
