// Publishing, changing and withdrawing stories: compares old and new, and names just what changed.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "base/arena.h"
#include "model/check.h"
#include "model/job.h"
#include "model/listing.h"
#include "model/path.h"
#include "model/section.h"
#include "model/statements.h"
#include "model/story.h"
#include "model/version.h"
#include "model/work.h"
#include "text/slug.h"

enum { SLUG_MOST = 80, LISTS_MOST = 1 + 8 + TOPICS_MOST + BYLINE_MOST + 1 };

FIELDS_LOCAL(draft_fields, struct story_draft, "story", FIELD(struct story_draft, kind),
             FIELD(struct story_draft, status), FIELD(struct story_draft, headline),
             FIELD(struct story_draft, standfirst), FIELD(struct story_draft, excerpt),
             FIELD(struct story_draft, section_id), FIELD(struct story_draft, picture_id),
             FIELD(struct story_draft, language), FIELD(struct story_draft, source_name),
             FIELD(struct story_draft, source_url), FIELD(struct story_draft, video_url),
             FIELD(struct story_draft, video_seconds), FIELD(struct story_draft, comments_open),
             FIELD(struct story_draft, words), FIELD(struct story_draft, reading_minutes),
             FIELD(struct story_draft, body), FIELD(struct story_draft, plain),
             FIELD(struct story_draft, published_at), FIELD(struct story_draft, updated_at),
             FIELD(struct story_draft, file), FIELD(struct story_draft, file_hash));

struct id_row {
    int64_t id;
};
FIELDS_LOCAL(id_fields, struct id_row, "story", FIELD(struct id_row, id));

struct state {
    str status, path;
    int64_t version;
};
FIELDS_LOCAL(state_fields, struct state, "story", FIELD(struct state, status),
             FIELD(struct state, path), FIELD(struct state, version));

#define PUBLISHED S("published")

// ---- checks

static bool known(str word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_eq(word, str_of(words[i])))
            return true;
    return false;
}

static error wrong(struct work *w, const char *what)
{
    return failure(w->arena, FAULT_INPUT, S("story"), "%s", what);
}

error story_check_status(struct work *w, str status)
{
    static const char *const statuses[] = {"",       "published", "withdrawn",
                                           "draft",  "pending",   "private",
                                           "future", "trash",     "protected"};
    if (known(status, statuses, sizeof statuses / sizeof *statuses))
        return NULL;
    return failure(w->arena, FAULT_INPUT, S("story"),
                   "\"%.*s\" is no status of a story: say published, withdrawn, draft, pending, "
                   "private, future, trash or protected",
                   STR(str_sub(status, 0, 40)));
}

static error check_draft(struct work *w, const struct story_draft *d)
{
    try(story_check_status(w, d->status));
    static const char *const kinds[] = {"news",  "analysis", "opinion", "explainer",
                                        "video", "live",     "wire"};
    if (!known(d->kind, kinds, sizeof kinds / sizeof *kinds))
        return failure(
            w->arena, FAULT_INPUT, S("story"),
            "\"%.*s\" is no kind of story: use news, analysis, opinion, explainer, video, "
            "live or wire",
            STR(str_sub(d->kind, 0, 40)));
    try(check_line(w, S("story"), "headline", d->headline, HEADLINE_MOST));
    try(check_text(w, S("story"), "source's name", d->source_name, NAME_MOST));
    try(check_address(w, S("story"), "source's address", d->source_url));
    try(check_address(w, S("story"), "video's address", d->video_url));
    if (d->standfirst.len > STANDFIRST_MOST || d->excerpt.len > STANDFIRST_MOST)
        return wrong(w, "the standfirst is longer than 2,000 bytes");
    if (d->body.text.len > BODY_MOST)
        return wrong(w, "the body is larger than 4 MiB");
    if (d->section_id == 0)
        return wrong(w, "a story needs a section");
    if (d->published_at.ms <= 0 || d->updated_at.ms < d->published_at.ms)
        return wrong(w,
                     "a story needs a date of publication after 1970, and none of its changes can "
                     "be older");
    return NULL;
}

static error check_change(struct work *w, const struct story_change *change)
{
    static const char *const kinds[] = {"first",      "typo",          "update",
                                        "correction", "clarification", "retraction"};
    if (!known(change->kind, kinds, sizeof kinds / sizeof *kinds))
        return failure(
            w->arena, FAULT_INPUT, S("story"),
            "\"%.*s\" is no kind of change: use typo, update, correction, clarification or "
            "retraction",
            STR(str_sub(change->kind, 0, 40)));
    if (change->note.len > STANDFIRST_MOST)
        return wrong(w, "the note on the change is longer than 2,000 bytes");
    return NULL;
}

