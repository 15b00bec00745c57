// What the cache promises, one promise at a time.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

#include "base/arena.h"
#include "cache/cache.h"

enum { MEGABYTE = 1 << 20 };

static const instant NOON = {43200000};

// Keeps `bytes` under a name with the keys in `names`, separated by spaces.
static bool put(struct cache *c, const char *name, const char *names, uint64_t commit,
                const char *bytes)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    for (str rest = str_of(names); rest.len;)
        keyset_add(&reads, str_cut(&rest, ' '));
    bool stored;
    kept_release(cache_put(c, str_of(name), &reads, commit, str_of(bytes), &stored));
    return stored;
}

static bool put_window(struct cache *c, const char *name, const char *range, rank low, rank high,
                       uint64_t commit)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    keyset_add_range(&reads, str_of(range), low, high);
    bool stored;
    kept_release(cache_put(c, str_of(name), &reads, commit, S("window"), &stored));
    return stored;
}

static size_t forget(struct cache *c, const char *key, uint64_t commit)
{
    arena_scoped a = arena_new();
    struct keyset writes = keyset_new(a);
    if (*key)
        keyset_add(&writes, str_of(key));
    return cache_forget(c, &writes, commit);
}

static size_t forget_at(struct cache *c, const char *range, rank at, uint64_t commit)
{
    arena_scoped a = arena_new();
    struct keyset writes = keyset_new(a);
    keyset_add_range(&writes, str_of(range), at, at);
    return cache_forget(c, &writes, commit);
}

static bool has(struct cache *c, const char *name)
{
    struct kept *k = cache_get(c, str_of(name), NOON);
    kept_release(k);
    return k != NULL;
}

static void what_was_put_is_found_again(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    assert_false(has(c, "/a"));
    assert_true(put(c, "/a", "story:1/body", 7, "hello"));
    struct kept *k = cache_get(c, S("/a"), NOON);
    assert_non_null(k);
    assert_str(kept_bytes(k), "hello");
    assert_int_equal(kept_commit(k), 7);
    assert_false(has(c, "/b"));
    kept_release(k);
    cache_free(c);
}

static void empty_bytes_an_empty_name_and_no_keys_can_be_kept(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    assert_true(put(c, "", "", 1, ""));
    assert_true(has(c, ""));
    assert_int_equal(forget(c, "story:1/body", 2), 0);
    assert_true(has(c, ""));
    cache_free(c);
}

static void a_write_forgets_exactly_what_depends_on_it(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "story:1/body story:2/card", 1, "a");
    put(c, "/b", "story:2/card", 1, "b");
    put(c, "/c", "story:1/card", 1, "c");
    assert_int_equal(forget(c, "story:2/card", 2), 2);
    assert_false(has(c, "/a"));
    assert_false(has(c, "/b"));
    assert_true(has(c, "/c"));
    assert_int_equal(cache_stats(c).forgotten, 2);
    assert_int_equal(cache_stats(c).entries, 1);
    cache_free(c);
}

static void a_window_is_forgotten_only_by_what_falls_into_it(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put_window(c, "/w", "section:7", (rank){100, 5}, (rank){200, 9}, 1);
    assert_int_equal(forget_at(c, "section:7", (rank){100, 4}, 2), 0);
    assert_int_equal(forget_at(c, "section:7", (rank){200, 10}, 3), 0);
    assert_int_equal(forget_at(c, "section:8", (rank){150, 0}, 4), 0);
    assert_int_equal(forget_at(c, "section:7", (rank){100, 5}, 5), 1);
    put_window(c, "/w", "section:7", (rank){100, 5}, (rank){200, 9}, 5);
    assert_int_equal(forget_at(c, "section:7", (rank){200, 9}, 6), 1);
    put_window(c, "/w", "section:7", (rank){100, 5}, (rank){200, 9}, 6);
    assert_int_equal(forget(c, "section:7", 7), 1);
    put(c, "/whole", "section:7", 7, "unbounded");
    assert_int_equal(forget_at(c, "section:7", (rank){-5, 1}, 8), 1);
    cache_free(c);
}

static void a_change_forgets_only_what_is_older_than_itself(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/old", "k", 4, "");
    put(c, "/same", "k", 5, "");
    put(c, "/ahead", "k", 6, "");
    assert_int_equal(forget(c, "k", 5), 1);
    assert_false(has(c, "/old"));
    assert_true(has(c, "/same"));
    assert_true(has(c, "/ahead"));
    assert_int_equal(cache_commit(c), 5);
    cache_free(c);
}

