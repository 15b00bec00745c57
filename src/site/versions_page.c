// A story's public versions: the list, one of them whole, and what changed between two.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "model/path.h"
#include "model/story.h"
#include "model/version.h"
#include "site/look.h"
#include "site/pages.h"
#include "site/versions.h"
#include "site/view_part.h"
#include "site/view_versions.h"
#include "text/date.h"
#include "text/difference.h"
#include "text/plain.h"

enum { BESIDE = 1, PIECES_MOST = 2000 };

str change_label(str change_kind)
{
    static const struct {
        const char *kind, *label;
    } labels[] = {{"first", "First published"}, {"typo", "Small changes"},
                  {"update", "Updated"},        {"clarification", "Clarification"},
                  {"correction", "Correction"}, {"retraction", "Retraction"}};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (str_eq(change_kind, str_of(labels[i].kind)))
            return str_of(labels[i].label);
    return S("");
}

error visit_withdrawn(struct visit *v, const struct story_body *body, struct rendered *out)
{
    str sentence = str_format(v->arena, "It was withdrawn on %.*s.%s%.*s",
                              STR(date_text(v->arena, v->zone, body->withdrawn_at, DATE_DAY)),
                              body->withdrawn_why.len ? " " : "", STR(body->withdrawn_why));
    return visit_error(v, 410, S("This story has been withdrawn"), sentence, out);
}

// ---- the story they are of

struct told_of {
    struct story_card card;
    struct story_body body;
    str versions_path;
};

// Reads the story at v->place.path. *shown: there is none to show, and the answer was given.
static error find_story(struct visit *v, const char *rest, struct told_of *of, bool *shown,
                        struct rendered *out)
{
    struct path_target target;
    bool found;
    *shown = true;
    try(path_find(v->work, v->place.path, &target, &found));
    if (!found || !str_eq(target.kind, S("story")))
        return visit_not_found(v, out);
    if (!target.is_current)
        return visit_redirect(v, 301, str_join(v->arena, target.current, str_of(rest)), out);
    try(story_card_by_id(v->work, target.target, &of->card, &found));
    if (found)
        try(story_body_by_id(v->work, target.target, &of->body, &found));
    if (found && str_eq(of->card.status, S("withdrawn")))
        return visit_withdrawn(v, &of->body, out);
    if (!found || !str_eq(of->card.status, S("published")))
        return visit_not_found(v, out);
    story_section_read(v->work, &of->card);
    of->versions_path = str_join(v->arena, of->card.path, S("versions/"));
    *shown = false;
    return NULL;
}

static str name_of(struct visit *v, int64_t number)
{
    return str_format(v->arena, "Version %lld", (long long)number);
}

static str path_of(struct visit *v, const struct told_of *of, int64_t number)
{
    return str_format(v->arena, "%.*s%lld/", STR(of->versions_path), (long long)number);
}

static str made_text(struct visit *v, instant made_at)
{
    return date_text(v->arena, v->zone, made_at, DATE_FULL);
}

static str made_iso(struct visit *v, instant made_at)
{
    return date_text(v->arena, v->zone, made_at, DATE_MACHINE);
}

// The way to the story, and one step on.
static error breadcrumb(struct visit *v, const struct told_of *of, str label, str path,
                        struct list *crumbs)
{
    struct list to_story;
    try(visit_breadcrumb(v, of->card.section_id, of->card.headline, of->card.path, &to_story));
    visit_crumb_language(v, of->card.language, &to_story);
    struct view_crumb *all = arena_array(v->arena, struct view_crumb, to_story.count + 1);
    for (size_t i = 0; i < to_story.count; i++) {
        all[i] = *list_at(&to_story, struct view_crumb, i);
        all[i].current = false;
    }
    all[to_story.count] = (struct view_crumb){
        .position = (int64_t)to_story.count + 1, .current = true, .label = label, .path = path};
    *crumbs = (struct list){all, to_story.count + 1};
    return NULL;
}

// Old versions are for readers who ask, not to be found in the story's place.
static struct view_meta *meta_of(struct visit *v, const struct told_of *of, str name, str path)
{
    struct view_meta *meta =
        visit_meta(v, str_format(v->arena, "%.*s: %.*s", STR(name), STR(of->card.headline)), S(""),
                   path, "website");
    meta->robots = S("noindex");
    return meta;
}

