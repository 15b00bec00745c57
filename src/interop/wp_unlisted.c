// Pictures of the old site that texts show and the export does not list.
// SPDX-License-Identifier: Apache-2.0
#include <unistd.h>

#include "base/arena.h"
#include "interop/markup_scan.h"
#include "interop/wp_files.h"
#include "interop/wp_pictures.h"
#include "interop/wp_write.h"
#include "model/import_item.h"
#include "model/page.h"
#include "model/picture.h"
#include "model/story.h"
#include "model/work.h"
#include "text/entities.h"
#include "text/url.h"

#define KIND "picture-file"

static void remember(struct wp_site *s, str url, int64_t local_id)
{
    struct wp_upload *u = arena_make(s->arena, struct wp_upload);
    *u = (struct wp_upload){.url = str_copy(s->arena, url), .local_id = local_id};
    wp_pictures_add(s, u);
    wp_list_add(s, &s->unlisted, u);
}

error wp_unlisted_recall(struct wp_writer *x)
{
    struct list known = {0};
    struct work w;
    try(work_read(&w, x->conn, x->batch, x->options->now));
    error e = import_item_list(&w, x->site->source, KIND, &known);
    work_end(&w);
    for (size_t i = 0; !e && i < known.count; i++) {
        const struct import_text *item = list_at(&known, struct import_text, i);
        remember(x->site, item->external_id, item->local_id);
    }
    e = e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    arena_reset(x->batch);
    return e;
}

// ---- what texts show

struct search {
    struct wp_writer *x;
    int folder;
    struct map asked; // addresses that were looked for, found or not
};

// Of a copy that WordPress made smaller, the original where there is one.
static str address_with_file(struct search *s, struct arena *a, str url)
{
    const str names[] = {wp_name_of_original(a, url), url};
    for (size_t i = 0; i < 2; i++) {
        str name;
        int file = names[i].ptr ? wp_file_open(a, s->folder, names[i], &name) : -1;
        if (file < 0)
            continue;
        close(file);
        return names[i];
    }
    return STR_NONE;
}

static void look_at(struct search *s, struct arena *a, str url)
{
    struct wp_site *site = s->x->site;
    if (!wp_picture_type(url).len || !wp_is_on_site(site, a, url) || wp_upload_at(site, a, url) ||
        map_get(&s->asked, url) || s->asked.count >= SITE_UPLOADS_MOST)
        return;
    *map_at(&s->asked, str_copy(site->arena, url)) = s;
    str found = address_with_file(s, a, url);
    if (found.ptr) {
        remember(site, found, 0);
        return;
    }
    s->x->report->media.not_found++;
    import_report_note(s->x->report, "%.*s, which a text shows: there is no such file in %.*s",
                       STR(str_sub(url, 0, 300)), STR(s->x->options->media));
}

// Links that stand for pictures, as the cleaner writes them.
static void look_through(struct search *s, struct arena *a, str body)
{
    struct markup_token t;
    while (markup_next(&body, &t))
        if (t.kind == MARKUP_TAG && str_eq(t.name, S("a")) &&
            str_ends(t.whole, S(" class=\"picture-link\">")))
            look_at(s, a, entities_decode(a, markup_attribute(t.whole, S("href"))));
}

static error look_through_text(struct search *s, struct work *w, bool page, int64_t id)
{
    struct story_body story = {0};
    struct page static_page = {0};
    bool found;
    try(page ? page_by_id(w, id, &static_page, &found) : story_body_by_id(w, id, &story, &found));
    if (found)
        look_through(s, w->arena, page ? static_page.body.text : story.body.text);
    return NULL;
}

static error look_through_some(struct search *s, const struct list *texts, bool pages, size_t from)
{
    struct wp_writer *x = s->x;
    struct work w;
    error e = NULL;
    try(work_read(&w, x->conn, x->batch, x->options->now));
    for (size_t i = from; !e && i < texts->count && i < from + WP_BATCH; i++)
        e = look_through_text(s, &w, pages, list_at(texts, struct import_text, i)->local_id);
    work_end(&w);
    e = e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
    arena_reset(x->batch);
    return e;
}

static error look_through_all(struct search *s, const char *kind)
{
    struct wp_writer *x = s->x;
    arena_scoped own = arena_new();
    struct list texts;
    struct work w;
    try(work_read(&w, x->conn, own, x->options->now));
    error e = import_item_pictured(&w, x->site->source, kind, &texts);
    work_end(&w);
    if (e)
        return failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message));
    for (size_t from = 0; from < texts.count; from += WP_BATCH)
        try(look_through_some(s, &texts, str_eq(str_of(kind), S("page")), from));
    return NULL;
}

// ---- their records

static error write_one(struct wp_writer *x, struct work *w, size_t i)
{
    struct wp_upload *u = x->site->unlisted.all[i];
    struct picture p = {.media_type = wp_picture_type(u->url)};
    if (u->local_id || url_clean(w->arena, u->url, &p.address) != URL_HTTP)
        return NULL;
    try(picture_ensure(w, &p, &u->local_id));
    struct import_item item = {u->local_id, S(""), S("")};
    x->report->counts[IMPORTED_PICTURES].created++;
    return import_item_save(w, x->site->source, KIND, u->url, &item);
}

error wp_unlisted_find(struct wp_writer *x, int folder)
{
    struct search s = {.x = x, .folder = folder, .asked = map_new(x->site->arena)};
    try(look_through_all(&s, "story"));
    try(look_through_all(&s, "page"));
    return wp_write_in_batches(x, x->site->unlisted.count, write_one);
}
