// Menus: a tree of links for each place that shows one.
// SPDX-License-Identifier: Apache-2.0
#include "model/menu.h"

#include "base/arena.h"
#include "model/check.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/slug.h"

FIELDS(menu_item_fields, struct menu_item, "menu item", FIELD(struct menu_item, label),
       FIELD(struct menu_item, address),
       FIELD_LIST_OF(struct menu_item, children, &menu_item_fields));

const str menu_places[MENU_PLACES] = {
    [MENU_MAIN] = S("main"),           [MENU_COMPACT] = S("compact"), [MENU_COMPANY] = S("company"),
    [MENU_MORE_INFO] = S("more-info"), [MENU_FOLLOW] = S("follow"),   [MENU_NOTICE] = S("notice"),
};

struct menu_row {
    int64_t id;
    int64_t parent_id;
    str label;
    str address;
};
FIELDS_LOCAL(menu_row_fields, struct menu_row, "menu item", FIELD(struct menu_row, id),
             FIELD(struct menu_row, parent_id), FIELD(struct menu_row, label),
             FIELD(struct menu_row, address));

enum { PLACE_MOST = 50 };
#define WHERE S("menu")

// The list that the children of `parent_id` belong in; NULL for a parent that is not there.
static struct list *list_below(const struct list *rows, struct menu_item *items, struct list *top,
                               int64_t parent_id)
{
    if (!parent_id)
        return top;
    for (size_t i = 0; i < rows->count; i++)
        if (list_at(rows, struct menu_row, i)->id == parent_id)
            return &items[i].children;
    return NULL;
}

// Rows stand by parent, so that the children of one are a stretch of the items.
static struct list tree_of(struct arena *a, const struct list *rows)
{
    struct menu_item *items = arena_array(a, struct menu_item, rows->count);
    struct list top = {0}, *below = NULL;
    int64_t parent_id = -1;
    for (size_t i = 0; i < rows->count; i++) {
        const struct menu_row *row = list_at(rows, struct menu_row, i);
        items[i].label = row->label;
        items[i].address = row->address;
        if (row->parent_id != parent_id) {
            parent_id = row->parent_id;
            below = list_below(rows, items, &top, parent_id);
            if (below)
                *below = (struct list){&items[i], 0};
        }
        if (below)
            below->count++;
    }
    return top;
}

static error read(struct work *w, str place, struct list *items)
{
    struct list rows = {0};
    try(db_list(w->conn, w->arena, SQL_MENU_READ, ARGS(V(place)), &menu_row_fields, &rows));
    *items = tree_of(w->arena, &rows);
    return NULL;
}

error menu_read(struct work *w, str place, struct list *items)
{
    keyset_addf(&w->reads, "menu:%.*s", STR(place));
    return read(w, place, items);
}

static error check(struct work *w, const struct list *items, int level, size_t *count)
{
    if (items->count && level > MENU_LEVELS)
        return failure(w->arena, FAULT_LIMIT, WHERE, "menus are at most %d levels deep",
                       MENU_LEVELS);
    *count += items->count;
    if (*count > MENU_ITEMS)
        return failure(w->arena, FAULT_LIMIT, WHERE, "a menu has at most %d items", MENU_ITEMS);
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = list_at(items, struct menu_item, i);
        try(check_line(w, WHERE, "label", item->label, NAME_MOST));
        try(check_address(w, WHERE, "address", item->address));
        try(check(w, &item->children, level + 1, count));
    }
    return NULL;
}

// Both are at most MENU_LEVELS deep.
static bool same(const struct list *a, const struct list *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const struct menu_item *one = list_at(a, struct menu_item, i);
        const struct menu_item *other = list_at(b, struct menu_item, i);
        if (!str_eq(one->label, other->label) || !str_eq(one->address, other->address) ||
            !same(&one->children, &other->children))
            return false;
    }
    return true;
}

static error add(struct work *w, str place, int64_t parent_id, const struct list *items)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = list_at(items, struct menu_item, i);
        struct menu_row row = {0};
        bool found = false;
        try(db_one(
            w->conn, w->arena, SQL_MENU_ITEM_CREATE,
            ARGS(V(place), V(parent_id), V((int64_t)i + 1), V(item->label), V(item->address)),
            &menu_row_fields, &row, &found));
        try(add(w, place, row.id, &item->children));
    }
    return NULL;
}

error menu_replace(struct work *w, str place, const struct list *items)
{
    if (!slug_valid(place) || place.len > PLACE_MOST)
        return failure(w->arena, FAULT_INPUT, WHERE, "\"%.*s\" is no place like main or more-info",
                       STR(str_sub(place, 0, 200)));
    size_t count = 0;
    try(check(w, items, 1, &count));
    struct list has = {0};
    try(read(w, place, &has));
    if (same(&has, items))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_MENU_CLEAR, ARGS(V(place)), NULL));
    try(add(w, place, 0, items));
    keyset_addf(&w->writes, "menu:%.*s", STR(place));
    return NULL;
}
