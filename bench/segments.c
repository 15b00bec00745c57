// Counts what edits make a cache forget: how many segments, and how many of them in vain. Renders a
// whole publication into a cache as the server does, edits it, and renders again what was
// forgotten. SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <stdlib.h>

#include "app/assets.h"
#include "app/jobs.h"
#include "app/kept_page.h"
#include "app/routes.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/heap.h"
#include "bench/edits.h"
#include "cache/cache.h"
#include "compress/compress.h"
#include "model/change.h"
#include "site/segments.h"
#include "site/theme.h"
#include "text/zone.h"

// An edit a minute, or two of one story in one second would write the same dates.
enum { EVERY_MS = 60000 };
enum { NAMES_MOST = 250000, CANDIDATES = 2000, COMPRESSED = 300 };
static const size_t CACHE_BYTES = (size_t)6000 << 20; // room for all: what is gone was forgotten

struct name {
    str path;
    site_handler *handler; // NULL: what the route says
    uint64_t hash;
};

struct count {
    size_t edits, forgotten, in_vain, most;
};

struct site {
    struct newsroom newsroom;
    struct editor editor;
    const struct theme *theme;
    const struct zone *zone;
    struct cache *cache;
    struct arena *a; // one page's
    struct name *names;
    size_t name_count;
    bool verbose;
};

static error handle(struct site *s, struct work *w, const struct name *name, struct rendered *out)
{
    struct visit v;
    str file;
    struct place place = {.path = S("/")};
    site_handler *handler = name->handler;
    if (!handler)
        handler = route_find(HTTP_GET, name->path, &place, &file, NULL)->page;
    try(visit_begin(&v, s->a, w, s->theme, s->zone));
    if (!s->zone)
        try(zone_open(s->newsroom.arena, zone_name(v.zone), &s->zone));
    v.path = name->path;
    v.place = place;
    return handler(&v, out);
}

// Renders and keeps a page or segment; true when its bytes are other than they were.
static bool render(struct site *s, struct name *name)
{
    struct work w;
    struct rendered page = {0};
    must(work_read(&w, s->newsroom.conn, s->a, instant_now()));
    w.kept = s->cache;
    must(handle(s, &w, name, &page));
    str bytes = kept_page_pack(s->a, &page);
    kept_release(cache_put(s->cache, name->path, &w.reads, w.commit, bytes, NULL));
    work_end(&w);
    uint64_t before = name->hash;
    name->hash = str_hash(bytes, 1);
    arena_reset(s->a);
    return name->hash != before;
}

static void add_name(struct site *s, str path, site_handler *handler)
{
    struct name *name = &s->names[s->name_count++];
    *name = (struct name){str_copy(s->newsroom.arena, path), handler, 0};
    render(s, name);
}

static void render_all(struct site *s, const char *file)
{
    str text;
    arena_scoped scratch = arena_new();
    int64_t begun = instant_steady_us();
    must(file_read(scratch, str_of(file), 64 << 20, &text));
    s->names = heap_alloc(NAMES_MOST * sizeof *s->names);
    add_name(s, S("segment/prefs/1s00"), segment_prefs);
    add_name(s, S("segment/head"), segment_head);
    add_name(s, S("segment/tail"), segment_tail);
    while (text.len && s->name_count < NAMES_MOST - CANDIDATES)
        add_name(s, str_cut(&text, '\n'), NULL);
    double took = (double)(instant_steady_us() - begun) / 1e6;
    struct cache_stats stats = cache_stats(s->cache);
    printf("{\"rendered\": %zu, \"seconds\": %.2f, \"kept\": %zu, \"bytes\": %zu}\n", s->name_count,
           took, stats.entries, stats.bytes);
    if (stats.evicted) {
        fprintf(stderr, "the cache of this measurement is too small: %zu bytes\n", CACHE_BYTES);
        exit(1);
    }
}

static void forget(void *cache, const struct keyset *writes, uint64_t commit)
{
    cache_forget(cache, writes, commit);
}

// Everything committed since the cache was last told: the edit, and the jobs that it led to.
static void follow(struct site *s)
{
    struct work w;
    bool gap;
    must(work_read(&w, s->newsroom.conn, s->a, instant_now()));
    must(change_replay(&w, cache_commit(s->cache), forget, s->cache, &gap));
    work_end(&w);
    arena_reset(s->a);
    if (gap) {
        fprintf(stderr, "changes were missed\n");
        exit(1);
    }
}

