// A count of the elements that a tree parser would have open, and of the steps that costs it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// Never fewer than the parser has, but for what it implies itself (a table's parts) and for copies
// of formatting elements, which stay counted here until their end tag is met.
struct open {
    unsigned char tags[512];
    size_t depth;
    uint64_t work; // sum of the depths at which tags stood
};

void open_start(struct open *open, GumboTag tag);
void open_end(struct open *open, GumboTag tag);

// Whether the parser treats it as "special": block structure that end tags of others do not cross.
bool open_is_block(GumboTag tag);
