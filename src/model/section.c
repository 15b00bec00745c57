// Sections: the tree that stories are filed in.
// SPDX-License-Identifier: Apache-2.0
#include "model/section.h"

#include "base/arena.h"
#include "model/check.h"
#include "model/path.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"

FIELDS(section_fields, struct section, "section", FIELD(struct section, id),
       FIELD(struct section, parent_id), FIELD(struct section, slug), FIELD(struct section, name),
       FIELD(struct section, description), FIELD(struct section, position),
       FIELD(struct section, path));

FIELDS(section_card_fields, struct section_card, "section", FIELD(struct section_card, id),
       FIELD(struct section_card, parent_id), FIELD(struct section_card, slug),
       FIELD(struct section_card, name), FIELD(struct section_card, path),
       FIELD(struct section_card, level));

struct number_row {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number_row, "section", FIELD(struct number_row, number));

#define WHERE S("section")
#define TREE S("sections")

// ---- reading

struct tree {
    const struct list *from; // by parent, then in their order
    struct list *to;
};

static void add_below(struct tree *t, int64_t parent_id, int64_t level)
{
    for (size_t i = 0; i < t->from->count && level <= SECTION_LEVELS; i++) {
        const struct section_card *card = list_at(t->from, struct section_card, i);
        if (card->parent_id != parent_id)
            continue;
        struct section_card *added = list_at(t->to, struct section_card, t->to->count++);
        *added = *card;
        added->level = level;
        add_below(t, card->id, level + 1);
    }
}

error section_list(struct work *w, struct list *cards)
{
    keyset_add(&w->reads, TREE);
    struct list rows = {0};
    try(db_list(w->conn, w->arena, SQL_SECTION_LIST, NO_ARGS, &section_card_fields, &rows));
    *cards = (struct list){arena_array(w->arena, struct section_card, rows.count), 0};
    add_below(&(struct tree){&rows, cards}, 0, 1);
    return NULL;
}

