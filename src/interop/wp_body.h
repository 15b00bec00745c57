// The body of a WordPress post as the newsroom stores it: from blocks, shortcodes and bare lines to
// clean markup. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "interop/shortcode.h"
#include "interop/wpblocks.h"
#include "text/clean.h"

struct arena;

struct wp_body_options {
    str site; // "https://example.com", for links that lead back to it; empty for none
    struct shortcode_options shortcodes;
    struct wpblocks_options blocks;
    // As in clean_options: for pictures that have files of ours; NULL: none has.
    bool (*picture)(void *context, struct arena *a, str address, struct clean_picture *out);
    void *picture_context;
    // Whether a path of the old site will be answered here; NULL: none is.
    bool (*path_known)(void *context, str path);
    void *path_context;
};

// What had to be changed, for the report.
struct wp_body_changes {
    struct tally shortcodes, unknown_shortcodes, blocks_left_out;
    int64_t links_rewritten, links_left; // to the old site: made paths, or left as they are
    int64_t reused;                      // reusable blocks put where they were named
};

// `changes` is added to. A failure is the cleaner's (FAULT_LIMIT).
error wp_body(struct arena *a, str content, const struct wp_body_options *options,
              struct wp_body_changes *changes, struct cleaned *out) fallible;

// What follows the host in an address of the site, from '/' on, whatever its scheme and with or
// without "www."; ptr NULL for another host's.
str wp_path_on_site(str url, str site);

// The same for a comment, of which only the links are looked at.
error wp_comment_body(struct arena *a, str content, const struct wp_body_options *options,
                      struct wp_body_changes *changes, struct cleaned *out) fallible;
