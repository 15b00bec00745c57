// Opens databases, keeps transactions in order and runs statements on whichever engine it is.
// SPDX-License-Identifier: Apache-2.0
#include "db/db.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/heap.h"
#include "db/engine.h"

static const struct engine *const engines[] = {&sqlite_engine, &postgres_engine};

// ---- values

value value_int(int64_t n)
{
    return (value){.kind = VALUE_INT, .number = n};
}

value value_bool(bool b)
{
    return value_int(b);
}

value value_real(double r)
{
    return (value){.kind = VALUE_REAL, .real = r};
}

value value_text(str s)
{
    return (value){.kind = VALUE_TEXT, .text = s.ptr ? s : S("")};
}

value value_html(html h)
{
    return value_text(h.text);
}

value value_instant(instant t)
{
    return value_int(t.ms);
}

// ---- opening

static const struct engine *engine_for(str url)
{
    for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
        for (size_t j = 0; j < 2; j++) {
            str scheme = engines[i]->schemes[j];
            if (scheme.len && str_starts(url, scheme))
                return engines[i];
        }
    return NULL;
}

error db_open(struct arena *a, str url, const struct db_catalogue *catalogue, struct db **out)
{
    const struct engine *engine = engine_for(url);
    if (!engine)
        return failure(a, FAULT_INPUT, S("database"),
                       "the address is neither sqlite:PATH nor postgres://…");
    if (!str_valid_utf8(url))
        return failure(a, FAULT_INPUT, S("database"), "the address is not UTF-8 text");
    str address;
    try(engine->check(a, url, &address));

    struct db *db = heap_new(struct db);
    db->engine = engine;
    db->catalogue = catalogue;
    db->address = heap_alloc(address.len + 1);
    memcpy(db->address, address.ptr, address.len);

    struct db_conn *conn;
    error e = db_connect(db, a, &conn);
    if (e) {
        db_close(db);
        return e;
    }
    db_disconnect(conn);
    *out = db;
    return NULL;
}

void db_close(struct db *db)
{
    if (!db)
        return;
    heap_free(db->address);
    heap_free(db);
}

bool db_is_remote(const struct db *db)
{
    return db->engine->is_remote;
}

error db_connect(struct db *db, struct arena *a, struct db_conn **out)
{
    struct db_conn *conn = heap_new(struct db_conn);
    conn->db = db;
    conn->kept = arena_new();
    conn->scratch = arena_new();
    conn->prepared =
        arena_array(conn->kept, struct prepared, OWN_COUNT + db->catalogue->statement_count);
    error e = db->engine->connect(conn, a);
    if (e) {
        db_disconnect(conn);
        return e;
    }
    *out = conn;
    return NULL;
}

void db_disconnect(struct db_conn *conn)
{
    if (!conn)
        return;
    db_rollback(conn);
    conn->db->engine->disconnect(conn);
    arena_free(conn->scratch);
    arena_free(conn->kept);
    heap_free(conn->rows);
    heap_free(conn);
}

error db_changed(struct db_conn *conn, struct arena *a, bool *out)
{
    assert(!conn->in_transaction);
    return conn->db->engine->changed(conn, a, out);
}

// ---- transactions

error db_begin(struct db_conn *conn, struct arena *a, enum db_mode mode)
{
    assert(!conn->in_transaction);
    try(conn->db->engine->begin(conn, a, mode));
    conn->in_transaction = true;
    conn->failed = false;
    conn->mode = mode;
    return NULL;
}

error db_commit(struct db_conn *conn, struct arena *a)
{
    assert(conn->in_transaction);
    if (conn->failed) {
        db_rollback(conn);
        return failure(a, FAULT_CONFLICT, S("commit"),
                       "a statement of this transaction failed; nothing was changed");
    }
    error e = conn->db->engine->commit(conn, a);
    if (e)
        db_rollback(conn);
    conn->in_transaction = false;
    return e;
}

void db_rollback(struct db_conn *conn)
{
    if (!conn->in_transaction)
        return;
    conn->db->engine->rollback(conn);
    conn->in_transaction = false;
}

// ---- cursors

const struct db_statement *statement_at(const struct db *db, int index)
{
    assert(index >= 0 && (size_t)index < OWN_COUNT + db->catalogue->statement_count);
    return index < OWN_COUNT ? &own_statements[index]
                             : &db->catalogue->statements[index - OWN_COUNT];
}

