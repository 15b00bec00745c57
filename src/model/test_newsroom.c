// The random changes that the editor makes, each through the model.
// SPDX-License-Identifier: Apache-2.0
#include "model/test_newsroom_parts.h"

#include <string.h>

#include "base/arena.h"
#include "model/comment.h"
#include "model/page.h"
#include "model/person.h"
#include "model/related.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"

enum { SECTIONS_MOST = 16, PEOPLE_MOST = 24, TOPICS_USED = 24, DAYS_BACK = 400 };
static const int64_t DAY_MS = 86400 * 1000;

// ---- stories

static void write_headline(struct editor *e, struct work *w, struct story_draft *d)
{
    d->headline = str_format(w->arena, "Headline M%lld. & \"more\" <%lld>", (long long)++e->mark,
                             (long long)below(e, 1000));
}

static void write_body(struct editor *e, struct work *w, struct story_draft *d)
{
    d->plain = str_format(w->arena, "Body B%lld. of the story, %lld words of it.",
                          (long long)++e->mark, (long long)below(e, 900));
    d->body.text = str_format(w->arena, "<p>%.*s</p>", STR(d->plain));
    d->excerpt = below(e, 2) ? d->plain : d->excerpt;
    d->words = 100 + below(e, 900);
    d->reading_minutes = 1 + d->words / 220;
}

static void choose_people(struct editor *e, struct story_draft *d)
{
    d->people_count = 0;
    for (int64_t n = below(e, 4); n > 0; n--) {
        int64_t id = any(e, &e->people);
        if (!has(d->people, d->people_count, id))
            d->people[d->people_count++] = id;
    }
}

static void choose_topics(struct editor *e, struct story_draft *d)
{
    d->topic_count = 0;
    for (int64_t n = below(e, 4); n > 0; n--) {
        int64_t id = any(e, &e->topics);
        if (!has(d->topics, d->topic_count, id))
            d->topics[d->topic_count++] = id;
    }
}

static str some_kind(struct editor *e)
{
    static const char *const kinds[] = {"news",  "analysis", "opinion", "explainer",
                                        "video", "live",     "wire"};
    return str_of(kinds[below(e, 7)]);
}

static error tell_story(struct editor *e, struct work *w, int64_t id, struct told *told)
{
    struct story_card card;
    struct story_body body;
    bool found;
    try(story_card_by_id(w, id, &card, &found));
    if (found)
        try(story_body_by_id(w, id, &body, &found));
    *told = (struct told){found ? card.path : S(""), e->mark, found ? body.version : 0};
    return NULL;
}

static error create_story(struct editor *e, struct work *w, instant at, struct told *told)
{
    static const struct story_change first = {.kind = {"first", 5}};
    struct story_draft d = {
        .kind = some_kind(e),
        .slug = str_format(w->arena, "story-%zu", e->stories.count + 1),
        .section_id = any(e, &e->sections),
        .comments_open = true,
        .published_at = at,
        .updated_at = at,
    };
    int64_t id;
    write_body(e, w, &d);
    write_headline(e, w, &d);
    choose_people(e, &d);
    choose_topics(e, &d);
    try(story_create(w, &d, &first, &id));
    learn(&e->stories, id);
    return tell_story(e, w, id, told);
}

static error publish(struct editor *e, struct work *w, struct told *told)
{
    return create_story(e, w, w->now, told);
}

static instant long_ago(struct editor *e, struct work *w)
{
    return (instant){w->now.ms - below(e, DAYS_BACK) * DAY_MS - below(e, DAY_MS)};
}

static error publish_old(struct editor *e, struct work *w, struct told *told)
{
    return create_story(e, w, long_ago(e, w), told);
}

// Two stories of one millisecond are told apart by their ids.
static error publish_beside(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft other;
    try(story_draft_of(w, some_story(e), &other));
    return create_story(e, w, other.published_at, told);
}

