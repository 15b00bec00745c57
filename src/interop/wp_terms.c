// Writes the authors, sections, topics and pictures of a WordPress publication.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "interop/wp_write.h"
#include "model/check.h"
#include "model/import_item.h"
#include "model/path.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/section.h"
#include "model/topic.h"
#include "model/work.h"
#include "text/clean.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/utf8.h"

enum { SLUG_TRIES = 50, ALT_LONGEST = 2000 };

bool wp_is_about_item(error e)
{
    return e && (e->fault == FAULT_INPUT || e->fault == FAULT_LIMIT || e->fault == FAULT_CONFLICT ||
                 e->fault == FAULT_NOT_FOUND);
}

static error one_batch(struct wp_writer *x, size_t from, size_t to, wp_write_one *one)
{
    struct work w;
    error e = NULL;
    try(work_write(&w, x->conn, x->batch, x->options->now));
    for (size_t i = from; !e && i < to; i++)
        e = one(x, &w, i);
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    if (!e && wrote)
        x->report->commit = w.commit;
    work_end(&w);
    return e ? failure(x->site->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
}

error wp_write_in_batches(struct wp_writer *x, size_t count, wp_write_one *one)
{
    for (size_t from = 0; from < count; from += WP_BATCH) {
        try(one_batch(x, from, from + WP_BATCH < count ? from + WP_BATCH : count, one));
        arena_reset(x->batch);
    }
    return NULL;
}

// Notes what became of a thing, and counts it.
static error done(struct wp_writer *x, struct work *w, enum imported_kind counted, const char *kind,
                  str external_id, int64_t local_id, bool created)
{
    struct import_item item = {.local_id = local_id, .hash = S(""), .local_hash = S("")};
    if (created)
        x->report->counts[counted].created++;
    else
        x->report->counts[counted].unchanged++;
    return import_item_save(w, x->site->source, kind, external_id, &item);
}

static error known(struct wp_writer *x, struct work *w, enum imported_kind counted,
                   const char *kind, str external_id, int64_t *local_id, bool *found)
{
    struct import_item item;
    try(import_item_find(w, x->site->source, kind, external_id, &item, found));
    if (*found) {
        *local_id = item.local_id;
        x->report->counts[counted].unchanged++;
    }
    return NULL;
}

// An old address leads on where it can: one that no path can be is let go. `early`: no item is
// being prepared yet, which looks at the paths.
static error alias(struct wp_writer *x, struct work *w, str path, const char *kind, int64_t id,
                   bool early)
{
    error e = path_alias(w, path, str_of(kind), id);
    if (wp_is_about_item(e))
        return NULL;
    if (!e && early)
        wp_paths_add(x->site, path);
    return e;
}

// ---- people

static bool has_letter(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'))
            return true;
    }
    return false;
}

static html clean_biography(struct arena *a, str text)
{
    struct cleaned cleaned;
    if (!text.len ||
        clean_html(a, text, &(struct clean_options){.links = LINKS_EDITORIAL}, &cleaned) ||
        cleaned.body.text.len > BIOGRAPHY_MOST)
        return (html){S("")};
    return cleaned.body;
}

static error make_person(struct wp_writer *x, struct work *w, str login, str name, str biography,
                         int64_t *id, bool *created)
{
    struct person p = {.slug = wp_slug(w->arena, login, name)};
    bool found;
    try(person_by_slug(w, p.slug, &p, &found));
    *created = !found;
    if (!found) {
        p.name = wp_line(w->arena, name, NAME_MOST);
        p.role = S("");
        p.biography = clean_biography(w->arena, biography);
        try(person_create(w, &p));
    }
    *id = p.id;
    return NULL;
}

static error write_person(struct wp_writer *x, struct work *w, str external_id, str login, str name,
                          str biography, int64_t *id, bool early)
{
    bool found, created;
    try(known(x, w, IMPORTED_PEOPLE, "person", external_id, id, &found));
    if (!found) {
        try(make_person(x, w, login, name, biography, id, &created));
        try(done(x, w, IMPORTED_PEOPLE, "person", external_id, *id, created));
    }
    str old = str_format(w->arena, "%.*s/author/%.*s/", STR(x->site->base_path), STR(login));
    return alias(x, w, old, "person", *id, early);
}

error wp_write_author(struct wp_writer *x, struct work *w, size_t i)
{
    struct wp_author *author = x->site->authors.all[i];
    if (!has_letter(author->name)) {
        tally_add(&x->report->left_out, S("authors without a name"), 1);
        return NULL;
    }
    return write_person(x, w, author->login, author->login, author->name, author->biography,
                        &author->local_id, /* early= */ true);
}

