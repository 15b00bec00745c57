// Brings a whole WordPress publication in from its export.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wordpress.h"

#include <unistd.h>

#include "base/arena.h"
#include "interop/pipeline.h"
#include "interop/wp_pictures.h"
#include "interop/wp_publication.h"
#include "interop/wp_write.h"
#include "model/import_item.h"
#include "model/path.h"
#include "model/work.h"
#include "text/zone.h"

struct import {
    struct db *db;
    struct arena *arena;
    const struct document *documents;
    size_t document_count;
    const struct wordpress_options *options;
    struct import_report *report;
    struct wp_site site;
    const struct zone *zone;
    struct db_conn *lookups[PIPELINE_THREADS_MOST]; // a preparing thread's own; NULL before a first
                                                    // import
    struct wp_writer writer;
    struct wp_ready *held[WP_BATCH];
    size_t held_count, held_bytes;
    int64_t done;
    int folder; // of the uploads; -1: none
};

static unsigned thread_count(const struct import *im)
{
    long n = im->options->threads ? im->options->threads : sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > PIPELINE_THREADS_MOST ? PIPELINE_THREADS_MOST : (unsigned)n;
}

// ---- reading, on a thread of its own

struct reading {
    struct import *import;
    struct pipeline *pipeline;
    const struct document *document;
};

struct read_item {
    str document;
    struct wxr_item *item;
};

static size_t size_of(const struct wxr_item *item)
{
    size_t size = sizeof *item + item->title.len + item->content.len + item->excerpt.len;
    for (size_t i = 0; i < item->comment_count; i++)
        size += sizeof *item->comments + item->comments[i].content.len;
    return size;
}

static error put_item(void *context, const struct wxr_item *item)
{
    struct reading *r = context;
    struct arena *a = pipeline_room(r->pipeline);
    if (!a)
        return failure(r->import->arena, FAULT_BUSY, S("import"), "stopped");
    struct read_item *copy = arena_make(a, struct read_item);
    *copy = (struct read_item){r->document->name, wp_item_copy(a, item)};
    pipeline_put(r->pipeline, copy, size_of(item));
    return NULL;
}

static error read_all(void *context, struct pipeline *p, struct arena *a)
{
    struct import *im = context;
    for (size_t i = 0; i < im->document_count; i++) {
        struct reading reading = {im, p, &im->documents[i]};
        struct wxr_handler handler = {.context = &reading, .item = put_item};
        try(wp_read_document(a, &im->documents[i], &handler));
    }
    return NULL;
}

// ---- preparing, on every core

struct lookup {
    struct import *import;
    struct db_conn *conn;
    struct arena *arena;
};

static bool is_unchanged(void *context, enum wp_item_kind kind, str id, str hash)
{
    struct lookup *l = context;
    struct import_item item;
    struct work w;
    bool found = false;
    error e = work_read(&w, l->conn, l->arena, l->import->options->now);
    if (!e)
        e = import_item_find(&w, l->import->site.source, kind == WP_ITEM_PAGE ? "page" : "story",
                             id, &item, &found);
    work_end(&w);
    return !e && found && str_eq(item.hash, hash);
}

// For texts that changed over there: the pictures that came in before stay in them.
static bool picture_of(void *context, struct arena *a, str address, struct clean_picture *out)
{
    struct lookup *l = context;
    struct work w;
    if (!wp_upload_at(&l->import->site, a, address))
        return false;
    error e = work_read(&w, l->conn, l->arena, l->import->options->now);
    struct wp_pictures pictures = {.site = &l->import->site, .work = &w};
    bool found = !e && wp_picture_clean(&pictures, a, address, out);
    work_end(&w);
    return found;
}

static void *prepare(void *context, unsigned thread, struct arena *a, struct arena *scratch,
                     void *given)
{
    struct import *im = context;
    struct read_item *read = given;
    struct lookup lookup = {im, im->lookups[thread], scratch};
    struct wp_item_options options = {
        .site = &im->site,
        .zone = im->zone,
        .now = im->options->now,
        .picture = lookup.conn ? picture_of : NULL,
        .picture_context = &lookup,
        .unchanged = lookup.conn ? is_unchanged : NULL,
        .unchanged_context = &lookup,
    };
    struct wp_ready ready;
    bool same;
    wp_item_prepare(scratch, read->document, read->item, &options, &ready, &same);
    struct wp_ready *out = wp_ready_copy(a, &ready);
    out->same = same;
    return out;
}

