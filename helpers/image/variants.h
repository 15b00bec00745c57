// Sizes a decoded picture, encodes each variant and answers with it at once.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

struct picture;

// Where the eye goes, in thousandths of width and height.
struct focus {
    bool given;
    int x, y;
};

// Finds the focal point where none is given: what draws attention (colour, edges, skin).
void find_focus(const struct picture *p, struct focus *focus);

// WebP and AVIF at each width, the fallback, the crop for sharing, the animation.
void make_variants(const struct picture *p, struct focus focus, bool avif);

// The same for a drawing of our own, without AVIF.
void make_drawn_variants(const struct picture *p, struct focus focus);

// A publication's mark at the sides of icons, opaque for home screens, and with room around it.
void make_icons(const struct picture *p);

// The one picture that was asked for: PNG or JPEG.
void make_drawn(const struct picture *p, bool png);

// Its plain pixels, as large as they fit into the room without growing.
void make_pixels(const struct picture *p, int width, int height);

// Whether this libvips can write AVIF, found out by doing so; loads what the encoders load late.
bool warm_encoders(void);