static struct cursor cursor_of(struct db_conn *conn, struct arena *a, int index)
{
    return (struct cursor){.conn = conn,
                           .a = a,
                           .statement = statement_at(conn->db, index),
                           .prepared = &conn->prepared[index]};
}

static error check_args(struct cursor *c, struct args args)
{
    if (args.count != (size_t)c->statement->parameters)
        return failure(c->a, FAULT_INPUT, c->statement->name, "takes %d parameters, was given %zu",
                       c->statement->parameters, args.count);
    for (size_t i = 0; i < args.count; i++) {
        const value *v = &args.values[i];
        if (v->kind == VALUE_TEXT && !str_valid_utf8(v->text))
            return failure(c->a, FAULT_INPUT, c->statement->name,
                           "parameter $%zu is not UTF-8 text without NUL", i + 1);
        if (v->kind == VALUE_REAL && !isfinite(v->real))
            return failure(c->a, FAULT_INPUT, c->statement->name, "parameter $%zu is no number",
                           i + 1);
    }
    return NULL;
}

static error start(struct cursor *c, struct args args)
{
    const struct engine *engine = c->conn->db->engine;
    assert(c->conn->in_transaction);
    if (c->conn->failed)
        return failure(c->a, FAULT_CONFLICT, c->statement->name,
                       "an earlier statement of this transaction failed: roll it back");
    try(check_args(c, args));
    if (!c->prepared->handle)
        try(engine->prepare(c));
    if (c->prepared->writes && c->conn->mode == DB_READ)
        return failure(c->a, FAULT_DENIED, c->statement->name,
                       "writes, in a transaction that only reads");
    return engine->start(c, args);
}

// Ends a cursor. After a failure the transaction can only be rolled back: PostgreSQL rules so, and
// code that was tried on SQLite alone must not come to rely on more.
static error finish(struct cursor *c, error e)
{
    c->conn->db->engine->finish(c);
    if (e)
        c->conn->failed = true;
    return e;
}

// ---- rows

static error new_mapping(struct cursor *c, const struct fields *fields, size_t count,
                         struct mapping **out)
{
    struct arena *kept = c->conn->kept;
    struct mapping *m = arena_make(kept, struct mapping);
    *m = (struct mapping){fields, count, arena_array(kept, const struct field *, count),
                          c->prepared->mappings};
    for (size_t i = 0; i < count; i++) {
        str name = str_of(c->conn->db->engine->column_name(c, i));
        const struct field *field = field_by_name(fields, name);
        if (!field)
            return failure(c->a, FAULT_DATA, c->statement->name,
                           "%.*s has no field for column %.*s", STR(fields->record), STR(name));
        if (field->kind == FIELD_LIST || field->kind == FIELD_RECORD)
            return failure(c->a, FAULT_DATA, c->statement->name,
                           "column %.*s cannot fill a list or a record", STR(name));
        m->columns[i] = field;
    }
    *out = c->prepared->mappings = m;
    return NULL;
}

static error mapping_for(struct cursor *c, const struct fields *fields, struct mapping **out)
{
    size_t count = c->conn->db->engine->column_count(c);
    for (struct mapping *m = c->prepared->mappings; m; m = m->next)
        if (m->fields == fields && m->count == count) {
            *out = m;
            return NULL;
        }
    return new_mapping(c, fields, count, out);
}

void cell_set_text(struct cursor *c, void *member, const char *text, size_t len)
{
    // One byte at least, so that empty text is not taken for NULL.
    char *copy = arena_text(c->a, len ? len : 1);
    memcpy(copy, text, len);
    *(str *)member = (str){copy, len};
}

error cell_misfit(struct cursor *c, const struct field *field, const char *what)
{
    static const char *const wanted[] = {
        [FIELD_STR] = "text",           [FIELD_HTML] = "text",
        [FIELD_INT] = "a whole number", [FIELD_REAL] = "a number",
        [FIELD_BOOL] = "0 or 1",        [FIELD_INSTANT] = "milliseconds",
        [FIELD_LIST] = "many records",  [FIELD_RECORD] = "a record",
    };
    return failure(c->a, FAULT_DATA, c->statement->name, "column %.*s is %s and should be %s",
                   STR(field->name), what, wanted[field->kind]);
}

