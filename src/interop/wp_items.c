// Writes the stories, pages and comments of a WordPress publication.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/wp_write.h"
#include "model/comment.h"
#include "model/import_item.h"
#include "model/page.h"
#include "model/path.h"
#include "model/section.h"
#include "model/story.h"
#include "model/work.h"
#include "text/excerpt.h"

enum { PRINT_MOST = 4096, DESCRIPTION_LONGEST = 300 };

enum became { BECAME_NOTHING, BECAME_NEW, BECAME_OTHER, BECAME_SAME, BECAME_KEPT };

// What became of an item; only reported once its batch is committed.
struct outcome {
    enum became became;
    bool moved; // its address was taken
    str path;
    int64_t comments, comments_known;
    int64_t extra_sections, topics_dropped;
};

// ---- what a story is like, so that an edit made here shows

static void add_ids(struct buf *out, const int64_t *ids, size_t count)
{
    buf_add_char(out, '|');
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "%lld,", (long long)ids[i]);
}

// Headline, standfirst and body are in the version's number: it grows with each edit of them.
static str story_print(struct arena *a, const struct story_draft *d, int64_t version)
{
    struct buf out = buf_new(a, PRINT_MOST);
    buf_addf(&out, "%lld|%.*s|%.*s|%lld|%lld|%lld|%d", (long long)version, STR(d->kind),
             STR(d->status), (long long)d->section_id, (long long)d->picture_id,
             (long long)d->published_at.ms, d->comments_open);
    add_ids(&out, d->people, d->people_count);
    add_ids(&out, d->topics, d->topic_count);
    return str_sub(sha256_hex(a, buf_str(&out)), 0, 32);
}

static error print_of_story(struct work *w, int64_t id, struct story_draft *d, str *out)
{
    struct story_body body;
    bool found;
    try(story_draft_of(w, id, d));
    try(story_body_by_id(w, id, &body, &found));
    *out = story_print(w->arena, d, body.version);
    return NULL;
}

str wp_page_print(struct arena *a, const struct page *p)
{
    const str parts[] = {p->title, p->description, p->status, p->body.text};
    struct buf out = buf_new(a, (size_t)16 << 20);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_addf(&out, "%zu:", parts[i].len);
        buf_add(&out, parts[i]);
    }
    return str_sub(sha256_hex(a, buf_str(&out)), 0, 32);
}

// ---- resolving

static void add_id(int64_t *ids, size_t *count, size_t most, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if (ids[i] == id)
            return;
    if (id && *count < most)
        ids[(*count)++] = id;
}

static error set_people(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                        struct story_draft *d)
{
    for (size_t i = 0; i < r->people_count; i++) {
        int64_t id;
        try(wp_person_of(x, w, r->people[i], r->people_names[i], &id));
        add_id(d->people, &d->people_count, BYLINE_MOST, id);
    }
    return NULL;
}

// The category a plug-in calls the primary one, else the first.
static size_t primary_category(struct wp_writer *x, const struct wp_ready *r)
{
    for (size_t i = 0; r->primary_category.len && i < r->category_count; i++) {
        struct wp_term *term = map_get(&x->site->category_by_slug, r->categories[i]);
        if (term && str_eq(term->id, r->primary_category))
            return i;
    }
    return 0;
}

// A story stands in one section; its other categories are topics of it.
static error set_section(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                         struct story_draft *d, struct outcome *outcome)
{
    size_t primary = primary_category(x, r);
    if (!r->category_count)
        return wp_default_section(x, w, &d->section_id);
    try(wp_section_of(x, w, r->categories[primary], r->category_names[primary], &d->section_id));
    for (size_t i = 0; i < r->category_count; i++) {
        int64_t id;
        if (i == primary)
            continue;
        struct wp_term *term = map_get(&x->site->category_by_slug, r->categories[i]);
        str name = r->category_names[i].len ? r->category_names[i]
                   : term                   ? term->name
                                            : r->categories[i];
        try(wp_topic_of(x, w, r->categories[i], name, &id));
        add_id(d->topics, &d->topic_count, TOPICS_MOST, id);
        outcome->extra_sections++;
    }
    return NULL;
}

static error set_topics(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                        struct story_draft *d, struct outcome *outcome)
{
    for (size_t i = 0; i < r->topic_count; i++) {
        int64_t id;
        try(wp_topic_of(x, w, r->topics[i], r->topic_names[i], &id));
        outcome->topics_dropped += d->topic_count == TOPICS_MOST;
        add_id(d->topics, &d->topic_count, TOPICS_MOST, id);
    }
    return NULL;
}

