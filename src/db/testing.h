// A fresh, empty database for each unit test, on either engine.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

enum testing_engine { ON_SQLITE, ON_POSTGRES };

// Whether the environment's TEST_POSTGRES names a server; prints "skipped" with the reason if not.
bool testing_has_postgres(void);

// The address of a new database: a file in a folder of its own, or a schema of its own. What goes
// wrong ends the program.
str testing_database_create(struct arena *a, enum testing_engine engine);

// Removes it; its connections are closed by then.
void testing_database_drop(str url);
