// One piece of work on the newsroom's data: a transaction, what it read, what it wrote.
// SPDX-License-Identifier: Apache-2.0
#include "model/work.h"

#include <assert.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/kept_cards.h"
#include "model/publication.h"
#include "model/statements.h"
#include "text/zone.h"

struct number_row {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number_row, "commit", FIELD(struct number_row, number));

static error begin(struct work *w, struct db_conn *conn, struct arena *a, instant now,
                   enum db_mode mode)
{
    *w = (struct work){.arena = a, .conn = conn, .now = now};
    w->reads = keyset_new(a);
    w->writes = keyset_new(a);
    try(db_begin(conn, a, mode));
    struct number_row row = {0};
    bool found = false;
    error e = db_one(conn, a, SQL_COMMIT_NUMBER, NO_ARGS, &number_fields, &row, &found);
    if (e)
        db_rollback(conn);
    w->commit = (uint64_t)row.number;
    return e;
}

error work_read(struct work *w, struct db_conn *conn, struct arena *a, instant now)
{
    return begin(w, conn, a, now, DB_READ);
}

error work_write(struct work *w, struct db_conn *conn, struct arena *a, instant now)
{
    return begin(w, conn, a, now, DB_WRITE);
}

static error store_changes(struct work *w)
{
    struct number_row row = {0};
    bool found = false;
    // The counter is taken last: whoever holds it is the only one between here and its commit, so
    // numbers become visible in their order.
    try(db_one(w->conn, w->arena, SQL_COMMIT_NEXT, NO_ARGS, &number_fields, &row, &found));
    for (size_t i = 0; i < w->writes.count; i++) {
        const struct key *key = &w->writes.keys[i];
        try(db_run(w->conn, w->arena, SQL_CHANGE_CREATE,
                   ARGS(V(row.number), V((int64_t)i), V(key->name), V(key->low.at), V(key->low.id),
                        V(key->high.at), V(key->high.id)),
                   NULL));
    }
    w->commit = (uint64_t)row.number;
    return NULL;
}

error work_commit(struct work *w)
{
    error e = w->writes.count ? store_changes(w) : NULL;
    if (!e)
        e = db_commit(w->conn, w->arena);
    if (e)
        db_rollback(w->conn);
    return e;
}

void work_end(struct work *w)
{
    kept_cards_release(w);
    if (w->conn)
        db_rollback(w->conn);
    w->conn = NULL;
}

error work_zone(struct work *w, const struct zone **out)
{
    if (!w->zone) {
        struct publication publication;
        try(publication_read(w, &publication));
        try(zone_open(w->arena, publication.zone, &w->zone));
    }
    *out = w->zone;
    return NULL;
}

void key_facet(struct keyset *set, const char *record, int64_t id, const char *facet)
{
    // Called a hundred times for a page: written without printf.
    char name[64];
    struct buf text = {.ptr = name, .cap = sizeof name, .max = sizeof name};
    buf_add(&text, str_of(record));
    buf_add_char(&text, ':');
    buf_add_int(&text, id);
    buf_add_char(&text, '/');
    buf_add(&text, str_of(facet));
    assert(!text.overflow);
    keyset_add(set, buf_str(&text));
}

void key_path(struct keyset *set, str path)
{
    char name[1024];
    struct buf text = {.ptr = name, .cap = sizeof name, .max = sizeof name};
    buf_add(&text, S("path:"));
    buf_add(&text, path);
    keyset_add(set, text.overflow ? str_join(set->arena, S("path:"), path) : buf_str(&text));
}

void key_list(struct keyset *set, int64_t list_kind, int64_t list_id, rank low, rank high)
{
    char name[64];
    struct buf text = {.ptr = name, .cap = sizeof name, .max = sizeof name};
    buf_add(&text, S("list:"));
    buf_add_int(&text, list_kind);
    buf_add_char(&text, ':');
    buf_add_int(&text, list_id);
    keyset_add_range(set, buf_str(&text), low, high);
}