static error store(struct editor *e, struct work *w, int64_t id, struct story_draft *d,
                   const char *kind, struct told *told)
{
    struct story_change change = {.kind = str_of(kind)};
    if (strcmp(kind, "correction") == 0)
        change.note = str_format(w->arena, "Note N%lld.", (long long)++e->mark);
    if (d->updated_at.ms < d->published_at.ms)
        d->updated_at = d->published_at;
    try(story_update(w, id, d, &change, NULL));
    return tell_story(e, w, id, told);
}

static error edit_headline(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft d;
    int64_t id = some_story(e);
    try(story_draft_of(w, id, &d));
    write_headline(e, w, &d);
    return store(e, w, id, &d, "typo", told);
}

static error edit_body(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft d;
    int64_t id = some_story(e);
    try(story_draft_of(w, id, &d));
    write_body(e, w, &d);
    d.updated_at = w->now;
    return store(e, w, id, &d, "update", told);
}

static error correct(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft d;
    int64_t id = below(e, 3) ? some_story(e) : some_corrected(e);
    try(story_draft_of(w, id, &d));
    if (!has(e->corrected.ids, e->corrected.count, id))
        learn(&e->corrected, id);
    write_body(e, w, &d);
    return store(e, w, id, &d, "correction", told);
}

static error choose_picture(struct editor *e, struct work *w, int64_t *id)
{
    struct picture picture = {.address =
                                  str_format(w->arena, "/p/%lld.jpg", (long long)below(e, 9)),
                              .alt = S("A picture"),
                              .width = 640,
                              .height = 360};
    if (below(e, 4)) // some stay elsewhere
        make_files(e, w, &picture);
    return picture_ensure(w, &picture, id);
}

// All the smaller things that stand on a story.
static error edit_details(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft d;
    int64_t id = some_story(e);
    try(story_draft_of(w, id, &d));
    switch (below(e, 8)) {
    case 0:
        d.standfirst = str_format(w->arena, "Standfirst %lld", (long long)++e->mark);
        break;
    case 1:
        choose_people(e, &d);
        break;
    case 2:
        choose_topics(e, &d);
        break;
    case 3:
        d.kind = some_kind(e);
        break;
    case 4:
        d.source_name = below(e, 2) ? S("An agency") : S("");
        d.source_url = S("https://example.com/source");
        break;
    case 5:
        d.video_seconds = below(e, 2) * (1 + below(e, 5000));
        break;
    case 6:
        d.language = below(e, 2) ? S("ar") : S("");
        break;
    default:
        try(choose_picture(e, w, &d.picture_id));
    }
    return store(e, w, id, &d, "typo", told);
}

static error move_story(struct editor *e, struct work *w, int64_t id, struct told *told)
{
    struct story_draft d;
    try(story_draft_of(w, id, &d));
    d.section_id = any(e, &e->sections);
    return store(e, w, id, &d, "typo", told);
}

static error move(struct editor *e, struct work *w, struct told *told)
{
    return move_story(e, w, some_story(e), told);
}

static error move_corrected(struct editor *e, struct work *w, struct told *told)
{
    return move_story(e, w, some_corrected(e), told);
}

static error redate(struct editor *e, struct work *w, struct told *told)
{
    struct story_draft d;
    int64_t id = some_story(e);
    try(story_draft_of(w, id, &d));
    d.published_at = below(e, 2) ? w->now : long_ago(e, w);
    return store(e, w, id, &d, "typo", told);
}

static error withdraw_story(struct editor *e, struct work *w, int64_t id, struct told *told)
{
    struct story_card card;
    bool found;
    try(story_card_by_id(w, id, &card, &found));
    try(tell_story(e, w, id, told));
    if (!found || str_eq(card.status, S("withdrawn")))
        return NULL;
    return story_withdraw(w, id, str_format(w->arena, "Reason %lld.", (long long)++e->mark));
}

