// Pictures in files made the newsroom's: prepared once, and known again by what is in the file.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"

struct arena;
struct db;
struct image_set;
struct picture;
struct work;
struct picture_maker;

struct picture_maker_options {
    struct db *db; // asked what is known
    str folder;    // DIR/pictures; made when the first picture comes
    str helper;    // path of the program; empty: where image_helper finds it
    instant now;
};

// Costs nothing until the first picture is asked for.
error picture_maker_open(struct arena *a, const struct picture_maker_options *options,
                         struct picture_maker **out) fallible;
void picture_maker_close(struct picture_maker *m);

// Whether pictures can be made: there is a helper, and a folder for what it makes. FAULT_NOT_FOUND
// says where the helper was looked for.
error picture_maker_ready(struct picture_maker *m, struct arena *a) fallible;

// Whether the picture has files of ours, and they are there.
bool picture_maker_has(const struct picture_maker *m, struct arena *a, const struct picture *p);

// What was made of a picture, put into words that a row keeps: the files' names and sizes.
void picture_describe(struct arena *a, const struct image_set *set, struct picture *out);

enum { PICTURE_FILE_MOST = 40 << 20 }; // bytes, as the helper takes

struct picture_wish {
    str path;             // of the file
    str where;            // what messages call it
    const str *bytes;     // what is in it, for who has read it; else NULL
    bool icon;            // whether it is to have the files of an icon: a picture of its own then
    bool focused;         // whether focus_x and focus_y are given, in thousandths
    int focus_x, focus_y; // else what draws attention
};

// Fills in what is known of the picture's files, and the id where the newsroom has it; its words
// stay empty. Any thread may call it; two pictures are prepared at once, the next wait. Failures
// are those of image_prepare, and say the file; FAULT_NOT_FOUND for no file or no helper.
error picture_make(struct picture_maker *m, struct arena *a, const struct picture_wish *wish,
                   struct picture *out) fallible;

// Takes the picture into the newsroom: made where it is not there; then what `p` says of its files
// is stored, and those of its words that are not empty.
error picture_take(struct work *w, const struct picture *p, int64_t *id) fallible;
