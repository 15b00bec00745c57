// Keeps opaque bytes under the keys they depend on, and forgets them when a key changes.
// SPDX-License-Identifier: Apache-2.0
#include "cache/cache.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>

#include "base/heap.h"
#include "cache/claims.h"
#include "cache/kept.h"
#include "cache/names.h"
#include "cache/postings.h"
#include "cache/recency.h"
#include "cache/written.h"

enum {
    READS_MOST = 65536,   // more dependencies than that: not kept
    NAME_MOST = 4096,     // longer names: not kept
    WRITTEN_MOST = 32768, // keys in the ring of written keys, and the fewest
    WRITTEN_LEAST = 256,
    SHARE_MOST = 8, // an entry larger than this part of all memory is not kept
};

// The dependency lock guards all but names and claims (which have their own) and is taken before a
// shard's lock. Look-ups never take it.
struct cache {
    size_t most;
    uint64_t seed;
    struct names names;
    struct claims claims;
    pthread_mutex_t dependencies;
    struct postings postings;
    struct written written;
    struct recency recency;
    size_t fixed;
    atomic_uint_least64_t commit;
    uint64_t puts, refused, forgotten, evicted;
};

static uint64_t secret(void)
{
    uint64_t seed = 0;
    ssize_t got = getrandom(&seed, sizeof seed, 0);
    assert(got == (ssize_t)sizeof seed);
    return seed;
}

struct cache *cache_new(size_t most)
{
    struct cache *c = heap_new(struct cache);
    c->most = most;
    c->seed = secret();
    size_t written = WRITTEN_LEAST;
    while (written < WRITTEN_MOST && written < most / 4096)
        written *= 2;
    names_init(&c->names);
    claims_init(&c->claims);
    pthread_mutex_init(&c->dependencies, NULL);
    postings_init(&c->postings, secret());
    written_init(&c->written, written);
    recency_init(&c->recency, most);
    atomic_init(&c->commit, 0);
    c->fixed = sizeof *c + written_bytes(&c->written) + recency_bytes(&c->recency);
    return c;
}

static size_t memory_used(const struct cache *c)
{
    return c->fixed + c->names.bytes + c->postings.bytes + c->recency.queues[QUEUE_NEW].bytes +
           c->recency.queues[QUEUE_PROVEN].bytes;
}

static void dependencies_enter(struct cache *c, struct kept *k, const struct keyset *reads)
{
    struct link *link = kept_links(k);
    struct window *window = kept_windows(k);
    for (size_t i = 0; i < reads->count; i++) {
        const struct key *read = &reads->keys[i];
        if (key_is_whole(read))
            postings_add_link(&c->postings, k, link++, read->hash);
        else
            postings_add_window(&c->postings, k, window++, read);
    }
}

static void dependencies_leave(struct cache *c, struct kept *k)
{
    for (uint32_t i = 0; i < k->link_count; i++)
        postings_remove_link(&c->postings, &kept_links(k)[i]);
    for (uint32_t i = 0; i < k->window_count; i++)
        postings_remove_window(&c->postings, &kept_windows(k)[i]);
}

static void drop(struct cache *c, struct kept *k)
{
    names_remove(&c->names, k);
    dependencies_leave(c, k);
    recency_leave(&c->recency, k);
    kept_release(k);
}

void cache_free(struct cache *c)
{
    if (!c)
        return;
    for (int q = QUEUE_NEW; q < QUEUES; q++) {
        while (c->recency.queues[q].oldest)
            drop(c, c->recency.queues[q].oldest);
    }
    names_done(&c->names);
    claims_done(&c->claims);
    pthread_mutex_destroy(&c->dependencies);
    postings_done(&c->postings);
    written_done(&c->written);
    recency_done(&c->recency);
    heap_free(c);
}

struct kept *cache_get(struct cache *c, str name, instant now)
{
    return names_get(&c->names, str_hash(name, c->seed), name, now);
}

static void make_room(struct cache *c, size_t size)
{
    while (memory_used(c) + size > c->most) {
        struct kept *k = recency_victim(&c->recency);
        if (!k)
            return;
        drop(c, k);
        c->evicted++;
    }
}

static bool fits(const struct cache *c, const struct kept *k)
{
    return c->fixed < c->most && k->size <= (c->most - c->fixed) / SHARE_MOST;
}

// Two renders of one page may come in the wrong order: what was made from the newer snapshot stays,
// unless the clock makes it end first.
static bool is_outdone(const struct kept *k, const struct kept *there)
{
    return there && there->commit > k->commit && there->fresh_until.ms >= k->fresh_until.ms;
}

// Under the dependency lock from the check to the entry: a write announced meanwhile waits, and
// then finds the entry.
static bool enter(struct cache *c, struct kept *k, const struct keyset *reads)
{
    str name = {k->name, k->name_len};
    if (!fits(c, k) || written_since(&c->written, reads, k->commit) ||
        is_outdone(k, names_peek(&c->names, k->hash, name)))
        return false;
    make_room(c, k->size);
    struct kept *old = names_peek(&c->names, k->hash, name);
    kept_hold(k);
    dependencies_enter(c, k, reads);
    names_put(&c->names, k);
    if (old) {
        recency_replace(&c->recency, old, k);
        dependencies_leave(c, old);
        kept_release(old);
    } else {
        recency_enter(&c->recency, k);
    }
    make_room(c, 0); // the tables may have grown
    return true;
}

