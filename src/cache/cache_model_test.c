// The cache against a naive one that compares every entry with every write.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/heap.h"
#include "cache/cache.h"

enum { NAMES = 60, READS = 12, WRITES = 4000, STEPS = 30000 };

struct entry {
    bool there;
    uint64_t commit, serial;
    instant fresh_until;
    struct key reads[READS];
    size_t read_count;
};

struct write {
    struct key key;
    uint64_t commit;
};

struct model {
    struct cache *cache;
    struct entry entries[NAMES];
    struct write writes[WRITES];
    size_t write_count;
    uint64_t commit, serial, random;
    struct arena *arena;
};

static uint64_t below(struct model *m, uint64_t n)
{
    m->random ^= m->random << 13;
    m->random ^= m->random >> 7;
    m->random ^= m->random << 17;
    return (m->random >> 11) % n;
}

// Few names and few ranks, so that everything meets everything; now and then a border of the ranks.
static void add_random_key(struct model *m, struct keyset *set)
{
    str name = str_format(m->arena, "key:%d", (int)below(m, 8));
    rank low = {(int64_t)below(m, 40), (int64_t)below(m, 3)}, high = low;
    switch (below(m, 6)) {
    case 0:
        keyset_add(set, name);
        return;
    case 1:
        high = RANK_HIGHEST;
        break;
    case 2:
        low = RANK_LOWEST;
        break;
    case 3:
        break;
    default:
        high.at += (int64_t)below(m, 5);
        high.id = high.at == low.at && high.id < 2 ? 2 : high.id;
    }
    keyset_add_range(set, name, low, high);
}

static bool any_touches(const struct entry *e, const struct key *written)
{
    for (size_t i = 0; i < e->read_count; i++) {
        if (key_touches(&e->reads[i], written))
            return true;
    }
    return false;
}

static bool model_refuses(const struct model *m, const struct entry *there, const struct entry *e)
{
    if (there->there && there->commit > e->commit && there->fresh_until.ms >= e->fresh_until.ms)
        return true;
    for (size_t i = 0; i < m->write_count; i++) {
        if (m->writes[i].commit > e->commit && any_touches(e, &m->writes[i].key))
            return true;
    }
    return false;
}

static void put_something(struct model *m)
{
    struct keyset reads = keyset_new(m->arena);
    for (size_t n = below(m, READS); n; n--)
        add_random_key(m, &reads);
    if (below(m, 4) == 0)
        keyset_fresh_until(&reads, (instant){(int64_t)below(m, 100)});
    uint64_t back = below(m, 6);
    struct entry e = {.there = true,
                      .commit = m->commit + 2 > back ? m->commit + 2 - back : 0,
                      .serial = ++m->serial,
                      .fresh_until = reads.fresh_until,
                      .read_count = reads.count};
    for (size_t i = 0; i < reads.count; i++)
        e.reads[i] = reads.keys[i];
    size_t which = below(m, NAMES);
    bool stored;
    kept_release(cache_put(m->cache, str_format(m->arena, "/%d", (int)which), &reads, e.commit,
                           (str){(char *)&e.serial, sizeof e.serial}, &stored));
    assert_int_equal(stored, !model_refuses(m, &m->entries[which], &e));
    if (stored)
        m->entries[which] = e;
}

static size_t model_forget(struct model *m, const struct keyset *writes)
{
    size_t count = 0;
    for (size_t n = 0; n < NAMES; n++) {
        struct entry *e = &m->entries[n];
        bool touched = false;
        for (size_t i = 0; i < writes->count; i++)
            touched |= any_touches(e, &writes->keys[i]);
        if (e->there && touched && e->commit < m->commit) {
            e->there = false;
            count++;
        }
    }
    return count;
}

static void forget_something(struct model *m)
{
    struct keyset writes = keyset_new(m->arena);
    for (size_t n = below(m, 4); n; n--)
        add_random_key(m, &writes);
    m->commit++;
    assert_int_equal(cache_forget(m->cache, &writes, m->commit), model_forget(m, &writes));
    // No put comes from more than a few commits back: the oldest half will do no more.
    if (m->write_count + writes.count > WRITES) {
        memmove(m->writes, m->writes + WRITES / 2,
                (m->write_count - WRITES / 2) * sizeof *m->writes);
        m->write_count -= WRITES / 2;
    }
    for (size_t i = 0; i < writes.count; i++)
        m->writes[m->write_count++] = (struct write){writes.keys[i], m->commit};
}

static void forget_all(struct model *m)
{
    size_t count = 0;
    m->commit += 4; // beyond anything put so far
    for (size_t n = 0; n < NAMES; n++) {
        count += m->entries[n].there;
        m->entries[n].there = false;
    }
    assert_int_equal(cache_forget_all(m->cache, m->commit), count);
    m->commit += 5; // beyond what the log refuses
    struct keyset nothing = keyset_new(m->arena);
    cache_forget(m->cache, &nothing, m->commit);
}

static void get_something(struct model *m)
{
    size_t which = below(m, NAMES);
    instant now = {(int64_t)below(m, 100)};
    const struct entry *e = &m->entries[which];
    struct kept *k = cache_get(m->cache, str_format(m->arena, "/%d", (int)which), now);
    assert_int_equal(k != NULL, e->there && now.ms < e->fresh_until.ms);
    if (k)
        assert_memory_equal(kept_bytes(k).ptr, &e->serial, sizeof e->serial);
    kept_release(k);
}

static void check_count(struct model *m)
{
    size_t there = 0;
    for (size_t n = 0; n < NAMES; n++)
        there += m->entries[n].there;
    assert_int_equal(cache_stats(m->cache).entries, there);
}

static void any_run_of_puts_and_writes_leaves_what_a_naive_cache_would(void **state)
{
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct model *m = heap_new(struct model);
        m->random = seed * 0x9E3779B97F4A7C15u;
        m->commit = 10;
        m->cache = cache_new((size_t)64 << 20);
        m->arena = arena_new();
        for (int step = 0; step < STEPS; step++) {
            uint64_t what = below(m, 1000);
            if (what < 450)
                put_something(m);
            else if (what < 550)
                forget_something(m);
            else if (what < 999)
                get_something(m);
            else
                forget_all(m);
            check_count(m);
            if (step % 64 == 0 && m->write_count == 0)
                arena_reset(m->arena);
        }
        cache_free(m->cache);
        arena_free(m->arena);
        heap_free(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_run_of_puts_and_writes_leaves_what_a_naive_cache_would),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