static void bytes_from_before_a_change_of_their_keys_are_refused(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    forget(c, "k", 5);
    forget(c, "other", 6);
    assert_false(put(c, "/a", "k", 4, "late"));
    assert_false(has(c, "/a"));
    assert_true(put(c, "/b", "unrelated", 4, ""));
    assert_true(put(c, "/a", "k", 5, "in time"));
    assert_false(put(c, "/c", "k other", 5, "late"));
    assert_int_equal(cache_stats(c).refused, 2);
    cache_free(c);
}

static void a_refused_put_still_hands_back_what_can_be_sent(void **state)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    keyset_add(&reads, S("k"));
    struct cache *c = cache_new(MEGABYTE);
    forget(c, "k", 5);
    bool stored = true;
    struct kept *k = cache_put(c, S("/a"), &reads, 1, S("bytes"), &stored);
    assert_false(stored);
    cache_attach(c, k, 1, S("small"));
    assert_str(kept_bytes(k), "bytes");
    assert_str(kept_form(k, 1), "small");
    cache_free(c);
    kept_release(k);
}

static void a_window_is_refused_only_after_a_write_that_fell_into_it(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    forget_at(c, "section:7", (rank){150, 1}, 5);
    for (uint64_t commit = 6; commit < 40; commit++)
        forget_at(c, "section:7", (rank){1000, (int64_t)commit}, commit);
    assert_false(put_window(c, "/w", "section:7", (rank){100, 1}, (rank){200, 1}, 4));
    assert_true(put_window(c, "/w", "section:7", (rank){100, 1}, (rank){200, 1}, 5));
    assert_true(put_window(c, "/v", "section:7", (rank){160, 1}, (rank){200, 1}, 4));
    cache_free(c);
}

static void bytes_from_before_the_log_reaches_are_refused(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    char key[32];
    for (uint64_t commit = 1; commit <= 3000; commit++) {
        snprintf(key, sizeof key, "story:%d/body", (int)commit);
        forget(c, key, commit);
    }
    assert_false(put(c, "/a", "unrelated", 3, ""));
    assert_true(put(c, "/a", "unrelated", 2999, ""));
    cache_free(c);
}

static void commits_that_wrote_nothing_count_but_cost_no_place_in_the_log(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    for (uint64_t commit = 1; commit <= 100000; commit++)
        forget(c, "", commit);
    assert_int_equal(cache_commit(c), 100000);
    assert_true(put(c, "/a", "k", 3, ""));
    cache_free(c);
}

static void forgetting_all_forgets_and_refuses_what_is_older(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "k", 4, "");
    put(c, "/b", "", 1, "");
    put(c, "/c", "k", 9, "");
    assert_int_equal(cache_forget_all(c, 9), 2);
    assert_true(has(c, "/c"));
    assert_int_equal(cache_commit(c), 9);
    assert_false(put(c, "/a", "k", 8, ""));
    assert_true(put(c, "/a", "k", 9, ""));
    cache_free(c);
}

static void starting_over_forgets_what_a_lost_future_left_and_counts_from_there(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "k", 4, "");
    put(c, "/b", "k2", 9, "");
    forget(c, "k3", 9);
    assert_int_equal(cache_restart(c, 5), 2);
    assert_false(has(c, "/b"));
    assert_int_equal(cache_commit(c), 5);
    // What commit 9 wrote is no news any more; what comes after commit 5 is.
    assert_false(put(c, "/c", "k3", 4, ""));
    assert_true(put(c, "/c", "k3", 5, ""));
    assert_int_equal(forget(c, "k3", 6), 1);
    assert_int_equal(cache_commit(c), 6);
    assert_false(put(c, "/c", "k3", 5, ""));
    cache_free(c);
}

static void a_commit_announced_late_still_forgets_and_hides_nothing(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "k", 3, "");
    forget(c, "k2", 10);
    assert_int_equal(forget(c, "k", 5), 1);
    assert_int_equal(cache_commit(c), 10);
    assert_false(put(c, "/a", "k", 4, ""));
    cache_free(c);
}

static void what_has_a_time_is_absent_from_then_on(void **state)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    keyset_fresh_until(&reads, (instant){1000});
    struct cache *c = cache_new(MEGABYTE);
    kept_release(cache_put(c, S("/a"), &reads, 1, S(""), NULL));
    struct kept *k = cache_get(c, S("/a"), (instant){999});
    assert_non_null(k);
    kept_release(k);
    assert_null(cache_get(c, S("/a"), (instant){1000}));
    // Even from an older snapshot, what is fresh for longer takes its place.
    reads.fresh_until = (instant){2000};
    bool stored;
    kept_release(cache_put(c, S("/a"), &reads, 0, S(""), &stored));
    assert_true(stored);
    kept_release(k = cache_get(c, S("/a"), (instant){1000}));
    assert_non_null(k);
    cache_free(c);
}

