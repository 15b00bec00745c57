// Commands about the program itself: its routes, its background work.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/jobs.h"
#include "app/routes.h"
#include "base/arena.h"
#include "db/db.h"
#include "site/view.h"

error command_routes(struct invocation *in)
{
    for (const struct route *route = routes; route->method; route++)
        printf("%-5s %-34s %-7s %s\n", route->method, route->pattern,
               route->who == LOCAL ? "local" : "anyone", route->page ? "kept" : "fresh");
    return NULL;
}

// ---- what templates may show

static const char *kind_of(const struct field *field)
{
    static const char *const kinds[] = {
        [FIELD_STR] = "text",     [FIELD_HTML] = "markup", [FIELD_INT] = "number",
        [FIELD_REAL] = "number",  [FIELD_BOOL] = "yes/no", [FIELD_INSTANT] = "moment",
        [FIELD_LIST] = "list of", [FIELD_RECORD] = "one"};
    return kinds[field->kind];
}

enum { RECORDS_MOST = 200 };

struct records {
    const struct fields *all[RECORDS_MOST];
    size_t count;
};

// Those that a record holds come behind it, each once.
static void gather(struct records *r, const struct fields *fields)
{
    for (size_t i = 0; i < r->count; i++)
        if (r->all[i] == fields)
            return;
    if (r->count == RECORDS_MOST)
        return;
    r->all[r->count++] = fields;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->all[i].of)
            gather(r, fields->all[i].of);
}

static void print_record(const struct fields *fields)
{
    printf("\n### %.*s\n\n| field | |\n| --- | --- |\n", STR(fields->record));
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->all[i];
        printf("| `%.*s` | %s%s%.*s |\n", STR(field->name), kind_of(field), field->of ? " " : "",
               STR(field->of ? field->of->record : S("")));
    }
}

error command_fields(struct invocation *in)
{
    struct records *records = arena_make(in->arena, struct records);
    printf("# What each template may show\n\n"
           "Made by `broadsheet fields` from the field tables that templates are checked against. "
           "What "
           "the fields mean\nstands in `src/site/view_*.h`; how themes are made, in "
           "[theming.md](theming.md).\n\n## Templates\n\n| template | in the head | record |\n"
           "| --- | --- | --- |\n");
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const struct view_kind *kind = &view_kinds[i];
        printf("| `%.*s` | %s%.*s%s | %.*s |\n", STR(kind->own), kind->meta.len ? "`" : "",
               STR(kind->meta), kind->meta.len ? "`" : "", STR(kind->fields->record));
        gather(records, kind->fields);
    }
    printf("\n## Records\n");
    for (size_t i = 0; i < records->count; i++)
        print_record(records->all[i]);
    return NULL;
}

error command_jobs(struct invocation *in)
{
    int64_t done;
    try(invocation_open(in));
    try(jobs_run_due(in->arena, in->db, &done));
    printf("%lld done\n", (long long)done);
    return NULL;
}
