// Compresses what is kept, on a thread of its own: the first reader of a page does not pay for it.
// SPDX-License-Identifier: Apache-2.0
#include "app/packer.h"

#include <pthread.h>
#include <string.h>

#include "app/kept_page.h"
#include "base/arena.h"
#include "base/turns.h"
#include "compress/compress.h"

enum { QUEUE = 1024 };

struct packer {
    struct cache *cache;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t some;
    struct kept *queue[QUEUE];
    size_t first, count;
    bool stopping;
};

static struct kept *take(struct packer *p)
{
    pthread_mutex_lock(&p->lock);
    while (!p->count && !p->stopping)
        pthread_cond_wait(&p->some, &p->lock);
    struct kept *page = NULL;
    if (!p->stopping) {
        page = p->queue[p->first];
        p->first = (p->first + 1) % QUEUE;
        p->count--;
    }
    pthread_mutex_unlock(&p->lock);
    return page;
}

static void *run(void *ctx)
{
    struct packer *p = ctx;
    pthread_setname_np(pthread_self(), "compressing");
    turns_behind_readers();
    struct compressor *c = compressor_open();
    struct arena *scratch = arena_new();
    struct kept *page;
    while ((page = take(p))) {
        kept_page_compress(p->cache, c, scratch, page);
        kept_release(page);
        arena_reset(scratch);
    }
    arena_free(scratch);
    compressor_close(c);
    return NULL;
}

error packer_start(struct arena *a, struct cache *cache, struct packer **out)
{
    struct packer *p = arena_make(a, struct packer);
    p->cache = cache;
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->some, NULL);
    int bad = pthread_create(&p->thread, NULL, run, p);
    if (bad)
        return failure(a, FAULT_IO, S("serve"), "cannot start a thread: %s", strerror(bad));
    *out = p;
    return NULL;
}

void packer_add(struct packer *p, struct kept *page)
{
    pthread_mutex_lock(&p->lock);
    if (p->count < QUEUE && !p->stopping) {
        p->queue[(p->first + p->count++) % QUEUE] = kept_hold(page);
        pthread_cond_signal(&p->some);
    }
    pthread_mutex_unlock(&p->lock);
}

void packer_stop(struct packer *p)
{
    if (!p)
        return;
    pthread_mutex_lock(&p->lock);
    p->stopping = true;
    pthread_cond_signal(&p->some);
    pthread_mutex_unlock(&p->lock);
    pthread_join(p->thread, NULL);
    for (; p->count; p->count--, p->first = (p->first + 1) % QUEUE)
        kept_release(p->queue[p->first]);
}
