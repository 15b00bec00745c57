// Markup from anywhere rewritten so that the tree parser meets neither surprise nor overwork.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct arena;
struct drops;
struct runs;

// At most so many elements may be open at once, formatting elements counted until they are closed;
// attributes of one tag beyond the limit are dropped.
enum { OPEN_MAX = 256, ATTRIBUTES_MAX = 24 };

// One linear pass that reads tags as HTML's tokenizer does (WHATWG HTML §13.2.5) and writes only
// tags and attributes that the cleaner knows, each complete and quoted: no comment, no foreign
// content, nothing whose content is not markup. So what the parser sees is what was counted here.
// Long stretches of plain text are left in `runs`, marks in their places. FAULT_LIMIT when too many
// elements are open or the parser would work too long: its steps are estimated as the sum of the
// depths at which tags stand, at most 64 for each byte.
error tame(struct arena *a, str markup, struct drops *drops, struct runs *runs, str *out) fallible;
