// Who makes room: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP
// 2023).
// SPDX-License-Identifier: Apache-2.0
#include "cache/recency.h"

#include "base/heap.h"
#include "cache/kept.h"

enum {
    GHOST_WAYS = 4,
    PROMOTE_AT = 2, // uses that prove an entry of the new queue
    LOOKS = 128,    // second chances given at most, when all that is proven is in use
};

void recency_init(struct recency *r, size_t most)
{
    // One ghost for 8 kB: about as many as there are entries of usual size.
    size_t cap = 256;
    while (cap < most / 8192 && cap < (size_t)1 << 20)
        cap *= 2;
    *r = (struct recency){.most_new = most / 10, .ghost_cap = cap};
    r->ghosts = heap_alloc(cap * sizeof *r->ghosts);
}

void recency_done(struct recency *r)
{
    heap_free(r->ghosts);
}

size_t recency_bytes(const struct recency *r)
{
    return r->ghost_cap * sizeof *r->ghosts;
}

static void push(struct recency *r, struct kept *k, enum kept_queue which)
{
    struct queue *q = &r->queues[which];
    k->queue = which;
    k->newer = NULL;
    k->older = q->newest;
    if (q->newest)
        q->newest->newer = k;
    else
        q->oldest = k;
    q->newest = k;
    q->bytes += k->size;
    q->count++;
}

void recency_leave(struct recency *r, struct kept *k)
{
    struct queue *q = &r->queues[k->queue];
    *(k->newer ? &k->newer->older : &q->newest) = k->older;
    *(k->older ? &k->older->newer : &q->oldest) = k->newer;
    q->bytes -= k->size;
    q->count--;
    k->queue = QUEUE_NONE;
}

static struct ghost *ghost_set(struct recency *r, uint64_t hash)
{
    return &r->ghosts[(hash & (r->ghost_cap - 1)) & ~(size_t)(GHOST_WAYS - 1)];
}

static uint32_t print_of(uint64_t hash)
{
    return (uint32_t)(hash >> 32) | 1; // 0 is an empty place
}

void recency_remember(struct recency *r, const struct kept *k)
{
    struct ghost *set = ghost_set(r, k->hash), *place = set;
    for (int i = 0; i < GHOST_WAYS; i++) {
        if (!set[i].print || set[i].print == print_of(k->hash)) {
            place = &set[i];
            break;
        }
        if (r->ghost_clock - set[i].at > r->ghost_clock - place->at)
            place = &set[i];
    }
    *place = (struct ghost){print_of(k->hash), r->ghost_clock++};
}

static bool was_here(struct recency *r, uint64_t hash)
{
    struct ghost *set = ghost_set(r, hash);
    for (int i = 0; i < GHOST_WAYS; i++) {
        if (set[i].print == print_of(hash)) {
            bool lately = r->ghost_clock - set[i].at <= r->ghost_cap;
            set[i] = (struct ghost){0};
            return lately;
        }
    }
    return false;
}

void recency_enter(struct recency *r, struct kept *k)
{
    push(r, k, was_here(r, k->hash) ? QUEUE_PROVEN : QUEUE_NEW);
}

void recency_replace(struct recency *r, struct kept *old, struct kept *k)
{
    enum kept_queue which = old->queue;
    recency_leave(r, old);
    push(r, k, which);
}

void recency_grew(struct recency *r, struct kept *k, size_t by)
{
    k->size += by;
    r->queues[k->queue].bytes += by;
}

static unsigned uses_of(struct kept *k)
{
    return atomic_load_explicit(&k->uses, memory_order_relaxed);
}

static void move(struct recency *r, struct kept *k, unsigned uses)
{
    atomic_store_explicit(&k->uses, uses, memory_order_relaxed);
    recency_leave(r, k);
    push(r, k, QUEUE_PROVEN);
}

struct kept *recency_victim(struct recency *r)
{
    struct queue *fresh = &r->queues[QUEUE_NEW], *proven = &r->queues[QUEUE_PROVEN];
    for (int looks = 0;;) {
        bool from_new = fresh->oldest && (fresh->bytes > r->most_new || !proven->oldest);
        struct kept *k = from_new ? fresh->oldest : proven->oldest;
        if (!k)
            return NULL;
        unsigned uses = uses_of(k);
        if (from_new && uses >= PROMOTE_AT) {
            move(r, k, 0);
        } else if (!from_new && uses > 0 && looks++ < LOOKS) {
            move(r, k, uses - 1);
        } else {
            if (from_new)
                recency_remember(r, k);
            return k;
        }
    }
}
