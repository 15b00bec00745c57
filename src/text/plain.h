// The words of clean markup.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// A line for each block, a space between the cells of a table, character references decoded; the
// links that stand for embeds left out. For what clean_html has written only.
str plain_from(struct arena *a, html clean);
