// PostgreSQL behind the engine interface.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "db/engine.h"

// The types that a result column can have, as the server numbers them (pg_type.dat).
enum {
    TYPE_BOOL = 16,
    TYPE_INT8 = 20,
    TYPE_INT2 = 21,
    TYPE_INT4 = 23,
    TYPE_TEXT = 25,
    TYPE_FLOAT4 = 700,
    TYPE_FLOAT8 = 701,
    TYPE_UNKNOWN = 705,
    TYPE_VARCHAR = 1043,
    TYPE_NUMERIC = 1700,
};

// ---- failures

static str first_line(const char *text)
{
    str all = str_of(text);
    return str_trim(str_cut(&all, '\n'));
}

static bool lost(const struct db_conn *conn)
{
    return PQstatus(conn->handle) != CONNECTION_OK;
}

// The kinds of failure by the beginning of their SQLSTATE (PostgreSQL, appendix A); the first that
// fits counts.
static const struct {
    const char *state;
    enum fault fault;
} faults[] = {
    {"23", FAULT_CONFLICT},  // a constraint
    {"25006", FAULT_DENIED}, // a write in a transaction that only reads
    {"42501", FAULT_DENIED}, // privileges
    {"55P03", FAULT_BUSY},   // a lock that did not come in time
    {"57014", FAULT_BUSY},   // cancelled
    {"40", FAULT_BUSY},      // deadlock, serialization
    {"53100", FAULT_IO},     // the disk is full
    {"53", FAULT_BUSY},      // connections or memory are out
    {"57P", FAULT_BUSY},     // shutting down, starting up
    {"08", FAULT_BUSY},      // the connection
    {"22", FAULT_INPUT},     // a value that its type refuses
    {"54", FAULT_LIMIT},     // too large, too complex
    {"58", FAULT_IO},        // files
    {"F0", FAULT_IO},        // configuration
};

static enum fault fault_of(str state)
{
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (str_starts(state, str_of(faults[i].state)))
            return faults[i].fault;
    return FAULT_DATA;
}

