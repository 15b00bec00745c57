// Makes random changes through the model, announces each to the running server, and says what it
// did: the newsroom that tests set against a server. SPDX-License-Identifier: Apache-2.0
//
//     editor --data DIR --database URL SEED
//
// reads commands from standard input and answers each with lines of JSON:
//     run N [KIND]  ->  N lines {"kind","commit","ms","path","mark","versions"}, each after the
//                       server showed it or, where an edit failed, {"error"}; then {"done":N}
//     settle        ->  {"settled":COMMIT} when no job is due and the server shows that commit
//     verify        ->  {"stories":N,"faults":[…]}: what the database says of itself
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/control.h"
#include "app/jobs.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "db/db.h"
#include "model/archive.h"
#include "model/catalogue.h"
#include "model/job.h"
#include "model/listing.h"
#include "model/path.h"
#include "model/story.h"
#include "model/test_newsroom.h"
#include "model/version.h"

enum { ANNOUNCE_MS = 30000, LINE_MOST = 200, TRIES = 8 };

struct desk {
    struct arena *lasting;
    struct db *db;
    struct db_conn *conn;
    str control;
    struct editor editor;
};

static struct editor *editor_of(struct desk *d)
{
    return &d->editor;
}

// ---- one change

static void say_error(struct arena *a, const char *kind, error e)
{
    printf("{\"error\":\"%s: %.*s\"}\n", kind, STR(fault_name(e->fault)));
    fprintf(stderr, "editor: %s: %.*s\n", kind, STR(error_text(a, e)));
    fflush(stdout);
}

// On a busy machine the other writer may keep the database for longer than a command waits.
static error begin(struct desk *d, struct arena *a, struct work *w)
{
    error e = work_write(w, d->conn, a, instant_now());
    for (int tries = 1; tries < TRIES && e && e->fault == FAULT_BUSY; tries++)
        e = work_write(w, d->conn, a, instant_now());
    return e;
}

static error change(struct desk *d, struct arena *a, const struct edit *edit, struct told *told,
                    uint64_t *commit)
{
    struct work w;
    try(begin(d, a, &w));
    error e = edit->run(editor_of(d), &w, told);
    bool any = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    *commit = any ? w.commit : 0;
    return e;
}

static error change_and_tell(struct desk *d, struct arena *a, const struct edit *edit)
{
    struct told told = {S(""), 0, 0};
    uint64_t commit = 0;
    bool shown;
    // A change that was not stored leaves nothing behind, in the editor's mind neither.
    struct editor *before = arena_make(a, struct editor);
    *before = d->editor;
    int64_t begun = instant_steady_us();
    error e = change(d, a, edit, &told, &commit);
    if (e) {
        int64_t mark = d->editor.mark;
        d->editor = *before;
        d->editor.mark = mark;
        return e;
    }
    if (commit)
        try(control_applied(a, d->control, commit, ANNOUNCE_MS, &shown));
    printf("{\"kind\":\"%s\",\"commit\":%llu,\"ms\":%.2f,\"path\":\"%.*s\",\"mark\":%lld,"
           "\"versions\":%lld}\n",
           edit->kind, (unsigned long long)commit, (double)(instant_steady_us() - begun) / 1000,
           STR(told.path), (long long)told.mark, (long long)told.versions);
    fflush(stdout);
    return NULL;
}

static void run(struct desk *d, int64_t count, str kind)
{
    for (int64_t i = 0; i < count; i++) {
        arena_scoped a = arena_new();
        const struct edit *edit = editor_choose(&d->editor, kind);
        if (!edit) {
            printf("{\"error\":\"no such kind\"}\n");
            break;
        }
        error e = change_and_tell(d, a, edit);
        if (e)
            say_error(a, edit->kind, e);
    }
    printf("{\"done\":%lld}\n", (long long)count);
    fflush(stdout);
}

// ---- quiet

// A server that runs jobs at the same time may have queued others meanwhile.
static error settle(struct desk *d, struct arena *a)
{
    struct work w;
    instant due;
    int64_t waiting;
    bool shown;
    do {
        try(jobs_run_due(a, d->db, NULL));
        try(work_read(&w, d->conn, a, instant_now()));
        error e = job_next(&w, &due, &waiting);
        work_end(&w);
        if (e)
            return e;
    } while (due.ms <= w.now.ms);
    try(control_applied(a, d->control, w.commit, ANNOUNCE_MS, &shown));
    printf("{\"settled\":%llu}\n", (unsigned long long)w.commit);
    fflush(stdout);
    return NULL;
}

// ---- what the database says of itself

struct findings {
    struct buf text;
    int64_t stories, faults;
};

static void found_fault(struct findings *f, int64_t id, const char *what)
{
    buf_addf(&f->text, "%s\"story %lld: %s\"", f->faults++ ? "," : "", (long long)id, what);
}

