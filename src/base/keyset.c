// What a piece of work read or wrote: the keys that tie kept bytes to the data they show.
// SPDX-License-Identifier: Apache-2.0
#include "base/keyset.h"

#include <stdio.h>
#include <string.h>

#include "base/arena.h"

int rank_cmp(rank a, rank b)
{
    if (a.at != b.at)
        return a.at < b.at ? -1 : 1;
    return (a.id > b.id) - (a.id < b.id);
}

uint64_t key_hash(str name)
{
    return str_hash(name, 0);
}

bool key_touches(const struct key *read, const struct key *written)
{
    return read->hash == written->hash && rank_cmp(read->low, written->high) <= 0 &&
           rank_cmp(written->low, read->high) <= 0;
}

struct keyset keyset_new(struct arena *a)
{
    return (struct keyset){.arena = a, .fresh_until = INSTANT_NEVER};
}

static bool same(const struct key *key, uint64_t hash, str name, rank low, rank high)
{
    return key->hash == hash && rank_cmp(key->low, low) == 0 && rank_cmp(key->high, high) == 0 &&
           str_eq(key->name, name);
}

// The slot where this key's number (plus one) stands, or the empty one where it would.
static uint32_t *slot(struct keyset *set, uint64_t hash, str name, rank low, rank high)
{
    // Ranges of one name differ in their lows: without these in the slot they would form one chain.
    size_t mask = set->index_cap - 1;
    size_t i = (hash ^ ((uint64_t)low.at * 0x9E3779B97F4A7C15u >> 20) ^ (uint64_t)low.id) & mask;
    while (set->index[i] && !same(&set->keys[set->index[i] - 1], hash, name, low, high))
        i = (i + 1) & mask;
    return &set->index[i];
}

static void grow(struct keyset *set)
{
    size_t cap = set->cap ? set->cap * 2 : 32;
    set->keys =
        arena_grow(set->arena, set->keys, set->cap * sizeof *set->keys, cap * sizeof *set->keys);
    set->cap = cap;
    set->index_cap = cap * 2;
    set->index = arena_array(set->arena, uint32_t, set->index_cap);
    for (size_t i = 0; i < set->count; i++) {
        const struct key *key = &set->keys[i];
        *slot(set, key->hash, key->name, key->low, key->high) = (uint32_t)i + 1;
    }
}

void keyset_add_range(struct keyset *set, str name, rank low, rank high)
{
    if (set->count == set->cap)
        grow(set);
    uint64_t hash = key_hash(name);
    uint32_t *at = slot(set, hash, name, low, high);
    if (*at)
        return;
    set->keys[set->count] = (struct key){str_copy(set->arena, name), hash, low, high};
    *at = (uint32_t)++set->count;
}

void keyset_add(struct keyset *set, str name)
{
    keyset_add_range(set, name, RANK_LOWEST, RANK_HIGHEST);
}

void keyset_addf(struct keyset *set, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (len >= 0 && (size_t)len < sizeof text) {
        keyset_add(set, (str){text, (size_t)len});
        return;
    }
    va_start(args, format);
    keyset_add(set, str_vformat(set->arena, format, args));
    va_end(args);
}

void keyset_fresh_until(struct keyset *set, instant t)
{
    if (t.ms < set->fresh_until.ms)
        set->fresh_until = t;
}

void keyset_merge(struct keyset *set, const struct keyset *other)
{
    for (size_t i = 0; i < other->count; i++)
        keyset_add_range(set, other->keys[i].name, other->keys[i].low, other->keys[i].high);
    keyset_fresh_until(set, other->fresh_until);
}