static error failed(struct db_conn *conn, struct arena *a, str where, const PGresult *result)
{
    str state = str_of(PQresultErrorField(result, PG_DIAG_SQLSTATE));
    str said = first_line(PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
    if (!said.len)
        said = first_line(PQerrorMessage(conn->handle));
    if (lost(conn))
        return failure(a, FAULT_BUSY, where, "the connection to PostgreSQL was lost: try again");
    if (str_eq(state, S("53100")))
        return failure(a, FAULT_IO, where,
                       "the database server's disk is full: free some space; nothing was changed");
    if (str_eq(state, S("55P03")))
        return failure(a, FAULT_BUSY, where,
                       "another writer held the database for five seconds: try again");
    return failure(a, state.len ? fault_of(state) : FAULT_IO, where, "%.*s", STR(said));
}

// ---- connections

static void keep_quiet(void *context, const char *message)
{
}

static error postgres_check(struct arena *a, str url, str *address)
{
    // What libpq says about a wrong address repeats it, and a password may stand in it.
    PQconninfoOption *options = PQconninfoParse(str_z(a, url), NULL);
    if (!options)
        return failure(a, FAULT_INPUT, S("database"),
                       "the address is not of the form postgres://USER@HOST/NAME");
    PQconninfoFree(options);
    *address = url;
    return NULL;
}

// Runs what may be several statements; `last` (may be NULL) gets the last one's command tag.
static error exec(struct db_conn *conn, struct arena *a, str name, str sql, str *last)
{
    PGresult *result = PQexec(conn->handle, str_z(conn->scratch, sql));
    arena_reset(conn->scratch);
    ExecStatusType status = PQresultStatus(result);
    error e = NULL;
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        e = failed(conn, a, name, result);
    else if (last)
        *last = str_copy(a, str_of(PQcmdStatus(result)));
    PQclear(result);
    return e;
}

static error postgres_script(struct db_conn *conn, struct arena *a, str name, str sql)
{
    return exec(conn, a, name, sql, /* last= */ NULL);
}

static error command(struct db_conn *conn, struct arena *a, int own, str *last)
{
    const struct db_statement *s = &own_statements[own];
    return exec(conn, a, s->name, s->sql_postgres.len ? s->sql_postgres : s->sql, last);
}

static error postgres_connect(struct db_conn *conn, struct arena *a)
{
    // Those before "dbname" give way to what the address says.
    static const char *const keys[] = {"connect_timeout", "tcp_user_timeout",
                                       "fallback_application_name", "dbname", NULL};
    const char *values[] = {"5", "10000", "broadsheet", conn->db->address, NULL};
    conn->handle = PQconnectdbParams(keys, values, /* expand_dbname= */ 1);
    if (lost(conn))
        return failure(a, FAULT_IO, S("database"), "PostgreSQL cannot be reached: %.*s",
                       STR(first_line(PQerrorMessage(conn->handle))));
    PQsetNoticeProcessor(conn->handle, keep_quiet, NULL);
    return command(conn, a, OWN_SET_UP, NULL);
}

static void postgres_disconnect(struct db_conn *conn)
{
    PQfinish(conn->handle);
}

// What was prepared or listened for went with the old connection.
static error reconnect(struct db_conn *conn, struct arena *a)
{
    size_t count = OWN_COUNT + conn->db->catalogue->statement_count;
    for (size_t i = 0; i < count; i++)
        conn->prepared[i].handle = NULL;
    conn->watching = false;
    PQreset(conn->handle);
    if (lost(conn))
        return failure(a, FAULT_BUSY, S("database"), "PostgreSQL is away: %.*s",
                       STR(first_line(PQerrorMessage(conn->handle))));
    return command(conn, a, OWN_SET_UP, NULL);
}

// ---- statements

static const char *prepared_name(struct cursor *c)
{
    bool own = c->prepared - c->conn->prepared < OWN_COUNT;
    return str_z(c->conn->kept,
                 str_join(c->conn->scratch, own ? S("db.") : S("model."), c->statement->name));
}

static error postgres_prepare(struct cursor *c)
{
    const struct db_statement *s = c->statement;
    const char *name = prepared_name(c);
    const char *sql = str_z(c->conn->scratch, s->sql_postgres.len ? s->sql_postgres : s->sql);
    PGresult *result = PQprepare(c->conn->handle, name, sql, 0, NULL);
    arena_reset(c->conn->scratch);
    error e =
        PQresultStatus(result) == PGRES_COMMAND_OK ? NULL : failed(c->conn, c->a, s->name, result);
    PQclear(result);
    if (!e)
        c->prepared->handle = (void *)name;
    return e;
}

static const char *parameter(struct arena *a, const value *v)
{
    switch (v->kind) {
    case VALUE_INT:
        return str_z(a, str_format(a, "%lld", (long long)v->number));
    case VALUE_REAL:
        return str_z(a, str_format(a, "%.17g", v->real));
    case VALUE_TEXT:
        return str_z(a, v->text);
    case VALUE_NULL:
        break;
    }
    return NULL;
}

static error postgres_start(struct cursor *c, struct args args)
{
    const char *values[DB_PARAMS_MAX];
    assert(args.count <= DB_PARAMS_MAX);
    for (size_t i = 0; i < args.count; i++)
        values[i] = parameter(c->conn->scratch, &args.values[i]);
    PGresult *result = PQexecPrepared(c->conn->handle, c->prepared->handle, (int)args.count, values,
                                      NULL, NULL, /* resultFormat: text */ 0);
    arena_reset(c->conn->scratch);
    c->result = result;
    c->row = -1;
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        return failed(c->conn, c->a, c->statement->name, result);
    return NULL;
}

static error postgres_step(struct cursor *c, bool *row)
{
    *row = ++c->row < PQntuples(c->result);
    return NULL;
}

static int64_t postgres_changes(struct cursor *c)
{
    int64_t n = 0;
    if (PQresultStatus(c->result) == PGRES_COMMAND_OK || PQntuples(c->result))
        str_int(str_of(PQcmdTuples(c->result)), &n);
    return n;
}

static size_t postgres_column_count(struct cursor *c)
{
    return (size_t)PQnfields(c->result);
}

static const char *postgres_column_name(struct cursor *c, size_t column)
{
    return PQfname(c->result, (int)column);
}

static bool is_text(Oid type)
{
    return type == TYPE_TEXT || type == TYPE_VARCHAR || type == TYPE_UNKNOWN;
}

static bool is_number(Oid type)
{
    return type == TYPE_INT8 || type == TYPE_INT4 || type == TYPE_INT2 || type == TYPE_FLOAT8 ||
           type == TYPE_FLOAT4 || type == TYPE_NUMERIC;
}

static bool read_int(const char *cell, int64_t *out)
{
    char *end;
    errno = 0;
    *out = strtoll(cell, &end, 10);
    return errno == 0 && !*end;
}

// A cell that is not NULL, into the field's member; false when it does not fit.
static bool read_cell(struct cursor *c, int column, const struct field *field, void *member)
{
    Oid type = PQftype(c->result, column);
    const char *cell = PQgetvalue(c->result, c->row, column);
    int64_t n = 0;
    switch (field->kind) {
    case FIELD_STR:
    case FIELD_HTML:
        if (!is_text(type))
            return false;
        cell_set_text(c, member, cell, (size_t)PQgetlength(c->result, c->row, column));
        return true;
    case FIELD_INT:
        return is_number(type) && read_int(cell, member);
    case FIELD_INSTANT:
        return is_number(type) && read_int(cell, &((instant *)member)->ms);
    case FIELD_REAL:
        *(double *)member = strtod(cell, NULL);
        return is_number(type);
    case FIELD_BOOL:
        if (type == TYPE_BOOL)
            n = *cell == 't';
        else if (!is_number(type) || !read_int(cell, &n))
            return false;
        *(bool *)member = n != 0;
        return true;
    default:
        return false;
    }
}

static const char *type_name(Oid type)
{
    return is_text(type) ? "text" : is_number(type) ? "a number" : "of another type";
}

static error postgres_read(struct cursor *c, const struct mapping *mapping, void *row)
{
    for (size_t i = 0; i < mapping->count; i++) {
        const struct field *field = mapping->columns[i];
        if (PQgetisnull(c->result, c->row, (int)i))
            continue;
        if (!read_cell(c, (int)i, field, field_of(row, field)))
            return cell_misfit(c, field, type_name(PQftype(c->result, (int)i)));
    }
    return NULL;
}

static void postgres_finish(struct cursor *c)
{
    PQclear(c->result);
}

// ---- transactions

static error begin(struct db_conn *conn, struct arena *a, enum db_mode mode)
{
    error e = command(conn, a, mode == DB_WRITE ? OWN_BEGIN_WRITE : OWN_BEGIN_READ, NULL);
    // The lock stands behind BEGIN: when it does not come, a transaction is open all the same.
    if (e && !lost(conn) && PQtransactionStatus(conn->handle) != PQTRANS_IDLE) {
        error ignored = command(conn, a, OWN_ROLLBACK, NULL);
        (void)ignored;
    }
    return e;
}

static error postgres_begin(struct db_conn *conn, struct arena *a, enum db_mode mode)
{
    if (!lost(conn)) {
        error e = begin(conn, a, mode);
        if (!lost(conn))
            return e;
    }
    // Nothing had begun, so a connection that broke while it was idle is the server's business
    // only.
    try(reconnect(conn, a));
    return begin(conn, a, mode);
}

static error postgres_commit(struct db_conn *conn, struct arena *a)
{
    int own = conn->mode == DB_WRITE ? OWN_COMMIT_WRITE : OWN_COMMIT_READ;
    str tag;
    error e = command(conn, a, own, &tag);
    if (lost(conn))
        return failure(a, FAULT_BUSY, own_statements[own].name,
                       "the connection to PostgreSQL was lost: look whether the change was made "
                       "before trying again");
    if (!e && !str_eq(tag, S("COMMIT")))
        return failure(a, FAULT_CONFLICT, own_statements[own].name, "nothing was changed");
    return e;
}

static void postgres_rollback(struct db_conn *conn)
{
    if (lost(conn) || PQtransactionStatus(conn->handle) == PQTRANS_IDLE)
        return;
    arena_scoped a = arena_new();
    error e = command(conn, a, OWN_ROLLBACK, NULL);
    assert(!e || lost(conn));
}

// ---- notifications

static error watch(struct db_conn *conn, struct arena *a)
{
    try(command(conn, a, OWN_WATCH, NULL));
    conn->watching = true;
    return NULL;
}

// Whether another connection notified since the last look; what is our own is passed over.
static bool notified(struct db_conn *conn)
{
    bool by_another = false;
    PGnotify *n;
    while ((n = PQnotifies(conn->handle))) {
        if (n->be_pid != PQbackendPID(conn->handle))
            by_another = true;
        PQfreemem(n);
    }
    return by_another;
}

static error postgres_changed(struct db_conn *conn, struct arena *a, bool *out)
{
    if (!lost(conn))
        PQconsumeInput(conn->handle);
    if (lost(conn))
        try(reconnect(conn, a));
    bool first = !conn->watching;
    if (first)
        try(watch(conn, a));
    *out = notified(conn) || first;
    return NULL;
}

const struct engine postgres_engine = {
    .schemes = {{"postgres://", 11}, {"postgresql://", 13}},
    .is_remote = true,
    .check = postgres_check,
    .connect = postgres_connect,
    .disconnect = postgres_disconnect,
    .begin = postgres_begin,
    .commit = postgres_commit,
    .rollback = postgres_rollback,
    .changed = postgres_changed,
    .script = postgres_script,
    .prepare = postgres_prepare,
    .start = postgres_start,
    .step = postgres_step,
    .read = postgres_read,
    .changes = postgres_changes,
    .column_count = postgres_column_count,
    .column_name = postgres_column_name,
    .finish = postgres_finish,
};
