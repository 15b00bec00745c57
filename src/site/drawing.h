// Draws pictures of our own on demand, a few at a time.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/error.h"
#include "image/image.h"
#include "text/fit.h"

struct arena;

enum {
    DRAWING_AT_ONCE = 2, // helpers; as many workers wait for them
    DRAWING_WAITING = 1, // workers behind them; more are turned away
    DRAWING_WAIT_MS = 3000,
    DRAWING_MS = 10000, // for one
};

// Whether this installation can draw: the picture helper was built. Found out once.
bool drawing_can(void);

// The SVG, which must be of our making, as a PNG of that size. FAULT_BUSY when others are being
// drawn and their turn does not end, or this one takes too long.
error drawing_png(struct arena *a, str where, str svg, struct image_size size, str *bytes) fallible;

// Families for an SVG: ours first, which the helper has built in.
#define DRAWING_SERIF "Newsreader, Georgia, 'Noto Serif', serif"
#define DRAWING_SANS "'Public Sans', 'Noto Sans', sans-serif"
str drawing_family(enum fit_face face);

// Text for an SVG: escaped, without what XML cannot hold.
str drawing_text(struct arena *a, str text);
