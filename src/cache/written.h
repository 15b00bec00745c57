// What was written lately: tells whether a page made from an older snapshot is already outdated.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/keyset.h"

struct written_key {
    struct key key; // its name is not kept
    uint64_t commit;
    uint64_t before; // the one before it in its chain, counted from 1
};

// A ring of written keys, chained by hash, newest first.
struct written {
    struct written_key *ring;
    uint64_t *chains;
    size_t cap; // a power of two, of both
    uint64_t next;
    uint64_t reach; // writes up to this commit may be lost from the ring
};

void written_init(struct written *w, size_t cap);
void written_done(struct written *w);
size_t written_bytes(const struct written *w);

// Commits must not go down from call to call.
void written_add(struct written *w, const struct keyset *keys, uint64_t commit);

// From here on nothing is known of commits up to this one.
void written_lose(struct written *w, uint64_t commit);

// Knows nothing of commits up to this one, and nothing of any above it, be it lower than the last.
void written_restart(struct written *w, uint64_t commit);

// Whether one of `reads` was, or may have been, written by a commit above `commit`.
bool written_since(const struct written *w, const struct keyset *reads, uint64_t commit);
