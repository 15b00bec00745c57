// What a list of stories is of: the publication, a section, an author, a topic.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

struct subject {
    struct list_of list;
    str name; // the publication's own for all of it
    str path, description;
    int64_t section_id; // for the breadcrumb; 0 for what is no section
};

// The subject that stands at v->place.path; *found false where none does.
error subject_find(struct visit *v, struct subject *out, bool *found) fallible;
