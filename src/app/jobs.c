// What is done in the background, on one screen, and the thread that does it.
// SPDX-License-Identifier: Apache-2.0
#include "app/jobs.h"

#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/turns.h"
#include "db/db.h"
#include "model/change.h"
#include "model/job.h"
#include "model/related.h"
#include "model/work.h"

enum { CHANGES_KEPT = 100000, LOOK_MS = 200, LEASE_MS = 60000, BATCH_MS = 20 };
enum { WAIT_MOST_MS = 30000 };

static error related(struct work *w, int64_t story_id)
{
    bool changed;
    try(related_compute(w, story_id, &changed));
    return changed ? related_spread(w, story_id) : NULL;
}

static error related_again(struct work *w, int64_t story_id)
{
    return related_compute(w, story_id, NULL);
}

static error prune_changes(struct work *w, int64_t subject)
{
    return change_prune(w, CHANGES_KEPT);
}

const struct job_kind job_kinds[] = {
    {"related", related, 0},             // a story was published or its topics changed
    {"related-again", related_again, 0}, // a story has a new neighbour
    {"prune-changes", prune_changes, 3600 * 1000},
    {0},
};

struct jobs {
    struct db *db;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    bool stopping;
};

static const struct job_kind *kind_by_name(str name)
{
    for (const struct job_kind *kind = job_kinds; kind->name; kind++)
        if (str_eq(name, str_of(kind->name)))
            return kind;
    return NULL;
}

static error run_job(struct work *w, const struct job *job)
{
    const struct job_kind *kind = kind_by_name(job->kind);
    if (!kind)
        return failure(w->arena, FAULT_DATA, S("job"), "there is no kind of job \"%.*s\"",
                       STR(job->kind));
    try(kind->run(w, job->subject));
    try(job_done(w, job));
    return kind->every_ms
               ? job_add(w, job->kind, job->subject, (instant){w->now.ms + kind->every_ms})
               : NULL;
}

// Jobs are short: those due are done together, for some milliseconds, in one transaction.
static error run_batch(struct db_conn *conn, struct arena *a, struct job *last, int64_t *done)
{
    struct work w;
    int64_t until = instant_steady_us() + BATCH_MS * 1000;
    *done = 0;
    *last = (struct job){0};
    try(work_write(&w, conn, a, instant_now()));
    error e = NULL;
    bool found = true;
    while (!e && found && instant_steady_us() < until) {
        e = job_lease(&w, LEASE_MS, last, &found);
        if (!e && found)
            e = run_job(&w, last);
        *done += !e && found;
    }
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    return e;
}

// The batch is gone with the job that failed; alone, that job is put back to be tried later.
static error put_back(struct db_conn *conn, struct arena *a, const struct job *job, error why)
{
    struct work w;
    if (!job->id)
        return why;
    try(work_write(&w, conn, a, instant_now()));
    error e = job_retry(&w, job, error_text(a, why));
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    if (!e) // else the database itself is in trouble, and every look would say so again
        log_failure("job-failed", why);
    return e;
}

static error any_due(struct db_conn *conn, struct arena *a, bool *due)
{
    struct work w;
    instant next;
    int64_t waiting;
    try(work_read(&w, conn, a, instant_now()));
    error e = job_next(&w, &next, &waiting);
    work_end(&w);
    *due = !e && next.ms <= w.now.ms;
    return e;
}

static error run_due(struct db_conn *conn, struct arena *a, int64_t *done)
{
    bool due;
    struct job last;
    *done = 0;
    try(any_due(conn, a, &due));
    if (!due)
        return NULL;
    error e = run_batch(conn, a, &last, done);
    return e && e->fault != FAULT_BUSY ? put_back(conn, a, &last, e) : e;
}

static error queue_recurring(struct db_conn *conn, struct arena *a)
{
    struct work w;
    try(work_write(&w, conn, a, instant_now()));
    error e = NULL;
    for (const struct job_kind *kind = job_kinds; !e && kind->name; kind++)
        if (kind->every_ms)
            e = job_add(&w, str_of(kind->name), 0, (instant){w.now.ms + kind->every_ms});
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    return e;
}

error jobs_run_due(struct arena *a, struct db *db, int64_t *done)
{
    struct db_conn *conn;
    int64_t batch = 1, all = 0;
    try(db_connect(db, a, &conn));
    error e = NULL;
    while (!e && batch) {
        e = run_due(conn, a, &batch);
        all += batch;
    }
    db_disconnect(conn);
    if (done)
        *done = all;
    return e;
}

bool jobs_pace_next(struct jobs_pace *p, error e, int64_t done)
{
    bool busy = e && e->fault == FAULT_BUSY; // another writer: that passes, and is no news
    if (!e || busy)
        p->wait_ms = done && !e ? 0 : LOOK_MS;
    else
        p->wait_ms = !p->fails                       ? LOOK_MS
                     : p->wait_ms < WAIT_MOST_MS / 2 ? 2 * p->wait_ms
                                                     : WAIT_MOST_MS;
    if (busy)
        return false;
    bool news = p->fails != (e != NULL) || (e && p->fault != e->fault);
    p->fails = e != NULL;
    p->fault = e ? e->fault : p->fault;
    return news;
}

// False: it is time to stop.
static bool pause_for(struct jobs *j, int ms)
{
    struct timespec until;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += (long)ms * 1000000;
    until.tv_sec += until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&j->lock);
    if (!j->stopping && ms)
        pthread_cond_timedwait(&j->wake, &j->lock, &until);
    bool go_on = !j->stopping;
    pthread_mutex_unlock(&j->lock);
    return go_on;
}

static void *run(void *ctx)
{
    struct jobs *j = ctx;
    pthread_setname_np(pthread_self(), "jobs");
    turns_behind_readers();
    struct arena *a = arena_new();
    struct db_conn *conn = NULL;
    bool queued = false;
    struct jobs_pace pace = {0};
    while (pause_for(j, pace.wait_ms)) {
        int64_t done = 0;
        error e = conn ? NULL : db_connect(j->db, a, &conn);
        if (!e && !queued)
            e = queue_recurring(conn, a);
        queued = queued || !e;
        if (!e)
            e = run_due(conn, a, &done);
        bool news = jobs_pace_next(&pace, e, done);
        if (news && e)
            log_failure("jobs-failed", e);
        else if (news)
            log_info("jobs-again", LOG_NUMBER("done", done));
        arena_reset(a);
    }
    if (conn)
        db_disconnect(conn);
    arena_free(a);
    return NULL;
}

error jobs_start(struct arena *a, struct db *db, struct jobs **out)
{
    struct jobs *j = arena_make(a, struct jobs);
    j->db = db;
    pthread_mutex_init(&j->lock, NULL);
    pthread_cond_init(&j->wake, NULL);
    int bad = pthread_create(&j->thread, NULL, run, j);
    if (bad)
        return failure(a, FAULT_IO, S("serve"), "cannot start a thread: %s", strerror(bad));
    *out = j;
    return NULL;
}

void jobs_stop(struct jobs *j)
{
    if (!j)
        return;
    pthread_mutex_lock(&j->lock);
    j->stopping = true;
    pthread_cond_signal(&j->wake);
    pthread_mutex_unlock(&j->lock);
    pthread_join(j->thread, NULL);
}
