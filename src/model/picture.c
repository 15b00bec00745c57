// Pictures: where they are, what they show, whose they are, which files of ours there are.
// SPDX-License-Identifier: Apache-2.0
#include "model/picture.h"

#include "base/arena.h"
#include "base/buf.h"
#include "model/check.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS(picture_fields, struct picture, "picture", FIELD(struct picture, id),
       FIELD(struct picture, address), FIELD(struct picture, alt), FIELD(struct picture, caption),
       FIELD(struct picture, credit), FIELD(struct picture, media_type),
       FIELD(struct picture, width), FIELD(struct picture, height), FIELD(struct picture, stem),
       FIELD(struct picture, variants), FIELD(struct picture, alpha),
       FIELD(struct picture, focus_x), FIELD(struct picture, focus_y), FIELD(struct picture, hash));

enum {
    ALT_MOST = 2000,
    CAPTION_MOST = 4000,
    MEDIA_TYPE_MOST = 100,
    SIDE_MOST = 1000000,
    VARIANTS_MOST = 400, // twenty of the longest names
    HASH_DIGITS = 64,
    STEM_LENGTH = 3 + 32, // "3f/" and half of a hash
    SHELF_DIGITS = 2,
    WIDTH_DIGITS = 5,
    MIDDLE = 500,
    THOUSANDTHS = 1000,
};
#define WHERE S("picture")
#define FOLDER "/pictures/"

static error find(struct work *w, int statement, value key, struct picture *out, bool *found)
{
    struct picture row = {0};
    try(db_one(w->conn, w->arena, statement, ARGS(key), &picture_fields, &row, found));
    if (*found)
        *out = row;
    return NULL;
}

void picture_read(struct work *w, int64_t id)
{
    key_facet(&w->reads, "picture", id, "card");
}

error picture_by_id(struct work *w, int64_t id, struct picture *out, bool *found)
{
    picture_read(w, id);
    return find(w, SQL_PICTURE_BY_ID, V(id), out, found);
}

error picture_by_hash(struct work *w, str hash, struct picture *out, bool *found)
{
    return find(w, SQL_PICTURE_BY_HASH, V(hash), out, found);
}

error picture_list(struct work *w, int64_t most, struct list *out)
{
    return db_list(w->conn, w->arena, SQL_PICTURE_LIST, ARGS(V(most)), &picture_fields, out);
}

// ---- files

static bool is_hex(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!((s.ptr[i] >= '0' && s.ptr[i] <= '9') || (s.ptr[i] >= 'a' && s.ptr[i] <= 'f')))
            return false;
    }
    return true;
}

static bool is_stem(str stem)
{
    str digits = str_from(stem, SHELF_DIGITS + 1);
    return stem.len == STEM_LENGTH && stem.ptr[SHELF_DIGITS] == '/' && is_hex(digits) &&
           str_starts(digits, str_sub(stem, 0, SHELF_DIGITS));
}

// "640.webp": a width and one of the types that we make.
static bool is_sized(str variant, str *width, str *type)
{
    str rest = variant;
    *width = str_cut(&rest, '.');
    *type = rest;
    int64_t pixels;
    return width->len <= WIDTH_DIGITS && str_int(*width, &pixels) && pixels > 0 &&
           width->ptr[0] > '0' && width->ptr[0] <= '9' &&
           (str_eq(rest, S("avif")) || str_eq(rest, S("webp")) || str_eq(rest, S("jpg")) ||
            str_eq(rest, S("png")));
}

static bool is_variant(str variant)
{
    str width, type;
    return is_sized(variant, &width, &type) || str_eq(variant, S("share.jpg")) ||
           str_eq(variant, S("animation.webp")) || str_eq(variant, S("touch.png")) ||
           str_eq(variant, S("maskable.png"));
}

static bool are_variants(str variants)
{
    while (variants.ptr) {
        if (!is_variant(str_cut(&variants, ' ')))
            return false;
    }
    return true;
}

bool picture_is_file(str name)
{
    return name.len > STEM_LENGTH && name.ptr[STEM_LENGTH] == '-' &&
           is_stem(str_sub(name, 0, STEM_LENGTH)) && is_variant(str_from(name, STEM_LENGTH + 1));
}

// Names of files go into pages and are looked for on disk: only such as we make.
static error check_files(struct work *w, const struct picture *p)
{
    bool fine = p->stem.len ? is_stem(p->stem) && are_variants(p->variants) : !p->variants.len;
    if (!fine || p->variants.len > VARIANTS_MOST)
        return failure(w->arena, FAULT_INPUT, WHERE, "these are no names of a picture's files");
    if (p->focus_x < 0 || p->focus_x > THOUSANDTHS || p->focus_y < 0 || p->focus_y > THOUSANDTHS)
        return failure(w->arena, FAULT_INPUT, WHERE, "a focal point is two numbers from 0 to 1000");
    if (p->hash.len && (p->hash.len != HASH_DIGITS || !is_hex(p->hash)))
        return failure(w->arena, FAULT_INPUT, WHERE, "this is no SHA-256 in hex");
    return NULL;
}

str picture_srcset(struct arena *a, const struct picture *p, str type)
{
    struct buf out = buf_new(a, 4096);
    for (str rest = p->variants; is_stem(p->stem) && rest.len;) {
        str width, own, variant = str_cut(&rest, ' ');
        if (is_sized(variant, &width, &own) && str_eq(own, type))
            buf_addf(&out, "%s" FOLDER "%.*s-%.*s %.*sw", out.len ? ", " : "", STR(p->stem),
                     STR(variant), STR(width));
    }
    return buf_str(&out);
}

