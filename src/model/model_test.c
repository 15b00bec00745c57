// What the model's tests share: a fresh newsroom for each, on SQLite and on PostgreSQL.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include <stdio.h>

#include "base/heap.h"
#include "db/testing.h"
#include "model/catalogue.h"

static struct model_test *running;
static enum testing_engine engine;

struct arena *model_test_arena(void)
{
    return running->a;
}

str model_text(size_t size)
{
    char *text = arena_text(running->a, size);
    memset(text, 'x', size);
    return (str){text, size};
}

static void expect(error e, const char *doing)
{
    if (e)
        fail_msg("%s: %.*s: %.*s", doing, STR(e->where), STR(e->message));
}

static int set_up(void **state)
{
    struct model_test *t = heap_new(struct model_test);
    t->a = arena_new();
    t->now = (instant){1795435200000}; // 2026-11-23T12:00:00Z
    running = t;
    t->url = testing_database_create(t->a, engine);
    expect(db_open(t->a, t->url, &model_catalogue, &t->db), "open");
    expect(db_migrate(t->db, t->a), "migrate");
    expect(db_connect(t->db, t->a, &t->conn), "connect");
    *state = t;
    return 0;
}

static int tear_down(void **state)
{
    struct model_test *t = *state;
    if (t->at)
        work_end(t->at);
    db_disconnect(t->conn);
    db_close(t->db);
    testing_database_drop(t->url);
    arena_free(t->a);
    heap_free(t);
    return 0;
}

static void commit(struct model_test *t)
{
    if (t->at) {
        expect(work_commit(t->at), "commit");
        work_end(t->at);
    }
    t->at = arena_make(t->a, struct work);
    t->now.ms += 60000;
}

struct work *model_write(struct model_test *t)
{
    commit(t);
    expect(work_write(t->at, t->conn, t->a, t->now), "write");
    return t->at;
}

struct work *model_read(struct model_test *t)
{
    commit(t);
    expect(work_read(t->at, t->conn, t->a, t->now), "read");
    return t->at;
}

static bool has(const struct keyset *set, str name)
{
    for (size_t i = 0; i < set->count; i++)
        if (str_eq(set->keys[i].name, name))
            return true;
    return false;
}

void model_assert_keys(const struct keyset *set, const char *const *expected, const char *file,
                       int line)
{
    size_t count = 0, wrong = 0;
    for (; expected[count]; count++)
        if (!has(set, str_of(expected[count]))) {
            print_error("%s is not among the keys\n", expected[count]);
            wrong++;
        }
    for (size_t i = 0; i < set->count; i++) {
        bool known = false;
        for (size_t k = 0; k < count; k++)
            known = known || str_eq(set->keys[i].name, str_of(expected[k]));
        if (!known) {
            print_error("%.*s is among the keys\n", STR(set->keys[i].name));
            wrong++;
        }
    }
    if (wrong)
        _fail(file, line);
}

static int run_on(enum testing_engine on, const char *group, const struct CMUnitTest *tests,
                  size_t count)
{
    struct CMUnitTest *all = heap_alloc(count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i] = tests[i];
        all[i].setup_func = set_up;
        all[i].teardown_func = tear_down;
    }
    char name[100];
    snprintf(name, sizeof name, "%s on %s", group, on == ON_SQLITE ? "SQLite" : "PostgreSQL");
    engine = on;
    int failed = _cmocka_run_group_tests(name, all, count, NULL, NULL);
    heap_free(all);
    return failed;
}

int model_test_run(const char *group, const struct CMUnitTest *tests, size_t count)
{
    int failed = run_on(ON_SQLITE, group, tests, count);
    return testing_has_postgres() ? failed + run_on(ON_POSTGRES, group, tests, count) : failed;
}
