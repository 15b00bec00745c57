// What the publication is: its name, language, time zone and address, and how it looks.
// SPDX-License-Identifier: Apache-2.0
#include "model/publication.h"

#include "model/check.h"
#include "model/picture.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/zone.h"

FIELDS(publication_fields, struct publication, "publication", FIELD(struct publication, name),
       FIELD(struct publication, tagline), FIELD(struct publication, description),
       FIELD(struct publication, language), FIELD(struct publication, zone),
       FIELD(struct publication, base_url), FIELD(struct publication, created_at),
       FIELD(struct publication, accent), FIELD(struct publication, headline_font),
       FIELD(struct publication, text_font), FIELD(struct publication, sans_font),
       FIELD(struct publication, logo_id), FIELD(struct publication, logo_dark_id),
       FIELD(struct publication, icon_id), FIELD(struct publication, logo_stem),
       FIELD(struct publication, icon_stem));

#define WHERE S("publication")

static error find(struct work *w, struct publication *out, bool *found)
{
    return db_one(w->conn, w->arena, SQL_PUBLICATION_READ, NO_ARGS, &publication_fields, out,
                  found);
}

void publication_reads(struct work *w, const struct publication *p)
{
    keyset_add(&w->reads, PUBLICATION_KEY);
    if (p->logo_id)
        picture_read(w, p->logo_id);
    if (p->icon_id)
        picture_read(w, p->icon_id);
}

error publication_read(struct work *w, struct publication *out)
{
    struct publication row = {0};
    bool found = false;
    try(find(w, &row, &found));
    publication_reads(w, &row);
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

// ---- how it looks

// A logo wider or higher than this has no place in a masthead.
enum { LOGO_WIDEST = 12, LOGO_HIGHEST = 2 };

static error check_accent(struct work *w, str accent)
{
    bool fine = !accent.len || (accent.len == 7 && accent.ptr[0] == '#');
    for (size_t i = 1; fine && i < accent.len; i++)
        fine = str_find_char(S("0123456789abcdefABCDEF"), accent.ptr[i]) >= 0;
    if (fine)
        return NULL;
    return failure(w->arena, FAULT_INPUT, WHERE,
                   "the accent \"%.*s\" is no colour like '#7a1f2b' (a shell needs the quotes)",
                   STR(str_sub(accent, 0, 100)));
}

static error check_font(struct work *w, const char *what, str font, const char *names)
{
    for (str rest = str_of(names); font.len && rest.ptr;)
        if (str_eq(str_cut(&rest, ' '), font))
            return NULL;
    if (!font.len)
        return NULL;
    return failure(w->arena, FAULT_INPUT, WHERE, "the %s font is one of: %s; not \"%.*s\"", what,
                   names, STR(str_sub(font, 0, 100)));
}

static error check_logo(struct work *w, const char *what, int64_t id)
{
    struct picture p;
    bool found;
    if (!id)
        return NULL;
    try(picture_by_id(w, id, &p, &found));
    if (!found || !p.stem.len)
        return failure(w->arena, FAULT_INPUT, WHERE, "the %s is no picture of the newsroom", what);
    if (!str_eq(p.media_type, S("image/png")) && !str_eq(p.media_type, S("image/webp")))
        return failure(w->arena, FAULT_INPUT, WHERE, "the %s is %.*s; it has to be PNG or WebP",
                       what, STR(p.media_type));
    if (p.width > p.height * LOGO_WIDEST || p.height > p.width * LOGO_HIGHEST)
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "the %s is %lld by %lld; it may be %d times as wide as high, and %d times "
                       "as high as wide",
                       what, (long long)p.width, (long long)p.height, LOGO_WIDEST, LOGO_HIGHEST);
    return NULL;
}

static error check_icon(struct work *w, int64_t id)
{
    struct picture p;
    bool found;
    if (!id)
        return NULL;
    try(picture_by_id(w, id, &p, &found));
    if (!found || !picture_is_icon(&p))
        return failure(w->arena, FAULT_INPUT, WHERE, "the icon is no picture made to be one");
    return NULL;
}

static error check_look(struct work *w, const struct publication *p)
{
    try(check_accent(w, p->accent));
    // Newsreader comes without bold: no face for running text.
    try(check_font(w, "headline", p->headline_font, "newsreader public-sans georgia system"));
    try(check_font(w, "text", p->text_font, "public-sans georgia system"));
    try(check_font(w, "sans", p->sans_font, "public-sans system"));
    if (p->logo_dark_id && !p->logo_id)
        return failure(w->arena, FAULT_INPUT, WHERE,
                       "a logo for dark pages stands beside one for light ones: give both");
    try(check_icon(w, p->icon_id));
    try(check_logo(w, "logo", p->logo_id));
    return check_logo(w, "logo for dark pages", p->logo_dark_id);
}

// ---- all of it

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
    return check_look(w, p);
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
                    V(p->base_url), V(created_at), V(p->accent), V(p->headline_font),
                    V(p->text_font), V(p->sans_font), V(p->logo_id), V(p->logo_dark_id),
                    V(p->icon_id)),
               NULL));
    keyset_add(&w->writes, PUBLICATION_KEY);
    return NULL;
}

static bool same(const struct publication *a, const struct publication *b)
{
    return str_eq(a->name, b->name) && str_eq(a->tagline, b->tagline) &&
           str_eq(a->description, b->description) && str_eq(a->language, b->language) &&
           str_eq(a->zone, b->zone) && str_eq(a->base_url, b->base_url) &&
           str_eq(a->accent, b->accent) && str_eq(a->headline_font, b->headline_font) &&
           str_eq(a->text_font, b->text_font) && str_eq(a->sans_font, b->sans_font) &&
           a->logo_id == b->logo_id && a->logo_dark_id == b->logo_dark_id &&
           a->icon_id == b->icon_id;
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
                    V(p->base_url), V(p->accent), V(p->headline_font), V(p->text_font),
                    V(p->sans_font), V(p->logo_id), V(p->logo_dark_id), V(p->icon_id)),
               NULL));
    keyset_add(&w->writes, PUBLICATION_KEY);
    return NULL;
}
