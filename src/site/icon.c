// The publication's icons: the files of the one it chose, or all from one drawing, the theme's
// static/icon.svg or its first letter.
// SPDX-License-Identifier: Apache-2.0
#include "site/icon.h"

#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/picture.h"
#include "site/drawing.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/theme.h"
#include "site/view_part.h"
#include "text/json.h"
#include "text/utf8.h"

enum { MANIFEST_MOST = 64 << 10, TOUCH = 180 };

// Sides of the PNGs: for iOS, and the two that a manifest must have.
static const int sides[] = {TOUCH, 192, 512};

#define PAPER "#FFFFFF"

// Counts the drawing's designs: icons of an older one have other addresses.
#define DESIGN "3"

// ---- the drawing

// "The Meridian Ledger" is known by its M.
static uint32_t initial(str name)
{
    if (name.len > 4 && str_eq_nocase(str_sub(name, 0, 4), S("the ")))
        name = str_from(name, 4);
    for (size_t at = 0; at < name.len;) {
        uint32_t c = utf8_next(name, &at);
        if (u_isalnum((UChar32)c))
            return (uint32_t)u_toupper((UChar32)c);
    }
    return 'B';
}

str icon_drawing(struct arena *a, str name, str accent, enum fit_face face)
{
    struct buf letter = buf_new(a, 8);
    utf8_add(&letter, initial(name));
    // Within the circle of four fifths that maskable icons are cut to.
    return str_format(
        a,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"64\" viewBox=\"0 0 64 "
        "64\">"
        "<path d=\"M0 0h64v64H0z\" fill=\"%.*s\"/>"
        "<text x=\"32\" y=\"39\" text-anchor=\"middle\" font-family=\"%.*s\" "
        "font-size=\"38\" fill=\"" PAPER "\">%.*s</text>"
        "<path d=\"M17 44h30v3H17zm0 5h30v1H17z\" fill=\"" PAPER "\"/></svg>",
        STR(accent), STR(drawing_family(face)), STR(drawing_text(a, buf_str(&letter))));
}

static str drawing(struct visit *v)
{
    str own = theme_asset_bytes(v->theme, S("icon.svg"));
    return own.len ? own
                   : icon_drawing(v->arena, v->publication.name, look_drawn_accent(v),
                                  look_drawn_face(v));
}

// ---- addresses: they name the drawing

// Every page names it: so what goes into the drawing is hashed, and nothing drawn or reckoned.
static str hash_of(struct visit *v)
{
    str own = theme_asset(v->theme, S("icon.svg"));
    if (own.len) // its address is the hash of its bytes
        return str_hex(v->arena, str_hash(own, 0));
    str words = str_of_all(v->arena, S(DESIGN), look_drawn_hash(v), v->publication.name);
    return str_hex(v->arena, str_hash(words, 0));
}

static str svg_path(struct visit *v, str hash)
{
    return str_of_all(v->arena, S("/icon/"), hash, S(".svg"));
}

static str png_path(struct visit *v, str hash, int side)
{
    struct buf path = buf_new(v->arena, 64);
    buf_add(&path, S("/icon/"));
    buf_add_int(&path, side);
    buf_add_char(&path, '-');
    buf_add(&path, hash);
    buf_add(&path, S(".png"));
    return buf_str(&path);
}

static str chosen_path(struct visit *v, str variant)
{
    return picture_file(v->arena, v->publication.icon_stem, variant);
}

// What tabs show, and what addresses of other icons lead to.
static str tab_path(struct visit *v)
{
    str chosen = chosen_path(v, S("96.png"));
    return chosen.len ? chosen : svg_path(v, hash_of(v));
}

void icon_describe(struct visit *v, struct view_meta *meta)
{
    meta->icon_path = chosen_path(v, S("96.png"));
    meta->icon_type = S("image/png");
    meta->touch_icon_path = chosen_path(v, S("touch.png"));
    if (meta->icon_path.len)
        return;
    str hash = hash_of(v);
    meta->icon_path = svg_path(v, hash);
    meta->icon_type = S("image/svg+xml");
    if (drawing_can())
        meta->touch_icon_path = png_path(v, hash, TOUCH);
}

