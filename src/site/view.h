// Every view of the site, and the templates that show it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/fields.h"

// Which templates show which record: `meta` is empty for segments and for documents of one piece.
struct view_kind {
    str meta;
    str own;
    const struct fields *fields;
};

enum view {
    VIEW_PREFS,
    VIEW_HEAD,
    VIEW_TAIL,
    VIEW_NEWEST,
    VIEW_STORY,
    VIEW_COMMENTS,
    VIEW_FRONT,
    VIEW_SECTION,
    VIEW_MONTH,
    VIEW_PERSON,
    VIEW_TOPIC,
    VIEW_KIND,
    VIEW_ARCHIVE_INDEX,
    VIEW_PAGE,
    VIEW_LATEST,
    VIEW_EVENTS,
    VIEW_EVENT,
    VIEW_CORRECTIONS,
    VIEW_VERSIONS,
    VIEW_VERSION,
    VIEW_COMPARISON,
    VIEW_ERROR,
    VIEW_FEED,
    VIEW_SITEMAP,
    VIEW_SITEMAP_INDEX,
    VIEW_ROBOTS,
    VIEW_COUNT,
};

extern const struct view_kind view_kinds[VIEW_COUNT];
