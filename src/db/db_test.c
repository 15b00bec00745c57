// What databases promise, on SQLite and, where TEST_POSTGRES names a server, on PostgreSQL.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/heap.h"
#include "db/db.h"
#include "db/db_test_half.h"
#include "db/db_test_migrations.h"
#include "db/db_test_sql.h"
#include "db/testing.h"

struct thing {
    int64_t id, number;
    str name;
    html note;
    double real;
    bool flag;
    instant at;
    struct list parts;
};

FIELDS(thing_fields, struct thing, "thing", FIELD(struct thing, id), FIELD(struct thing, number),
       FIELD(struct thing, name), FIELD(struct thing, note), FIELD(struct thing, real),
       FIELD(struct thing, flag), FIELD(struct thing, at));

static const struct db_catalogue catalogue = {test_statements, SQL_COUNT, test_migrations,
                                              MIGRATION_COUNT};

// ---- a fresh database for each test

struct fixture {
    struct arena *a;
    str url;
    struct db *db;
    struct db_conn *conn;
};

static int fresh(void **state)
{
    struct fixture *f = heap_new(struct fixture);
    f->a = arena_new();
    f->url = testing_database_create(f->a, *(const enum testing_engine *)*state);
    *state = f;
    return 0;
}

static int migrated(void **state)
{
    fresh(state);
    struct fixture *f = *state;
    assert_null(db_open(f->a, f->url, &catalogue, &f->db));
    assert_null(db_migrate(f->db, f->a));
    assert_null(db_connect(f->db, f->a, &f->conn));
    return 0;
}

static int gone(void **state)
{
    struct fixture *f = *state;
    db_disconnect(f->conn);
    db_close(f->db);
    testing_database_drop(f->url);
    arena_free(f->a);
    heap_free(f);
    return 0;
}

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        error e_ = (call);                                                                         \
        if (e_)                                                                                    \
            fail_msg("%.*s: %.*s", STR(e_->where), STR(e_->message));                              \
    } while (0)

#define assert_fault(call, expected)                                                               \
    do {                                                                                           \
        error e_ = (call);                                                                         \
        assert_non_null(e_);                                                                       \
        if (e_->fault != (expected))                                                               \
            fail_msg("%.*s: %.*s", STR(e_->where), STR(e_->message));                              \
    } while (0)

static void add(struct fixture *f, str name)
{
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(name), V(S("a note"))), NULL));
    assert_ok(db_commit(f->conn, f->a));
}

// In a transaction already open.
static int64_t count(struct fixture *f, struct db_conn *conn)
{
    struct thing row;
    bool found;
    assert_ok(db_one(conn, f->a, SQL_THING_COUNT, NO_ARGS, &thing_fields, &row, &found));
    assert_true(found);
    return row.number;
}

static int64_t count_now(struct fixture *f)
{
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    int64_t n = count(f, f->conn);
    assert_ok(db_commit(f->conn, f->a));
    return n;
}

// ---- opening

static void an_address_of_no_engine_is_refused(void **state)
{
    arena_scoped a = arena_new();
    struct db *db;
    assert_fault(db_open(a, S("mysql://x"), &catalogue, &db), FAULT_INPUT);
    assert_fault(db_open(a, S("sqlite:"), &catalogue, &db), FAULT_INPUT);
    assert_fault(db_open(a, S("sqlite::memory:"), &catalogue, &db), FAULT_INPUT);
    assert_fault(db_open(a, S("sqlite:file:x?mode=memory"), &catalogue, &db), FAULT_INPUT);
    assert_fault(db_open(a, S("sqlite:/no/such/folder/x.db"), &catalogue, &db), FAULT_IO);
}

static void a_new_database_file_is_for_its_owner_alone(void **state)
{
    struct fixture *f = *state;
    mode_t before = umask(0);
    assert_ok(db_open(f->a, f->url, &catalogue, &f->db));
    assert_ok(db_connect(f->db, f->a, &f->conn));
    umask(before);
    str path = str_from(f->url, strlen("sqlite:"));
    static const char *const companions[] = {"", "-wal"};
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_commit(f->conn, f->a));
    for (size_t i = 0; i < 2; i++) {
        struct stat s;
        assert_int_equal(stat(str_z(f->a, str_join(f->a, path, str_of(companions[i]))), &s), 0);
        assert_int_equal(s.st_mode & 0777, 0600);
    }
}

