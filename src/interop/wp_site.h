// What a WordPress export says of its site as a whole: gathered in a first pass, in which every
// file is checked to its end. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "base/map.h"
#include "interop/document.h"
#include "interop/import_report.h"
#include "interop/wxr.h"

struct arena;

enum {
    SITE_TERMS_MOST = 200000,
    SITE_AUTHORS_MOST = 100000,
    SITE_UPLOADS_MOST = 1000000,
    SITE_MENU_ITEMS_MOST = 5000,
    SITE_TEXT_MOST = 96 << 20, // bytes of all that is kept of a site
    OLD_PATHS_MOST = 20,       // of one item
};

struct wp_author {
    str login, name, biography;
    int64_t local_id; // once written
};

struct wp_term {
    str id, slug, name, parent, description;
    struct wp_term *above; // of a category
    bool walked;           // written, or being written
    int64_t local_id;
    str path; // of its section
};

// Where the page of an upload leads, which WordPress gives each.
enum wp_leads {
    LEADS_NOWHERE,   // its story is not for readers
    LEADS_TO_PARENT, // its story or page
    LEADS_TO_FILE,   // it belongs to none
};

struct wp_upload {
    int64_t id, parent;
    str url, alt, caption, credit;
    str path; // of its page over there; empty where it had none but its number
    enum wp_leads leads;
    int64_t width, height;
    int64_t local_id; // of the picture, once written
};

struct wp_menu_item {
    int64_t id, parent, order, object_id;
    str menu, menu_name, label, type, object, url;
};

struct wp_list {
    void **all; // in the order of the files
    size_t count, cap;
};

// When items were dated, and how far the site's own clock was ahead of UTC then.
enum { WP_CLOCKS_MOST = 2000 };
struct wp_clocks {
    struct wp_clock {
        instant moment;
        int64_t ahead_ms;
    } seen[WP_CLOCKS_MOST];
    size_t count;
};

// A set of numbers: hashes of the paths that will be answered.
struct wp_paths {
    uint64_t *slots;
    size_t count, cap;
};

struct wp_site {
    struct arena *arena;
    str source;    // "wordpress:https://example.com"
    str address;   // "https://example.com"
    str base_path; // of the blog on its host, without final slash
    str title, tagline, language;
    struct wp_clocks clocks;
    size_t text; // bytes kept
    struct wp_list authors, guests, categories, tags;
    struct map author_by_login, guest_by_slug, category_by_slug, category_by_name, tag_by_slug;
    struct wp_upload *uploads;    // by id
    struct wp_upload **by_parent; // by what they belong to, and id
    size_t upload_count, upload_cap;
    struct wp_list unlisted;      // pictures that texts show without an upload in the export
    struct map upload_by_address; // see wp_pictures.h
    str host;                     // of the address, without "www."
    struct map reusable;          // blocks by id: a str each
    str reusable_hash;            // of all of them
    struct wp_menu_item *menu_items;
    size_t menu_item_count;
    struct wp_paths paths, closed; // closed: numbers of what is not for readers
    int64_t items, stories;        // all; posts and pages
    int64_t upload_comments;       // on pages of uploads, which there are none of here
    struct tally types, taxonomies;
};

// Reads every document to its end. FAULT_INPUT when one is not well-formed, no WXR, or of another
// site than the first; nothing of it is then used.
// `progress` (NULL: nobody) is told now and then how many items were read.
error wp_site_scan(struct arena *a, const struct document *documents, size_t count,
                   void (*progress)(void *context, int64_t items, int64_t all),
                   void *progress_context, struct wp_site *out) fallible;

// Opens the document and reads it with the handler.
error wp_read_document(struct arena *a, const struct document *d,
                       const struct wxr_handler *handler) fallible;

// Kinds of posts that readers were never shown as such: menus, styles, templates, settings.
bool wp_is_internal_type(str type);

struct wp_upload *wp_upload_by_id(const struct wp_site *s, int64_t id);

// The first at most `most` pictures that belong to this post, by id.
size_t wp_pictures_of(const struct wp_site *s, int64_t post, int64_t *ids, size_t most);

// The type of the picture at an address, by its name; empty where it is none.
str wp_picture_type(str url);

void wp_list_add(struct wp_site *s, struct wp_list *list, void *one);

// Addresses that the item had before its slug was changed.
size_t wp_old_paths(struct arena *a, const struct wp_site *s, const struct wxr_item *item, str *out,
                    size_t most);

// The path that a link of the site asks for: decoded, single slashes; empty when it is another
// site's, holds a query, or is the front page.
str wp_path_of_link(struct arena *a, const struct wp_site *s, str link);

void wp_paths_add(struct wp_site *s, str path);
bool wp_paths_has(const struct wp_site *s, str path);

// A slug as it was meant: percent-escapes read, made valid.
str wp_slug(struct arena *a, str slug, str otherwise);