// ---- writing, on the caller's thread

static error write_held(struct import *im)
{
    error e = NULL;
    if (im->held_count && !im->options->dry_run)
        e = wp_write_items(&im->writer, im->held, im->held_count);
    im->held_count = im->held_bytes = 0;
    return e;
}

static void tell(struct import *im)
{
    if (im->options->progress)
        im->options->progress(im->options->progress_context, im->done, im->site.stories);
}

static error take_ready(struct import *im, struct wp_ready *r)
{
    struct import_report *report = im->report;
    im->done += r->kind != WP_ITEM_NONE;
    if (r->left_out.len) {
        wp_report_left_out(report, r);
    } else if (r->kind == WP_ITEM_NONE) {
        return NULL;
    } else if (r->same) {
        report->counts[r->kind == WP_ITEM_PAGE ? IMPORTED_PAGES : IMPORTED_STORIES].unchanged++;
    } else if (im->options->dry_run) {
        wp_report_dry(report, r);
    } else {
        im->held[im->held_count++] = r;
        im->held_bytes += r->draft.body.text.len;
    }
    return NULL;
}

static error take_all(struct import *im, struct pipeline *p)
{
    error failed = NULL;
    struct wp_ready *r;
    size_t taken = 0;
    while ((r = pipeline_take(p, &failed)) != NULL) {
        try(take_ready(im, r));
        // Batches begin with the first item to write and so, in an import that goes on after it was
        // killed, at the same items as in one that was not.
        taken = im->held_count ? taken + 1 : 0;
        bool full = im->held_count == WP_BATCH || im->held_bytes >= WP_BATCH_BYTES ||
                    taken >= PIPELINE_ITEMS_MOST / 2;
        if (full)
            try(write_held(im));
        if (full || !taken) {
            pipeline_release(p);
            taken = 0;
        }
        if (full || im->done % WP_BATCH == 0)
            tell(im);
    }
    try(failed);
    try(write_held(im));
    pipeline_release(p);
    tell(im);
    return NULL;
}