// ---- the list

error site_versions(struct visit *v, struct rendered *out)
{
    struct told_of of;
    struct list rows;
    bool shown;
    try(find_story(v, "versions/", &of, &shown, out));
    if (shown)
        return NULL;
    try(version_public_list(v->work, of.card.id, &rows));
    struct view_version *all = arena_array(v->arena, struct view_version, rows.count);
    for (size_t i = 0; i < rows.count; i++) {
        const struct story_version *row = list_at(&rows, struct story_version, i);
        all[i] = (struct view_version){
            .name = name_of(v, row->number),
            .path = path_of(v, &of, row->number),
            .made_text = made_text(v, row->made_at),
            .made_iso = made_iso(v, row->made_at),
            .label = change_label(row->change_kind),
            .note = row->note,
            .hash = row->hash,
        };
        if (i + 1 < rows.count)
            all[i].compare_path =
                str_format(v->arena, "%.*s%lld-%lld/", STR(of.versions_path),
                           (long long)list_at(&rows, struct story_version, i + 1)->number,
                           (long long)row->number);
    }
    struct view_versions page = {
        .meta = meta_of(v, &of, S("Versions"), of.versions_path),
        .headline = of.card.headline,
        .path = of.card.path,
        .versions = {all, rows.count},
    };
    visit_language(v, of.card.language, &page.language, &page.direction);
    try(breadcrumb(v, &of, S("Versions"), of.versions_path, &page.breadcrumb));
    return visit_show(v, VIEW_VERSIONS, &page, out);
}

// ---- one of them

error site_version(struct visit *v, struct rendered *out)
{
    struct told_of of;
    struct story_version row;
    bool shown, found;
    str rest = str_format(v->arena, "versions/%lld/", (long long)v->place.newer);
    try(find_story(v, str_z(v->arena, rest), &of, &shown, out));
    if (shown)
        return NULL;
    try(version_public_by_number(v->work, of.card.id, v->place.newer, &row, &found));
    if (!found)
        return visit_not_found(v, out);
    struct view_version_page page = {
        .name = name_of(v, row.number),
        .made_text = made_text(v, row.made_at),
        .made_iso = made_iso(v, row.made_at),
        .label = change_label(row.change_kind),
        .note = row.note,
        .headline = row.headline,
        .standfirst = row.standfirst,
        .body = row.body,
        .path = of.card.path,
        .versions_path = of.versions_path,
    };
    struct view_meta *meta = meta_of(v, &of, page.name, path_of(v, &of, row.number));
    page.meta = meta;
    look_text_font(v, meta);
    visit_language(v, of.card.language, &page.language, &page.direction);
    try(breadcrumb(v, &of, page.name, path_of(v, &of, row.number), &page.breadcrumb));
    return visit_show(v, VIEW_VERSION, &page, out);
}

// ---- two of them

static struct list pieces_of(struct visit *v, const struct list *pieces)
{
    struct view_piece *all = arena_array(v->arena, struct view_piece, pieces->count);
    for (size_t i = 0; i < pieces->count; i++) {
        const struct difference_piece *piece = list_at(pieces, struct difference_piece, i);
        all[i] = (struct view_piece){.added = piece->kind == DIFFERENCE_ADDED,
                                     .removed = piece->kind == DIFFERENCE_REMOVED,
                                     .text = piece->text};
    }
    return (struct list){all, pieces->count};
}

// One line of text against another: headlines, standfirsts.
static struct list compare_line(struct visit *v, str older, str newer)
{
    struct difference d;
    difference_of(v->arena, older, newer, &d);
    struct view_piece *all = arena_array(v->arena, struct view_piece, PIECES_MOST);
    size_t count = 0;
    for (size_t i = 0; i < d.paragraphs.count; i++) {
        struct list pieces =
            pieces_of(v, &list_at(&d.paragraphs, struct difference_paragraph, i)->pieces);
        for (size_t k = 0; k < pieces.count && count < PIECES_MOST; k++)
            all[count++] = *list_at(&pieces, struct view_piece, k);
    }
    return (struct list){all, count};
}

