// Documents for machines: feeds, sitemaps, robots.txt.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

struct view_name {
    str name;
};

struct view_feed_item {
    str headline;
    str url;
    str guid; // never changes, whatever becomes of the address
    str published_rfc822;
    str excerpt;
    str content;            // the body's markup as text: a feed carries it escaped
    struct list authors;    // struct view_name
    struct list categories; // struct view_name
};

struct view_feed {
    str title;
    str url; // the page that the feed is of
    str self_url;
    str description;
    str language;
    str built_rfc822;  // of the newest change among its items, not of the rendering
    struct list items; // struct view_feed_item
};

struct view_sitemap_row {
    str url;
    str modified_iso; // empty when unknown
};

struct view_sitemap {
    struct list rows; // struct view_sitemap_row
};

struct view_robots {
    str base_url;
};

extern const struct fields view_name_fields, view_feed_item_fields, view_feed_fields,
    view_sitemap_row_fields, view_sitemap_fields, view_robots_fields;
