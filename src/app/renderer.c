// Makes pages on a worker thread: reads in one snapshot, renders, keeps, answers.
// SPDX-License-Identifier: Apache-2.0
#include "app/renderer.h"

#include "app/assets.h"
#include "app/kept_page.h"
#include "app/operator.h"
#include "app/packer.h"
#include "app/pictures.h"
#include "app/routes.h"
#include "app/server.h"
#include "base/arena.h"
#include "base/heap.h"
#include "base/log.h"
#include "cache/cache.h"
#include "db/db.h"
#include "site/pages.h"
#include "site/prefs.h"
#include "site/segments.h"
#include "text/zone.h"

struct renderer {
    struct server *server;
    struct arena *arena;   // one answer's
    struct arena *lasting; // the zone's
    struct db_conn *conn;
    const struct zone *zone; // the publication's, as long as its name stays
    // One answer's parts are read in one snapshot, begun with the first that is not kept. While it
    // lasts the theme's lock is held: who waits for it knows that nothing older is on its way into
    // the cache. Readers pass by those who wait to write (the lock's default), so that a renderer
    // may wait for another one meanwhile.
    bool reading;
    struct work work;
    struct visit visit;
    uint64_t heard; // the newest commit that the cache had heard of when the work began
};

// Names no path can have: they do not start with a slash.
#define SEGMENT_PREFS S("segment/prefs/")
#define SEGMENT_HEAD S("segment/head")
#define SEGMENT_TAIL S("segment/tail")

// One for each combination of a reader's settings.
static str prefs_name(const struct http_request *r)
{
    struct prefs p = prefs_read(http_cookie(r, PREFS_COOKIE));
    return str_join(r->arena, SEGMENT_PREFS, prefs_value(r->arena, p));
}

// ---- on a loop thread

static bool kept_frame(struct cache *c, const struct http_request *r, instant now, struct frame *f)
{
    f->prefs = cache_get(c, prefs_name(r), now);
    f->head = cache_get(c, SEGMENT_HEAD, now);
    f->tail = cache_get(c, SEGMENT_TAIL, now);
    return f->prefs && f->head && f->tail;
}

static void release_frame(struct frame *f)
{
    kept_release(f->prefs);
    kept_release(f->head);
    kept_release(f->tail);
}

// The page and its frame, or NULL.
static struct kept *kept_page(struct cache *c, const struct http_request *r, str name,
                              struct frame *f)
{
    instant now = instant_now();
    struct kept *page = cache_get(c, name, now);
    if (!page || !kept_page_framed(page) || kept_frame(c, r, now, f))
        return page;
    release_frame(f);
    kept_release(page);
    return NULL;
}

static void pack_later(struct server *s, struct kept *page, const struct frame *f)
{
    packer_add(s->packer, page);
    struct kept *segments[] = {f->prefs, f->head, f->tail};
    for (size_t i = 0; i < 3; i++)
        if (segments[i] && !kept_form(segments[i], 0).ptr)
            packer_add(s->packer, segments[i]);
}

// What the page is kept under: its path. WordPress numbers its pages "/?p=123" or "/?page_id=123";
// all other queries are no part of an address.
static str page_name(const struct http_request *r)
{
    str query = str_eq(r->path, S("/")) ? r->query : STR_NONE;
    while (query.len) {
        int64_t number;
        str number_text = str_cut(&query, '&');
        str key = str_cut(&number_text, '=');
        bool numbers =
            str_eq(key, S("p")) || str_eq(key, S("page_id")) || str_eq(key, S("attachment_id"));
        if (numbers && number_text.len && number_text.ptr[0] >= '0' && number_text.ptr[0] <= '9' &&
            str_int(number_text, &number))
            return str_format(r->arena, "/?p=%lld", (long long)number);
    }
    return r->path;
}

// The theme's style sheet is a file; one that a publication's settings add to is kept like a page.
static bool is_publication_style(struct server *s, str path)
{
    return str_starts(path, S("/static/style.")) &&
           !assets_file(__atomic_load_n(&s->assets, __ATOMIC_ACQUIRE), path);
}

