// One page being made for a reader: what its handler is given, and what it hands back.
// SPDX-License-Identifier: Apache-2.0
#include "site/visit.h"

#include "base/arena.h"
#include "base/buf.h"
#include "image/protocol.h"
#include "model/picture.h"
#include "model/section.h"
#include "site/icon.h"
#include "site/look.h"
#include "site/theme.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/date.h"
#include "text/zone.h"

enum { PAGE_MOST = 16 << 20, LIVE_MS = 12 * 3600 * 1000 };

error visit_begin(struct visit *v, struct arena *a, struct work *work, const struct theme *theme,
                  const struct zone *known)
{
    *v = (struct visit){.arena = a, .work = work, .theme = theme, .data_dir = -1};
    try(publication_read(work, &v->publication));
    if (known && str_eq(zone_name(known), v->publication.zone))
        work->zone = known;
    return work_zone(work, &v->zone);
}

void visit_renew(struct visit *v)
{
    v->work->reads = keyset_new(v->arena);
    publication_reads(v->work, &v->publication);
}

static error show_part(struct visit *v, const struct template *t, const void *record, str *out)
{
    struct buf page = buf_new(v->arena, PAGE_MOST);
    buf_room(&page, 16 * 1024);
    template_render(t, record, &page);
    if (page.overflow)
        return failure(v->arena, FAULT_LIMIT, v->path, "the page would be larger than 16 MiB");
    *out = buf_str(&page);
    return NULL;
}

error visit_show(struct visit *v, enum view view, const void *record, struct rendered *out)
{
    const struct shown_by *t = theme_view(v->theme, view);
    out->framed = t->meta != NULL;
    if (out->status == 0)
        out->status = 200;
    if (!out->media_type.len)
        out->media_type = S("text/html; charset=utf-8");
    if (!t->meta)
        return show_part(v, t->own, record, &out->parts[0]);
    try(show_part(v, t->meta, record, &out->parts[0]));
    return show_part(v, t->own, record, &out->parts[1]);
}

str visit_url(struct visit *v, str path)
{
    return str_join(v->arena, v->publication.base_url, path);
}

struct view_meta *visit_meta(struct visit *v, str headline, str description, str canonical,
                             const char *og_type)
{
    struct view_meta *meta = arena_make(v->arena, struct view_meta);
    *meta = (struct view_meta){
        .title = headline,
        .headline = headline,
        .description = description,
        .site_name = v->publication.name,
        .base_url = v->publication.base_url,
        .canonical = canonical.len ? visit_url(v, canonical) : S(""),
        .og_type = str_of(og_type),
        .language = v->publication.language,
        .feed_title = v->publication.name,
        .feed_path = S("/feed.xml"),
        .style_path = look_style_path(v),
        .fonts = look_fonts(v),
        .script_path = theme_asset(v->theme, S("script.js")),
    };
    icon_describe(v, meta);
    if (!str_eq(headline, v->publication.name))
        meta->title = str_of_all(v->arena, headline, S(" | "), v->publication.name);
    return meta;
}

error visit_breadcrumb(struct visit *v, int64_t section_id, str last_label, str last_path,
                       struct list *crumbs)
{
    struct list ancestors = {0};
    if (section_id)
        try(section_ancestors(v->work, section_id, &ancestors));
    size_t count = ancestors.count + 2;
    struct view_crumb *all = arena_array(v->arena, struct view_crumb, count);
    all[0] = (struct view_crumb){.label = v->publication.name, .path = S("/")};
    for (size_t i = 0; i < ancestors.count; i++) {
        const struct section_card *section = list_at(&ancestors, struct section_card, i);
        all[i + 1] = (struct view_crumb){.label = section->name, .path = section->path};
    }
    // A section's own page ends with the section itself.
    if (ancestors.count && str_eq(all[ancestors.count].path, last_path))
        count--;
    else
        all[count - 1] = (struct view_crumb){.label = last_label, .path = last_path};
    for (size_t i = 0; i < count; i++)
        all[i].position = (int64_t)i + 1;
    all[0].first = true;
    all[count - 1].current = true;
    *crumbs = (struct list){all, count};
    return NULL;
}

void visit_crumb_language(const struct visit *v, str language, struct list *crumbs)
{
    struct view_crumb *last = (struct view_crumb *)crumbs->rows + crumbs->count - 1;
    visit_language(v, language, &last->language, &last->direction);
}

// ---- languages

str visit_direction(str language)
{
    static const char *const leftward[] = {"ar", "arc", "ckb", "dv", "fa", "he",
                                           "ks", "ps",  "sd",  "ug", "ur", "yi"};
    str first = str_cut(&language, '-');
    for (size_t i = 0; i < sizeof leftward / sizeof *leftward; i++)
        if (str_eq_nocase(first, str_of(leftward[i])))
            return S("rtl");
    return S("ltr");
}

