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

// A picture of the newsroom that is laid over a drawing: as large as it fits into the room, in its
// middle.
struct drawing_mark {
    int folder; // descriptor of DIR
    str file;   // below it: "pictures/3f/3f9a…-640.webp"
    struct image_size room;
    int64_t x, y; // of the room's corner
};

struct drawing {
    str where; // what messages call it
    str svg;   // of our making, and nobody else's
    struct image_size size;
    const struct drawing_mark *mark; // NULL for none
};

// As a PNG. FAULT_BUSY when others are being drawn and their turn does not end, or this one takes
// too long; FAULT_IO when the mark's file cannot be opened.
error drawing_png(struct arena *a, const struct drawing *drawing, str *bytes) fallible;

// Families for an SVG: ours first, which the helper has built in.
#define DRAWING_SERIF "Newsreader, Georgia, 'Noto Serif', serif"
#define DRAWING_SANS "'Public Sans', 'Noto Sans', sans-serif"
str drawing_family(enum fit_face face);

// Text for an SVG: escaped, without what XML cannot hold.
str drawing_text(struct arena *a, str text);
