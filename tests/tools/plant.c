// Puts texts into a newsroom as they are, hostile or not: what tests of pages are set against.
// SPDX-License-Identifier: Apache-2.0
//
//     plant DATABASE-URL     e.g. sqlite:DIR/broadsheet.db, made by "broadsheet init" before
//
// reads a JSON object a line and answers each with one: {"id","path"}, or {"refused"} where the
// model would not have it. "make" says what it is: publication section person topic page menu
// story; "commit" makes visible what came before. Sections, people and topics are spoken of by
// their order of making, from 0. Bodies go through the cleaner, as those from files do ("form":
// "html" or "markdown"); a body that is a list is cleaned piece by piece and joined. All other
// texts are handed over raw, save that an address which the model refuses becomes "/safe/".
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "interop/content.h"
#include "model/catalogue.h"
#include "model/check.h"
#include "model/comment.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/work.h"

enum { MADE_MOST = 100000, BODY_BYTES_MOST = 8 << 20, ANSWER_MOST = 16384 };

struct made {
    int64_t ids[MADE_MOST];
    size_t count;
};

static struct made sections, people, topics;

// ---- what a record says

static str text(const json_t *record, const char *key)
{
    const json_t *said = json_object_get(record, key);
    return said ? (str){json_string_value(said), json_string_length(said)} : S("");
}

static str address(struct work *w, const json_t *record, const char *key)
{
    str said = text(record, key);
    return check_address(w, S("plant"), "address", said) ? S("/safe/") : said;
}

// What readers say of themselves is not of this site.
static str web_address(struct work *w, const json_t *record, const char *key)
{
    str said = address(w, record, key);
    return str_starts(said, S("http")) ? said : S("https://reader.example/");
}

static void learn(struct made *made, int64_t id)
{
    if (made->count < MADE_MOST)
        made->ids[made->count++] = id;
}

static size_t ids_of(const json_t *record, const char *key, const struct made *made, int64_t *ids,
                     size_t most)
{
    const json_t *list = json_object_get(record, key);
    size_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < most; i++)
        ids[count++] = made->ids[json_integer_value(json_array_get(list, i)) % MADE_MOST];
    return count;
}

static error clean(struct work *w, const json_t *record, const char *key, enum link_trust links,
                   struct content *out)
{
    enum content_form form =
        str_eq(text(record, "form"), S("markdown")) ? CONTENT_MARKDOWN : CONTENT_HTML;
    const json_t *body = json_object_get(record, key);
    if (!json_is_array(body))
        return content_read(w->arena, S("plant"), text(record, key), form, links, NULL, out);
    struct buf all = buf_new(w->arena, BODY_BYTES_MOST);
    *out = (struct content){.plain = S(""), .excerpt = S("")};
    for (size_t i = 0; i < json_array_size(body); i++) {
        const json_t *piece = json_array_get(body, i);
        str markup = {json_string_value(piece), json_string_length(piece)};
        struct content one;
        try(content_read(w->arena, S("plant"), markup, form, links, NULL, &one));
        buf_add(&all, one.body.text);
    }
    out->body.text = buf_str(&all);
    return NULL;
}

// ---- nouns

static error make_publication(struct work *w, const json_t *record)
{
    struct publication p;
    try(publication_read(w, &p));
    p.name = text(record, "name");
    p.tagline = text(record, "tagline");
    p.description = text(record, "description");
    return publication_update(w, &p);
}

static error make_section(struct work *w, const json_t *record, int64_t *id, str *path)
{
    struct section s = {.name = text(record, "name"),
                        .slug = text(record, "slug"),
                        .description = text(record, "description")};
    try(section_create(w, &s));
    learn(&sections, s.id);
    *id = s.id;
    *path = s.path;
    return NULL;
}

static error make_picture(struct work *w, const json_t *record, int64_t *id)
{
    const json_t *said = json_object_get(record, "picture");
    struct picture p = {.address = address(w, said, "address"),
                        .alt = text(said, "alt"),
                        .caption = text(said, "caption"),
                        .credit = text(said, "credit"),
                        .media_type = S(""),
                        .width = 640,
                        .height = 360,
                        .stem = S("0f/0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f0f"),
                        .variants = S("640.webp 640.jpg")};
    if (!said || !p.address.len)
        return NULL;
    // One address is one picture: each record wants its own words at it.
    p.address = str_format(w->arena, "%.*s%s%d", STR(p.address),
                           str_find_char(p.address, '?') < 0 ? "?" : "&", rand());
    return picture_ensure(w, &p, id);
}

