// What a list of stories is of: the publication, a section, an author, a topic, a kind.
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

// The kind of story whose page stands at `path` where nothing of the newsroom's own does: /videos/,
// /opinion/.
bool subject_of_kind(str path, struct subject *out);

// The paths of those pages; ends with NULL.
extern const char *const subject_kind_paths[];
