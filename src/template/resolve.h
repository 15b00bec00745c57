// Finds what a name in a template stands for.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "template/code.h"

// The field that `name` (one part of a dotted name) stands for in the innermost scope that has it.
// `slot` is that scope's.
error scope_lookup(struct arena *errors, const struct node *node, const struct scope *scopes,
                   size_t count, str name, uint8_t *slot, const struct field **out) fallible;

// The field `name` of one record type.
error record_lookup(struct arena *errors, const struct node *node, const struct fields *record,
                    str name, const struct field **out) fallible;
