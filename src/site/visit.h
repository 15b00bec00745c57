// One page being made for a reader: what its handler is given, and what it hands back.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "model/listing.h"
#include "model/publication.h"
#include "model/work.h"
#include "site/view.h"

struct arena;
struct theme;
struct zone;
struct picture;
struct view_meta;
struct view_picture;

// What the path said; unset members are empty or 0.
struct place {
    str path; // of the thing named: "/" or "/markets/stocks/"
    int64_t year, month, part;
    str file;
    int64_t older, newer; // versions of a story
};

struct visit {
    struct arena *arena;
    struct work *work; // reading
    const struct theme *theme;
    struct publication publication;
    const struct zone *zone;
    int data_dir; // descriptor of DIR, where pictures are; -1 for who has none
    str path;     // as asked for
    struct place place;
};

// What was made of it; lives in the visit's arena.
struct rendered {
    int status;
    str media_type;
    str location;   // for a redirect: a path or an address; then nothing else counts
    bool framed;    // a page: parts[0] is its <head>, parts[1] its <main>; prefs, head and tail go
                    // around
    bool shared;    // one of those: part of many pages, never sent alone
    bool immutable; // its address names these very bytes: a picture, or the style sheet
    str parts[2];   // not framed: the document is parts[0]
};

typedef error site_handler(struct visit *v, struct rendered *out);

// Reads the publication and its zone for `work`; `known` (may be NULL) is a zone opened before,
// used again when the name is the same.
error visit_begin(struct visit *v, struct arena *a, struct work *work, const struct theme *theme,
                  const struct zone *known) fallible;

// Begins another part of the answer from the same snapshot, with a read set of its own.
void visit_renew(struct visit *v);

// Renders the templates of `view` over `record`. FAULT_LIMIT when the page would pass 16 MiB.
error visit_show(struct visit *v, enum view view, const void *record,
                 struct rendered *out) fallible;

// ---- what many pages share

// The head of a page: `headline` alone, or behind it the publication's name; `canonical` is a path.
struct view_meta *visit_meta(struct visit *v, str headline, str description, str canonical,
                             const char *og_type);

// The way from the front page to a section (0: none), then a last step without a link of its own.
error visit_breadcrumb(struct visit *v, int64_t section_id, str last_label, str last_path,
                       struct list *crumbs) fallible;

// Says of the last step, a story's headline, what language that is in.
void visit_crumb_language(const struct visit *v, str language, struct list *crumbs);

// The language of a text where it is not the publication's, and the way it is written: "rtl" or
// "ltr"; both stay empty otherwise.
void visit_language(const struct visit *v, str language, str *lang, str *direction);
str visit_direction(str language); // "rtl" or "ltr"

// 4:12 or 1:02:30; empty for 0.
str visit_length(struct visit *v, int64_t seconds);

// Cards ready to print (struct view_card).
struct list visit_cards(struct visit *v, const struct list *story_cards);
// The same on the page of section `section_id`, whose name need not stand on each.
struct list visit_cards_within(struct visit *v, const struct list *story_cards, int64_t section_id);
// The same without sections' names: a list that shows none stays as it is when a story moves.
struct list visit_cards_plain(struct visit *v, const struct list *story_cards);
struct view_card visit_card(struct visit *v, const struct story_card *card);

// A picture ready to print: NULL where it has no files of ours.
const struct view_picture *visit_picture_of(struct visit *v, const struct picture *p);
// That of a row; *out stays as it is for id 0, and where it has no files of ours.
error visit_picture(struct visit *v, int64_t id, const struct view_picture **out) fallible;
// The same for the one that stands for the page where other sites link to it.
error visit_shared_picture(struct visit *v, int64_t id, const struct view_picture **out,
                           struct view_meta *meta) fallible;

// Whether pictures of other sites belong to the body, as links (text/clean.h).
bool visit_has_pictures_elsewhere(html body);

// When the year begins by the publication's clocks.
instant visit_new_year(const struct visit *v, int64_t year);

// The page shows what depends on the year that it is: it is not kept beyond its end.
void visit_until_new_year(struct visit *v);

// "Analysis", "Opinion", "Video"…; empty for plain news.
str visit_kind_label(str kind);

// Whether the story is a live one that was changed in the last hours; the page is not kept for
// longer than that holds.
bool visit_is_live(struct visit *v, const struct story_card *card);

str visit_url(struct visit *v, str path); // with the base URL in front

// An answer of 301, 404 or 410 in the site's clothes.
error visit_redirect(struct visit *v, int status, str location, struct rendered *out) fallible;
error visit_error(struct visit *v, int status, str headline, str sentence,
                  struct rendered *out) fallible;
error visit_not_found(struct visit *v, struct rendered *out) fallible;
