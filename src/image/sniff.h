// What picture bytes are, by their first bytes and never by a name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

// image/jpeg, image/png, image/gif, image/webp, image/avif, image/heic or image/svg+xml; the empty
// str when it is none of these. That bytes begin like a picture does not say that they are a whole
// one.
str image_media_type(str bytes);

struct image_size {
    int64_t width, height; // pixels as stored: before an EXIF orientation turns them
};

// The size that the header of a JPEG, PNG, GIF or WebP states, both sides at least 1; false for
// anything else and for a header that is broken or not within `bytes` (a JPEG's can stand behind
// megabytes of other segments). Takes time linear in `bytes`, allocates nothing.
bool image_size(str bytes, struct image_size *out);