static error make_person(struct work *w, const json_t *record, int64_t *id, str *path)
{
    struct content biography;
    struct person p = {
        .slug = text(record, "slug"), .name = text(record, "name"), .role = text(record, "role")};
    try(clean(w, record, "biography", LINKS_EDITORIAL, &biography));
    p.biography = biography.body;
    try(make_picture(w, record, &p.picture_id));
    try(person_create(w, &p));
    learn(&people, p.id);
    *id = p.id;
    *path = p.path;
    return NULL;
}

static error make_topic(struct work *w, const json_t *record, int64_t *id, str *path)
{
    struct topic t = {.slug = text(record, "slug"),
                      .name = text(record, "name"),
                      .description = text(record, "description")};
    try(topic_create(w, &t));
    learn(&topics, t.id);
    *id = t.id;
    *path = t.path;
    return NULL;
}

static error make_comments(struct work *w, const json_t *list, struct thread_of on, int64_t parent)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *said = json_array_get(list, i);
        struct content content;
        struct comment c = {.story_id = on.story_id,
                            .page_id = on.page_id,
                            .parent_id = parent,
                            .status = S("approved"),
                            .author_name = text(said, "name"),
                            .author_email = S("reader@example.com"),
                            .author_url = web_address(w, said, "url")};
        try(clean(w, said, "body", LINKS_READER, &content));
        c.body = content.body;
        try(comment_create(w, &c));
        try(make_comments(w, json_object_get(said, "replies"), on, c.id));
    }
    return NULL;
}

static error make_page(struct work *w, const json_t *record, int64_t *id, str *path)
{
    struct content content;
    struct page p = {.path = text(record, "path"),
                     .title = text(record, "title"),
                     .description = text(record, "description")};
    try(clean(w, record, "body", LINKS_EDITORIAL, &content));
    p.body = content.body;
    try(page_save(w, &p));
    try(make_comments(w, json_object_get(record, "comments"), (struct thread_of){.page_id = p.id},
                      0));
    *id = p.id;
    *path = p.path;
    return NULL;
}

static struct list menu_items(struct work *w, const json_t *record)
{
    size_t count = json_array_size(record);
    struct menu_item *items = arena_array(w->arena, struct menu_item, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *said = json_array_get(record, i);
        items[i] = (struct menu_item){text(said, "label"), address(w, said, "address"),
                                      menu_items(w, json_object_get(said, "children"))};
    }
    return (struct list){items, count};
}

static error make_menu(struct work *w, const json_t *record)
{
    struct list items = menu_items(w, json_object_get(record, "items"));
    return menu_replace(w, text(record, "place"), &items);
}

// ---- stories

static error draft_of(struct work *w, const json_t *record, struct story_draft *d)
{
    struct content content;
    const json_t *section = json_object_get(record, "section");
    try(clean(w, record, "body", LINKS_FOREIGN, &content));
    *d = (struct story_draft){
        .kind = text(record, "kind").len ? text(record, "kind") : S("news"),
        .headline = text(record, "headline"),
        .standfirst = text(record, "standfirst"),
        .excerpt = content.excerpt,
        .slug = text(record, "slug"),
        .section_id = sections.ids[json_integer_value(section) % MADE_MOST],
        .language = text(record, "language"),
        .source_name = text(record, "source_name"),
        .source_url = address(w, record, "source_url"),
        .video_url = address(w, record, "video_url"),
        .comments_open = true,
        .words = content.words,
        .reading_minutes = content.reading_minutes,
        .body = content.body,
        .plain = content.plain,
        .published_at = w->now,
        .updated_at = w->now,
        .file = S(""),
        .file_hash = S(""),
    };
    d->people_count = ids_of(record, "people", &people, d->people, BYLINE_MOST);
    d->topic_count = ids_of(record, "topics", &topics, d->topics, TOPICS_MOST);
    return make_picture(w, record, &d->picture_id);
}

