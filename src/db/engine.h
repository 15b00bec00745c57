// What a database engine brings, and what connections and statements are made of: inside db/ only.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "db/db.h"
#include "db/own_sql.h"

// The field that each result column goes to, for one pair of statement and field table.
struct mapping {
    const struct fields *fields;
    size_t count;
    const struct field **columns;
    struct mapping *next;
};

// A statement on one connection, made at its first use.
struct prepared {
    void *handle;   // NULL until prepared, and again when the connection was lost
    bool writes;    // known before it runs, on SQLite only
    uint8_t *slots; // SQLite's number for each parameter
    struct mapping *mappings;
};

struct db {
    const struct engine *engine;
    char *address; // a path or a URL
    const struct db_catalogue *catalogue;
};

struct db_conn {
    struct db *db;
    void *handle;
    struct prepared *prepared; // the module's own statements, then the catalogue's
    struct arena *kept;        // lives as long as the connection
    struct arena *scratch;     // for what one call needs

    bool in_transaction, failed;
    enum db_mode mode;

    bool watching;
    int64_t version;

    char *rows; // where a list grows before its exact copy goes to the caller's arena
    size_t rows_size;
};

// One execution of a statement.
struct cursor {
    struct db_conn *conn;
    struct arena *a; // takes texts and failures
    const struct db_statement *statement;
    struct prepared *prepared;
    void *result;
    int row;
};

struct engine {
    str schemes[2]; // how its addresses begin
    bool is_remote; // another program does the work
    error (*check)(struct arena *a, str url, str *address) fallible;
    error (*connect)(struct db_conn *conn, struct arena *a) fallible;
    void (*disconnect)(struct db_conn *conn);

    error (*begin)(struct db_conn *conn, struct arena *a, enum db_mode mode) fallible;
    error (*commit)(struct db_conn *conn, struct arena *a) fallible;
    void (*rollback)(struct db_conn *conn);
    error (*changed)(struct db_conn *conn, struct arena *a, bool *out) fallible;
    error (*script)(struct db_conn *conn, struct arena *a, str name, str sql) fallible;

    // A cursor's life: prepare once, start, step until there is no row, finish whatever happened.
    error (*prepare)(struct cursor *c) fallible;
    error (*start)(struct cursor *c, struct args args) fallible;
    error (*step)(struct cursor *c, bool *row) fallible;
    error (*read)(struct cursor *c, const struct mapping *mapping, void *row) fallible;
    int64_t (*changes)(struct cursor *c);
    size_t (*column_count)(struct cursor *c);
    const char *(*column_name)(struct cursor *c, size_t column);
    void (*finish)(struct cursor *c);
};

extern const struct engine sqlite_engine;
extern const struct engine postgres_engine;

// A statement by its place among all: the module's own come first.
const struct db_statement *statement_at(const struct db *db, int index);

// db_run and its like for any statement, the module's own included.
error statement_run(struct db_conn *conn, struct arena *a, int index, struct args args,
                    int64_t *changed) fallible;
error statement_one(struct db_conn *conn, struct arena *a, int index, struct args args,
                    const struct fields *fields, void *row, bool *found) fallible;
error statement_list(struct db_conn *conn, struct arena *a, int index, struct args args,
                     const struct fields *fields, struct list *out) fallible;

// Puts a copy of text into a str or html member.
void cell_set_text(struct cursor *c, void *member, const char *text, size_t len);

// The failure for a column whose value does not fit its field.
error cell_misfit(struct cursor *c, const struct field *field, const char *what) fallible;
