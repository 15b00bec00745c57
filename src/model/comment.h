// Comments: what readers say to a story or a page and to each other, shown once approved.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct keyset;
struct work;

enum {
    COMMENT_BODY_MOST = 64 * 1024, // bytes
    COMMENTS_A_PAGE = 50,          // they are 3.5 kB of a story that is to stay below 60
    COMMENT_LEVELS = 2,            // as shown; deeper answers stand flat on the last level
};

// What comments are on: a story or a page; the other id is 0.
struct thread_of {
    int64_t story_id, page_id;
};

// At most 200 bytes of name, 254 of e-mail address, 2000 of web address.
struct comment {
    int64_t id;
    int64_t story_id;  // what it is on: a story
    int64_t page_id;   // or a page; the other is 0
    int64_t parent_id; // 0 for one that answers the story or page
    str status;        // held approved spam removed
    str author_name;
    str author_email; // never shown
    str author_url;   // empty, or http(s)
    html body;        // clean
    instant created_at;
};
extern const struct fields comment_fields;

// One as readers see it.
struct comment_shown {
    int64_t id;
    str author_name;
    str author_url;
    html body;
    instant created_at;
    str reply_to;        // whom it answers, where it does not stand just below that
    struct list replies; // struct comment_shown
};
extern const struct fields comment_shown_fields;

// Stores one with the given status (empty: held) and fills in id and created_at (now, unless
// given). FAULT_NOT_FOUND when the parent is no comment of this story or page; FAULT_CONFLICT
// without the story or page.
error comment_create(struct work *w, struct comment *c) fallible;

// FAULT_NOT_FOUND when there is none, FAULT_INPUT for another word than the four.
error comment_set_status(struct work *w, int64_t id, str status) fallible;

// For editors: depends on nothing.
error comment_by_id(struct work *w, int64_t id, struct comment *out, bool *found) fallible;

// At most `most` comments (struct comment) with this status (empty: any), newest first. For
// editors: depends on nothing.
error comment_list_by_status(struct work *w, str status, int64_t most,
                             struct list *comments) fallible;

// Page `page` (from 1) of the approved comments on a story or page as threads of struct
// comment_shown, oldest first; *count is how many are approved in all. What answers a comment that
// is not shown stands below the nearest one above it that is, or at the top. Depends on the thread.
error comment_thread(struct work *w, struct thread_of of, int64_t page, struct list *threads,
                     int64_t *count) fallible;

// How many are approved. Depends on the thread.
error comment_count(struct work *w, struct thread_of of, int64_t *out) fallible;

// The facet that a thread is: "story:42/thread", "page:7/thread".
void key_thread(struct keyset *set, struct thread_of of);
