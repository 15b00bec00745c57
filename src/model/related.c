// Stories close to a story: stored rows, computed by a job.
// SPDX-License-Identifier: Apache-2.0
#include "model/related.h"

#include <stdlib.h>

#include "base/arena.h"
#include "model/job.h"
#include "model/kept_cards.h"
#include "model/listing.h"
#include "model/statements.h"
#include "model/work.h"

// Only the newest of a topic or section are looked at: an archive of a hundred thousand stories
// costs no more than one of a thousand.
enum { NEWEST_LOOKED_AT = 200, CANDIDATES_MOST = 200 * (TOPICS_MOST + 1) };
enum { FOR_TOPIC = 10, FOR_SECTION = 4 };

struct subject {
    int64_t section_id;
    str status;
};
FIELDS_LOCAL(subject_fields, struct subject, "story", FIELD(struct subject, section_id),
             FIELD(struct subject, status));

struct candidate {
    rank at;
    int64_t score;
};

struct candidates {
    struct candidate *all;
    size_t count;
};

static error read_cards(struct work *w, int64_t story_id, struct list *cards)
{
    struct list ids;
    if (!w->kept)
        return db_list(w->conn, w->arena, SQL_RELATED_CARDS, ARGS(V(story_id)), &story_card_fields,
                       cards);
    try(db_list(w->conn, w->arena, SQL_RELATED_IDS, ARGS(V(story_id)), &story_id_fields, &ids));
    return kept_cards(w, &ids, cards);
}

error related_cards(struct work *w, int64_t story_id, struct list *cards)
{
    key_facet(&w->reads, "story", story_id, "related");
    try(read_cards(w, story_id, cards));
    for (size_t i = 0; i < cards->count; i++)
        story_card_read(w, list_at(cards, struct story_card, i));
    return NULL;
}

static error collect(struct work *w, struct list_of list, int64_t score, struct candidates *found)
{
    struct list ranks;
    try(listing_ranks(w, list, RANK_HIGHEST, NEWEST_LOOKED_AT, &ranks));
    for (size_t i = 0; i < ranks.count; i++)
        found->all[found->count++] = (struct candidate){*list_at(&ranks, rank, i), score};
    return NULL;
}

static int by_id(const void *a, const void *b)
{
    int64_t x = ((const struct candidate *)a)->at.id, y = ((const struct candidate *)b)->at.id;
    return (x > y) - (x < y);
}

static int by_score(const void *a, const void *b)
{
    const struct candidate *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    return rank_cmp(y->at, x->at);
}

// Adds up what each story scored in the lists it was found in, and drops the story itself.
static void merge(struct candidates *found, int64_t but)
{
    qsort(found->all, found->count, sizeof *found->all, by_id);
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        if (found->all[i].at.id == but)
            continue;
        if (kept && found->all[kept - 1].at.id == found->all[i].at.id)
            found->all[kept - 1].score += found->all[i].score;
        else
            found->all[kept++] = found->all[i];
    }
    found->count = kept;
    qsort(found->all, kept, sizeof *found->all, by_score);
}

static error best(struct work *w, int64_t story_id, int64_t section_id, struct candidates *found)
{
    struct list topics;
    try(db_list(w->conn, w->arena, SQL_STORY_TOPIC_IDS, ARGS(V(story_id)), &story_id_fields,
                &topics));
    found->all = arena_array(w->arena, struct candidate, CANDIDATES_MOST);
    found->count = 0;
    for (size_t i = 0; i < topics.count && i < TOPICS_MOST; i++)
        try(collect(w, (struct list_of){LIST_TOPIC, list_at(&topics, struct story_id, i)->id},
                    FOR_TOPIC, found));
    try(collect(w, (struct list_of){LIST_SECTION, section_id}, FOR_SECTION, found));
    merge(found, story_id);
    if (found->count > RELATED_MOST)
        found->count = RELATED_MOST;
    return NULL;
}

static bool same(const struct list *old, const struct candidates *now)
{
    if (old->count != now->count)
        return false;
    for (size_t i = 0; i < now->count; i++)
        if (list_at(old, struct story_id, i)->id != now->all[i].at.id)
            return false;
    return true;
}

error related_compute(struct work *w, int64_t story_id, bool *changed)
{
    struct subject subject;
    bool found;
    if (changed)
        *changed = false;
    try(db_one(w->conn, w->arena, SQL_RELATED_SUBJECT, ARGS(V(story_id)), &subject_fields, &subject,
               &found));
    if (!found || !str_eq(subject.status, S("published")))
        return NULL;
    struct candidates now;
    struct list old;
    try(best(w, story_id, subject.section_id, &now));
    try(db_list(w->conn, w->arena, SQL_RELATED_IDS, ARGS(V(story_id)), &story_id_fields, &old));
    if (same(&old, &now))
        return NULL;
    try(db_run(w->conn, w->arena, SQL_RELATED_CLEAR, ARGS(V(story_id)), NULL));
    for (size_t i = 0; i < now.count; i++)
        try(db_run(w->conn, w->arena, SQL_RELATED_ADD,
                   ARGS(V(story_id), V((int64_t)i), V(now.all[i].at.id)), NULL));
    key_facet(&w->writes, "story", story_id, "related");
    if (changed)
        *changed = true;
    return NULL;
}

error related_spread(struct work *w, int64_t story_id)
{
    struct list others;
    try(db_list(w->conn, w->arena, SQL_RELATED_IDS, ARGS(V(story_id)), &story_id_fields, &others));
    for (size_t i = 0; i < others.count; i++)
        try(job_add(w, S("related-again"), list_at(&others, struct story_id, i)->id, w->now));
    return NULL;
}
