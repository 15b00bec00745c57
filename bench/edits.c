// The edits of a newsroom's day, as the model's functions make them.
// SPDX-License-Identifier: Apache-2.0
#include "bench/edits.h"

#include "base/arena.h"
#include "model/archive.h"
#include "model/comment.h"
#include "model/listing.h"
#include "model/person.h"
#include "model/section.h"
#include "model/sitemap.h"
#include "model/story.h"
#include "model/topic.h"

const char *const edit_names[] = {"body", "publish", "headline", "comment", "move", "withdraw"};

static const struct story_change first = {
    .kind = {"first", 5}, .note = {"", 0}, .approved_by = {"", 0}};
static const struct story_change update = {
    .kind = {"update", 6}, .note = {"", 0}, .approved_by = {"", 0}};

error editor_open(struct newsroom *n, int64_t most, struct editor *out)
{
    struct work w;
    *out = (struct editor){.newsroom = n, .dice = dice_new(3)};
    try(work_read(&w, n->conn, n->arena, instant_now()));
    error e = listing_cards(&w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, most,
                            &out->candidates);
    if (!e)
        e = section_list(&w, &out->sections);
    work_end(&w);
    return e;
}

enum edit edit_choose(struct editor *e)
{
    static const enum edit others[] = {EDIT_COMMENT, EDIT_COMMENT, EDIT_MOVE, EDIT_WITHDRAW};
    uint64_t at = dice_below(&e->dice, 100);
    if (at < 50)
        return EDIT_BODY;
    if (at < 75)
        return EDIT_PUBLISH;
    return at < 90 ? EDIT_HEADLINE : others[dice_below(&e->dice, 4)];
}

static const struct section_card *any_section(struct editor *e)
{
    return list_at(&e->sections, struct section_card, dice_below(&e->dice, e->sections.count));
}

static str marked(struct editor *e, struct work *w, str headline)
{
    ptrdiff_t old = str_find(headline, S(" (edit "));
    return str_format(w->arena, "%.*s (edit %lld)",
                      STR(old < 0 ? headline : str_sub(headline, 0, (size_t)old)),
                      (long long)e->serial);
}

static error publish(struct editor *e, struct work *w, struct edited *out)
{
    struct story_draft draft;
    struct person person;
    struct topic topic;
    struct story_card card;
    bool found;
    prose_story(w->arena, &e->dice, &draft);
    draft.headline = marked(e, w, draft.headline);
    const struct section_card *section = any_section(e);
    draft.section_id = section->id;
    try(person_ensure(w, prose_person(w->arena, (int)dice_below(&e->dice, PROSE_AUTHORS)),
                      &person));
    draft.people[draft.people_count++] = person.id;
    for (int i = 0; i < 3; i++) {
        try(topic_ensure(w, prose_topic(w->arena, (int)(e->serial * 3 + i) % PROSE_TOPICS),
                         &topic));
        draft.topics[draft.topic_count++] = topic.id;
    }
    draft.published_at = draft.updated_at = w->now;
    try(story_create(w, &draft, &first, &out->story_id));
    try(story_card_by_id(w, out->story_id, &card, &found));
    out->path = card.path;
    out->section_path = section->path;
    out->mark = draft.headline;
    out->changed = w->now;
    return NULL;
}

static error change(struct editor *e, struct work *w, enum edit kind, struct edited *out)
{
    struct story_draft draft;
    try(story_draft_of(w, out->story_id, &draft));
    draft.updated_at = w->now;
    if (kind == EDIT_BODY)
        prose_body(w->arena, &e->dice, &draft);
    if (kind == EDIT_MOVE)
        draft.section_id = any_section(e)->id;
    if (kind == EDIT_HEADLINE)
        out->mark = draft.headline = marked(e, w, draft.headline);
    out->changed = w->now;
    return story_update(w, out->story_id, &draft, &update, NULL);
}

static error comment(struct editor *e, struct work *w, struct edited *out)
{
    struct comment c = {
        .story_id = out->story_id,
        .status = S("approved"),
        .author_name = S("A reader"),
        .author_email = S("reader@example.com"),
        .author_url = S(""),
        .body = {str_format(w->arena, "<p>Remark %lld.</p>", (long long)e->serial)}};
    return comment_create(w, &c);
}

static error withdraw(struct work *w, struct edited *out)
{
    struct story_card card;
    bool found;
    try(story_card_by_id(w, out->story_id, &card, &found));
    return str_eq(card.status, S("withdrawn"))
               ? story_restore(w, out->story_id)
               : story_withdraw(w, out->story_id, S("It was measured."));
}

static error make(struct editor *e, struct work *w, enum edit kind, int64_t among,
                  struct edited *out)
{
    const struct story_card *card =
        list_at(&e->candidates, struct story_card,
                dice_below(&e->dice, (uint64_t)among < e->candidates.count ? (uint64_t)among
                                                                           : e->candidates.count));
    e->serial++;
    *out = (struct edited){card->id, 0, card->path, card->section_path, STR_NONE, INSTANT_NONE};
    switch (kind) {
    case EDIT_PUBLISH:
        return publish(e, w, out);
    case EDIT_COMMENT:
        return comment(e, w, out);
    case EDIT_WITHDRAW:
        return withdraw(w, out);
    default:
        return change(e, w, kind, out);
    }
}

// The file of its month that lists the story.
static error find_sitemap(struct work *w, struct edited *out)
{
    struct story_card card;
    struct list parts;
    bool found;
    try(story_card_by_id(w, out->story_id, &card, &found));
    struct civil c = instant_civil(card.published_at, 0);
    try(archive_parts_of(w, (struct list_of){LIST_ALL, 0}, c.year * 100 + c.month, &parts));
    size_t older = 0;
    for (size_t i = 0; i < parts.count; i++) {
        const struct archive_part *part = list_at(&parts, struct archive_part, i);
        older += rank_cmp((rank){part->high_at, part->high_id}, story_rank(&card)) <= 0;
    }
    out->sitemap = str_format(w->arena, "/sitemap/%04d/%02d/%zu.xml", c.year, c.month,
                              older / SITEMAP_PARTS + 1);
    return NULL;
}

error edit_make(struct editor *e, struct arena *a, enum edit kind, int64_t among,
                struct edited *out, struct keyset *writes)
{
    struct work w;
    instant now = {instant_now().ms + e->serial * e->every_ms};
    try(work_write(&w, e->newsroom->conn, a, now));
    error bad = make(e, &w, kind, among, out);
    if (!bad)
        bad = find_sitemap(&w, out);
    if (!bad)
        bad = work_commit(&w);
    work_end(&w);
    out->commit = w.commit;
    if (writes)
        *writes = w.writes;
    return bad;
}
