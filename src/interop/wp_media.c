// Brings the files of uploads in, from a folder that was copied from the old server, once the texts
// are there; then the texts show them. SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "interop/picture_maker.h"
#include "interop/pipeline.h"
#include "interop/wp_body.h"
#include "interop/wp_files.h"
#include "interop/wp_pictures.h"
#include "interop/wp_write.h"
#include "model/import_item.h"
#include "model/page.h"
#include "model/path.h"
#include "model/picture.h"
#include "model/story.h"
#include "model/work.h"
#include "text/clean.h"
#include "text/url.h"

enum { HANDS = 2 }; // each waits for a helper of its own

struct media {
    struct wp_writer *writer;
    int folder;
    struct wp_upload **wanted; // whose pictures have no files of ours
    size_t count;
    struct list texts; // of struct import_text
};

static struct import_media_counts *counts(const struct media *m)
{
    return &m->writer->report->media;
}

// ---- the folder

error wp_media_open(struct arena *a, str path, int *folder)
{
    *folder = open(str_z(a, path), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return *folder < 0 ? failure(a, errno == ENOENT ? FAULT_NOT_FOUND : FAULT_INPUT, path,
                                 "the folder of the uploads cannot be opened: %s", strerror(errno))
                       : NULL;
}

static void note_missing(struct wp_writer *x, const struct wp_upload *u)
{
    x->report->media.not_found++;
    import_report_note(x->report, "%.*s: there is no such file in %.*s",
                       STR(str_sub(u->url, 0, 300)), STR(x->options->media));
}

void wp_media_count(struct wp_writer *x, int folder)
{
    for (size_t i = 0; i < x->site->upload_count; i++) {
        const struct wp_upload *u = &x->site->uploads[i];
        str name;
        if (!wp_picture_type(u->url).len)
            continue;
        int file = wp_file_open(x->batch, folder, u->url, &name);
        if (file < 0)
            note_missing(x, u);
        else
            x->report->media.came_in++;
        if (file >= 0)
            close(file);
        arena_reset(x->batch);
    }
}

// ---- which pictures are wanted

static error choose(struct media *m, struct work *w, struct wp_upload *u)
{
    struct picture p;
    bool found;
    if (!u->local_id || !wp_picture_type(u->url).len)
        return NULL;
    try(picture_by_id(w, u->local_id, &p, &found));
    if (found && picture_maker_has(m->writer->options->maker, w->arena, &p))
        counts(m)->known++;
    else if (found)
        m->wanted[m->count++] = u;
    return NULL;
}

static struct wp_upload *listed(struct wp_site *s, size_t i)
{
    return &s->uploads[i];
}

static struct wp_upload *unlisted(struct wp_site *s, size_t i)
{
    return s->unlisted.all[i];
}

typedef struct wp_upload *upload_at(struct wp_site *s, size_t i);

static error choose_some(struct media *m, upload_at *at, size_t from, size_t end)
{
    struct wp_writer *x = m->writer;
    struct work w;
    error e = NULL;
    try(work_read(&w, x->conn, x->batch, x->options->now));
    for (size_t i = from; !e && i < from + WP_BATCH && i < end; i++)
        e = choose(m, &w, at(x->site, i));
    work_end(&w);
    return e;
}

static error choose_among(struct media *m, upload_at *at, size_t count)
{
    struct wp_writer *x = m->writer;
    m->wanted = arena_array(x->site->arena, struct wp_upload *, count + 1);
    m->count = 0;
    for (size_t i = 0; i < count; i += WP_BATCH) {
        try(choose_some(m, at, i, count));
        arena_reset(x->batch);
    }
    return NULL;
}

// ---- making them

struct made {
    const struct wp_upload *upload;
    str name; // of the file
    bool found;
    error failed;
    struct picture picture;
};

static error hand_out(void *media, struct pipeline *p, struct arena *a)
{
    struct media *m = media;
    (void)a;
    for (size_t i = 0; i < m->count; i++) {
        struct arena *room = pipeline_room(p);
        if (!room)
            break;
        struct made *made = arena_make(room, struct made);
        made->upload = m->wanted[i];
        pipeline_put(p, made, sizeof *made);
    }
    return NULL;
}

static error make_of_file(struct media *m, struct arena *a, struct arena *scratch, int file,
                          struct made *made)
{
    str bytes;
    struct picture_wish wish = {.where = made->name, .bytes = &bytes};
    error e = file_read_from(scratch, made->name, file, PICTURE_FILE_MOST, &bytes);
    if (e && e->fault == FAULT_LIMIT)
        return failure(a, FAULT_LIMIT, made->name, "is larger than 40 MB");
    if (e)
        return failure(a, e->fault, made->name, "%.*s", STR(e->message));
    return picture_make(m->writer->options->maker, a, &wish, &made->picture);
}

static void *make(void *media, unsigned thread, struct arena *a, struct arena *scratch, void *given)
{
    struct media *m = media;
    struct made *made = given;
    (void)thread;
    int file = wp_file_open(scratch, m->folder, made->upload->url, &made->name);
    made->found = file >= 0;
    if (!made->found)
        return made;
    made->name = str_copy(a, made->name);
    made->failed = make_of_file(m, a, scratch, file, made);
    close(file);
    return made;
}

// Readers and pages elsewhere that ask for the file where it was get it where it is.
static error lead_on(const struct wp_site *site, struct work *w, const struct wp_upload *u,
                     const struct picture *p)
{
    str path = wp_path_on_site(u->url, site->address);
    if (!path.ptr || str_find_char(path, '?') >= 0 || str_find_char(path, '#') >= 0)
        return NULL;
    error e = path_redirect(w, url_decode(w->arena, path), picture_fallback(w->arena, p));
    return wp_is_about_item(e) ? NULL : e;
}

static error store_in(struct work *w, const struct wp_site *site, const struct made *made)
{
    struct picture p = made->picture;
    p.id = made->upload->local_id;
    try(picture_set_files(w, &p));
    return lead_on(site, w, made->upload, &p);
}

// Each in a transaction of its own: it took a second to make, and readers have it at once.
static error store(struct media *m, const struct made *made)
{
    struct wp_writer *x = m->writer;
    struct work w;
    try(work_write(&w, x->conn, x->batch, x->options->now));
    error e = store_in(&w, x->site, made);
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    if (!e && wrote)
        x->report->commit = w.commit;
    work_end(&w);
    e = e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    arena_reset(x->batch);
    counts(m)->came_in += !e;
    return e;
}

static error take(struct media *m, const struct made *made)
{
    struct import_report *report = m->writer->report;
    if (made->found && !made->failed)
        return store(m, made);
    if (!made->found) {
        note_missing(m->writer, made->upload);
        return NULL;
    }
    counts(m)->refused++;
    tally_add(&report->refused, made->failed->message, 1);
    import_report_note(report, "%.*s: %.*s", STR(made->name), STR(made->failed->message));
    return NULL;
}

static error take_all(struct media *m, struct pipeline *p)
{
    const struct wordpress_options *o = m->writer->options;
    error failed = NULL;
    int64_t taken = 0;
    for (struct made *made; (made = pipeline_take(p, &failed)) != NULL; pipeline_release(p)) {
        try(take(m, made));
        if (o->picture_progress)
            o->picture_progress(o->progress_context, ++taken, (int64_t)m->count);
    }
    return failed;
}

static error make_all(struct media *m)
{
    struct pipeline_ops ops = {m, hand_out, make};
    struct pipeline *p = pipeline_start(&ops, HANDS);
    error e = take_all(m, p);
    e = e ? failure(m->writer->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    pipeline_stop(p);
    return e;
}

// ---- the texts that show them

static error clean_again(struct media *m, struct work *w, str body, struct cleaned *out)
{
    struct wp_pictures pictures = {.site = m->writer->site, .work = w};
    struct clean_options options = {.base = S(""),
                                    .links = LINKS_EDITORIAL,
                                    .picture = wp_picture_clean,
                                    .picture_context = &pictures};
    try(clean_html(w->arena, body, &options, out));
    return pictures.failed;
}

static error renew_story(struct media *m, struct work *w, const struct import_text *text)
{
    struct story_draft draft;
    struct cleaned cleaned;
    bool changed;
    try(story_draft_of(w, text->local_id, &draft));
    try(clean_again(m, w, draft.body.text, &cleaned));
    if (str_eq(cleaned.body.text, draft.body.text))
        return NULL;
    wp_set_body(w->arena, &cleaned, &draft);
    try(story_set_body(w, text->local_id, &draft, &changed));
    counts(m)->texts += changed;
    return NULL;
}

// An edit that was made here stays known as one.
static error renew_page(struct media *m, struct work *w, const struct import_text *text)
{
    struct page page;
    struct cleaned cleaned;
    bool found;
    try(page_by_id(w, text->local_id, &page, &found));
    if (!found)
        return NULL;
    bool edited = !str_eq(wp_page_print(w->arena, &page), text->local_hash);
    try(clean_again(m, w, page.body.text, &cleaned));
    if (str_eq(cleaned.body.text, page.body.text))
        return NULL;
    page.body = cleaned.body;
    try(page_save(w, &page));
    counts(m)->texts++;
    if (edited)
        return NULL;
    struct import_item item = {text->local_id, text->hash, wp_page_print(w->arena, &page)};
    return import_item_save(w, m->writer->site->source, "page", text->external_id, &item);
}

// Texts are written in groups by their own numbers, so that an import which goes on where it was
// killed makes the same commits.
static error renew_group(struct media *m, bool pages, size_t *at)
{
    struct wp_writer *x = m->writer;
    struct work w;
    error e = NULL;
    int64_t group = list_at(&m->texts, struct import_text, *at)->local_id / WP_BATCH;
    try(work_write(&w, x->conn, x->batch, x->options->now));
    for (; !e && *at < m->texts.count; ++*at) {
        const struct import_text *text = list_at(&m->texts, struct import_text, *at);
        if (text->local_id / WP_BATCH != group)
            break;
        e = pages ? renew_page(m, &w, text) : renew_story(m, &w, text);
        if (wp_is_about_item(e)) // it stays as it is
            e = NULL;
    }
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    if (!e && wrote)
        x->report->commit = w.commit;
    work_end(&w);
    e = e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    arena_reset(x->batch);
    return e;
}

static error renew_texts(struct media *m, const char *kind)
{
    struct wp_writer *x = m->writer;
    struct work w;
    arena_scoped own = arena_new();
    try(work_read(&w, x->conn, own, x->options->now));
    error e = import_item_pictured(&w, x->site->source, kind, &m->texts);
    work_end(&w);
    for (size_t at = 0; !e && at < m->texts.count;)
        e = renew_group(m, str_eq(str_of(kind), S("page")), &at);
    return e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
}

error wp_write_media(struct wp_writer *x, int folder)
{
    struct media m = {.writer = x, .folder = folder};
    try(choose_among(&m, listed, x->site->upload_count));
    if (m.count)
        try(make_all(&m));
    try(wp_unlisted_find(x, folder));
    try(choose_among(&m, unlisted, x->site->unlisted.count));
    if (m.count)
        try(make_all(&m));
    try(renew_texts(&m, "story"));
    return renew_texts(&m, "page");
}
