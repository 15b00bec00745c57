// Draws the pictures of the seed publication, which its files hold as SVG.
// SPDX-License-Identifier: Apache-2.0
#include "interop/seed_pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "crypto/hash.h"
#include "image/image.h"
#include "interop/picture_maker.h"
#include "interop/seed_bodies.h"
#include "model/listing.h"
#include "model/picture.h"
#include "model/story.h"
#include "model/work.h"

#define FOLDER S("seed/pictures/")

enum { HANDS = 2, PICTURES_MOST = 400, STORIES_MOST = 1000 };

struct drawing {
    int64_t rank; // drawn in this order
    str svg;
    struct picture picture; // with its files once it is done
    struct arena *arena;    // of the hand that draws it
    error failed;
    bool done, stored;
};

struct studio {
    const struct seed_drawing *options;
    struct drawing *all;
    size_t count;
    int folder;
    pthread_mutex_t lock; // of all below and of each drawing's end
    pthread_cond_t finished;
    size_t next;
    bool stop;
};

// ---- what is to be drawn

static void remember_rank(struct drawing *d, const struct list *cards)
{
    d->rank = STORIES_MOST;
    for (size_t i = 0; i < cards->count; i++)
        if (list_at(cards, struct story_card, i)->picture_id == d->picture.id) {
            d->rank = (int64_t)i;
            return;
        }
}

static void insert(struct studio *s, const struct drawing *d)
{
    size_t i = s->count++;
    for (; i && s->all[i - 1].rank > d->rank; i--)
        s->all[i] = s->all[i - 1];
    s->all[i] = *d;
}

static error choose(struct work *w, struct studio *s)
{
    struct list cards;
    const struct list_of all = {LIST_ALL, 0};
    try(listing_cards(w, all, RANK_HIGHEST, RANK_LOWEST, STORIES_MOST, &cards));
    for (const struct asset *file = s->options->files; file->name; file++) {
        struct drawing d = {.svg = {(const char *)file->bytes, file->len}};
        str name = str_of(file->name);
        bool found;
        if (!str_starts(name, FOLDER) || !str_ends(name, S(".svg")) || s->count == PICTURES_MOST)
            continue;
        try(picture_by_address(w, str_from(name, S("seed").len), &d.picture, &found));
        if (!found || d.picture.stem.len)
            continue;
        remember_rank(&d, &cards);
        insert(s, &d);
    }
    return NULL;
}

static error look_up(struct db_conn *conn, struct arena *a, instant now, struct studio *s)
{
    struct work w;
    s->all = arena_array(a, struct drawing, PICTURES_MOST);
    try(work_read(&w, conn, a, now));
    error e = choose(&w, s);
    work_end(&w);
    return e;
}

// ---- drawing

static error draw(const struct studio *s, struct drawing *d)
{
    struct image_set set;
    const struct image_options options = {
        .helper = s->options->helper, .folder = s->folder, .where = d->picture.address};
    try(image_draw(d->arena, &options, d->svg, &set));
    picture_describe(d->arena, &set, &d->picture);
    d->picture.media_type = S("image/svg+xml");
    d->picture.hash = sha256_hex(d->arena, d->svg);
    return NULL;
}

// A hand takes the next drawing until there is none.
static void *work_on(void *studio)
{
    struct studio *s = studio;
    pthread_mutex_lock(&s->lock);
    while (!s->stop && s->next < s->count) {
        struct drawing *d = &s->all[s->next++];
        pthread_mutex_unlock(&s->lock);
        d->arena = arena_new();
        error e = draw(s, d);
        pthread_mutex_lock(&s->lock);
        d->failed = e;
        d->done = true;
        pthread_cond_signal(&s->finished);
    }
    pthread_mutex_unlock(&s->lock);
    return NULL;
}

// ---- storing

static bool some_are_ready(const struct studio *s)
{
    for (size_t i = 0; i < s->next; i++)
        if (s->all[i].done && !s->all[i].stored)
            return true;
    return false;
}

static error store_ready(struct work *w, struct studio *s, size_t *drawn)
{
    error e = NULL;
    for (size_t i = 0; !e && i < s->count; i++) {
        struct drawing *d = &s->all[i];
        pthread_mutex_lock(&s->lock);
        bool ready = d->done && !d->stored;
        pthread_mutex_unlock(&s->lock);
        if (!ready)
            continue;
        e = d->failed ? failure(w->arena, d->failed->fault, str_copy(w->arena, d->failed->where),
                                "%.*s", STR(d->failed->message))
                      : picture_set_files(w, &d->picture);
        d->stored = true;
        *drawn += !e;
    }
    return e;
}

// Waits for drawings, and commits what is done by then.
static error store_next(struct db_conn *conn, struct arena *a, instant now, struct studio *s,
                        size_t *drawn, uint64_t *commit)
{
    struct work w;
    pthread_mutex_lock(&s->lock);
    while (!some_are_ready(s))
        pthread_cond_wait(&s->finished, &s->lock);
    pthread_mutex_unlock(&s->lock);
    try(work_write(&w, conn, a, now));
    error e = store_ready(&w, s, drawn), committed = work_commit(&w);
    work_end(&w);
    if (!committed)
        *commit = w.commit;
    return e ? e : committed;
}

// The texts that show some of them show them now.
static error store_bodies(struct db_conn *conn, struct arena *a, instant now, uint64_t *commit)
{
    struct work w;
    try(work_write(&w, conn, a, now));
    error e = seed_bodies_show(&w), committed = e ? NULL : work_commit(&w);
    work_end(&w);
    if (!e && !committed)
        *commit = w.commit;
    return e ? e : committed;
}

static error store_all(struct db_conn *conn, struct arena *a, instant now, struct studio *s,
                       size_t *drawn, uint64_t *commit)
{
    error e = NULL;
    while (!e && *drawn < s->count) {
        e = store_next(conn, a, now, s, drawn, commit);
        if (!e && s->options->told)
            s->options->told(s->options->context, *drawn, s->count);
    }
    return e ? e : store_bodies(conn, a, now, commit);
}

static error draw_all(struct db_conn *conn, struct arena *a, instant now, struct studio *s,
                      size_t *drawn, uint64_t *commit)
{
    pthread_t hands[HANDS];
    size_t started = 0;
    for (; started < HANDS; started++)
        if (pthread_create(&hands[started], NULL, work_on, s))
            break;
    error e = started ? store_all(conn, a, now, s, drawn, commit)
                      : failure(a, FAULT_IO, S("demo"), "no thread can be started");
    pthread_mutex_lock(&s->lock);
    s->stop = true;
    pthread_mutex_unlock(&s->lock);
    for (size_t i = 0; i < started; i++)
        pthread_join(hands[i], NULL);
    for (size_t i = 0; i < s->count; i++)
        if (s->all[i].arena)
            arena_free(s->all[i].arena);
    return e;
}

error seed_draw(struct db_conn *conn, struct arena *a, instant now,
                const struct seed_drawing *options, size_t *drawn, uint64_t *commit)
{
    struct studio s = {.options = options};
    *drawn = 0;
    try(look_up(conn, a, now, &s));
    if (!s.count)
        return NULL;
    try(directory_make(a, options->folder));
    s.folder = open(str_z(a, options->folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s.folder < 0)
        return failure(a, FAULT_IO, options->folder, "%s", strerror(errno));
    pthread_mutex_init(&s.lock, NULL);
    pthread_cond_init(&s.finished, NULL);
    error e = draw_all(conn, a, now, &s, drawn, commit);
    pthread_cond_destroy(&s.finished);
    pthread_mutex_destroy(&s.lock);
    close(s.folder);
    return e;
}