static error verify_story(struct work *w, const struct story_card *card, struct findings *f)
{
    struct path_target target;
    struct story_body body;
    struct list versions;
    bool found;
    f->stories++;
    try(path_find(w, card->path, &target, &found));
    if (!found || target.target != card->id)
        found_fault(f, card->id, "its path does not name it");
    try(story_body_by_id(w, card->id, &body, &found));
    if (!found) {
        found_fault(f, card->id, "it has no body");
        return NULL;
    }
    try(version_list(w, card->id, &versions));
    if ((int64_t)versions.count != body.version)
        found_fault(f, card->id, "versions are missing");
    else if (!str_eq(list_at(&versions, struct story_version, versions.count - 1)->headline,
                     card->headline))
        found_fault(f, card->id, "its newest version has another headline");
    if (version_first_broken(w->arena, &versions))
        found_fault(f, card->id, "its ledger is broken");
    struct list in_section;
    rank at = story_rank(card);
    try(listing_cards(w, (struct list_of){LIST_SECTION, card->section_id}, (rank){at.at, at.id + 1},
                      at, 2, &in_section));
    bool withdrawn = str_eq(card->status, S("withdrawn"));
    if (in_section.count != (withdrawn ? 0 : 1))
        found_fault(f, card->id, "its section's list does not agree");
    return NULL;
}

// The parts of the archive hold as many stories as they say.
static error verify_archive(struct work *w, struct findings *f)
{
    struct list_of all = {LIST_ALL, 0};
    struct list parts, cards;
    try(archive_parts(w, all, &parts));
    for (size_t i = 0; i < parts.count; i++) {
        const struct archive_part *part = list_at(&parts, struct archive_part, i);
        try(archive_cards(w, all, part, &cards));
        if ((int64_t)cards.count != part->stories)
            found_fault(f, part->month, "its archive miscounts (a month, not a story)");
    }
    return NULL;
}

static error verify(struct desk *d, struct arena *a)
{
    struct work w;
    struct findings f = {.text = buf_new(a, 1 << 20)};
    try(work_read(&w, d->conn, a, instant_now()));
    error e = verify_archive(&w, &f);
    for (size_t i = 0; !e && i < d->editor.stories.count; i++) {
        struct story_card card;
        bool found;
        e = story_card_by_id(&w, d->editor.stories.ids[i], &card, &found);
        if (!e && found)
            e = verify_story(&w, &card, &f);
    }
    work_end(&w);
    if (e)
        return e;
    printf("{\"stories\":%lld,\"faults\":[%.*s]}\n", (long long)f.stories, STR(buf_str(&f.text)));
    fflush(stdout);
    return NULL;
}

// ---- the desk

static error open_desk(struct desk *d, str data, str url, int64_t seed)
{
    d->lasting = arena_new();
    d->control = str_format(d->lasting, "%.*s/control.sock", STR(data));
    d->editor.random = (uint64_t)seed * 0x9E3779B97F4A7C15u + 1;
    try(db_open(d->lasting, url, &model_catalogue, &d->db));
    try(db_connect(d->db, d->lasting, &d->conn));
    return editor_begin(&d->editor, d->conn, d->lasting);
}

static void obey(struct desk *d, str line)
{
    arena_scoped a = arena_new();
    str rest = line, verb = str_cut(&rest, ' '), number = str_cut(&rest, ' ');
    int64_t count;
    error e = NULL;
    if (str_eq(verb, S("run")) && str_int(number, &count))
        run(d, count, rest);
    else if (str_eq(verb, S("settle")))
        e = settle(d, a);
    else if (str_eq(verb, S("verify")))
        e = verify(d, a);
    else
        printf("{\"error\":\"no such command\"}\n");
    if (e)
        say_error(a, "desk", e);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    struct desk *d = heap_new(struct desk);
    int64_t seed;
    char line[LINE_MOST];
    if (argc != 6 || strcmp(argv[1], "--data") != 0 || strcmp(argv[3], "--database") != 0 ||
        !str_int(str_of(argv[5]), &seed)) {
        fprintf(stderr, "usage: editor --data DIR --database URL SEED\n");
        return 2;
    }
    error e = open_desk(d, str_of(argv[2]), str_of(argv[4]), seed);
    if (e) {
        fprintf(stderr, "editor: %.*s\n", STR(error_text(d->lasting, e)));
        return 1;
    }
    printf("{\"ready\":%zu}\n", d->editor.stories.count);
    fflush(stdout);
    while (fgets(line, sizeof line, stdin))
        obey(d, str_trim(str_of(line)));
    db_disconnect(d->conn);
    db_close(d->db);
    arena_free(d->lasting);
    heap_free(d);
    return 0;
}