static void a_file_that_is_no_database_is_called_so(void **state)
{
    struct fixture *f = *state;
    int fd = open(str_z(f->a, str_from(f->url, 7)), O_CREAT | O_WRONLY, 0600);
    char junk[8192];
    memset(junk, 'x', sizeof junk);
    assert_int_equal(write(fd, junk, sizeof junk), sizeof junk);
    close(fd);
    assert_fault(db_open(f->a, f->url, &catalogue, &f->db), FAULT_DATA);
}

static void every_statement_can_be_prepared(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_prepare_all(f->conn, f->a));
}

static void a_statement_that_the_engine_refuses_is_named(void **state)
{
    struct fixture *f = *state;
    static const struct db_statement wrong[] = {
        {{"right", 5}, {"SELECT 1;", 9}, {"", 0}, 0},
        {{"wrong", 5}, {"SELECT nothing;", 15}, {"", 0}, 0},
    };
    static const struct db_catalogue other = {wrong, 2, test_migrations, MIGRATION_COUNT};
    struct db *db;
    struct db_conn *conn;
    assert_ok(db_open(f->a, f->url, &other, &db));
    assert_ok(db_connect(db, f->a, &conn));
    error e = db_prepare_all(conn, f->a);
    assert_fault(e, FAULT_DATA);
    assert_str(e->where, "wrong");
    db_disconnect(conn);
    db_close(db);
}

// ---- values

static void round_trip(struct fixture *f, str name, value note, const struct thing *in,
                       struct thing *out)
{
    struct thing id = {0};
    bool found;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_one(f->conn, f->a, SQL_THING_ADD_ALL,
                     ARGS(V(name), note, V(in->number), V(in->real), V(in->flag), V(in->at)),
                     &thing_fields, &id, &found));
    assert_true(found);
    assert_ok(db_commit(f->conn, f->a));
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    memset(out, 1, sizeof *out);
    assert_ok(db_one(f->conn, f->a, SQL_THING_BY_NAME, ARGS(V(name)), &thing_fields, out, &found));
    assert_true(found);
    assert_int_equal(out->id, id.id);
    assert_true(str_eq(out->name, name));
    assert_ok(db_commit(f->conn, f->a));
}

static void values_of_every_kind_come_back(void **state)
{
    struct fixture *f = *state;
    struct thing in = {.number = INT64_MIN, .real = 0.1 + 0.2, .flag = true, .at = {1795435109123}};
    struct thing out;
    round_trip(f, S("all"), V((html){S("<p>x</p>")}), &in, &out);
    assert_true(out.number == INT64_MIN && out.real == 0.1 + 0.2 && out.flag);
    assert_true(out.at.ms == 1795435109123);
    assert_str(out.note.text, "<p>x</p>");
    assert_null(out.parts.rows);

    in = (struct thing){.number = INT64_MAX, .real = -1e-300};
    round_trip(f, S("more"), V(S("")), &in, &out);
    assert_true(out.number == INT64_MAX && out.real == -1e-300 && !out.flag && out.at.ms == 0);
}

static void empty_text_is_not_null(void **state)
{
    struct fixture *f = *state;
    struct thing in = {0}, out;
    round_trip(f, S("null"), VALUE_NONE, &in, &out);
    assert_null(out.note.text.ptr);
    round_trip(f, S("empty"), V(STR_NONE), &in, &out);
    assert_non_null(out.note.text.ptr);
    assert_int_equal(out.note.text.len, 0);
}

static void text_of_any_script_and_size_comes_back(void **state)
{
    struct fixture *f = *state;
    struct thing in = {0}, out;
    str unicode = S("Zürich, Ελλάδα, 東京, 🗞, \t\n'\"\\ $1 %s");
    round_trip(f, unicode, V(unicode), &in, &out);
    assert_true(str_eq(out.note.text, unicode));
    size_t size = 3 << 20;
    char *text = arena_text(f->a, size);
    memset(text, 'x', size);
    round_trip(f, S("large"), V(((str){text, size})), &in, &out);
    assert_true(str_eq(out.note.text, (str){text, size}));
}

