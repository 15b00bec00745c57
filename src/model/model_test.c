// What the model's tests share: a fresh newsroom for each, on SQLite and on PostgreSQL.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/heap.h"
#include "model/catalogue.h"

static struct model_test *running;
static int on_postgres;

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

// Runs one statement of the test's own making in a transaction: schemas come and go by it.
static void run_sql(struct arena *a, str url, str sql)
{
    struct db_statement statement = {.name = S("test_schema"), .sql = sql};
    struct db_catalogue own = {.statements = &statement, .statement_count = 1};
    struct db *db;
    struct db_conn *conn;
    expect(db_open(a, url, &own, &db), "open");
    expect(db_connect(db, a, &conn), "connect");
    expect(db_begin(conn, a, DB_WRITE), "begin");
    expect(db_run(conn, a, 0, NO_ARGS, NULL), "schema");
    expect(db_commit(conn, a), "commit");
    db_disconnect(conn);
    db_close(db);
}

static str postgres_url(struct model_test *t, const char *server)
{
    str base = str_of(server);
    const char *joint = str_find_char(base, '?') < 0 ? "?" : "&";
    return str_format(t->a, "%s%soptions=-c%%20search_path%%3Dmodel_test_%d", server, joint,
                      (int)getpid());
}

static int set_up(void **state)
{
    struct model_test *t = heap_new(struct model_test);
    t->a = arena_new();
    t->now = (instant){1795435200000}; // 2026-11-23T12:00:00Z
    running = t;
    if (on_postgres) {
        const char *server = getenv("TEST_POSTGRES");
        run_sql(t->a, str_of(server),
                str_format(t->a, "CREATE SCHEMA model_test_%d", (int)getpid()));
        t->url = postgres_url(t, server);
    } else {
        snprintf(t->dir, sizeof t->dir, "/tmp/model-test-XXXXXX");
        assert_non_null(mkdtemp(t->dir));
        t->url = str_format(t->a, "sqlite:%s/test.db", t->dir);
    }
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
    if (on_postgres)
        run_sql(t->a, str_of(getenv("TEST_POSTGRES")),
                str_format(t->a, "DROP SCHEMA model_test_%d CASCADE", (int)getpid()));
    static const char *const files[] = {"test.db", "test.db-wal", "test.db-shm"};
    for (size_t i = 0; i < 3 && !on_postgres; i++)
        unlink(str_z(t->a, str_format(t->a, "%s/%s", t->dir, files[i])));
    if (!on_postgres)
        assert_int_equal(rmdir(t->dir), 0);
    arena_free(t->a);
    heap_free(t);
    return 0;
}

static void commit(struct model_test *t)
{
    if (t->at)
        expect(work_commit(t->at), "commit");
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

static int run_on(const char *engine, const char *group, const struct CMUnitTest *tests,
                  size_t count)
{
    struct CMUnitTest *all = heap_alloc(count * sizeof *all);
    for (size_t i = 0; i < count; i++) {
        all[i] = tests[i];
        all[i].setup_func = set_up;
        all[i].teardown_func = tear_down;
    }
    char name[100];
    snprintf(name, sizeof name, "%s on %s", group, engine);
    int failed = _cmocka_run_group_tests(name, all, count, NULL, NULL);
    heap_free(all);
    return failed;
}

int model_test_run(const char *group, const struct CMUnitTest *tests, size_t count)
{
    int failed = run_on("SQLite", group, tests, count);
    if (!getenv("TEST_POSTGRES"))
        return failed;
    on_postgres = 1;
    return failed + run_on("PostgreSQL", group, tests, count);
}
