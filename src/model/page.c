// Static pages: about, terms, contact.
// SPDX-License-Identifier: Apache-2.0
#include "model/page.h"

#include "model/check.h"
#include "model/path.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(page_fields, struct page, "page", FIELD(struct page, id), FIELD(struct page, path),
       FIELD(struct page, title), FIELD(struct page, description), FIELD(struct page, status),
       FIELD(struct page, body), FIELD(struct page, updated_at));

FIELDS(page_card_fields, struct page_card, "page", FIELD(struct page_card, id),
       FIELD(struct page_card, path), FIELD(struct page_card, title),
       FIELD(struct page_card, updated_at));

#define WHERE S("page")
#define LIST S("pages")

static error find(struct work *w, int statement, value key, struct page *out, bool *found)
{
    struct page row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &page_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

error page_by_id(struct work *w, int64_t id, struct page *out, bool *found)
{
    key_facet(&w->reads, "page", id, "body");
    return find(w, SQL_PAGE_BY_ID, V(id), out, found);
}

error page_by_path(struct work *w, str path, struct page *out, bool *found)
{
    struct page row = {0};
    try(find(w, SQL_PAGE_BY_PATH, V(path), &row, found));
    if (!*found) {
        key_path(&w->reads, path);
        return NULL;
    }
    key_facet(&w->reads, "page", row.id, "body");
    *out = row;
    return NULL;
}

error page_list(struct work *w, struct list *cards)
{
    keyset_add(&w->reads, LIST);
    return db_list(w->conn, w->arena, SQL_PAGE_LIST, NO_ARGS, &page_card_fields, cards);
}

static error check(struct work *w, const struct page *p)
{
    if (!str_starts(p->path, S("/")) || !str_ends(p->path, S("/")) || p->path.len < 3)
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the path \"%.*s\" must be a word or more between slashes, like /about/",
                       STR(str_sub(p->path, 0, 200)));
    try(check_line(w, WHERE, "title", p->title, LINE_MOST));
    try(check_text(w, WHERE, "description", p->description, DESCRIPTION_MOST));
    return check_text(w, WHERE, "body", p->body.text, PAGE_BODY_MOST);
}

static error create(struct work *w, struct page *p)
{
    struct page row = {0};
    bool found = false;
    try(db_one(w->conn, w->arena, SQL_PAGE_CREATE,
               ARGS(V(p->path), V(p->title), V(p->description), V(p->body), V(p->updated_at),
                    V(p->status)),
               &page_fields, &row, &found));
    p->id = row.id;
    return path_claim(w, p->path, S("page"), p->id);
}

static bool same(const struct page *a, const struct page *b)
{
    return str_eq(a->title, b->title) && str_eq(a->description, b->description) &&
           str_eq(a->status, b->status) && str_eq(a->body.text, b->body.text);
}

error page_save(struct work *w, struct page *p)
{
    try(check(w, p));
    struct page has = {0}, saved = *p;
    bool found = false;
    if (!saved.status.len)
        saved.status = S("published");
    try(find(w, SQL_PAGE_BY_PATH, V(p->path), &has, &found));
    if (found && same(&has, &saved)) {
        p->id = has.id;
        p->updated_at = has.updated_at;
        return NULL;
    }
    if (!saved.updated_at.ms)
        saved.updated_at = w->now;
    saved.id = has.id;
    if (!found)
        try(create(w, &saved));
    else
        try(db_run(w->conn, w->arena, SQL_PAGE_UPDATE,
                   ARGS(V(saved.id), V(saved.title), V(saved.description), V(saved.body),
                        V(saved.updated_at), V(saved.status)),
                   NULL));
    key_facet(&w->writes, "page", saved.id, "body");
    // Lists show when each page was changed last.
    keyset_add_range(&w->writes, LIST, (rank){saved.id, 0}, (rank){saved.id, 0});
    *p = saved;
    return NULL;
}