// Guest authors of Co-Authors Plus have slugs that begin with "cap-".
static error guest_of(struct wp_writer *x, struct work *w, str slug, str name, int64_t *id)
{
    str login = str_starts(slug, S("cap-")) ? str_from(slug, 4) : slug;
    struct wp_author *author = map_get(&x->site->author_by_login, login);
    struct wp_term *term = map_get(&x->site->guest_by_slug, slug);
    if (author && author->local_id) {
        *id = author->local_id;
        return NULL;
    }
    if (term && term->local_id) {
        *id = term->local_id;
        return NULL;
    }
    str called = name.len && !str_eq(name, slug) ? name
                 : term && term->name.len        ? term->name
                                                 : login;
    if (!has_letter(called))
        return NULL;
    try(write_person(x, w, str_join(w->arena, S("guest:"), slug), login, called,
                     term ? term->description : S(""), id, /* early= */ false));
    if (!term) {
        term = arena_make(x->site->arena, struct wp_term);
        term->slug = str_copy(x->site->arena, slug);
        *map_at(&x->site->guest_by_slug, term->slug) = term;
    }
    term->local_id = *id;
    return NULL;
}

error wp_person_of(struct wp_writer *x, struct work *w, str login, str name, int64_t *id)
{
    *id = 0;
    if (str_starts(login, S("guest:")))
        return guest_of(x, w, str_from(login, 6), name, id);
    struct wp_author *author = map_get(&x->site->author_by_login, login);
    if (author) {
        *id = author->local_id;
        return NULL;
    }
    if (!has_letter(login))
        return NULL;
    author = arena_make(x->site->arena, struct wp_author);
    author->login = str_copy(x->site->arena, login);
    try(write_person(x, w, login, login, name.len ? name : login, S(""), &author->local_id,
                     /* early= */ false));
    *map_at(&x->site->author_by_login, author->login) = author;
    *id = author->local_id;
    return NULL;
}

// ---- sections

static str section_path(struct work *w, const struct wp_term *above, str slug)
{
    return above && above->path.len ? str_format(w->arena, "%.*s%.*s/", STR(above->path), STR(slug))
                                    : str_format(w->arena, "/%.*s/", STR(slug));
}

static error is_taken(struct wp_writer *x, struct work *w, str path, bool *taken)
{
    struct path_target target;
    *taken = wp_paths_has(x->site, path) || (x->options->reserved && x->options->reserved(path));
    return *taken ? NULL : path_find(w, path, &target, taken);
}

// A free slug near the one it had over there, where its stories' addresses may stand.
static error free_slug(struct wp_writer *x, struct work *w, const struct wp_term *above, str *slug)
{
    str first = *slug;
    bool taken = true;
    for (int n = 2; n < SLUG_TRIES; n++) {
        try(is_taken(x, w, section_path(w, above, *slug), &taken));
        if (!taken)
            return NULL;
        *slug = slug_numbered(w->arena, first, n);
    }
    return NULL;
}

static error make_section(struct wp_writer *x, struct work *w, struct wp_term *term, bool *created)
{
    struct section s = {.slug = wp_slug(w->arena, term->slug, term->name)};
    int64_t digits;
    bool found;
    const struct wp_term *above = term->above && term->above->local_id ? term->above : NULL;
    if (str_int(s.slug, &digits))
        s.slug = str_join(w->arena, S("section-"), s.slug);
    try(section_by_path(w, section_path(w, above, s.slug), &s, &found));
    *created = !found;
    if (!found) {
        try(free_slug(x, w, above, &s.slug));
        s.parent_id = above ? above->local_id : 0;
        s.name = wp_line(w->arena, term->name.len ? term->name : term->slug, NAME_MOST);
        s.description =
            utf8_cut(wp_line(w->arena, term->description, DESCRIPTION_MOST), DESCRIPTION_MOST);
        error e = section_create(w, &s);
        if (e && e->fault == FAULT_LIMIT) {
            // Too many, or too deep: its stories stand in the one above.
            *created = false;
            tally_add(&x->report->changed,
                      S("categories beyond the limit of sections, joined to "
                        "the one above"),
                      1);
            if (!above) {
                try(wp_default_section(x, w, &term->local_id));
                return NULL;
            }
            term->local_id = above->local_id;
            term->path = above->path;
            return NULL;
        }
        if (e)
            return e;
    }
    term->local_id = s.id;
    term->path = str_copy(x->site->arena, s.path);
    return NULL;
}

static str old_category_path(struct wp_writer *x, struct work *w, const struct wp_term *term)
{
    str path = S("");
    for (int level = 0; term && level < 20; level++, term = term->above)
        path = str_format(w->arena, "%.*s/%.*s", STR(url_decode(w->arena, term->slug)), STR(path));
    return str_format(w->arena, "%.*s/category/%.*s", STR(x->site->base_path), STR(path));
}

static error write_category(struct wp_writer *x, struct work *w, struct wp_term *term, bool early)
{
    bool found, created = false;
    if (term->walked)
        return NULL;
    term->walked = true;
    if (term->above)
        try(write_category(x, w, term->above, early));
    try(known(x, w, IMPORTED_SECTIONS, "section", term->slug, &term->local_id, &found));
    if (found) {
        struct section s;
        try(section_by_id(w, term->local_id, &s, &found));
        if (found)
            term->path = str_copy(x->site->arena, s.path);
    } else {
        try(make_section(x, w, term, &created));
        try(done(x, w, IMPORTED_SECTIONS, "section", term->slug, term->local_id, created));
    }
    return alias(x, w, old_category_path(x, w, term), "section", term->local_id, early);
}