// ---- answers

static error show_png(struct visit *v, str svg, int side, struct rendered *out)
{
    out->media_type = S("image/png");
    const struct drawing drawing = {.where = v->path, .svg = svg, .size = {side, side}};
    return drawing_png(v->arena, &drawing, &out->parts[0]);
}

// An older drawing's address, the drawing's while an icon is chosen, or the one that browsers
// guess.
static error show_other(struct visit *v, struct rendered *out)
{
    bool old = str_ends(v->place.path, S(".svg")) || str_ends(v->place.path, S(".ico"));
    return old ? visit_redirect(v, 302, tab_path(v), out) : visit_not_found(v, out);
}

error site_icon(struct visit *v, struct rendered *out)
{
    if (v->publication.icon_stem.len)
        return show_other(v, out);
    str svg = drawing(v), hash = hash_of(v);
    out->status = 200;
    out->immutable = true;
    if (str_eq(v->place.path, svg_path(v, hash))) {
        out->media_type = S("image/svg+xml");
        out->parts[0] = svg;
        return NULL;
    }
    for (size_t i = 0; i < sizeof sides / sizeof *sides && drawing_can(); i++)
        if (str_eq(v->place.path, png_path(v, hash, sides[i])))
            return show_png(v, svg, sides[i], out);
    *out = (struct rendered){0};
    return show_other(v, out);
}

static void put_icon(struct json *j, str path, str media_type, str sizes, str purpose)
{
    json_open_object(j);
    json_put_member(j, S("src"), path);
    json_put_member(j, S("type"), media_type);
    json_put_member(j, S("sizes"), sizes);
    json_put_member(j, S("purpose"), purpose);
    json_close_object(j);
}

static void put_chosen(struct visit *v, struct json *j)
{
    put_icon(j, chosen_path(v, S("192.png")), S("image/png"), S("192x192"), S("any"));
    put_icon(j, chosen_path(v, S("512.png")), S("image/png"), S("512x512"), S("any"));
    put_icon(j, chosen_path(v, S("maskable.png")), S("image/png"), S("512x512"), S("maskable"));
}

static void put_drawn(struct visit *v, struct json *j)
{
    static const char *const purposes[] = {"any", "maskable"};
    str hash = hash_of(v);
    put_icon(j, svg_path(v, hash), S("image/svg+xml"), S("any"), S("any"));
    for (size_t i = 0; i < sizeof sides / sizeof *sides && drawing_can(); i++) {
        str size = str_format(v->arena, "%dx%d", sides[i], sides[i]);
        for (size_t p = 0; p < 2 && sides[i] != TOUCH; p++)
            put_icon(j, png_path(v, hash, sides[i]), S("image/png"), size, str_of(purposes[p]));
    }
}

error site_manifest(struct visit *v, struct rendered *out)
{
    struct buf text = buf_new(v->arena, MANIFEST_MOST);
    struct json j = json_into(&text);
    json_open_object(&j);
    json_put_member(&j, S("id"), S("/"));
    json_put_member(&j, S("name"), v->publication.name);
    json_put_member(&j, S("description"), v->publication.tagline);
    json_put_member(&j, S("lang"), v->publication.language);
    json_put_member(&j, S("start_url"), S("/"));
    json_put_member(&j, S("scope"), S("/"));
    json_put_member(&j, S("display"), S("minimal-ui"));
    json_put_member(&j, S("background_color"), S(PAPER));
    json_put_member(&j, S("theme_color"), look_drawn_accent(v));
    json_put_name(&j, S("icons"));
    json_open_list(&j);
    (v->publication.icon_stem.len ? put_chosen : put_drawn)(v, &j);
    json_close_list(&j);
    json_close_object(&j);
    out->status = 200;
    out->media_type = S("application/manifest+json");
    out->parts[0] = buf_str(&text);
    return NULL;
}
