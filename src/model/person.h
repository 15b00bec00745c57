// People: who writes the stories.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum { BIOGRAPHY_MOST = 64 * 1024 }; // bytes

// At most 200 bytes of name, 500 of role.
struct person {
    int64_t id;
    str slug; // fixed when made, as the path is
    str name;
    str role;           // "Markets editor"
    html biography;     // clean
    int64_t picture_id; // 0 for none
    str path;           // "/author/stacey-thalken/"
};
extern const struct fields person_fields;

// What lists show of one.
struct person_card {
    int64_t id;
    str slug;
    str name;
    str path;
};
extern const struct fields person_card_fields;

// One whole, with all it depends on: card and page.
error person_by_id(struct work *w, int64_t id, struct person *out, bool *found) fallible;
error person_by_slug(struct work *w, str slug, struct person *out, bool *found) fallible;

// At most `most` cards with ids above `after`, by id. Depends on that part of "people".
error person_list(struct work *w, int64_t after, int64_t most, struct list *cards) fallible;

// The one with this slug or the slug of this name, made when missing: "stacey-thalken" is called
// Stacey Thalken. FAULT_INPUT for an empty name.
error person_ensure(struct work *w, str slug_or_name, struct person *out) fallible;

// Makes one from slug (empty: from the name), name, role, biography and picture_id, and fills in id
// and path. FAULT_CONFLICT when the slug is taken.
error person_create(struct work *w, struct person *p) fallible;

// Stores name, role, biography and picture_id of the person with this id.
error person_update(struct work *w, const struct person *p) fallible;
