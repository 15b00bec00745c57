// What the publication is: its name, language, time zone and address.
// SPDX-License-Identifier: Apache-2.0
#include "model/publication.h"

#include "model/check.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/zone.h"

FIELDS(publication_fields, struct publication, "publication", FIELD(struct publication, name),
       FIELD(struct publication, tagline), FIELD(struct publication, description),
       FIELD(struct publication, language), FIELD(struct publication, zone),
       FIELD(struct publication, base_url), FIELD(struct publication, created_at));

#define WHERE S("publication")

static error find(struct work *w, struct publication *out, bool *found)
{
    return db_one(w->conn, w->arena, SQL_PUBLICATION_READ, NO_ARGS, &publication_fields, out,
                  found);
}

error publication_read(struct work *w, struct publication *out)
{
    keyset_add(&w->reads, PUBLICATION_KEY);
    struct publication row = {0};
    bool found = false;
    try(find(w, &row, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE,
                       "the database holds no publication yet: make one with \"init\"");
    *out = row;
    return NULL;
}

// Whether `s` is not empty, at most `most` bytes, and of letters, digits and `others`.
static bool is_word(str s, size_t most, str others)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!plain && str_find_char(others, c) < 0)
            return false;
    }
    return s.len > 0 && s.len <= most;
}

static bool is_base_url(str url)
{
    str rest = str_starts(url, S("https://"))  ? str_from(url, 8)
               : str_starts(url, S("http://")) ? str_from(url, 7)
                                               : STR_NONE;
    return is_word(rest, 260, S(".-:[]"));
}

static error check(struct work *w, const struct publication *p)
{
    try(check_line(w, WHERE, "name", p->name, NAME_MOST));
    try(check_text(w, WHERE, "tagline", p->tagline, LINE_MOST));
    try(check_text(w, WHERE, "description", p->description, DESCRIPTION_MOST));
    if (!is_word(p->language, 35, S("-")))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the language \"%.*s\" is no tag like en or en-GB",
                       STR(str_sub(p->language, 0, 100)));
    if (!is_word(p->zone, 64, S("/_+-")))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the time zone \"%.*s\" is no name like Europe/London",
                       STR(str_sub(p->zone, 0, 100)));
    const struct zone *zone; // every page shows its clocks: without it none could be rendered
    try(zone_open(w->arena, p->zone, &zone));
    if (!is_base_url(p->base_url))
        return failure(
            w->arena, FAULT_INPUT, WHERE,
            "the base URL \"%.*s\" must be like https://example.com, with nothing behind",
            STR(str_sub(p->base_url, 0, 300)));
    return NULL;
}

error publication_create(struct work *w, const struct publication *p)
{
    try(check(w, p));
    struct publication has = {0};
    bool found = false;
    try(find(w, &has, &found));
    if (found)
        return failure(w->arena, FAULT_CONFLICT, WHERE,
                       "the database holds \"%.*s\" already: name another folder with --data",
                       STR(has.name));
    instant created_at = p->created_at.ms ? p->created_at : w->now;
    try(db_run(w->conn, w->arena, SQL_PUBLICATION_CREATE,
               ARGS(V(p->name), V(p->tagline), V(p->description), V(p->language), V(p->zone),
                    V(p->base_url), V(created_at)),
               NULL));
    keyset_add(&w->writes, PUBLICATION_KEY);
    return NULL;
}

static bool same(const struct publication *a, const struct publication *b)
{
    return str_eq(a->name, b->name) && str_eq(a->tagline, b->tagline) &&
           str_eq(a->description, b->description) && str_eq(a->language, b->language) &&
           str_eq(a->zone, b->zone) && str_eq(a->base_url, b->base_url);
}

error publication_update(struct work *w, const struct publication *p)
{
    try(check(w, p));
    struct publication has = {0};
    try(publication_read(w, &has));
    if (same(&has, p))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PUBLICATION_UPDATE,
               ARGS(V(p->name), V(p->tagline), V(p->description), V(p->language), V(p->zone),
                    V(p->base_url)),
               NULL));
    keyset_add(&w->writes, PUBLICATION_KEY);
    return NULL;
}
