// Kept bytes by name: the table that every request looks into, in shards with a lock each.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

struct kept;

struct names_slot {
    uint64_t hash;
    struct kept *kept;
};

struct names_shard {
    pthread_mutex_t lock;
    struct names_slot *slots;
    size_t cap, count;
    uint64_t hits, misses;
    char apart[128 - sizeof(pthread_mutex_t) - 5 * 8]; // no two shards on a cache line
};

enum { NAMES_SHARDS = 64 };
struct names {
    size_t bytes; // taken for tables
    struct names_shard shards[NAMES_SHARDS];
};

void names_init(struct names *n);
void names_done(struct names *n);

// What is kept and fresh, referenced and its use noted; or NULL. From any thread.
struct kept *names_get(struct names *n, uint64_t hash, str name, instant now);

// The rest only under the cache's dependency lock; readers go on meanwhile.
struct kept *names_peek(const struct names *n, uint64_t hash, str name);
void names_put(struct names *n, struct kept *k); // in place of what has the same name
void names_remove(struct names *n, struct kept *k);

void names_count(struct names *n, uint64_t *hits, uint64_t *misses);