static void renew(struct site *s, enum edit kind, struct count *count)
{
    size_t forgotten = 0;
    for (size_t i = 0; i < s->name_count; i++) {
        struct kept *kept = cache_get(s->cache, s->names[i].path, instant_now());
        kept_release(kept);
        if (kept)
            continue;
        forgotten++;
        if (!render(s, &s->names[i])) {
            count->in_vain++;
            if (s->verbose)
                fprintf(stderr, "%s: in vain %.*s\n", edit_names[kind], STR(s->names[i].path));
        }
    }
    count->edits++;
    count->forgotten += forgotten;
    if (forgotten > count->most)
        count->most = forgotten;
}

static void edit_many(struct site *s, int64_t edits, struct count *counts)
{
    arena_scoped a = arena_new();
    for (int64_t i = 0; i < edits; i++) {
        struct edited edited;
        enum edit kind = edit_choose(&s->editor);
        must(edit_make(&s->editor, a, kind, CANDIDATES, &edited, NULL));
        must(jobs_run_due(a, s->newsroom.db, NULL));
        follow(s);
        renew(s, kind, &counts[kind]);
        if (kind == EDIT_PUBLISH)
            add_name(s, edited.path, NULL);
        arena_reset(a);
    }
}

static void print_counts(const struct count *counts)
{
    struct count all = {0};
    printf("{");
    for (int i = 0; i < EDIT_KINDS; i++) {
        const struct count *c = &counts[i];
        printf("\"%s\": {\"edits\": %zu, \"forgotten\": %zu, \"in_vain\": %zu, \"most\": %zu}, ",
               edit_names[i], c->edits, c->forgotten, c->in_vain, c->most);
        all.edits += c->edits;
        all.forgotten += c->forgotten;
        all.in_vain += c->in_vain;
        all.most = c->most > all.most ? c->most : all.most;
    }
    printf("\"all\": {\"edits\": %zu, \"forgotten\": %zu, \"in_vain\": %zu, \"most\": %zu}}\n",
           all.edits, all.forgotten, all.in_vain, all.most);
}

// What the packer's thread spends on a page, once for each time it is rendered.
static void compress_some(struct site *s)
{
    struct compressor *c = compressor_open();
    size_t done = 0;
    int64_t spent = 0;
    for (size_t i = s->name_count / 2; i < s->name_count && done < COMPRESSED; i++, done++) {
        struct kept *kept = cache_get(s->cache, s->names[i].path, instant_now());
        int64_t begun = instant_steady_us();
        if (kept)
            kept_page_compress(s->cache, c, s->a, kept);
        spent += instant_steady_us() - begun;
        kept_release(kept);
        arena_reset(s->a);
    }
    compressor_close(c);
    printf("{\"compressed\": %zu, \"us_each\": %.1f}\n", done, (double)spent / (double)done);
}

static void open_site(struct site *s, struct arena *a, const char *directory)
{
    struct assets *assets;
    struct theme *theme;
    s->a = arena_new();
    must(newsroom_open(a, str_of(directory), &s->newsroom));
    must(assets_open(a, S(""), &assets));
    must(theme_open(a, assets->templates, assets->template_count, assets->addresses,
                    assets->file_count, &theme));
    s->theme = theme;
    s->cache = cache_new(CACHE_BYTES);
    must(jobs_run_due(s->a, s->newsroom.db, NULL));
    arena_reset(s->a);
    must(editor_open(&s->newsroom, CANDIDATES, &s->editor));
    s->editor.every_ms = EVERY_MS;
    struct work w;
    must(work_read(&w, s->newsroom.conn, s->a, instant_now()));
    cache_forget_all(s->cache, w.commit);
    work_end(&w);
}

int main(int argc, char **argv)
{
    arena_scoped a = arena_new();
    struct site s = {.verbose = argc == 5};
    struct count counts[EDIT_KINDS] = {0};
    if (argc < 4) {
        fprintf(stderr, "usage: segments DIR PATHS EDITS [verbose]\n");
        return 2;
    }
    open_site(&s, a, argv[1]);
    render_all(&s, argv[2]);
    compress_some(&s);
    edit_many(&s, must_number(argv[3]), counts);
    print_counts(counts);
    newsroom_close(&s.newsroom);
    cache_free(s.cache);
    arena_free(s.a);
    heap_free(s.names);
    return 0;
}
