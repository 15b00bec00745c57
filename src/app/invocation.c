// What commands share: the data directory, its database, the server that may run on it.
// SPDX-License-Identifier: Apache-2.0
#include "app/invocation.h"

#include <stdio.h>
#include <unistd.h>

#include "app/control.h"
#include "app/options.h"
#include "base/arena.h"
#include "base/file.h"
#include "db/db.h"
#include "interop/picture_maker.h"
#include "model/catalogue.h"

enum { ANNOUNCE_MS = 10000 };

str option(const struct invocation *in, const char *name, str fallback)
{
    str found = options_get(in->options, name);
    return found.ptr ? found : fallback;
}

bool option_given(const struct invocation *in, const char *name)
{
    return options_get(in->options, name).ptr != NULL;
}

str invocation_path(struct invocation *in, str name)
{
    return str_format(in->arena, "%.*s/%.*s", STR(option(in, "data", S("data"))), STR(name));
}

static str database_file(struct invocation *in)
{
    return invocation_path(in, S("broadsheet.db"));
}

static str database_url(struct invocation *in)
{
    str url = option(in, "database", S(""));
    return url.len ? url : str_join(in->arena, S("sqlite:"), database_file(in));
}

static error open_and_migrate(struct invocation *in)
{
    try(db_open(in->arena, database_url(in), &model_catalogue, &in->db));
    return db_migrate(in->db, in->arena);
}

static bool is_there(struct invocation *in, str path)
{
    return access(str_z(in->arena, path), F_OK) == 0;
}

error invocation_create(struct invocation *in)
{
    str data = option(in, "data", S("data"));
    in->made_directory = !is_there(in, data);
    in->made_file = !option_given(in, "database") && !is_there(in, database_file(in));
    try(directory_make(in->arena, data));
    return open_and_migrate(in);
}

void invocation_undo(struct invocation *in)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    invocation_close(in);
    for (size_t i = 0; in->made_file && i < sizeof suffixes / sizeof *suffixes; i++)
        unlink(str_z(in->arena, str_join(in->arena, database_file(in), str_of(suffixes[i]))));
    if (in->made_directory)
        rmdir(str_z(in->arena, option(in, "data", S("data")))); // only when nothing is in it
}

error invocation_or_nothing(struct invocation *in, error e)
{
    if (!e)
        return NULL;
    e = failure(in->arena, e->fault, str_copy(in->arena, e->where), "%.*s", STR(e->message));
    invocation_undo(in);
    return e;
}

error invocation_open(struct invocation *in)
{
    if (!option_given(in, "database") && !is_there(in, database_file(in)))
        return failure(
            in->arena, FAULT_NOT_FOUND, option(in, "data", S("data")),
            "there is no publication here: make one with \"broadsheet init --data DIR\" or "
            "\"broadsheet demo --data DIR\", or name its directory with --data");
    return open_and_migrate(in);
}

error invocation_connect(struct invocation *in, struct db_conn **out)
{
    if (!in->db)
        try(invocation_open(in));
    if (!in->conn)
        try(db_connect(in->db, in->arena, &in->conn));
    *out = in->conn;
    return NULL;
}

error invocation_pictures(struct invocation *in, struct picture_maker **out)
{
    struct db_conn *conn;
    try(invocation_connect(in, &conn));
    const struct picture_maker_options options = {
        .db = in->db,
        .folder = invocation_path(in, S("pictures")),
        .helper = option(in, "image-helper", S("")),
        .now = in->now,
    };
    if (!in->maker)
        try(picture_maker_open(in->arena, &options, &in->maker));
    *out = in->maker;
    return NULL;
}

void invocation_close(struct invocation *in)
{
    picture_maker_close(in->maker);
    in->maker = NULL;
    if (in->conn)
        db_disconnect(in->conn);
    if (in->db)
        db_close(in->db);
    in->conn = NULL;
    in->db = NULL;
}

static error await(struct invocation *in, uint64_t commit, str what, bool *shown)
{
    error e = control_applied(in->arena, invocation_path(in, S("control.sock")), commit,
                              ANNOUNCE_MS, shown);
    return e ? failure(in->arena, FAULT_BUSY, S("publish"),
                       "%.*s; it is stored, but the running server has not shown it yet: %.*s",
                       STR(what), STR(e->message))
             : NULL;
}

error invocation_announce(struct invocation *in, uint64_t commit, str what)
{
    int64_t begun = instant_steady_us();
    bool shown;
    try(await(in, commit, what, &shown));
    if (shown)
        printf("%.*s; shown after %.1f ms\n", STR(what),
               (double)(instant_steady_us() - begun) / 1000);
    else
        printf("%.*s\n", STR(what));
    return NULL;
}

error invocation_announce_json(struct invocation *in, uint64_t commit, str json)
{
    bool shown;
    printf("%.*s\n", STR(json));
    return await(in, commit, S("done"), &shown);
}
