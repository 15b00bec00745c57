// Static pages: about, terms, contact.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct work;

enum { PAGE_BODY_MOST = 1024 * 1024 }; // bytes

// At most 500 bytes of title, 4000 of description.
struct page {
    int64_t id;
    str path; // "/about/": it is known by it
    str title;
    str description;
    str status; // published (as empty is), or closed to readers as a story's may be
    html body;  // clean
    instant updated_at;
};
extern const struct fields page_fields;

// What lists, the sitemap among them, show of one.
struct page_card {
    int64_t id;
    str path;
    str title;
    instant updated_at;
};
extern const struct fields page_card_fields;

error page_by_id(struct work *w, int64_t id, struct page *out, bool *found) fallible;
error page_by_path(struct work *w, str path, struct page *out, bool *found) fallible;

// All published pages as cards, by id. Depends on "pages".
error page_list(struct work *w, struct list *cards) fallible;

// Makes the page at p->path, or changes it when it is there; one that says the same already is left
// alone. Fills in id and updated_at (now, unless given). FAULT_CONFLICT when something else has the
// path, FAULT_INPUT when it does not start and end with a slash.
error page_save(struct work *w, struct page *p) fallible;
