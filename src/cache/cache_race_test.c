// Never stale, proven with threads: readers, renderers and a writer around a table of truth.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <assert.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "cache/cache.h"

enum { TRUTHS = 16, PAGES = 48, PAGE_TRUTHS = 3, READERS = 4, WRITERS = 2, WRITES_EACH = 3000 };

// The data: versions that a "transaction" reads or writes as a whole.
struct world {
    struct cache *cache;
    pthread_rwlock_t data;
    pthread_mutex_t order; // commits are announced in order
    uint64_t commit;
    uint64_t versions[TRUTHS];
    atomic_uint_least64_t told[TRUTHS]; // the writer of this version was told "done"
    atomic_int writers;
    atomic_uint_least64_t stale, wrong, hits, forms;
};

struct page {
    uint64_t versions[PAGE_TRUTHS];
};

static size_t truth_of(size_t page, size_t i)
{
    return (page + i * 5) % TRUTHS;
}

static void add_key(struct keyset *set, size_t truth)
{
    // Half of the truths are facets, the others ranks of one range.
    if (truth % 2)
        keyset_addf(set, "truth:%d", (int)truth);
    else
        keyset_add_range(set, S("truths"), (rank){(int64_t)truth, 0}, (rank){(int64_t)truth, 9});
}

static struct kept *render(struct world *w, size_t page, str name, struct arena *a)
{
    struct keyset reads = keyset_new(a);
    struct page made;
    pthread_rwlock_rdlock(&w->data);
    uint64_t commit = w->commit;
    for (size_t i = 0; i < PAGE_TRUTHS; i++) {
        made.versions[i] = w->versions[truth_of(page, i)];
        add_key(&reads, truth_of(page, i));
    }
    pthread_rwlock_unlock(&w->data);
    if ((commit + page) % 3 == 0)
        sched_yield();
    return cache_put(w->cache, name, &reads, commit, (str){(char *)&made, sizeof made}, NULL);
}

static void attach_once(struct world *w, struct kept *k, unsigned form)
{
    str there = kept_form(k, form);
    if (!there.ptr) {
        cache_attach(w->cache, k, form, kept_bytes(k));
        there = kept_form(k, form);
    }
    atomic_fetch_add(&w->forms, 1);
    if (!str_eq(there, kept_bytes(k)))
        atomic_fetch_add(&w->wrong, 1);
}

static void read_page(struct world *w, size_t page, struct arena *a)
{
    uint64_t floor[PAGE_TRUTHS];
    for (size_t i = 0; i < PAGE_TRUTHS; i++)
        floor[i] = atomic_load(&w->told[truth_of(page, i)]);
    str name = str_format(a, "/page%d", (int)page);
    struct kept *k = cache_get(w->cache, name, (instant){0});
    if (!k) {
        if (!cache_claim(w->cache, name))
            return;
        k = render(w, page, name, a);
        cache_done(w->cache, name);
    } else {
        atomic_fetch_add(&w->hits, 1);
    }
    struct page found;
    assert(kept_bytes(k).len == sizeof found);
    memcpy(&found, kept_bytes(k).ptr, sizeof found);
    for (size_t i = 0; i < PAGE_TRUTHS; i++) {
        if (found.versions[i] < floor[i])
            atomic_fetch_add(&w->stale, 1);
    }
    if (page % 4 == 0)
        attach_once(w, k, page % KEPT_FORMS);
    kept_release(k);
}

static void *reader(void *arg)
{
    struct world *w = arg;
    struct arena *a = arena_new();
    uint64_t random = (uintptr_t)&a | 1;
    while (atomic_load(&w->writers)) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        read_page(w, (random >> 33) % PAGES, a);
        arena_reset(a);
    }
    arena_free(a);
    return NULL;
}

static void write_truth(struct world *w, size_t truth, struct arena *a)
{
    struct keyset writes = keyset_new(a);
    add_key(&writes, truth);
    pthread_mutex_lock(&w->order);
    pthread_rwlock_wrlock(&w->data);
    uint64_t version = ++w->versions[truth], commit = ++w->commit;
    pthread_rwlock_unlock(&w->data);
    if (commit % 4 == 0)
        sched_yield();
    if (commit % 500 == 0)
        cache_forget_all(w->cache, commit);
    else
        cache_forget(w->cache, &writes, commit);
    atomic_store(&w->told[truth], version);
    pthread_mutex_unlock(&w->order);
}

static void *writer(void *arg)
{
    struct world *w = arg;
    struct arena *a = arena_new();
    uint64_t random = (uintptr_t)&a | 1;
    for (int i = 0; i < WRITES_EACH; i++) {
        random = random * 6364136223846793005u + 1442695040888963407u;
        write_truth(w, (random >> 33) % TRUTHS, a);
        arena_reset(a);
        if (i % 16 == 0)
            sched_yield();
    }
    atomic_fetch_sub(&w->writers, 1);
    arena_free(a);
    return NULL;
}

static void race(size_t memory)
{
    static struct world w;
    memset(&w, 0, sizeof w);
    w.cache = cache_new(memory);
    pthread_rwlock_init(&w.data, NULL);
    pthread_mutex_init(&w.order, NULL);
    atomic_store(&w.writers, WRITERS);
    pthread_t threads[READERS + WRITERS];
    for (int i = 0; i < READERS + WRITERS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, i < READERS ? reader : writer, &w), 0);
    for (int i = 0; i < READERS + WRITERS; i++)
        pthread_join(threads[i], NULL);
    assert_int_equal(w.stale, 0);
    assert_int_equal(w.wrong, 0);
    assert_true(w.hits > 0 && w.forms > 0);
    assert_true(cache_stats(w.cache).bytes <= memory);
    assert_int_equal(cache_commit(w.cache), WRITERS * WRITES_EACH);
    pthread_rwlock_destroy(&w.data);
    pthread_mutex_destroy(&w.order);
    cache_free(w.cache);
}

static void no_look_up_after_a_write_was_acknowledged_gets_older_bytes(void **state)
{
    race((size_t)8 << 20);
}

static void nor_when_memory_is_short_and_entries_come_and_go(void **state)
{
    race(72 << 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_look_up_after_a_write_was_acknowledged_gets_older_bytes),
        cmocka_unit_test(nor_when_memory_is_short_and_entries_come_and_go),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
