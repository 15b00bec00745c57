// The newest stories, by day.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "site/pages.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/date.h"
#include "text/zone.h"

enum { SHOWN = 40, NEWEST = 8 };

static bool same_day(struct visit *v, instant a, instant b)
{
    struct civil x = zone_civil(v->zone, a), y = zone_civil(v->zone, b);
    return x.year == y.year && x.month == y.month && x.day == y.day;
}

static struct list by_day(struct visit *v, const struct list *cards)
{
    struct view_day *days = arena_array(v->arena, struct view_day, cards->count);
    struct list shown = visit_cards(v, cards);
    size_t count = 0;
    instant last = INSTANT_NONE;
    for (size_t i = 0; i < cards->count; i++) {
        instant at = list_at(cards, struct story_card, i)->published_at;
        if (count == 0 || !same_day(v, at, last)) {
            struct civil c = zone_civil(v->zone, at);
            days[count++] = (struct view_day){
                .label = date_text(v->arena, v->zone, at, DATE_WEEKDAY),
                .iso = str_format(v->arena, "%04d-%02d-%02d", c.year, c.month, c.day),
                .cards = {list_at(&shown, struct view_card, i), 0},
            };
        }
        days[count - 1].cards.count++;
        last = at;
    }
    return (struct list){days, count};
}

error site_latest(struct visit *v, struct rendered *out)
{
    struct list cards;
    struct view_latest page = {.name = S("Latest stories"), .archive_path = S("/archive/")};
    page.meta = visit_meta(v, page.name, S(""), S("/latest/"), "website");
    try(visit_breadcrumb(v, 0, page.name, S("/latest/"), &page.breadcrumb));
    try(listing_cards(v->work, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, SHOWN,
                      &cards));
    page.days = by_day(v, &cards);
    page.has_days = page.days.count > 0;
    return visit_show(v, VIEW_LATEST, &page, out);
}

// A piece of a page, for the script that fills the bell's panel.
error site_newest(struct visit *v, struct rendered *out)
{
    struct list cards;
    struct view_newest shown = {0};
    try(listing_cards(v->work, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, NEWEST,
                      &cards));
    shown.newest = visit_cards(v, &cards);
    shown.has_newest = cards.count > 0;
    visit_until_new_year(v);
    return visit_show(v, VIEW_NEWEST, &shown, out);
}
