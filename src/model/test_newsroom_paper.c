// The random changes of what stands around the stories: menus, pages, the look, events.
// SPDX-License-Identifier: Apache-2.0
#include "model/event.h"
#include "model/feature.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/path.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/test_newsroom_parts.h"

enum { PAGES_MOST = 20, EVENTS_USED = 12 };

error edit_menu(struct editor *e, struct work *w, struct told *told)
{
    static const char *const places[] = {"main",      "compact", "company",
                                         "more-info", "follow",  "notice"};
    struct menu_item items[6] = {0}, below_first[2] = {0};
    size_t count = (size_t)below(e, 6);
    for (size_t i = 0; i < count; i++) {
        struct section s;
        bool found;
        try(section_by_id(w, any(e, &e->sections), &s, &found));
        items[i] = (struct menu_item){
            .label = str_format(w->arena, "Item %lld", (long long)++e->mark), .address = s.path};
    }
    if (count > 1) {
        below_first[0] = (struct menu_item){.label = S("Latest"), .address = S("/latest/")};
        below_first[1] = (struct menu_item){.label = S("Topic"), .address = S("/topic/topic-1/")};
        items[0].children = (struct list){below_first, 2};
    }
    struct list list = {items, count};
    return menu_replace(w, str_of(places[below(e, 6)]), &list);
}

error save_page(struct editor *e, struct work *w, struct told *told)
{
    size_t number =
        e->pages.count < PAGES_MOST && below(e, 2) ? e->pages.count + 1 : 1 + some_page(e);
    struct page p = {
        .path = str_format(w->arena, "/page-%zu/", number),
        .title = str_format(w->arena, "Page M%lld.", (long long)++e->mark),
        .description = S(""),
        .status = below(e, 6) ? S("published") : S("draft"),
        .body = {str_format(w->arena, "<p>Text %lld</p>", (long long)e->mark)},
    };
    try(page_save(w, &p));
    if (number > e->pages.count)
        learn(&e->pages, p.id);
    *told = (struct told){p.path, e->mark};
    return NULL;
}

// Every page has another style sheet then; an empty text is the theme's own.
static void edit_look(struct editor *e, struct work *w, struct publication *p)
{
    static const char *const headline[] = {"", "newsreader", "public-sans", "georgia", "system"};
    static const char *const text[] = {"", "public-sans", "georgia", "system"};
    if (below(e, 2))
        p->accent = str_format(w->arena, "#%06llx", (unsigned long long)below(e, 1 << 24));
    else
        p->accent = S("");
    p->headline_font = str_of(headline[below(e, 5)]);
    p->text_font = str_of(text[below(e, 4)]);
}

// Pictures that the publication may have as its icon or logo. A logo without WebP is on no drawing:
// its file would have to be somewhere.
#define ICON S("/p/icon.png")
#define LOGO S("/p/logo.png")

static void make_mark_files(struct editor *e, struct work *w, struct picture *p)
{
    make_files(e, w, p);
    p->media_type = S("image/png");
    p->width = 512;
    p->height = str_eq(p->address, ICON) ? 512 : 64;
    p->variants = str_eq(p->address, ICON) ? S("96.png 192.png 512.png touch.png maskable.png")
                                           : S("320.png 512.png");
}

static error choose_mark(struct editor *e, struct work *w, str address, int64_t *id)
{
    struct picture p = {.address = address};
    make_mark_files(e, w, &p);
    *id = 0;
    return below(e, 3) ? picture_ensure(w, &p, id) : NULL;
}

static error edit_mark(struct editor *e, struct work *w, struct told *told)
{
    struct picture picture;
    bool found;
    try(picture_by_address(w, below(e, 2) ? ICON : LOGO, &picture, &found));
    if (!found)
        return NULL;
    make_mark_files(e, w, &picture);
    return picture_set_files(w, &picture);
}

static error edit_marks(struct editor *e, struct work *w, struct publication *p)
{
    try(choose_mark(e, w, ICON, &p->icon_id));
    return choose_mark(e, w, LOGO, &p->logo_id);
}

// Each throws all pages away, and what they were kept for too long with them: so it is seldom.
error edit_publication(struct editor *e, struct work *w, struct told *told)
{
    struct publication p;
    if (below(e, 5) == 0)
        return edit_mark(e, w, told);
    try(publication_read(w, &p));
    if (below(e, 3) == 0)
        edit_look(e, w, &p);
    else if (below(e, 3) == 0)
        try(edit_marks(e, w, &p));
    else if (below(e, 2))
        p.tagline = str_format(w->arena, "Tagline %lld", (long long)++e->mark);
    else
        p.name = str_format(w->arena, "Paper M%lld.", (long long)++e->mark);
    *told = (struct told){S("/"), e->mark};
    return publication_update(w, &p);
}

error redirect(struct editor *e, struct work *w, struct told *told)
{
    str path = str_format(w->arena, "/old-%lld/", (long long)below(e, 40));
    struct path_target there;
    bool found;
    try(path_find(w, path, &there, &found));
    return found ? NULL : path_redirect(w, path, S("/latest/"));
}

// Some end within seconds: what is coming becomes what was while readers look.
error save_event(struct editor *e, struct work *w, struct told *told)
{
    static const char *const statuses[] = {"planned", "planned", "cancelled", "removed"};
    struct event event = {
        .kind = S("webinar"),
        .status = str_of(statuses[below(e, 4)]),
        .title = str_format(w->arena, "Event M%lld.", (long long)++e->mark),
        .summary = str_format(w->arena, "Summary %lld", (long long)e->mark),
        .starts_at = {w->now.ms - 3600000 + below(e, 40) * 86400000 * below(e, 2)},
        .zone = below(e, 2) ? S("Asia/Tokyo") : S(""),
        .price = S("Free"),
        .body = {str_format(w->arena, "<p>Text %lld</p>", (long long)e->mark)},
    };
    event.ends_at = (instant){event.starts_at.ms + 3600000 + below(e, 20000)};
    struct list events;
    try(event_between(w, (instant){INT64_MIN}, INSTANT_NEVER, EVENTS_LISTED, &events));
    if (events.count < EVENTS_USED)
        try(event_create(w, &event, S("")));
    else {
        const struct event *has = list_at(&events, struct event, below(e, (int64_t)events.count));
        event.id = has->id;
        try(event_update(w, &event));
    }
    *told = (struct told){event.path, e->mark};
    return NULL;
}

// A story that is closed may be featured too: the front must leave it out.
error feature(struct editor *e, struct work *w, struct told *told)
{
    return feature_set(w, some_story(e), below(e, 2));
}

error unfeature(struct editor *e, struct work *w, struct told *told)
{
    struct list features;
    try(feature_list(w, &features));
    if (!features.count)
        return NULL;
    int64_t at = below(e, (int64_t)features.count);
    return feature_clear(w, list_at(&features, struct feature, (size_t)at)->story_id);
}
