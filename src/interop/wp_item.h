// One item of a WordPress export made ready to be written; on any thread.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "interop/wp_body.h"
#include "interop/wp_site.h"
#include "model/story.h"

struct arena;
struct zone;

enum wp_item_kind { WP_ITEM_STORY, WP_ITEM_PAGE, WP_ITEM_NONE };

struct wp_ready_comment {
    str id, parent, status;
    str name, email, url;
    html body;
    instant created_at;
};

struct wp_ready {
    enum wp_item_kind kind;
    str document;
    int line;
    str id, hash;
    str left_out;             // why, where it is not taken in; then nothing else counts
    struct story_draft draft; // without ids, picture and section; of a page what pages have
    // Logins, or slugs of guest authors behind "guest:"; slugs; names where the item says them.
    str *people, *people_names;
    str *categories, *category_names, *topics, *topic_names;
    size_t people_count, category_count, topic_count;
    str primary_category; // its id over there, where a plug-in keeps one
    int64_t picture;      // the featured upload's id, 0 for none
    struct wp_ready_comment *comments;
    size_t comment_count;
    int64_t pingbacks, comments_left_out;
    bool same;                     // as it was when it was last taken in
    str old_paths[OLD_PATHS_MOST]; // that it had before
    size_t old_path_count;
    bool sticky, no_title, date_guessed;
    str format; // aside, gallery, …
    struct drops drops;
    struct wp_body_changes changes;
};

struct wp_item_options {
    const struct wp_site *site;
    const struct zone *zone;
    instant now;
    // As in wp_body_options.
    bool (*picture)(void *context, struct arena *a, str address, struct clean_picture *out);
    void *picture_context;
    // Whether the item was taken in before just as it is now; NULL: none was.
    bool (*unchanged)(void *context, enum wp_item_kind kind, str id, str hash);
    void *unchanged_context;
};

// All texts of the item, as it was given, in one number.
str wp_item_hash(struct arena *a, const struct wxr_item *item);

// Makes *out of it, in `a`. *out holds just `left_out` where the item is none for readers or cannot
// be taken in, and only kind, id and hash where it is unchanged (*same).
void wp_item_prepare(struct arena *a, str document, const struct wxr_item *item,
                     const struct wp_item_options *options, struct wp_ready *out, bool *same);

// Body, plain text, excerpt and lengths of a text that was cleaned.
void wp_set_body(struct arena *a, const struct cleaned *cleaned, struct story_draft *d);

// Copies all of it into `a`.
struct wxr_item *wp_item_copy(struct arena *a, const struct wxr_item *item);

// A title as a line of text, of at most `most` bytes: WordPress lets it hold markup and references.
str wp_line(struct arena *a, str text, size_t most);

// Copies what was made of an item into `a`, with all that it points at.
struct wp_ready *wp_ready_copy(struct arena *a, const struct wp_ready *from);
