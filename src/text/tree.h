// HTML parsed into a tree, with a bound on memory.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>

#include "base/str.h"

struct arena;

// The tree a browser builds of `markup` inside a <body>, in the arena: its children are the body's.
// NULL when the parser wanted more memory than any honest markup of that length needs, which also
// bounds its time. Bytes that are not UTF-8 read as U+FFFD. Depth must have been bounded before
// (scan_depth): the parser itself has no limit.
const GumboNode *tree_parse(struct arena *a, str markup);
