// Which kept bytes depend on which key: the index that makes forgetting fast.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/keyset.h"

// A dependency stands inside its owner's allocation, `offset` eight-byte steps behind the owner's
// start; `key` is 44 bits of the mixed hash, whose lowest bit tells windows from links. That is
// what makes a dependency cost 24 bytes.
enum { DEPENDENCY_OFFSET_BITS = 20 };
struct dependency {
    uint64_t key : 44, offset : DEPENDENCY_OFFSET_BITS;
};

// A read of all ranks (a facet, an absence): in a doubly linked list of its key.
struct link {
    struct link *next, *prev;
    struct dependency of;
};

// A read of a stretch: in a treap of its key, ordered by `low`, that knows the highest `high` below
// each node (an interval tree).
struct window {
    struct window *left, *right;
    rank low, high, reach;
    struct dependency of;
};

// One of 64 open-addressing tables, so that growing one never takes long.
struct postings_part {
    void **heads; // first link or root window; NULL is empty
    uint32_t *tags;
    uint32_t cap, count;
};

enum { POSTINGS_PARTS = 64 };
struct postings {
    uint64_t seed;
    size_t bytes; // taken for tables
    struct postings_part parts[POSTINGS_PARTS];
};

void postings_init(struct postings *p, uint64_t seed);
void postings_done(struct postings *p);

// Enters what `owner` depends on. The caller has laid out `link` or `window` inside the owner's
// allocation, which stays where it is until the dependency is removed.
void postings_add_link(struct postings *p, void *owner, struct link *link, uint64_t hash);
void postings_add_window(struct postings *p, void *owner, struct window *window,
                         const struct key *read);
void postings_remove_link(struct postings *p, struct link *link);
void postings_remove_window(struct postings *p, struct window *window);

// Calls touch(ctx, owner) for each dependency that the written key touches; an owner may come more
// than once. `touch` must not change the postings.
void postings_visit(const struct postings *p, const struct key *written,
                    void (*touch)(void *ctx, void *owner), void *ctx);
