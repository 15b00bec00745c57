// The theme's sources read from the tree, and sample records, for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"
#include "base/str.h"

struct arena;
struct template_set;

// Compiles every template under `folder`; a test fails if that cannot be done.
struct template_set *theme_compiled(struct arena *a, const char *folder);

// What a sample record holds: each text is `text` or, if that is empty,
// "sample-<record>-<field>" with dashes for blanks; each bool is `flags`.
struct sample {
    str text;
    bool flags;
};

// A record of `fields` with something in every field: lists have two rows, and records that hold
// each other end at `depth`.
void *theme_sample(struct arena *a, const struct fields *fields, struct sample sample, int depth);

// "sample-<record>-<field>", as theme_sample writes it.
str theme_marker(struct arena *a, const struct fields *fields, const struct field *field);