static error make_story(struct work *w, const json_t *record, int64_t *id, str *path)
{
    struct story_draft draft;
    struct story_card card;
    bool found;
    struct story_change change = {S("first"), S(""), S("")};
    try(draft_of(w, record, &draft));
    try(story_create(w, &draft, &change, id));
    if (text(record, "note").len) {
        change = (struct story_change){S("correction"), text(record, "note"), S("")};
        draft.updated_at = (instant){w->now.ms + 1000};
        try(story_update(w, *id, &draft, &change, NULL));
    }
    try(make_comments(w, json_object_get(record, "comments"), (struct thread_of){.story_id = *id},
                      0));
    try(story_card_by_id(w, *id, &card, &found));
    *path = card.path;
    return text(record, "withdraw").len ? story_withdraw(w, *id, text(record, "withdraw")) : NULL;
}

static error make(struct work *w, const json_t *record, int64_t *id, str *path)
{
    str noun = text(record, "make");
    if (str_eq(noun, S("publication")))
        return make_publication(w, record);
    if (str_eq(noun, S("section")))
        return make_section(w, record, id, path);
    if (str_eq(noun, S("person")))
        return make_person(w, record, id, path);
    if (str_eq(noun, S("topic")))
        return make_topic(w, record, id, path);
    if (str_eq(noun, S("page")))
        return make_page(w, record, id, path);
    if (str_eq(noun, S("menu")))
        return make_menu(w, record);
    if (str_eq(noun, S("story")))
        return make_story(w, record, id, path);
    return failure(w->arena, FAULT_INPUT, S("plant"), "there is no noun \"%.*s\"", STR(noun));
}

// ---- lines

static void answer(struct arena *a, error e, int64_t id, str path)
{
    json_t *said;
    if (e) {
        str why = error_text(a, e);
        said = json_pack("{s:s%}", "refused", why.ptr, why.len);
    } else {
        said = json_pack("{s:I, s:s%}", "id", (json_int_t)id, "path", path.ptr, path.len);
    }
    char line[ANSWER_MOST];
    size_t length = said ? json_dumpb(said, line, sizeof line, JSON_COMPACT) : 0;
    if (length && length <= sizeof line)
        printf("%.*s\n", (int)length, line);
    else
        puts("{\"refused\":\"for a reason that is no text\"}");
    fflush(stdout);
    json_decref(said);
}

static instant tick(void)
{
    static int64_t made;
    return (instant){instant_now().ms - 3600 * 1000 + made++};
}

// Plants what comes up to the next "commit"; false at the end of the input.
static bool plant(struct db_conn *conn)
{
    static char *line;
    static size_t room;
    arena_scoped a = arena_new();
    struct work w;
    ssize_t length = -1;
    bool committed = false;
    error e = work_write(&w, conn, a, tick());
    while (!e && !committed && (length = getline(&line, &room, stdin)) > 0) {
        int64_t id = 0;
        str path = S("");
        json_t *record = json_loadb(line, (size_t)length, JSON_ALLOW_NUL, NULL);
        w.now = tick();
        if (!record)
            e = failure(a, FAULT_INPUT, S("plant"), "a line is no JSON");
        else if ((committed = str_eq(text(record, "make"), S("commit"))))
            e = work_commit(&w);
        else
            e = make(&w, record, &id, &path);
        answer(a, e, id, path);
        json_decref(record);
        // What the model refuses it refuses before it writes.
        if (e && e->fault == FAULT_INPUT)
            e = NULL;
    }
    work_end(&w);
    return !e && length > 0;
}

int main(int argc, char **argv)
{
    arena_scoped a = arena_new();
    struct db *db;
    struct db_conn *conn;
    if (argc != 2)
        return 2;
    error e = db_open(a, str_of(argv[1]), &model_catalogue, &db);
    if (!e)
        e = db_connect(db, a, &conn);
    if (e) {
        str why = error_text(a, e);
        fprintf(stderr, "plant: %.*s\n", STR(why));
        return 1;
    }
    while (plant(conn))
        continue;
    db_disconnect(conn);
    db_close(db);
    return 0;
}