static void text_that_is_not_utf8_or_holds_nul_is_refused(void **state)
{
    struct fixture *f = *state;
    static const str bad[] = {{"a\xff", 2}, {"a\0b", 3}, {"\xed\xa0\x80", 3}};
    for (size_t i = 0; i < 3; i++) {
        assert_ok(db_begin(f->conn, f->a, DB_WRITE));
        assert_fault(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(bad[i]), VALUE_NONE), NULL),
                     FAULT_INPUT);
        db_rollback(f->conn);
    }
    assert_int_equal(count_now(f), 1);
}

static void parameters_go_by_number_not_by_place(void **state)
{
    struct fixture *f = *state;
    struct thing row;
    bool found;
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    assert_ok(db_one(f->conn, f->a, SQL_THING_SHUFFLED, ARGS(V(S("one")), V(S("two")), V(3)),
                     &thing_fields, &row, &found));
    assert_true(found);
    assert_str(row.name, "two");
    assert_str(row.note.text, "one");
    assert_int_equal(row.number, 3);
    db_rollback(f->conn);
}

static void the_wrong_number_of_arguments_is_refused(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    error e = db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x"))), NULL);
    assert_fault(e, FAULT_INPUT);
    assert_str(e->where, "thing_add");
    assert_str(e->message, "takes 2 parameters, was given 1");
    db_rollback(f->conn);
}

// ---- rows

static void a_column_without_a_field_is_a_fault(void **state)
{
    struct fixture *f = *state;
    struct list out;
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    error e = db_list(f->conn, f->a, SQL_THING_STRANGE, NO_ARGS, &thing_fields, &out);
    assert_fault(e, FAULT_DATA);
    assert_str(e->where, "thing_strange");
    assert_str(e->message, "thing has no field for column stranger");
    db_rollback(f->conn);
}

static void a_value_that_does_not_fit_its_field_is_a_fault(void **state)
{
    struct fixture *f = *state;
    struct thing row;
    bool found;
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    assert_fault(db_one(f->conn, f->a, SQL_THING_MISFIT, NO_ARGS, &thing_fields, &row, &found),
                 FAULT_DATA);
    db_rollback(f->conn);
}

static void what_is_not_there_is_not_found(void **state)
{
    struct fixture *f = *state;
    struct thing row = {.id = 77};
    struct list out = {&row, 1};
    bool found = true;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(
        db_one(f->conn, f->a, SQL_THING_BY_NAME, ARGS(V(S("no"))), &thing_fields, &row, &found));
    assert_false(found);
    assert_int_equal(row.id, 77);
    assert_ok(db_run(f->conn, f->a, SQL_THING_DELETE, ARGS(V(S("first"))), NULL));
    assert_ok(db_list(f->conn, f->a, SQL_THING_LIST, NO_ARGS, &thing_fields, &out));
    assert_int_equal(out.count, 0);
    assert_null(out.rows);
    db_rollback(f->conn);
}

static void one_row_means_one(void **state)
{
    struct fixture *f = *state;
    struct thing row;
    bool found;
    add(f, S("second"));
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    assert_fault(db_one(f->conn, f->a, SQL_THING_LIST, NO_ARGS, &thing_fields, &row, &found),
                 FAULT_DATA);
    db_rollback(f->conn);
}

