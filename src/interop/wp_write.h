// Writes what was read of a WordPress publication into the newsroom.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "interop/wordpress.h"
#include "interop/wp_item.h"
#include "interop/wp_site.h"

struct db_conn;
struct page;
struct work;
struct zone;

enum { WP_BATCH = 200, WP_BATCH_BYTES = 4 << 20 };

struct wp_writer {
    struct db_conn *conn;
    struct wp_site *site;
    const struct wordpress_options *options;
    struct import_report *report;
    struct arena *batch;     // emptied behind each
    const struct zone *zone; // the publication's: opened once
    int64_t default_section; // 0 until a story needs it
};

// What a batch of one transaction calls for each of `count` things.
typedef error wp_write_one(struct wp_writer *x, struct work *w, size_t i);
error wp_write_in_batches(struct wp_writer *x, size_t count, wp_write_one *one) fallible;

// Authors, sections, topics and pictures, before the items that name them; `i` counts the site's.
wp_write_one wp_write_author, wp_write_category, wp_write_tag, wp_write_upload;

// The person, section or topic that an item names; made where the export has none of that name.
error wp_person_of(struct wp_writer *x, struct work *w, str known, str name, int64_t *id) fallible;
error wp_section_of(struct wp_writer *x, struct work *w, str slug, str name, int64_t *id) fallible;
error wp_topic_of(struct wp_writer *x, struct work *w, str slug, str name, int64_t *id) fallible;
error wp_default_section(struct wp_writer *x, struct work *w, int64_t *id) fallible;

// Writes items in one transaction; what cannot be taken in is left out and noted.
error wp_write_items(struct wp_writer *x, struct wp_ready **items, size_t count) fallible;

// For what is not written: an item that was left out, and what would become of one.
void wp_report_left_out(struct import_report *report, const struct wp_ready *r);
void wp_report_dry(struct import_report *report, const struct wp_ready *r);

// The page that WordPress gives each upload: its address leads on, once the items are there.
wp_write_one wp_write_upload_page;
void wp_report_upload_page(struct import_report *report, const struct wp_upload *u);

// Opens the folder of options.media.
error wp_media_open(struct arena *a, str path, int *folder) fallible;

// Makes pictures of the uploads' files, two at once, and lets the texts show them, once the items
// are there. What has files already is left, so that it can be repeated and resumed.
error wp_write_media(struct wp_writer *x, int folder) fallible;

// Pictures of the old site that texts show and the export does not list: people put files into the
// folder by hand, and exports come in parts. _recall makes those known that came in with an earlier
// import; _find fills site->unlisted with those that have files in the folder, once the texts are
// there, notes the others, and makes a picture of each, still without files of ours.
error wp_unlisted_recall(struct wp_writer *x) fallible;
error wp_unlisted_find(struct wp_writer *x, int folder) fallible;

// For what is not written: counts which files are there.
void wp_media_count(struct wp_writer *x, int folder);

// What a page is like, so that an edit made here shows.
str wp_page_print(struct arena *a, const struct page *p);

// Every menu, once the items are there.
error wp_write_menus(struct wp_writer *x) fallible;

// Whether a failure is the item's own, so that the rest can go on.
bool wp_is_about_item(error e);
