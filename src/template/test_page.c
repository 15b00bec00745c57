// The record that the template tests and the fuzz target show.
// SPDX-License-Identifier: Apache-2.0
#include "template/test_page.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

FIELDS(place_fields, struct place, "place", FIELD(struct place, name));
FIELDS(person_fields, struct person, "person", FIELD(struct person, name),
       FIELD_ONE_OF(struct person, place, &place_fields),
       FIELD_LIST_OF(struct person, places, &place_fields));
FIELDS(topic_fields, struct topic, "topic", FIELD(struct topic, name));
FIELDS(comment_fields, struct comment, "comment", FIELD(struct comment, text),
       FIELD_LIST_OF(struct comment, replies, &comment_fields));
FIELDS(page_fields, struct page, "page", FIELD(struct page, plain), FIELD(struct page, special),
       FIELD(struct page, braces), FIELD(struct page, empty), FIELD(struct page, hostile),
       FIELD(struct page, body), FIELD(struct page, lines), FIELD(struct page, count),
       FIELD(struct page, zero), FIELD(struct page, negative), FIELD(struct page, price),
       FIELD(struct page, nothing), FIELD(struct page, tiny), FIELD(struct page, yes),
       FIELD(struct page, no), FIELD(struct page, when), FIELD(struct page, never),
       FIELD_LIST_OF(struct page, topics, &topic_fields),
       FIELD_LIST_OF(struct page, none, &topic_fields),
       FIELD_LIST_OF(struct page, comments, &comment_fields),
       FIELD_LIST_OF(struct page, undescribed, NULL),
       FIELD_ONE_OF(struct page, author, &person_fields),
       FIELD_ONE_OF(struct page, nobody, &person_fields));

static struct list comments(struct arena *a, size_t count, const char *const *texts)
{
    struct comment *rows = arena_array(a, struct comment, count);
    for (size_t i = 0; i < count; i++)
        rows[i].text = str_of(texts[i]);
    return (struct list){rows, count};
}

struct page page_sample(struct arena *a)
{
    struct person *author = arena_make(a, struct person);
    struct place *places = arena_array(a, struct place, 2);
    struct topic *topics = arena_array(a, struct topic, 2);
    places[0].name = S("Basel");
    places[1].name = S("Chur");
    *author = (struct person){S("Ann"), places, {places, 2}};
    topics[0].name = S("Gold");
    topics[1].name = S("Oil & gas");
    struct list top = comments(a, 2, (const char *[]){"A", "B"});
    struct list below = comments(a, 2, (const char *[]){"A1", "A2"});
    list_at(&top, struct comment, 0)->replies = below;
    list_at(&below, struct comment, 0)->replies = comments(a, 1, (const char *[]){"A11"});
    return (struct page){.plain = S("World"),
                         .special = S("& \" < >"),
                         .braces = S("{{plain}}"),
                         .body = {S("<p>Body &amp; more</p>")},
                         .lines = {S("<a\nb>")},
                         .count = 85,
                         .negative = -9007199254740993,
                         .price = 1.21,
                         .tiny = 1e-7,
                         .yes = true,
                         .when = {1795442709000},
                         .topics = {topics, 2},
                         .comments = top,
                         .author = author};
}

static error show(struct arena *a, const struct template_source *sources, size_t count,
                  const struct page *page, struct buf *out)
{
    struct template_set *set;
    const struct template *t;
    try(template_compile(a, sources, count, &set));
    try(template_bind(set, a, sources[0].name, &page_fields, &t));
    template_render(t, page, out);
    assert(!out->overflow);
    return NULL;
}

str page_shown(struct arena *a, const struct template_source *sources, size_t count)
{
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 1 << 20);
    error e = show(a, sources, count, &page, &out);
    return e ? error_text(a, e) : buf_str(&out);
}

str page_with(struct arena *a, str name, str text, str hostile)
{
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 1 << 20);
    page.hostile = hostile;
    error e = show(a, &(struct template_source){name, text}, 1, &page, &out);
    return e ? error_text(a, e) : buf_str(&out);
}

str page_error(struct arena *a, const struct template_source *sources, size_t count)
{
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 1 << 20);
    error e = show(a, sources, count, &page, &out);
    return e ? error_text(a, e) : S("no error");
}