static void a_list_holds_all_rows_in_order(void **state)
{
    struct fixture *f = *state;
    struct list out;
    int64_t changed;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_FILL, ARGS(V(5000)), &changed));
    assert_int_equal(changed, 5000);
    for (int round = 0; round < 2; round++) {
        assert_ok(db_list(f->conn, f->a, SQL_THING_LIST, NO_ARGS, &thing_fields, &out));
        assert_int_equal(out.count, 5001);
        assert_str(list_at(&out, struct thing, 5000)->name, "first");
        for (size_t i = 0; i < 5000; i++) {
            struct thing *row = list_at(&out, struct thing, i);
            assert_true(str_eq(row->name, str_format(f->a, "%d", (int)row->number)));
            if (i)
                assert_true(str_cmp(list_at(&out, struct thing, i - 1)->name, row->name) < 0);
        }
    }
    assert_ok(db_run(f->conn, f->a, SQL_THING_RENAME_ALL, ARGS(V(S("x"))), &changed));
    assert_int_equal(changed, 5001);
    db_rollback(f->conn);
}

// ---- transactions

static void a_read_stays_in_its_snapshot(void **state)
{
    struct fixture *f = *state;
    struct db_conn *reader;
    assert_ok(db_connect(f->db, f->a, &reader));
    assert_ok(db_begin(reader, f->a, DB_READ));
    assert_int_equal(count(f, reader), 1);
    add(f, S("later"));
    assert_int_equal(count(f, reader), 1);
    assert_ok(db_commit(reader, f->a));
    assert_ok(db_begin(reader, f->a, DB_READ));
    assert_int_equal(count(f, reader), 2);
    db_disconnect(reader);
}

static void what_is_rolled_back_never_was(void **state)
{
    struct fixture *f = *state;
    db_rollback(f->conn);
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x")), VALUE_NONE), NULL));
    assert_int_equal(count(f, f->conn), 2);
    db_rollback(f->conn);
    db_rollback(f->conn);
    assert_int_equal(count_now(f), 1);
}

static void a_read_transaction_cannot_write(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_begin(f->conn, f->a, DB_READ));
    assert_fault(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x")), VALUE_NONE), NULL),
                 FAULT_DENIED);
    db_rollback(f->conn);
    assert_int_equal(count_now(f), 1);
}

static void a_broken_constraint_is_a_conflict(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    error e = db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("first")), VALUE_NONE), NULL);
    assert_fault(e, FAULT_CONFLICT);
    assert_str(e->where, "thing_add");
    db_rollback(f->conn);
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_fault(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(VALUE_NONE, VALUE_NONE), NULL),
                 FAULT_CONFLICT);
    db_rollback(f->conn);
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_fault(db_run(f->conn, f->a, SQL_THING_PART, ARGS(V(S("x")), V(999)), NULL),
                 FAULT_CONFLICT);
    db_rollback(f->conn);
    assert_int_equal(count_now(f), 1);
}

static void after_a_failed_statement_nothing_is_committed(void **state)
{
    struct fixture *f = *state;
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x")), VALUE_NONE), NULL));
    assert_fault(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x")), VALUE_NONE), NULL),
                 FAULT_CONFLICT);
    assert_fault(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("y")), VALUE_NONE), NULL),
                 FAULT_CONFLICT);
    assert_fault(db_commit(f->conn, f->a), FAULT_CONFLICT);
    assert_int_equal(count_now(f), 1);
}

static void a_second_writer_waits_and_is_told(void **state)
{
    struct fixture *f = *state;
    struct db_conn *other;
    assert_ok(db_connect(f->db, f->a, &other));
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    int64_t before = instant_steady_us();
    assert_fault(db_begin(other, f->a, DB_WRITE), FAULT_BUSY);
    assert_true(instant_steady_us() - before > 4500000);
    assert_ok(db_commit(f->conn, f->a));
    assert_ok(db_begin(other, f->a, DB_WRITE));
    db_disconnect(other);
}

static bool changed(struct fixture *f, struct db_conn *conn)
{
    bool yes;
    assert_ok(db_changed(conn, f->a, &yes));
    return yes;
}

// A notification travels: what must come is asked for until it does.
static bool changes_soon(struct fixture *f, struct db_conn *conn)
{
    int64_t until = instant_steady_us() + 5000000;
    while (!changed(f, conn))
        if (instant_steady_us() > until)
            return false;
    return true;
}

