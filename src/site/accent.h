// A publication's colour as it can be read: one for light paper, one for dark, and for each what it
// becomes under a pointer. SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

// "#0a4d78"
struct accent {
    str light, light_hover, dark, dark_hover;
};

// What text stands on in one scheme of a theme: the page, a plate, a note.
enum { PAPERS = 3 };
struct papers {
    str on[PAPERS]; // "#rrggbb"
};

// Those of the built-in theme.
extern const struct accent accent_usual;
extern const struct papers papers_usual_light, papers_usual_dark;

// Whether there is a colour (black, or white) that can be read on all of them: with a contrast of
// 4.5 (WCAG 2.2 §1.4.3).
bool accent_can_be_read(const struct papers *papers);

// From `given` ("#rrggbb"): itself where it can be read on every paper of the scheme, else the
// nearest lighter or darker colour of its hue that can. There must be one: accent_can_be_read.
struct accent accent_of(struct arena *a, str given, const struct papers *light,
                        const struct papers *dark);

// The same on white, for drawings.
str accent_on_white(struct arena *a, str given);
