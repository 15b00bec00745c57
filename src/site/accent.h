// A publication's colour as it can be read: one for light paper, one for dark, and for each what it
// becomes under a pointer. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// "#0a4d78"
struct accent {
    str light, light_hover, dark, dark_hover;
};

// Those of the built-in theme.
extern const struct accent accent_usual;

// From `given` ("#rrggbb"): itself where it has a contrast of 4.5 (WCAG 2.2 §1.4.3) to every paper
// of the built-in theme, else the nearest lighter or darker colour of its hue that has.
struct accent accent_of(struct arena *a, str given);