void visit_language(const struct visit *v, str language, str *lang, str *direction)
{
    if (!language.len || str_eq_nocase(language, v->publication.language))
        return;
    *lang = language;
    *direction = visit_direction(language);
}

// ---- cards

str visit_length(struct visit *v, int64_t seconds)
{
    long long hours = seconds / 3600, minutes = seconds / 60 % 60, rest = seconds % 60;
    if (!seconds)
        return S("");
    return hours ? str_format(v->arena, "%lld:%02lld:%02lld", hours, minutes, rest)
                 : str_format(v->arena, "%lld:%02lld", minutes, rest);
}

str visit_kind_label(str kind)
{
    static const struct {
        const char *kind, *label;
    } labels[] = {{"analysis", "Analysis"},
                  {"opinion", "Opinion"},
                  {"explainer", "Explainer"},
                  {"video", "Video"},
                  {"live", "As it happened"},
                  {"news", ""},
                  {"wire", ""}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq(kind, str_of(labels[i].kind)))
            return str_of(labels[i].label);
    return S("");
}

bool visit_is_live(struct visit *v, const struct story_card *card)
{
    instant end = {card->updated_at.ms + LIVE_MS};
    if (!str_eq(card->kind, S("live")) || v->work->now.ms >= end.ms)
        return false;
    keyset_fresh_until(&v->work->reads, end);
    return true;
}

static str byline(struct visit *v, const struct story_card *card)
{
    if (!card->person1_id)
        return S("");
    if (!card->person2_id)
        return card->person1_name;
    return str_of_all(v->arena, card->person1_name, card->byline_count == 2 ? S(" and ") : S(", "),
                      card->person2_name, card->byline_count > 2 ? S(" and others") : S(""));
}

// ---- pictures

// Which ninth of the picture must stay in view.
static str focus_class(struct visit *v, const struct picture *p)
{
    int across = (int)(p->focus_x * 3 / 1001), down = (int)(p->focus_y * 3 / 1001);
    return across == 1 && down == 1 ? S("") : str_format(v->arena, "focus-%d%d", across, down);
}

const struct view_picture *visit_picture_of(struct visit *v, const struct picture *p)
{
    if (!p->stem.len || !p->width || !p->height)
        return NULL;
    struct view_picture *shown = arena_make(v->arena, struct view_picture);
    *shown = (struct view_picture){
        .path = picture_fallback(v->arena, p),
        .avif = picture_srcset(v->arena, p, S("avif")),
        .webp = picture_srcset(v->arena, p, S("webp")),
        .animation = picture_animation(v->arena, p),
        .alt = p->alt,
        .caption = p->caption,
        .credit = p->credit,
        .width = p->width,
        .height = p->height,
        .focus = focus_class(v, p),
        .plate = p->alpha,
    };
    return shown;
}

static const struct view_picture *card_picture(struct visit *v, const struct story_card *card)
{
    struct picture picture = {
        .stem = card->picture_stem,
        .variants = card->picture_variants,
        .alt = card->picture_alt,
        .width = card->picture_width,
        .height = card->picture_height,
        .focus_x = card->picture_focus_x,
        .focus_y = card->picture_focus_y,
        .alpha = card->picture_alpha,
    };
    return visit_picture_of(v, &picture);
}

error visit_picture(struct visit *v, int64_t id, const struct view_picture **out)
{
    return visit_shared_picture(v, id, out, NULL);
}

// The crop is of this size where the picture is large enough; else its size is not known here.
static void share_size(const struct picture *p, struct view_meta *meta)
{
    int64_t width = p->width < IMAGE_WIDEST ? p->width : IMAGE_WIDEST;
    int64_t height = p->height * width / p->width;
    if (str_find(p->variants, S("share.jpg")) < 0 || width < IMAGE_SHARE_WIDTH ||
        height < IMAGE_SHARE_HEIGHT)
        return;
    meta->picture_width = IMAGE_SHARE_WIDTH;
    meta->picture_height = IMAGE_SHARE_HEIGHT;
}

error visit_shared_picture(struct visit *v, int64_t id, const struct view_picture **out,
                           struct view_meta *meta)
{
    struct picture picture;
    bool found = false;
    if (id)
        try(picture_by_id(v->work, id, &picture, &found));
    const struct view_picture *shown = found ? visit_picture_of(v, &picture) : NULL;
    if (!shown)
        return NULL;
    *out = shown;
    if (meta) {
        meta->picture_url = visit_url(v, picture_share(v->arena, &picture));
        meta->picture_alt = picture.alt;
        share_size(&picture, meta);
    }
    return NULL;
}

