// Writes the menus of a WordPress publication.
// SPDX-License-Identifier: Apache-2.0
#include <stdlib.h>

#include "base/arena.h"
#include "interop/wp_body.h"
#include "interop/wp_write.h"
#include "model/archive.h"
#include "model/check.h"
#include "model/import_item.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/work.h"
#include "text/url.h"

enum { PLACE_MOST = 50, HEAD_SECTIONS = 8 };

struct menus {
    struct wp_writer *x;
    struct work *w;
    size_t left; // items that the menu may still have
};

static int by_order(const void *a, const void *b)
{
    const struct wp_menu_item *x = a, *y = b;
    int menu = str_cmp(x->menu, y->menu);
    if (menu)
        return menu;
    if (x->order != y->order)
        return x->order < y->order ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

// The label and path of what the item leads to; empty where that is not here, or not for readers.
static error find_object(struct menus *m, const struct wp_menu_item *i, str *label, str *path)
{
    struct import_item item;
    struct story_card card;
    struct page page;
    bool found;
    str id = str_format(m->w->arena, "%lld", (long long)i->object_id);
    str source = m->x->site->source;
    try(import_item_find(m->w, source, "page", id, &item, &found));
    if (found)
        try(page_by_id(m->w, item.local_id, &page, &found));
    if (found && str_eq(page.status, S("published"))) {
        *label = page.title;
        *path = page.path;
        return NULL;
    }
    try(import_item_find(m->w, source, "story", id, &item, &found));
    if (found)
        try(story_card_by_id(m->w, item.local_id, &card, &found));
    if (found && str_eq(card.status, S("published"))) {
        *label = card.headline;
        *path = card.path;
    }
    return NULL;
}

static error find_term(struct menus *m, const struct wp_menu_item *i, str *label, str *path)
{
    struct wp_site *s = m->x->site;
    str id = str_format(m->w->arena, "%lld", (long long)i->object_id);
    for (size_t n = 0; n < s->categories.count; n++) {
        struct wp_term *term = s->categories.all[n];
        if (str_eq(i->object, S("category")) && str_eq(term->id, id)) {
            *label = term->name;
            *path = term->path;
        }
    }
    for (size_t n = 0; n < s->tags.count; n++) {
        struct wp_term *term = s->tags.all[n];
        struct topic topic;
        bool found;
        if (!str_eq(i->object, S("post_tag")) || !str_eq(term->id, id))
            continue;
        try(topic_by_id(m->w, term->local_id, &topic, &found));
        if (found) {
            *label = topic.name;
            *path = topic.path;
        }
    }
    return NULL;
}

static str custom_address(struct menus *m, str url)
{
    str clean, path = wp_path_on_site(url, m->x->site->address);
    if (path.ptr && wp_paths_has(m->x->site, path))
        return path;
    enum url_kind kind = url_clean(m->w->arena, url, &clean);
    bool rooted = kind == URL_RELATIVE && str_starts(clean, S("/"));
    return (kind == URL_HTTP || rooted) && clean.len <= ADDRESS_MOST ? clean : S("");
}

static error fill(struct menus *m, const struct wp_menu_item *i, struct menu_item *out)
{
    str label = S(""), path = S("");
    if (str_eq(i->type, S("custom")))
        path = custom_address(m, i->url);
    else if (str_eq(i->type, S("taxonomy")))
        try(find_term(m, i, &label, &path));
    else
        try(find_object(m, i, &label, &path));
    out->address = path;
    out->label = wp_line(m->w->arena, i->label.len ? i->label : label, NAME_MOST);
    return NULL;
}

// Those of `menu` below `parent`; what stands deeper than menus go joins the last level.
static error add_below(struct menus *m, const struct wp_menu_item *all, size_t count,
                       int64_t parent, int level, struct menu_item *into, size_t *into_count)
{
    for (size_t i = 0; i < count && m->left; i++) {
        if (all[i].parent != parent)
            continue;
        struct menu_item item = {0};
        try(fill(m, &all[i], &item));
        bool shown = item.label.len > 0;
        struct menu_item *own = NULL;
        size_t own_count = 0;
        if (shown) {
            m->left--;
            into[(*into_count)++] = item;
        }
        if (level == MENU_LEVELS || level >= 20) {
            if (level < 20)
                try(add_below(m, all, count, all[i].id, level, into, into_count));
            continue;
        }
        size_t at = *into_count;
        own = arena_array(m->w->arena, struct menu_item, m->left + 1);
        try(add_below(m, all, count, all[i].id, level + 1, own, &own_count));
        if (shown)
            into[at - 1].children = (struct list){own, own_count};
    }
    return NULL;
}

static str place_of(struct work *w, str slug)
{
    str place = wp_slug(w->arena, slug, slug);
    while (place.len > PLACE_MOST || str_ends(place, S("-")))
        place = str_sub(place, 0, place.len > PLACE_MOST ? PLACE_MOST : place.len - 1);
    return place;
}

static bool is_main(str slug)
{
    return str_find(slug, S("main")) >= 0 || str_find(slug, S("primary")) >= 0 ||
           str_find(slug, S("header")) >= 0;
}

// A menu goes to the place of its name; one that is called the main one also heads the pages, where
// no menu does yet.
static error place_menu(struct wp_writer *x, struct work *w, str slug, const struct list *items)
{
    struct list main_menu, has;
    str place = place_of(w, slug);
    try(menu_read(w, place, &has));
    if (!has.count) {
        try(menu_replace(w, place, items));
        x->report->counts[IMPORTED_MENUS].created++;
    } else {
        x->report->counts[IMPORTED_MENUS].unchanged++;
    }
    try(menu_read(w, S("main"), &main_menu));
    return is_main(slug) && !main_menu.count ? menu_replace(w, S("main"), items) : NULL;
}

static error write_menu(struct wp_writer *x, struct work *w, const struct wp_menu_item *all,
                        size_t count)
{
    struct menus m = {x, w, MENU_ITEMS};
    struct menu_item *items = arena_array(w->arena, struct menu_item, MENU_ITEMS);
    size_t shown = 0;
    try(add_below(&m, all, count, 0, 1, items, &shown));
    if (count > MENU_ITEMS)
        tally_add(&x->report->left_out, S("items beyond 200 of a menu"),
                  (int64_t)count - MENU_ITEMS);
    struct list list = {items, shown};
    error e = shown ? place_menu(x, w, all->menu, &list) : NULL;
    if (!wp_is_about_item(e))
        return e;
    tally_add(&x->report->left_out, S("menus that cannot be stored"), 1);
    import_report_note(x->report, "menu \"%.*s\": %.*s", STR(all->menu), STR(e->message));
    return NULL;
}

// ---- the head of the pages, where no menu of the export is meant for it

struct weighed {
    struct section_card *section;
    int64_t stories;
};

static int by_stories(const void *a, const void *b)
{
    const struct weighed *x = a, *y = b;
    if (x->stories != y->stories)
        return x->stories > y->stories ? -1 : 1;
    return (x->section->id > y->section->id) - (x->section->id < y->section->id);
}

static error weigh(struct work *w, struct weighed *one)
{
    struct list parts;
    try(archive_parts(w, (struct list_of){LIST_SECTION, one->section->id}, &parts));
    for (size_t i = 0; i < parts.count; i++)
        one->stories += list_at(&parts, struct archive_part, i)->stories;
    return NULL;
}

// The sections at the top of the tree with the most stories.
static error choose_sections(struct work *w, struct menu_item *items, size_t *count)
{
    struct list cards;
    try(section_children(w, 0, &cards));
    struct weighed *all = arena_array(w->arena, struct weighed, cards.count + 1);
    for (size_t i = 0; i < cards.count; i++) {
        all[i] = (struct weighed){list_at(&cards, struct section_card, i), 0};
        try(weigh(w, &all[i]));
    }
    qsort(all, cards.count, sizeof *all, by_stories);
    for (size_t i = 0; i < cards.count && i < HEAD_SECTIONS && all[i].stories; i++)
        items[(*count)++] =
            (struct menu_item){.label = all[i].section->name, .address = all[i].section->path};
    return NULL;
}

// Once: who takes the menu away later does not get it again.
static error head_pages(struct wp_writer *x, struct work *w)
{
    struct menu_item items[HEAD_SECTIONS] = {0};
    struct import_item mark = {0, S(""), S("")};
    struct list has, list = {items, 0};
    bool before;
    try(import_item_find(w, x->site->source, "menu", S("main"), &mark, &before));
    try(menu_read(w, S("main"), &has));
    if (before || has.count)
        return NULL;
    try(choose_sections(w, items, &list.count));
    if (!list.count)
        return NULL;
    try(menu_replace(w, S("main"), &list));
    x->report->counts[IMPORTED_MENUS].created++;
    tally_add(&x->report->changed, S("menu made of the sections with the most stories"), 1);
    return import_item_save(w, x->site->source, "menu", S("main"), &mark);
}

error wp_write_menus(struct wp_writer *x)
{
    struct wp_site *s = x->site;
    struct work w;
    error e = NULL;
    if (s->menu_item_count)
        qsort(s->menu_items, s->menu_item_count, sizeof *s->menu_items, by_order);
    try(work_write(&w, x->conn, x->batch, x->options->now));
    for (size_t from = 0, to; !e && from < s->menu_item_count; from = to) {
        to = from;
        while (to < s->menu_item_count && str_eq(s->menu_items[to].menu, s->menu_items[from].menu))
            to++;
        e = write_menu(x, &w, &s->menu_items[from], to - from);
    }
    if (!e)
        e = head_pages(x, &w);
    bool wrote = w.writes.count > 0;
    if (!e)
        e = work_commit(&w);
    if (!e && wrote)
        x->report->commit = w.commit;
    work_end(&w);
    return e ? failure(s->arena, e->fault, e->where, "%.*s", STR(e->message)) : NULL;
}
