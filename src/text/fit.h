// Breaks a headline into the lines of a drawing, as large as it can stand there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

enum { FIT_LINES = 10, FIT_SIZES = 20 };

// What the text is set in: one of the faces that drawings have.
enum fit_face { FIT_NEWSREADER, FIT_PUBLIC_SANS };

// The room there is, and the sizes that may be used, largest first; all in the drawing's pixels.
struct fit_room {
    double width, height;
    double leading; // from line to line, in sizes
    enum fit_face face;
    size_t count;
    double sizes[FIT_SIZES];
};

struct fit {
    str lines[FIT_LINES];
    size_t count;
    double size;
    bool rightwards; // its first letter is of a script that is written from the right
    bool cut;        // it did not all fit: the last line ends in an ellipsis
};

// Breaks where Unicode lets a line break (UAX #14), and within a word only when it is wider than a
// line. Widths are those of the face for Latin, and wide estimates for all else. White space at
// line ends is gone, control characters are spaces; a text of nothing gives no line.
struct fit fit_text(struct arena *a, str text, const struct fit_room *room);

// How wide `text` is at a size of 1.
double fit_width(str text, enum fit_face face);