error wp_write_category(struct wp_writer *x, struct work *w, size_t i)
{
    return write_category(x, w, x->site->categories.all[i], /* early= */ true);
}

error wp_section_of(struct wp_writer *x, struct work *w, str slug, str name, int64_t *id)
{
    struct wp_term *term = map_get(&x->site->category_by_slug, slug);
    if (!term) {
        term = arena_make(x->site->arena, struct wp_term);
        *term = (struct wp_term){.slug = str_copy(x->site->arena, slug),
                                 .name = str_copy(x->site->arena, name)};
        *map_at(&x->site->category_by_slug, term->slug) = term;
    }
    try(write_category(x, w, term, /* early= */ false));
    *id = term->local_id;
    return NULL;
}

error wp_default_section(struct wp_writer *x, struct work *w, int64_t *id)
{
    struct section s = {.slug = S("news"), .name = S("News"), .description = S("")};
    bool found = x->default_section != 0;
    if (!found) {
        try(section_by_path(w, S("news"), &s, &found));
        if (!found) {
            try(free_slug(x, w, NULL, &s.slug));
            try(section_create(w, &s));
        }
        x->default_section = s.id;
    }
    *id = x->default_section;
    return NULL;
}

// ---- topics

static error make_topic(struct work *w, str slug, str name, str description, struct topic *t,
                        bool *created)
{
    bool found;
    str called = wp_line(w->arena, name.len ? name : slug, NAME_MOST);
    str own = wp_slug(w->arena, slug, called);
    try(topic_by_slug(w, own, t, &found));
    *created = !found;
    if (found)
        return NULL;
    *t = (struct topic){.slug = own,
                        .name = called,
                        .description = wp_line(w->arena, description, DESCRIPTION_MOST)};
    return topic_create(w, t);
}

static error write_topic(struct wp_writer *x, struct work *w, str slug, str name, str description,
                         int64_t *id, bool early)
{
    bool found, created;
    struct topic t;
    try(known(x, w, IMPORTED_TOPICS, "topic", slug, id, &found));
    if (found)
        return NULL;
    try(make_topic(w, slug, name, description, &t, &created));
    *id = t.id;
    str old = str_format(w->arena, "%.*s/tag/%.*s/", STR(x->site->base_path),
                         STR(url_decode(w->arena, slug)));
    try(alias(x, w, old, "topic", t.id, early));
    return done(x, w, IMPORTED_TOPICS, "topic", slug, t.id, created);
}

error wp_write_tag(struct wp_writer *x, struct work *w, size_t i)
{
    struct wp_term *term = x->site->tags.all[i];
    if (!has_letter(term->name) && !has_letter(term->slug))
        return NULL;
    return write_topic(x, w, term->slug, term->name, term->description, &term->local_id,
                       /* early= */ true);
}

error wp_topic_of(struct wp_writer *x, struct work *w, str slug, str name, int64_t *id)
{
    *id = 0;
    struct wp_term *term = map_get(&x->site->tag_by_slug, slug);
    if (!term && !has_letter(name))
        return NULL;
    if (!term) {
        term = arena_make(x->site->arena, struct wp_term);
        *term = (struct wp_term){.slug = str_copy(x->site->arena, slug)};
        *map_at(&x->site->tag_by_slug, term->slug) = term;
    }
    if (!term->local_id)
        try(write_topic(x, w, slug, name, S(""), &term->local_id, /* early= */ false));
    *id = term->local_id;
    return NULL;
}

// ---- pictures

static error make_picture(struct wp_writer *x, struct work *w, const struct wp_upload *u,
                          int64_t *id)
{
    struct picture p = {
        .alt = wp_line(w->arena, u->alt, ALT_LONGEST),
        .caption = wp_line(w->arena, u->caption, ALT_LONGEST),
        .credit = wp_line(w->arena, u->credit, LINE_MOST),
        .media_type = wp_picture_type(u->url),
        .width = u->width,
        .height = u->height,
    };
    if (url_clean(w->arena, u->url, &p.address) != URL_HTTP)
        return failure(w->arena, FAULT_INPUT, S("upload"), "its address is none");
    return picture_ensure(w, &p, id);
}

error wp_write_upload(struct wp_writer *x, struct work *w, size_t i)
{
    struct wp_upload *u = &x->site->uploads[i];
    str external_id = str_format(w->arena, "%lld", (long long)u->id);
    bool found;
    if (!wp_picture_type(u->url).len) {
        tally_add(&x->report->left_out,
                  S("uploads that are no pictures: links to them keep their addresses"), 1);
        return NULL;
    }
    try(known(x, w, IMPORTED_PICTURES, "picture", external_id, &u->local_id, &found));
    if (found)
        return NULL;
    error e = make_picture(x, w, u, &u->local_id);
    if (wp_is_about_item(e)) {
        tally_add(&x->report->left_out, S("uploads whose address is none"), 1);
        return NULL;
    }
    if (e)
        return e;
    return done(x, w, IMPORTED_PICTURES, "picture", external_id, u->local_id, /* created= */ true);
}