// What is not kept is made anew, unless the program itself says it.
static bool is_made(const struct http_request *r, str name)
{
    struct place place;
    str file;
    const struct route *route = route_find(r->method, name, &place, &file, NULL);
    return route && !route->fresh && !route->waits;
}

bool renderer_kept(void *ctx, const struct http_request *r, struct http_answer *answer,
                   struct http_need *need)
{
    struct server *s = ctx;
    if (r->method != HTTP_POST && str_starts(r->path, S("/static/")) &&
        !is_publication_style(s, r->path)) {
        operator_asset(s, r, answer);
        return true;
    }
    // Pictures are kept by the system, and by whoever has once seen them.
    if (r->method == HTTP_POST || pictures_names(r->path))
        return false;
    str name = page_name(r);
    struct kept *page = NULL;
    struct frame f = {0};
    if (server_keeps(s)) {
        need->name = name;
        page = kept_page(s->cache, r, name, &f);
    }
    if (!page) {
        need->making = is_made(r, name);
        return false;
    }
    bool lacking;
    kept_page_answer(r, answer, page, &f, &lacking);
    if (lacking)
        pack_later(s, page, &f);
    return true;
}

// ---- on a worker thread

void *renderer_open(void *server)
{
    struct renderer *me = heap_new(struct renderer);
    *me = (struct renderer){.server = server, .arena = arena_new(), .lasting = arena_new()};
    error e = db_connect(me->server->db, me->arena, &me->conn);
    if (e)
        log_failure("database-unreachable", e); // each page tries again
    arena_reset(me->arena);
    return me;
}

void renderer_close(void *renderer)
{
    struct renderer *me = renderer;
    if (me->conn)
        db_disconnect(me->conn);
    arena_free(me->arena);
    arena_free(me->lasting);
    heap_free(me);
}

static error keep_zone(struct renderer *me, const struct visit *v)
{
    if (me->zone && str_eq(zone_name(me->zone), zone_name(v->zone)))
        return NULL;
    return zone_open(me->lasting, zone_name(v->zone), &me->zone);
}

static error begin_visit(struct renderer *me)
{
    me->heard = cache_commit(me->server->cache);
    try(work_read(&me->work, me->conn, me->arena, instant_now()));
    me->work.kept = server_keeps(me->server) ? me->server->cache : NULL;
    error e = visit_begin(&me->visit, me->arena, &me->work, me->server->theme, me->zone);
    me->visit.data_dir = me->server->data_dir;
    if (!e)
        e = keep_zone(me, &me->visit);
    if (e)
        work_end(&me->work);
    return e;
}

static error begin_reading(struct renderer *me)
{
    if (me->reading) {
        visit_renew(&me->visit);
        return NULL;
    }
    if (!me->conn)
        try(db_connect(me->server->db, me->arena, &me->conn));
    pthread_rwlock_rdlock(&me->server->theme_lock);
    error e = begin_visit(me);
    me->reading = !e;
    if (e)
        pthread_rwlock_unlock(&me->server->theme_lock);
    return e;
}

static void end_reading(struct renderer *me)
{
    if (!me->reading)
        return;
    work_end(&me->work);
    pthread_rwlock_unlock(&me->server->theme_lock);
    me->reading = false;
}

// Renders and keeps; the page is handed back even where it was not kept.
static error render(struct renderer *me, site_handler *handler, str name, const struct place *place,
                    struct kept **out)
{
    struct rendered page = {0};
    try(begin_reading(me));
    me->visit.path = name;
    me->visit.place = *place;
    try(handler(&me->visit, &page));
    uint64_t commit = me->heard < me->work.commit ? me->heard : me->work.commit; // see work.h
    *out = cache_put(me->server->cache, name, &me->work.reads, commit,
                     kept_page_pack(me->arena, &page), NULL);
    return NULL;
}

// A shared segment: kept, or made once for all who miss it together.
static error segment(struct renderer *me, str name, site_handler *handler, struct kept **out)
{
    struct cache *c = me->server->cache;
    const struct place nowhere = {.path = S("/")};
    while (server_keeps(me->server)) {
        *out = cache_get(c, name, instant_now());
        if (*out)
            return NULL;
        if (!cache_claim(c, name))
            continue;
        error e = render(me, handler, name, &nowhere, out);
        cache_done(c, name);
        return e;
    }
    return render(me, handler, name, &nowhere, out);
}

