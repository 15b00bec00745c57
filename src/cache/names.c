// Kept bytes by name: the table that every request looks into, in shards with a lock each.
// SPDX-License-Identifier: Apache-2.0
#include "cache/names.h"

#include "base/heap.h"
#include "cache/kept.h"

enum { USES_MOST = 3 };

void names_init(struct names *n)
{
    *n = (struct names){0};
    for (size_t i = 0; i < NAMES_SHARDS; i++) {
        pthread_mutexattr_t attr;
        pthread_mutexattr_init(&attr);
        // The lock is held for some 30 ns: spinning a little beats going to sleep.
        pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_ADAPTIVE_NP);
        pthread_mutex_init(&n->shards[i].lock, &attr);
        pthread_mutexattr_destroy(&attr);
    }
}

void names_done(struct names *n)
{
    for (size_t i = 0; i < NAMES_SHARDS; i++) {
        pthread_mutex_destroy(&n->shards[i].lock);
        heap_free(n->shards[i].slots);
    }
}

static struct names_shard *shard_of(const struct names *n, uint64_t hash)
{
    return (struct names_shard *)&n->shards[hash >> 58];
}

// The slot of `name`, or the empty one where it would stand.
static size_t slot_of(const struct names_shard *shard, uint64_t hash, str name)
{
    size_t mask = shard->cap - 1, i = hash & mask;
    const struct names_slot *slots = shard->slots;
    while (slots[i].kept && (slots[i].hash != hash || !kept_is_named(slots[i].kept, hash, name)))
        i = (i + 1) & mask;
    return i;
}

static struct kept *find(const struct names_shard *shard, uint64_t hash, str name)
{
    return shard->cap ? shard->slots[slot_of(shard, hash, name)].kept : NULL;
}

static void note_use(struct kept *k)
{
    unsigned char uses = atomic_load_explicit(&k->uses, memory_order_relaxed);
    if (uses < USES_MOST)
        atomic_store_explicit(&k->uses, uses + 1, memory_order_relaxed);
}

struct kept *names_get(struct names *n, uint64_t hash, str name, instant now)
{
    struct names_shard *shard = shard_of(n, hash);
    pthread_mutex_lock(&shard->lock);
    struct kept *k = find(shard, hash, name);
    if (k && now.ms < k->fresh_until.ms) {
        shard->hits++;
        kept_hold(k);
        note_use(k);
    } else {
        shard->misses++;
        k = NULL;
    }
    pthread_mutex_unlock(&shard->lock);
    return k;
}

struct kept *names_peek(const struct names *n, uint64_t hash, str name)
{
    return find(shard_of(n, hash), hash, name);
}

static void grow(struct names *n, struct names_shard *shard)
{
    struct names_slot *old = shard->slots;
    size_t old_cap = shard->cap;
    shard->cap = old_cap ? old_cap * 2 : 16;
    shard->slots = heap_alloc(shard->cap * sizeof *shard->slots);
    for (size_t s = 0; s < old_cap; s++) {
        if (!old[s].kept)
            continue;
        size_t i = old[s].hash & (shard->cap - 1);
        while (shard->slots[i].kept)
            i = (i + 1) & (shard->cap - 1);
        shard->slots[i] = old[s];
    }
    n->bytes += (shard->cap - old_cap) * sizeof *shard->slots;
    heap_free(old);
}

void names_put(struct names *n, struct kept *k)
{
    struct names_shard *shard = shard_of(n, k->hash);
    pthread_mutex_lock(&shard->lock);
    if (shard->count >= shard->cap / 4 * 3)
        grow(n, shard);
    size_t i = slot_of(shard, k->hash, (str){k->name, k->name_len});
    shard->count += shard->slots[i].kept == NULL;
    shard->slots[i] = (struct names_slot){k->hash, k};
    pthread_mutex_unlock(&shard->lock);
}

// Closes the gap, so that no look-up passes over dead slots.
static void close_gap(struct names_shard *shard, size_t hole)
{
    size_t mask = shard->cap - 1;
    struct names_slot *slots = shard->slots;
    for (size_t i = (hole + 1) & mask; slots[i].kept; i = (i + 1) & mask) {
        if (((i - slots[i].hash) & mask) < ((i - hole) & mask))
            continue;
        slots[hole] = slots[i];
        hole = i;
    }
    slots[hole] = (struct names_slot){0};
}

void names_remove(struct names *n, struct kept *k)
{
    struct names_shard *shard = shard_of(n, k->hash);
    pthread_mutex_lock(&shard->lock);
    size_t i = slot_of(shard, k->hash, (str){k->name, k->name_len});
    if (shard->slots[i].kept == k) {
        close_gap(shard, i);
        shard->count--;
    }
    pthread_mutex_unlock(&shard->lock);
}

void names_count(struct names *n, uint64_t *hits, uint64_t *misses)
{
    *hits = *misses = 0;
    for (size_t i = 0; i < NAMES_SHARDS; i++) {
        struct names_shard *shard = &n->shards[i];
        pthread_mutex_lock(&shard->lock);
        *hits += shard->hits;
        *misses += shard->misses;
        pthread_mutex_unlock(&shard->lock);
    }
}
