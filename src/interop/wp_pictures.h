// Which upload stands at an address in a text, and the picture it became.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/error.h"

struct arena;
struct clean_picture;
struct wp_site;
struct wp_upload;
struct work;

// Makes wp_upload_at know the site's uploads, once all are read.
void wp_pictures_index(struct wp_site *s);

// The same for one more.
void wp_pictures_add(struct wp_site *s, struct wp_upload *u);

// Whether the address is one of the site's, however it is written.
bool wp_is_on_site(const struct wp_site *s, struct arena *a, str address);

// The upload at an address as texts name it: with any scheme, of any size that WordPress made, by
// its path alone, or through Jetpack's i0.wp.com; NULL: none that is a picture.
struct wp_upload *wp_upload_at(const struct wp_site *s, struct arena *a, str address);

// Who asks for pictures, in what snapshot.
struct wp_pictures {
    const struct wp_site *site;
    struct work *work;
    error failed; // the first failure of the database
};

// For clean_options.picture: the upload at `address` where it has files of ours.
bool wp_picture_clean(void *pictures, struct arena *a, str address, struct clean_picture *out);
