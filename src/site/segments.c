// The segments that every page shares.
// SPDX-License-Identifier: Apache-2.0
#include "site/segments.h"

#include "base/arena.h"
#include "model/menu.h"
#include "model/section.h"
#include "site/look.h"
#include "site/prefs.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/zone.h"

enum { NEWEST = 4, LONG_NAME = 22, FOOTER_SECTIONS = 24 };

static struct list links(struct visit *v, const struct list *items)
{
    struct view_link *all = arena_array(v->arena, struct view_link, items->count);
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = list_at(items, struct menu_item, i);
        all[i] = (struct view_link){.first = i == 0,
                                    .label = item->label,
                                    .path = item->address,
                                    .has_children = item->children.count > 0,
                                    .children = links(v, &item->children)};
    }
    return (struct list){all, items->count};
}

static error menu(struct visit *v, enum menu_place place, struct list *out)
{
    struct list items;
    try(menu_read(v->work, menu_places[place], &items));
    *out = links(v, &items);
    return NULL;
}

// Without a menu of the editors' the sections at the top stand in its place.
static error top_sections(struct visit *v, struct list *out)
{
    struct list sections;
    try(section_children(v->work, 0, &sections));
    struct view_link *all = arena_array(v->arena, struct view_link, sections.count);
    for (size_t i = 0; i < sections.count; i++) {
        const struct section_card *section = list_at(&sections, struct section_card, i);
        all[i] = (struct view_link){.label = section->name, .path = section->path};
    }
    *out = (struct list){all, sections.count};
    return NULL;
}

// So many that nobody would look through them are not listed: the main menu is the editors' choice.
static error footer_sections(struct visit *v, struct list *out)
{
    struct list chosen;
    try(top_sections(v, out));
    if (out->count <= FOOTER_SECTIONS)
        return NULL;
    try(menu(v, MENU_MAIN, &chosen));
    if (chosen.count)
        *out = chosen;
    else
        out->count = FOOTER_SECTIONS;
    return NULL;
}

error segment_head(struct visit *v, struct rendered *out)
{
    struct view_head head = {
        .name = v->publication.name,
        .is_long = v->publication.name.len > LONG_NAME,
    };
    try(look_logo(v, &head.logo, &head.logo_dark));
    try(menu(v, MENU_MAIN, &head.main_menu));
    try(menu(v, MENU_COMPACT, &head.compact_menu));
    try(menu(v, MENU_FOLLOW, &head.follow));
    head.has_follow = head.follow.count > 0;
    if (!head.main_menu.count)
        try(top_sections(v, &head.main_menu));
    if (!head.compact_menu.count)
        head.compact_menu = head.main_menu;
    head.has_menu = head.main_menu.count > 0;
    out->shared = true;
    return visit_show(v, VIEW_HEAD, &head, out);
}

error segment_tail(struct visit *v, struct rendered *out)
{
    struct view_tail tail = {.name = v->publication.name, .tagline = v->publication.tagline};
    struct list cards;
    try(look_logo(v, &tail.logo, &tail.logo_dark));
    try(listing_cards(v->work, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, NEWEST,
                      &cards));
    tail.newest = visit_cards(v, &cards);
    tail.has_newest = cards.count > 0;
    try(footer_sections(v, &tail.sections));
    try(menu(v, MENU_COMPANY, &tail.company));
    try(menu(v, MENU_MORE_INFO, &tail.more_info));
    try(menu(v, MENU_FOLLOW, &tail.follow));
    try(menu(v, MENU_NOTICE, &tail.notice));
    tail.has_follow = tail.follow.count > 0;
    tail.has_notice = tail.notice.count > 0;
    tail.has_sections = tail.sections.count > 0;
    tail.has_company = tail.company.count > 0;
    tail.has_more_info = tail.more_info.count > 0;
    struct civil today = zone_civil(v->zone, v->work->now);
    tail.copyright = str_format(v->arena, "© %d %.*s", today.year, STR(v->publication.name));
    visit_until_new_year(v);
    out->shared = true;
    return visit_show(v, VIEW_TAIL, &tail, out);
}

error segment_prefs(struct visit *v, struct rendered *out)
{
    ptrdiff_t slash = str_rfind_char(v->path, '/');
    struct prefs chosen = prefs_read(str_from(v->path, (size_t)(slash + 1)));
    struct view_prefs prefs = {.language = v->publication.language,
                               .classes = prefs_classes(v->arena, chosen)};
    if (str_eq(visit_direction(prefs.language), S("rtl")))
        prefs.direction = S("rtl");
    out->shared = true;
    return visit_show(v, VIEW_PREFS, &prefs, out);
}
