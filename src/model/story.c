// Stories as they are read: their cards, their pages, where they came from.
// SPDX-License-Identifier: Apache-2.0
#include "model/story.h"

#include "base/arena.h"
#include "model/person.h"
#include "model/statements.h"
#include "model/topic.h"
#include "model/work.h"

FIELDS(story_card_fields, struct story_card, "story", FIELD(struct story_card, id),
       FIELD(struct story_card, kind), FIELD(struct story_card, status),
       FIELD(struct story_card, headline), FIELD(struct story_card, standfirst),
       FIELD(struct story_card, excerpt), FIELD(struct story_card, path),
       FIELD(struct story_card, language), FIELD(struct story_card, video_seconds),
       FIELD(struct story_card, section_id), FIELD(struct story_card, section_name),
       FIELD(struct story_card, section_path), FIELD(struct story_card, picture_id),
       FIELD(struct story_card, picture_alt), FIELD(struct story_card, picture_width),
       FIELD(struct story_card, picture_height), FIELD(struct story_card, picture_stem),
       FIELD(struct story_card, picture_variants), FIELD(struct story_card, picture_alpha),
       FIELD(struct story_card, picture_focus_x), FIELD(struct story_card, picture_focus_y),
       FIELD(struct story_card, person1_id), FIELD(struct story_card, person1_name),
       FIELD(struct story_card, person1_path), FIELD(struct story_card, person2_id),
       FIELD(struct story_card, person2_name), FIELD(struct story_card, person2_path),
       FIELD(struct story_card, byline_count), FIELD(struct story_card, source_name),
       FIELD(struct story_card, published_at), FIELD(struct story_card, updated_at));

FIELDS(story_body_fields, struct story_body, "story", FIELD(struct story_body, story_id),
       FIELD(struct story_body, updated_at), FIELD(struct story_body, version),
       FIELD(struct story_body, source_url), FIELD(struct story_body, video_url),
       FIELD(struct story_body, comments_open), FIELD(struct story_body, words),
       FIELD(struct story_body, reading_minutes), FIELD(struct story_body, withdrawn_at),
       FIELD(struct story_body, withdrawn_why), FIELD(struct story_body, body));

FIELDS_LOCAL(origin_fields, struct story_origin, "story", FIELD(struct story_origin, story_id),
             FIELD(struct story_origin, file_hash));

FIELDS(story_person_fields, struct story_person, "person", FIELD(struct story_person, id),
       FIELD(struct story_person, name), FIELD(struct story_person, role),
       FIELD(struct story_person, path), FIELD(struct story_person, biography),
       FIELD(struct story_person, picture_id), FIELD(struct story_person, picture_alt),
       FIELD(struct story_person, picture_stem), FIELD(struct story_person, picture_variants),
       FIELD(struct story_person, picture_width), FIELD(struct story_person, picture_height),
       FIELD(struct story_person, picture_alpha), FIELD(struct story_person, picture_focus_x),
       FIELD(struct story_person, picture_focus_y));

rank story_rank(const struct story_card *card)
{
    return (rank){card->published_at.ms, card->id};
}

void story_card_read(struct work *w, const struct story_card *card)
{
    key_facet(&w->reads, "story", card->id, "card");
    if (card->person1_id)
        key_facet(&w->reads, "person", card->person1_id, "card");
    if (card->person2_id)
        key_facet(&w->reads, "person", card->person2_id, "card");
    if (card->picture_id)
        key_facet(&w->reads, "picture", card->picture_id, "card");
}

void story_section_read(struct work *w, const struct story_card *card)
{
    key_facet(&w->reads, "story", card->id, "section");
    key_facet(&w->reads, "section", card->section_id, "card");
}

error story_card_by_id(struct work *w, int64_t id, struct story_card *out, bool *found)
{
    key_facet(&w->reads, "story", id, "card");
    try(db_one(w->conn, w->arena, SQL_STORY_CARD_BY_ID, ARGS(V(id)), &story_card_fields, out,
               found));
    if (*found)
        story_card_read(w, out);
    return NULL;
}

error story_list_by_status(struct work *w, str status, int64_t most, struct list *cards)
{
    return db_list(w->conn, w->arena, SQL_STORY_BY_STATUS, ARGS(V(status), V(most)),
                   &story_card_fields, cards);
}

error story_body_by_id(struct work *w, int64_t id, struct story_body *out, bool *found)
{
    key_facet(&w->reads, "story", id, "body");
    return db_one(w->conn, w->arena, SQL_STORY_BODY_BY_ID, ARGS(V(id)), &story_body_fields, out,
                  found);
}

error story_people(struct work *w, int64_t id, struct list *people)
{
    key_facet(&w->reads, "story", id, "body");
    try(db_list(w->conn, w->arena, SQL_STORY_PEOPLE, ARGS(V(id)), &story_person_fields, people));
    for (size_t i = 0; i < people->count; i++) {
        const struct story_person *person = list_at(people, struct story_person, i);
        key_facet(&w->reads, "person", person->id, "card");
        key_facet(&w->reads, "person", person->id, "page");
        if (person->picture_id)
            key_facet(&w->reads, "picture", person->picture_id, "card");
    }
    return NULL;
}

error story_topics(struct work *w, int64_t id, struct list *topics)
{
    key_facet(&w->reads, "story", id, "body");
    try(db_list(w->conn, w->arena, SQL_STORY_TOPICS, ARGS(V(id)), &topic_fields, topics));
    for (size_t i = 0; i < topics->count; i++)
        key_facet(&w->reads, "topic", list_at(topics, struct topic, i)->id, "card");
    return NULL;
}

error story_by_file(struct work *w, str file, struct story_origin *out, bool *found)
{
    return db_one(w->conn, w->arena, SQL_STORY_BY_FILE, ARGS(V(file)), &origin_fields, out, found);
}

error story_set_file_hash(struct work *w, int64_t id, str file_hash)
{
    return db_run(w->conn, w->arena, SQL_STORY_SET_FILE_HASH, ARGS(V(id), V(file_hash)), NULL);
}
