// What changed between two texts, word by word.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/fields.h"
#include "base/str.h"

struct arena;

enum {
    DIFFERENCE_WORDS_MOST = 60000,   // of one text
    DIFFERENCE_STEPS_MOST = 6000000, // looks at a pair of words: some twenty milliseconds
};

enum difference_kind { DIFFERENCE_SAME, DIFFERENCE_REMOVED, DIFFERENCE_ADDED };

// A stretch of one of the texts; the end of a paragraph that came or went shows as "¶".
struct difference_piece {
    enum difference_kind kind;
    str text;
};

struct difference_paragraph {
    struct list pieces; // struct difference_piece
    bool changed;
};

struct difference {
    struct list paragraphs; // struct difference_paragraph
    bool changed;
    bool too_much; // beyond the limits above: nothing was compared, and there are no paragraphs
};

// Compares by words, Chinese and Japanese by characters; white space is of no account but for the
// ends of lines, which end paragraphs. But for white space and "¶" the pieces that were not added
// make up `before`, and those that were not removed `after`.
void difference_of(struct arena *a, str before, str after, struct difference *out);
