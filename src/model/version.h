// The ledger of a story's public versions, chained by hash.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;
struct story_change;
struct story_draft;

struct story_version {
    int64_t number;
    str change_kind, note, approved_by;
    instant made_at;
    str headline, standfirst;
    str previous_hash, hash; // SHA-256 in hex
    html body;
};
extern const struct fields story_version_fields;

enum { VERSIONS_SHOWN = 1000, CORRECTIONS_SHOWN = 1000 };

// A correction, clarification or retraction in the list of all.
struct correction {
    int64_t story_id, number;
    str change_kind, note;
    instant made_at;
    str headline, path, language; // the story's, today
};
extern const struct fields correction_fields;

// Adds version `number` of a story; FAULT_DATA when the one before is missing.
error version_add(struct work *w, int64_t story_id, int64_t number, const struct story_draft *draft,
                  const struct story_change *change) fallible;

// Every version, oldest first.
error version_list(struct work *w, int64_t story_id, struct list *versions) fallible;

// The notes that readers are shown (corrections, clarifications, retractions), newest first,
// without bodies. Part of the facet story:<id>/body.
error version_notes(struct work *w, int64_t story_id, struct list *versions) fallible;

// The versions that readers have seen, the newest VERSIONS_SHOWN first, without texts; or one of
// them whole. Part of the story's page: a new headline is in its card, a new text in its body.
error version_public_list(struct work *w, int64_t story_id, struct list *versions) fallible;
error version_public_by_number(struct work *w, int64_t story_id, int64_t number,
                               struct story_version *out, bool *found) fallible;

// The story opens to readers: its newest version is public from here on, and its corrections stand
// among all.
error version_publish(struct work *w, int64_t story_id) fallible;

// For writers: the story's corrections came into the list of all, or left it.
error version_name_corrections(struct work *w, int64_t story_id) fallible;

// Corrections of published stories made from `from` on and before `to`, newest first, at most
// `most` (struct correction). Depends on the stretch of time that was examined, and on the stories'
// cards.
error correction_list(struct work *w, instant from, instant to, int64_t most,
                      struct list *corrections) fallible;

// When the first was made, or *found false. Depends on all of them.
error correction_first(struct work *w, instant *made_at, bool *found) fallible;

// Whether `v` is what comes after a version with hash `previous` (empty for none): its own hash
// holds.
bool version_follows(struct arena *a, str previous, const struct story_version *v);

// Recomputes the chain: the number of the first version whose hash does not follow, or 0.
int64_t version_first_broken(struct arena *a, const struct list *versions);
