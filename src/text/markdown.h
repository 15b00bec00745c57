// Markdown as newsrooms write it, to HTML that must still be cleaned.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/str.h"

struct arena;

// Blocks may nest MARKDOWN_NESTING deep on a line, a line has MARKDOWN_COLUMNS at most, and lines
// without an empty one between them start MARKDOWN_IMAGES pictures.
enum {
    MARKDOWN_MAX = 4 * 1024 * 1024,
    MARKDOWN_NESTING = 64,
    MARKDOWN_COLUMNS = 128,
    MARKDOWN_IMAGES = 500,
};

// CommonMark with tables, strike-through, bare links and footnotes; HTML inside passes through, so
// that the result is as hostile as the text and goes to clean_html. FAULT_LIMIT beyond the limits,
// or when the parser wants more memory than any honest text of that length needs.
error markdown_to_html(struct arena *a, str text, str *out) fallible;