// ---- lists

static void add_list(struct list_of *lists, size_t *count, enum list_kind kind, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if (lists[i].kind == kind && lists[i].id == id)
            return;
    if (*count < LISTS_MOST)
        lists[(*count)++] = (struct list_of){kind, id};
}

// Every list that the story, as drafted, stands in: the publication's, its section's and all above,
// its topics', its authors', its kind's where that has one.
static error lists_of(struct work *w, const struct story_draft *d, struct list_of *lists,
                      size_t *count)
{
    *count = 0;
    add_list(lists, count, LIST_ALL, 0);
    struct list ancestors;
    try(section_ancestors(w, d->section_id, &ancestors));
    if (ancestors.count == 0)
        return failure(w->arena, FAULT_INPUT, S("story"), "there is no section %lld",
                       (long long)d->section_id);
    for (size_t i = 0; i < ancestors.count; i++)
        add_list(lists, count, LIST_SECTION, list_at(&ancestors, struct section_card, i)->id);
    for (size_t i = 0; i < d->topic_count; i++)
        add_list(lists, count, LIST_TOPIC, d->topics[i]);
    for (size_t i = 0; i < d->people_count; i++)
        add_list(lists, count, LIST_PERSON, d->people[i]);
    if (str_eq(d->kind, S("opinion")))
        add_list(lists, count, LIST_KIND, KIND_OPINION);
    if (str_eq(d->kind, S("video")))
        add_list(lists, count, LIST_KIND, KIND_VIDEO);
    return NULL;
}

static error place(struct work *w, int64_t id, const struct story_draft *before,
                   const struct story_draft *after)
{
    struct list_of old_lists[LISTS_MOST], new_lists[LISTS_MOST];
    struct placement old = {.lists = old_lists}, now = {.lists = new_lists};
    if (before) {
        old.at = (rank){before->published_at.ms, id};
        try(lists_of(w, before, old_lists, &old.count));
    }
    if (after) {
        now.at = (rank){after->published_at.ms, id};
        try(lists_of(w, after, new_lists, &now.count));
    }
    return listing_place(w, &old, &now);
}

// Sitemaps show when a story last changed.
static void key_lastmod(struct work *w, const struct story_draft *d, int64_t id)
{
    rank at = {d->published_at.ms, id};
    keyset_add_range(&w->writes, S("lastmod"), at, at);
}

// ---- rows

static value id_or_null(int64_t id)
{
    return id ? V(id) : VALUE_NONE;
}

static int64_t person_at(const struct story_draft *d, size_t i)
{
    return i < d->people_count ? d->people[i] : 0;
}

static error add_bylines(struct work *w, int64_t id, const struct story_draft *d)
{
    for (size_t i = 0; i < d->people_count; i++)
        try(db_run(w->conn, w->arena, SQL_STORY_BYLINE_ADD,
                   ARGS(V(id), V((int64_t)i), V(d->people[i])), NULL));
    return NULL;
}

static error store_bylines(struct work *w, int64_t id, const struct story_draft *d)
{
    try(db_run(w->conn, w->arena, SQL_STORY_BYLINE_CLEAR, ARGS(V(id)), NULL));
    return add_bylines(w, id, d);
}

static error add_topics(struct work *w, int64_t id, const struct story_draft *d)
{
    for (size_t i = 0; i < d->topic_count; i++)
        try(db_run(w->conn, w->arena, SQL_STORY_TOPIC_ADD,
                   ARGS(V(id), V((int64_t)i), V(d->topics[i])), NULL));
    return NULL;
}

static error store_topics(struct work *w, int64_t id, const struct story_draft *d)
{
    try(db_run(w->conn, w->arena, SQL_STORY_TOPIC_CLEAR, ARGS(V(id)), NULL));
    return add_topics(w, id, d);
}

static error free_path(struct work *w, const struct story_draft *d, str *path)
{
    struct section section;
    bool found;
    try(section_by_id(w, d->section_id, &section, &found));
    if (!found)
        return failure(w->arena, FAULT_INPUT, S("story"), "there is no section %lld",
                       (long long)d->section_id);
    str slug = slug_from(w->arena, d->slug.len ? d->slug : d->headline, SLUG_MOST);
    return path_free(w, section.path, slug, path);
}

