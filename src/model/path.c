// Every path that ever named something, and what it names now.
// SPDX-License-Identifier: Apache-2.0
#include "model/path.h"

#include "base/arena.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"

FIELDS(path_target_fields, struct path_target, "path", FIELD(struct path_target, kind),
       FIELD(struct path_target, target), FIELD(struct path_target, is_current),
       FIELD(struct path_target, address), FIELD(struct path_target, current));

struct path_row {
    str path;
};
FIELDS_LOCAL(path_row_fields, struct path_row, "path", FIELD(struct path_row, path));

error path_find(struct work *w, str path, struct path_target *out, bool *found)
{
    key_path(&w->reads, path);
    struct path_target row = {0};
    try(db_one(w->conn, w->arena, SQL_PATH_FIND, ARGS(V(path)), &path_target_fields, &row, found));
    if (*found && !row.is_current)
        key_path(&w->reads, row.current);
    *out = row;
    return NULL;
}

static error check(struct work *w, str path)
{
    bool good = path.len > 0 && path.len <= PATH_MOST && path.ptr[0] == '/' &&
                str_valid_utf8(path) && str_find(path, S("//")) < 0;
    for (size_t i = 0; good && i < path.len; i++)
        good = (unsigned char)path.ptr[i] > ' ' && path.ptr[i] != '?' && path.ptr[i] != '#';
    if (good)
        return NULL;
    return failure(
        w->arena, FAULT_INPUT, S("path"),
        "\"%.*s\" cannot be an address: it must start with a single slash, have no space, "
        "query or fragment, and at most %d bytes",
        STR(str_sub(path, 0, 200)), PATH_MOST);
}

// The site answers these itself: whatever stood there would never be seen.
static bool is_the_sites(str path)
{
    return str_eq(path, S("/latest/")) || str_ends(path, S("/archive/")) ||
           str_starts(path, S("/corrections/")) || str_find(path, S("/versions/")) >= 0 ||
           str_starts(path, S("/static/")) || str_starts(path, S("/share/")) ||
           str_starts(path, S("/icon/")) || str_starts(path, S("/sitemap/")) ||
           str_starts(path, S("/-/"));
}

// Whoever was sent on from an old path, or looked for the new one, sees another answer now.
static error name_paths(struct work *w, str kind, int64_t target)
{
    struct list paths;
    try(db_list(w->conn, w->arena, SQL_PATH_LIST_OF_TARGET, ARGS(V(kind), V(target)),
                &path_row_fields, &paths));
    for (size_t i = 0; i < paths.count; i++)
        key_path(&w->writes, list_at(&paths, struct path_row, i)->path);
    return NULL;
}

// What has the path now, if it is a path at all and no other target's.
static error claimable(struct work *w, str path, str kind, int64_t target, struct path_target *has,
                       bool *found)
{
    try(check(w, path));
    if (is_the_sites(path))
        return failure(w->arena, FAULT_CONFLICT, S("path"),
                       "%.*s is answered by the site itself: choose another", STR(path));
    try(path_find(w, path, has, found));
    if (*found && (!str_eq(has->kind, kind) || has->target != target))
        return failure(w->arena, FAULT_CONFLICT, S("path"),
                       "%.*s already names a %.*s: choose another", STR(path), STR(has->kind));
    return NULL;
}

error path_claim_first(struct work *w, str path, str kind, int64_t target)
{
    struct path_target has;
    bool found;
    try(claimable(w, path, kind, target, &has, &found));
    if (found)
        return path_claim(w, path, kind, target);
    key_path(&w->writes, path);
    return db_run(w->conn, w->arena, SQL_PATH_CREATE,
                  ARGS(V(path), V(kind), V(target), V(S("")), V(w->now)), NULL);
}

error path_claim(struct work *w, str path, str kind, int64_t target)
{
    struct path_target has;
    bool found;
    try(claimable(w, path, kind, target, &has, &found));
    if (found && has.is_current)
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PATH_RETIRE, ARGS(V(kind), V(target)), NULL));
    if (found)
        try(db_run(w->conn, w->arena, SQL_PATH_REVIVE, ARGS(V(path)), NULL));
    else
        try(db_run(w->conn, w->arena, SQL_PATH_CREATE,
                   ARGS(V(path), V(kind), V(target), V(S("")), V(w->now)), NULL));
    return name_paths(w, kind, target);
}

error path_free(struct work *w, str stem, str slug, str *out)
{
    for (int n = 1; n < 10000; n++) {
        str numbered = n == 1 ? slug : slug_numbered(w->arena, slug, n);
        str path = str_format(w->arena, "%.*s%.*s/", STR(stem), STR(numbered));
        struct path_target has;
        bool found;
        try(path_find(w, path, &has, &found));
        if (!found && !is_the_sites(path)) {
            *out = path;
            return NULL;
        }
    }
    return failure(w->arena, FAULT_LIMIT, S("path"),
                   "ten thousand addresses start with %.*s%.*s: give this one a slug of its own",
                   STR(stem), STR(slug));
}

static bool is_number_address(str path)
{
    int64_t number;
    return str_starts(path, S("/?p=")) && path.len > 4 && path.ptr[4] >= '0' &&
           path.ptr[4] <= '9' && str_int(str_from(path, 4), &number);
}

error path_alias(struct work *w, str path, str kind, int64_t target)
{
    if (!is_number_address(path))
        try(check(w, path));
    struct path_target has;
    bool found;
    try(path_find(w, path, &has, &found));
    if (found)
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PATH_CREATE_OLD, ARGS(V(path), V(kind), V(target), V(w->now)),
               NULL));
    key_path(&w->writes, path);
    return NULL;
}

error path_redirect(struct work *w, str path, str address)
{
    if (!is_number_address(path))
        try(check(w, path));
    struct path_target has;
    bool found;
    try(path_find(w, path, &has, &found));
    if (found && str_eq(has.kind, S("redirect")) && str_eq(has.address, address))
        return NULL;
    if (found)
        return failure(w->arena, FAULT_CONFLICT, S("path"), "%.*s already names a %.*s", STR(path),
                       STR(has.kind));
    try(db_run(w->conn, w->arena, SQL_PATH_CREATE,
               ARGS(V(path), V(S("redirect")), V((int64_t)0), V(address), V(w->now)), NULL));
    key_path(&w->writes, path);
    return NULL;
}
