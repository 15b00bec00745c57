// The publication that an import makes where there is none yet, as the export tells of it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "interop/wp_site.h"

struct work;

// Keeps the two clocks of an item, both in the form of WordPress ("2010-10-22 07:33:15").
void wp_clocks_see(struct wp_clocks *c, str gmt, str local);

// The zone whose clocks most of the items show; "UTC" where none was seen. Lives for ever.
str wp_clocks_zone(const struct wp_clocks *c);

// Where the database holds no publication, makes one, and says in *made what it is (empty
// otherwise): name, tagline, language and address are the export's where they can be, else those of
// a new publication. *made is in the site's memory.
error wp_publication_ensure(struct work *w, const struct wp_site *s, str *made) fallible;
