// Topics: what stories are about, across sections.
// SPDX-License-Identifier: Apache-2.0
#include "model/topic.h"

#include "base/arena.h"
#include "model/check.h"
#include "model/path.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"

FIELDS(topic_fields, struct topic, "topic", FIELD(struct topic, id), FIELD(struct topic, slug),
       FIELD(struct topic, name), FIELD(struct topic, description), FIELD(struct topic, path));

FIELDS(topic_card_fields, struct topic_card, "topic", FIELD(struct topic_card, id),
       FIELD(struct topic_card, slug), FIELD(struct topic_card, name),
       FIELD(struct topic_card, path));

#define WHERE S("topic")
#define LIST S("topics")

// The list is by id: whoever read only a part of it depends on no other.
static void key_listed(struct work *w, int64_t id)
{
    keyset_add_range(&w->writes, LIST, (rank){id, 0}, (rank){id, 0});
}

static error find(struct work *w, int statement, value key, struct topic *out, bool *found)
{
    struct topic row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &topic_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

static void depend(struct work *w, int64_t id)
{
    key_facet(&w->reads, "topic", id, "card");
    key_facet(&w->reads, "topic", id, "page");
}

static void key_slug(struct keyset *set, str slug)
{
    keyset_addf(set, "topic-slug:%.*s", STR(slug));
}

error topic_by_id(struct work *w, int64_t id, struct topic *out, bool *found)
{
    depend(w, id);
    return find(w, SQL_TOPIC_BY_ID, V(id), out, found);
}

error topic_by_slug(struct work *w, str slug, struct topic *out, bool *found)
{
    struct topic row = {0};
    try(find(w, SQL_TOPIC_BY_SLUG, V(slug), &row, found));
    if (!*found) {
        key_slug(&w->reads, slug);
        return NULL;
    }
    depend(w, row.id);
    *out = row;
    return NULL;
}

error topic_list(struct work *w, int64_t after, int64_t most, struct list *cards)
{
    try(db_list(w->conn, w->arena, SQL_TOPIC_LIST, ARGS(V(after), V(most)), &topic_card_fields,
                cards));
    bool full = most > 0 && (int64_t)cards->count == most;
    rank high = RANK_HIGHEST;
    if (full)
        high = (rank){list_at(cards, struct topic_card, cards->count - 1)->id, 0};
    keyset_add_range(&w->reads, LIST, (rank){after + 1, 0}, high);
    return NULL;
}

static error check(struct work *w, const struct topic *t)
{
    try(check_line(w, WHERE, "name", t->name, NAME_MOST));
    return check_text(w, WHERE, "description", t->description, DESCRIPTION_MOST);
}

error topic_create(struct work *w, struct topic *t)
{
    struct topic made = *t, row = {0};
    bool found = false;
    try(check(w, &made));
    if (!made.slug.len)
        made.slug = slug_from(w->arena, made.name, SLUG_MAX);
    if (!slug_valid(made.slug))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "\"%.*s\" is no slug: write small letters, digits and single dashes",
                       STR(str_sub(made.slug, 0, 200)));
    try(find(w, SQL_TOPIC_BY_SLUG, V(made.slug), &row, &found));
    if (found)
        return failure(w->arena, FAULT_CONFLICT, WHERE,
                       "\"%.*s\" has the slug %.*s already: choose another", STR(row.name),
                       STR(made.slug));
    try(path_free(w, S("/topic/"), made.slug, &made.path));
    try(db_one(w->conn, w->arena, SQL_TOPIC_CREATE,
               ARGS(V(made.slug), V(made.name), V(made.description), V(made.path)), &topic_fields,
               &row, &found));
    made.id = row.id;
    try(path_claim(w, made.path, S("topic"), made.id));
    key_slug(&w->writes, made.slug);
    key_facet(&w->writes, "topic", made.id, "card");
    key_listed(w, made.id);
    *t = made;
    return NULL;
}

// "human-centered-design" → "Human centered design"
static str name_from(struct arena *a, str slug)
{
    char *name = arena_text(a, slug.len);
    for (size_t i = 0; i < slug.len; i++) {
        char c = slug.ptr[i];
        name[i] = c == '-' ? ' ' : i == 0 && c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return (str){name, slug.len};
}

error topic_ensure(struct work *w, str slug_or_name, struct topic *out)
{
    str given = str_trim(slug_or_name);
    bool is_slug = slug_valid(given);
    try(check_line(w, WHERE, "name", given, NAME_MOST));
    struct topic t = {.slug = is_slug ? given : slug_from(w->arena, given, SLUG_MAX)};
    bool found = false;
    try(find(w, SQL_TOPIC_BY_SLUG, V(t.slug), &t, &found));
    if (!found) {
        t.name = is_slug ? name_from(w->arena, given) : given;
        try(topic_create(w, &t));
    }
    *out = t;
    return NULL;
}

error topic_update(struct work *w, const struct topic *t)
{
    try(check(w, t));
    struct topic has = {0};
    bool found = false;
    try(find(w, SQL_TOPIC_BY_ID, V(t->id), &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no topic %lld",
                       (long long)t->id);
    bool renamed = !str_eq(t->name, has.name);
    bool described = !str_eq(t->description, has.description);
    if (!renamed && !described)
        return NULL;
    try(db_run(w->conn, w->arena, SQL_TOPIC_UPDATE, ARGS(V(t->id), V(t->name), V(t->description)),
               NULL));
    if (renamed) {
        key_facet(&w->writes, "topic", t->id, "card");
        key_listed(w, t->id);
    }
    if (described)
        key_facet(&w->writes, "topic", t->id, "page");
    return NULL;
}
