// What the editor of tests leaves to chance: shared by the files of its changes.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/picture.h"
#include "model/test_newsroom.h"

static inline uint64_t roll(struct editor *e)
{
    e->random ^= e->random << 13;
    e->random ^= e->random >> 7;
    e->random ^= e->random << 17;
    return e->random;
}

static inline int64_t below(struct editor *e, int64_t most)
{
    return (int64_t)(roll(e) % (uint64_t)most);
}

static inline int64_t any(struct editor *e, const struct known *known)
{
    return known->ids[below(e, (int64_t)known->count)];
}

// One that was corrected, where there is any.
static inline int64_t some_corrected(struct editor *e)
{
    return e->corrected.count ? any(e, &e->corrected)
                              : e->stories.ids[below(e, (int64_t)e->stories.count)];
}

// Often one of the newest, as in a newsroom.
static inline int64_t some_story(struct editor *e)
{
    int64_t count = (int64_t)e->stories.count;
    return e->stories.ids[below(e, 2) && count > 12 ? count - 1 - below(e, 12) : below(e, count)];
}

// Often the first: it is the one that is talked about.
static inline size_t some_page(struct editor *e)
{
    return below(e, 2) ? 0 : (size_t)below(e, (int64_t)e->pages.count);
}

static inline void learn(struct known *known, int64_t id)
{
    if (known->count < KNOWN_MOST)
        known->ids[known->count++] = id;
}

static inline bool has(const int64_t *ids, size_t count, int64_t id)
{
    for (size_t i = 0; i < count; i++)
        if (ids[i] == id)
            return true;
    return false;
}

// Names of files that are nowhere: pages are compared, not looked at.
static inline void make_files(struct editor *e, struct work *w, struct picture *p)
{
    int shelf = (int)below(e, 256);
    p->stem = str_format(w->arena, "%02x/%02x%030llx", shelf, shelf, (long long)++e->mark);
    p->variants = S("320.webp 640.webp 640.jpg share.jpg");
    p->alpha = below(e, 2) == 1;
    p->focus_x = below(e, 1001);
    p->focus_y = below(e, 1001);
}

// ---- changes of the publication around the stories (test_newsroom_paper.c)

error edit_menu(struct editor *e, struct work *w, struct told *told) fallible;
error save_page(struct editor *e, struct work *w, struct told *told) fallible;
error edit_publication(struct editor *e, struct work *w, struct told *told) fallible;
error redirect(struct editor *e, struct work *w, struct told *told) fallible;
error save_event(struct editor *e, struct work *w, struct told *told) fallible;
error feature(struct editor *e, struct work *w, struct told *told) fallible;
error unfeature(struct editor *e, struct work *w, struct told *told) fallible;
