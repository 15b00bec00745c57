// Runs named statements in transactions on SQLite or PostgreSQL; knows no noun.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct db;      // one database and its statements; shared by all threads
struct db_conn; // one connection; belongs to one thread at a time

enum {
    DB_PARAMS_MAX = 64,    // parameters of a statement
    DB_ROWS_MAX = 1000000, // rows of a list: more is FAULT_LIMIT
};

// A named statement with parameters $1, $2, …; written in a .sql file, never built in C.
struct db_statement {
    str name;
    str sql;
    str sql_postgres; // the second spelling, where there is one; else empty
    int parameters;   // how many it takes
};

// One forward-only step of the schema: `name` is its file's name ("0001-newsroom.sql").
struct db_migration {
    str name;
    str sql;
    str sql_postgres;
};

struct db_catalogue {
    const struct db_statement *statements; // addressed by the generated enum
    size_t statement_count;
    const struct db_migration *migrations;
    size_t migration_count;
};

// ---- values

enum value_kind { VALUE_NULL, VALUE_INT, VALUE_REAL, VALUE_TEXT };
typedef struct {
    enum value_kind kind;
    int64_t number;
    double real;
    str text;
} value;

value value_int(int64_t n);
value value_bool(bool b);
value value_real(double r);
value value_text(str s); // an empty str is empty text, not NULL
value value_html(html h);
value value_instant(instant t); // milliseconds; INSTANT_NONE is 0
#define VALUE_NONE ((value){.kind = VALUE_NULL})

#define V(x)                                                                                       \
    _Generic((x), bool                                                                             \
             : value_bool, int                                                                     \
             : value_int, int64_t                                                                  \
             : value_int, double                                                                   \
             : value_real, str                                                                     \
             : value_text, html                                                                    \
             : value_html, instant                                                                 \
             : value_instant)(x)

struct args {
    const value *values;
    size_t count;
};
// ARGS(V(id), V(name), VALUE_NONE)
#define ARGS(...)                                                                                  \
    ((struct args){(const value[]){__VA_ARGS__},                                                   \
                   sizeof((const value[]){__VA_ARGS__}) / sizeof(value)})
#define NO_ARGS ((struct args){NULL, 0})

// ---- opening

// `url` is sqlite:PATH or postgres://…. Checks that the engine can be reached; FAULT_INPUT for an
// address that is neither, FAULT_IO when it cannot be opened. The catalogue must outlive the db.
error db_open(struct arena *a, str url, const struct db_catalogue *catalogue,
              struct db **out) fallible;
void db_close(struct db *db);

// Brings the schema to the catalogue's newest migration, one transaction each, under a lock that
// keeps two processes apart. FAULT_CONFLICT when the database is newer than the program or an
// applied migration's checksum differs.
error db_migrate(struct db *db, struct arena *a) fallible;

// Whether another program does the work, so that whoever asks it waits.
bool db_is_remote(const struct db *db);

error db_connect(struct db *db, struct arena *a, struct db_conn **out) fallible;
void db_disconnect(struct db_conn *conn);

// Whether anything has been committed by *another* connection or process since this was last asked
// on `conn` (SQLite: PRAGMA data_version; PostgreSQL: a notification on channel `broadsheet`). The
// first time, and after a lost connection, the answer is yes. Not inside a transaction.
error db_changed(struct db_conn *conn, struct arena *a, bool *out) fallible;

// ---- transactions: every read and write stands in one

enum db_mode {
    DB_READ,  // one snapshot, taken by its first statement; a write is FAULT_DENIED
    DB_WRITE, // the only writer: waits up to five seconds for the other one, else FAULT_BUSY
};
// After a statement failed, the transaction can only be rolled back (db_commit does, and fails).
// FAULT_BUSY when PostgreSQL is away; the next db_begin connects again.
error db_begin(struct db_conn *conn, struct arena *a, enum db_mode mode) fallible;
error db_commit(struct db_conn *conn, struct arena *a) fallible;
void db_rollback(struct db_conn *conn); // fine when no transaction is open

// ---- statements; rows and texts are copied into `a`
// Columns are matched to `fields` by name (a column without a field is a FAULT_DATA); NULL leaves
// the member zeroed. FAULT_CONFLICT for a broken constraint, FAULT_IO for a full or broken disk,
// FAULT_INPUT for text that is not UTF-8 or holds NUL. A field table lives as long as the program.

// Runs a write; `changed` (may be NULL) gets the number of rows.
error db_run(struct db_conn *conn, struct arena *a, int statement, struct args args,
             int64_t *changed) fallible;

// At most one row into *row; *found says if there was one. Two rows are FAULT_DATA.
error db_one(struct db_conn *conn, struct arena *a, int statement, struct args args,
             const struct fields *fields, void *row, bool *found) fallible;

error db_list(struct db_conn *conn, struct arena *a, int statement, struct args args,
              const struct fields *fields, struct list *out) fallible;

// Prepares every statement of the catalogue, for tests: the first that the engine refuses, by name.
error db_prepare_all(struct db_conn *conn, struct arena *a) fallible;
