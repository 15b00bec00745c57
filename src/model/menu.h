// Menus: a tree of links for each place that shows one.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct work;

enum {
    MENU_LEVELS = 3,
    MENU_ITEMS = 200, // in one menu
};

// The places that pages show a menu in, and the only ones that an editor sets.
enum menu_place {
    MENU_MAIN,
    MENU_COMPACT,
    MENU_COMPANY,
    MENU_MORE_INFO,
    MENU_FOLLOW, // the publication's own accounts
    MENU_NOTICE, // what readers agree to by reading; without it there is no notice
    MENU_PLACES
};
extern const str menu_places[MENU_PLACES];

// At most 200 bytes of label, 2000 of address.
struct menu_item {
    str label;
    str address;          // a path of the site or an http(s) address; empty for a heading
    struct list children; // struct menu_item
};
extern const struct fields menu_item_fields;

// The menu of `place` ("main", "company"); an empty list when it has none. Depends on
// "menu:<place>".
error menu_read(struct work *w, str place, struct list *items) fallible;

// Puts this tree in the place of the whole menu; nothing is written when it says the same.
// FAULT_LIMIT beyond MENU_LEVELS or MENU_ITEMS, FAULT_INPUT when `place` is no slug of at most 50
// bytes.
error menu_replace(struct work *w, str place, const struct list *items) fallible;