str picture_file(struct arena *a, str stem, str variant)
{
    return is_stem(stem) ? str_of_all(a, S(FOLDER), stem, S("-"), variant) : S("");
}

static str path_of(struct arena *a, const struct picture *p, str variant)
{
    return picture_file(a, p->stem, variant);
}

str picture_fallback(struct arena *a, const struct picture *p)
{
    for (str rest = p->variants; is_stem(p->stem) && rest.len;) {
        str width, type, variant = str_cut(&rest, ' ');
        if (is_sized(variant, &width, &type) && (str_eq(type, S("jpg")) || str_eq(type, S("png"))))
            return path_of(a, p, variant);
    }
    return S("");
}

str picture_webp(struct arena *a, const struct picture *p, int64_t width)
{
    str best = STR_NONE;
    int64_t found = 0;
    for (str rest = p->variants; is_stem(p->stem) && rest.len;) {
        str digits, type, variant = str_cut(&rest, ' ');
        int64_t own;
        if (!is_sized(variant, &digits, &type) || !str_eq(type, S("webp")) ||
            !str_int(digits, &own))
            continue;
        bool better = found < width ? own > found : own >= width && own < found;
        best = better ? variant : best;
        found = better ? own : found;
    }
    return best.len ? path_of(a, p, best) : S("");
}

static bool has_variant(const struct picture *p, str name)
{
    for (str rest = p->variants; is_stem(p->stem) && rest.len;)
        if (str_eq(str_cut(&rest, ' '), name))
            return true;
    return false;
}

static str named(struct arena *a, const struct picture *p, str name)
{
    return has_variant(p, name) ? path_of(a, p, name) : S("");
}

bool picture_is_icon(const struct picture *p)
{
    return has_variant(p, S("96.png")) && has_variant(p, S("192.png")) &&
           has_variant(p, S("512.png")) && has_variant(p, S("touch.png")) &&
           has_variant(p, S("maskable.png"));
}

str picture_share(struct arena *a, const struct picture *p)
{
    str path = named(a, p, S("share.jpg"));
    return path.len ? path : picture_fallback(a, p);
}

str picture_animation(struct arena *a, const struct picture *p)
{
    return named(a, p, S("animation.webp"));
}

// ---- writing

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

static error create(struct work *w, const struct picture *p, struct picture *row)
{
    bool found, files = p->stem.len > 0;
    try(check(w, p));
    try(check_files(w, p));
    try(db_one(w->conn, w->arena, SQL_PICTURE_CREATE,
               ARGS(V(p->address), V(p->alt), V(p->caption), V(p->credit), V(p->media_type),
                    V(p->width), V(p->height), V(p->stem), V(p->variants), V(p->alpha),
                    V(files ? p->focus_x : MIDDLE), V(files ? p->focus_y : MIDDLE), V(p->hash)),
               &picture_fields, row, &found));
    key_facet(&w->writes, "picture", row->id, "card");
    return NULL;
}

error picture_by_address(struct work *w, str address, struct picture *out, bool *found)
{
    return find(w, SQL_PICTURE_BY_ADDRESS, V(address), out, found);
}

error picture_ensure(struct work *w, const struct picture *p, int64_t *id)
{
    try(check_line(w, WHERE, "address", p->address, ADDRESS_MOST));
    try(check_address(w, WHERE, "address", p->address));
    struct picture row = {0};
    bool found = false;
    try(find(w, SQL_PICTURE_BY_ADDRESS, V(p->address), &row, &found));
    if (!found)
        try(create(w, p, &row));
    *id = row.id;
    return NULL;
}

static error known(struct work *w, int64_t id, struct picture *out)
{
    bool found = false;
    try(find(w, SQL_PICTURE_BY_ID, V(id), out, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, WHERE, "there is no picture %lld", (long long)id);
    return NULL;
}

static bool same_kind(const struct picture *a, const struct picture *b)
{
    return str_eq(a->media_type, b->media_type) && a->width == b->width && a->height == b->height;
}

error picture_update(struct work *w, const struct picture *p)
{
    try(check(w, p));
    struct picture has = {0};
    try(known(w, p->id, &has));
    const struct picture *kind = has.stem.len ? &has : p;
    if (str_eq(p->alt, has.alt) && str_eq(p->caption, has.caption) &&
        str_eq(p->credit, has.credit) && same_kind(kind, &has))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PICTURE_UPDATE,
               ARGS(V(p->id), V(p->alt), V(p->caption), V(p->credit), V(kind->media_type),
                    V(kind->width), V(kind->height)),
               NULL));
    key_facet(&w->writes, "picture", p->id, "card");
    return NULL;
}

static bool same_files(const struct picture *a, const struct picture *b)
{
    return str_eq(a->stem, b->stem) && str_eq(a->variants, b->variants) && a->alpha == b->alpha &&
           a->focus_x == b->focus_x && a->focus_y == b->focus_y && str_eq(a->hash, b->hash);
}

error picture_set_files(struct work *w, const struct picture *p)
{
    try(check(w, p));
    try(check_files(w, p));
    struct picture has = {0};
    try(known(w, p->id, &has));
    if (same_files(p, &has) && same_kind(p, &has))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_PICTURE_SET_FILES,
               ARGS(V(p->id), V(p->media_type), V(p->width), V(p->height), V(p->stem),
                    V(p->variants), V(p->alpha), V(p->focus_x), V(p->focus_y), V(p->hash)),
               NULL));
    key_facet(&w->writes, "picture", p->id, "card");
    return NULL;
}
