// SQLite behind the engine interface.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "db/engine.h"

enum { BUSY_WAIT_MS = 5000, BUSY_PAUSE_MS = 5 };

// ---- failures

static error fault_of(struct arena *a, int code, str where, const char *detail)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return failure(a, FAULT_IO, where,
                       "the disk is full: free some space; nothing was changed");
    case SQLITE_IOERR:
        return failure(a, FAULT_IO, where,
                       "the disk refused (%s): check disk and space; nothing was changed",
                       sqlite3_errstr(code));
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return failure(a, FAULT_IO, where,
                       "%s: check that the file and its folder may be written; nothing was changed",
                       detail);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return failure(a, FAULT_BUSY, where,
                       "another writer held the database for %d seconds: try again",
                       BUSY_WAIT_MS / 1000);
    case SQLITE_CONSTRAINT:
        return failure(a, FAULT_CONFLICT, where, "%s", detail);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return failure(a, FAULT_DATA, where, "%s: restore the database from a backup", detail);
    case SQLITE_TOOBIG:
        return failure(a, FAULT_LIMIT, where, "%s", detail);
    case SQLITE_NOMEM:
        return failure(a, FAULT_IO, where, "memory is out; nothing was changed");
    default:
        return failure(a, FAULT_DATA, where, "%s", detail);
    }
}

static error failed(struct db_conn *conn, struct arena *a, str where, int code)
{
    int kind = code & 0xff;
    // A file that may not be written is no matter of the statement that found it so.
    if (kind == SQLITE_CANTOPEN || kind == SQLITE_READONLY || kind == SQLITE_PERM)
        where = str_of(conn->db->address);
    return fault_of(a, code, where, sqlite3_errmsg(conn->handle));
}

// ---- connections

static void set_up_library(void)
{
    // Counting every allocation takes a lock that all connections share.
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3_initialize();
}

static error sqlite_check(struct arena *a, str url, str *address)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, set_up_library);
    str path = str_from(url, sqlite_engine.schemes[0].len);
    if (!path.len || path.ptr[0] == ':' || str_starts(path, S("file:")))
        return failure(a, FAULT_INPUT, S("database"), "sqlite: wants the path of a file behind it");
    *address = path;

    // SQLite would make the file readable for all. Its companions take over the file's mode.
    int fd = open(str_z(a, path), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0 && errno != EEXIST)
        return failure(a, FAULT_IO, path, "cannot be created: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return NULL;
}

static error sqlite_script(struct db_conn *conn, struct arena *a, str name, str sql)
{
    int code = sqlite3_exec(conn->handle, str_z(a, sql), NULL, NULL, NULL);
    return code == SQLITE_OK ? NULL : failed(conn, a, name, code);
}

// Changing to WAL needs the file alone for a moment, and SQLite does not wait for that by itself.
static error set_up(struct db_conn *conn, struct arena *a)
{
    const struct db_statement *s = &own_statements[OWN_SET_UP];
    int64_t until = instant_steady_us() + BUSY_WAIT_MS * 1000;
    for (;;) {
        error e = sqlite_script(conn, a, s->name, s->sql);
        if (!e || e->fault != FAULT_BUSY || instant_steady_us() > until)
            return e;
        sqlite3_sleep(BUSY_PAUSE_MS);
    }
}

static error check_wal(struct db_conn *conn, struct arena *a)
{
    sqlite3_stmt *stmt = NULL;
    const struct db_statement *s = &own_statements[OWN_JOURNAL_MODE];
    int code = sqlite3_prepare_v2(conn->handle, s->sql.ptr, (int)s->sql.len, &stmt, NULL);
    bool wal = code == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
               str_eq(str_of((const char *)sqlite3_column_text(stmt, 0)), S("wal"));
    sqlite3_finalize(stmt);
    if (!wal)
        return failure(a, FAULT_IO, str_of(conn->db->address),
                       "no write-ahead log can be kept here: use a local disk");
    return NULL;
}

