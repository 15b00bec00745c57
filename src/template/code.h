// What a template becomes: a list of instructions that read a record's fields by offset.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fields.h"
#include "base/map.h"
#include "template/escape.h"
#include "template/markup.h"
#include "template/node.h"
#include "template/template.h"

// Records and values that one routine may have open at once.
enum { SLOT_LIMIT = 40 };

// Slots hold pointers to the records (or single values) that sections have opened. NULL stands
// for what a missing record leads to; reading from it gives nothing.
enum opcode {
    OP_END,
    OP_TEXT, // writes text
    OP_STR,  // writes a field of `slot`, and so do the next four
    OP_INT,
    OP_REAL,
    OP_BOOL,
    OP_INSTANT,
    OP_LOAD,   // target = record that the field of `slot` points to
    OP_IF_STR, // jumps if the field of `slot` is empty, else target = where it stands
    OP_IF_INT,
    OP_IF_REAL,
    OP_IF_BOOL,
    OP_IF_RECORD, // …, else target = the record it points to
    OP_IF_LIST,   // …, else target = its first row
    OP_NEXT,      // target = next row, jumps back; goes on behind the last
    OP_CALL,      // runs a routine on copies of the slots in `map`
};

struct op {
    uint8_t code;
    uint8_t escape; // of OP_STR; of OP_IF_…: whether to jump if the field is *not* empty
    uint8_t slot, target;
    uint32_t offset; // of the field in the record; length of text
    union {
        const char *text;
        const struct routine *routine;
        size_t row; // size of one
    };
    union {
        size_t jump;
        const uint8_t *map;
    };
};

// What a name may be looked up in. `record` is NULL for a single value, which only {{.}} reads.
struct scope {
    const struct fields *record;
    enum field_kind kind;
    uint8_t slot;
};

// A block that a layout's caller hands over, by name.
struct argument {
    str name;
    const struct node *block;
};

struct arguments {
    const struct argument *all;
    size_t count;
};

// A template compiled for one situation: the records open, the place in the markup, the
// indentation and the blocks handed over.
struct routine {
    const struct source *source;
    struct scope scopes[SLOT_LIMIT];
    size_t scope_count;
    struct markup entry, exit;
    str indent;
    struct arguments arguments;
    struct op *ops;
    size_t count;
    bool done, recursed;
    struct routine *next;
};

struct template_set {
    struct arena *arena;
    struct map by_name; // of struct source
    struct routine *routines;
    size_t routine_count;
};

struct template
{
    const struct routine *routine;
};
