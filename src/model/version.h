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

// Adds version `number` of a story; FAULT_DATA when the one before is missing.
error version_add(struct work *w, int64_t story_id, int64_t number, const struct story_draft *draft,
                  const struct story_change *change) fallible;

// Every version, oldest first.
error version_list(struct work *w, int64_t story_id, struct list *versions) fallible;

// The notes that readers are shown (corrections, clarifications, retractions), newest first,
// without bodies. Part of the facet story:<id>/body.
error version_notes(struct work *w, int64_t story_id, struct list *versions) fallible;

// Whether `v` is what comes after a version with hash `previous` (empty for none): its own hash
// holds.
bool version_follows(struct arena *a, str previous, const struct story_version *v);

// Recomputes the chain: the number of the first version whose hash does not follow, or 0.
int64_t version_first_broken(struct arena *a, const struct list *versions);
