// Sections, authors, topics and kinds: the newest stories of a list, and the way to older ones.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/archive.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"
#include "site/archive.h"
#include "site/composition.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/subject.h"
#include "site/view_page.h"
#include "site/view_part.h"

enum { SHOWN = 25, SECONDARY = 3, LEAD_LOOKED_AT = 4 };

#define SIZES_LEAD "(min-width: 64em) 33rem, (min-width: 37.5em) 60vw, 100vw"
#define SIZES_ROW "(min-width: 37.5em) 13.5rem, 7rem"
#define SIZES_GRID "(min-width: 64em) 26rem, (min-width: 37.5em) 45vw, 92vw"

static error newest(struct visit *v, struct list_of list, struct list *cards)
{
    return listing_cards(v->work, list, RANK_HIGHEST, RANK_LOWEST, SHOWN, cards);
}

static void set_sizes(struct list *cards, const char *sizes)
{
    for (size_t i = 0; i < cards->count; i++)
        list_at(cards, struct view_card, i)->sizes = str_of(sizes);
}

static struct view_meta *meta_of(struct visit *v, const struct subject *of, const char *og_type)
{
    struct view_meta *meta = visit_meta(v, of->name, of->description, of->path, og_type);
    meta->feed_path = str_join(v->arena, of->path, S("feed.xml"));
    meta->feed_title = str_format(v->arena, "%.*s: %.*s", STR(v->publication.name), STR(of->name));
    return meta;
}

// ---- sections: a lead, three beside each other, rows

static error children(struct visit *v, const struct section *section, struct view_section *page)
{
    struct list rows;
    try(section_children(v->work, section->id, &rows));
    struct view_link *links = arena_array(v->arena, struct view_link, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct section_card *child = list_at(&rows, struct section_card, i);
        links[i] = (struct view_link){.label = child->name, .path = child->path};
    }
    page->children = (struct list){links, rows.count};
    page->has_children = rows.count > 0;
    return NULL;
}

// Moves the first story with a picture, of the newest few, before the others.
static void lead_with_picture(struct list *cards)
{
    size_t at = 0;
    while (at < cards->count && at < LEAD_LOOKED_AT &&
           !list_at(cards, struct view_card, at)->picture)
        at++;
    if (at == cards->count || at == LEAD_LOOKED_AT)
        return;
    struct view_card first = *list_at(cards, struct view_card, at);
    for (; at > 0; at--)
        *list_at(cards, struct view_card, at) = *list_at(cards, struct view_card, at - 1);
    *list_at(cards, struct view_card, 0) = first;
}

static struct list rest_of(const struct list *cards, size_t from)
{
    return (struct list){list_at(cards, struct view_card, from), cards->count - from};
}

static void lay_out(struct visit *v, struct list *cards, struct view_section *page)
{
    if (!cards->count)
        return;
    lead_with_picture(cards);
    set_sizes(cards, SIZES_ROW);
    struct view_card *lead = cards->rows;
    lead->sizes = S(SIZES_LEAD);
    page->lead = lead;
    page->secondary = rest_of(cards, 1);
    if (page->secondary.count > SECONDARY)
        page->secondary.count = SECONDARY;
    for (size_t i = 0; i < page->secondary.count; i++)
        list_at(&page->secondary, struct view_card, i)->picture = NULL;
    page->has_secondary = page->secondary.count > 0;
    page->secondary_columns = str_format(v->arena, "columns-%zu", page->secondary.count);
    page->cards = rest_of(cards, 1 + page->secondary.count);
    page->has_cards = page->cards.count > 0;
}

error site_section(struct visit *v, int64_t id, struct rendered *out)
{
    struct section section;
    struct list rows, cards;
    bool found;
    try(section_by_id(v->work, id, &section, &found));
    if (!found)
        return visit_not_found(v, out);
    struct subject of = {{LIST_SECTION, id}, section.name, section.path, section.description, id};
    struct view_section page = {.name = section.name, .description = section.description};
    page.meta = meta_of(v, &of, "website");
    try(visit_breadcrumb(v, id, section.name, section.path, &page.breadcrumb));
    try(children(v, &section, &page));
    try(newest(v, of.list, &rows));
    cards = visit_cards_within(v, &rows, id);
    lay_out(v, &cards, &page);
    try(archive_rail(v, of.list, of.name, of.path, MONTH_HIGHEST, &page.rail));
    return visit_show(v, VIEW_SECTION, &page, out);
}

// ---- authors, topics, kinds: rows, or stills side by side

static error list_rows(struct visit *v, const struct subject *of, struct list *cards,
                       const struct view_rail **rail)
{
    struct list rows;
    try(newest(v, of->list, &rows));
    *cards = visit_cards(v, &rows);
    set_sizes(cards, SIZES_ROW);
    return archive_rail(v, of->list, of->name, of->path, MONTH_HIGHEST, rail);
}

// Their own name need not stand on each of their stories.
static void drop_byline(struct list *cards, str name)
{
    for (size_t i = 0; i < cards->count; i++) {
        struct view_card *card = list_at(cards, struct view_card, i);
        if (str_eq(card->byline, name))
            card->byline = S("");
        if (str_eq(card->label, name))
            card->label = S("");
    }
}

error site_person(struct visit *v, int64_t id, struct rendered *out)
{
    struct person person;
    bool found;
    try(person_by_id(v->work, id, &person, &found));
    if (!found)
        return visit_not_found(v, out);
    struct subject of = {{LIST_PERSON, id}, person.name, person.path, person.role, 0};
    struct view_person_page page = {
        .name = person.name, .role = person.role, .biography = person.biography};
    struct view_meta *meta = meta_of(v, &of, "profile");
    page.meta = meta;
    if (page.biography.text.len)
        look_text_font(v, meta);
    try(visit_breadcrumb(v, 0, person.name, person.path, &page.breadcrumb));
    try(visit_picture(v, person.picture_id, &page.picture));
    try(list_rows(v, &of, &page.cards, &page.rail));
    drop_byline(&page.cards, person.name);
    page.has_cards = page.cards.count > 0;
    return visit_show(v, VIEW_PERSON, &page, out);
}

error site_topic(struct visit *v, int64_t id, struct rendered *out)
{
    struct topic topic;
    bool found;
    try(topic_by_id(v->work, id, &topic, &found));
    if (!found)
        return visit_not_found(v, out);
    struct subject of = {{LIST_TOPIC, id}, topic.name, topic.path, topic.description, 0};
    struct view_topic page = {.name = topic.name, .description = topic.description};
    page.meta = meta_of(v, &of, "website");
    try(visit_breadcrumb(v, 0, topic.name, topic.path, &page.breadcrumb));
    try(list_rows(v, &of, &page.cards, &page.rail));
    page.has_cards = page.cards.count > 0;
    return visit_show(v, VIEW_TOPIC, &page, out);
}

error site_kind(struct visit *v, const struct subject *kind, struct rendered *out)
{
    struct view_kind_page page = {.name = kind->name, .description = kind->description};
    page.is_grid = kind->list.id == KIND_VIDEO;
    page.meta = meta_of(v, kind, "website");
    try(visit_breadcrumb(v, 0, kind->name, kind->path, &page.breadcrumb));
    try(list_rows(v, kind, &page.cards, &page.rail));
    if (page.is_grid)
        set_sizes(&page.cards, SIZES_GRID);
    page.has_cards = page.cards.count > 0;
    return visit_show(v, VIEW_KIND, &page, out);
}
