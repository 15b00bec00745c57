// The picture handed in: looked at, then decoded once, small enough to work on.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <vips/vips.h>

#include "base/str.h"

// What is laid over a drawing: its size, and where its corner stands.
struct mark {
    int width, height, x, y;
};

struct picture {
    str bytes;         // as handed in
    str media_type;    // one that is taken
    int width, height; // upright
    int frames;        // 1 when it stands still
    bool alpha;        // something is transparent
    bool drawn;        // a drawing of our own: drawn anew at each size, sharper than any resizing
    int natural_width; // of the drawing
    bool marked;       // a mark was laid over it: it has more colours than a drawing of ours
    VipsImage *base;   // upright, 8-bit sRGB (and alpha), at most IMAGE_WIDEST wide, no metadata;
                       // with `pixels` behind it
    void *pixels;
};

// Refuses what is too large or no picture, from its header alone.
void picture_look(struct picture *p, str bytes);

// Refuses what cannot be an icon: it is square, and no smaller than the largest that is made of it.
void picture_check_icon(const struct picture *p);

// Decodes; refuses what is broken or ends early.
void picture_decode(struct picture *p);

// Takes a drawing of our own at its size, at most IMAGE_WIDEST wide, or at just width x height
// where these are not 0. Refuses what does not draw.
void picture_draw(struct picture *p, str svg, int width, int height);

// Lays a mark's plain pixels over the drawing; refuses one that does not stand within it.
void picture_lay_over(struct picture *p, const struct mark *mark, const char *pixels);

// A drawing once more at this width, in memory.
VipsImage *picture_drawn_at(const struct picture *p, int width);

// The picture as a decoder gives it, lazily, from top to bottom, failing where it is broken;
// `options` are those of libvips's loaders ("[n=-1]" for all frames). NULL when it cannot be
// opened.
VipsImage *picture_load(const struct picture *p, const char *options);

void picture_close(struct picture *p);
