// One render for concurrent misses of one name.
// SPDX-License-Identifier: Apache-2.0
#include "cache/claims.h"

#include <assert.h>
#include <string.h>

#include "base/heap.h"

struct claim {
    struct claim *next;
    pthread_cond_t finished;
    unsigned waiting;
    bool is_finished;
    size_t name_len;
    char name[];
};

void claims_init(struct claims *all)
{
    all->first = NULL;
    pthread_mutex_init(&all->lock, NULL);
}

void claims_done(struct claims *all)
{
    assert(!all->first);
    pthread_mutex_destroy(&all->lock);
}

static struct claim **place_of(struct claims *all, str name)
{
    struct claim **at = &all->first;
    while (*at && !str_eq((str){(*at)->name, (*at)->name_len}, name))
        at = &(*at)->next;
    return at;
}

static void claim_add(struct claims *all, str name)
{
    struct claim *claim = heap_alloc(sizeof *claim + name.len);
    pthread_cond_init(&claim->finished, NULL);
    claim->name_len = name.len;
    if (name.len)
        memcpy(claim->name, name.ptr, name.len);
    claim->next = all->first;
    all->first = claim;
}

static void claim_free(struct claim *claim)
{
    pthread_cond_destroy(&claim->finished);
    heap_free(claim);
}

bool claims_begin(struct claims *all, str name)
{
    pthread_mutex_lock(&all->lock);
    struct claim *claim = *place_of(all, name);
    if (!claim) {
        claim_add(all, name);
    } else {
        claim->waiting++;
        while (!claim->is_finished)
            pthread_cond_wait(&claim->finished, &all->lock);
        if (--claim->waiting == 0)
            claim_free(claim);
    }
    pthread_mutex_unlock(&all->lock);
    return !claim;
}

void claims_finish(struct claims *all, str name)
{
    pthread_mutex_lock(&all->lock);
    struct claim **at = place_of(all, name), *claim = *at;
    assert(claim);
    *at = claim->next;
    claim->is_finished = true;
    if (claim->waiting)
        pthread_cond_broadcast(&claim->finished);
    else
        claim_free(claim);
    pthread_mutex_unlock(&all->lock);
}
