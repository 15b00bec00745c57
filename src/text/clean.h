// The one door for HTML from outside: what comes out runs nothing and breaks no page.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/error.h"
#include "base/str.h"
#include "text/drops.h"
#include "text/words.h"

struct arena;

enum { CLEAN_MAX = 8 * 1024 * 1024 };

// Whom links go out for.
enum link_trust {
    LINKS_EDITORIAL, // our own writers: no rel
    LINKS_FOREIGN,   // syndicated text: rel="nofollow noopener"
    LINKS_READER,    // comments: rel="nofollow noopener ugc"
};

// A picture that has files of ours, as it stands in a body.
struct clean_picture {
    str path;              // below /pictures/; empty: the picture is left out
    str srcset;            // of WebP below it, as clean_html writes them; may be empty
    str avif;              // the same of AVIF
    int64_t width, height; // of the picture; 0: not known
};

struct clean_options {
    str base;              // the page that relative addresses are relative to; empty keeps them
    enum link_trust links; // addresses without host are ours, and get no rel
    bool no_media;         // no pictures, no embeds
    // Whether the picture at this address, as it was written or resolved, has files of ours; NULL:
    // none has.
    bool (*picture)(void *context, struct arena *a, str address, struct clean_picture *out);
    void *picture_context;
    bool titles_are_captions; // a picture's title stands below it, as in Markdown
};

struct cleaned {
    html body;
    str plain; // the words, a line for each block
    struct words words;
    int64_t pictures;
    str picture, picture_alt;   // the first one
    int64_t pictures_elsewhere; // of them, links to pictures that have no files of ours
    struct drops drops;
    str *links; // where the links go, in order, as they are in the body
    size_t link_count;
};

// Reads any markup as browsers do and writes what the allow-list knows of it, in well-formed
// blocks: paragraphs, headings from h2 on, lists, quotes, pull quotes (of any block with the class
// "pull"), tables, figures (with the class "wide" or "full" wider than the text), code, footnotes;
// links to http, https, mailto, tel and relative addresses; pictures from relative addresses, those
// of ours with their srcset, and of others a <figure class="elsewhere"> around a link, so that
// nothing loads from there (with data-width and data-height where both are known): cleaned again,
// it becomes the picture where there are files of it now; players of known hosts as <figure
// class="embed" data-provider data-id> around a link. Text of unknown elements stays, that of
// scripts, styles, drawings and form controls goes. Ids get the prefix "at-" (footnotes "fn-",
// "fnref-"), classes are ours. The result cleans to itself, and parses to the tree it was written
// from. FAULT_LIMIT beyond CLEAN_MAX bytes or the limits of tame.h.
error clean_html(struct arena *a, str markup, const struct clean_options *options,
                 struct cleaned *out) fallible;
