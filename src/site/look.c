// What a publication's settings make of the theme: its colour and faces in the style sheet, its
// logo. SPDX-License-Identifier: Apache-2.0
#include "site/look.h"

#include "base/arena.h"
#include "base/buf.h"
#include "model/picture.h"
#include "site/pages.h"
#include "site/theme.h"
#include "site/tokens.h"
#include "site/view_part.h"

enum { RULES_MOST = 4096, STYLE_MOST = 4 << 20 };
// The highest that a logo stands, as in static/style/30-masthead.css.
enum { LOGO_HEIGHT = 56 };

#define STYLE S("style.css")

// Counts the ways that rules were made of settings: style sheets made in an older one have other
// addresses.
#define DESIGN "1|"

// ---- the face of a use

// What the publication chose for it, or for the use whose face it is; the empty str for nothing,
// then *face is the theme's.
static str chosen(const struct visit *v, enum face_use use, const struct face **face)
{
    const struct publication *p = &v->publication;
    const struct face *faces = theme_tokens(v->theme)->faces;
    const str names[FACE_USES] = {p->headline_font, p->text_font, p->sans_font};
    for (size_t i = 0; i < FACE_USES && !names[use].len && faces[use].as != use; i++)
        use = faces[use].as;
    *face = &faces[use];
    return names[use];
}

enum fit_face look_drawn_face(struct visit *v)
{
    const struct face *own;
    str name = chosen(v, HEADLINES, &own);
    bool serif = str_eq_nocase(own->family, S("Newsreader")) ||
                 (own->serif && !str_eq_nocase(own->family, S("Public Sans")));
    if (name.len)
        serif = str_eq(name, S("newsreader")) || str_eq(name, S("georgia"));
    return serif ? FIT_NEWSREADER : FIT_PUBLIC_SANS;
}

// ---- the colour

struct accent look_accent(struct visit *v)
{
    const struct tokens *tokens = theme_tokens(v->theme);
    str given = v->publication.accent;
    return given.len ? accent_of(v->arena, given, &tokens->light, &tokens->dark) : tokens->accent;
}

str look_drawn_accent(struct visit *v)
{
    return accent_on_white(v->arena, look_accent(v).light);
}

str look_drawn_hash(struct visit *v)
{
    uint64_t theme = str_hash(theme_tokens(v->theme)->hash, (uint64_t)look_drawn_face(v));
    return str_hex(v->arena, str_hash(v->publication.accent, theme));
}

// ---- the rules

// As static/style/10-tokens.css has them: with faces of the same width until the font is here.
static str family(str font)
{
    static const struct {
        const char *font, *family;
    } families[] = {
        {"newsreader", "\"Newsreader\",\"Headline Georgia\",\"Headline Noto\",\"Headline Times\","
                       "Georgia,serif"},
        {"public-sans", "\"Public Sans\",\"Sans Arial\",\"Sans Roboto\",system-ui,sans-serif"},
        {"georgia", "Georgia,\"Noto Serif\",\"Times New Roman\",serif"},
        {"system", "system-ui,sans-serif"}};
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (str_eq(font, str_of(families[i].font)))
            return str_of(families[i].family);
    return S("");
}

static void add_family(struct buf *b, const char *property, str font)
{
    str faces = family(font);
    if (faces.len)
        buf_addf(b, ":root{--%s:%.*s}", property, STR(faces));
}

// On paper there is black alone: what is printed keeps the theme's colours.
static str rules(struct visit *v)
{
    const struct publication *p = &v->publication;
    struct buf b = buf_new(v->arena, RULES_MOST);
    add_family(&b, "headline", p->headline_font);
    add_family(&b, "text", p->text_font);
    add_family(&b, "sans", p->sans_font);
    if (!p->accent.len)
        return buf_str(&b);
    struct accent c = look_accent(v);
    buf_addf(&b,
             "@media screen{:root{--accent:light-dark(%.*s,%.*s);"
             "--accent-hover:light-dark(%.*s,%.*s)}}",
             STR(c.light), STR(c.dark), STR(c.light_hover), STR(c.dark_hover));
    return buf_str(&b);
}

