// Measures the cache: look-up, keeping, forgetting among 100,000 neighbours, bookkeeping.
// SPDX-License-Identifier: Apache-2.0
#include <pthread.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/instant.h"
#include "cache/cache.h"

enum { PAGES = 100000, PAGE_SIZE = 300, PUBLISHES = 2000, SHARED_TIMES = 3000000 };

static uint64_t random_state = 88172645463325252u;

static uint64_t below(uint64_t n)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (random_state >> 11) % n;
}

// Stories are a minute apart.
static rank rank_of(int64_t story)
{
    return (rank){story * 60000, story};
}

// 15 keys as a story's own segment has them: facets of its own, some shared by many, and two
// windows to its neighbours in one section.
static struct keyset story_reads(struct arena *a, int64_t n)
{
    struct keyset reads = keyset_new(a);
    const char *own[] = {"body", "card", "thread", "related", "versions", "path"};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        keyset_addf(&reads, "story:%d/%s", (int)n, own[i]);
    for (int i = 1; i <= 3; i++)
        keyset_addf(&reads, "story:%d/card", (int)((n + i * 7919) % PAGES));
    keyset_addf(&reads, "author:%d/card", (int)(n % 50));
    keyset_addf(&reads, "topic:%d/card", (int)(n % 400));
    keyset_add(&reads, S("section:7/card"));
    keyset_add(&reads, S("publication/settings"));
    keyset_add_range(&reads, S("section:7"), rank_of(n - 1), rank_of(n));
    keyset_add_range(&reads, S("section:7"), rank_of(n), rank_of(n + 1));
    return reads;
}

static str story_name(struct arena *a, int64_t n)
{
    return str_format(a, "/markets/2026/11/story-number-%d own", (int)n);
}

static double ns_each(int64_t start_us, size_t n)
{
    return (double)(instant_steady_us() - start_us) * 1000 / (double)n;
}

static double put_all(struct cache *c, struct arena *a)
{
    static char page[PAGE_SIZE];
    int64_t spent = 0;
    for (int n = 0; n < PAGES; n++) {
        struct keyset reads = story_reads(a, n);
        str name = story_name(a, n);
        int64_t start = instant_steady_us();
        kept_release(cache_put(c, name, &reads, 1, (str){page, sizeof page}, NULL));
        spent += instant_steady_us() - start;
        arena_reset(a);
    }
    return (double)spent / PAGES;
}

static double get_some(struct cache *c, struct arena *a, int pages)
{
    enum { TIMES = 3000000, NAMES = 4096 };
    str names[NAMES];
    for (int i = 0; i < NAMES; i++)
        names[i] = story_name(a, (int64_t)below((uint64_t)pages));
    size_t found = 0;
    int64_t start = instant_steady_us();
    for (int i = 0; i < TIMES; i++) {
        struct kept *k = cache_get(c, names[i % NAMES], (instant){0});
        found += k != NULL;
        kept_release(k);
    }
    double ns = ns_each(start, TIMES);
    arena_reset(a);
    if (found != TIMES)
        printf("only %zu of %d found\n", found, TIMES);
    return ns;
}

static void *get_shared(void *arg)
{
    for (int i = 0; i < SHARED_TIMES; i++)
        kept_release(cache_get(arg, S("/markets/2026/11/story-number-7 own"), (instant){0}));
    return NULL;
}

// What all loop threads ask for with every request: the head and the tail of the publication.
static double get_from_two_threads(struct cache *c)
{
    pthread_t threads[2];
    int64_t start = instant_steady_us();
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, get_shared, c);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    return ns_each(start, SHARED_TIMES);
}

// A publish in the middle of all: its facets, and its place between two neighbours.
static void publish(struct cache *c, struct arena *a, uint64_t commit, size_t *forgotten)
{
    int64_t at = (int64_t)below(PAGES);
    struct keyset writes = keyset_new(a);
    for (int i = 0; i < 14; i++)
        keyset_addf(&writes, "story:%d/facet%d", (int)(PAGES + commit), i);
    for (int i = 0; i < 6; i++) {
        rank r = {rank_of(at).at + 30000, at};
        keyset_add_range(&writes, str_format(a, "section:%d", i + 2), r, r);
    }
    *forgotten += cache_forget(c, &writes, commit);
}

static void publish_many(struct cache *c, struct arena *a)
{
    size_t forgotten = 0;
    int64_t spent = 0;
    for (uint64_t commit = 2; commit < 2 + PUBLISHES; commit++) {
        int64_t start = instant_steady_us();
        publish(c, a, commit, &forgotten);
        spent += instant_steady_us() - start;
        arena_reset(a);
    }
    printf("forget, 20 keys, %.2f entries each: %.2f us\n", (double)forgotten / PUBLISHES,
           (double)spent / PUBLISHES);
}

int main(void)
{
    struct arena *a = arena_new();
    struct cache *c = cache_new((size_t)1 << 30);
    size_t empty = cache_stats(c).bytes;
    printf("put, 15 keys: %.2f us\n", put_all(c, a));
    struct cache_stats s = cache_stats(c);
    printf("bookkeeping of %zu pages: %.0f bytes each; fixed: %zu\n", s.entries,
           (double)(s.bytes - empty) / (double)s.entries - PAGE_SIZE, empty);
    printf("get and release, 100 pages: %.0f ns\n", get_some(c, a, 100));
    printf("get and release, 4,096 of 100,000 pages: %.0f ns\n", get_some(c, a, PAGES));
    printf("get and release, 2 threads on one name: %.0f ns\n", get_from_two_threads(c));
    publish_many(c, a);
    int64_t start = instant_steady_us();
    size_t all = cache_forget_all(c, 1000000);
    printf("forget all: %.2f us an entry\n", ns_each(start, all) / 1000);
    cache_free(c);
    arena_free(a);
    return 0;
}
