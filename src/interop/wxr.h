// Reads WordPress's export format (WXR 1.0, 1.1, 1.2) as a stream: memory does not grow with the
// file. SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct arena;

enum {
    WXR_ITEM_MOST = 24 << 20, // bytes of all texts of an item: one that has more is marked
    WXR_RECORDS_MOST = 50000, // comments, terms or meta values of an item; more are counted
    WXR_TOKEN_MOST = 4 << 20, // bytes of one tag or remark
};

// What the export says of the site; empty where it says nothing.
struct wxr_site {
    str title, link, description, language;
    str version;            // "1.2"
    str site_url, blog_url; // base_site_url, base_blog_url
};

struct wxr_author {
    str id, login, display_name, first_name, last_name, biography;
};

struct wxr_term {
    str id, taxonomy, slug, name, parent, description; // parent: its slug
};

struct wxr_item_term {
    str domain, slug, name;
};

struct wxr_meta {
    str key, value;
};

struct wxr_comment {
    str id, parent, author, email, url, date, date_gmt, content, approved, type;
};

struct wxr_item {
    int line; // where it begins
    bool too_large;
    str title, link, pub_date, creator, content, excerpt;
    str id, date, date_gmt, modified, modified_gmt, comment_status, name, status, parent,
        menu_order, type, password, sticky, attachment_url;
    struct wxr_item_term *terms;
    struct wxr_meta *metas;
    struct wxr_comment *comments;
    size_t term_count, meta_count, comment_count;
};

// Who is told what is read, in the order of the file; texts live until the call returns. NULL for
// what is not wanted. An error ends the reading and is handed back.
struct wxr_handler {
    void *context;
    error (*site)(void *context, const struct wxr_site *site); // once, before all others
    error (*author)(void *context, const struct wxr_author *author, int line);
    error (*term)(void *context, const struct wxr_term *term, int line);
    error (*item)(void *context, const struct wxr_item *item);
};

// Gives the next bytes of the file; *got 0 at the end.
struct wxr_source {
    void *context;
    error (*read)(void *context, char *bytes, size_t size, size_t *got);
};

// Reads the export called `name`. Adjacent CDATA sections are joined; namespaces count by address,
// http or https, whatever their prefix. FAULT_INPUT with "name:line:column" in `where` for what is
// not well-formed, has a DOCTYPE, is not WXR, or is of another version; FAULT_LIMIT for a tag
// beyond WXR_TOKEN_MOST.
error wxr_read(struct arena *a, str name, const struct wxr_source *source,
               const struct wxr_handler *handler) fallible;

// The value of the item's last meta of this key; empty without.
str wxr_meta_value(const struct wxr_item *item, str key);
