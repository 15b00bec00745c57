// Comments as readers see them: the first below their story, the others on pages of their own.
// SPDX-License-Identifier: Apache-2.0
#include "site/comments.h"

#include "base/arena.h"
#include "model/comment.h"
#include "model/path.h"
#include "model/story.h"
#include "site/pages.h"
#include "site/view_page.h"
#include "site/view_part.h"
#include "text/date.h"

static struct view_comment one_comment(struct visit *v, const struct comment_shown *row)
{
    return (struct view_comment){
        .id = row->id,
        .name = row->author_name,
        .website = row->author_url,
        .reply_to = row->reply_to,
        .text = row->body,
        .posted_text = date_text(v->arena, v->zone, row->created_at, DATE_STAMP),
        .posted_iso = date_text(v->arena, v->zone, row->created_at, DATE_MACHINE),
    };
}

static struct list comment_list(struct visit *v, const struct list *rows)
{
    struct view_comment *all = arena_array(v->arena, struct view_comment, rows->count);
    for (size_t i = 0; i < rows->count; i++) {
        const struct comment_shown *row = list_at(rows, struct comment_shown, i);
        all[i] = one_comment(v, row);
        all[i].replies = comment_list(v, &row->replies);
        all[i].has_replies = row->replies.count > 0;
    }
    return (struct list){all, rows->count};
}

error comments_shown(struct visit *v, int64_t story_id, int64_t page, struct list *comments,
                     int64_t *count)
{
    struct list threads;
    try(comment_thread(v->work, (struct thread_of){.story_id = story_id}, page, &threads, count));
    *comments = comment_list(v, &threads);
    return NULL;
}

static str range_text(struct visit *v, int64_t page, int64_t count)
{
    int64_t last = page * COMMENTS_A_PAGE;
    return str_format(v->arena, "Comments %lld to %lld",
                      (long long)((page - 1) * COMMENTS_A_PAGE + 1),
                      (long long)(last < count ? last : count));
}

static str page_path(struct visit *v, const struct story_card *card, int64_t page)
{
    return page == 1 ? str_join(v->arena, card->path, S("#comments"))
                     : str_format(v->arena, "%.*scomments/%lld/", STR(card->path), (long long)page);
}

const struct view_link *comments_link(struct visit *v, const struct story_card *card, int64_t page,
                                      int64_t count)
{
    if (page < 1 || (page - 1) * COMMENTS_A_PAGE >= count)
        return NULL;
    struct view_link *link = arena_make(v->arena, struct view_link);
    *link =
        (struct view_link){.label = range_text(v, page, count), .path = page_path(v, card, page)};
    return link;
}

static error show_page(struct visit *v, const struct story_card *card, struct rendered *out)
{
    int64_t number = v->place.part, count;
    struct view_comments page = {.headline = card->headline, .story_path = card->path};
    str path = page_path(v, card, number);
    try(comments_shown(v, card->id, number, &page.comments, &count));
    if (!page.comments.count)
        return visit_not_found(v, out);
    page.range =
        str_format(v->arena, "%.*s of %lld", STR(range_text(v, number, count)), (long long)count);
    page.earlier = comments_link(v, card, number - 1, count);
    page.later = comments_link(v, card, number + 1, count);
    page.meta = visit_meta(v, str_format(v->arena, "%.*s: comments", STR(card->headline)), S(""),
                           path, "website");
    story_section_read(v->work, card);
    try(visit_breadcrumb(v, card->section_id, page.range, path, &page.breadcrumb));
    return visit_show(v, VIEW_COMMENTS, &page, out);
}

error site_comments(struct visit *v, struct rendered *out)
{
    struct path_target target;
    struct story_card card;
    bool found;
    try(path_find(v->work, v->place.path, &target, &found));
    if (!found || !target.is_current || !str_eq(target.kind, S("story"))) {
        // A story may be called "2", in a section called "comments".
        v->place = (struct place){.path = v->path};
        return site_place(v, out);
    }
    try(story_card_by_id(v->work, target.target, &card, &found));
    if (!found || !str_eq(card.status, S("published")))
        return site_story(v, target.target, out);
    if (v->place.part == 1)
        return visit_redirect(v, 301, card.path, out);
    return show_page(v, &card, out);
}
