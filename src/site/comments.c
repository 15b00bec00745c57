// Comments as readers see them: the first below their story or page, the others on pages of their
// own. SPDX-License-Identifier: Apache-2.0
#include "site/comments.h"

#include "base/arena.h"
#include "model/page.h"
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

static error shown(struct visit *v, struct thread_of of, int64_t page, struct list *comments,
                   int64_t *count)
{
    struct list threads;
    try(comment_thread(v->work, of, page, &threads, count));
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

// Of what stands at `path`: the first comments stand there itself.
static str page_path(struct visit *v, str path, int64_t page)
{
    return page == 1 ? str_join(v->arena, path, S("#comments"))
                     : str_format(v->arena, "%.*scomments/%lld/", STR(path), (long long)page);
}

// "Comments 51 to 100", to that page; NULL when there are not so many.
static const struct view_link *link_to(struct visit *v, str path, int64_t page, int64_t count)
{
    if (page < 1 || (page - 1) * COMMENTS_A_PAGE >= count)
        return NULL;
    struct view_link *link = arena_make(v->arena, struct view_link);
    *link =
        (struct view_link){.label = range_text(v, page, count), .path = page_path(v, path, page)};
    return link;
}

error comments_below(struct visit *v, struct thread_of of, str path, const struct view_thread **out)
{
    struct view_thread *thread = arena_make(v->arena, struct view_thread);
    int64_t count;
    try(shown(v, of, 1, &thread->comments, &count));
    thread->count = str_format(v->arena, "%lld comment%s", (long long)count, count == 1 ? "" : "s");
    thread->later = link_to(v, path, 2, count);
    *out = count ? thread : NULL;
    return NULL;
}

// ---- the pages behind the first

// A story or a page that readers may see.
struct talked_of {
    struct thread_of of;
    str headline, language, path;
    int64_t section_id; // 0: it stands in none
};

static error story_of(struct visit *v, int64_t id, struct talked_of *out, bool *open)
{
    struct story_card card;
    try(story_card_by_id(v->work, id, &card, open));
    if (!*open)
        return NULL;
    *open = str_eq(card.status, S("published"));
    story_section_read(v->work, &card);
    *out = (struct talked_of){
        {.story_id = id}, card.headline, card.language, card.path, card.section_id};
    return NULL;
}

static error page_of(struct visit *v, int64_t id, struct talked_of *out, bool *open)
{
    struct page page;
    try(page_by_id(v->work, id, &page, open));
    if (!*open)
        return NULL;
    *open = str_eq(page.status, S("published"));
    *out = (struct talked_of){{.page_id = id}, page.title, S(""), page.path, 0};
    return NULL;
}

static error show_page(struct visit *v, const struct talked_of *on, struct rendered *out)
{
    int64_t number = v->place.part, count;
    struct view_comments page = {.headline = on->headline, .path = on->path};
    str path = page_path(v, on->path, number);
    try(shown(v, on->of, number, &page.comments, &count));
    if (!page.comments.count)
        return visit_not_found(v, out);
    page.range =
        str_format(v->arena, "%.*s of %lld", STR(range_text(v, number, count)), (long long)count);
    page.earlier = link_to(v, on->path, number - 1, count);
    page.later = link_to(v, on->path, number + 1, count);
    page.meta = visit_meta(v, str_format(v->arena, "%.*s: comments", STR(on->headline)), S(""),
                           path, "website");
    visit_language(v, on->language, &page.language, &page.direction);
    try(visit_breadcrumb(v, on->section_id, page.range, path, &page.breadcrumb));
    return visit_show(v, VIEW_COMMENTS, &page, out);
}

static error show_place(struct visit *v, str path, struct rendered *out)
{
    v->place = (struct place){.path = path};
    return site_place(v, out);
}

error site_comments(struct visit *v, struct rendered *out)
{
    struct path_target own, target;
    struct talked_of on;
    bool is_own, found, open = false;
    try(path_find(v->work, v->path, &own, &is_own));
    try(path_find(v->work, v->place.path, &target, &found));
    bool story = found && target.is_current && str_eq(target.kind, S("story"));
    bool page = found && target.is_current && str_eq(target.kind, S("page"));
    // A story may be called "2", in a section called "comments".
    if (is_own || (!story && !page))
        return show_place(v, v->path, out);
    try(story ? story_of(v, target.target, &on, &open) : page_of(v, target.target, &on, &open));
    if (!open) // it says itself why not
        return show_place(v, v->place.path, out);
    if (v->place.part == 1)
        return visit_redirect(v, 301, on.path, out);
    return show_page(v, &on, out);
}