static void a_second_put_replaces_the_first_and_its_dependencies(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "first", 1, "1");
    put(c, "/a", "second", 2, "2");
    assert_int_equal(cache_stats(c).entries, 1);
    assert_int_equal(forget(c, "first", 3), 0);
    struct kept *k = cache_get(c, S("/a"), NOON);
    assert_str(kept_bytes(k), "2");
    kept_release(k);
    assert_int_equal(forget(c, "second", 4), 1);
    cache_free(c);
}

static void a_slower_render_does_not_replace_a_newer_one(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    assert_true(put(c, "/a", "k", 8, "new"));
    assert_false(put(c, "/a", "k", 7, "old"));
    struct kept *k = cache_get(c, S("/a"), NOON);
    assert_str(kept_bytes(k), "new");
    kept_release(k);
    cache_free(c);
}

static void what_is_being_sent_outlives_being_forgotten(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "k", 1, "still here");
    struct kept *k = kept_hold(cache_get(c, S("/a"), NOON));
    cache_attach(c, k, 0, S("small"));
    forget(c, "k", 2);
    kept_release(k);
    cache_free(c);
    assert_str(kept_bytes(k), "still here");
    assert_str(kept_form(k, 0), "small");
    kept_release(k);
    kept_release(NULL);
    cache_free(NULL);
}

static void a_form_is_attached_once_and_counted(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/a", "k", 1, "bytes");
    size_t before = cache_stats(c).bytes;
    struct kept *k = cache_get(c, S("/a"), NOON);
    assert_null(kept_form(k, 2).ptr);
    char big[5000] = "first";
    cache_attach(c, k, 2, (str){big, sizeof big});
    cache_attach(c, k, 2, S("second"));
    assert_int_equal(kept_form(k, 2).len, sizeof big);
    assert_memory_equal(kept_form(k, 2).ptr, big, sizeof big);
    assert_null(kept_form(k, 1).ptr);
    assert_in_range(cache_stats(c).bytes, before + 5000, before + 5100);
    kept_release(k);
    forget(c, "k", 2);
    assert_true(cache_stats(c).bytes < before);
    cache_free(c);
}

static void a_cache_of_nothing_keeps_nothing_and_holds_up_nobody(void **state)
{
    struct cache *c = cache_new(0);
    assert_false(put(c, "/a", "k", 1, "bytes"));
    assert_false(has(c, "/a"));
    assert_true(cache_claim(c, S("/a")));
    assert_true(cache_claim(c, S("/a")));
    cache_done(c, S("/a"));
    assert_int_equal(forget(c, "k", 2), 0);
    assert_int_equal(cache_commit(c), 2);
    assert_int_equal(cache_stats(c).entries, 0);
    cache_free(c);
}

static void thousands_of_dependencies_of_one_entry_are_all_heeded(void **state)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    for (int i = 0; i < 20000; i++) {
        keyset_addf(&reads, "story:%d/card", i);
        keyset_add_range(&reads, str_format(a, "range:%d", i / 50), (rank){i * 10, 0},
                         (rank){i * 10 + 5, 0});
    }
    struct cache *c = cache_new(64 * MEGABYTE);
    bool stored;
    kept_release(cache_put(c, S("/map"), &reads, 1, S(""), &stored));
    assert_true(stored);
    assert_int_equal(forget_at(c, "range:399", (rank){19999 * 10 + 6, 0}, 2), 0);
    assert_int_equal(forget_at(c, "range:399", (rank){19999 * 10 + 5, 0}, 3), 1);
    assert_false(has(c, "/map"));
    kept_release(cache_put(c, S("/map"), &reads, 3, S(""), &stored));
    assert_int_equal(forget(c, "story:12345/card", 4), 1);
    cache_free(c);
}

static void more_dependencies_than_the_limit_are_not_kept(void **state)
{
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    for (int i = 0; i < 65537; i++)
        keyset_addf(&reads, "story:%d/card", i);
    struct cache *c = cache_new(256 * MEGABYTE);
    bool stored = true;
    kept_release(cache_put(c, S("/map"), &reads, 1, S(""), &stored));
    assert_false(stored);
    cache_free(c);
}

