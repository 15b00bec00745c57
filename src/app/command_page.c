// Commands on what stands around stories: static pages, menus, comments.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/writing.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "interop/content.h"
#include "interop/local_pictures.h"
#include "interop/outline.h"
#include "interop/picture_maker.h"
#include "model/check.h"
#include "model/comment.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/work.h"
#include "text/date.h"
#include "text/frontmatter.h"
#include "text/plain.h"
#include "text/utf8.h"

enum {
    FILE_MOST = 1 << 20,
    COMMENTS_LISTED = 20,
    COMMENTS_LISTED_MOST = 10000,
    SHOWN_MOST = 160,
    PLACES_NAMED_MOST = 1000
};

// ---- pages

// Before anything is written: pictures take their time.
static error read_page(struct invocation *in, struct page *out, struct local_pictures **pictures)
{
    const struct zone *zone;
    struct picture_maker *maker;
    struct frontmatter head;
    struct content content;
    str file = in->words[0], text;
    try(reading_zone(in, &zone));
    try(invocation_pictures(in, &maker));
    *pictures = local_pictures_new(in->arena, maker, file);
    try(file_read(in->arena, file, FILE_MOST, &text));
    try(frontmatter_parse(in->arena, file, text, zone, INSTANT_NONE, &head));
    size_t strays = 0;
    tell_of_strays(file, &head, &strays);
    if (!head.path.len || !head.headline.len)
        return failure(in->arena, FAULT_INPUT, str_format(in->arena, "%.*s:1", STR(file)),
                       "a page needs \"path: /about/\" and \"title: …\" between two lines ---");
    try(content_read(in->arena, str_format(in->arena, "%.*s:%d", STR(file), head.body_line),
                     head.body, content_form_of(file), LINKS_EDITORIAL, *pictures, &content));
    *out = (struct page){.path = head.path,
                         .title = head.headline,
                         .description = head.standfirst,
                         .body = content.body,
                         .updated_at = head.updated};
    for (size_t i = 0; i < (*pictures)->left_out_count; i++)
        fprintf(stderr, "broadsheet: %.*s\n", STR((*pictures)->left_out[i]));
    return NULL;
}

static error save_page(struct work *w, struct page *page, const struct local_pictures *pictures)
{
    int64_t id;
    for (size_t i = 0; i < pictures->count; i++)
        if (pictures->all[i].made)
            try(picture_take(w, &pictures->all[i].picture, &id));
    return page_save(w, page);
}

error command_page_save(struct invocation *in)
{
    struct work w;
    struct page page;
    struct local_pictures *pictures;
    try(read_page(in, &page, &pictures));
    try(writing_begin(in, &w));
    error e = save_page(&w, &page, pictures);
    return writing_end(in, &w, e, str_join(in->arena, S("saved "), page.path),
                       S("nothing changed"));
}

error command_page_list(struct invocation *in)
{
    struct work w;
    struct list cards = {0};
    try(reading_begin(in, &w));
    error e = page_list(&w, &cards);
    for (size_t i = 0; !e && i < cards.count; i++) {
        const struct page_card *card = list_at(&cards, struct page_card, i);
        printf("%.*s  %.*s\n", STR(card->path), STR(card->title));
    }
    work_end(&w);
    return e;
}

// ---- menus

static void print_menu(const struct list *items, int level)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = list_at(items, struct menu_item, i);
        printf("%*s%.*s%s%.*s\n", level * 2, "", STR(item->label), item->address.len ? " | " : "",
               STR(item->address));
        print_menu(&item->children, level + 1);
    }
}

// A menu that no page shows would be set without a word.
static error check_place(struct invocation *in)
{
    struct buf known = buf_new(in->arena, PLACES_NAMED_MOST);
    for (size_t i = 0; i < MENU_PLACES; i++) {
        if (str_eq(in->words[0], menu_places[i]))
            return NULL;
        buf_addf(&known,
                 i == 0                ? "%.*s"
                 : i + 1 < MENU_PLACES ? ", %.*s"
                                       : " or %.*s",
                 STR(menu_places[i]));
    }
    return failure(in->arena, FAULT_INPUT, in->words[0],
                   "no page has a menu of this name: say %.*s", STR(buf_str(&known)));
}

