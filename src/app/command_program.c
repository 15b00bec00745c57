// Commands about the program itself: its routes, its background work.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/jobs.h"
#include "app/routes.h"
#include "base/arena.h"
#include "db/db.h"

error command_routes(struct invocation *in)
{
    for (const struct route *route = routes; route->method; route++)
        printf("%-5s %-34s %-7s %s\n", route->method, route->pattern,
               route->who == LOCAL ? "local" : "anyone", route->page ? "kept" : "fresh");
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
