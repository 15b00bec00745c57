// The months of a list: links to them, shared by the pages that offer older stories.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

struct view_rail;

// Links (struct view_link) to `most` months before `before` (MONTH_HIGHEST for the newest) of a
// list whose pages stand under `path`.
error archive_months(struct visit *v, struct list_of list, str path, int64_t before, int64_t most,
                     struct list *links) fallible;

// What stands beside the list of what is called `name`: its months before `before`, its feed.
error archive_rail(struct visit *v, struct list_of list, str name, str path, int64_t before,
                   const struct view_rail **out) fallible;