static error find(struct work *w, int statement, value key, struct section *out, bool *found)
{
    struct section row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &section_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

error section_by_id(struct work *w, int64_t id, struct section *out, bool *found)
{
    key_facet(&w->reads, "section", id, "card");
    key_facet(&w->reads, "section", id, "page");
    return find(w, SQL_SECTION_BY_ID, V(id), out, found);
}

static str without_slashes(str path)
{
    while (path.len && path.ptr[0] == '/')
        path = str_from(path, 1);
    while (path.len && path.ptr[path.len - 1] == '/')
        path = str_sub(path, 0, path.len - 1);
    return path;
}

error section_by_path(struct work *w, str slug_path, struct section *out, bool *found)
{
    str path = str_format(w->arena, "/%.*s/", STR(without_slashes(slug_path)));
    struct section row = {0};
    try(find(w, SQL_SECTION_BY_PATH, V(path), &row, found));
    if (!*found) {
        key_path(&w->reads, path);
        return NULL;
    }
    key_facet(&w->reads, "section", row.id, "card");
    key_facet(&w->reads, "section", row.id, "page");
    *out = row;
    return NULL;
}

error section_ancestors(struct work *w, int64_t id, struct list *cards)
{
    // One look-up a level: cheaper on every page than a recursive query, which makes tables of its
    // own to walk two rows.
    struct section_card way[SECTION_LEVELS];
    size_t count = 0;
    bool found;
    key_facet(&w->reads, "section", id, "card");
    while (id && count < SECTION_LEVELS) {
        key_facet(&w->reads, "section", id, "card");
        try(db_one(w->conn, w->arena, SQL_SECTION_CARD_BY_ID, ARGS(V(id)), &section_card_fields,
                   &way[count], &found));
        if (!found)
            break;
        id = way[count++].parent_id;
    }
    struct section_card *all = arena_array(w->arena, struct section_card, count);
    for (size_t i = 0; i < count; i++)
        all[i] = way[count - 1 - i];
    *cards = (struct list){all, count};
    return NULL;
}

error section_children(struct work *w, int64_t id, struct list *cards)
{
    key_facet(&w->reads, "section", id, "children");
    return db_list(w->conn, w->arena, SQL_SECTION_CHILDREN, ARGS(V(id)), &section_card_fields,
                   cards);
}

// ---- writing

static error check(struct work *w, const struct section *s)
{
    try(check_line(w, WHERE, "name", s->name, NAME_MOST));
    try(check_text(w, WHERE, "description", s->description, DESCRIPTION_MOST));
    if (s->position < 0)
        return failure(w->arena, FAULT_INPUT, WHERE, "the position %lld is below 1: count from 1",
                       (long long)s->position);
    return NULL;
}

static error check_slug(struct work *w, str slug)
{
    int64_t year;
    if (slug_valid(slug) && !str_int(slug, &year))
        return NULL;
    return failure(w->arena, FAULT_INPUT, WHERE,
                   "\"%.*s\" is no slug for a section: write small letters, digits and single "
                   "dashes, not digits alone",
                   STR(str_sub(slug, 0, 200)));
}

static error number(struct work *w, int statement, struct args args, int64_t *out)
{
    struct number_row row = {0};
    bool found = false;
    try(db_one(w->conn, w->arena, statement, args, &number_fields, &row, &found));
    *out = row.number;
    return NULL;
}

// The path for a section with this slug below this parent.
static error path_below(struct work *w, int64_t parent_id, str slug, str *path)
{
    if (!parent_id) {
        *path = str_format(w->arena, "/%.*s/", STR(slug));
        return NULL;
    }
    struct section parent = {0};
    bool found = false;
    try(find(w, SQL_SECTION_BY_ID, V(parent_id), &parent, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no section %lld to stand below",
                       (long long)parent_id);
    struct list above = {0};
    try(section_ancestors(w, parent_id, &above));
    if (above.count >= SECTION_LEVELS)
        return failure(w->arena, FAULT_LIMIT, WHERE, "sections stand at most %d deep: %.*s is full",
                       SECTION_LEVELS, STR(parent.path));
    *path = str_format(w->arena, "%.*s%.*s/", STR(parent.path), STR(slug));
    return NULL;
}

static error check_room(struct work *w, str path)
{
    int64_t count = 0;
    try(number(w, SQL_SECTION_COUNT, NO_ARGS, &count));
    if (count >= SECTION_MOST)
        return failure(w->arena, FAULT_LIMIT, WHERE, "there are %d sections: no more are kept",
                       SECTION_MOST);
    struct section has = {0};
    bool found = false;
    try(find(w, SQL_SECTION_BY_PATH, V(path), &has, &found));
    if (found)
        return failure(w->arena, FAULT_CONFLICT, WHERE,
                       "%.*s is there already: choose another slug", STR(path));
    return NULL;
}

// What shows that a section of this parent came, went, moved or is called otherwise.
static void name_tree(struct work *w, int64_t parent_id)
{
    key_facet(&w->writes, "section", parent_id, "children");
    keyset_add(&w->writes, TREE);
}

error section_create(struct work *w, struct section *s)
{
    struct section made = *s, row = {0};
    bool found = false;
    if (!made.slug.len)
        made.slug = slug_from(w->arena, made.name, SLUG_MAX);
    try(check(w, &made));
    try(check_slug(w, made.slug));
    try(path_below(w, made.parent_id, made.slug, &made.path));
    try(check_room(w, made.path));
    if (!made.position)
        try(number(w, SQL_SECTION_POSITION_NEXT, ARGS(V(made.parent_id)), &made.position));
    try(db_one(w->conn, w->arena, SQL_SECTION_CREATE,
               ARGS(V(made.parent_id), V(made.slug), V(made.name), V(made.description),
                    V(made.position), V(made.path)),
               &section_fields, &row, &found));
    made.id = row.id;
    try(path_claim(w, made.path, S("section"), made.id));
    key_facet(&w->writes, "section", made.id, "card");
    name_tree(w, made.parent_id);
    *s = made;
    return NULL;
}

// Positions are only shown by the order they make.
static error moves(struct work *w, const struct section *has, int64_t position, bool *out)
{
    int64_t before = 0, after = 0;
    if (position != has->position) {
        try(number(w, SQL_SECTION_COUNT_BEFORE,
                   ARGS(V(has->parent_id), V(has->id), V(has->position)), &before));
        try(number(w, SQL_SECTION_COUNT_BEFORE, ARGS(V(has->parent_id), V(has->id), V(position)),
                   &after));
    }
    *out = before != after;
    return NULL;
}

error section_update(struct work *w, const struct section *s)
{
    try(check(w, s));
    struct section has = {0};
    bool found = false, moved = false;
    try(find(w, SQL_SECTION_BY_ID, V(s->id), &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no section %lld",
                       (long long)s->id);
    int64_t position = s->position ? s->position : has.position;
    bool renamed = !str_eq(s->name, has.name);
    bool described = !str_eq(s->description, has.description);
    if (!renamed && !described && position == has.position)
        return NULL;
    try(moves(w, &has, position, &moved));
    try(db_run(w->conn, w->arena, SQL_SECTION_UPDATE,
               ARGS(V(s->id), V(s->name), V(s->description), V(position)), NULL));
    if (renamed)
        key_facet(&w->writes, "section", s->id, "card");
    if (described)
        key_facet(&w->writes, "section", s->id, "page");
    if (renamed || moved)
        name_tree(w, has.parent_id);
    return NULL;
}
