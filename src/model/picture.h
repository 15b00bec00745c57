// Pictures: where they are, what they show, whose they are.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

// At most 2000 bytes of address and of alt, 4000 of caption, 500 of credit, 100 of media_type.
struct picture {
    int64_t id;
    str address; // where its bytes are: a path of the site or an http(s) address
    str alt;
    str caption;
    str credit;
    str media_type;        // image/jpeg; empty when not known
    int64_t width, height; // pixels; 0 when not known
};
extern const struct fields picture_fields;

error picture_by_id(struct work *w, int64_t id, struct picture *out, bool *found) fallible;

// The id of the picture at p->address, made from `p` when missing; one that is there stays as it
// is.
error picture_ensure(struct work *w, const struct picture *p, int64_t *id) fallible;

// Stores all but the address of the picture with this id.
error picture_update(struct work *w, const struct picture *p) fallible;
