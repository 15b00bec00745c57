// What cleaning left out, by kind, for reports.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/str.h"

enum drop {
    DROP_SCRIPT,  // script and event handlers
    DROP_STYLE,   // style elements
    DROP_FRAME,   // frames of unknown hosts (a link stands in their place) or without address
    DROP_CONTROL, // parts of forms
    DROP_DRAWING, // svg, math, canvas
    DROP_LINK,    // links that lead nowhere good; their text stays
    DROP_PICTURE, // pictures without a usable address
    DROP_PIXEL,   // pictures of one pixel, which only count readers
    DROP_OTHER,   // templates, comments, what stands for readers without scripts
    DROPS
};

struct drops {
    int64_t count[DROPS];
};

str drop_name(enum drop drop);
