// What each page and each shared segment shows.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

struct view_meta;
struct view_picture;
struct view_pager;
struct view_card;
struct view_thread;

// Segments that many pages share. None of them may depend on the page they stand on.

// prefs: the opening tag, with the reader's settings as classes.
struct view_prefs {
    str language;
    str direction; // rtl, or empty
    str classes;   // "text-2 scheme-dark"
};

// head: masthead and menus.
struct view_head {
    str name;
    bool is_long;                      // the name: it has to be set smaller
    const struct view_logo *logo;      // NULL: the name stands in its place
    const struct view_logo *logo_dark; // for dark pages; NULL: `logo` is for both
    bool has_menu;                     // the two lists are never empty then
    struct list main_menu;             // struct view_link
    struct list compact_menu;          // struct view_link, one level
    bool has_follow;
    struct list follow; // struct view_link: the publication's own accounts
};

// tail: newest stories and footer, on every page, errors too.
struct view_tail {
    str name;
    const struct view_logo *logo;      // NULL: the name stands in its place
    const struct view_logo *logo_dark; // for dark pages; NULL: `logo` is for both
    str tagline;
    bool has_newest;
    struct list newest; // struct view_card
    bool has_sections, has_company, has_more_info, has_follow;
    struct list sections;  // struct view_link
    struct list company;   // struct view_link
    struct list more_info; // struct view_link
    struct list follow;    // struct view_link
    str copyright;         // "© 2026 The Publication"
    bool has_notice;
    struct list notice; // struct view_link: what readers agree to
};

// What the bell's panel lists.
struct view_newest {
    bool has_newest;
    struct list newest; // struct view_card
};

// Pages: each is shown by two templates, its part of the <head> and its <main>.

struct view_story {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str schema_type;        // schema.org: NewsArticle, AnalysisNewsArticle, OpinionNewsArticle…
    str kind;               // news analysis opinion explainer video live wire
    bool is_live;           // a live story, and changed in the last hours
    bool is_feature;        // long, and has a picture: set large, without a rail
    str language;           // where it is not the publication's
    str direction;          // rtl or ltr, with it
    str own_language;       // the publication's, with it: of what stands around the text
    str own_direction;
    str section_name;
    str section_path;
    str kind_label;
    bool is_opinion;
    str headline;
    str standfirst;
    const struct view_picture *picture;
    bool has_authors;
    struct list authors; // struct view_person
    bool has_about;      // one of them at least
    str published_text;  // 23 Nov 2026, 14:02 GMT
    str published_iso;
    str updated_text; // empty unless there was a real change
    str updated_iso;
    str modified_iso; // of the last change, or else of its publication
    str reading_time; // 4 min read; not of a live story
    int64_t word_count;
    str corrected_text;          // at the top, when facts changed: 23 Nov 2026, 16:40 GMT
    html body;                   // of a live story what comes before its posts
    bool has_pictures_elsewhere; // links in the body stand for them
    str changed_text;            // of a live story: 23 Nov, 14:02
    html key_points;             // of a live story: a list
    bool has_posts;
    struct list posts; // struct view_post
    str video_url;
    str video_provider; // "YouTube"
    str video_length;   // 4:12
    str video_duration; // PT252S (ISO 8601)
    str source_name;
    str source_url;
    bool has_corrections;
    struct list corrections; // struct view_correction
    str versions_path;       // where there is more than one
    bool has_topics;
    struct list topics;               // struct view_link
    const struct view_thread *thread; // NULL without comments
    const struct view_pager *pager;   // the stories before and after in the section
    str more_title;                   // More in Markets
    bool has_more;
    struct list more; // struct view_card: beside the text
    bool has_related;
    struct list related; // struct view_card: close in content
};

// A section on the front; without a path it is only words over its stories.
struct view_block {
    str name;
    str path;
    bool has_more; // where there is room for a link to all of it beside the name
    const struct view_card *lead;
    bool has_cards;
    struct list cards; // struct view_card
};

// Sections side by side on the front. Rhythms: "feature" (one section, a story and a list), "pair"
// (two), "ledger" (up to four, words only), "strip" (stories side by side), "opinion", "band"
// (videos on dark).
struct view_row {
    str rhythm;
    str columns;        // a class: "columns-3"
    struct list blocks; // struct view_block
};

struct view_front {
    const struct view_meta *meta;
    str name;
    const struct view_card *lead;
    str shape; // of the top, classes: "big", "worded" without a picture, "alone" without the latest
    bool has_sublinks;
    struct list sublinks; // struct view_card
    bool has_secondary;
    str secondary_columns;
    struct list secondary; // struct view_card
    bool has_latest;
    struct list latest; // struct view_card
    struct list rows;   // struct view_row
};

// What stands beside a list: the way to older stories, and its feed.
struct view_rail {
    str heading; // "Older stories"
    bool has_months;
    struct list months; // struct view_link, newest first
    str archive_path;   // all of them; empty where it is not offered
    str feed_path, feed_label;
};

struct view_section {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    str description;
    bool has_children;
    struct list children; // struct view_link
    const struct view_card *lead;
    bool has_secondary;
    str secondary_columns; // a class: "columns-3"
    struct list secondary; // struct view_card
    bool has_cards;
    struct list cards; // struct view_card
    const struct view_rail *rail;
};

// All stories of a kind: videos, opinion.
struct view_kind_page {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    str description;
    bool is_grid; // stills side by side, not words below each other
    bool has_cards;
    struct list cards; // struct view_card
    const struct view_rail *rail;
};

// A month of a section, or of the whole publication.
struct view_month {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;               // Markets, November 2026
    bool has_parts;
    struct list parts; // struct view_link: the pieces of a long month
    bool has_cards;
    struct list cards; // struct view_card
    const struct view_rail *rail;
    const struct view_pager *pager;
};

// Everything a person wrote.
struct view_person_page {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    str role;
    html biography;
    const struct view_picture *picture;
    bool has_cards;
    struct list cards; // struct view_card
    const struct view_rail *rail;
};

struct view_topic {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    str description;
    bool has_cards;
    struct list cards; // struct view_card
    const struct view_rail *rail;
};

struct view_year {
    str label;
    struct list months; // struct view_link
};

struct view_archive_index {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    bool has_years;
    struct list years; // struct view_year, newest first
};

// A static page.
struct view_page {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str headline;
    html body;
    bool has_pictures_elsewhere; // links in the body stand for them
    str updated_text;
    str updated_iso;
    const struct view_thread *thread; // NULL without comments
};

// Comments that no longer fit below their story or page.
struct view_comments {
    const struct view_meta *meta;
    struct list breadcrumb;  // struct view_crumb
    str headline;            // the story's or page's
    str language, direction; // of it, where it is not the publication's
    str path;
    str range;            // "Comments 51 to 100 of 130"
    struct list comments; // struct view_comment
    const struct view_link *earlier, *later;
};

struct view_day {
    str label;         // Monday 23 November 2026
    str iso;           // 2026-11-23
    struct list cards; // struct view_card
};

struct view_latest {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;
    bool has_days;
    struct list days; // struct view_day
    str archive_path;
};

struct view_error {
    const struct view_meta *meta;
    int64_t status;
    str headline;
    str sentence;
};

extern const struct fields view_prefs_fields, view_head_fields, view_tail_fields, view_story_fields,
    view_block_fields, view_row_fields, view_rail_fields, view_kind_page_fields, view_front_fields,
    view_section_fields, view_month_fields, view_person_page_fields, view_topic_fields,
    view_year_fields, view_archive_index_fields, view_comments_fields, view_page_fields,
    view_day_fields, view_latest_fields, view_error_fields;
