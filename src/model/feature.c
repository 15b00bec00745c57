// Features: the stories that the editors want on top of the front.
// SPDX-License-Identifier: Apache-2.0
#include "model/feature.h"

#include "model/statements.h"
#include "model/story.h"
#include "model/work.h"

FIELDS(feature_fields, struct feature, "feature", FIELD(struct feature, story_id),
       FIELD(struct feature, is_big));

static error stored(struct work *w, int64_t most, struct list *features)
{
    return db_list(w->conn, w->arena, SQL_FEATURE_LIST, ARGS(V(most)), &feature_fields, features);
}

static error remove_one(struct work *w, int64_t story_id)
{
    key_facet(&w->writes, "front", 0, "features");
    return db_run(w->conn, w->arena, SQL_FEATURE_REMOVE, ARGS(V(story_id)), NULL);
}

error feature_list(struct work *w, struct list *features)
{
    key_facet(&w->reads, "front", 0, "features");
    return stored(w, FEATURES_MOST, features);
}

// Whether the story leads already, in this way.
static bool leads(const struct list *features, int64_t story_id, bool is_big)
{
    const struct feature *first = features->rows;
    return features->count && first->story_id == story_id && first->is_big == is_big;
}

error feature_set(struct work *w, int64_t story_id, bool is_big)
{
    struct story_card card;
    struct list features;
    bool found;
    try(story_card_by_id(w, story_id, &card, &found));
    if (!found)
        return failure(w->arena, FAULT_NOT_FOUND, S("front"), "there is no story %lld",
                       (long long)story_id);
    try(stored(w, FEATURES_MOST + 1, &features));
    if (leads(&features, story_id, is_big))
        return NULL;
    try(remove_one(w, story_id));
    // One that is set again counts once, so there may be room.
    for (size_t i = FEATURES_MOST - 1; i < features.count; i++)
        try(remove_one(w, list_at(&features, struct feature, i)->story_id));
    return db_run(w->conn, w->arena, SQL_FEATURE_ADD, ARGS(V(story_id), V(is_big), V(w->now)),
                  NULL);
}

error feature_clear(struct work *w, int64_t story_id)
{
    struct feature feature;
    bool found;
    try(db_one(w->conn, w->arena, SQL_FEATURE_BY_STORY, ARGS(V(story_id)), &feature_fields,
               &feature, &found));
    return found ? remove_one(w, story_id) : NULL;
}
