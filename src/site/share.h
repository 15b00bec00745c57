// What other sites show with a link to a story: the picture chosen for it, or one drawn in type.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"
#include "text/fit.h"

struct story_card;

enum { SHARE_WIDTH = 1200, SHARE_HEIGHT = 630 };

// What a drawn one shows.
struct share_words {
    str publication, section, kind, headline;
    str accent;         // "#0A4D78"
    enum fit_face face; // of name and headline
    bool marked;        // the publication's logo is laid over it, in the place of its name
};

// Names the drawn picture in `meta`; leaves it as it is where this installation cannot draw, or
// where a picture is named already: one that an editor chose says more than type.
void share_describe(struct visit *v, const struct story_card *card, struct view_meta *meta);

// The drawing: name (or room for a logo), double rule, section, and the headline as large as it can
// stand.
str share_drawing(struct arena *a, const struct share_words *words);
