// Threads: the approved comments on a story or a page, each below what it answers.
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/arena.h"
#include "model/comment.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(comment_shown_fields, struct comment_shown, "comment", FIELD(struct comment_shown, id),
       FIELD(struct comment_shown, author_name), FIELD(struct comment_shown, author_url),
       FIELD(struct comment_shown, body), FIELD(struct comment_shown, created_at),
       FIELD(struct comment_shown, reply_to),
       FIELD_LIST_OF(struct comment_shown, replies, &comment_shown_fields));

struct row {
    int64_t id, parent_id;
    str author_name, author_url;
    html body;
    instant created_at;
    str answers;
};
FIELDS_LOCAL(row_fields, struct row, "comment", FIELD(struct row, id), FIELD(struct row, parent_id),
             FIELD(struct row, author_name), FIELD(struct row, author_url), FIELD(struct row, body),
             FIELD(struct row, created_at), FIELD(struct row, answers));

// Hidden comments climbed over in search of one that is shown; beyond that an answer stands at the
// top, so that a long quarrel that was removed costs nothing.
enum { CLIMB_MOST = 32, HIDDEN_MOST = 2000 };

// A comment in the tree. Ids grow and an answer comes after what it answers, so `by_id` order puts
// parents first and no chain can be a circle.
struct node {
    int64_t id, parent_id;
    const struct row *row; // NULL when it is not shown
    struct node *below;    // where it stands; NULL at the top
    int level;
    size_t replies;               // shown just below it
    struct comment_shown *stands; // its place in the result
};

struct thread {
    struct node *nodes; // by id
    size_t count;
    struct node **shown; // in the order of time
    size_t shown_count;
};

static int by_id(const void *a, const void *b)
{
    int64_t one = ((const struct node *)a)->id, other = ((const struct node *)b)->id;
    return (one > other) - (one < other);
}

static struct node *node_by_id(const struct thread *t, int64_t id)
{
    struct node key = {.id = id};
    return id ? bsearch(&key, t->nodes, t->count, sizeof *t->nodes, by_id) : NULL;
}

static struct thread gather(struct arena *a, const struct list *shown, const struct list *hidden)
{
    struct thread t = {.count = shown->count + hidden->count, .shown_count = shown->count};
    t.nodes = arena_array(a, struct node, t.count + 1);
    t.shown = arena_array(a, struct node *, t.shown_count + 1);
    for (size_t i = 0; i < t.count; i++) {
        bool is_shown = i < shown->count;
        const struct row *row = is_shown ? list_at(shown, struct row, i)
                                         : list_at(hidden, struct row, i - shown->count);
        t.nodes[i] =
            (struct node){.id = row->id, .parent_id = row->parent_id, .row = is_shown ? row : NULL};
    }
    qsort(t.nodes, t.count, sizeof *t.nodes, by_id);
    for (size_t i = 0; i < shown->count; i++)
        t.shown[i] = node_by_id(&t, list_at(shown, struct row, i)->id);
    return t;
}

// The nearest comment above that is shown, or NULL.
static struct node *answered(const struct thread *t, const struct node *n)
{
    const struct node *at = n;
    for (int i = 0; i <= CLIMB_MOST; i++) {
        struct node *above = node_by_id(t, at->parent_id);
        if (!above || above->id >= at->id)
            return NULL;
        if (above->row)
            return above;
        at = above;
    }
    return NULL;
}

// Hangs every comment where it is shown, parents first; returns how many stand at the top.
static size_t hang(struct thread *t, struct node **answers)
{
    size_t top = 0;
    for (size_t i = 0; i < t->count; i++) {
        struct node *n = &t->nodes[i];
        if (!n->row)
            continue;
        answers[i] = answered(t, n);
        n->below =
            answers[i] && answers[i]->level == COMMENT_LEVELS ? answers[i]->below : answers[i];
        n->level = n->below ? n->below->level + 1 : 1;
        *(n->below ? &n->below->replies : &top) += 1;
    }
    return top;
}

// Gives each its place: those that stand below the same one are a stretch, in the order of time.
static struct list lay_out(struct arena *a, struct thread *t, size_t top)
{
    struct comment_shown *all = arena_array(a, struct comment_shown, t->shown_count + 1);
    struct list *below = arena_array(a, struct list, t->count + 1);
    struct list first = {all, 0};
    size_t next = top;
    for (size_t i = 0; i < t->count; i++) {
        below[i].rows = all + next;
        next += t->nodes[i].replies;
    }
    for (size_t i = 0; i < t->shown_count; i++) {
        struct node *n = t->shown[i];
        struct list *in = n->below ? &below[n->below - t->nodes] : &first;
        n->stands = list_at(in, struct comment_shown, in->count++);
    }
    for (size_t i = 0; i < t->count; i++)
        if (t->nodes[i].row)
            t->nodes[i].stands->replies = below[i];
    return first;
}

static void fill(const struct thread *t, struct node *const *answers)
{
    for (size_t i = 0; i < t->count; i++) {
        const struct node *n = &t->nodes[i];
        if (!n->row)
            continue;
        n->stands->id = n->id;
        n->stands->author_name = n->row->author_name;
        n->stands->author_url = n->row->author_url;
        n->stands->body = n->row->body;
        n->stands->created_at = n->row->created_at;
        if (!answers[i]) // what it answers may stand on an earlier page
            n->stands->reply_to = n->row->answers;
        else if (answers[i] != n->below)
            n->stands->reply_to = answers[i]->row->author_name;
    }
}

static bool any_answer(const struct list *shown)
{
    for (size_t i = 0; i < shown->count; i++)
        if (list_at(shown, struct row, i)->parent_id)
            return true;
    return false;
}

error comment_thread(struct work *w, struct thread_of of, int64_t page, struct list *threads,
                     int64_t *count)
{
    key_thread(&w->reads, of);
    struct list shown = {0}, hidden = {0};
    int64_t before = (page - 1) * COMMENTS_A_PAGE;
    try(db_list(w->conn, w->arena, SQL_COMMENT_LIST_APPROVED,
                ARGS(V(of.story_id), V(of.page_id), V((int64_t)COMMENTS_A_PAGE), V(before)),
                &row_fields, &shown));
    if (any_answer(&shown))
        try(db_list(w->conn, w->arena, SQL_COMMENT_LIST_HIDDEN_PARENTS,
                    ARGS(V(of.story_id), V(of.page_id), V((int64_t)HIDDEN_MOST)), &row_fields,
                    &hidden));
    int64_t approved = (int64_t)shown.count;
    if (page > 1 || approved == COMMENTS_A_PAGE)
        try(comment_count(w, of, &approved));
    struct thread t = gather(w->arena, &shown, &hidden);
    struct node **answers = arena_array(w->arena, struct node *, t.count + 1);
    size_t top = hang(&t, answers);
    *threads = lay_out(w->arena, &t, top);
    fill(&t, answers);
    *count = approved;
    return NULL;
}
