// The pages: each reads its records and shows them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

// Whole paths.
site_handler site_front, site_latest, site_newest, site_robots, site_sitemap_index,
    site_sitemap_month, site_sitemap_pages;

// v->place.file of /share/: what other sites show with a link to a story.
site_handler site_share;

// The style sheet of a publication whose settings add to the theme's.
site_handler site_style;

// v->place.file of /icon/ and its guessable relation /favicon.ico; what home screens read.
site_handler site_icon, site_manifest;

// /events/, /events/{year}/, the calendar of all events, and that of the one at v->place.path.
site_handler site_events, site_events_year, site_calendar, site_event_calendar;

// Whatever stands at v->place.path: story, section, author, topic, static page, old address; a path
// that lacks its final slash is sent on, one that names nothing is a 404.
site_handler site_place;

// Of the section, topic, author or publication at v->place.path: its feed, its months, one month.
site_handler site_feed, site_archive, site_month;

// Page v->place.part of the comments on the story or page at v->place.path.
site_handler site_comments;

// The stories of a kind, for site_place.
struct subject;
error site_kind(struct visit *v, const struct subject *kind, struct rendered *out) fallible;

// Every correction; and of the story at v->place.path its public versions.
site_handler site_corrections, site_corrections_year, site_corrections_feed, site_versions,
    site_version, site_comparison;

// By id, for site_place.
error site_story(struct visit *v, int64_t id, struct rendered *out) fallible;
error site_section(struct visit *v, int64_t id, struct rendered *out) fallible;
error site_person(struct visit *v, int64_t id, struct rendered *out) fallible;
error site_topic(struct visit *v, int64_t id, struct rendered *out) fallible;
error site_event(struct visit *v, int64_t id, struct rendered *out) fallible;
error site_static_page(struct visit *v, int64_t id, struct rendered *out) fallible;
