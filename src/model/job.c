// Durable jobs: work to be done once, outside the request that caused it; leased, retried with
// back-off.
// SPDX-License-Identifier: Apache-2.0
#include "model/job.h"

#include "model/statements.h"
#include "model/work.h"
#include "text/utf8.h"

FIELDS(job_fields, struct job, "job", FIELD(struct job, id), FIELD(struct job, kind),
       FIELD(struct job, subject), FIELD(struct job, due_at), FIELD(struct job, attempts));

struct next {
    int64_t due, waiting;
};
FIELDS_LOCAL(next_fields, struct next, "job", FIELD(struct next, due), FIELD(struct next, waiting));

error job_add(struct work *w, str kind, int64_t subject, instant due)
{
    return db_run(w->conn, w->arena, SQL_JOB_ADD, ARGS(V(kind), V(subject), V(due)), NULL);
}

error job_lease(struct work *w, int64_t lease_ms, struct job *out, bool *found)
{
    try(db_one(w->conn, w->arena, SQL_JOB_DUE, ARGS(V(w->now)), &job_fields, out, found));
    if (!*found)
        return NULL;
    out->attempts++;
    return db_run(w->conn, w->arena, SQL_JOB_SET_LEASE, ARGS(V(out->id), V(w->now.ms + lease_ms)),
                  NULL);
}

error job_done(struct work *w, const struct job *job)
{
    return db_run(w->conn, w->arena, SQL_JOB_DONE, ARGS(V(job->id)), NULL);
}

error job_retry(struct work *w, const struct job *job, str why)
{
    int64_t minutes = job->attempts < 11 ? (int64_t)1 << (job->attempts - 1) : 1440;
    if (minutes > 1440)
        minutes = 1440;
    return db_run(
        w->conn, w->arena, SQL_JOB_RETRY,
        ARGS(V(job->id), V(w->now.ms + minutes * 60000), V(utf8_cut(why, 500)), V(job->attempts)),
        NULL);
}

error job_next(struct work *w, instant *due, int64_t *waiting)
{
    struct next next;
    bool found;
    try(db_one(w->conn, w->arena, SQL_JOB_NEXT, NO_ARGS, &next_fields, &next, &found));
    *due = next.waiting ? (instant){next.due} : INSTANT_NEVER;
    *waiting = next.waiting;
    return NULL;
}