static error withdraw(struct editor *e, struct work *w, struct told *told)
{
    return withdraw_story(e, w, some_story(e), told);
}

static error withdraw_corrected(struct editor *e, struct work *w, struct told *told)
{
    return withdraw_story(e, w, some_corrected(e), told);
}

static error restore_one_of(struct editor *e, struct work *w, const struct known *all,
                            struct told *told)
{
    for (size_t i = 0; i < all->count; i++) {
        int64_t id = all->ids[(i + (size_t)e->mark) % all->count];
        struct story_card card;
        bool found;
        try(story_card_by_id(w, id, &card, &found));
        if (!found || !str_eq(card.status, S("withdrawn")))
            continue;
        try(tell_story(e, w, id, told));
        return story_restore(w, id);
    }
    return NULL;
}

static error restore(struct editor *e, struct work *w, struct told *told)
{
    return restore_one_of(e, w, &e->stories, told);
}

static error restore_corrected(struct editor *e, struct work *w, struct told *told)
{
    return restore_one_of(e, w, &e->corrected, told);
}

static error relate(struct editor *e, struct work *w, struct told *told)
{
    return related_compute(w, some_story(e), NULL);
}

static error edit_picture(struct editor *e, struct work *w, struct told *told)
{
    struct picture picture;
    bool found;
    str address = str_format(w->arena, "/p/%lld.jpg", (long long)below(e, 9));
    try(picture_by_address(w, address, &picture, &found));
    if (!found)
        return NULL;
    picture.alt = str_format(w->arena, "Alternative %lld", (long long)++e->mark);
    picture.caption = str_format(w->arena, "Caption %lld", (long long)e->mark);
    try(picture_update(w, &picture));
    picture.width = 600 + below(e, 400);
    make_files(e, w, &picture);
    return picture_set_files(w, &picture);
}

// ---- comments

static error tell_talked_of(struct editor *e, struct work *w, const struct comment *c,
                            struct told *told)
{
    struct page page;
    bool found;
    if (c->story_id)
        return tell_story(e, w, c->story_id, told);
    try(page_by_id(w, c->page_id, &page, &found));
    *told = (struct told){found ? page.path : S(""), e->mark};
    return NULL;
}

static error add_comment(struct editor *e, struct work *w, struct told *told)
{
    bool on_page = below(e, 2);
    struct comment c = {
        .story_id = on_page ? 0 : some_story(e),
        .page_id = on_page ? e->pages.ids[some_page(e)] : 0,
        .status = below(e, 3) ? S("approved") : S("held"),
        .author_name = str_format(w->arena, "Reader %lld", (long long)++e->mark),
        .author_email = S("reader@example.com"),
        .author_url = S(""),
        .body = {str_format(w->arena, "<p>Comment %lld</p>", (long long)e->mark)},
    };
    try(comment_create(w, &c));
    learn(&e->comments, c.id);
    if (below(e, 2)) {
        c.parent_id = c.id;
        c.status = S("approved");
        try(comment_create(w, &c));
        learn(&e->comments, c.id);
    }
    return tell_talked_of(e, w, &c, told);
}

static error judge_comment(struct editor *e, struct work *w, struct told *told)
{
    static const char *const states[] = {"held", "approved", "approved", "spam", "removed"};
    struct comment c;
    bool found;
    if (!e->comments.count)
        return NULL;
    try(comment_by_id(w, any(e, &e->comments), &c, &found));
    try(tell_talked_of(e, w, &c, told));
    return comment_set_status(w, c.id, str_of(states[below(e, 5)]));
}

// ---- sections, people, topics

static error create_section(struct editor *e, struct work *w, struct told *told)
{
    struct section s = {
        .parent_id = e->sections.count > 3 && below(e, 2) ? e->sections.ids[below(e, 3)] : 0,
        .slug = str_format(w->arena, "s%zu", e->sections.count + 1),
        .name = str_format(w->arena, "Section M%lld.", (long long)++e->mark),
        .description = S("What it is about"),
    };
    if (e->sections.count >= SECTIONS_MOST)
        return NULL;
    try(section_create(w, &s));
    learn(&e->sections, s.id);
    *told = (struct told){s.path, e->mark};
    return NULL;
}

