// People: who writes the stories.
// SPDX-License-Identifier: Apache-2.0
#include "model/person.h"

#include "base/arena.h"
#include "model/check.h"
#include "model/path.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"

FIELDS(person_fields, struct person, "person", FIELD(struct person, id), FIELD(struct person, slug),
       FIELD(struct person, name), FIELD(struct person, role), FIELD(struct person, biography),
       FIELD(struct person, picture_id), FIELD(struct person, path));

FIELDS(person_card_fields, struct person_card, "person", FIELD(struct person_card, id),
       FIELD(struct person_card, slug), FIELD(struct person_card, name),
       FIELD(struct person_card, path));

#define WHERE S("person")
#define LIST S("people")

// The list is by id: whoever read only a part of it depends on no other.
static void key_listed(struct work *w, int64_t id)
{
    keyset_add_range(&w->writes, LIST, (rank){id, 0}, (rank){id, 0});
}

static error find(struct work *w, int statement, value key, struct person *out, bool *found)
{
    struct person row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &person_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

static void depend(struct work *w, int64_t id)
{
    key_facet(&w->reads, "person", id, "card");
    key_facet(&w->reads, "person", id, "page");
}

static void key_slug(struct keyset *set, str slug)
{
    keyset_addf(set, "person-slug:%.*s", STR(slug));
}

error person_by_id(struct work *w, int64_t id, struct person *out, bool *found)
{
    depend(w, id);
    return find(w, SQL_PERSON_BY_ID, V(id), out, found);
}

error person_by_slug(struct work *w, str slug, struct person *out, bool *found)
{
    struct person row = {0};
    try(find(w, SQL_PERSON_BY_SLUG, V(slug), &row, found));
    if (!*found) {
        key_slug(&w->reads, slug);
        return NULL;
    }
    depend(w, row.id);
    *out = row;
    return NULL;
}

error person_list(struct work *w, int64_t after, int64_t most, struct list *cards)
{
    try(db_list(w->conn, w->arena, SQL_PERSON_LIST, ARGS(V(after), V(most)), &person_card_fields,
                cards));
    bool full = most > 0 && (int64_t)cards->count == most;
    rank high = RANK_HIGHEST;
    if (full)
        high = (rank){list_at(cards, struct person_card, cards->count - 1)->id, 0};
    keyset_add_range(&w->reads, LIST, (rank){after + 1, 0}, high);
    return NULL;
}

static error check(struct work *w, const struct person *p)
{
    try(check_line(w, WHERE, "name", p->name, NAME_MOST));
    try(check_text(w, WHERE, "role", p->role, LINE_MOST));
    return check_text(w, WHERE, "biography", p->biography.text, BIOGRAPHY_MOST);
}

static value picture(const struct person *p)
{
    return p->picture_id ? V(p->picture_id) : VALUE_NONE;
}

error person_create(struct work *w, struct person *p)
{
    struct person made = *p, row = {0};
    bool found = false;
    try(check(w, &made));
    if (!made.slug.len)
        made.slug = slug_from(w->arena, made.name, SLUG_MAX);
    if (!slug_valid(made.slug))
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "\"%.*s\" is no slug: write small letters, digits and single dashes",
                       STR(str_sub(made.slug, 0, 200)));
    try(find(w, SQL_PERSON_BY_SLUG, V(made.slug), &row, &found));
    if (found)
        return failure(w->arena, FAULT_CONFLICT, WHERE,
                       "%.*s is called \"%.*s\" already: choose another slug", STR(row.name),
                       STR(made.slug));
    try(path_free(w, S("/author/"), made.slug, &made.path));
    try(db_one(w->conn, w->arena, SQL_PERSON_CREATE,
               ARGS(V(made.slug), V(made.name), V(made.role), V(made.biography), picture(&made),
                    V(made.path)),
               &person_fields, &row, &found));
    made.id = row.id;
    try(path_claim(w, made.path, S("person"), made.id));
    key_slug(&w->writes, made.slug);
    key_facet(&w->writes, "person", made.id, "card");
    key_listed(w, made.id);
    *p = made;
    return NULL;
}

// "stacey-thalken" → "Stacey Thalken"
static str name_from(struct arena *a, str slug)
{
    char *name = arena_text(a, slug.len);
    for (size_t i = 0; i < slug.len; i++) {
        bool first = i == 0 || slug.ptr[i - 1] == '-';
        char c = slug.ptr[i];
        name[i] = c == '-' ? ' ' : first && c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
    }
    return (str){name, slug.len};
}

error person_ensure(struct work *w, str slug_or_name, struct person *out)
{
    str given = str_trim(slug_or_name);
    bool is_slug = slug_valid(given);
    try(check_line(w, WHERE, "name", given, NAME_MOST));
    struct person p = {.slug = is_slug ? given : slug_from(w->arena, given, SLUG_MAX)};
    bool found = false;
    try(find(w, SQL_PERSON_BY_SLUG, V(p.slug), &p, &found));
    if (!found) {
        p.name = is_slug ? name_from(w->arena, given) : given;
        try(person_create(w, &p));
    }
    *out = p;
    return NULL;
}

error person_update(struct work *w, const struct person *p)
{
    try(check(w, p));
    struct person has = {0};
    bool found = false;
    try(find(w, SQL_PERSON_BY_ID, V(p->id), &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no person %lld",
                       (long long)p->id);
    bool renamed = !str_eq(p->name, has.name);
    bool card = renamed || p->picture_id != has.picture_id;
    bool page = !str_eq(p->role, has.role) || !str_eq(p->biography.text, has.biography.text);
    if (!card && !page)
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PERSON_UPDATE,
               ARGS(V(p->id), V(p->name), V(p->role), V(p->biography), picture(p)), NULL));
    if (card)
        key_facet(&w->writes, "person", p->id, "card");
    if (page)
        key_facet(&w->writes, "person", p->id, "page");
    if (renamed)
        key_listed(w, p->id);
    return NULL;
}
