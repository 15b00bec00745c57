// The parts that pages are made of, ready to print: links, cards, people, comments.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

// Everything here is already worded, dated and cut to length; a template only places it. An empty
// str, a NULL record and an empty list mean that there is nothing to show. A list whose heading
// depends on it has a `has_…` beside it. Paths start at the root ("/markets/stocks/"), a `…_url`
// and `canonical` name the host as well. `…_iso` is RFC 3339 for machines, `…_text` is for people.

// A link, and in menus what hangs below it; the theme shows two levels.
struct view_link {
    bool first;
    str label;
    str language, direction; // of a story's headline, where it is not the publication's
    str path;                // empty in a menu: only a heading for its children
    bool current;            // the page being read: never set in the shared head and tail
    bool has_children;
    struct list children; // struct view_link
};

// One step of the way from the front page; the last is the page itself.
struct view_crumb {
    int64_t position; // from 1
    bool first, current;
    str label;
    str language, direction; // of a story's headline, where it is not the publication's
    str path;
};

// Neighbours in time; a page without any has no pager.
struct view_pager {
    const struct view_link *newer;
    const struct view_link *older;
};

// A picture of ours: one that stands elsewhere is not printed.
struct view_picture {
    str path; // for those who read no srcset
    str avif; // the value of a srcset, widths from 320 to 1920; empty when there is none
    str webp;
    str animation; // of one that moves: its path; the others show it still
    str alt;       // empty when the picture says nothing that the text does not
    str caption;
    str credit;
    int64_t width, height; // of the picture, in pixels: its shape
    str focus;             // what crops must keep in view, a class: across and down from "focus-00"
                           // to "focus-22"; empty for the middle
    bool plate;            // transparent: stands on paper, in the dark too
};

// The publication's logo, as high as the theme's style makes it.
struct view_logo {
    str path;  // for those who read no srcset
    str webp;  // the value of a srcset; empty when there is none
    str sizes; // wide enough for the built-in masthead
    str alt;   // the publication's name
    int64_t width, height;
};

// A person as bylines and author boxes show them.
struct view_person {
    str separator; // what stands before the name in a byline: "", ", " or " and "
    str name;
    str path; // empty for a house byline without a page
    str role;
    str about; // a sentence or two of plain text
    const struct view_picture *picture;
};

// A story in a list.
struct view_card {
    str path;
    str headline;
    str language, direction; // of these two, where it is not the publication's: "ar" and "rtl"
    str trail;               // the standfirst, or else an excerpt of the text
    str label;      // the section's name where the heading does not say it; in opinion the writer's
    str kind_label; // "Analysis", "Opinion", "Video"…; empty for plain news
    str byline;     // "Ana Ortiz and Tom Reyes", plain
    str source_name;
    bool is_opinion, is_video;
    bool is_live;       // a live story, and changed in the last hours
    str updated_moment; // of such a one: 23 Nov, 14:02
    str updated_iso;
    str published_date;   // 23 Nov 2026
    str published_moment; // 23 Nov, 14:02; of another year 23 Nov 2025
    str published_iso;
    str video_length;                // of a film: 4:12
    str sizes;                       // how wide the picture is shown: the value of the attribute
    const struct view_picture *face; // the writer's, where opinion stands together
    const struct view_picture *picture;
};

// A post of a live story.
struct view_post {
    bool first;
    str anchor;
    str posted_text; // 14:02, or with the day where it is not that of the newest: 22 Nov, 14:02
    str posted_iso;
    html headline;
    str title; // the same in words, or else the first of its text
    str text;  // how it begins
    html body;
};

struct view_comment {
    int64_t id;
    str name;
    str website;  // empty, or http(s)
    str reply_to; // whom an answer to an answer speaks to: threads are shown two levels deep
    html text;
    str posted_text;
    str posted_iso;
    bool has_replies;
    struct list replies; // struct view_comment, their own replies flat among them
};

// The first comments on a story or a page, as they stand below it.
struct view_thread {
    str count;                     // 1 comment, 12 comments
    struct list comments;          // struct view_comment
    const struct view_link *later; // to the next page of them
};

struct view_correction {
    bool first;
    str label; // "Correction", "Clarification", "Retraction"
    str made_text;
    str made_iso;
    str text;
};

// The head of every document: what search engines, feed readers and other sites read.
struct view_meta {
    str title;    // "Headline | The Publication"
    str headline; // without the publication's name
    str description;
    str site_name;
    str base_url; // "https://example.com", no slash behind
    str canonical;
    str og_type;  // "article", "website" or "profile"
    str robots;   // "noindex" and the like; empty for the ordinary
    str language; // BCP 47
    str feed_title;
    str feed_path;
    str style_path;
    struct list fonts; // struct view_link: files of the first letters on every page
    str script_path;   // empty in a theme without script
    str icon_path;
    str icon_type;       // image/svg+xml or image/png
    str touch_icon_path; // PNG, for home screens; empty where none can be drawn
    str picture_url;     // 1200 by 630 around the focal point, where the picture is large enough
    str picture_alt;
    int64_t picture_width, picture_height; // 0 when not known
};

extern const struct fields view_link_fields, view_crumb_fields, view_pager_fields,
    view_picture_fields, view_logo_fields, view_person_fields, view_card_fields, view_post_fields,
    view_comment_fields, view_thread_fields, view_correction_fields, view_meta_fields;
