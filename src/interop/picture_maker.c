// Pictures in files made the newsroom's: prepared once, and known again by what is in the file.
// SPDX-License-Identifier: Apache-2.0
#include "interop/picture_maker.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "crypto/hash.h"
#include "db/db.h"
#include "image/image.h"
#include "model/picture.h"
#include "model/work.h"

enum {
    HELPERS = 2, // at once: each may take a gigabyte and a core
    STEM_LENGTH = 35,
    VARIANTS_MOST = 400,
};

struct picture_maker {
    struct picture_maker_options options;
    struct arena *arena;
    pthread_mutex_t lock; // of all below
    pthread_cond_t free_helper;
    unsigned helpers; // at work
    struct db_conn *conn;
    int folder;
    str helper;
};

error picture_maker_open(struct arena *a, const struct picture_maker_options *options,
                         struct picture_maker **out)
{
    struct picture_maker *m = arena_make(a, struct picture_maker);
    *m = (struct picture_maker){
        .options = *options, .arena = a, .folder = -1, .helper = options->helper};
    pthread_mutex_init(&m->lock, NULL);
    pthread_cond_init(&m->free_helper, NULL);
    error e = db_connect(options->db, a, &m->conn);
    if (!e)
        *out = m;
    return e;
}

void picture_maker_close(struct picture_maker *m)
{
    if (!m)
        return;
    if (m->folder >= 0)
        close(m->folder);
    db_disconnect(m->conn);
    pthread_cond_destroy(&m->free_helper);
    pthread_mutex_destroy(&m->lock);
}

// ---- what is known

bool picture_maker_has(const struct picture_maker *m, struct arena *a, const struct picture *p)
{
    str path = picture_fallback(a, p);
    str file = str_format(a, "%.*s/%.*s", STR(m->options.folder),
                          STR(str_from(path, S("/pictures/").len)));
    return path.len && !access(str_z(a, file), R_OK);
}

// Under the lock.
static error look_up(struct picture_maker *m, struct arena *a, str hash, struct picture *out,
                     bool *found)
{
    struct work w;
    *found = false;
    try(work_read(&w, m->conn, a, m->options.now));
    error e = picture_by_hash(&w, hash, out, found);
    work_end(&w);
    return e;
}

// ---- making

