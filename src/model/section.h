// Sections: the tree that stories are filed in.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum {
    SECTION_LEVELS = 6,  // of nesting
    SECTION_MOST = 1000, // in all
};

// At most 200 bytes of name, 4000 of description.
struct section {
    int64_t id;
    int64_t parent_id; // 0 at the top
    str slug;          // of a-z, 0-9 and -, not of digits alone: years stand beside sections
    str name;
    str description;
    int64_t position; // among its siblings, from 1; equal ones stand as they were made
    str path;         // "/markets/stocks/"; fixed when it is made
};
extern const struct fields section_fields;

// What menus, breadcrumbs and trees show of one.
struct section_card {
    int64_t id;
    int64_t parent_id;
    str slug;
    str name;
    str path;
    int64_t level; // from 1; set by section_list only
};
extern const struct fields section_card_fields;

// The whole tree as cards, each followed by what is below it. Depends on "sections".
error section_list(struct work *w, struct list *cards) fallible;

// One whole, with all it depends on: its card and its page.
error section_by_id(struct work *w, int64_t id, struct section *out, bool *found) fallible;

// The same by its slug path, "markets/stocks"; slashes at the ends do not matter.
error section_by_path(struct work *w, str slug_path, struct section *out, bool *found) fallible;

// Cards from the root down to section `id`, which is the last; none when it is not there.
error section_ancestors(struct work *w, int64_t id, struct list *cards) fallible;

// Cards of those just below `id` (0 for the top), in their order.
error section_children(struct work *w, int64_t id, struct list *cards) fallible;

// Makes one from parent_id, slug (empty: from the name), name, description and position (0: behind
// its siblings), fills in the rest and claims its path. FAULT_CONFLICT when the path is taken,
// FAULT_NOT_FOUND without the parent, FAULT_LIMIT beyond SECTION_LEVELS or SECTION_MOST.
error section_create(struct work *w, struct section *s) fallible;

// Stores name, description and position of the section with this id; slug, parent and path stay.
error section_update(struct work *w, const struct section *s) fallible;
