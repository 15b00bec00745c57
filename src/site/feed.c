// RSS 2.0 feeds of the publication, its sections, topics and authors.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "site/pages.h"
#include "site/subject.h"
#include "site/view_feed.h"

enum { ITEMS = 30 };

static struct list names(struct visit *v, str first, str second)
{
    struct view_name *all = arena_array(v->arena, struct view_name, 2);
    size_t count = 0;
    if (first.len)
        all[count++].name = first;
    if (second.len)
        all[count++].name = second;
    return (struct list){all, count};
}

static struct view_feed_item item(struct visit *v, const struct story_card *card)
{
    story_section_read(v->work, card);
    return (struct view_feed_item){
        .headline = card->headline,
        .url = visit_url(v, card->path),
        .guid = str_format(v->arena, "%.*s/story/%lld", STR(v->publication.base_url),
                           (long long)card->id),
        .published_rfc822 = instant_rfc822(v->arena, card->published_at),
        .excerpt = card->standfirst.len ? card->standfirst : card->excerpt,
        .authors = names(v, card->person1_name, card->person2_name),
        .categories = names(v, card->section_name, S("")),
    };
}

error site_feed(struct visit *v, struct rendered *out)
{
    struct subject source;
    struct list cards;
    bool found;
    try(subject_find(v, &source, &found));
    if (!found)
        return visit_not_found(v, out);
    try(listing_cards(v->work, source.list, RANK_HIGHEST, RANK_LOWEST, ITEMS, &cards));
    struct view_feed feed = {
        .title =
            source.list.kind == LIST_ALL
                ? v->publication.name
                : str_format(v->arena, "%.*s: %.*s", STR(v->publication.name), STR(source.name)),
        .url = visit_url(v, source.path),
        .self_url = visit_url(v, str_join(v->arena, source.path, S("feed.xml"))),
        .description = source.description.len ? source.description : v->publication.tagline,
        .language = v->publication.language,
    };
    struct view_feed_item *items = arena_array(v->arena, struct view_feed_item, cards.count);
    for (size_t i = 0; i < cards.count; i++)
        items[i] = item(v, list_at(&cards, struct story_card, i));
    if (cards.count)
        feed.built_rfc822 = items[0].published_rfc822;
    feed.items = (struct list){items, cards.count};
    out->media_type = S("application/rss+xml; charset=utf-8");
    return visit_show(v, VIEW_FEED, &feed, out);
}
