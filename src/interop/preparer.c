// Reads and cleans story files on all cores, ahead of the one thread that writes them.
// SPDX-License-Identifier: Apache-2.0
#include "interop/preparer.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/heap.h"
#include "crypto/hash.h"

// Files that may be ahead of the writer, which takes up to half of them at a time.
enum { RING = 256, TAKE_MOST = RING / 2, THREADS_MOST = 64 };

struct slot {
    struct arena *arena;
    bool ready;
    struct prepared prepared;
};

struct preparer {
    const struct preparer_options *options;
    struct slot slots[RING];
    pthread_mutex_t lock;
    pthread_cond_t ready, room;
    size_t next;  // the next file to prepare
    size_t done;  // files given back by the writer
    size_t taken; // files it holds, from `done` on
    pthread_t threads[THREADS_MOST];
    unsigned thread_count;
};

static error prepare(const struct preparer_options *options, size_t i, struct arena *a,
                     struct prepared *out)
{
    const struct listed_file *listed = &options->files[i];
    str text;
    try(file_read(a, listed->path, STORY_FILE_MOST, &text));
    if (options->hashes[i].len && str_eq(sha256_hex(a, text), options->hashes[i])) {
        out->unchanged = true;
        return NULL;
    }
    try(story_file_read(a, &options->reading, listed->path, text, &out->file));
    out->file.origin = listed->real;
    return NULL;
}

// The number of a file to prepare, once there is room for it; false at the end.
static bool next_file(struct preparer *p, size_t *out)
{
    pthread_mutex_lock(&p->lock);
    while (p->next < p->options->count && p->next - p->done >= RING)
        pthread_cond_wait(&p->room, &p->lock);
    bool any = p->next < p->options->count;
    if (any)
        *out = p->next++;
    pthread_mutex_unlock(&p->lock);
    return any;
}

static void *run(void *context)
{
    struct preparer *p = context;
    for (size_t i; next_file(p, &i);) {
        struct slot *slot = &p->slots[i % RING];
        slot->prepared = (struct prepared){0};
        slot->prepared.failed = prepare(p->options, i, slot->arena, &slot->prepared);
        pthread_mutex_lock(&p->lock);
        slot->ready = true;
        pthread_cond_signal(&p->ready);
        pthread_mutex_unlock(&p->lock);
    }
    return NULL;
}

struct preparer *preparer_start(const struct preparer_options *options)
{
    struct preparer *p = heap_new(struct preparer);
    p->options = options;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->ready, NULL);
    pthread_cond_init(&p->room, NULL);
    size_t slots = options->count < RING ? options->count : RING;
    for (size_t i = 0; i < slots; i++)
        p->slots[i].arena = arena_new();
    unsigned threads = options->threads < THREADS_MOST ? options->threads : THREADS_MOST;
    while (p->thread_count < threads && p->thread_count < slots)
        if (pthread_create(&p->threads[p->thread_count], NULL, run, p) == 0)
            p->thread_count++;
        else if (p->thread_count)
            break;
        else
            abort(); // without a single thread nothing works
    return p;
}

size_t preparer_take(struct preparer *p, struct prepared **out, size_t most)
{
    size_t left = p->options->count - p->done;
    size_t count = left < most ? left : most;
    if (count > TAKE_MOST)
        count = TAKE_MOST;
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < count; i++) {
        struct slot *slot = &p->slots[(p->done + i) % RING];
        while (!slot->ready)
            pthread_cond_wait(&p->ready, &p->lock);
        out[i] = &slot->prepared;
    }
    pthread_mutex_unlock(&p->lock);
    p->taken = count;
    return count;
}

void preparer_release(struct preparer *p)
{
    pthread_mutex_lock(&p->lock);
    for (size_t i = 0; i < p->taken; i++) {
        struct slot *slot = &p->slots[(p->done + i) % RING];
        slot->ready = false;
        arena_reset(slot->arena);
    }
    p->done += p->taken;
    p->taken = 0;
    pthread_cond_broadcast(&p->room);
    pthread_mutex_unlock(&p->lock);
}

void preparer_stop(struct preparer *p)
{
    pthread_mutex_lock(&p->lock);
    p->next = p->options->count;
    pthread_cond_broadcast(&p->room);
    pthread_mutex_unlock(&p->lock);
    for (unsigned i = 0; i < p->thread_count; i++)
        pthread_join(p->threads[i], NULL);
    for (size_t i = 0; i < RING; i++)
        arena_free(p->slots[i].arena);
    pthread_cond_destroy(&p->ready);
    pthread_cond_destroy(&p->room);
    pthread_mutex_destroy(&p->lock);
    heap_free(p);
}
