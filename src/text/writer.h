// Writes HTML that every parser reads back as the tree that was meant.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gumbo.h>
#include <stdbool.h>

#include "base/buf.h"

struct arena;

// Blocks deeper than LEVELS_MAX (their own parts aside), and inline elements beyond INLINES_MAX,
// lose their tags.
enum { LEVELS_MAX = 40, INLINES_MAX = 12 };

struct level {
    GumboTag tag;
    bool implied;      // opened because what came needs it, not because somebody asked
    bool run;          // the last that was written directly in it was inline
    bool para_outside; // what `para` was around it
    size_t start;      // where its tag begins
    size_t content;    // where its content begins
};

struct inline_element {
    GumboTag tag;
    str attributes; // written out, a space before each
};

// Keeps a strict content model whatever order things come in: text in paragraphs, paragraphs and
// headings without blocks inside, items in lists, inline elements opened anew in each block.
// Nothing is written before there is content for it, and white space only between words; so a block
// that stays empty leaves no trace.
struct writer {
    struct arena *arena;
    struct buf out;
    struct level levels[LEVELS_MAX + 8];        // parts of the deepest block need a few more
    size_t depth;                               // of the innermost level
    struct inline_element inlines[INLINES_MAX]; // asked for, outermost first
    size_t inlines_wanted, inlines_open;        // the open ones come first
    bool at_start;                              // nothing inline yet in this block
    bool space;                                 // due before the next word
    int breaks;                                 // line breaks due
    bool soft;                                  // a boundary of a block without a tag of its own
    bool para;                                  // text comes from a <p>
    str para_attributes;
};

void writer_init(struct writer *w, struct arena *a, size_t most);

// Opens a block of the list in writer.c. What is returned goes to writer_close with its end; it is
// 0 when the block cannot stand here, and what follows joins what is around it.
size_t writer_open(struct writer *w, GumboTag tag, str attributes);
void writer_close(struct writer *w, size_t mark);

// Gives a block that is open other attributes than it was opened with; what is open in it is
// closed.
void writer_rewrite(struct writer *w, size_t mark, str old, str attributes);

// A paragraph, of which nothing is seen until text comes; and its end.
size_t writer_para(struct writer *w, str attributes);
void writer_para_end(struct writer *w, size_t mark);

// Parts what comes from what was, as an untagged block does.
void writer_boundary(struct writer *w);

// A void block or a part of a table: hr, col.
void writer_void_block(struct writer *w, GumboTag tag, str attributes);

// False if it cannot stand here (an a in an a): then no writer_inline_end follows.
bool writer_inline(struct writer *w, GumboTag tag, str attributes);
void writer_inline_end(struct writer *w);

// A link outside of all inline elements that are open; they go on behind it.
void writer_lone_link(struct writer *w, str attributes, str text);

void writer_text(struct writer *w, str text);
void writer_break(struct writer *w);
// A picture, in a <picture> where there is a <source> for it (attributes empty: there is none).
void writer_image(struct writer *w, str source, str attributes);

// Closes all and gives the markup.
str writer_finish(struct writer *w);

// Adds text as it stands in an attribute: escaped, on one line, and well-formed.
void writer_escape(struct buf *out, str text);