static error run(struct cursor *c, struct args args, int64_t *changed)
{
    const struct engine *engine = c->conn->db->engine;
    try(start(c, args));
    bool row = true;
    while (row)
        try(engine->step(c, &row));
    if (changed)
        *changed = engine->changes(c);
    return NULL;
}

error statement_run(struct db_conn *conn, struct arena *a, int index, struct args args,
                    int64_t *changed)
{
    struct cursor c = cursor_of(conn, a, index);
    return finish(&c, run(&c, args, changed));
}

static error one(struct cursor *c, struct args args, const struct fields *fields, void *row,
                 bool *found)
{
    const struct engine *engine = c->conn->db->engine;
    struct mapping *mapping;
    bool more;
    try(start(c, args));
    try(mapping_for(c, fields, &mapping));
    try(engine->step(c, &more));
    *found = more;
    if (!more)
        return NULL;
    memset(row, 0, fields->size);
    try(engine->read(c, mapping, row));
    try(engine->step(c, &more));
    if (more)
        return failure(c->a, FAULT_DATA, c->statement->name, "gives more than one row");
    return NULL;
}

error statement_one(struct db_conn *conn, struct arena *a, int index, struct args args,
                    const struct fields *fields, void *row, bool *found)
{
    struct cursor c = cursor_of(conn, a, index);
    return finish(&c, one(&c, args, fields, row, found));
}

static void *row_room(struct db_conn *conn, size_t count, size_t size)
{
    enum { FIRST_ROWS = 32 };
    if ((count + 1) * size > conn->rows_size) {
        conn->rows_size = count ? conn->rows_size * 2 : FIRST_ROWS * size;
        conn->rows = heap_resize(conn->rows, conn->rows_size);
    }
    return memset(conn->rows + count * size, 0, size);
}

static error list(struct cursor *c, struct args args, const struct fields *fields, struct list *out)
{
    const struct engine *engine = c->conn->db->engine;
    struct mapping *mapping;
    try(start(c, args));
    try(mapping_for(c, fields, &mapping));
    size_t count = 0;
    for (bool more;; count++) {
        try(engine->step(c, &more));
        if (!more)
            break;
        if (count == DB_ROWS_MAX)
            return failure(c->a, FAULT_LIMIT, c->statement->name, "gives more than %d rows",
                           DB_ROWS_MAX);
        try(engine->read(c, mapping, row_room(c->conn, count, fields->size)));
    }
    *out = (struct list){NULL, count};
    if (count)
        out->rows =
            memcpy(arena_alloc(c->a, count * fields->size), c->conn->rows, count * fields->size);
    return NULL;
}

error statement_list(struct db_conn *conn, struct arena *a, int index, struct args args,
                     const struct fields *fields, struct list *out)
{
    enum { ROWS_KEPT = 256 * 1024 };
    struct cursor c = cursor_of(conn, a, index);
    error e = finish(&c, list(&c, args, fields, out));
    if (conn->rows_size > ROWS_KEPT) {
        heap_free(conn->rows);
        conn->rows = NULL;
        conn->rows_size = 0;
    }
    return e;
}

// ---- the catalogue's statements

static int catalogued(int statement)
{
    assert(statement >= 0);
    return OWN_COUNT + statement;
}

error db_run(struct db_conn *conn, struct arena *a, int statement, struct args args,
             int64_t *changed)
{
    return statement_run(conn, a, catalogued(statement), args, changed);
}

error db_one(struct db_conn *conn, struct arena *a, int statement, struct args args,
             const struct fields *fields, void *row, bool *found)
{
    return statement_one(conn, a, catalogued(statement), args, fields, row, found);
}

error db_list(struct db_conn *conn, struct arena *a, int statement, struct args args,
              const struct fields *fields, struct list *out)
{
    return statement_list(conn, a, catalogued(statement), args, fields, out);
}

error db_prepare_all(struct db_conn *conn, struct arena *a)
{
    assert(!conn->in_transaction);
    for (size_t i = 0; i < conn->db->catalogue->statement_count; i++) {
        struct cursor c = cursor_of(conn, a, OWN_COUNT + (int)i);
        if (!c.prepared->handle)
            try(conn->db->engine->prepare(&c));
    }
    return NULL;
}