static void a_change_is_one_by_another_connection(void **state)
{
    struct fixture *f = *state;
    struct db_conn *watcher;
    assert_ok(db_connect(f->db, f->a, &watcher));
    assert_true(changed(f, watcher));
    assert_false(changed(f, watcher));
    assert_true(changed(f, f->conn));
    add(f, S("x"));
    assert_true(changes_soon(f, watcher));
    assert_false(changed(f, watcher));
    assert_false(changed(f, f->conn));

    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("y")), VALUE_NONE), NULL));
    db_rollback(f->conn);
    assert_false(changed(f, watcher));
    db_disconnect(watcher);
}

enum { THREADS = 4, WRITES = 10 };

struct writer {
    struct db *db;
    pthread_t thread;
    int number;
    bool done;
};

static error write_some(struct writer *w, struct arena *a)
{
    struct db_conn *conn;
    try(db_connect(w->db, a, &conn));
    error e = NULL;
    for (int i = 0; i < WRITES && !e; i++) {
        e = db_begin(conn, a, DB_WRITE);
        if (!e)
            e = db_run(conn, a, SQL_THING_ADD,
                       ARGS(V(str_format(a, "%d-%d", w->number, i)), VALUE_NONE), NULL);
        if (!e)
            e = db_commit(conn, a);
    }
    db_disconnect(conn);
    return e;
}

static void *write_in_a_thread(void *data)
{
    struct writer *w = data;
    arena_scoped a = arena_new();
    w->done = write_some(w, a) == NULL;
    return NULL;
}

static void threads_write_side_by_side(void **state)
{
    struct fixture *f = *state;
    struct writer writers[THREADS];
    for (int i = 0; i < THREADS; i++) {
        writers[i] = (struct writer){.db = f->db, .number = i};
        assert_int_equal(pthread_create(&writers[i].thread, NULL, write_in_a_thread, &writers[i]),
                         0);
    }
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_join(writers[i].thread, NULL), 0);
        assert_true(writers[i].done);
    }
    assert_int_equal(count_now(f), 1 + THREADS * WRITES);
}

// ---- the disk

static void a_full_disk_is_told_and_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct db_conn *reader;
    int64_t n;
    assert_ok(db_connect(f->db, f->a, &reader));
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_PAGES_LIMIT, NO_ARGS, &n));
    error e = db_run(f->conn, f->a, SQL_THING_FILL, ARGS(V(100000)), NULL);
    assert_fault(e, FAULT_IO);
    assert_str(e->where, "thing_fill");
    assert_str(e->message, "the disk is full: free some space; nothing was changed");
    assert_ok(db_begin(reader, f->a, DB_READ));
    assert_int_equal(count(f, reader), 1);
    db_disconnect(reader);
    db_rollback(f->conn);
    assert_int_equal(count_now(f), 1);
    add(f, S("small"));
}

static void a_disk_that_refuses_is_told_and_changes_nothing(void **state)
{
    struct fixture *f = *state;
    struct rlimit before, tight;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    tight = (struct rlimit){200000, before.rlim_max};
    signal(SIGXFSZ, SIG_IGN);
    assert_ok(db_begin(f->conn, f->a, DB_WRITE));
    assert_ok(db_run(f->conn, f->a, SQL_THING_FILL, ARGS(V(20000)), NULL));
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &tight), 0);
    error e = db_commit(f->conn, f->a);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    assert_fault(e, FAULT_IO);
    assert_int_equal(count_now(f), 1);
    add(f, S("small"));
    assert_int_equal(count_now(f), 2);
}

// ---- connections

static void a_server_that_is_away_is_told(void **state)
{
    arena_scoped a = arena_new();
    struct db *db;
    assert_fault(db_open(a, S("postgres:///x?host=/no/such/folder"), &catalogue, &db), FAULT_IO);
    error e = db_open(a, S("postgres://me:secret@[1/x"), &catalogue, &db);
    assert_fault(e, FAULT_INPUT);
    assert_int_equal(str_find(e->message, S("secret")), -1);
}

