// How much there is to read.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/str.h"

// Chinese, Japanese and Korean are counted by character, everything else by word.
struct words {
    int64_t words, cjk_characters;
};

// One pass over plain text; a run of signs without a letter or digit is no word.
struct words words_count(str plain);

// Whole minutes, at least 1: 275 words or 500 CJK characters a minute, and for pictures 12 seconds
// for the first, one second less for each that follows, down to 3.
int64_t reading_minutes(struct words w, int64_t pictures);
