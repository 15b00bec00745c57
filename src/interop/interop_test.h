// What the tests of this module share: a newsroom with two sections.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "model/model_test.h"

#include "model/publication.h"
#include "model/section.h"
#include "text/zone.h"

static inline void make_newsroom(struct model_test *t)
{
    struct work *w = model_write(t);
    struct publication p = {.name = S("The Ledger"),
                            .tagline = S(""),
                            .description = S(""),
                            .language = S("en-GB"),
                            .zone = S("Europe/London"),
                            .base_url = S("https://ledger.example")};
    struct section news = {.name = S("News"), .slug = S("news"), .description = S("")};
    struct section cards = {
        .name = S("Credit Cards"), .slug = S("credit-cards"), .description = S("")};
    assert_ok(publication_create(w, &p));
    assert_ok(section_create(w, &news));
    assert_ok(section_create(w, &cards));
}

// Commits what is open and leaves no work, for functions that begin their own.
static inline void finish_work(struct model_test *t)
{
    if (t->at)
        assert_ok(work_commit(t->at));
    t->at = NULL;
}
