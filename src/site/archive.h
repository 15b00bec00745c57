// The months of a list: links to them, shared by the pages that offer older stories.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

// Links (struct view_link) to the newest `most` months of a list whose pages stand under `path`.
error archive_months(struct visit *v, struct list_of list, str path, int64_t most,
                     struct list *links) fallible;