static error edit_section(struct editor *e, struct work *w, struct told *told)
{
    struct section s;
    bool found;
    try(section_by_id(w, any(e, &e->sections), &s, &found));
    int64_t what = below(e, 3);
    if (what == 0)
        s.description = str_format(w->arena, "Described D%lld.", (long long)++e->mark);
    else if (what == 1)
        s.position = 1 + below(e, 8);
    else
        s.name = str_format(w->arena, "Section M%lld.", (long long)++e->mark);
    *told = (struct told){s.path, e->mark};
    return section_update(w, &s);
}

static error edit_person(struct editor *e, struct work *w, struct told *told)
{
    struct person p;
    bool found;
    try(person_by_id(w, any(e, &e->people), &p, &found));
    int64_t what = below(e, 3);
    if (what == 0)
        p.biography.text = str_format(w->arena, "<p>Life %lld</p>", (long long)++e->mark);
    else if (what == 1)
        p.role = str_format(w->arena, "Editor %lld", (long long)++e->mark);
    else
        p.name = str_format(w->arena, "Person M%lld.", (long long)++e->mark);
    *told = (struct told){p.path, e->mark};
    return person_update(w, &p);
}

static error create_person(struct editor *e, struct work *w, struct told *told)
{
    struct person p;
    if (e->people.count >= PEOPLE_MOST)
        return edit_person(e, w, told);
    try(person_ensure(w, str_format(w->arena, "person-%zu", e->people.count + 1), &p));
    learn(&e->people, p.id);
    *told = (struct told){p.path, e->mark};
    return NULL;
}

static error edit_topic(struct editor *e, struct work *w, struct told *told)
{
    struct topic t;
    bool found;
    try(topic_by_id(w, any(e, &e->topics), &t, &found));
    if (below(e, 2))
        t.description = str_format(w->arena, "Described %lld", (long long)++e->mark);
    else
        t.name = str_format(w->arena, "Topic M%lld.", (long long)++e->mark);
    *told = (struct told){t.path, e->mark};
    return topic_update(w, &t);
}

static error create_topic(struct editor *e, struct work *w, struct told *told)
{
    struct topic t;
    if (e->topics.count >= TOPICS_USED)
        return edit_topic(e, w, told);
    try(topic_ensure(w, str_format(w->arena, "topic-%zu", e->topics.count + 1), &t));
    learn(&e->topics, t.id);
    *told = (struct told){t.path, e->mark};
    return NULL;
}

const struct edit edits[] = {
    {"publish", 14, publish},
    {"publish-old", 8, publish_old},
    {"publish-beside", 3, publish_beside},
    {"headline", 12, edit_headline},
    {"body", 12, edit_body},
    {"correct", 3, correct},
    {"details", 10, edit_details},
    {"move", 5, move},
    {"redate", 4, redate},
    {"withdraw", 5, withdraw},
    {"restore", 5, restore},
    {"move-corrected", 1, move_corrected},
    {"withdraw-corrected", 1, withdraw_corrected},
    {"restore-corrected", 1, restore_corrected},
    {"relate", 2, relate},
    {"picture", 2, edit_picture},
    {"feature", 3, feature},
    {"unfeature", 2, unfeature},
    {"comment", 5, add_comment},
    {"judge", 4, judge_comment},
    {"section", 5, edit_section},
    {"section-new", 1, create_section},
    {"person", 4, edit_person},
    {"person-new", 1, create_person},
    {"topic", 3, edit_topic},
    {"topic-new", 1, create_topic},
    {"menu", 3, edit_menu},
    {"page", 3, save_page},
    {"event", 3, save_event},
    {"publication", 1, edit_publication},
    {"redirect", 2, redirect},
    {0},
};

