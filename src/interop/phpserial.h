// Reads values as PHP serialises them, and executes nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

enum { PHP_DEPTH_MOST = 24, PHP_VALUES_MOST = 100000 };

enum php_kind { PHP_NULL, PHP_BOOL, PHP_INT, PHP_REAL, PHP_TEXT, PHP_ARRAY };

struct php_pair;

struct php_value {
    enum php_kind kind;
    int64_t number; // of a bool and an int
    str text;       // of a text; of a real as it was written
    struct php_pair *pairs;
    size_t count;
};

struct php_pair {
    struct php_value key, value; // key: an int or a text
};

// All of `text`; objects are read as arrays of what they hold, references as null. False for what
// is malformed, nests deeper than PHP_DEPTH_MOST, or has more than PHP_VALUES_MOST values.
bool php_read(struct arena *a, str text, struct php_value *out);

// The value under a text key of an array; NULL without.
const struct php_value *php_get(const struct php_value *array, const char *key);
