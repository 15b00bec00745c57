// Tries from inside the sandbox what it must not allow, for the tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

// Tries the one thing called `name` and answers with a line "allowed" or "denied: REASON"; some are
// deadly. False when there is no such trial.
bool probe(const char *name);

// Whether it is to be tried before the list of system calls closes in, to see Landlock's part
// alone.
bool probe_is_early(const char *name);
