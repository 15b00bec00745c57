// WordPress's shortcodes, "[caption …]…[/caption]", turned into markup.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/str.h"

struct arena;
struct buf;

enum { SHORTCODE_DEPTH_MOST = 8, GALLERY_MOST = 500 };

struct shortcode_picture {
    str url, alt, caption; // plain texts
};

// What shortcodes ask of the publication; NULL for what is not known.
struct shortcode_options {
    void *context;
    bool (*picture)(void *context, int64_t id, struct shortcode_picture *out);
    // The ids of what was uploaded to this post, for a gallery that names none.
    size_t (*uploads)(void *context, int64_t *ids, size_t most);
};

// How often each name was met, for reports: values are counts made by tally_add.
struct tally {
    struct arena *arena;
    struct map names;
};

struct tally tally_new(struct arena *a);
void tally_add(struct tally *t, str name, int64_t count);

// Expands what is known (caption, gallery, embed, audio, video, playlist, youtube, vimeo, quote,
// code, …) and leaves of all else that reads as a shortcode what stands between its tags: counted
// in `known` and `unknown`. "[[name]]" is "[name]"; <pre>, <code> and words in brackets stay.
str shortcode_expand(struct arena *a, str text, const struct shortcode_options *options,
                     struct tally *known, struct tally *unknown);

// A player for what is known to have one, else a link.
void embed_markup(struct arena *a, struct buf *out, str url);

// Appends text as it must stand in an attribute or between tags.
void markup_escape(struct buf *out, str text);
