// Stories: as lists show them, as their own page shows them, and the writes that change them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/keyset.h"

struct work;

enum {
    HEADLINE_MOST = 500,    // bytes
    STANDFIRST_MOST = 2000, // bytes
    BODY_MOST = 4 << 20,    // bytes of clean HTML
    BYLINE_MOST = 20,       // people
    TOPICS_MOST = 40,
};

// A story as lists show it. Its place in them is (published_at, id).
struct story_card {
    int64_t id;
    str kind, status;
    str headline, standfirst, excerpt, path;
    str language;          // BCP 47; empty: the publication's
    int64_t video_seconds; // how long its film is; 0 when not known
    int64_t section_id; // whoever shows or compares this one and the next two: story_section_read
    str section_name, section_path;
    int64_t picture_id;                              // 0: none
    str picture_alt, picture_stem, picture_variants; // as in struct picture
    int64_t picture_width, picture_height, picture_focus_x, picture_focus_y;
    bool picture_alpha;
    int64_t person1_id; // the first two of the byline; 0: none
    str person1_name, person1_path;
    int64_t person2_id;
    str person2_name, person2_path;
    int64_t byline_count;
    str source_name;
    instant published_at;
    instant updated_at; // part of the card of a live story alone: no list shows that of others
};
extern const struct fields story_card_fields;

rank story_rank(const struct story_card *card);

// What only the story's own page shows.
struct story_body {
    int64_t story_id;
    instant updated_at;
    int64_t version;
    str source_url, video_url;
    bool comments_open;
    int64_t words, reading_minutes;
    instant withdrawn_at;
    str withdrawn_why;
    html body;
};
extern const struct fields story_body_fields;

// Reads the story's card and its authors'.
error story_card_by_id(struct work *w, int64_t id, struct story_card *out, bool *found) fallible;
error story_body_by_id(struct work *w, int64_t id, struct story_body *out, bool *found) fallible;

// At most `most` stories with this status (empty: any), newest first, also such as stand in no
// list. For editors: depends on nothing.
error story_list_by_status(struct work *w, str status, int64_t most, struct list *cards) fallible;

// For readers of card rows: names what a card shows in w->reads, but for its section.
void story_card_read(struct work *w, const struct story_card *card);

// For whoever shows the section of a card: names it in w->reads. A facet of its own, since many
// pages show a card without it, and would be made again in vain when the story moves.
void story_section_read(struct work *w, const struct story_card *card);

// One of a story's byline, with the face.
struct story_person {
    int64_t id;
    str name, role, path;
    html biography;
    int64_t picture_id; // 0: none
    str picture_alt, picture_stem, picture_variants;
    int64_t picture_width, picture_height;
    bool picture_alpha;
    int64_t picture_focus_x, picture_focus_y;
};
extern const struct fields story_person_fields;

// The people of the byline and the topics, in order (struct story_person, struct topic).
error story_people(struct work *w, int64_t id, struct list *people) fallible;
error story_topics(struct work *w, int64_t id, struct list *topics) fallible;

// FAULT_INPUT, with the words there are, for what is no status of a story; empty is fine.
error story_check_status(struct work *w, str status) fallible;

// ---- writing

// A story as it should stand. Texts are plain, `body` is clean; ids must exist.
struct story_draft {
    str kind; // news analysis opinion explainer video live wire
    str headline, standfirst, excerpt;
    str slug; // for the path at first publication; empty: from the headline
    str path; // the path itself, for what had one elsewhere; empty: made from section and slug
    // Empty: as it is, published at first. Closed to readers, its address answering 404: draft
    // pending private future trash protected.
    str status;
    int64_t section_id, picture_id;
    str language, source_name, source_url, video_url;
    int64_t video_seconds; // 0 when not known
    bool comments_open;
    int64_t words, reading_minutes;
    html body;
    str plain;
    int64_t people[BYLINE_MOST], topics[TOPICS_MOST];
    size_t people_count, topic_count;
    instant published_at; // first publication
    instant updated_at;   // last change of substance; not before published_at
    str file, file_hash;  // where it was published from; empty: from nowhere
};

// What readers and the ledger are told of a change.
struct story_change {
    str kind; // first typo update correction clarification retraction
    str note; // shown below the story for the last three
    str approved_by;
};

// Publishes a new story: its path is fixed from here on. FAULT_INPUT says which text is wrong.
error story_create(struct work *w, const struct story_draft *draft,
                   const struct story_change *change, int64_t *id) fallible;

// The story as it stands, to be changed and given to story_update. Reads nothing into w->reads.
error story_draft_of(struct work *w, int64_t id, struct story_draft *out) fallible;

// Makes the story as `draft` says; names only the facets and places that changed, and writes a
// version when headline, standfirst or body did, or when readers are told of the change. *changed
// (may be NULL) says if anything did.
error story_update(struct work *w, int64_t id, const struct story_draft *draft,
                   const struct story_change *change, bool *changed) fallible;

// Stores body, plain text, excerpt and lengths of `draft` for a text that reads as it did, such as
// one whose pictures have files now: no version, no date of change. *changed says if any differed.
error story_set_body(struct work *w, int64_t id, const struct story_draft *draft,
                     bool *changed) fallible;

// Takes the story out of every list; its address answers that it was withdrawn, and `why`.
// FAULT_CONFLICT when it is withdrawn already.
error story_withdraw(struct work *w, int64_t id, str why) fallible;

// Puts a withdrawn story back where it stood. FAULT_CONFLICT when it is not withdrawn.
error story_restore(struct work *w, int64_t id) fallible;

// A story published from `file` before: its id and the hash of what was taken in, or *found false.
struct story_origin {
    int64_t story_id;
    str file_hash;
};
error story_by_file(struct work *w, str file, struct story_origin *out, bool *found) fallible;

// The file's new hash where nothing else changed.
error story_set_file_hash(struct work *w, int64_t id, str file_hash) fallible;
