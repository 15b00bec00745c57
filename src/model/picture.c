// Pictures: where they are, what they show, whose they are.
// SPDX-License-Identifier: Apache-2.0
#include "model/picture.h"

#include "model/check.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(picture_fields, struct picture, "picture", FIELD(struct picture, id),
       FIELD(struct picture, address), FIELD(struct picture, alt), FIELD(struct picture, caption),
       FIELD(struct picture, credit), FIELD(struct picture, media_type),
       FIELD(struct picture, width), FIELD(struct picture, height));

enum { ALT_MOST = 2000, CAPTION_MOST = 4000, MEDIA_TYPE_MOST = 100, SIDE_MOST = 1000000 };
#define WHERE S("picture")

static error find(struct work *w, int statement, value key, struct picture *out, bool *found)
{
    struct picture row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &picture_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

error picture_by_id(struct work *w, int64_t id, struct picture *out, bool *found)
{
    key_facet(&w->reads, "picture", id, "card");
    return find(w, SQL_PICTURE_BY_ID, V(id), out, found);
}

static error check(struct work *w, const struct picture *p)
{
    try(check_text(w, WHERE, "alternative text", p->alt, ALT_MOST));
    try(check_text(w, WHERE, "caption", p->caption, CAPTION_MOST));
    try(check_text(w, WHERE, "credit", p->credit, LINE_MOST));
    try(check_text(w, WHERE, "media type", p->media_type, MEDIA_TYPE_MOST));
    if (p->width < 0 || p->width > SIDE_MOST || p->height < 0 || p->height > SIDE_MOST)
        return failure(w->arena, FAULT_INPUT, WHERE, "%lld by %lld pixels is no size of a picture",
                       (long long)p->width, (long long)p->height);
    return NULL;
}

error picture_ensure(struct work *w, const struct picture *p, int64_t *id)
{
    try(check_line(w, WHERE, "address", p->address, ADDRESS_MOST));
    try(check_address(w, WHERE, "address", p->address));
    struct picture row = {0};
    bool found = false;
    try(find(w, SQL_PICTURE_BY_ADDRESS, V(p->address), &row, &found));
    if (!found) {
        try(check(w, p));
        try(db_one(w->conn, w->arena, SQL_PICTURE_CREATE,
                   ARGS(V(p->address), V(p->alt), V(p->caption), V(p->credit), V(p->media_type),
                        V(p->width), V(p->height)),
                   &picture_fields, &row, &found));
        key_facet(&w->writes, "picture", row.id, "card");
    }
    *id = row.id;
    return NULL;
}

static bool same(const struct picture *a, const struct picture *b)
{
    return str_eq(a->alt, b->alt) && str_eq(a->caption, b->caption) &&
           str_eq(a->credit, b->credit) && str_eq(a->media_type, b->media_type) &&
           a->width == b->width && a->height == b->height;
}

error picture_update(struct work *w, const struct picture *p)
{
    try(check(w, p));
    struct picture has = {0};
    bool found = false;
    try(find(w, SQL_PICTURE_BY_ID, V(p->id), &has, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no picture %lld",
                       (long long)p->id);
    if (same(p, &has))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PICTURE_UPDATE,
               ARGS(V(p->id), V(p->alt), V(p->caption), V(p->credit), V(p->media_type), V(p->width),
                    V(p->height)),
               NULL));
    key_facet(&w->writes, "picture", p->id, "card");
    return NULL;
}