static error resolve(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                     struct story_draft *d, struct outcome *outcome)
{
    const struct wp_upload *upload = r->picture ? wp_upload_by_id(x->site, r->picture) : NULL;
    *d = r->draft;
    d->picture_id = upload ? upload->local_id : 0;
    d->language = d->source_name = d->source_url = d->video_url = d->file = d->file_hash = S("");
    try(set_people(x, w, r, d));
    try(set_topics(x, w, r, d, outcome));
    return set_section(x, w, r, d, outcome);
}

// Whether nothing else stands at the path, nor ever will.
static error is_free(struct wp_writer *x, struct work *w, str path, bool *out)
{
    struct path_target target;
    bool found = false;
    *out = false;
    if (!path.len || path.len > PATH_MOST || (x->options->reserved && x->options->reserved(path)))
        return NULL;
    try(path_find(w, path, &target, &found));
    *out = !found;
    return NULL;
}

// ?p=123 and addresses it had before lead to what is published; of what is not, they must not tell
// the address.
static error add_old_addresses(struct work *w, const struct wp_ready *r, const char *kind,
                               int64_t id)
{
    if (!str_eq(r->draft.status, S("published")))
        return NULL;
    error e = path_alias(w, str_join(w->arena, S("/?p="), r->id), str_of(kind), id);
    for (size_t i = 0; i < r->old_path_count && (!e || wp_is_about_item(e)); i++)
        e = path_alias(w, r->old_paths[i], str_of(kind), id);
    return wp_is_about_item(e) ? NULL : e;
}

// ---- stories

static error save(struct wp_writer *x, struct work *w, const char *kind, const struct wp_ready *r,
                  int64_t id, str local_hash)
{
    struct import_item item = {id, r->hash, local_hash};
    return import_item_save(w, x->site->source, kind, r->id, &item);
}

static error create_story(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                          struct story_draft *d, struct outcome *outcome, int64_t *id)
{
    static const struct story_change first = {
        .kind = S("first"), .note = S(""), .approved_by = S("")};
    bool own;
    try(is_free(x, w, d->path, &own));
    outcome->moved = !own && d->path.len;
    if (!own)
        d->path = S("");
    try(story_create(w, d, &first, id));
    outcome->became = BECAME_NEW;
    return save(x, w, "story", r, *id, story_print(w->arena, d, 1));
}

static error update_story(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                          struct story_draft *d, const struct import_item *item,
                          struct outcome *outcome)
{
    static const struct story_change update = {
        .kind = S("update"), .note = S(""), .approved_by = S("")};
    struct story_draft has;
    str print;
    bool changed;
    try(print_of_story(w, item->local_id, &has, &print));
    if (!str_eq(print, item->local_hash)) {
        outcome->became = BECAME_KEPT;
        return NULL;
    }
    try(story_update(w, item->local_id, d, &update, &changed));
    try(print_of_story(w, item->local_id, &has, &print));
    outcome->became = changed ? BECAME_OTHER : BECAME_SAME;
    return save(x, w, "story", r, item->local_id, print);
}

// ---- comments

struct thread {
    struct wp_writer *x;
    struct work *w;
    const struct wp_ready *r;
    struct thread_of of;
    int64_t *local_ids; // 0: not yet written
    bool *begun;
    struct map by_id; // → index + 1
    struct outcome *outcome;
};

static error write_comment(struct thread *t, size_t i);

static error parent_of(struct thread *t, const struct wp_ready_comment *c, int64_t *out)
{
    size_t parent = (size_t)(uintptr_t)map_get(&t->by_id, c->parent);
    *out = 0;
    if (!parent)
        return NULL;
    try(write_comment(t, parent - 1));
    *out = t->local_ids[parent - 1];
    return NULL;
}

static error write_comment(struct thread *t, size_t i)
{
    const struct wp_ready_comment *c = &t->r->comments[i];
    struct import_item item;
    bool found;
    if (t->begun[i])
        return NULL;
    t->begun[i] = true;
    try(import_item_find(t->w, t->x->site->source, "comment", c->id, &item, &found));
    t->local_ids[i] = found ? item.local_id : 0;
    t->outcome->comments_known += found;
    if (found)
        return NULL;
    struct comment made = {
        .story_id = t->of.story_id,
        .page_id = t->of.page_id,
        .status = c->status,
        .author_name = c->name,
        .author_email = c->email,
        .author_url = c->url,
        .body = c->body,
        .created_at = c->created_at,
    };
    try(parent_of(t, c, &made.parent_id));
    try(comment_create(t->w, &made));
    t->local_ids[i] = made.id;
    t->outcome->comments++;
    item = (struct import_item){made.id, S(""), S("")};
    return import_item_save(t->w, t->x->site->source, "comment", c->id, &item);
}