static error create_rows(struct work *w, const struct story_draft *d, str path, int64_t *id)
{
    struct id_row row;
    bool found;
    try(db_one(w->conn, w->arena, SQL_STORY_CREATE,
               ARGS(V(d->kind), V(d->headline), V(d->standfirst), V(d->excerpt), V(d->section_id),
                    V(path), id_or_null(d->picture_id), id_or_null(person_at(d, 0)),
                    id_or_null(person_at(d, 1)), V((int64_t)d->people_count), V(d->source_name),
                    V(d->published_at), V(d->updated_at), V(d->status), V(d->language),
                    V(d->video_seconds)),
               &id_fields, &row, &found));
    *id = row.id;
    return db_run(w->conn, w->arena, SQL_STORY_BODY_CREATE,
                  ARGS(V(row.id), V(d->source_url), V(d->video_url), V(d->comments_open),
                       V(d->words), V(d->reading_minutes), d->file.len ? V(d->file) : VALUE_NONE,
                       V(d->file_hash), V(d->body), V(d->plain)),
                  NULL);
}

error story_create(struct work *w, const struct story_draft *draft,
                   const struct story_change *change, int64_t *out)
{
    int64_t id;
    struct story_draft made = *draft;
    str path = draft->path;
    if (!made.status.len)
        made.status = PUBLISHED;
    bool shown = str_eq(made.status, PUBLISHED);
    try(check_draft(w, draft));
    try(check_change(w, change));
    if (!path.len)
        try(free_path(w, draft, &path));
    try(create_rows(w, &made, path, &id));
    try(path_claim_first(w, path, S("story"), id));
    try(add_bylines(w, id, draft));
    try(add_topics(w, id, draft));
    try(version_add(w, id, 1, &made, change));
    key_facet(&w->writes, "story", id, "card");
    key_facet(&w->writes, "story", id, "body");
    *out = id;
    if (!shown)
        return NULL;
    try(place(w, id, NULL, draft));
    key_lastmod(w, draft, id);
    return job_add(w, S("related"), id, w->now);
}

// ---- changes

static error load_ids(struct work *w, int statement, int64_t story_id, int64_t *ids, size_t most,
                      size_t *count)
{
    struct list rows;
    try(db_list(w->conn, w->arena, statement, ARGS(V(story_id)), &id_fields, &rows));
    *count = rows.count < most ? rows.count : most;
    for (size_t i = 0; i < *count; i++)
        ids[i] = list_at(&rows, struct id_row, i)->id;
    return NULL;
}

