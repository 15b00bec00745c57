// The write sets of commits, as every process that keeps pages reads them.
// SPDX-License-Identifier: Apache-2.0
#include "model/change.h"

#include "base/arena.h"
#include "base/fields.h"
#include "model/statements.h"
#include "model/work.h"

enum { ROWS_AT_ONCE = 10000 };

struct change {
    int64_t number;
    str key;
    int64_t low_at, low_id, high_at, high_id;
};
FIELDS_LOCAL(change_fields, struct change, "change", FIELD(struct change, number),
             FIELD(struct change, key), FIELD(struct change, low_at), FIELD(struct change, low_id),
             FIELD(struct change, high_at), FIELD(struct change, high_id));

struct counter {
    int64_t number, pruned;
};
FIELDS_LOCAL(counter_fields, struct counter, "commit", FIELD(struct counter, number),
             FIELD(struct counter, pruned));

// One commit's rows from row `i` on; returns the row after them.
static size_t collect(const struct list *rows, size_t i, struct keyset *set)
{
    int64_t number = list_at(rows, struct change, i)->number;
    for (; i < rows->count && list_at(rows, struct change, i)->number == number; i++) {
        const struct change *row = list_at(rows, struct change, i);
        keyset_add_range(set, row->key, (rank){row->low_at, row->low_id},
                         (rank){row->high_at, row->high_id});
    }
    return i;
}

static error replay_one(struct work *w, int64_t number,
                        void (*apply)(void *ctx, const struct keyset *writes, uint64_t commit),
                        void *ctx)
{
    struct list rows;
    struct keyset set = keyset_new(w->arena);
    try(db_list(w->conn, w->arena, SQL_CHANGE_LIST_OF, ARGS(V(number)), &change_fields, &rows));
    collect(&rows, 0, &set);
    apply(ctx, &set, (uint64_t)number);
    return NULL;
}

error change_replay(struct work *w, uint64_t since,
                    void (*apply)(void *ctx, const struct keyset *writes, uint64_t commit),
                    void *ctx, bool *gap)
{
    struct counter counter;
    bool found;
    try(db_one(w->conn, w->arena, SQL_CHANGE_PRUNED, NO_ARGS, &counter_fields, &counter, &found));
    *gap = (uint64_t)counter.pruned > since || (uint64_t)counter.number < since;
    if (*gap)
        return NULL;
    while (since < w->commit) {
        struct list rows;
        try(db_list(w->conn, w->arena, SQL_CHANGE_LIST_SINCE,
                    ARGS(V((int64_t)since), V((int64_t)ROWS_AT_ONCE)), &change_fields, &rows));
        if (rows.count == 0)
            return NULL;
        // The last commit of a full batch may go on behind it: it is read again by itself.
        bool full = rows.count == ROWS_AT_ONCE;
        int64_t last = list_at(&rows, struct change, rows.count - 1)->number;
        for (size_t i = 0; i < rows.count;) {
            int64_t number = list_at(&rows, struct change, i)->number;
            if (full && number == last)
                break;
            struct keyset set = keyset_new(w->arena);
            i = collect(&rows, i, &set);
            apply(ctx, &set, (uint64_t)number);
            since = (uint64_t)number;
        }
        if (full)
            try(replay_one(w, last, apply, ctx));
        if (full)
            since = (uint64_t)last;
    }
    return NULL;
}

error change_prune(struct work *w, uint64_t keep)
{
    if (w->commit <= keep)
        return NULL;
    int64_t up_to = (int64_t)(w->commit - keep);
    try(db_run(w->conn, w->arena, SQL_CHANGE_PRUNE, ARGS(V(up_to)), NULL));
    return db_run(w->conn, w->arena, SQL_CHANGE_PRUNE_MARK, ARGS(V(up_to)), NULL);
}