// ---- the style sheet

// Every page names it: so what the rules are made of is hashed, and nothing is reckoned. The
// theme's address is the hash of the theme's part, which its papers stand in.
str look_style_path(struct visit *v)
{
    const struct publication *p = &v->publication;
    str own = theme_asset(v->theme, STYLE);
    if (!own.len || !(p->accent.len + p->headline_font.len + p->text_font.len + p->sans_font.len))
        return own;
    str settings = str_of_all(v->arena, S(DESIGN), p->accent, S("|"), p->headline_font, S("|"),
                              p->text_font, S("|"), p->sans_font);
    str hash = str_hex(v->arena, str_hash(settings, str_hash(own, 0)));
    return str_of_all(v->arena, S("/static/style."), hash, S(".css"));
}

// The theme's own sheet is a file, and answered as such before it comes to this.
error site_style(struct visit *v, struct rendered *out)
{
    str own = theme_asset(v->theme, STYLE), path = look_style_path(v);
    if (!path.len || !str_ends(v->place.path, S(".css")))
        return visit_not_found(v, out);
    // An older one's address, which a page may name that was read before the change.
    if (str_eq(path, own) || !str_eq(v->place.path, path))
        return visit_redirect(v, 302, path, out);
    struct buf style = buf_new(v->arena, STYLE_MOST + RULES_MOST);
    buf_add(&style, theme_asset_bytes(v->theme, STYLE));
    buf_add(&style, rules(v));
    if (style.overflow)
        return failure(v->arena, FAULT_LIMIT, path, "the style sheet passes 4 MiB");
    out->status = 200;
    out->media_type = S("text/css; charset=utf-8");
    out->immutable = true;
    out->parts[0] = buf_str(&style);
    return NULL;
}

// ---- fonts

static str file_of(struct visit *v, enum face_use use)
{
    const struct face *own;
    str name = chosen(v, use, &own);
    if (!name.len)
        return own->file;
    if (str_eq(name, S("newsreader")) || str_eq(name, S("public-sans")))
        return theme_asset(v->theme, str_join(v->arena, name, S(".woff2")));
    return S("");
}

static void ask_ahead(struct list *fonts, str path)
{
    struct view_link *all = fonts->rows;
    for (size_t i = 0; i < fonts->count; i++)
        if (str_eq(all[i].path, path))
            return;
    if (path.len)
        all[fonts->count++] = (struct view_link){.path = path};
}

struct list look_fonts(struct visit *v)
{
    struct list fonts = {arena_array(v->arena, struct view_link, FACE_USES), 0};
    ask_ahead(&fonts, file_of(v, HEADLINES));
    ask_ahead(&fonts, file_of(v, SANS));
    return fonts;
}

void look_text_font(struct visit *v, struct view_meta *meta)
{
    ask_ahead(&meta->fonts, file_of(v, TEXT));
}

// ---- the logo

static error read_logo(struct visit *v, int64_t id, const struct view_logo **out)
{
    struct picture picture;
    bool found = false;
    if (id)
        try(picture_by_id(v->work, id, &picture, &found));
    if (!found || !picture.stem.len || picture.width <= 0 || picture.height <= 0)
        return NULL;
    // Twice as large as it is shown: letters made smaller by a few pixels are soft.
    int64_t width = picture.width * 2 * LOGO_HEIGHT / picture.height;
    struct view_logo *logo = arena_make(v->arena, struct view_logo);
    *logo = (struct view_logo){.path = picture_fallback(v->arena, &picture),
                               .webp = picture_srcset(v->arena, &picture, S("webp")),
                               .sizes = str_format(v->arena, "%lldpx", (long long)width),
                               .alt = v->publication.name,
                               .width = picture.width,
                               .height = picture.height};
    *out = logo;
    return NULL;
}

error look_logo(struct visit *v, const struct view_logo **light, const struct view_logo **dark)
{
    try(read_logo(v, v->publication.logo_id, light));
    return *light ? read_logo(v, v->publication.logo_dark_id, dark) : NULL;
}
