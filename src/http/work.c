// Worker threads, their queue, and requests that wait for one of the same name.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <string.h>
#include <sys/random.h>

#include "base/arena.h"
#include "base/heap.h"
#include "http/server.h"

enum {
    BUCKETS = 1024,
    WAITERS_FACTOR = 16, // so many times the queue may wait for what others make
};

// Something that is being made.
struct flight {
    struct flight *next;
    uint64_t hash;
    struct exchanges waiters;
    size_t len;
    char name[];
};

// Requests that wait for a worker, and how many workers their kind keeps busy.
struct line {
    struct exchanges queue;
    size_t busy, most;
};
enum { MAKING, WAITING, LINES };

// A worker with nothing to do.
struct hand {
    struct hand *next;
    pthread_cond_t called;
    struct exchange *given;
};

struct work {
    struct http_server *server;
    pthread_mutex_t lock; // of all below
    struct line lines[LINES];
    struct hand *idle; // the last one first: what it needs is still at hand
    size_t queued, waiting;
    uint64_t handled;
    bool stopping;
    struct flight *buckets[BUCKETS];
    uint64_t seed;
    pthread_t *threads;
    size_t thread_count;
};

static struct flight **flight_at(struct work *w, str name, uint64_t hash)
{
    struct flight **at = &w->buckets[hash % BUCKETS];
    while (*at && ((*at)->hash != hash || !str_eq((str){(*at)->name, (*at)->len}, name)))
        at = &(*at)->next;
    return at;
}

static struct flight *flight_new(str name, uint64_t hash)
{
    struct flight *f = heap_alloc(sizeof *f + name.len);
    f->hash = hash;
    f->len = name.len;
    memcpy(f->name, name.ptr, name.len);
    return f;
}

static bool wait_for(struct work *w, struct flight *f, struct exchange *x)
{
    if (w->waiting >= w->server->options.queue * WAITERS_FACTOR)
        return false;
    w->waiting++;
    x->again = true;
    exchanges_add(&f->waiters, x);
    return true;
}

// The exchange whose turn it is, of those that may be handled now; NULL: none.
static struct exchange *take(struct work *w)
{
    struct line *next = NULL;
    for (size_t i = 0; i < LINES; i++) {
        struct line *line = &w->lines[i];
        if (line->queue.first && line->busy < line->most &&
            (!next || line->queue.first->began_us < next->queue.first->began_us))
            next = line;
    }
    if (!next)
        return NULL;
    struct exchange *x = next->queue.first;
    next->queue.first = x->next;
    next->busy++;
    w->queued--;
    return x;
}

static void call_hands(struct work *w)
{
    struct exchange *x;
    while (w->idle && (x = take(w))) {
        struct hand *hand = w->idle;
        w->idle = hand->next;
        hand->given = x;
        pthread_cond_signal(&hand->called);
    }
}

static bool enqueue(struct work *w, struct exchange *x, bool making)
{
    if (w->queued >= w->server->options.queue || w->stopping)
        return false;
    w->queued++;
    x->line = &w->lines[making ? MAKING : WAITING];
    exchanges_add(&x->line->queue, x);
    call_hands(w);
    return true;
}

bool work_submit(struct work *w, struct exchange *x, const struct http_need *need)
{
    str name = need->name;
    uint64_t hash = name.len ? str_hash(name, w->seed) : 0;
    bool taken;
    x->again = false;
    x->flight = NULL;
    pthread_mutex_lock(&w->lock);
    struct flight **at = name.len ? flight_at(w, name, hash) : NULL;
    if (at && *at) {
        taken = wait_for(w, *at, x);
    } else {
        if (at && w->queued < w->server->options.queue)
            *at = x->flight = flight_new(name, hash);
        taken = enqueue(w, x, need->making);
    }
    pthread_mutex_unlock(&w->lock);
    return taken;
}

