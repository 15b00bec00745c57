// Publishes files and whole folders of stories.
// SPDX-License-Identifier: Apache-2.0
#include "interop/publish.h"

#include <unistd.h>

#include "base/arena.h"
#include "interop/local_pictures.h"
#include "interop/preparer.h"
#include "model/story.h"
#include "model/work.h"

enum { BATCH = 100 };

struct publishing {
    struct db_conn *conn;
    struct arena *arena; // of a batch
    instant now;
    const struct publish_options *options;
    struct publish_report *report;
};

static void tell(struct publishing *p, error e)
{
    p->report->failed++;
    if (p->options->failed)
        p->options->failed(p->options->context, e);
}

static void count(struct publish_report *report, const struct story_result *result)
{
    size_t *const counts[] = {&report->created, &report->updated, &report->unchanged,
                              &report->drafts};
    ++*counts[result->outcome];
    if (result->outcome == STORY_CREATED || result->outcome == STORY_UPDATED)
        report->story = result->id;
}

static void note_left_out(struct publishing *p, const struct story_file *file)
{
    for (size_t i = 0; p->options->noted && i < file->pictures->left_out_count; i++)
        p->options->noted(p->options->context, file->pictures->left_out[i]);
}

// All of them in one transaction; *bad says if it was one of them that failed, not the database.
static error write_together(struct publishing *p, struct prepared *const *files, size_t n,
                            bool *bad)
{
    struct work w;
    struct story_result results[BATCH];
    error e = NULL;
    *bad = false;
    try(work_write(&w, p->conn, p->arena, p->now));
    for (size_t i = 0; !e && i < n; i++)
        e = story_file_publish(&w, &files[i]->file, p->options->story, &results[i]);
    *bad = e && e->fault != FAULT_IO && e->fault != FAULT_BUSY && e->fault != FAULT_DATA;
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    if (e)
        return e;
    if (wrote)
        p->report->commit = w.commit;
    for (size_t i = 0; i < n; i++) {
        count(p->report, &results[i]);
        if (p->options->taken && results[i].outcome != STORY_UNCHANGED)
            p->options->taken(p->options->context, files[i]->file.name, &files[i]->file.head);
        note_left_out(p, &files[i]->file);
    }
    return NULL;
}

// A bad file takes back what was written with it; so halves are tried, until it stands alone.
static error write_files(struct publishing *p, struct prepared *const *files, size_t n)
{
    bool bad;
    if (!n)
        return NULL;
    error e = write_together(p, files, n, &bad);
    if (!e || !bad)
        return e;
    if (n == 1) {
        tell(p, e);
        return NULL;
    }
    try(write_files(p, files, n / 2));
    return write_files(p, files + n / 2, n - n / 2);
}

static error write_batch(struct publishing *p, struct prepared *const *taken, size_t n)
{
    struct prepared *files[BATCH];
    size_t count_of_files = 0;
    for (size_t i = 0; i < n; i++) {
        if (taken[i]->failed)
            tell(p, taken[i]->failed);
        else if (taken[i]->unchanged)
            p->report->unchanged++;
        else
            files[count_of_files++] = taken[i];
    }
    return write_files(p, files, count_of_files);
}

static error write_all(struct publishing *p, struct preparer *preparer)
{
    struct prepared *taken[BATCH];
    error e = NULL;
    for (size_t n; !e && (n = preparer_take(preparer, taken, BATCH)) > 0;) {
        e = write_batch(p, taken, n);
        preparer_release(preparer);
        if (!e)
            arena_reset(p->arena);
    }
    return e;
}

// What was published of the files before, and the zone that their dates are in.
static error look_up(struct db_conn *conn, struct arena *a, instant now,
                     struct preparer_options *prepare, struct publish_report *report)
{
    struct work w;
    str *hashes = arena_array(a, str, prepare->count);
    try(work_read(&w, conn, a, now));
    error e = work_zone(&w, &prepare->reading.zone);
    for (size_t i = 0; !e && i < prepare->count; i++) {
        struct story_origin origin;
        bool found;
        e = story_by_file(&w, prepare->files[i].real, &origin, &found);
        hashes[i] = !e && found ? origin.file_hash : S("");
        if (!e && found)
            report->story = origin.story_id;
    }
    work_end(&w);
    prepare->hashes = hashes;
    return e;
}

static unsigned cores(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n > 0 ? (unsigned)n : 1;
}

error publish_paths(struct db_conn *conn, struct arena *a, instant now, const str *paths,
                    size_t path_count, const struct publish_options *options,
                    struct publish_report *report)
{
    struct listed_file *files;
    struct preparer_options prepare = {.reading = {.now = now, .maker = options->maker},
                                       .threads = options->threads ? options->threads : cores()};
    *report = (struct publish_report){0};
    try(file_list(a, paths, path_count, &files, &prepare.count));
    prepare.files = files;
    try(look_up(conn, a, now, &prepare, report));
    arena_scoped batch = arena_new();
    struct publishing p = {conn, batch, now, options, report};
    struct preparer *preparer = preparer_start(&prepare);
    error e = write_all(&p, preparer);
    preparer_stop(preparer);
    return e ? failure(a, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
}