static error write_comments(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                            struct thread_of of, struct outcome *outcome)
{
    struct thread t = {.x = x, .w = w, .r = r, .of = of, .outcome = outcome};
    t.local_ids = arena_array(w->arena, int64_t, r->comment_count + 1);
    t.begun = arena_array(w->arena, bool, r->comment_count + 1);
    t.by_id = map_new(w->arena);
    for (size_t i = 0; i < r->comment_count; i++)
        *map_at(&t.by_id, r->comments[i].id) = (void *)(uintptr_t)(i + 1);
    for (size_t i = 0; i < r->comment_count; i++)
        try(write_comment(&t, i));
    return NULL;
}

static error write_story(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                         struct outcome *outcome)
{
    struct import_item item;
    struct story_draft d;
    int64_t id;
    bool found;
    try(import_item_find(w, x->site->source, "story", r->id, &item, &found));
    if (found && str_eq(item.hash, r->hash)) {
        outcome->became = BECAME_SAME;
        return NULL;
    }
    try(resolve(x, w, r, &d, outcome));
    if (found)
        try(update_story(x, w, r, &d, &item, outcome));
    else
        try(create_story(x, w, r, &d, outcome, &id));
    if (found)
        id = item.local_id;
    try(add_old_addresses(w, r, "story", id));
    return write_comments(x, w, r, (struct thread_of){.story_id = id}, outcome);
}

// ---- pages

static error page_path(struct wp_writer *x, struct work *w, const struct wp_ready *r, str *out,
                       bool *moved)
{
    bool own;
    str path = r->draft.path;
    if (path.len && !str_ends(path, S("/")))
        path = str_join(w->arena, path, S("/"));
    try(is_free(x, w, path, &own));
    *moved = !own && path.len;
    *out = path;
    return own && path.len > 2 ? NULL : path_free(w, S("/"), r->draft.slug, out);
}

static error write_page(struct wp_writer *x, struct work *w, const struct wp_ready *r,
                        struct outcome *outcome)
{
    struct import_item item;
    struct page has,
        p = {
            .title = r->draft.headline,
            .description = excerpt_from(w->arena, r->draft.standfirst, DESCRIPTION_LONGEST),
            .status = r->draft.status,
            .body = r->draft.body,
            .updated_at = r->draft.updated_at,
        };
    bool found, there = false;
    try(import_item_find(w, x->site->source, "page", r->id, &item, &found));
    if (found)
        try(page_by_id(w, item.local_id, &has, &there));
    if (there && str_eq(item.hash, r->hash)) {
        outcome->became = BECAME_SAME;
        return NULL;
    }
    str print = there ? wp_page_print(w->arena, &has) : S("");
    if (there && !str_eq(print, item.local_hash)) {
        outcome->became = BECAME_KEPT;
        return write_comments(x, w, r, (struct thread_of){.page_id = has.id}, outcome);
    }
    if (there)
        p.path = has.path;
    else
        try(page_path(x, w, r, &p.path, &outcome->moved));
    try(page_save(w, &p));
    str saved = wp_page_print(w->arena, &p);
    outcome->became = !there ? BECAME_NEW : str_eq(saved, print) ? BECAME_SAME : BECAME_OTHER;
    try(add_old_addresses(w, r, "page", p.id));
    try(save(x, w, "page", r, p.id, saved));
    return write_comments(x, w, r, (struct thread_of){.page_id = p.id}, outcome);
}

// ---- a batch

static void merge(struct tally *into, const struct tally *from)
{
    for (size_t i = 0; i < from->names.cap; i++)
        if (from->names.slots[i].key.ptr)
            tally_add(into, from->names.slots[i].key, *(int64_t *)from->names.slots[i].value);
}

static void count(struct tally *t, str what, int64_t n)
{
    if (n)
        tally_add(t, what, n);
}

