// What other sites show with a link to a story: the picture chosen for it, or one drawn in type.
// SPDX-License-Identifier: Apache-2.0
#include "site/share.h"

#include "base/arena.h"
#include "base/buf.h"
#include "model/picture.h"
#include "model/story.h"
#include "site/drawing.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/view_part.h"

enum {
    MARGIN = 64,
    NAME_BASE = 92,
    LOGO_TOP = 28,
    LOGO_HEIGHT = 76,
    RULE_TOP = 124,
    LABEL_BASE = 190,
    HEADLINE_TOP = 214,
    HEADLINE_ROOM = 372,
    SVG_MOST = 64 << 10,
    WORDS_MOST = 64 << 10,
};

#define LEADING 1.1
#define INK "#15191D"
#define GREY "#454D54"

// Counts the drawings' designs: pictures of an older one have other addresses.
#define DESIGN "2"

// ---- the address: it names what the picture shows

static struct share_words words_of(struct visit *v, const struct story_card *card)
{
    story_section_read(v->work, card);
    return (struct share_words){.publication = v->publication.name,
                                .section = card->section_name,
                                .kind = visit_kind_label(card->kind),
                                .headline = card->headline};
}

static str address(struct visit *v, int64_t story_id, const struct share_words *words)
{
    struct arena *a = v->arena;
    const str shown[] = {S(DESIGN),       words->publication, words->section,          words->kind,
                         words->headline, look_drawn_hash(v), v->publication.logo_stem};
    struct buf all = buf_new(a, WORDS_MOST);
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        buf_add_int(&all, (int64_t)shown[i].len);
        buf_add_char(&all, ':');
        buf_add(&all, shown[i]);
    }
    str hash = str_hex(a, str_hash(buf_str(&all), 0));
    struct buf path = buf_new(a, 64);
    buf_add(&path, S("/share/"));
    buf_add_int(&path, story_id);
    buf_add_char(&path, '-');
    buf_add(&path, hash);
    buf_add(&path, S(".png"));
    return buf_str(&path);
}

void share_describe(struct visit *v, const struct story_card *card, struct view_meta *meta)
{
    if (meta->picture_url.len || !drawing_can())
        return;
    struct share_words words = words_of(v, card);
    meta->picture_url = visit_url(v, address(v, card->id, &words));
    meta->picture_alt = card->headline;
    meta->picture_width = SHARE_WIDTH;
    meta->picture_height = SHARE_HEIGHT;
}

// ---- the drawing

static void add_headline(struct arena *a, struct buf *svg, const struct fit *fit, str family)
{
    double base = HEADLINE_TOP + fit->size * 0.92;
    for (size_t i = 0; i < fit->count; i++) {
        buf_addf(svg,
                 "<text x=\"%d\" y=\"%.1f\" font-family=\"%.*s\" font-size=\"%.0f\" "
                 "letter-spacing=\"%.1f\" direction=\"%s\" fill=\"" INK "\">%.*s</text>",
                 fit->rightwards ? SHARE_WIDTH - MARGIN : MARGIN, base, STR(family), fit->size,
                 // Scripts whose letters join would be torn apart by any.
                 fit->rightwards ? 0 : fit->size * -0.012, fit->rightwards ? "rtl" : "ltr",
                 STR(drawing_text(a, fit->lines[i])));
        base += fit->size * LEADING;
    }
}

static void add_label(struct arena *a, struct buf *svg, const struct share_words *words,
                      bool rightwards)
{
    buf_addf(svg,
             "<text x=\"%d\" y=\"%d\" font-family=\"" DRAWING_SANS
             "\" font-size=\"30\" direction=\"%s\" "
             "fill=\"%.*s\">%.*s",
             rightwards ? SHARE_WIDTH - MARGIN : MARGIN, LABEL_BASE, rightwards ? "rtl" : "ltr",
             STR(words->accent), STR(drawing_text(a, words->section)));
    if (words->kind.len)
        buf_addf(svg, "<tspan dx=\"16\" fill=\"" GREY "\">%.*s</tspan>",
                 STR(drawing_text(a, words->kind)));
    buf_add(svg, S("</text>"));
}