// The exchange is the loop's again afterwards.
static void land(struct work *w, struct exchange *x)
{
    struct exchange *waiter = NULL;
    struct flight *flight = x->flight;
    pthread_mutex_lock(&w->lock);
    w->handled++;
    x->line->busy--;
    if (flight) {
        struct flight **at = &w->buckets[flight->hash % BUCKETS];
        while (*at != flight)
            at = &(*at)->next;
        *at = flight->next;
        waiter = flight->waiters.first;
        for (struct exchange *one = waiter; one; one = one->next)
            w->waiting--;
    }
    pthread_mutex_unlock(&w->lock);
    heap_free(flight);
    loop_return(x);
    while (waiter) {
        struct exchange *next = waiter->next;
        loop_return(waiter);
        waiter = next;
    }
}

static struct exchange *next_job(struct work *w, struct hand *me)
{
    pthread_mutex_lock(&w->lock);
    struct exchange *x = w->stopping ? NULL : take(w);
    if (x) {
        call_hands(w);
    } else if (!w->stopping) {
        me->given = NULL;
        me->next = w->idle;
        w->idle = me;
        while (!me->given && !w->stopping)
            pthread_cond_wait(&me->called, &w->lock);
        x = me->given;
    }
    pthread_mutex_unlock(&w->lock);
    return x;
}

static void *work_run(void *work_pointer)
{
    struct work *w = work_pointer;
    pthread_setname_np(pthread_self(), "pages");
    const struct http_ops *ops = &w->server->ops;
    void *worker = ops->worker_open ? ops->worker_open(ops->ctx) : NULL;
    struct hand me = {.called = PTHREAD_COND_INITIALIZER};
    struct exchange *x;
    while ((x = next_job(w, &me))) {
        ops->handle(worker, &x->in.request, &x->answer);
        x->answered = true;
        land(w, x);
    }
    if (ops->worker_close)
        ops->worker_close(worker);
    return NULL;
}

// What waits for something else leaves workers for what does not.
static void set_limits(struct work *w)
{
    size_t all = w->server->options.workers, making = w->server->options.making;
    bool some = making > 0 && making < all;
    w->lines[MAKING].most = some ? making : all;
    w->lines[WAITING].most = some ? all - making : all;
}

error work_start(struct arena *a, struct http_server *server)
{
    struct work *w = arena_make(a, struct work);
    w->server = server;
    pthread_mutex_init(&w->lock, NULL);
    set_limits(w);
    if (getrandom(&w->seed, sizeof w->seed, 0) != sizeof w->seed)
        return failure(a, FAULT_IO, S("http"), "getrandom: %s", strerror(errno));
    w->threads = arena_array(a, pthread_t, server->options.workers);
    server->work = w;
    while (w->thread_count < server->options.workers) {
        int failed = pthread_create(&w->threads[w->thread_count], NULL, work_run, w);
        if (failed)
            return failure(a, FAULT_IO, S("http"), "cannot start a worker: %s", strerror(failed));
        w->thread_count++;
    }
    return NULL;
}

void work_stop(struct work *w)
{
    pthread_mutex_lock(&w->lock);
    w->stopping = true;
    for (struct hand *hand = w->idle; hand; hand = hand->next)
        pthread_cond_signal(&hand->called);
    pthread_mutex_unlock(&w->lock);
    for (size_t i = 0; i < w->thread_count; i++)
        pthread_join(w->threads[i], NULL);
    for (size_t i = 0; i < BUCKETS; i++)
        while (w->buckets[i]) {
            struct flight *f = w->buckets[i];
            w->buckets[i] = f->next;
            heap_free(f);
        }
    pthread_mutex_destroy(&w->lock);
}

size_t work_queued(struct work *w)
{
    pthread_mutex_lock(&w->lock);
    size_t queued = w->queued;
    pthread_mutex_unlock(&w->lock);
    return queued;
}

uint64_t work_handled(struct work *w)
{
    pthread_mutex_lock(&w->lock);
    uint64_t handled = w->handled;
    pthread_mutex_unlock(&w->lock);
    return handled;
}
