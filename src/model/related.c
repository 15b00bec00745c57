// Stories close to a story: stored rows, computed by a job.
// SPDX-License-Identifier: Apache-2.0
#include "model/related.h"

#include <string.h>

#include "base/arena.h"
#include "model/job.h"
#include "model/kept_cards.h"
#include "model/listing.h"
#include "model/statements.h"
#include "model/work.h"

// Only the newest of a topic or section are looked at: an archive of a hundred thousand stories
// costs no more than one of a thousand.
enum { NEWEST_LOOKED_AT = 200, LISTS_MOST = TOPICS_MOST + 1 };
enum { FOR_TOPIC = 10, FOR_SECTION = 4 };

struct subject {
    int64_t section_id;
    str status;
};
FIELDS_LOCAL(subject_fields, struct subject, "story", FIELD(struct subject, section_id),
             FIELD(struct subject, status));

// A list that stories are found in, newest first, as far as it was walked.
struct walk {
    struct list ranks;
    size_t at;
    int64_t score; // of being in it
};

struct walks {
    struct walk all[LISTS_MOST];
    size_t count;
};

struct candidate {
    rank at;
    int64_t score;
};

struct best {
    struct candidate all[RELATED_MOST];
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

static error add_walk(struct work *w, struct list_of list, int64_t score, struct walks *walks)
{
    struct walk *walk = &walks->all[walks->count++];
    *walk = (struct walk){.score = score};
    return listing_ranks(w, list, NEWEST_LOOKED_AT, &walk->ranks);
}

static const rank *head(const struct walk *walk)
{
    return walk->at < walk->ranks.count ? list_at(&walk->ranks, rank, walk->at) : NULL;
}

// The newest story that no walk has come past yet, with what it scored in all lists it is in.
static bool next(struct walks *walks, struct candidate *out)
{
    const rank *newest = NULL;
    for (size_t i = 0; i < walks->count; i++) {
        const rank *one = head(&walks->all[i]);
        if (one && (!newest || rank_cmp(*one, *newest) > 0))
            newest = one;
    }
    if (!newest)
        return false;
    *out = (struct candidate){.at = *newest};
    for (size_t i = 0; i < walks->count; i++) {
        const rank *one = head(&walks->all[i]);
        if (one && one->id == out->at.id) {
            out->score += walks->all[i].score;
            walks->all[i].at++;
        }
    }
    return true;
}

// Takes in what scored higher than one of those that are there: of equals the newer came first.
static void consider(struct best *best, struct candidate candidate)
{
    size_t at = best->count;
    while (at > 0 && best->all[at - 1].score < candidate.score)
        at--;
    if (at == RELATED_MOST)
        return;
    if (best->count < RELATED_MOST)
        best->count++;
    memmove(&best->all[at + 1], &best->all[at], (best->count - 1 - at) * sizeof candidate);
    best->all[at] = candidate;
}

static error choose(struct work *w, int64_t story_id, int64_t section_id, struct best *best)
{
    struct list topics;
    struct walks *walks = arena_make(w->arena, struct walks);
    struct candidate candidate;
    try(db_list(w->conn, w->arena, SQL_STORY_TOPIC_IDS, ARGS(V(story_id)), &story_id_fields,
                &topics));
    for (size_t i = 0; i < topics.count && i < TOPICS_MOST; i++)
        try(add_walk(w, (struct list_of){LIST_TOPIC, list_at(&topics, struct story_id, i)->id},
                     FOR_TOPIC, walks));
    try(add_walk(w, (struct list_of){LIST_SECTION, section_id}, FOR_SECTION, walks));
    best->count = 0;
    while (next(walks, &candidate))
        if (candidate.at.id != story_id)
            consider(best, candidate);
    return NULL;
}

static bool same(const struct list *old, const struct best *now)
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
    struct best now;
    struct list old;
    try(choose(w, story_id, subject.section_id, &now));
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