error command_menu_show(struct invocation *in)
{
    struct work w;
    struct list items = {0};
    try(check_place(in));
    try(reading_begin(in, &w));
    error e = menu_read(&w, in->words[0], &items);
    work_end(&w);
    if (!e)
        print_menu(&items, 0);
    return e;
}

static error set_menu(struct invocation *in, struct work *w)
{
    struct list lines;
    str text;
    try(check_place(in));
    try(file_read(in->arena, in->words[1], FILE_MOST, &text));
    try(outline_parse(in->arena, in->words[1], text, &lines));
    struct list items = outline_menu(in->arena, &lines, 0, lines.count);
    return menu_replace(w, in->words[0], &items);
}

error command_menu_set(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = set_menu(in, &w);
    return writing_end(in, &w, e, str_join(in->arena, S("set the menu "), in->words[0]),
                       S("nothing changed"));
}

// ---- comments

static error check_listed(struct invocation *in, str status)
{
    static const str known[] = {S("all"), S("held"), S("approved"), S("spam"), S("removed")};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (str_eq(status, known[i]))
            return NULL;
    return failure(in->arena, FAULT_INPUT, S("comment list"),
                   "\"%.*s\" is no status: say held, approved, spam, removed or all", STR(status));
}

static error print_comments(struct invocation *in, struct work *w)
{
    str status = in->word_count ? in->words[0] : S("all");
    const struct zone *zone;
    struct list comments;
    int64_t most;
    try(check_listed(in, status));
    try(given_number(in, "limit", 1, COMMENTS_LISTED, &most));
    most = most < COMMENTS_LISTED_MOST ? most : COMMENTS_LISTED_MOST;
    try(work_zone(w, &zone));
    try(comment_list_by_status(w, str_eq(status, S("all")) ? S("") : status, most, &comments));
    for (size_t i = 0; i < comments.count; i++) {
        const struct comment *c = list_at(&comments, struct comment, i);
        str words = plain_from(in->arena, c->body), line = str_cut(&words, '\n');
        printf("%lld  %.*s  %.*s  %.*s\n    %.*s\n", (long long)c->id, STR(c->status),
               STR(date_text(in->arena, zone, c->created_at, DATE_FULL)), STR(c->author_name),
               STR(utf8_cut(line, SHOWN_MOST)));
    }
    return NULL;
}

error command_comment_list(struct invocation *in)
{
    struct work w;
    try(reading_begin(in, &w));
    error e = print_comments(in, &w);
    work_end(&w);
    return e;
}

static error set_status(struct invocation *in, str status)
{
    struct work w;
    int64_t id;
    if (!str_int(in->words[0], &id))
        return failure(in->arena, FAULT_INPUT, in->words[0],
                       "is no comment's number; \"broadsheet comment list\" shows them");
    try(writing_begin(in, &w));
    error e = comment_set_status(&w, id, status);
    str done = str_format(in->arena, "comment %lld is %.*s", (long long)id, STR(status));
    return writing_end(in, &w, e, done, done);
}

error command_comment_approve(struct invocation *in)
{
    return set_status(in, S("approved"));
}

error command_comment_hold(struct invocation *in)
{
    return set_status(in, S("held"));
}

error command_comment_spam(struct invocation *in)
{
    return set_status(in, S("spam"));
}

error command_comment_remove(struct invocation *in)
{
    return set_status(in, S("removed"));
}

static error add_comment(struct invocation *in, struct work *w, struct comment *c)
{
    struct content content;
    str text;
    c->author_name = given(in, "name", S(""));
    c->author_email = given(in, "email", S(""));
    try(check_email(w, S("comment"), "writer's", c->author_email));
    try(given_number(in, "parent", 1, 0, &c->parent_id));
    try(find_talked_of(w, in->words[0], &c->story_id, &c->page_id));
    try(file_read(in->arena, in->words[1], FILE_MOST, &text));
    try(content_read(in->arena, in->words[1], text, content_form_of(in->words[1]), LINKS_READER,
                     /* pictures= */ NULL, &content));
    c->body = content.body;
    return comment_create(w, c);
}

error command_comment_add(struct invocation *in)
{
    struct work w;
    struct comment c = {.status = S("held"), .author_url = S("")};
    try(writing_begin(in, &w));
    error e = add_comment(in, &w, &c);
    str done =
        str_format(in->arena, "comment %lld is held; \"broadsheet comment approve %lld\" shows it",
                   (long long)c.id, (long long)c.id);
    return writing_end(in, &w, e, done, done);
}
