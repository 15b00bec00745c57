// What the program has to know of a theme's style, read from its custom properties once at start.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/error.h"
#include "site/accent.h"

// The uses of faces: --headline, --text, --sans.
enum face_use { HEADLINES, TEXT, SANS, FACE_USES };

struct face {
    str family; // the first: "Newsreader"
    str file;   // of that family the first in the style sheet: "/static/newsreader.0123….woff2"
    bool serif; // the last of the list: what stands in where no other is there
    enum face_use as; // whose face it is, where that is written var(--sans); its own use otherwise
};

struct tokens {
    struct papers light, dark; // --paper, --tint, --note
    struct accent accent;      // --accent, --accent-hover
    struct face faces[FACE_USES];
    str hash; // of all of it
};

// From rules of the page's root, ":root { … }", that stand in no other; the last one of a name
// counts. A colour is "#rrggbb", "#rgb", "light-dark(LIGHT, DARK)" of two such, or
// "var(--another)". What a style sheet does not name is as the built-in theme has it. FAULT_INPUT:
// a colour written otherwise, or papers on which no one colour can be read.
error tokens_read(struct arena *a, str css, struct tokens *out) fallible;
