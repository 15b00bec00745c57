// Pull quotes: words drawn out of a text and set large beside it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>
#include <stdbool.h>

#include "base/str.h"

struct arena;

// Whether the block is one, by its class: ours ("pullquote"), the short one for writers ("pull"),
// or WordPress's.
bool pull_is(const GumboNode *node);

// Clean markup whose pull quotes say with aria-hidden when `plain`, its words, has theirs in
// another place as well: whoever is read to hears them once. One with a link in it can be reached
// by the keyboard, and is left alone.
html pull_hide_repeated(struct arena *a, html clean, str plain);