// Puts n entries of `size` bytes each under names beginning with `prefix`, as a crawler would make
// them: each is looked for, made, and never asked for again.
static void crawl(struct cache *c, const char *prefix, int n, size_t size)
{
    static char page[100000];
    arena_scoped a = arena_new();
    for (int i = 0; i < n; i++) {
        struct arena_mark mark = arena_mark(a);
        str name = str_format(a, "%s%d", prefix, i);
        struct keyset reads = keyset_new(a);
        keyset_addf(&reads, "%s:%d", prefix, i);
        keyset_add_range(&reads, S("range"), (rank){i, 0}, (rank){i + 2, 0});
        struct kept *k = cache_get(c, name, NOON);
        if (!k)
            k = cache_put(c, name, &reads, 1, (str){page, size}, NULL);
        kept_release(k);
        arena_rewind(a, mark);
    }
}

static void memory_stays_below_the_limit(void **state)
{
    for (size_t most = MEGABYTE; most <= 4 * MEGABYTE; most *= 2) {
        struct cache *c = cache_new(most);
        for (int round = 0; round < 10; round++) {
            char prefix[] = {'/', (char)('a' + round), 0};
            crawl(c, prefix, 400, 100 + (size_t)round * 2000);
            assert_in_range(cache_stats(c).bytes, 1, most);
        }
        assert_true(cache_stats(c).evicted > 0);
        assert_true(cache_stats(c).bytes > most / 2);
        cache_free(c);
    }
}

static void forms_make_others_go_when_memory_is_full(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    crawl(c, "/x", 2000, 1000);
    static char form[50000];
    put(c, "/a", "k", 1, "bytes");
    struct kept *k = cache_get(c, S("/a"), NOON);
    for (unsigned i = 0; i < KEPT_FORMS; i++)
        cache_attach(c, k, i, (str){form, sizeof form});
    assert_in_range(cache_stats(c).bytes, 1, MEGABYTE);
    kept_release(k);
    cache_free(c);
}

static void an_entry_too_large_for_the_cache_pushes_nothing_out(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    static char page[MEGABYTE / 4];
    arena_scoped a = arena_new();
    struct keyset reads = keyset_new(a);
    put(c, "/a", "k", 1, "bytes");
    bool stored = true;
    kept_release(cache_put(c, S("/huge"), &reads, 1, (str){page, sizeof page}, &stored));
    assert_false(stored);
    assert_true(has(c, "/a"));
    cache_free(c);
}

static size_t count_hot(struct cache *c, int n)
{
    size_t found = 0;
    char name[32];
    for (int i = 0; i < n; i++) {
        snprintf(name, sizeof name, "/hot%d", i);
        found += has(c, name);
    }
    return found;
}

static void a_long_scan_does_not_push_out_what_is_hot(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    crawl(c, "/hot", 300, 1000);
    count_hot(c, 300);
    count_hot(c, 300);
    crawl(c, "/cold", 5000, 1000);
    assert_int_equal(count_hot(c, 300), 300);
    // Again and again, with hardly a reader in between.
    for (int i = 0; i < 5; i++) {
        crawl(c, "/cold", 5000, 1000);
        assert_int_equal(count_hot(c, 300), 300);
    }
    assert_in_range(cache_stats(c).bytes, 1, MEGABYTE);
    cache_free(c);
}

static void what_becomes_hot_during_a_scan_finds_a_place(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    crawl(c, "/cold", 5000, 1000);
    crawl(c, "/hot", 20, 1000);
    for (int i = 0; i < 3; i++)
        count_hot(c, 20);
    crawl(c, "/colder", 5000, 1000);
    assert_int_equal(count_hot(c, 20), 20);
    cache_free(c);
}

static void what_is_hot_keeps_its_rank_when_forgotten_and_made_anew(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    put(c, "/front", "front", 1, "1");
    for (int i = 0; i < 3; i++)
        has(c, "/front");
    crawl(c, "/cold", 5000, 1000);
    assert_true(has(c, "/front"));
    assert_int_equal(forget(c, "front", 2), 1);
    put(c, "/front", "front", 2, "2");
    crawl(c, "/colder", 5000, 1000);
    assert_true(has(c, "/front"));
    cache_free(c);
}

struct renderer {
    struct cache *c;
    pthread_barrier_t *start;
    atomic_int *renders;
};

