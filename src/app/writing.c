// What commands that change the newsroom share.
// SPDX-License-Identifier: Apache-2.0
#include "app/writing.h"

#include <stdio.h>

#include "app/options.h"
#include "base/arena.h"
#include "model/path.h"
#include "model/work.h"
#include "text/frontmatter.h"
#include "text/url.h"

error writing_begin(struct invocation *in, struct work *w)
{
    struct db_conn *conn;
    try(invocation_connect(in, &conn));
    return work_write(w, conn, in->arena, in->now);
}

error writing_end(struct invocation *in, struct work *w, error e, str done, str same)
{
    bool wrote = w->writes.count > 0;
    if (!e)
        e = work_commit(w);
    work_end(w);
    if (e)
        return e;
    if (wrote)
        return invocation_announce(in, w->commit, done);
    printf("%.*s\n", STR(same));
    return NULL;
}

error reading_begin(struct invocation *in, struct work *w)
{
    struct db_conn *conn;
    try(invocation_connect(in, &conn));
    return work_read(w, conn, in->arena, in->now);
}

error reading_zone(struct invocation *in, const struct zone **out)
{
    struct work w;
    try(reading_begin(in, &w));
    error e = work_zone(&w, out);
    work_end(&w);
    return e;
}

str given(const struct invocation *in, const char *name, str fallback)
{
    for (int i = 0; option_specs[i].name; i++)
        if (str_eq(str_of(option_specs[i].name), str_of(name)) && options_given(in->options, i))
            return options_get(in->options, name);
    return fallback;
}

error given_number(const struct invocation *in, const char *name, int64_t least, int64_t fallback,
                   int64_t *out)
{
    str text = given(in, name, STR_NONE);
    *out = fallback;
    if (!text.ptr || (str_int(text, out) && *out >= least))
        return NULL;
    return failure(in->arena, FAULT_INPUT, S("options"),
                   "--%s takes a number from %lld, not \"%.*s\"", name, (long long)least,
                   STR(text));
}

void tell_of_strays(str file, const struct frontmatter *head, size_t *told)
{
    for (size_t i = 0; i < head->unknown.count; i++)
        if ((*told)++ < STRAYS_TOLD)
            fprintf(stderr,
                    "broadsheet: %.*s:%d: nothing here is called \"%.*s\"; it is left out\n",
                    STR(file), head->unknown_lines[i], STR(str_sub(head->unknown.all[i], 0, 100)));
}

static error find_target(struct work *w, str path, struct path_target *target, bool *found)
{
    str at =
        str_starts(path, S("http://")) || str_starts(path, S("https://")) ? url_path(path) : path;
    if (!str_starts(at, S("/")))
        at = str_join(w->arena, S("/"), at);
    try(path_find(w, at, target, found));
    if (!*found && !str_ends(at, S("/")))
        try(path_find(w, str_join(w->arena, at, S("/")), target, found));
    return NULL;
}

error find_story(struct work *w, str path, int64_t *id)
{
    struct path_target target;
    bool found;
    try(find_target(w, path, &target, &found));
    if (!found || !str_eq(target.kind, S("story")))
        return failure(w->arena, FAULT_NOT_FOUND, path,
                       "there is no story at this path; \"broadsheet story list\" shows them");
    *id = target.target;
    return NULL;
}

error find_talked_of(struct work *w, str path, int64_t *story_id, int64_t *page_id)
{
    struct path_target target;
    bool found;
    try(find_target(w, path, &target, &found));
    bool page = found && str_eq(target.kind, S("page"));
    if (!page && (!found || !str_eq(target.kind, S("story"))))
        return failure(w->arena, FAULT_NOT_FOUND, path,
                       "there is no story and no page at this path; \"broadsheet story list\" and "
                       "\"broadsheet page list\" show them");
    *story_id = page ? 0 : target.target;
    *page_id = page ? target.target : 0;
    return NULL;
}