static error sqlite_connect(struct db_conn *conn, struct arena *a)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    int code = sqlite3_open_v2(conn->db->address, &db, flags, NULL);
    conn->handle = db;
    if (code != SQLITE_OK)
        return fault_of(a, code, str_of(conn->db->address), sqlite3_errstr(code));
    sqlite3_busy_timeout(db, BUSY_WAIT_MS);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    try(set_up(conn, a));
    return check_wal(conn, a);
}

static void sqlite_disconnect(struct db_conn *conn)
{
    size_t count = OWN_COUNT + conn->db->catalogue->statement_count;
    for (size_t i = 0; i < count; i++)
        sqlite3_finalize(conn->prepared[i].handle);
    int code = sqlite3_close(conn->handle);
    assert(code == SQLITE_OK);
}

// ---- statements

static error sqlite_prepare(struct cursor *c)
{
    const struct db_statement *s = c->statement;
    sqlite3_stmt *stmt = NULL;
    int code = sqlite3_prepare_v3(c->conn->handle, s->sql.ptr, (int)s->sql.len,
                                  SQLITE_PREPARE_PERSISTENT, &stmt, NULL);
    if (code != SQLITE_OK)
        return failed(c->conn, c->a, s->name, code);

    // SQLite numbers $1, $2 by first appearance, so each is looked up by its name.
    c->prepared->slots = arena_array(c->conn->kept, uint8_t, s->parameters);
    for (int i = 0; i < s->parameters; i++) {
        const char *name = str_z(c->conn->scratch, str_format(c->conn->scratch, "$%d", i + 1));
        c->prepared->slots[i] = (uint8_t)sqlite3_bind_parameter_index(stmt, name);
    }
    arena_reset(c->conn->scratch);
    c->prepared->handle = stmt;
    c->prepared->writes = !sqlite3_stmt_readonly(stmt);
    return NULL;
}

static int bind(sqlite3_stmt *stmt, int slot, const value *v)
{
    switch (v->kind) {
    case VALUE_INT:
        return sqlite3_bind_int64(stmt, slot, v->number);
    case VALUE_REAL:
        return sqlite3_bind_double(stmt, slot, v->real);
    case VALUE_TEXT: // The caller's text outlives the execution.
        return sqlite3_bind_text64(stmt, slot, v->text.ptr, v->text.len, SQLITE_STATIC,
                                   SQLITE_UTF8);
    case VALUE_NULL:
        break;
    }
    return sqlite3_bind_null(stmt, slot);
}

static error sqlite_start(struct cursor *c, struct args args)
{
    for (size_t i = 0; i < args.count; i++) {
        int code = bind(c->prepared->handle, c->prepared->slots[i], &args.values[i]);
        if (code != SQLITE_OK)
            return failed(c->conn, c->a, c->statement->name, code);
    }
    return NULL;
}

static error sqlite_step(struct cursor *c, bool *row)
{
    int code = sqlite3_step(c->prepared->handle);
    if (code != SQLITE_ROW && code != SQLITE_DONE)
        return failed(c->conn, c->a, c->statement->name, code);
    *row = code == SQLITE_ROW;
    return NULL;
}

static int64_t sqlite_changes(struct cursor *c)
{
    return c->prepared->writes ? sqlite3_changes64(c->conn->handle) : 0;
}

static size_t sqlite_column_count(struct cursor *c)
{
    return (size_t)sqlite3_column_count(c->prepared->handle);
}

static const char *sqlite_column_name(struct cursor *c, size_t column)
{
    return sqlite3_column_name(c->prepared->handle, (int)column);
}

static const char *type_name(int type)
{
    switch (type) {
    case SQLITE_INTEGER:
        return "a whole number";
    case SQLITE_FLOAT:
        return "a number";
    case SQLITE_TEXT:
        return "text";
    default:
        return "bytes";
    }
}