static error write_items(struct import *im)
{
    struct pipeline_ops ops = {im, read_all, prepare, im->options->idle};
    struct pipeline *p = pipeline_start(&ops, thread_count(im));
    error e = take_all(im, p);
    e = e ? failure(im->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    pipeline_stop(p);
    return e;
}

// ---- the whole

static void report_types(struct import *im)
{
    static const str taken[] = {S("post"), S("page"), S("attachment"), S("nav_menu_item"),
                                S("wp_block")};
    struct map *types = &im->site.types.names;
    for (size_t i = 0; i < types->cap; i++) {
        str type = types->slots[i].key;
        bool known = !type.ptr;
        for (size_t k = 0; k < sizeof taken / sizeof *taken; k++)
            known = known || str_eq(type, taken[k]);
        if (known)
            continue;
        bool internal = wp_is_internal_type(type);
        str line =
            internal ? str_format(im->arena, "%.*s, which only WordPress can use", STR(type))
                     : str_format(im->arena, "items of type %.*s, taken in as stories", STR(type));
        tally_add(internal ? &im->report->left_out : &im->report->changed, line,
                  *(int64_t *)types->slots[i].value);
    }
    if (im->site.upload_comments)
        tally_add(&im->report->left_out, S("comments on uploads, which have no page here"),
                  im->site.upload_comments);
    struct map *taxonomies = &im->site.taxonomies.names;
    for (size_t i = 0; i < taxonomies->cap; i++)
        if (taxonomies->slots[i].key.ptr && !str_eq(taxonomies->slots[i].key, S("nav_menu")))
            tally_add(
                &im->report->left_out,
                str_format(im->arena, "terms of the taxonomy %.*s", STR(taxonomies->slots[i].key)),
                *(int64_t *)taxonomies->slots[i].value);
}

// Readers' programs go on asking for the feed where it was.
static error redirect_feed(struct import *im, struct work *w)
{
    error e = path_redirect(w, str_join(w->arena, im->site.base_path, S("/feed/")), S("/feed.xml"));
    return wp_is_about_item(e) ? NULL : e;
}

// Makes the publication where there is none, marks that the site was begun, and says if it had
// been before.
static error begin(struct import *im, bool *again)
{
    struct work w;
    struct import_item mark = {0, S(""), S("")};
    try(work_write(&w, im->writer.conn, im->writer.batch, im->options->now));
    error e = wp_publication_ensure(&w, &im->site, &im->report->made);
    if (!e)
        e = import_item_find(&w, im->site.source, "site", S(""), &mark, again);
    if (!e)
        e = work_zone(&w, &im->zone);
    // The zone lives as long as the work's memory does.
    if (!e)
        e = zone_open(im->arena, zone_name(im->zone), &im->zone);
    im->writer.zone = im->zone;
    if (!e && !*again && !im->options->dry_run) {
        e = import_item_save(&w, im->site.source, "site", S(""), &mark);
        if (!e)
            e = redirect_feed(im, &w);
    }
    if (!e && !im->options->dry_run)
        e = work_commit(&w);
    work_end(&w);
    return e ? failure(im->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
}

static error connect_lookups(struct import *im, bool again)
{
    for (unsigned i = 0; again && i < thread_count(im); i++)
        try(db_connect(im->db, im->arena, &im->lookups[i]));
    return NULL;
}

static error write_terms(struct import *im)
{
    struct wp_writer *x = &im->writer;
    try(wp_write_in_batches(x, im->site.authors.count, wp_write_author));
    try(wp_write_in_batches(x, im->site.categories.count, wp_write_category));
    try(wp_write_in_batches(x, im->site.tags.count, wp_write_tag));
    return wp_write_in_batches(x, im->site.upload_count, wp_write_upload);
}

static void count_terms(struct import *im)
{
    struct import_counts *c = im->report->counts;
    c[IMPORTED_PEOPLE].created = (int64_t)im->site.authors.count;
    c[IMPORTED_SECTIONS].created = (int64_t)im->site.categories.count;
    c[IMPORTED_TOPICS].created = (int64_t)im->site.tags.count;
    c[IMPORTED_PICTURES].created = (int64_t)im->site.upload_count;
}

static error run(struct import *im)
{
    bool again;
    try(begin(im, &again));
    try(connect_lookups(im, again));
    if (again)
        try(wp_unlisted_recall(&im->writer));
    report_types(im);
    if (!im->options->dry_run)
        try(write_terms(im));
    else
        count_terms(im);
    try(write_items(im));
    if (im->options->dry_run) {
        for (size_t i = 0; i < im->site.upload_count; i++)
            wp_report_upload_page(im->report, &im->site.uploads[i]);
        if (im->folder >= 0)
            wp_media_count(&im->writer, im->folder);
        return NULL;
    }
    try(wp_write_in_batches(&im->writer, im->site.upload_count, wp_write_upload_page));
    try(wp_write_menus(&im->writer));
    return im->folder >= 0 ? wp_write_media(&im->writer, im->folder) : NULL;
}

error wordpress_import(struct db *db, struct arena *a, const str *paths, size_t count,
                       const struct wordpress_options *options, struct import_report *report)
{
    int64_t begun = instant_steady_us();
    struct import *im = arena_make(a, struct import);
    struct document *documents;
    import_report_init(report, a);
    *im = (struct import){.db = db, .arena = a, .options = options, .report = report, .folder = -1};
    try(document_list(a, paths, count, &documents, &im->document_count));
    im->documents = documents;
    try(wp_site_scan(a, documents, im->document_count, options->progress, options->progress_context,
                     &im->site));
    report->source = im->site.source;
    arena_scoped batch = arena_new();
    im->writer =
        (struct wp_writer){.site = &im->site, .options = options, .report = report, .batch = batch};
    try(db_connect(db, a, &im->writer.conn));
    error e = options->media.len ? wp_media_open(a, options->media, &im->folder) : NULL;
    if (!e)
        e = run(im);
    if (im->folder >= 0)
        close(im->folder);
    db_disconnect(im->writer.conn);
    for (unsigned i = 0; i < PIPELINE_THREADS_MOST; i++)
        if (im->lookups[i])
            db_disconnect(im->lookups[i]);
    report->microseconds = instant_steady_us() - begun;
    // It may stand in what ends here.
    return e ? failure(a, e->fault, str_copy(a, e->where), "%.*s", STR(e->message)) : NULL;
}
