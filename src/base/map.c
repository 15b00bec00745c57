// A hash table from text to pointers.
// SPDX-License-Identifier: Apache-2.0
#include "base/map.h"

#include <sys/random.h>

#include "base/arena.h"

// One seed a process: strangers cannot choose texts that collide.
static uint64_t process_seed(void)
{
    static uint64_t seed;
    uint64_t known = __atomic_load_n(&seed, __ATOMIC_RELAXED);
    if (known)
        return known;
    uint64_t fresh = 0;
    if (getrandom(&fresh, sizeof fresh, 0) != sizeof fresh || fresh == 0)
        fresh = 0x9E3779B97F4A7C15u;
    uint64_t none = 0;
    if (__atomic_compare_exchange_n(&seed, &none, fresh, false, __ATOMIC_RELAXED, __ATOMIC_RELAXED))
        return fresh;
    return none;
}

struct map map_new(struct arena *a)
{
    return (struct map){.arena = a, .seed = process_seed()};
}

static struct map_slot *find(const struct map *m, str key, uint64_t hash)
{
    size_t i = hash & (m->cap - 1);
    while (m->slots[i].key.ptr && (m->slots[i].hash != hash || !str_eq(m->slots[i].key, key)))
        i = (i + 1) & (m->cap - 1);
    return &m->slots[i];
}

void *map_get(const struct map *m, str key)
{
    return m->cap ? find(m, key, str_hash(key, m->seed))->value : NULL;
}

static void grow(struct map *m)
{
    struct map old = *m;
    m->cap = old.cap ? old.cap * 2 : 16;
    m->slots = arena_array(m->arena, struct map_slot, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].key.ptr)
            *find(m, old.slots[i].key, old.slots[i].hash) = old.slots[i];
}

void **map_at(struct map *m, str key)
{
    if ((m->count + 1) * 4 > m->cap * 3)
        grow(m);
    if (!key.ptr)
        key = S("");
    uint64_t hash = str_hash(key, m->seed);
    struct map_slot *slot = find(m, key, hash);
    if (!slot->key.ptr) {
        *slot = (struct map_slot){.key = key, .hash = hash};
        m->count++;
    }
    return &slot->value;
}
