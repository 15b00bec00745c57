// Pictures from outside: sized variants, made by a sandboxed helper program.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "image/sniff.h"

struct arena;

enum image_role {
    IMAGE_SIZED,     // WebP or AVIF at one of the widths, for srcset
    IMAGE_FALLBACK,  // one JPEG, or PNG where there is transparency, for <img src>
    IMAGE_SHARE,     // 1200 by 630 around the focal point (smaller if the picture is), JPEG
    IMAGE_ANIMATION, // all frames as WebP, beside the stills of the first
    IMAGE_DRAWN,     // what image_draw_one asked for
    IMAGE_ICON,      // a square PNG of one of the sides of icons
    IMAGE_TOUCH,     // the same opaque, for home screens
    IMAGE_MASKABLE,  // the largest, opaque, with room around it for masks to cut
    IMAGE_PIXELS,    // what image_read_pixels asked for
};

struct image_variant {
    enum image_role role;
    int64_t width, height;
    str media_type;
    str name; // below the folder: "3f/3f9a…-640.webp", by content, so it never means other bytes
    int64_t size;
};

struct image_set {
    str media_type;        // of the picture handed in
    int64_t width, height; // of the picture upright
    bool alpha;            // something of it is transparent
    int focus_x, focus_y;  // in thousandths; where it was not given, what draws attention
    size_t count;
    struct image_variant *variants; // within a role and type from narrow to wide
};

// A picture without any encoding.
struct image_pixels {
    int64_t width, height;
    str rgba; // red, green, blue and alpha of each, row by row
};

// What is laid over a drawing, and where its corner stands.
struct image_overlay {
    struct image_pixels pixels;
    int64_t x, y;
};

struct image_options {
    str helper;           // path of the program broadsheet-image; image_helper finds it
    int folder;           // descriptor of the directory that finished files go to
    str where;            // what messages call the picture: its file's name or address
    bool icon;            // whether an icon's files are made: of a square PNG or WebP, 512 or more
    bool focused;         // whether focus_x and focus_y are given
    int focus_x, focus_y; // 0 to 1000
    const struct image_overlay *over; // of image_draw_one; NULL for nothing
    int64_t time_limit_ms;            // on the wall clock; 0 stands for IMAGE_TIME_LIMIT_MS
};

enum { IMAGE_TIME_LIMIT_MS = 60000 };

// Makes and stores all variants of a JPEG, PNG, WebP or GIF, or all of an icon: upright, in sRGB,
// without metadata. The files are on disk, whole, when it returns; on a failure no file is there.
// The same picture and options give the same names. Waits for the helper, one or two seconds for a
// large photograph. FAULT_INPUT: not such a picture, or broken; FAULT_LIMIT: over 40 MB, 40
// megapixels, 16,384 pixels a side, or the helper's time or memory; FAULT_IO: no helper, or no
// room.
error image_prepare(struct arena *a, const struct image_options *o, str bytes,
                    struct image_set *out) fallible;

// The same for a regular file open for reading; its position does not matter and stays.
error image_prepare_file(struct arena *a, const struct image_options *o, int file,
                         struct image_set *out) fallible;

// Draws an SVG that this program wrote itself and stores it like a photograph of the size that its
// `width` and `height` say (at most 1,920 wide, no AVIF), lossless where that is
// smaller, its focal point in the middle unless given. One from
// outside must never come here: it can name files and take any time. Text is set in Newsreader and
// Public Sans where the helper has them, and in the system's fonts for what they lack.
// FAULT_INPUT: not a drawing; FAULT_LIMIT and FAULT_IO as above.
error image_draw(struct arena *a, const struct image_options *o, str svg,
                 struct image_set *out) fallible;

// The same as one picture of just `size` (the drawing is scaled to its width, and must be of its
// shape), image/png or image/jpeg (without transparency), handed back and stored nowhere.
error image_draw_one(struct arena *a, const struct image_options *o, str svg,
                     struct image_size size, str media_type, str *bytes) fallible;

// The pixels of a picture in a file, as large as they fit into `room` without growing. It is
// decoded where nothing else can be reached, and may so come from outside; the pixels need no
// decoder, and may be laid over a drawing. Failures as those of image_prepare.
error image_read_pixels(struct arena *a, const struct image_options *o, int file,
                        struct image_size room, struct image_pixels *out) fallible;

// The path of the helper that belongs to this program: beside it, in its build folder, or where it
// was installed. FAULT_NOT_FOUND says where it was looked for.
error image_helper(struct arena *a, str *path) fallible;

// Removes what a killed process left half-written in the folder more than an hour ago.
void image_sweep(int folder);
