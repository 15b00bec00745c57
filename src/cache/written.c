// What was written lately: tells whether a page made from an older snapshot is already outdated.
// SPDX-License-Identifier: Apache-2.0
#include "cache/written.h"

#include <string.h>

#include "base/heap.h"

void written_init(struct written *w, size_t cap)
{
    *w = (struct written){.cap = cap};
    w->ring = heap_alloc(cap * sizeof *w->ring);
    w->chains = heap_alloc(cap * sizeof *w->chains);
}

void written_done(struct written *w)
{
    heap_free(w->ring);
    heap_free(w->chains);
}

size_t written_bytes(const struct written *w)
{
    return w->cap * (sizeof *w->ring + sizeof *w->chains);
}

static uint64_t *chain_of(const struct written *w, uint64_t hash)
{
    return &w->chains[(hash ^ hash >> 32) & (w->cap - 1)];
}

void written_lose(struct written *w, uint64_t commit)
{
    if (commit > w->reach)
        w->reach = commit;
}

void written_restart(struct written *w, uint64_t commit)
{
    memset(w->ring, 0, w->cap * sizeof *w->ring);
    memset(w->chains, 0, w->cap * sizeof *w->chains);
    w->next = 0;
    w->reach = commit;
}

void written_add(struct written *w, const struct keyset *keys, uint64_t commit)
{
    for (size_t i = 0; i < keys->count; i++) {
        struct written_key *place = &w->ring[w->next & (w->cap - 1)];
        written_lose(w, place->commit);
        uint64_t *chain = chain_of(w, keys->keys[i].hash);
        *place = (struct written_key){keys->keys[i], commit, *chain};
        place->key.name = STR_NONE;
        *chain = ++w->next;
    }
}

static bool written_key_since(const struct written *w, const struct key *read, uint64_t commit)
{
    uint64_t at = *chain_of(w, read->hash);
    // What stands `cap` or more behind the newest has been overwritten: the chain ends there.
    while (at && at + w->cap > w->next) {
        const struct written_key *one = &w->ring[(at - 1) & (w->cap - 1)];
        if (one->commit <= commit)
            return false;
        if (key_touches(read, &one->key))
            return true;
        at = one->before;
    }
    return false;
}

bool written_since(const struct written *w, const struct keyset *reads, uint64_t commit)
{
    if (commit < w->reach)
        return true;
    for (size_t i = 0; i < reads->count; i++) {
        if (written_key_since(w, &reads->keys[i], commit))
            return true;
    }
    return false;
}