static void report_changes(struct import_report *report, const struct wp_ready *r)
{
    merge(&report->shortcodes, &r->changes.shortcodes);
    merge(&report->unknown_shortcodes, &r->changes.unknown_shortcodes);
    merge(&report->blocks_left_out, &r->changes.blocks_left_out);
    count(&report->changed, S("links to the old site made links within this one"),
          r->changes.links_rewritten);
    count(&report->changed, S("links to the old site that nothing here answers, kept as they were"),
          r->changes.links_left);
    count(&report->changed, S("reusable blocks put into the texts that name them"),
          r->changes.reused);
    if (r->format.len && r->kind == WP_ITEM_STORY && !str_eq(r->format, S("video")))
        tally_add(&report->changed,
                  str_format(report->arena, "stories of the format %.*s, shown as any other",
                             STR(str_sub(r->format, 0, 60))),
                  1);
    count(&report->changed, S("items without a title, called by their first words"), r->no_title);
    count(&report->changed, S("items without a date that could be read"), r->date_guessed);
    count(&report->changed, S("sticky stories, which now stand where their date puts them"),
          r->sticky);
    for (int i = 0; i < DROPS; i++)
        if (r->drops.count[i])
            tally_add(&report->changed,
                      str_format(report->arena, "cleaned from texts: %.*s", STR(drop_name(i))),
                      r->drops.count[i]);
    count(&report->left_out, S("pingbacks and trackbacks"), r->pingbacks);
    count(&report->left_out, S("comments without a text that can be shown"), r->comments_left_out);
}

static void report_outcome(struct import_report *report, const struct wp_ready *r,
                           const struct outcome *o)
{
    struct import_counts *c =
        &report->counts[r->kind == WP_ITEM_PAGE ? IMPORTED_PAGES : IMPORTED_STORIES];
    c->created += o->became == BECAME_NEW;
    c->updated += o->became == BECAME_OTHER;
    c->unchanged += o->became == BECAME_SAME;
    c->kept += o->became == BECAME_KEPT;
    report->counts[IMPORTED_COMMENTS].created += o->comments;
    report->counts[IMPORTED_COMMENTS].unchanged += o->comments_known;
    if (o->became == BECAME_KEPT)
        import_report_note(report,
                           "%.*s:%d: \"%.*s\" was changed over there, and edited here: kept "
                           "as it is here",
                           STR(r->document), r->line, STR(str_sub(r->draft.headline, 0, 100)));
    if (o->became == BECAME_SAME || o->became == BECAME_KEPT)
        return;
    report_changes(report, r);
    count(&report->changed, S("further categories of a story, made topics"), o->extra_sections);
    count(&report->left_out, S("tags beyond 40 of a story"), o->topics_dropped);
    if (!str_eq(r->draft.status, S("published")))
        tally_add(&report->closed, r->draft.status, 1);
    if (o->moved) {
        count(&report->changed, S("addresses that were taken: another was made"), 1);
        import_report_note(report, "%.*s:%d: the address %.*s is taken: the item stands at another",
                           STR(r->document), r->line, STR(r->draft.path));
    }
}

void wp_report_left_out(struct import_report *report, const struct wp_ready *r)
{
    tally_add(&report->left_out, r->left_out, 1);
    import_report_note(report, "%.*s:%d: left out: %.*s", STR(r->document), r->line,
                       STR(r->left_out));
}

void wp_report_dry(struct import_report *report, const struct wp_ready *r)
{
    struct outcome o = {.became = BECAME_NEW, .comments = (int64_t)r->comment_count};
    o.extra_sections = r->category_count ? (int64_t)r->category_count - 1 : 0;
    report_outcome(report, r, &o);
}

// One try at all of them; *bad is the one that failed by itself.
static error try_batch(struct wp_writer *x, struct wp_ready **items, size_t n,
                       struct outcome *outcomes, size_t *bad)
{
    struct work w;
    error e = NULL;
    *bad = SIZE_MAX;
    try(work_write(&w, x->conn, x->batch, x->options->now));
    w.zone = x->zone;
    for (size_t i = 0; !e && i < n; i++) {
        outcomes[i] = (struct outcome){0};
        e = items[i]->kind == WP_ITEM_PAGE ? write_page(x, &w, items[i], &outcomes[i])
                                           : write_story(x, &w, items[i], &outcomes[i]);
        if (wp_is_about_item(e))
            *bad = i;
    }
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    if (!e && wrote)
        x->report->commit = w.commit;
    work_end(&w);
    return e;
}

error wp_write_items(struct wp_writer *x, struct wp_ready **items, size_t n)
{
    struct outcome outcomes[WP_BATCH];
    size_t bad;
    while (n) {
        error e = try_batch(x, items, n, outcomes, &bad);
        if (!e)
            break;
        if (bad == SIZE_MAX)
            return failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message));
        items[bad]->left_out = str_format(x->batch, "items that cannot be stored: %.*s: %.*s",
                                          STR(e->where), STR(e->message));
        wp_report_left_out(x->report, items[bad]);
        for (size_t i = bad; i + 1 < n; i++)
            items[i] = items[i + 1];
        n--;
    }
    for (size_t i = 0; i < n; i++)
        report_outcome(x->report, items[i], &outcomes[i]);
    arena_reset(x->batch);
    return NULL;
}
