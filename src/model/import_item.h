// What an import made of what it was given, so that it can be resumed and repeated.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

struct import_item {
    int64_t local_id; // 0 when it was left out
    str hash;         // of what was given
    str local_hash;   // of what stood here after that: another one now is an edit of ours
};
extern const struct fields import_item_fields;

// What became of the item `external_id` of a kind ("story", "page", "person", "section", "topic",
// "picture", "comment"; "picture-file", whose id is an address) of a source
// ("wordpress:https://example.com").
error import_item_find(struct work *w, str source, const char *kind, str external_id,
                       struct import_item *out, bool *found) fallible;

struct import_text {
    str external_id;
    int64_t local_id;
    str hash, local_hash;
};

// Stories ("story") or pages ("page") that came from a source, by local id, whose bodies may name
// pictures that have files of ours now (struct import_text).
error import_item_pictured(struct work *w, str source, const char *kind, struct list *out) fallible;

// All items of a kind of a source (struct import_text).
error import_item_list(struct work *w, str source, const char *kind, struct list *out) fallible;

// Notes it, or what became of it since.
error import_item_save(struct work *w, str source, const char *kind, str external_id,
                       const struct import_item *item) fallible;