static void a_lost_connection_is_told_and_made_again(void **state)
{
    struct fixture *f = *state;
    struct thing row;
    bool found;
    assert_true(changed(f, f->conn));
    assert_false(changed(f, f->conn));
    for (int round = 0; round < 2; round++) {
        assert_ok(db_begin(f->conn, f->a, DB_WRITE));
        assert_ok(db_run(f->conn, f->a, SQL_THING_ADD, ARGS(V(S("x")), VALUE_NONE), NULL));
        assert_fault(db_one(f->conn, f->a, SQL_HANG_UP, NO_ARGS, &thing_fields, &row, &found),
                     FAULT_BUSY);
        db_rollback(f->conn);
        assert_int_equal(count_now(f), 1);
        assert_true(changed(f, f->conn));
    }
}

// ---- migrations

static error migrate_with(struct fixture *f, const struct db_migration *migrations, size_t n)
{
    struct db_catalogue other = {test_statements, SQL_COUNT, migrations, n};
    struct db *db;
    try(db_open(f->a, f->url, &other, &db));
    error e = db_migrate(db, f->a);
    db_close(db);
    return e;
}

static void migrations_are_applied_once(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(count_now(f), 1);
    assert_ok(db_migrate(f->db, f->a));
    assert_int_equal(count_now(f), 1);
}

static void migrations_go_on_where_they_stopped(void **state)
{
    struct fixture *f = *state;
    assert_ok(migrate_with(f, test_migrations, 1));
    assert_ok(migrate_with(f, test_migrations, 2));
    assert_ok(db_open(f->a, f->url, &catalogue, &f->db));
    assert_ok(db_connect(f->db, f->a, &f->conn));
    assert_int_equal(count_now(f), 1);
}

static void a_changed_migration_is_a_conflict(void **state)
{
    struct fixture *f = *state;
    struct db_migration other[2] = {test_migrations[0], test_migrations[1]};
    other[1].sql = str_join(f->a, other[1].sql, S(" "));
    other[1].sql_postgres = str_join(f->a, other[1].sql_postgres, S(" "));
    error e = migrate_with(f, other, 2);
    assert_fault(e, FAULT_CONFLICT);
    assert_str(e->where, "0002-words.sql");
}

static void a_newer_database_is_a_conflict(void **state)
{
    struct fixture *f = *state;
    error e = migrate_with(f, test_migrations, 1);
    assert_fault(e, FAULT_CONFLICT);
    assert_str(e->where, "0002-words.sql");
}

static void a_migration_slipped_in_between_is_a_conflict(void **state)
{
    struct fixture *f = *state;
    struct db_migration other[3] = {
        test_migrations[0], {S("0001-between.sql"), S("SELECT 1;"), STR_NONE}, test_migrations[1]};
    error e = migrate_with(f, other, 3);
    assert_fault(e, FAULT_CONFLICT);
    assert_str(e->where, "0001-between.sql");
}

static void a_failing_migration_leaves_nothing_behind(void **state)
{
    struct fixture *f = *state;
    struct db_migration other[3] = {test_migrations[0], test_migrations[1], half_migrations[0]};
    error e = migrate_with(f, other, 3);
    assert_fault(e, FAULT_DATA);
    assert_str(e->where, "0003-breaks-in-the-middle.sql");
    other[2] = half_migrations[1];
    assert_ok(migrate_with(f, other, 3));
}

static pid_t migrate_in_a_child(struct fixture *f, const int start[2])
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child)
        return child;
    char byte;
    close(start[1]);
    bool told = read(start[0], &byte, 1) == 0;
    error e = told ? migrate_with(f, test_migrations, MIGRATION_COUNT) : NULL;
    if (e)
        fprintf(stderr, "%.*s: %.*s\n", STR(e->where), STR(e->message));
    _exit(e || !told);
}

