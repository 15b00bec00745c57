// Sections, authors and topics: the newest stories of a list, and the way to older ones.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/archive.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"
#include "site/archive.h"
#include "site/pages.h"
#include "site/view_page.h"
#include "site/view_part.h"

enum { SHOWN = 25, MONTHS_SHOWN = 12 };

static error newest(struct visit *v, struct list_of list, struct list *cards)
{
    struct list rows;
    try(listing_cards(v->work, list, RANK_HIGHEST, RANK_LOWEST, SHOWN, &rows));
    *cards = visit_cards_within(v, &rows, list.kind == LIST_SECTION ? list.id : 0);
    return NULL;
}

// "Older: all stories by month", when there are more than the page shows.
static void pager(struct visit *v, str path, size_t shown, const struct view_pager **out)
{
    if (shown < SHOWN)
        return;
    struct view_link *link = arena_make(v->arena, struct view_link);
    struct view_pager *pager = arena_make(v->arena, struct view_pager);
    *link = (struct view_link){.label = S("All stories by month"),
                               .path = str_join(v->arena, path, S("archive/"))};
    pager->older = link;
    *out = pager;
}

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

error site_section(struct visit *v, int64_t id, struct rendered *out)
{
    struct section section;
    bool found;
    try(section_by_id(v->work, id, &section, &found));
    if (!found)
        return visit_not_found(v, out);
    struct list_of list = {LIST_SECTION, id};
    struct view_section page = {
        .name = section.name,
        .description = section.description,
        .archive_path = str_join(v->arena, section.path, S("archive/")),
        .feed_path = str_join(v->arena, section.path, S("feed.xml")),
    };
    struct view_meta *meta =
        visit_meta(v, section.name, section.description, section.path, "website");
    meta->feed_path = page.feed_path;
    meta->feed_title =
        str_format(v->arena, "%.*s: %.*s", STR(v->publication.name), STR(section.name));
    page.meta = meta;
    try(visit_breadcrumb(v, id, section.name, section.path, &page.breadcrumb));
    try(children(v, &section, &page));
    struct list cards;
    try(newest(v, list, &cards));
    if (cards.count) {
        page.lead = cards.rows;
        page.cards = (struct list){(struct view_card *)cards.rows + 1, cards.count - 1};
        page.has_cards = page.cards.count > 0;
    }
    try(archive_months(v, list, section.path, MONTHS_SHOWN, &page.months));
    page.has_months = page.months.count > 0;
    return visit_show(v, VIEW_SECTION, &page, out);
}

error site_person(struct visit *v, int64_t id, struct rendered *out)
{
    struct person person;
    bool found;
    try(person_by_id(v->work, id, &person, &found));
    if (!found)
        return visit_not_found(v, out);
    struct view_person_page page = {
        .name = person.name, .role = person.role, .biography = person.biography};
    page.meta = visit_meta(v, person.name, person.role, person.path, "profile");
    try(visit_breadcrumb(v, 0, person.name, person.path, &page.breadcrumb));
    try(visit_picture(v, person.picture_id, &page.picture));
    try(newest(v, (struct list_of){LIST_PERSON, id}, &page.cards));
    page.has_cards = page.cards.count > 0;
    pager(v, person.path, page.cards.count, &page.pager);
    return visit_show(v, VIEW_PERSON, &page, out);
}

error site_topic(struct visit *v, int64_t id, struct rendered *out)
{
    struct topic topic;
    bool found;
    try(topic_by_id(v->work, id, &topic, &found));
    if (!found)
        return visit_not_found(v, out);
    struct view_topic page = {.name = topic.name, .description = topic.description};
    page.meta = visit_meta(v, topic.name, topic.description, topic.path, "website");
    try(visit_breadcrumb(v, 0, topic.name, topic.path, &page.breadcrumb));
    try(newest(v, (struct list_of){LIST_TOPIC, id}, &page.cards));
    page.has_cards = page.cards.count > 0;
    pager(v, topic.path, page.cards.count, &page.pager);
    return visit_show(v, VIEW_TOPIC, &page, out);
}