bool visit_has_pictures_elsewhere(html body)
{
    return str_find(body.text, S(" class=\"picture-link\"")) >= 0;
}

// ---- cards as lists show them

// The day and the time of what is of this year, else the day and the year: a page that shows it is
// another one then (visit_until_new_year).
static str moment(struct visit *v, instant t)
{
    bool this_year = zone_civil(v->zone, t).year == zone_civil(v->zone, v->work->now).year;
    return date_text(v->arena, v->zone, t, this_year ? DATE_MOMENT : DATE_SHORT);
}

instant visit_new_year(const struct visit *v, int64_t year)
{
    return zone_instant(v->zone, (struct civil){.year = (int)year, .month = 1, .day = 1});
}

void visit_until_new_year(struct visit *v)
{
    int year = zone_civil(v->zone, v->work->now).year;
    keyset_fresh_until(&v->work->reads, visit_new_year(v, year + 1));
}

// All but the section's name, which a move changes: in opinion the writer stands in its place.
static struct view_card plain_card(struct visit *v, const struct story_card *card)
{
    struct view_card shown = {
        .path = card->path,
        .headline = card->headline,
        .trail = card->standfirst.len ? card->standfirst : card->excerpt,
        .kind_label = visit_kind_label(card->kind),
        .byline = byline(v, card),
        .source_name = card->source_name,
        .is_opinion = str_eq(card->kind, S("opinion")),
        .is_video = str_eq(card->kind, S("video")),
        .is_live = visit_is_live(v, card),
        .published_date = date_text(v->arena, v->zone, card->published_at, DATE_SHORT),
        .published_moment = moment(v, card->published_at),
        .published_iso = date_text(v->arena, v->zone, card->published_at, DATE_MACHINE),
        .sizes = S("(min-width: 64em) 18.75rem, (min-width: 37.5em) 33vw, 7rem"),
        .picture = card_picture(v, card),
    };
    if (shown.is_opinion && shown.byline.len)
        shown.label = shown.byline;
    if (shown.is_live) {
        shown.updated_moment = date_text(v->arena, v->zone, card->updated_at, DATE_MOMENT);
        shown.updated_iso = date_text(v->arena, v->zone, card->updated_at, DATE_MACHINE);
    }
    if (shown.is_video)
        shown.video_length = visit_length(v, card->video_seconds);
    visit_language(v, card->language, &shown.language, &shown.direction);
    return shown;
}

static struct view_card card_within(struct visit *v, const struct story_card *card, int64_t section)
{
    struct view_card shown = plain_card(v, card);
    if (shown.label.len)
        return shown;
    story_section_read(v->work, card);
    if (card->section_id != section)
        shown.label = card->section_name;
    return shown;
}

struct view_card visit_card(struct visit *v, const struct story_card *card)
{
    return card_within(v, card, 0);
}

struct list visit_cards(struct visit *v, const struct list *story_cards)
{
    return visit_cards_within(v, story_cards, 0);
}

struct list visit_cards_within(struct visit *v, const struct list *story_cards, int64_t section_id)
{
    struct view_card *all = arena_array(v->arena, struct view_card, story_cards->count);
    for (size_t i = 0; i < story_cards->count; i++)
        all[i] = card_within(v, list_at(story_cards, struct story_card, i), section_id);
    return (struct list){all, story_cards->count};
}

struct list visit_cards_plain(struct visit *v, const struct list *story_cards)
{
    struct view_card *all = arena_array(v->arena, struct view_card, story_cards->count);
    for (size_t i = 0; i < story_cards->count; i++)
        all[i] = plain_card(v, list_at(story_cards, struct story_card, i));
    return (struct list){all, story_cards->count};
}

// ---- answers without a page of their own

error visit_redirect(struct visit *v, int status, str location, struct rendered *out)
{
    out->status = status;
    out->location = location;
    out->media_type = S("text/html; charset=utf-8");
    return NULL;
}

error visit_error(struct visit *v, int status, str headline, str sentence, struct rendered *out)
{
    struct view_meta *meta = visit_meta(v, headline, sentence, S(""), "website");
    meta->robots = S("noindex");
    struct view_error record = {meta, status, headline, sentence};
    out->status = status;
    return visit_show(v, VIEW_ERROR, &record, out);
}

error visit_not_found(struct visit *v, struct rendered *out)
{
    return visit_error(
        v, 404, S("This page is not here"),
        S("The address may be mistyped, or the page has never been. The newest stories "
          "are below."),
        out);
}