static void processes_that_migrate_at_once_do_it_once(void **state)
{
    struct fixture *f = *state;
    enum { CHILDREN = 4 };
    pid_t children[CHILDREN];
    int start[2];
    assert_int_equal(pipe(start), 0);
    for (int i = 0; i < CHILDREN; i++)
        children[i] = migrate_in_a_child(f, start);
    close(start[1]); // the word to begin
    close(start[0]);
    for (int i = 0; i < CHILDREN; i++) {
        int status;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    assert_ok(db_open(f->a, f->url, &catalogue, &f->db));
    assert_ok(db_connect(f->db, f->a, &f->conn));
    assert_int_equal(count_now(f), 1);
}

#define ON(engine, setup, test)                                                                    \
    {                                                                                              \
#test, test, setup, gone, (void *)&engine                                                  \
    }
#define ON_BOTH(engine)                                                                            \
    {                                                                                              \
        ON(engine, migrated, every_statement_can_be_prepared),                                     \
            ON(engine, migrated, a_statement_that_the_engine_refuses_is_named),                    \
            ON(engine, migrated, values_of_every_kind_come_back),                                  \
            ON(engine, migrated, empty_text_is_not_null),                                          \
            ON(engine, migrated, text_of_any_script_and_size_comes_back),                          \
            ON(engine, migrated, text_that_is_not_utf8_or_holds_nul_is_refused),                   \
            ON(engine, migrated, parameters_go_by_number_not_by_place),                            \
            ON(engine, migrated, the_wrong_number_of_arguments_is_refused),                        \
            ON(engine, migrated, a_column_without_a_field_is_a_fault),                             \
            ON(engine, migrated, a_value_that_does_not_fit_its_field_is_a_fault),                  \
            ON(engine, migrated, what_is_not_there_is_not_found),                                  \
            ON(engine, migrated, one_row_means_one),                                               \
            ON(engine, migrated, a_list_holds_all_rows_in_order),                                  \
            ON(engine, migrated, a_read_stays_in_its_snapshot),                                    \
            ON(engine, migrated, what_is_rolled_back_never_was),                                   \
            ON(engine, migrated, a_read_transaction_cannot_write),                                 \
            ON(engine, migrated, a_broken_constraint_is_a_conflict),                               \
            ON(engine, migrated, after_a_failed_statement_nothing_is_committed),                   \
            ON(engine, migrated, a_second_writer_waits_and_is_told),                               \
            ON(engine, migrated, threads_write_side_by_side),                                      \
            ON(engine, migrated, a_change_is_one_by_another_connection),                           \
            ON(engine, migrated, migrations_are_applied_once),                                     \
            ON(engine, migrated, a_changed_migration_is_a_conflict),                               \
            ON(engine, migrated, a_newer_database_is_a_conflict),                                  \
            ON(engine, migrated, a_migration_slipped_in_between_is_a_conflict),                    \
            ON(engine, migrated, a_failing_migration_leaves_nothing_behind),                       \
            ON(engine, fresh, migrations_go_on_where_they_stopped),                                \
            ON(engine, fresh, processes_that_migrate_at_once_do_it_once),                          \
    }

static const enum testing_engine sqlite = ON_SQLITE, postgres = ON_POSTGRES;

int main(void)
{
    const struct CMUnitTest file_tests[] = {
        cmocka_unit_test(an_address_of_no_engine_is_refused),
        ON(sqlite, fresh, a_new_database_file_is_for_its_owner_alone),
        ON(sqlite, fresh, a_file_that_is_no_database_is_called_so),
        ON(sqlite, migrated, a_full_disk_is_told_and_changes_nothing),
        ON(sqlite, migrated, a_disk_that_refuses_is_told_and_changes_nothing),
    };
    const struct CMUnitTest connection_tests[] = {
        cmocka_unit_test(a_server_that_is_away_is_told),
        ON(postgres, migrated, a_lost_connection_is_told_and_made_again),
    };
    const struct CMUnitTest sqlite_tests[] = ON_BOTH(sqlite);
    const struct CMUnitTest postgres_tests[] = ON_BOTH(postgres);
    int failed = cmocka_run_group_tests_name("sqlite files", file_tests, NULL, NULL);
    failed += cmocka_run_group_tests_name("sqlite", sqlite_tests, NULL, NULL);
    if (testing_has_postgres()) {
        failed += cmocka_run_group_tests_name("connections", connection_tests, NULL, NULL);
        failed += cmocka_run_group_tests_name("postgres", postgres_tests, NULL, NULL);
    }
    return failed;
}
