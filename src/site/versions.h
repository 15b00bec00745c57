// What the story's page and those of its versions say alike.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

struct story_body;

// "Correction", "Clarification", "Retraction"; for others what became of the story.
str change_label(str change_kind);

// The answer for a story that was withdrawn.
error visit_withdrawn(struct visit *v, const struct story_body *body,
                      struct rendered *out) fallible;