static error frame_for(struct renderer *me, const struct http_request *r, struct frame *f)
{
    try(segment(me, prefs_name(r), segment_prefs, &f->prefs));
    try(segment(me, SEGMENT_HEAD, segment_head, &f->head));
    return segment(me, SEGMENT_TAIL, segment_tail, &f->tail);
}

static error answer_page(struct renderer *me, const struct http_request *r, site_handler *handler,
                         const struct place *place, struct http_answer *answer)
{
    struct kept *page = NULL;
    struct frame f = {0};
    bool lacking;
    str name = page_name(r);
    // Another request may have kept the page since this one was queued.
    if (server_keeps(me->server))
        page = cache_get(me->server->cache, name, instant_now());
    if (!page)
        try(render(me, handler, name, place, &page));
    error e = kept_page_framed(page) ? frame_for(me, r, &f) : NULL;
    if (e) {
        release_frame(&f);
        kept_release(page);
        return e;
    }
    kept_page_answer(r, answer, page, &f, &lacking);
    if (lacking && me->server->keeps)
        pack_later(me->server, page, &f);
    return NULL;
}

static void answer_plain(struct http_answer *answer, int status, str headers, str text)
{
    answer->status = status;
    answer->headers = headers;
    answer->parts[0] = text;
    answer->part_count = 1;
}

static void answer_failure(const struct http_request *r, error e, struct http_answer *answer)
{
    log_error("page-failed", LOG_TEXT("path", r->path), LOG_TEXT("fault", fault_name(e->fault)),
              LOG_TEXT("where", str_copy(r->arena, e->where)), LOG_TEXT("message", e->message));
    str headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                    "Retry-After: 5\r\n");
    // A database that is away, a disk that is full: it passes.
    if (e->fault == FAULT_BUSY || e->fault == FAULT_IO)
        answer_plain(answer, 503, headers,
                     S("The site is busy. Please try again in a few seconds.\n"));
    else
        answer_plain(answer, 500, headers,
                     S("Something went wrong here. It has been written to the log.\n"));
}

static void answer_no_route(const struct http_request *r, bool other_method,
                            struct http_answer *answer)
{
    if (other_method)
        answer_plain(answer, 405,
                     r->method == HTTP_POST
                         ? S("Allow: GET, HEAD\r\nContent-Type: text/plain; charset=utf-8\r\n")
                         : S("Allow: POST\r\nContent-Type: text/plain; charset=utf-8\r\n"),
                     S("This address does not take that method.\n"));
    else
        answer_plain(answer, 404, S("Content-Type: text/plain; charset=utf-8\r\n"),
                     S("There is nothing here.\n"));
}

// From this machine itself: what a proxy on it sent on, even one that nobody named, is not.
static bool from_here(const struct http_request *r)
{
    static const char *const forwarding[] = {"x-forwarded-for", "forwarded", "via"};
    for (size_t i = 0; i < sizeof forwarding / sizeof *forwarding; i++)
        if (http_header(r, str_of(forwarding[i])).ptr)
            return false;
    return str_starts(r->client, S("127.")) || str_eq(r->client, S("::1"));
}

static bool allowed(const struct route *route, const struct http_request *r)
{
    return route->who == ANYONE || from_here(r);
}

void renderer_handle(void *renderer, const struct http_request *r, struct http_answer *answer)
{
    struct renderer *me = renderer;
    struct place place;
    str file;
    bool other_method;
    const struct route *route = route_find(r->method, page_name(r), &place, &file, &other_method);
    if (!route || !allowed(route, r)) {
        answer_no_route(r, route == NULL && other_method, answer);
        return;
    }
    place.file = file;
    if (route->fresh) {
        route->fresh(me->server, r, answer);
        return;
    }
    error e = answer_page(me, r, route->page, &place, answer);
    end_reading(me);
    if (e)
        answer_failure(r, e, answer);
    arena_reset(me->arena);
}
