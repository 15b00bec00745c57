// RSS 2.0 feeds of the publication, its sections, topics and authors.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/path.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"
#include "site/pages.h"
#include "site/view_feed.h"

enum { ITEMS = 30 };

struct source {
    struct list_of list;
    str title, path, description;
};

static error of_target(struct visit *v, const struct path_target *target, struct source *out,
                       bool *found)
{
    struct section section;
    struct person person;
    struct topic topic;
    if (str_eq(target->kind, S("section"))) {
        try(section_by_id(v->work, target->target, &section, found));
        if (*found)
            *out = (struct source){
                {LIST_SECTION, section.id}, section.name, section.path, section.description};
    } else if (str_eq(target->kind, S("person"))) {
        try(person_by_id(v->work, target->target, &person, found));
        if (*found)
            *out = (struct source){{LIST_PERSON, person.id}, person.name, person.path, person.role};
    } else if (str_eq(target->kind, S("topic"))) {
        try(topic_by_id(v->work, target->target, &topic, found));
        if (*found)
            *out =
                (struct source){{LIST_TOPIC, topic.id}, topic.name, topic.path, topic.description};
    } else {
        *found = false;
    }
    return NULL;
}

static error find_source(struct visit *v, struct source *out, bool *found)
{
    struct path_target target;
    *found = str_eq(v->place.path, S("/"));
    if (*found) {
        *out = (struct source){{LIST_ALL, 0}, S(""), S("/"), v->publication.description};
        return NULL;
    }
    try(path_find(v->work, v->place.path, &target, found));
    return *found ? of_target(v, &target, out, found) : NULL;
}

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
    struct source source;
    struct list cards;
    bool found;
    try(find_source(v, &source, &found));
    if (!found)
        return visit_not_found(v, out);
    try(listing_cards(v->work, source.list, RANK_HIGHEST, RANK_LOWEST, ITEMS, &cards));
    struct view_feed feed = {
        .title = source.title.len ? str_format(v->arena, "%.*s: %.*s", STR(v->publication.name),
                                               STR(source.title))
                                  : v->publication.name,
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
