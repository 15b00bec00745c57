// All that a database holds as text, so that tests can compare two of them row by row.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;

// A line for each row of each table, "table: column=value …". FAULT_DATA for a table or a column
// that this does not know: whoever adds one decides how archives bring it.
error tables_dump(struct arena *a, str url, str *out) fallible;

// The first line of `was` that `is` has not, as it stands in both; NULL when they are the same.
const char *tables_difference(struct arena *a, str was, str is);
