// Whatever stands at a path: what the path table names, old addresses, static pages.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "base/buf.h"
#include "model/page.h"
#include "model/path.h"
#include "site/comments.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/subject.h"
#include "site/view_page.h"
#include "text/date.h"
#include "text/excerpt.h"
#include "text/plain.h"

enum { DESCRIPTION_MOST = 160 };

static const struct {
    const char *kind;
    error (*show)(struct visit *v, int64_t id, struct rendered *out);
} kinds[] = {{"story", site_story}, {"section", site_section},  {"person", site_person},
             {"topic", site_topic}, {"page", site_static_page}, {"event", site_event}};

static error show_target(struct visit *v, const struct path_target *target, struct rendered *out)
{
    if (target->address.len)
        return visit_redirect(v, 301, target->address, out);
    if (!target->is_current)
        return visit_redirect(v, 301, target->current, out);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(target->kind, str_of(kinds[i].kind)))
            return kinds[i].show(v, target->target, out);
    return failure(v->arena, FAULT_DATA, v->path,
                   "the path table names a \"%.*s\", which nothing shows", STR(target->kind));
}

// Some systems wrote links with a slash too many.
static error to_single_slashes(struct visit *v, str path, struct rendered *out)
{
    struct path_target target;
    bool found;
    struct buf single = buf_new(v->arena, path.len);
    for (size_t i = 0; i < path.len; i++)
        if (path.ptr[i] != '/' || i == 0 || path.ptr[i - 1] != '/')
            buf_add_char(&single, path.ptr[i]);
    try(path_find(v->work, buf_str(&single), &target, &found));
    return found ? visit_redirect(v, 301, buf_str(&single), out) : visit_not_found(v, out);
}

error site_place(struct visit *v, struct rendered *out)
{
    struct path_target target;
    struct subject kind;
    bool found;
    str path = v->place.path;
    if (path.len > PATH_MOST)
        return visit_not_found(v, out);
    try(path_find(v->work, path, &target, &found));
    if (found)
        return show_target(v, &target, out);
    if (subject_of_kind(path, &kind))
        return site_kind(v, &kind, out);
    if (str_find(path, S("//")) >= 0)
        return to_single_slashes(v, path, out);
    if (str_ends(path, S("/")))
        return visit_not_found(v, out);
    str with_slash = str_join(v->arena, path, S("/"));
    try(path_find(v->work, with_slash, &target, &found));
    return found || subject_of_kind(with_slash, &kind) ? visit_redirect(v, 301, with_slash, out)
                                                       : visit_not_found(v, out);
}

error site_static_page(struct visit *v, int64_t id, struct rendered *out)
{
    struct page row;
    bool found;
    try(page_by_id(v->work, id, &row, &found));
    if (!found || !str_eq(row.status, S("published")))
        return visit_not_found(v, out);
    struct view_page page = {
        .headline = row.title,
        .body = row.body,
        .has_pictures_elsewhere = visit_has_pictures_elsewhere(row.body),
        .updated_text = date_text(v->arena, v->zone, row.updated_at, DATE_DAY),
        .updated_iso = date_text(v->arena, v->zone, row.updated_at, DATE_MACHINE),
    };
    str description = row.description.len ? row.description
                                          : excerpt_from(v->arena, plain_from(v->arena, row.body),
                                                         DESCRIPTION_MOST);
    struct view_meta *meta = visit_meta(v, row.title, description, row.path, "website");
    page.meta = meta;
    if (row.body.text.len)
        look_text_font(v, meta);
    try(visit_breadcrumb(v, 0, row.title, row.path, &page.breadcrumb));
    try(comments_below(v, (struct thread_of){.page_id = id}, row.path, &page.thread));
    return visit_show(v, VIEW_PAGE, &page, out);
}
