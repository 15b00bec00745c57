// What was changed in stories: corrections, versions, and what lies between two of them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

struct view_meta;

// A correction in the list of all.
struct view_change {
    str label; // "Correction", "Clarification", "Retraction"
    str made_text;
    str made_iso;
    str text;
    str headline;            // the story's, and where its note stands
    str language, direction; // where it is not the publication's
    str path;
};

struct view_corrections {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;               // Corrections, or Corrections in 2026
    str feed_path;
    bool has_changes;
    struct list changes; // struct view_change, newest first
    bool has_years;
    struct list years; // struct view_link, newest first
};

// A version in the list of a story's.
struct view_version {
    str name; // Version 3
    str path; // the version whole
    str made_text;
    str made_iso;
    str label; // what it was: "First published", "Updated", "Correction"…
    str note;
    str hash;         // SHA-256, in hex: what it and all before it said cannot be changed unseen
    str compare_path; // with the one before; empty for the oldest
};

struct view_versions {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str headline;
    str language, direction; // where it is not the publication's
    str path;                // the story
    struct list versions;    // struct view_version, newest first
};

// One version, whole.
struct view_version_page {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;               // Version 3
    str made_text;
    str made_iso;
    str label;
    str note;
    str headline;
    str standfirst;
    html body;
    str language;  // where it is not the publication's
    str direction; // rtl or ltr, with it
    str path;      // the story
    str versions_path;
};

// A stretch of text: in both versions, or in one.
struct view_piece {
    bool added, removed;
    str text;
};

// A paragraph with changes, or one beside such; or how many without were left out.
struct view_compared {
    struct list pieces; // struct view_piece
    str left_out;       // 12 paragraphs without changes
};

struct view_comparison {
    const struct view_meta *meta;
    struct list breadcrumb; // struct view_crumb
    str name;               // What changed between version 2 and version 3
    str older_name, older_path, older_text, older_iso;
    str newer_name, newer_path, newer_text, newer_iso;
    str note;             // what readers were told of the newer
    struct list headline; // struct view_piece
    bool has_standfirst;
    struct list standfirst; // struct view_piece
    bool has_paragraphs;
    struct list paragraphs; // struct view_compared
    str sentence;           // where there is nothing to compare, or too much
    str language;
    str direction;
    str path; // the story
    str versions_path;
};

extern const struct fields view_change_fields, view_corrections_fields, view_version_fields,
    view_versions_fields, view_version_page_fields, view_piece_fields, view_compared_fields,
    view_comparison_fields;
