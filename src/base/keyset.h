// What a piece of work read or wrote: the keys that tie kept bytes to the data they show.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

struct arena;

// A place in an ordering, newest highest: publication time in milliseconds, then id.
typedef struct {
    int64_t at, id;
} rank;

#define RANK_LOWEST ((rank){INT64_MIN, INT64_MIN})
#define RANK_HIGHEST ((rank){INT64_MAX, INT64_MAX})

int rank_cmp(rank a, rank b);

// One dependency. A facet ("story:42/card") or an absence ("path:/x") spans all ranks. A range
// ("section:7") spans, in a read set, the stretch that was *examined*; in a write set, a row's old
// or new position. A read depends on a write when names are equal and the stretches touch.
struct key {
    str name;
    uint64_t hash; // of the name, the same in every process
    rank low, high;
};

struct keyset {
    struct arena *arena;
    struct key *keys; // no two are equal
    size_t count, cap;
    uint32_t *index; // open addressing over keys, by hash
    size_t index_cap;
    instant fresh_until; // when what was read changes by the clock alone; INSTANT_NEVER at first
};

// An empty set whose names are copied into `a`.
struct keyset keyset_new(struct arena *a);

void keyset_add(struct keyset *set, str name);
void keyset_addf(struct keyset *set, const char *format, ...) __attribute__((format(printf, 2, 3)));

// Adds the stretch from `low` to `high`, both included.
void keyset_add_range(struct keyset *set, str name, rank low, rank high);

// The earliest of what was said counts.
void keyset_fresh_until(struct keyset *set, instant t);

// Adds all of `other`.
void keyset_merge(struct keyset *set, const struct keyset *other);

uint64_t key_hash(str name);

// Whether a read of `read` depends on a write of `written`.
bool key_touches(const struct key *read, const struct key *written);
