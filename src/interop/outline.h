// Indented lines of parts between bars: "Label | address", one below the other.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"
#include "base/fields.h"

struct arena;

enum { OUTLINE_LINES = 5000, OUTLINE_LEVELS = 16, OUTLINE_PARTS = 3 };

struct outline_line {
    int number; // in its file, from 1
    size_t level;
    str group;                // the last "[name]" above; empty before the first
    str parts[OUTLINE_PARTS]; // the last takes the rest of the line; those not there are empty
};

// Reads `text` into rows of struct outline_line; empty lines and "# comments" are left out. A line
// stands a level below the nearest one above it that is indented less. FAULT_INPUT or FAULT_LIMIT,
// with `file` and line in `where`.
error outline_parse(struct arena *a, str file, str text, struct list *lines) fallible;

// A failure at a line.
error outline_failure(struct arena *a, str file, const struct outline_line *line, enum fault fault,
                      str message) fallible;

// Turns lines [from, to) of level `level` and what stands below them into rows of struct menu_item
// (model/menu.h): "Label | address".
struct list outline_menu(struct arena *a, const struct list *lines, size_t from, size_t to);

// The end of the group that starts at `from`: the first line of another group, or the count.
size_t outline_group_end(const struct list *lines, size_t from);