struct kept *cache_put(struct cache *c, str name, const struct keyset *reads, uint64_t commit,
                       str bytes, bool *stored)
{
    bool keep = c->most && reads->count <= READS_MOST && name.len <= NAME_MOST;
    struct kept *k = kept_new(name, str_hash(name, c->seed), keep ? reads : NULL, commit, bytes);
    pthread_mutex_lock(&c->dependencies);
    bool entered = keep && enter(c, k, reads);
    *(entered ? &c->puts : &c->refused) += 1;
    pthread_mutex_unlock(&c->dependencies);
    if (stored)
        *stored = entered;
    return k;
}

// Entries to be forgotten, chained.
struct doom {
    struct kept *first;
    uint64_t commit;
};

static void doom_add(void *ctx, void *owner)
{
    struct doom *doom = ctx;
    struct kept *k = owner;
    if (k->is_doomed || k->commit >= doom->commit)
        return;
    k->is_doomed = true;
    k->doomed = doom->first;
    doom->first = k;
}

static size_t doom_carry_out(struct cache *c, struct kept *next)
{
    size_t count = 0;
    while (next) {
        struct kept *k = next;
        next = k->doomed;
        // What was in use comes back to its place when it is made anew.
        if (k->queue == QUEUE_PROVEN)
            recency_remember(&c->recency, k);
        drop(c, k);
        count++;
    }
    c->forgotten += count;
    return count;
}

uint64_t cache_commit(const struct cache *c)
{
    return atomic_load_explicit(&c->commit, memory_order_acquire);
}

// The commit to note what was written under: the newest, should one ever come late.
static uint64_t newest_of(const struct cache *c, uint64_t commit)
{
    uint64_t newest = cache_commit(c);
    return commit > newest ? commit : newest;
}

// Last of all, so that whoever reads the number finds its work done.
static void announce(struct cache *c, uint64_t commit)
{
    atomic_store_explicit(&c->commit, newest_of(c, commit), memory_order_release);
}

size_t cache_forget(struct cache *c, const struct keyset *writes, uint64_t commit)
{
    pthread_mutex_lock(&c->dependencies);
    written_add(&c->written, writes, newest_of(c, commit));
    struct doom doom = {NULL, commit};
    for (size_t i = 0; i < writes->count; i++)
        postings_visit(&c->postings, &writes->keys[i], doom_add, &doom);
    size_t count = doom_carry_out(c, doom.first);
    announce(c, commit);
    pthread_mutex_unlock(&c->dependencies);
    return count;
}

// Forgets what is older than `commit`; the dependency lock is held.
static size_t forget_older(struct cache *c, uint64_t commit)
{
    struct doom doom = {NULL, commit};
    for (int q = QUEUE_NEW; q < QUEUES; q++) {
        for (struct kept *k = c->recency.queues[q].oldest; k; k = k->newer)
            doom_add(&doom, k);
    }
    return doom_carry_out(c, doom.first);
}

size_t cache_clear(struct cache *c)
{
    pthread_mutex_lock(&c->dependencies);
    size_t count = forget_older(c, UINT64_MAX);
    pthread_mutex_unlock(&c->dependencies);
    return count;
}

size_t cache_restart(struct cache *c, uint64_t commit)
{
    pthread_mutex_lock(&c->dependencies);
    written_restart(&c->written, commit);
    size_t count = forget_older(c, UINT64_MAX);
    atomic_store_explicit(&c->commit, commit, memory_order_release);
    pthread_mutex_unlock(&c->dependencies);
    return count;
}

size_t cache_forget_all(struct cache *c, uint64_t commit)
{
    pthread_mutex_lock(&c->dependencies);
    written_lose(&c->written, newest_of(c, commit));
    size_t count = forget_older(c, commit);
    announce(c, commit);
    pthread_mutex_unlock(&c->dependencies);
    return count;
}

bool cache_claim(struct cache *c, str name)
{
    return !c->most || claims_begin(&c->claims, name);
}

void cache_done(struct cache *c, str name)
{
    if (c->most)
        claims_finish(&c->claims, name);
}

void cache_attach(struct cache *c, struct kept *k, unsigned form, str bytes)
{
    size_t size = kept_attach(k, form, bytes);
    if (!size)
        return;
    pthread_mutex_lock(&c->dependencies);
    if (k->queue != QUEUE_NONE) {
        recency_grew(&c->recency, k, size);
        make_room(c, 0);
    }
    pthread_mutex_unlock(&c->dependencies);
}

struct cache_stats cache_stats(const struct cache *c)
{
    struct cache *mine = (struct cache *)c; // for the locks
    struct cache_stats s = {0};
    names_count(&mine->names, &s.hits, &s.misses);
    pthread_mutex_lock(&mine->dependencies);
    s.puts = c->puts;
    s.refused = c->refused;
    s.forgotten = c->forgotten;
    s.evicted = c->evicted;
    s.entries = c->recency.queues[QUEUE_NEW].count + c->recency.queues[QUEUE_PROVEN].count;
    s.bytes = memory_used(c);
    pthread_mutex_unlock(&mine->dependencies);
    return s;
}
