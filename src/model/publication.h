// What the publication is: its name, language, time zone and address, and how it looks.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct work;

// At most 200 bytes of name, 500 of tagline, 4000 of description.
struct publication {
    str name;
    str tagline;
    str description;
    str language; // BCP 47, e.g. en-GB
    str zone;     // for display, e.g. Europe/London
    str base_url; // http(s)://host[:port], nothing behind it
    instant created_at;
    // How it looks; what is empty or 0 is as the theme has it.
    str accent;                              // "#7a1f2b"
    str headline_font, text_font, sans_font; // newsreader, public-sans, georgia, system
    int64_t logo_id;                         // a picture, PNG or WebP
    int64_t logo_dark_id;                    // its form for dark paper, when that has to be another
    int64_t icon_id;                         // a picture with the files of an icon
    str logo_stem, icon_stem;                // of their files; read, and not written
};
extern const struct fields publication_fields;

// What a change of it is called in w->reads and w->writes.
#define PUBLICATION_KEY S("publication")

// FAULT_NOT_FOUND while the database holds none.
error publication_read(struct work *w, struct publication *out) fallible;

// Names in w->reads what publication_read depended on, for another part of the same answer.
void publication_reads(struct work *w, const struct publication *p);

// The one row; FAULT_CONFLICT when there is one already. Without created_at, now counts.
error publication_create(struct work *w, const struct publication *p) fallible;

// All but created_at; nothing is written when nothing is new.
error publication_update(struct work *w, const struct publication *p) fallible;