error story_draft_of(struct work *w, int64_t id, struct story_draft *out)
{
    bool found;
    *out = (struct story_draft){0};
    try(db_one(w->conn, w->arena, SQL_STORY_DRAFT_OF, ARGS(V(id)), &draft_fields, out, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, S("story"), "there is no story %lld",
                       (long long)id);
    try(load_ids(w, SQL_STORY_BYLINE_IDS, id, out->people, BYLINE_MOST, &out->people_count));
    return load_ids(w, SQL_STORY_TOPIC_IDS, id, out->topics, TOPICS_MOST, &out->topic_count);
}

static bool same_ids(const int64_t *a, size_t a_count, const int64_t *b, size_t b_count)
{
    return a_count == b_count && (a_count == 0 || memcmp(a, b, a_count * sizeof *a) == 0);
}

static bool same_text(const struct story_draft *a, const struct story_draft *b)
{
    return str_eq(a->headline, b->headline) && str_eq(a->standfirst, b->standfirst) &&
           str_eq(a->body.text, b->body.text);
}

static bool same_card(const struct story_draft *a, const struct story_draft *b)
{
    return str_eq(a->kind, b->kind) && str_eq(a->headline, b->headline) &&
           str_eq(a->standfirst, b->standfirst) && str_eq(a->excerpt, b->excerpt) &&
           a->picture_id == b->picture_id && person_at(a, 0) == person_at(b, 0) &&
           person_at(a, 1) == person_at(b, 1) && a->people_count == b->people_count &&
           str_eq(a->source_name, b->source_name) && str_eq(a->language, b->language) &&
           a->video_seconds == b->video_seconds && a->published_at.ms == b->published_at.ms &&
           (a->updated_at.ms == b->updated_at.ms || !str_eq(b->kind, S("live")));
}

static bool same_people(const struct story_draft *a, const struct story_draft *b)
{
    return same_ids(a->people, a->people_count, b->people, b->people_count);
}

static bool same_topics(const struct story_draft *a, const struct story_draft *b)
{
    return same_ids(a->topics, a->topic_count, b->topics, b->topic_count);
}

static bool same_body(const struct story_draft *a, const struct story_draft *b)
{
    return str_eq(a->body.text, b->body.text) && str_eq(a->source_url, b->source_url) &&
           str_eq(a->video_url, b->video_url) && a->comments_open == b->comments_open &&
           a->words == b->words && a->reading_minutes == b->reading_minutes &&
           a->updated_at.ms == b->updated_at.ms && same_people(a, b) && same_topics(a, b);
}

static error update_rows(struct work *w, int64_t id, const struct story_draft *d, int64_t version)
{
    try(db_run(w->conn, w->arena, SQL_STORY_UPDATE,
               ARGS(V(id), V(d->kind), V(d->headline), V(d->standfirst), V(d->excerpt),
                    V(d->section_id), id_or_null(d->picture_id), id_or_null(person_at(d, 0)),
                    id_or_null(person_at(d, 1)), V((int64_t)d->people_count), V(d->source_name),
                    V(d->published_at), V(d->updated_at), V(version), V(d->language),
                    V(d->video_seconds)),
               NULL));
    return db_run(w->conn, w->arena, SQL_STORY_BODY_UPDATE,
                  ARGS(V(id), V(d->source_url), V(d->video_url), V(d->comments_open), V(d->words),
                       V(d->reading_minutes), d->file.len ? V(d->file) : VALUE_NONE,
                       V(d->file_hash), V(d->body), V(d->plain)),
                  NULL);
}

static error state_of(struct work *w, int64_t id, struct state *out)
{
    bool found;
    try(db_one(w->conn, w->arena, SQL_STORY_STATE, ARGS(V(id)), &state_fields, out, &found));
    return found ? NULL
                 : failure(w->arena, FAULT_NOT_FOUND, S("story"), "there is no story %lld",
                           (long long)id);
}

// Whether readers are told of the change below the story, for which it needs a version of its own.
static bool is_told(const struct story_change *change)
{
    return change->note.len > 0 &&
           (str_eq(change->kind, S("correction")) || str_eq(change->kind, S("clarification")) ||
            str_eq(change->kind, S("retraction")));
}

// Names the facets in which the two differ.
static void name_facets(struct work *w, int64_t id, const struct story_draft *before,
                        const struct story_draft *after, bool noted)
{
    if (!same_card(before, after))
        key_facet(&w->writes, "story", id, "card");
    if (before->section_id != after->section_id)
        key_facet(&w->writes, "story", id, "section");
    if (!same_body(before, after) || noted)
        key_facet(&w->writes, "story", id, "body");
    if (before->updated_at.ms != after->updated_at.ms ||
        before->published_at.ms != after->published_at.ms) {
        key_lastmod(w, before, id);
        key_lastmod(w, after, id);
    }
}

struct story_id_row {
    int64_t story_id;
};
FIELDS_LOCAL(story_id_fields, struct story_id_row, "story", FIELD(struct story_id_row, story_id));

// Stories that named this one as related show one less.
static error leave_related(struct work *w, int64_t id)
{
    struct list rows;
    try(db_list(w->conn, w->arena, SQL_RELATED_NAMING, ARGS(V(id)), &story_id_fields, &rows));
    for (size_t i = 0; i < rows.count; i++) {
        int64_t other = list_at(&rows, struct story_id_row, i)->story_id;
        key_facet(&w->writes, "story", other, "related");
        try(job_add(w, S("related"), other, w->now));
    }
    return db_run(w->conn, w->arena, SQL_RELATED_FORGET, ARGS(V(id)), NULL);
}

// A story that opens or closes comes into its lists or leaves them, and shows in another way.
static error reopen(struct work *w, int64_t id, const struct story_draft *before,
                    const struct story_draft *after)
{
    bool was = str_eq(before->status, PUBLISHED), is = str_eq(after->status, PUBLISHED);
    try(db_run(w->conn, w->arena, SQL_STORY_SET_STATUS, ARGS(V(id), V(after->status)), NULL));
    key_facet(&w->writes, "story", id, "card");
    key_facet(&w->writes, "story", id, "body");
    if (was == is)
        return NULL;
    key_lastmod(w, before, id);
    key_lastmod(w, after, id);
    if (was) {
        try(leave_related(w, id));
        try(version_name_corrections(w, id));
    } else {
        try(job_add(w, S("related"), id, w->now));
        try(version_publish(w, id));
    }
    return place(w, id, was ? before : NULL, is ? after : NULL);
}

// The status that an update leaves the story in: a withdrawn one is only put back by story_restore.
static str status_after(const struct state *state, const struct story_draft *d)
{
    bool stays = !d->status.len || str_eq(d->status, S("withdrawn")) ||
                 str_eq(state->status, S("withdrawn"));
    return stays ? state->status : d->status;
}

error story_update(struct work *w, int64_t id, const struct story_draft *draft,
                   const struct story_change *change, bool *changed)
{
    struct story_draft before;
    struct state state;
    try(check_draft(w, draft));
    try(check_change(w, change));
    try(story_draft_of(w, id, &before));
    try(state_of(w, id, &state));
    struct story_draft after = *draft;
    after.status = status_after(&state, draft);
    bool reopens = !str_eq(after.status, state.status);
    bool texts = !same_text(&before, draft) || is_told(change);
    bool moves = before.section_id != draft->section_id;
    bool any =
        texts || reopens || moves || !same_card(&before, draft) || !same_body(&before, draft);
    if (changed)
        *changed = any;
    if (!any)
        return str_eq(before.file_hash, draft->file_hash)
                   ? NULL
                   : story_set_file_hash(w, id, draft->file_hash);
    try(update_rows(w, id, draft, state.version + texts));
    if (texts)
        try(version_add(w, id, state.version + 1, &after, change));
    if (!same_people(&before, draft))
        try(store_bylines(w, id, draft));
    if (!same_topics(&before, draft))
        try(store_topics(w, id, draft));
    name_facets(w, id, &before, draft, texts && change->note.len > 0);
    if (reopens)
        return reopen(w, id, &before, &after);
    if (!str_eq(state.status, PUBLISHED))
        return NULL;
    if (!same_topics(&before, draft) || moves)
        try(job_add(w, S("related"), id, w->now));
    return place(w, id, &before, draft);
}

error story_set_body(struct work *w, int64_t id, const struct story_draft *draft, bool *changed)
{
    struct story_draft before;
    struct state state;
    try(story_draft_of(w, id, &before));
    try(state_of(w, id, &state));
    struct story_draft after = before;
    after.body = draft->body;
    after.plain = draft->plain;
    after.excerpt = draft->excerpt;
    after.words = draft->words;
    after.reading_minutes = draft->reading_minutes;
    try(check_draft(w, &after));
    *changed = !same_card(&before, &after) || !same_body(&before, &after);
    if (!*changed)
        return NULL;
    try(update_rows(w, id, &after, state.version));
    name_facets(w, id, &before, &after, /* noted= */ false);
    return NULL;
}

// ---- leaving and coming back

static error set_status(struct work *w, int64_t id, const char *status, instant at, str why)
{
    key_facet(&w->writes, "story", id, "card");
    key_facet(&w->writes, "story", id, "body");
    try(db_run(w->conn, w->arena, SQL_STORY_SET_STATUS, ARGS(V(id), V(str_of(status))), NULL));
    return db_run(w->conn, w->arena, SQL_STORY_SET_WITHDRAWN, ARGS(V(id), V(at), V(why)), NULL);
}

error story_withdraw(struct work *w, int64_t id, str why)
{
    struct story_draft draft;
    struct state state;
    if (why.len > STANDFIRST_MOST)
        return wrong(w, "the reason is longer than 2,000 bytes");
    try(story_draft_of(w, id, &draft));
    try(state_of(w, id, &state));
    if (str_eq(state.status, S("withdrawn")))
        return failure(w->arena, FAULT_CONFLICT, S("story"), "%.*s is withdrawn already",
                       STR(state.path));
    if (!str_eq(state.status, PUBLISHED))
        return failure(w->arena, FAULT_CONFLICT, S("story"), "%.*s is not published",
                       STR(state.path));
    try(set_status(w, id, "withdrawn", w->now, why));
    key_lastmod(w, &draft, id);
    try(leave_related(w, id));
    try(version_name_corrections(w, id));
    return place(w, id, &draft, NULL);
}

error story_restore(struct work *w, int64_t id)
{
    struct story_draft draft;
    struct state state;
    try(story_draft_of(w, id, &draft));
    try(state_of(w, id, &state));
    if (!str_eq(state.status, S("withdrawn")))
        return failure(w->arena, FAULT_CONFLICT, S("story"), "%.*s is not withdrawn",
                       STR(state.path));
    try(set_status(w, id, "published", INSTANT_NONE, S("")));
    key_lastmod(w, &draft, id);
    try(job_add(w, S("related"), id, w->now));
    try(version_publish(w, id));
    return place(w, id, NULL, &draft);
}