// Whether a paragraph has changes, or stands beside one that has.
static bool is_near_change(const struct list *paragraphs, size_t at)
{
    size_t from = at > BESIDE ? at - BESIDE : 0;
    for (size_t i = from; i < paragraphs->count && i <= at + BESIDE; i++)
        if (list_at(paragraphs, struct difference_paragraph, i)->changed)
            return true;
    return false;
}

static str left_out(struct visit *v, size_t count)
{
    return str_format(v->arena, "%zu paragraph%s without changes", count, count == 1 ? "" : "s");
}

static struct list compare_texts(struct visit *v, const struct difference *d)
{
    struct view_compared *all =
        arena_array(v->arena, struct view_compared, d->paragraphs.count + 1);
    size_t count = 0, skipped = 0;
    for (size_t i = 0; i < d->paragraphs.count; i++) {
        if (!is_near_change(&d->paragraphs, i)) {
            skipped++;
            continue;
        }
        if (skipped)
            all[count++].left_out = left_out(v, skipped);
        skipped = 0;
        all[count++].pieces =
            pieces_of(v, &list_at(&d->paragraphs, struct difference_paragraph, i)->pieces);
    }
    if (skipped && count)
        all[count++].left_out = left_out(v, skipped);
    return (struct list){all, count};
}

static void compare_bodies(struct visit *v, const struct story_version *older,
                           const struct story_version *newer, struct view_comparison *page)
{
    struct difference d;
    if (str_eq(older->body.text, newer->body.text)) {
        page->sentence = S("The text below the headline is the same in both.");
        return;
    }
    difference_of(v->arena, plain_from(v->arena, older->body), plain_from(v->arena, newer->body),
                  &d);
    if (d.too_much)
        page->sentence = S("The texts are too long, or differ too much, to be compared word by "
                           "word. Each can be read whole.");
    else if (!d.changed)
        page->sentence =
            S("The words are the same in both: links, pictures or formatting changed.");
    else
        page->paragraphs = compare_texts(v, &d);
    page->has_paragraphs = page->paragraphs.count > 0;
}

static error show_comparison(struct visit *v, const struct told_of *of,
                             const struct story_version *older, const struct story_version *newer,
                             struct rendered *out)
{
    str path = str_format(v->arena, "%.*s%lld-%lld/", STR(of->versions_path),
                          (long long)older->number, (long long)newer->number);
    struct view_comparison page = {
        .name = str_format(v->arena, "What changed between version %lld and version %lld",
                           (long long)older->number, (long long)newer->number),
        .older_name = name_of(v, older->number),
        .older_path = path_of(v, of, older->number),
        .older_text = made_text(v, older->made_at),
        .older_iso = made_iso(v, older->made_at),
        .newer_name = name_of(v, newer->number),
        .newer_path = path_of(v, of, newer->number),
        .newer_text = made_text(v, newer->made_at),
        .newer_iso = made_iso(v, newer->made_at),
        .note = newer->note,
        .headline = compare_line(v, older->headline, newer->headline),
        .has_standfirst = older->standfirst.len || newer->standfirst.len,
        .standfirst = compare_line(v, older->standfirst, newer->standfirst),
        .path = of->card.path,
        .versions_path = of->versions_path,
    };
    compare_bodies(v, older, newer, &page);
    visit_language(v, of->card.language, &page.language, &page.direction);
    struct view_meta *meta = meta_of(v, of, page.name, path);
    page.meta = meta;
    if (page.has_paragraphs)
        look_text_font(v, meta);
    try(breadcrumb(v, of, page.name, path, &page.breadcrumb));
    return visit_show(v, VIEW_COMPARISON, &page, out);
}

error site_comparison(struct visit *v, struct rendered *out)
{
    struct told_of of;
    struct story_version older, newer;
    bool shown, found;
    str rest = str_format(v->arena, "versions/%lld-%lld/", (long long)v->place.older,
                          (long long)v->place.newer);
    try(find_story(v, str_z(v->arena, rest), &of, &shown, out));
    if (shown)
        return NULL;
    found = v->place.older < v->place.newer;
    if (found)
        try(version_public_by_number(v->work, of.card.id, v->place.older, &older, &found));
    if (found)
        try(version_public_by_number(v->work, of.card.id, v->place.newer, &newer, &found));
    if (!found)
        return visit_not_found(v, out);
    return show_comparison(v, &of, &older, &newer, out);
}
