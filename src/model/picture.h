// Pictures: where they are, what they show, whose they are, which files of ours there are.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"

struct arena;
struct work;

// At most 2000 bytes of address and of alt, 4000 of caption, 500 of credit, 100 of media_type.
struct picture {
    int64_t id;
    str address; // where its bytes are: a path of the site or an http(s) address
    str alt;
    str caption;
    str credit;
    str media_type;        // image/jpeg; empty when not known
    int64_t width, height; // pixels, upright; 0 when not known
    // A picture with files of ours: pages show no other.
    str stem;                 // of them all, below /pictures/: "3f/3f9a…"; empty: there are none
    str variants;             // what stands behind "stem-": "320.avif 320.webp 320.jpg share.jpg"
    bool alpha;               // something of it is transparent
    int64_t focus_x, focus_y; // in thousandths: what must stay in view
    str hash;                 // SHA-256 of the file it was made from, in hex; of an icon another
};
extern const struct fields picture_fields;

error picture_by_id(struct work *w, int64_t id, struct picture *out, bool *found) fallible;
// Names it in w->reads, for who has read its row with another.
void picture_read(struct work *w, int64_t id);

// The picture at this address.
error picture_by_address(struct work *w, str address, struct picture *out, bool *found) fallible;

// The id of the picture at p->address, made from `p` when missing; one that is there stays as it
// is.
error picture_ensure(struct work *w, const struct picture *p, int64_t *id) fallible;

// Stores the words, media type and size of the picture with this id; the last two only while it has
// no files of ours, which know better.
error picture_update(struct work *w, const struct picture *p) fallible;

// Stores what is known of the files of the picture with this id: from media_type to hash.
error picture_set_files(struct work *w, const struct picture *p) fallible;

// The first picture with files that were made from the file with this hash.
error picture_by_hash(struct work *w, str hash, struct picture *out, bool *found) fallible;

// Whether its files are those of an icon: 96.png, 192.png and 512.png, touch.png for home screens,
// maskable.png with room for masks to cut.
bool picture_is_icon(const struct picture *p);

// Whether "3f/3f9a…-640.webp" is a name that a file of ours may have.
bool picture_is_file(str name);

// At most `most`, the newest first (struct picture); for the newsroom: nothing is noted as read.
error picture_list(struct work *w, int64_t most, struct list *out) fallible;

// ---- the paths of its files, for pages; all empty without files of ours

// "/pictures/3f/3f9a…-512.png"
str picture_file(struct arena *a, str stem, str variant);

// The value of a srcset: all of one type from narrow to wide, for "avif" or "webp".
str picture_srcset(struct arena *a, const struct picture *p, str type);

// For those who read no srcset, as JPEG or PNG.
str picture_fallback(struct arena *a, const struct picture *p);

// Of its WebP files the narrowest that is so wide, else the widest.
str picture_webp(struct arena *a, const struct picture *p, int64_t width);

// What other sites show with a link, else the fallback; and the moving one, if it moves.
str picture_share(struct arena *a, const struct picture *p);
str picture_animation(struct arena *a, const struct picture *p);