// Each of sqlite3_column_type, _text and _bytes looks the cell up and checks the statement: once is
// enough. The value is not protected from other threads, which have connections of their own.
static error read_cell(struct cursor *c, sqlite3_value *cell, const struct field *field,
                       void *member)
{
    int type = sqlite3_value_type(cell);
    if (type == SQLITE_NULL)
        return NULL;
    bool textual = field->kind == FIELD_STR || field->kind == FIELD_HTML;
    bool fits = textual
                    ? type == SQLITE_TEXT
                    : type == SQLITE_INTEGER || (field->kind == FIELD_REAL && type == SQLITE_FLOAT);
    if (!fits)
        return cell_misfit(c, field, type_name(type));
    switch (field->kind) {
    case FIELD_INT:
        *(int64_t *)member = sqlite3_value_int64(cell);
        break;
    case FIELD_INSTANT:
        ((instant *)member)->ms = sqlite3_value_int64(cell);
        break;
    case FIELD_BOOL:
        *(bool *)member = sqlite3_value_int64(cell) != 0;
        break;
    case FIELD_REAL:
        *(double *)member = sqlite3_value_double(cell);
        break;
    default: {
        const char *text = (const char *)sqlite3_value_text(cell);
        if (!text)
            return failed(c->conn, c->a, c->statement->name, SQLITE_NOMEM);
        cell_set_text(c, member, text, (size_t)sqlite3_value_bytes(cell));
    }
    }
    return NULL;
}

static error sqlite_read(struct cursor *c, const struct mapping *mapping, void *row)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const struct field *field = mapping->columns[i];
        sqlite3_value *cell = sqlite3_column_value(c->prepared->handle, (int)i);
        try(read_cell(c, cell, field, field_of(row, field)));
    }
    return NULL;
}

static void sqlite_finish(struct cursor *c)
{
    sqlite3_reset(c->prepared->handle);
}

// ---- transactions

// Runs one of the module's own statements; `number` (may be NULL) gets the first cell.
static error command(struct db_conn *conn, struct arena *a, int own, int64_t *number)
{
    struct cursor c = {
        .conn = conn, .a = a, .statement = &own_statements[own], .prepared = &conn->prepared[own]};
    if (!c.prepared->handle)
        try(sqlite_prepare(&c));
    bool row = false;
    error e = sqlite_step(&c, &row);
    if (!e && row && number)
        *number = sqlite3_column_int64(c.prepared->handle, 0);
    sqlite_finish(&c);
    return e;
}

static error sqlite_begin(struct db_conn *conn, struct arena *a, enum db_mode mode)
{
    return command(conn, a, mode == DB_WRITE ? OWN_BEGIN_WRITE : OWN_BEGIN_READ, NULL);
}

static error sqlite_commit(struct db_conn *conn, struct arena *a)
{
    return command(conn, a, OWN_COMMIT_WRITE, NULL);
}

static void sqlite_rollback(struct db_conn *conn)
{
    // A full disk can make SQLite roll back by itself.
    if (!sqlite3_get_autocommit(conn->handle)) {
        error e = command(conn, conn->scratch, OWN_ROLLBACK, NULL);
        assert(!e || sqlite3_get_autocommit(conn->handle));
        arena_reset(conn->scratch);
    }
}

static error sqlite_changed(struct db_conn *conn, struct arena *a, bool *out)
{
    int64_t version = 0;
    try(command(conn, a, OWN_DATA_VERSION, &version));
    *out = !conn->watching || version != conn->version;
    conn->watching = true;
    conn->version = version;
    return NULL;
}

const struct engine sqlite_engine = {
    .schemes = {{"sqlite:", 7}},
    .check = sqlite_check,
    .connect = sqlite_connect,
    .disconnect = sqlite_disconnect,
    .begin = sqlite_begin,
    .commit = sqlite_commit,
    .rollback = sqlite_rollback,
    .changed = sqlite_changed,
    .script = sqlite_script,
    .prepare = sqlite_prepare,
    .start = sqlite_start,
    .step = sqlite_step,
    .read = sqlite_read,
    .changes = sqlite_changes,
    .column_count = sqlite_column_count,
    .column_name = sqlite_column_name,
    .finish = sqlite_finish,
};
