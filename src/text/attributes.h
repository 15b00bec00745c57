// Attributes of parsed elements: read, judged, and written for the elements that keep them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>
#include <stdbool.h>

#include "base/buf.h"

struct arena;

// The value, decoded, not always UTF-8; empty if the element has none of that name.
str attributes_get(const GumboNode *node, const char *name);
bool attributes_has(const GumboNode *node, const char *name);
bool attributes_has_class(const GumboNode *node, const char *class);

// The leading whole number, or -1 if there is none or it is outside the range.
int64_t attributes_number(const GumboNode *node, const char *name, int64_t least, int64_t most);

// Writes ` name="value"`, escaped; nothing when the value is empty.
void attributes_add(struct buf *b, const char *name, str value);

// Our name for an anchor: "at-…", or the footnotes' "fn-…" and "fnref-…" as they are; empty if
// nothing usable is left. Its own names stay.
str attributes_anchor(struct arena *a, str id);

// What an element of `tag` keeps of the attributes of `node`, written out (links and pictures,
// which need more judgement, aside): id, lang, dir, and what its kind allows.
str attributes_of(struct arena *a, const GumboNode *node, GumboTag tag);
// How wide a figure is to be, by our classes ("full-figure", "wide-figure"), the short ones for
// writers ("full", "wide") or WordPress's.
bool attributes_is_full(const GumboNode *figure);
bool attributes_is_wide(const GumboNode *figure);
// The same for a figure: its width, and that its picture stands elsewhere. Both are kept until
// there are files of it.
str attributes_of_figure(struct arena *a, const GumboNode *node, bool elsewhere);
// The same for a cell; one that holds a number in a column of numbers stands right.
str attributes_of_cell(struct arena *a, const GumboNode *node, GumboTag tag, bool number);
