// The field tables of what was changed in stories.
// SPDX-License-Identifier: Apache-2.0
#include "site/view_versions.h"

#include "site/view_part.h"

FIELDS(view_change_fields, struct view_change, "change", FIELD(struct view_change, label),
       FIELD(struct view_change, made_text), FIELD(struct view_change, made_iso),
       FIELD(struct view_change, text), FIELD(struct view_change, headline),
       FIELD(struct view_change, language), FIELD(struct view_change, direction),
       FIELD(struct view_change, path));

FIELDS(view_corrections_fields, struct view_corrections, "corrections",
       FIELD_ONE_OF(struct view_corrections, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_corrections, breadcrumb, &view_crumb_fields),
       FIELD(struct view_corrections, name), FIELD(struct view_corrections, feed_path),
       FIELD(struct view_corrections, has_changes),
       FIELD_LIST_OF(struct view_corrections, changes, &view_change_fields),
       FIELD(struct view_corrections, has_years),
       FIELD_LIST_OF(struct view_corrections, years, &view_link_fields));

FIELDS(view_version_fields, struct view_version, "version", FIELD(struct view_version, name),
       FIELD(struct view_version, path), FIELD(struct view_version, made_text),
       FIELD(struct view_version, made_iso), FIELD(struct view_version, label),
       FIELD(struct view_version, note), FIELD(struct view_version, hash),
       FIELD(struct view_version, compare_path));

FIELDS(view_versions_fields, struct view_versions, "versions",
       FIELD_ONE_OF(struct view_versions, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_versions, breadcrumb, &view_crumb_fields),
       FIELD(struct view_versions, headline), FIELD(struct view_versions, language),
       FIELD(struct view_versions, direction), FIELD(struct view_versions, path),
       FIELD_LIST_OF(struct view_versions, versions, &view_version_fields));

FIELDS(view_version_page_fields, struct view_version_page, "version page",
       FIELD_ONE_OF(struct view_version_page, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_version_page, breadcrumb, &view_crumb_fields),
       FIELD(struct view_version_page, name), FIELD(struct view_version_page, made_text),
       FIELD(struct view_version_page, made_iso), FIELD(struct view_version_page, label),
       FIELD(struct view_version_page, note), FIELD(struct view_version_page, headline),
       FIELD(struct view_version_page, standfirst), FIELD(struct view_version_page, body),
       FIELD(struct view_version_page, language), FIELD(struct view_version_page, direction),
       FIELD(struct view_version_page, path), FIELD(struct view_version_page, versions_path));

FIELDS(view_piece_fields, struct view_piece, "piece", FIELD(struct view_piece, added),
       FIELD(struct view_piece, removed), FIELD(struct view_piece, text));

FIELDS(view_compared_fields, struct view_compared, "compared paragraph",
       FIELD_LIST_OF(struct view_compared, pieces, &view_piece_fields),
       FIELD(struct view_compared, left_out));

FIELDS(view_comparison_fields, struct view_comparison, "comparison",
       FIELD_ONE_OF(struct view_comparison, meta, &view_meta_fields),
       FIELD_LIST_OF(struct view_comparison, breadcrumb, &view_crumb_fields),
       FIELD(struct view_comparison, name), FIELD(struct view_comparison, older_name),
       FIELD(struct view_comparison, older_path), FIELD(struct view_comparison, older_text),
       FIELD(struct view_comparison, older_iso), FIELD(struct view_comparison, newer_name),
       FIELD(struct view_comparison, newer_path), FIELD(struct view_comparison, newer_text),
       FIELD(struct view_comparison, newer_iso), FIELD(struct view_comparison, note),
       FIELD_LIST_OF(struct view_comparison, headline, &view_piece_fields),
       FIELD(struct view_comparison, has_standfirst),
       FIELD_LIST_OF(struct view_comparison, standfirst, &view_piece_fields),
       FIELD(struct view_comparison, has_paragraphs),
       FIELD_LIST_OF(struct view_comparison, paragraphs, &view_compared_fields),
       FIELD(struct view_comparison, sentence), FIELD(struct view_comparison, language),
       FIELD(struct view_comparison, direction), FIELD(struct view_comparison, path),
       FIELD(struct view_comparison, versions_path));
