// What the drivers share: a data directory's database, and how failures end them.
// SPDX-License-Identifier: Apache-2.0
#include "bench/newsroom.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/file.h"
#include "db/db.h"
#include "model/catalogue.h"

error newsroom_open(struct arena *a, str directory, struct newsroom *out)
{
    *out = (struct newsroom){.arena = a, .directory = directory};
    try(directory_make(a, directory));
    try(db_open(a, str_format(a, "sqlite:%.*s/broadsheet.db", STR(directory)), &model_catalogue,
                &out->db));
    try(db_migrate(out->db, a));
    return db_connect(out->db, a, &out->conn);
}

void newsroom_close(struct newsroom *n)
{
    db_disconnect(n->conn);
    db_close(n->db);
}

void must(error e)
{
    if (!e)
        return;
    fprintf(stderr, "%.*s: %.*s\n", STR(e->where), STR(e->message));
    exit(1);
}

int64_t must_number(const char *word)
{
    int64_t n;
    if (!str_int(str_of(word), &n)) {
        fprintf(stderr, "\"%s\" is not a number\n", word);
        exit(2);
    }
    return n;
}
