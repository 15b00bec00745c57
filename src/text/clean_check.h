// An independent judge of clean markup: reads it as a browser would, and knows only what may be.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// What is wrong with it, or NULL: an element, attribute or address that may not be, or markup that
// does not say what the tree it parses to says.
const char *clean_fault(struct arena *a, str markup);

// The letters and digits that a reader sees, in order, of any markup; what cleaning adds or drops
// by design left out. `markup` must not be deep.
str clean_letters(struct arena *a, str markup);