// Under the lock.
static error make_ready(struct picture_maker *m, struct arena *a)
{
    if (!m->helper.len) {
        str found;
        try(image_helper(a, &found));
        m->helper = str_copy(m->arena, found);
    }
    if (m->folder >= 0)
        return NULL;
    try(directory_make(a, m->options.folder));
    m->folder = open(str_z(a, m->options.folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (m->folder < 0)
        return failure(a, FAULT_IO, m->options.folder, "%s", strerror(errno));
    image_sweep(m->folder);
    return NULL;
}

error picture_maker_ready(struct picture_maker *m, struct arena *a)
{
    pthread_mutex_lock(&m->lock);
    error e = make_ready(m, a);
    pthread_mutex_unlock(&m->lock);
    if (!e && access(str_z(a, m->helper), X_OK) != 0)
        return failure(a, FAULT_NOT_FOUND, S("picture helper"), "%.*s: %s", STR(m->helper),
                       strerror(errno));
    return e;
}

void picture_describe(struct arena *a, const struct image_set *set, struct picture *out)
{
    struct buf variants = buf_new(a, VARIANTS_MOST);
    for (size_t i = 0; i < set->count; i++) {
        str name = set->variants[i].name;
        out->stem = str_sub(name, 0, STEM_LENGTH);
        buf_addf(&variants, "%s%.*s", i ? " " : "", STR(str_from(name, STEM_LENGTH + 1)));
    }
    out->variants = buf_str(&variants);
    out->media_type = set->media_type;
    out->width = set->width;
    out->height = set->height;
    out->alpha = set->alpha;
    out->focus_x = set->focus_x;
    out->focus_y = set->focus_y;
}

static error prepare(struct picture_maker *m, struct arena *a, const struct picture_wish *wish,
                     str bytes, struct picture *out)
{
    struct image_set set;
    struct image_options options = {.where = wish->where,
                                    .icon = wish->icon,
                                    .focused = wish->focused,
                                    .focus_x = wish->focus_x,
                                    .focus_y = wish->focus_y};
    pthread_mutex_lock(&m->lock);
    while (m->helpers == HELPERS)
        pthread_cond_wait(&m->free_helper, &m->lock);
    error e = make_ready(m, a);
    options.folder = m->folder;
    options.helper = m->helper;
    m->helpers++;
    pthread_mutex_unlock(&m->lock);
    if (!e)
        e = image_prepare(a, &options, bytes, &set);
    pthread_mutex_lock(&m->lock);
    m->helpers--;
    pthread_cond_signal(&m->free_helper);
    pthread_mutex_unlock(&m->lock);
    if (!e)
        picture_describe(a, &set, out);
    return e;
}

static error read_picture(struct arena *a, const struct picture_wish *wish, str *bytes)
{
    struct stat about;
    if (wish->bytes) {
        *bytes = *wish->bytes;
        return NULL;
    }
    if (!stat(str_z(a, wish->path), &about) && !S_ISREG(about.st_mode))
        return failure(a, FAULT_INPUT, wish->where, "is not a regular file");
    error e = file_read(a, wish->path, PICTURE_FILE_MOST, bytes);
    if (e && e->fault == FAULT_LIMIT)
        return failure(a, FAULT_LIMIT, wish->where, "is larger than 40 MB");
    if (e && e->fault == FAULT_NOT_FOUND)
        return failure(a, FAULT_NOT_FOUND, wish->where, "there is no such file");
    return e;
}

// A file may be an icon and stand in a story as well: two pictures, known by two hashes.
static str hash_of(struct arena *a, const struct picture_wish *wish, str bytes)
{
    str hash = sha256_hex(a, bytes);
    return wish->icon ? sha256_hex(a, str_join(a, S("icon "), hash)) : hash;
}

static error make(struct picture_maker *m, struct arena *a, const struct picture_wish *wish,
                  struct picture *out)
{
    struct picture has = {0};
    bool found;
    str bytes;
    try(read_picture(a, wish, &bytes));
    str hash = hash_of(a, wish, bytes);
    pthread_mutex_lock(&m->lock);
    error e = look_up(m, a, hash, &has, &found);
    pthread_mutex_unlock(&m->lock);
    if (e)
        return e;
    bool as_wished =
        !wish->focused || (has.focus_x == wish->focus_x && has.focus_y == wish->focus_y);
    struct picture made = found ? has : (struct picture){.hash = hash};
    made.alt = made.caption = made.credit = S("");
    if (!found || !as_wished || !picture_maker_has(m, a, &has))
        try(prepare(m, a, wish, bytes, &made));
    *out = made;
    return NULL;
}

static void copy_texts(struct arena *a, struct picture *p)
{
    str *const texts[] = {&p->address, &p->media_type, &p->stem, &p->variants, &p->hash};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = str_copy(a, *texts[i]);
}

error picture_make(struct picture_maker *m, struct arena *a, const struct picture_wish *wish,
                   struct picture *out)
{
    arena_scoped scratch = arena_new(); // the file's bytes and its variants' go at once
    struct picture made;
    error e = make(m, scratch, wish, &made);
    if (e)
        return failure(a, e->fault, str_copy(a, e->where), "%.*s", STR(e->message));
    copy_texts(a, &made);
    *out = made;
    return NULL;
}

// ---- in the newsroom

static error renew(struct work *w, const struct picture *p, int64_t id)
{
    struct picture has;
    bool found;
    try(picture_by_id(w, id, &has, &found));
    if (!found)
        return NULL;
    const str *const said[] = {&p->alt, &p->caption, &p->credit};
    str *const words[] = {&has.alt, &has.caption, &has.credit};
    for (size_t i = 0; i < 3; i++)
        if (said[i]->len)
            *words[i] = *said[i];
    try(picture_update(w, &has));
    struct picture files = *p;
    files.id = id;
    return picture_set_files(w, &files);
}

error picture_take(struct work *w, const struct picture *p, int64_t *id)
{
    struct picture fresh = *p;
    if (!p->id) {
        fresh.address = picture_fallback(w->arena, p);
        try(picture_ensure(w, &fresh, id));
    } else {
        *id = p->id;
    }
    return renew(w, p, *id);
}
