// Forms and queries: application/x-www-form-urlencoded.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"
#include "base/str.h"

struct arena;

// The most that is read; more is FAULT_LIMIT.
enum { FORM_FIELDS = 256, FORM_NAME_BYTES = 256, FORM_BYTES = 1024 * 1024 };

struct form_field {
    str name, value; // decoded; valid UTF-8 without NUL
};

struct form {
    const struct form_field *fields; // in the order they came, names may repeat
    size_t count;
};

// Reads a body or a query. FAULT_INPUT for an invalid escape or text that is not UTF-8.
error form_parse(struct arena *a, str text, struct form *out) fallible;

// The value of the first field called `name`, or an empty str with ptr NULL.
str form_value(const struct form *f, str name);