static void add_name(struct arena *a, struct buf *svg, const struct share_words *words, str family)
{
    struct fit_room room = {SHARE_WIDTH - 2 * MARGIN, 60, 1, words->face, 4, {48, 40, 32, 24}};
    struct fit name = fit_text(a, words->publication, &room);
    buf_addf(svg,
             "<text x=\"%d\" y=\"%d\" font-family=\"%.*s\" font-size=\"%.0f\" "
             "text-anchor=\"middle\" fill=\"" INK "\">%.*s</text>",
             SHARE_WIDTH / 2, NAME_BASE, STR(family), name.size,
             STR(drawing_text(a, name.lines[0])));
}

str share_drawing(struct arena *a, const struct share_words *words)
{
    str family = drawing_family(words->face);
    struct fit_room headline_room = {
        .width = SHARE_WIDTH - 2 * MARGIN,
        .height = HEADLINE_ROOM,
        .leading = LEADING,
        .face = words->face,
        .count = 17,
        .sizes = {150, 136, 124, 114, 105, 96, 89, 82, 76, 70, 65, 60, 56, 52, 48, 44, 40}};
    struct fit headline = fit_text(a, words->headline, &headline_room);
    struct buf svg = buf_new(a, SVG_MOST);
    buf_addf(&svg,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\">"
             "<path d=\"M0 0h%dv%dH0z\" fill=\"#FFFFFF\"/>"
             "<path d=\"M%d %dh%dv6h-%dzm0 12h%dv2h-%dz\" fill=\"" INK "\"/>",
             SHARE_WIDTH, SHARE_HEIGHT, SHARE_WIDTH, SHARE_HEIGHT, MARGIN, RULE_TOP,
             SHARE_WIDTH - 2 * MARGIN, SHARE_WIDTH - 2 * MARGIN, SHARE_WIDTH - 2 * MARGIN,
             SHARE_WIDTH - 2 * MARGIN);
    if (!words->marked)
        add_name(a, &svg, words, family);
    add_label(a, &svg, words, headline.rightwards);
    add_headline(a, &svg, &headline, family);
    buf_add(&svg, S("</svg>"));
    return buf_str(&svg);
}

// ---- the picture

// The story's number in "42-0123456789abcdef.png".
static bool story_of(str file, int64_t *id)
{
    str number = str_cut(&file, '-');
    return number.len > 0 && number.ptr[0] > '0' && number.ptr[0] <= '9' && str_int(number, id);
}

// The logo for light pages, sharp at the size it is laid over at; *found: there is one here.
static error find_mark(struct visit *v, struct drawing_mark *out, bool *found)
{
    struct picture logo;
    *found = v->publication.logo_stem.len && v->data_dir >= 0;
    if (*found)
        try(picture_by_id(v->work, v->publication.logo_id, &logo, found));
    if (!*found)
        return NULL;
    int64_t width = logo.width * LOGO_HEIGHT / (logo.height > 0 ? logo.height : 1);
    str path = picture_webp(v->arena, &logo, width);
    *found = path.len > 0;
    *out = (struct drawing_mark){.folder = v->data_dir,
                                 .file = str_from(path, 1),
                                 .room = {SHARE_WIDTH - 2 * MARGIN, LOGO_HEIGHT},
                                 .x = MARGIN,
                                 .y = LOGO_TOP};
    return NULL;
}

static error show(struct visit *v, struct share_words *words, struct rendered *out)
{
    struct drawing_mark mark;
    try(find_mark(v, &mark, &words->marked));
    words->accent = look_drawn_accent(v);
    words->face = look_drawn_face(v);
    const struct drawing drawing = {.where = v->path,
                                    .svg = share_drawing(v->arena, words),
                                    .size = {SHARE_WIDTH, SHARE_HEIGHT},
                                    .mark = words->marked ? &mark : NULL};
    out->status = 200;
    out->media_type = S("image/png");
    out->immutable = true;
    return drawing_png(v->arena, &drawing, &out->parts[0]);
}

error site_share(struct visit *v, struct rendered *out)
{
    struct story_card card;
    int64_t id;
    bool found = drawing_can() && story_of(v->place.file, &id);
    if (found)
        try(story_card_by_id(v->work, id, &card, &found));
    if (!found || !str_eq(card.status, S("published")))
        return visit_not_found(v, out);
    struct share_words words = words_of(v, &card);
    str current = address(v, id, &words);
    if (!str_eq(v->place.path, current))
        return visit_redirect(v, 302, current, out);
    return show(v, &words, out);
}
