// Comments as readers see them: the first below their story or page, the others on pages of their
// own. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/comment.h"
#include "site/visit.h"

struct view_thread;

// The first comments on the story or page at `path`, to stand below it; NULL when there are none.
error comments_below(struct visit *v, struct thread_of of, str path,
                     const struct view_thread **out) fallible;
