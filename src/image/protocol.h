// How the server and its picture helper talk, and the limits that both hold.
// SPDX-License-Identifier: Apache-2.0
#pragma once

// The helper reads a picture from descriptor 0, a file that can be read at any place, and answers
// on descriptor 1, a pipe. Its one argument is its order:
//     X,Y or -                the focal point in thousandths of width and height: all variants
//     icon                    the files of a publication's icon
//     pixels-WIDTHxHEIGHT     plain pixels, as many as fit into that room
//     draw or draw-at-X,Y     all variants of a drawing of our own
//     draw-png-WIDTHxHEIGHT   (or -jpeg-) its single picture of just that size
//     draw-…-over-WxH-X,Y     the same, with a mark of W by H laid over it at X,Y, which comes as
//                             plain pixels behind the drawing: what is foreign needs no decoder
//                             there
// Plain pixels are red, green, blue and alpha of each, row by row. Its answer is lines, each
// variant's bytes standing behind its line; a line ends with one line feed:
//     picture type=image/jpeg width=4000 height=3000 alpha=0 focus=412,500
//     variant role=sized type=image/webp width=640 height=480 bytes=12345
//     …
//     done
// or, in place of any line, and then nothing follows:
//     refused input: SENTENCE        what is wrong with the picture
//     refused limit: SENTENCE        which limit it passes
// A drawing's one picture has the role "drawn"; type=image/svg+xml stands in the first line only.
// Plain pixels have the role and the type "pixels". It writes no file at all, so that its end at
// any moment leaves nothing behind, and it needs no right to open one.

enum {
    IMAGE_MOST_BYTES = 40 << 20, // of a picture handed in
    IMAGE_MOST_PIXELS = 40000000,
    IMAGE_MOST_SIDE = 16384,
    IMAGE_WIDEST = 1920, // no variant is wider

    IMAGE_MOST_DRAWING = 2 << 20, // bytes of an SVG; what we draw has a few thousand
    IMAGE_PIXEL_BYTES = 4,        // red, green, blue, alpha

    IMAGE_MOST_VARIANTS = 20,
    IMAGE_MOST_VARIANT_BYTES = 32 << 20,
    IMAGE_MOST_REPLY_BYTES = 96 << 20,
    IMAGE_MOST_LINE = 256,

    IMAGE_SHARE_WIDTH = 1200, // what social networks crop a shared page's picture to
    IMAGE_SHARE_HEIGHT = 630,
    IMAGE_SHARE_NARROWEST = 200, // they show none below this

    IMAGE_FALLBACK_WIDTH = 960, // for the few readers without WebP

    IMAGE_ICON_LARGEST = 512, // an icon is no smaller
    IMAGE_TOUCH_SIDE = 180,   // what iOS shows on a home screen

    IMAGE_ANIMATION_WIDTH = 960,
    IMAGE_ANIMATION_BYTES = 8 << 20,    // larger animations are stills
    IMAGE_ANIMATION_PIXELS = 100000000, // of all frames together, likewise
};

// Steps between the variants' widths: a browser picks the next larger.
#define IMAGE_WIDTHS                                                                               \
    {                                                                                              \
        320, 640, 960, 1280, IMAGE_WIDEST                                                          \
    }

// Sides of an icon's pictures: tabs and search engines (a multiple of 48), then what a manifest
// must have.
#define IMAGE_ICON_SIDES                                                                           \
    {                                                                                              \
        96, 192, IMAGE_ICON_LARGEST                                                                \
    }

// What the helper may use; it sets these on itself before it looks at a byte.
enum {
    IMAGE_MEMORY = 1 << 30, // address space in bytes, libraries and input included
    IMAGE_CPU_SECONDS = 60,
};

// How it ends when it could not shut itself in, and so has not looked at the picture.
enum { IMAGE_EXIT_OPEN = 3 };
