// The write sets of commits, as every process that keeps pages reads them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/keyset.h"

struct work;

// Calls `apply` for each commit after `since` up to the one that `w` sees, in order, each once,
// with its write set. *gap is set, and nothing called, when rows after `since` were pruned: then
// everything has to be forgotten up to w->commit.
error change_replay(struct work *w, uint64_t since,
                    void (*apply)(void *ctx, const struct keyset *writes, uint64_t commit),
                    void *ctx, bool *gap) fallible;

// Drops the rows of all but the newest `keep` commits.
error change_prune(struct work *w, uint64_t keep) fallible;