const struct edit *editor_choose(struct editor *e, str kind)
{
    int64_t all = 0;
    for (const struct edit *edit = edits; edit->kind; edit++) {
        if (str_eq(kind, str_of(edit->kind)))
            return edit;
        all += edit->weight;
    }
    if (kind.len)
        return NULL;
    int64_t at = below(e, all);
    const struct edit *edit = edits;
    while (at >= edit->weight)
        at -= edit++->weight;
    return edit;
}

// ---- the beginning

static error times(int n, error (*run)(struct editor *, struct work *, struct told *),
                   struct editor *e, struct work *w)
{
    struct told told;
    for (int i = 0; i < n; i++)
        try(run(e, w, &told));
    return NULL;
}

// More than one page of comments.
static error talk_below(struct editor *e, struct work *w, int64_t page_id)
{
    for (int i = 0; i < COMMENTS_A_PAGE + 10; i++) {
        struct comment c = {
            .page_id = page_id,
            .status = S("approved"),
            .author_name = str_format(w->arena, "Reader %lld", (long long)++e->mark),
            .author_email = S(""),
            .author_url = S(""),
            .body = {S("<p>Well said.</p>")},
        };
        try(comment_create(w, &c));
        learn(&e->comments, c.id);
    }
    return NULL;
}

static error furnish(struct editor *e, struct work *w)
{
    try(times(6, create_section, e, w));
    try(times(8, create_person, e, w));
    try(times(8, create_topic, e, w));
    learn(&e->pages, 0); // so that there is one to choose from
    e->pages.count = 0;
    struct page about = {.path = S("/page-1/"), .title = S("About"), .description = S("")};
    try(page_save(w, &about));
    learn(&e->pages, about.id);
    try(times(60, publish_old, e, w));
    return talk_below(e, w, about.id);
}

static error learn_cards(struct editor *e, struct work *w)
{
    struct list sections, people, topics;
    try(section_list(w, &sections));
    try(person_list(w, 0, PEOPLE_MOST, &people));
    try(topic_list(w, 0, TOPICS_USED, &topics));
    for (size_t i = 0; i < sections.count; i++)
        learn(&e->sections, list_at(&sections, struct section_card, i)->id);
    for (size_t i = 0; i < people.count; i++)
        learn(&e->people, list_at(&people, struct person_card, i)->id);
    for (size_t i = 0; i < topics.count; i++)
        learn(&e->topics, list_at(&topics, struct topic_card, i)->id);
    return NULL;
}

// Closed ones stand in no list, so all ids are tried; an abandoned transaction leaves gaps.
static error learn_pages(struct editor *e, struct work *w)
{
    for (int64_t id = 1, missing = 0; missing < 100; id++) {
        struct page page;
        bool found;
        try(page_by_id(w, id, &page, &found));
        missing = found ? 0 : missing + 1;
        if (found)
            learn(&e->pages, id);
    }
    return NULL;
}

static error learn_stories(struct editor *e, struct work *w)
{
    for (int64_t id = 1, missing = 0; missing < 100; id++) {
        struct story_card card;
        bool found;
        try(story_card_by_id(w, id, &card, &found));
        missing = found ? 0 : missing + 1;
        if (found)
            learn(&e->stories, id);
    }
    return NULL;
}

error editor_begin(struct editor *e, struct db_conn *conn, struct arena *a)
{
    struct work w;
    try(work_write(&w, conn, a, instant_now()));
    // Marks go on rising when another editor takes over.
    e->mark = (int64_t)w.commit * 4;
    error failed = learn_cards(e, &w);
    if (!failed)
        failed = learn_pages(e, &w);
    if (!failed)
        failed = learn_stories(e, &w);
    if (!failed && !e->sections.count)
        failed = furnish(e, &w);
    if (!failed)
        failed = work_commit(&w);
    work_end(&w);
    return failed;
}