static void *render_once(void *arg)
{
    struct renderer *r = arg;
    pthread_barrier_wait(r->start);
    for (;;) {
        if (has(r->c, "/page"))
            return NULL;
        if (!cache_claim(r->c, S("/page")))
            continue;
        // Whoever claimed just after another finished must look once more.
        if (!has(r->c, "/page")) {
            atomic_fetch_add(r->renders, 1);
            put(r->c, "/page", "k", 1, "bytes");
        }
        cache_done(r->c, S("/page"));
    }
}

static void concurrent_misses_of_one_page_render_it_once(void **state)
{
    for (int round = 0; round < 50; round++) {
        pthread_barrier_t start;
        pthread_barrier_init(&start, NULL, 8);
        atomic_int renders = 0;
        struct renderer r = {cache_new(MEGABYTE), &start, &renders};
        pthread_t threads[8];
        for (int i = 0; i < 8; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, render_once, &r), 0);
        for (int i = 0; i < 8; i++)
            pthread_join(threads[i], NULL);
        assert_int_equal(renders, 1);
        pthread_barrier_destroy(&start);
        cache_free(r.c);
    }
}

static void claims_of_different_names_do_not_wait_for_each_other(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    assert_true(cache_claim(c, S("/a")));
    assert_true(cache_claim(c, S("/b")));
    cache_done(c, S("/a"));
    assert_true(cache_claim(c, S("/a")));
    cache_done(c, S("/b"));
    cache_done(c, S("/a"));
    cache_free(c);
}

static void stats_count_what_happened(void **state)
{
    struct cache *c = cache_new(MEGABYTE);
    has(c, "/a");
    put(c, "/a", "k", 1, "");
    put(c, "/b", "k", 1, "");
    has(c, "/a");
    has(c, "/a");
    struct cache_stats s = cache_stats(c);
    assert_int_equal(s.hits, 2);
    assert_int_equal(s.misses, 1);
    assert_int_equal(s.puts, 2);
    assert_int_equal(s.entries, 2);
    assert_int_equal(s.refused + s.evicted + s.forgotten, 0);
    cache_free(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_put_is_found_again),
        cmocka_unit_test(empty_bytes_an_empty_name_and_no_keys_can_be_kept),
        cmocka_unit_test(a_write_forgets_exactly_what_depends_on_it),
        cmocka_unit_test(a_window_is_forgotten_only_by_what_falls_into_it),
        cmocka_unit_test(a_change_forgets_only_what_is_older_than_itself),
        cmocka_unit_test(bytes_from_before_a_change_of_their_keys_are_refused),
        cmocka_unit_test(a_refused_put_still_hands_back_what_can_be_sent),
        cmocka_unit_test(a_window_is_refused_only_after_a_write_that_fell_into_it),
        cmocka_unit_test(bytes_from_before_the_log_reaches_are_refused),
        cmocka_unit_test(commits_that_wrote_nothing_count_but_cost_no_place_in_the_log),
        cmocka_unit_test(forgetting_all_forgets_and_refuses_what_is_older),
        cmocka_unit_test(starting_over_forgets_what_a_lost_future_left_and_counts_from_there),
        cmocka_unit_test(a_commit_announced_late_still_forgets_and_hides_nothing),
        cmocka_unit_test(what_has_a_time_is_absent_from_then_on),
        cmocka_unit_test(a_second_put_replaces_the_first_and_its_dependencies),
        cmocka_unit_test(a_slower_render_does_not_replace_a_newer_one),
        cmocka_unit_test(what_is_being_sent_outlives_being_forgotten),
        cmocka_unit_test(a_form_is_attached_once_and_counted),
        cmocka_unit_test(a_cache_of_nothing_keeps_nothing_and_holds_up_nobody),
        cmocka_unit_test(thousands_of_dependencies_of_one_entry_are_all_heeded),
        cmocka_unit_test(more_dependencies_than_the_limit_are_not_kept),
        cmocka_unit_test(memory_stays_below_the_limit),
        cmocka_unit_test(forms_make_others_go_when_memory_is_full),
        cmocka_unit_test(an_entry_too_large_for_the_cache_pushes_nothing_out),
        cmocka_unit_test(a_long_scan_does_not_push_out_what_is_hot),
        cmocka_unit_test(what_becomes_hot_during_a_scan_finds_a_place),
        cmocka_unit_test(what_is_hot_keeps_its_rank_when_forgotten_and_made_anew),
        cmocka_unit_test(concurrent_misses_of_one_page_render_it_once),
        cmocka_unit_test(claims_of_different_names_do_not_wait_for_each_other),
        cmocka_unit_test(stats_count_what_happened),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
