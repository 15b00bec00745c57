// Brings the schema forward, one migration and one transaction at a time.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "db/engine.h"

struct applied {
    str name, checksum;
    instant applied_at;
};

FIELDS(applied_fields, struct applied, "schema_migration", FIELD(struct applied, name),
       FIELD(struct applied, checksum), FIELD(struct applied, applied_at));

struct tally {
    int64_t tables;
};

FIELDS(tally_fields, struct tally, "tally", FIELD(struct tally, tables));

static str spelling(const struct db *db, str sqlite, str postgres)
{
    return db->engine == &postgres_engine && postgres.len ? postgres : sqlite;
}

// FNV-1a, since what stands in a database must not change with our hash tables.
static str checksum(struct arena *a, str text)
{
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < text.len; i++)
        hash = (hash ^ (unsigned char)text.ptr[i]) * 0x100000001b3u;
    return str_format(a, "%016llx", (unsigned long long)hash);
}

static str migration_checksum(const struct db *db, struct arena *a, const struct db_migration *m)
{
    return checksum(a, spelling(db, m->sql, m->sql_postgres));
}

static bool known(const struct db_catalogue *catalogue, str name)
{
    for (size_t i = 0; i < catalogue->migration_count; i++)
        if (str_eq(catalogue->migrations[i].name, name))
            return true;
    return false;
}

// What is applied must be a beginning of what the program knows, unchanged.
static error check_applied(struct db *db, struct arena *a, const struct list *applied)
{
    const struct db_catalogue *catalogue = db->catalogue;
    for (size_t i = 0; i < applied->count; i++) {
        const struct applied *row = list_at(applied, struct applied, i);
        if (!known(catalogue, row->name))
            return failure(a, FAULT_CONFLICT, row->name,
                           "the database has this migration and the program does not know it: "
                           "run the newer program that made it");
        const struct db_migration *m = &catalogue->migrations[i];
        if (!str_eq(m->name, row->name))
            return failure(a, FAULT_CONFLICT, m->name,
                           "was never applied, but the later %.*s was: run the program that the "
                           "database was made with",
                           STR(row->name));
        if (!str_eq(migration_checksum(db, a, m), row->checksum))
            return failure(a, FAULT_CONFLICT, row->name,
                           "was changed after it had been applied: a change to the schema is a "
                           "migration of its own");
    }
    return NULL;
}

// The number of migrations applied, after checking them.
static error count_applied(struct db_conn *conn, struct arena *a, bool *table, size_t *out)
{
    struct tally tally;
    bool found;
    try(statement_one(conn, a, OWN_MIGRATION_TABLE_EXISTS, NO_ARGS, &tally_fields, &tally, &found));
    struct list applied = {NULL, 0};
    if (tally.tables)
        try(statement_list(conn, a, OWN_MIGRATION_LIST, NO_ARGS, &applied_fields, &applied));
    try(check_applied(conn->db, a, &applied));
    *table = tally.tables != 0;
    *out = applied.count;
    return NULL;
}

static error apply(struct db_conn *conn, struct arena *a, const struct db_migration *m)
{
    const struct db *db = conn->db;
    try(db->engine->script(conn, a, m->name, spelling(db, m->sql, m->sql_postgres)));
    return statement_run(conn, a, OWN_MIGRATION_RECORD,
                         ARGS(V(m->name), V(migration_checksum(db, a, m)), V(instant_now())), NULL);
}

// Under the writers' lock, looks again at what is applied and goes one step; another process may
// have gone it meanwhile.
static error step(struct db_conn *conn, struct arena *a)
{
    bool table;
    size_t done;
    try(count_applied(conn, a, &table, &done));
    const struct db_statement *create = &own_statements[OWN_MIGRATION_TABLE_CREATE];
    if (!table)
        try(conn->db->engine->script(conn, a, create->name,
                                     spelling(conn->db, create->sql, create->sql_postgres)));
    if (done < conn->db->catalogue->migration_count)
        try(apply(conn, a, &conn->db->catalogue->migrations[done]));
    return NULL;
}

static error migrate_once(struct db_conn *conn, struct arena *a, bool *finished)
{
    bool table;
    size_t done = 0;
    // A look without the lock: at most starts nothing is to be done.
    try(db_begin(conn, a, DB_READ));
    error e = count_applied(conn, a, &table, &done);
    db_rollback(conn);
    *finished = !e && table && done == conn->db->catalogue->migration_count;
    if (e || *finished)
        return e;

    try(db_begin(conn, a, DB_WRITE));
    e = step(conn, a);
    if (e)
        db_rollback(conn);
    return e ? e : db_commit(conn, a);
}

error db_migrate(struct db *db, struct arena *a)
{
    struct db_conn *conn;
    try(db_connect(db, a, &conn));
    bool finished = false;
    error e = NULL;
    while (!e && !finished)
        e = migrate_once(conn, a, &finished);
    db_disconnect(conn);
    return e;
}
