// Topics: what stories are about, across sections.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

// At most 200 bytes of name, 4000 of description.
struct topic {
    int64_t id;
    str slug; // fixed when made, as the path is
    str name;
    str description;
    str path; // "/topic/human-centered-design/"
};
extern const struct fields topic_fields;

// What lists show of one.
struct topic_card {
    int64_t id;
    str slug;
    str name;
    str path;
};
extern const struct fields topic_card_fields;

// One whole, with all it depends on: card and page.
error topic_by_id(struct work *w, int64_t id, struct topic *out, bool *found) fallible;
error topic_by_slug(struct work *w, str slug, struct topic *out, bool *found) fallible;

// At most `most` cards with ids above `after`, by id. Depends on that part of "topics".
error topic_list(struct work *w, int64_t after, int64_t most, struct list *cards) fallible;

// The one with this slug or the slug of this name, made when missing: "human-centered-design" is
// called "Human centered design". FAULT_INPUT for an empty name.
error topic_ensure(struct work *w, str slug_or_name, struct topic *out) fallible;

// Makes one from slug (empty: from the name), name and description, and fills in id and path.
// FAULT_CONFLICT when the slug is taken.
error topic_create(struct work *w, struct topic *t) fallible;

// Stores name and description of the topic with this id.
error topic_update(struct work *w, const struct topic *t) fallible;
