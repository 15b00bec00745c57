// A template as parsed: a tree of literal text and tags, its stand-alone lines already taken out.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct arena;

// A theme's author may be a stranger: what one source may be at most.
enum {
    SOURCE_SIZE_LIMIT = 1 << 20,
    SOURCE_NESTING_LIMIT = 32,
    TAG_NAME_LIMIT = 128,
};

enum node_kind {
    NODE_TEXT,
    NODE_VALUE,    // {{name}}
    NODE_RAW,      // {{{name}}} and {{&name}}
    NODE_SECTION,  // {{#name}}…{{/name}}
    NODE_INVERTED, // {{^name}}…{{/name}}
    NODE_PARTIAL,  // {{>name}}
    NODE_LAYOUT,   // {{<name}}…{{/name}}, its children are the blocks it hands over
    NODE_BLOCK,    // {{$name}}…{{/name}}
};

struct node {
    enum node_kind kind;
    bool starts_line; // the first thing on its source line: an enclosing indentation goes before it
    bool in_line;     // of a partial, layout or block: not alone on its line
    uint32_t line;
    const struct source *source;
    str name;   // of the tag; of text, the text itself
    str indent; // of a partial, layout or block: what its lines are indented by
    struct node *children, *next;
};

struct source {
    str name, file; // "parts/card", "templates/parts/card.html"
    struct node *nodes;
    uint32_t lines;
};

// Reads `text` into source->nodes, which live in `a` and point into `text`. Errors live in
// `errors` and name file and line.
error source_parse(struct arena *a, struct arena *errors, struct source *source, str text) fallible;

// A FAULT_INPUT that names the node's file and line.
error node_error(struct arena *errors, const struct node *node, const char *format, ...)
    __attribute__((format(printf, 3, 4))) fallible;
