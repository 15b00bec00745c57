// The pictures of a text that stand in files beside it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/picture.h"

struct arena;
struct clean_picture;
struct picture_maker;

enum { LOCAL_PICTURES_MOST = 200 };

struct local_picture {
    str address; // as the text names it
    bool made;
    struct picture picture;
};

// What was asked for while one text was read.
struct local_pictures {
    struct arena *arena;
    struct picture_maker *maker;
    str folder;                // that addresses are relative to
    str where;                 // the text's file, for sentences
    struct local_picture *all; // room for LOCAL_PICTURES_MOST once there is one
    size_t count;
    str *left_out; // sentences, likewise
    size_t left_out_count;
};

// For a text in the file at `path`.
struct local_pictures *local_pictures_new(struct arena *a, struct picture_maker *maker, str path);

// Whether the address is that of a file: neither of the site nor of another.
bool local_picture_is(str address);

// The picture in the file at `address`, or NULL, which *left_out of the text then says.
const struct picture *local_picture(struct local_pictures *l, str address);

// For clean_options.picture: one that is left out has an empty path.
bool local_picture_clean(void *local_pictures, struct arena *a, str address,
                         struct clean_picture *out);

// As it stands in a body.
struct clean_picture clean_picture_of(struct arena *a, const struct picture *p);
