// Work on a stream of items with all cores.
// SPDX-License-Identifier: Apache-2.0
#include "interop/pipeline.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/turns.h"

// An arena that grew for one large item is not kept for small ones.
enum { KEPT_FOOTPRINT = 192 * 1024 };

struct slot {
    struct arena *arena;
    void *item;
    size_t bytes;
    bool ready;
};

struct worker {
    struct pipeline *pipeline;
    unsigned number;
    pthread_t thread;
};

struct pipeline {
    struct pipeline_ops ops;
    struct slot slots[PIPELINE_ITEMS_MOST];
    pthread_mutex_t lock;
    pthread_cond_t changed;
    // Counts of items that were read, given to a preparer, taken, released.
    size_t read, given, taken, released;
    size_t bytes;
    bool ended, stopped;
    error failed;
    struct arena *arena; // of the reader
    pthread_t reader;
    struct worker workers[PIPELINE_THREADS_MOST];
    unsigned worker_count;
};

static struct slot *slot_at(struct pipeline *p, size_t n)
{
    return &p->slots[n % PIPELINE_ITEMS_MOST];
}

static void start_thread(pthread_t *thread, void *(*run)(void *), void *context)
{
    if (pthread_create(thread, NULL, run, context) != 0)
        abort(); // without a thread nothing works
}

static void *run_reader(void *context)
{
    struct pipeline *p = context;
    if (p->ops.idle)
        turns_idle();
    error e = p->ops.read(p->ops.context, p, p->arena);
    pthread_mutex_lock(&p->lock);
    p->failed = e;
    p->ended = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

// The next item to prepare; false when there will be none.
static bool next_item(struct pipeline *p, size_t *out)
{
    pthread_mutex_lock(&p->lock);
    while (p->given == p->read && !p->ended && !p->stopped)
        pthread_cond_wait(&p->changed, &p->lock);
    bool any = p->given < p->read && !p->stopped;
    if (any)
        *out = p->given++;
    pthread_mutex_unlock(&p->lock);
    return any;
}

static void *run_worker(void *context)
{
    struct worker *me = context;
    struct pipeline *p = me->pipeline;
    if (p->ops.idle)
        turns_idle();
    struct arena *scratch = arena_new();
    for (size_t n; next_item(p, &n);) {
        struct slot *slot = slot_at(p, n);
        slot->item = p->ops.prepare(p->ops.context, me->number, slot->arena, scratch, slot->item);
        arena_reset(scratch);
        pthread_mutex_lock(&p->lock);
        slot->ready = true;
        pthread_cond_broadcast(&p->changed);
        pthread_mutex_unlock(&p->lock);
    }
    arena_free(scratch);
    return NULL;
}

struct pipeline *pipeline_start(const struct pipeline_ops *ops, unsigned threads)
{
    struct pipeline *p = heap_new(struct pipeline);
    p->ops = *ops;
    p->arena = arena_new();
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, NULL);
    for (size_t i = 0; i < PIPELINE_ITEMS_MOST; i++)
        p->slots[i].arena = arena_new();
    p->worker_count = threads < 1                       ? 1
                      : threads > PIPELINE_THREADS_MOST ? PIPELINE_THREADS_MOST
                                                        : threads;
    start_thread(&p->reader, run_reader, p);
    for (unsigned i = 0; i < p->worker_count; i++) {
        p->workers[i] = (struct worker){.pipeline = p, .number = i};
        start_thread(&p->workers[i].thread, run_worker, &p->workers[i]);
    }
    return p;
}

struct arena *pipeline_room(struct pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->stopped && (p->read - p->released >= PIPELINE_ITEMS_MOST ||
                           (p->bytes > PIPELINE_BYTES_MOST && p->read > p->released)))
        pthread_cond_wait(&p->changed, &p->lock);
    struct arena *a = p->stopped ? NULL : slot_at(p, p->read)->arena;
    pthread_mutex_unlock(&p->lock);
    return a;
}

void pipeline_put(struct pipeline *p, void *item, size_t bytes)
{
    pthread_mutex_lock(&p->lock);
    struct slot *slot = slot_at(p, p->read++);
    slot->item = item;
    slot->bytes = bytes;
    slot->ready = false;
    p->bytes += bytes;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

void *pipeline_take(struct pipeline *p, error *failed)
{
    void *item = NULL;
    pthread_mutex_lock(&p->lock);
    while (p->taken == p->read ? !p->ended : !slot_at(p, p->taken)->ready)
        pthread_cond_wait(&p->changed, &p->lock);
    if (p->taken < p->read)
        item = slot_at(p, p->taken++)->item;
    *failed = item ? NULL : p->failed;
    pthread_mutex_unlock(&p->lock);
    return item;
}

void pipeline_release(struct pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    for (; p->released < p->taken; p->released++) {
        struct slot *slot = slot_at(p, p->released);
        p->bytes -= slot->bytes;
        slot->ready = false;
        arena_reset(slot->arena);
        if (arena_footprint(slot->arena) > KEPT_FOOTPRINT) {
            arena_free(slot->arena);
            slot->arena = arena_new();
        }
    }
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
}

void pipeline_stop(struct pipeline *p)
{
    pthread_mutex_lock(&p->lock);
    p->stopped = true;
    pthread_cond_broadcast(&p->changed);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->reader, NULL);
    for (unsigned i = 0; i < p->worker_count; i++)
        pthread_join(p->workers[i].thread, NULL);
    for (size_t i = 0; i < PIPELINE_ITEMS_MOST; i++)
        arena_free(p->slots[i].arena);
    arena_free(p->arena);
    pthread_cond_destroy(&p->changed);
    pthread_mutex_destroy(&p->lock);
    heap_free(p);
}
