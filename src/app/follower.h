// Follows the database: forgets what any process committed, and tells those who wait for it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;
struct follower;
struct server;

// Starts following on a thread of its own. Where `control` is not empty it is the path of the
// control socket, which the follower then listens on (see app/control.h). FAULT_CONFLICT when
// another server has it.
error follower_start(struct arena *a, struct server *s, str control,
                     struct follower **out) fallible;

// Why it cannot follow, e.g. a database that is away; empty when all is well. A copy in `a`.
str follower_problem(struct follower *f, struct arena *a);

void follower_stop(struct follower *f); // NULL is fine
