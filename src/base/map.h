// A hash table from text to pointers.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

struct map_slot {
    str key;
    uint64_t hash;
    void *value;
};

// Slots with key.ptr NULL are empty: walk slots[0..cap) to visit all, in no order that means
// anything.
struct map {
    struct map_slot *slots;
    size_t count, cap;
    uint64_t seed;
    struct arena *arena;
};

struct map map_new(struct arena *a);

// The value under `key`, or NULL.
void *map_get(const struct map *m, str key);

// Where the value under `key` stands; a new key (kept by reference: it must live as long as the
// map) starts as NULL. Valid until the next map_at.
void **map_at(struct map *m, str key);
