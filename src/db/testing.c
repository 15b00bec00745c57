// A fresh, empty database for each unit test, on either engine.
// SPDX-License-Identifier: Apache-2.0
#include "db/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/engine.h"
#include "db/testing_sql.h"

bool testing_has_postgres(void)
{
    const char *server = getenv("TEST_POSTGRES");
    if (server && *server)
        return true;
    fprintf(stderr, "PostgreSQL: skipped, TEST_POSTGRES is not set\n");
    return false;
}

static void must(error e)
{
    if (!e)
        return;
    fprintf(stderr, "%.*s: %.*s\n", STR(e->where), STR(e->message));
    abort();
}

static void run_script(struct arena *a, str url, int statement)
{
    static const struct db_catalogue none = {NULL, 0, NULL, 0};
    const struct db_statement *s = &testing_statements[statement];
    struct db *db;
    struct db_conn *conn;
    must(db_open(a, url, &none, &db));
    must(db_connect(db, a, &conn));
    must(db->engine->script(conn, a, s->name, s->sql_postgres));
    db_disconnect(conn);
    db_close(db);
}

static str create_schema(struct arena *a)
{
    static int number;
    str server = str_of(getenv("TEST_POSTGRES"));
    str url = str_format(a, "%.*s%coptions=-csearch_path%%3Dtest_%d_%d", STR(server),
                         str_find_char(server, '?') >= 0 ? '&' : '?', (int)getpid(), ++number);
    run_script(a, url, TESTING_SCHEMA_CREATE);
    return url;
}

static str create_file(struct arena *a)
{
    char *folder = str_z(a, S("/tmp/db-test-XXXXXX"));
    if (!mkdtemp(folder)) {
        perror(folder);
        abort();
    }
    return str_format(a, "sqlite:%s/test.db", folder);
}

str testing_database_create(struct arena *a, enum testing_engine engine)
{
    return engine == ON_POSTGRES ? create_schema(a) : create_file(a);
}

void testing_database_drop(str url)
{
    static const char *const companions[] = {"", "-wal", "-shm"};
    arena_scoped a = arena_new();
    if (!str_starts(url, S("sqlite:"))) {
        run_script(a, url, TESTING_SCHEMA_DROP);
        return;
    }
    str path = str_from(url, strlen("sqlite:"));
    for (size_t i = 0; i < 3; i++)
        unlink(str_z(a, str_join(a, path, str_of(companions[i]))));
    rmdir(str_z(a, str_sub(path, 0, (size_t)str_rfind_char(path, '/'))));
}
