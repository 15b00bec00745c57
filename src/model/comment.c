// Comments: what readers say to a story or a page and to each other, shown once approved.
// SPDX-License-Identifier: Apache-2.0
#include "model/comment.h"

#include "model/check.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(comment_fields, struct comment, "comment", FIELD(struct comment, id),
       FIELD(struct comment, story_id), FIELD(struct comment, page_id),
       FIELD(struct comment, parent_id), FIELD(struct comment, status),
       FIELD(struct comment, author_name), FIELD(struct comment, author_email),
       FIELD(struct comment, author_url), FIELD(struct comment, body),
       FIELD(struct comment, created_at));

struct number_row {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number_row, "comment", FIELD(struct number_row, number));

#define WHERE S("comment")
#define SHOWN S("approved")

static struct thread_of thread_of(const struct comment *c)
{
    return (struct thread_of){.story_id = c->story_id, .page_id = c->page_id};
}

void key_thread(struct keyset *set, struct thread_of of)
{
    if (of.page_id)
        key_facet(set, "page", of.page_id, "thread");
    else
        key_facet(set, "story", of.story_id, "thread");
}

error comment_count(struct work *w, struct thread_of of, int64_t *out)
{
    key_thread(&w->reads, of);
    struct number_row row = {0};
    bool found = false;
    try(db_one(w->conn, w->arena, SQL_COMMENT_COUNT, ARGS(V(of.story_id), V(of.page_id)),
               &number_fields, &row, &found));
    *out = row.number;
    return NULL;
}

error comment_list_by_status(struct work *w, str status, int64_t most, struct list *comments)
{
    return db_list(w->conn, w->arena, SQL_COMMENT_LIST_BY_STATUS, ARGS(V(status), V(most)),
                   &comment_fields, comments);
}

error comment_by_id(struct work *w, int64_t id, struct comment *out, bool *found)
{
    struct comment row = {0};
    try(db_one(w->conn, w->arena, SQL_COMMENT_BY_ID, ARGS(V(id)), &comment_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

static error check_status(struct work *w, str status)
{
    if (str_eq(status, SHOWN) || str_eq(status, S("held")) || str_eq(status, S("spam")) ||
        str_eq(status, S("removed")))
        return NULL;
    return failure(w->arena, FAULT_INPUT, WHERE,
                   "\"%.*s\" is no status: say held, approved, spam or removed",
                   STR(str_sub(status, 0, 100)));
}

static error check(struct work *w, const struct comment *c)
{
    if (!c->story_id == !c->page_id)
        return failure(w->arena, FAULT_INPUT, WHERE, "a comment is on a story or on a page");
    try(check_status(w, c->status));
    try(check_line(w, WHERE, "name", c->author_name, NAME_MOST));
    try(check_text(w, WHERE, "e-mail address", c->author_email, EMAIL_MOST));
    try(check_address(w, WHERE, "web address", c->author_url));
    if (str_starts(c->author_url, S("/")))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the web address must start with https:// or http://");
    if (!str_trim(c->body.text).len)
        return failure(w->arena, FAULT_INPUT, WHERE, "the comment is empty");
    return check_text(w, WHERE, "comment", c->body.text, COMMENT_BODY_MOST);
}

static error check_parent(struct work *w, const struct comment *c)
{
    struct comment parent = {0};
    bool found = false;
    if (!c->parent_id)
        return NULL;
    try(comment_by_id(w, c->parent_id, &parent, &found));
    if (!found || parent.story_id != c->story_id || parent.page_id != c->page_id)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "%s %lld has no comment %lld to answer",
                       c->page_id ? "page" : "story",
                       (long long)(c->page_id ? c->page_id : c->story_id), (long long)c->parent_id);
    return NULL;
}

static value id_or_none(int64_t id)
{
    return id ? V(id) : VALUE_NONE;
}

error comment_create(struct work *w, struct comment *c)
{
    struct comment made = *c, row = {0};
    bool found = false;
    if (!made.status.len)
        made.status = S("held");
    if (!made.created_at.ms)
        made.created_at = w->now;
    try(check(w, &made));
    try(check_parent(w, &made));
    try(db_one(w->conn, w->arena, SQL_COMMENT_CREATE,
               ARGS(id_or_none(made.story_id), id_or_none(made.page_id), V(made.parent_id),
                    V(made.status), V(made.author_name), V(made.author_email), V(made.author_url),
                    V(made.body), V(made.created_at)),
               &comment_fields, &row, &found));
    made.id = row.id;
    if (str_eq(made.status, SHOWN))
        key_thread(&w->writes, thread_of(&made));
    *c = made;
    return NULL;
}

error comment_set_status(struct work *w, int64_t id, str status)
{
    try(check_status(w, status));
    struct comment has = {0};
    bool found = false;
    try(comment_by_id(w, id, &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no comment %lld", (long long)id);
    if (str_eq(has.status, status))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_COMMENT_SET_STATUS, ARGS(V(id), V(status)), NULL));
    if (str_eq(has.status, SHOWN) || str_eq(status, SHOWN))
        key_thread(&w->writes, thread_of(&has));
    return NULL;
}
