// Pictures within the stories of the seed publication.
// SPDX-License-Identifier: Apache-2.0
#include "interop/seed_bodies.h"

#include "base/arena.h"
#include "interop/local_pictures.h"
#include "model/listing.h"
#include "model/picture.h"
#include "model/story.h"
#include "model/work.h"
#include "text/clean.h"

enum { STORIES_MOST = 1000 };

#define SOURCE S(" src=\"/pictures/")

// The next address in clean markup that is the name of a drawing; false when there is none.
static bool next_drawing(str *markup, str *address)
{
    for (ptrdiff_t at; (at = str_find(*markup, SOURCE)) >= 0;) {
        *markup = str_from(*markup, (size_t)at + S(" src=\"").len);
        *address = str_cut(markup, '"');
        if (str_ends(*address, S(".svg")))
            return true;
    }
    return false;
}

error seed_body_pictures(struct work *w, html body)
{
    str rest = body.text, address;
    while (next_drawing(&rest, &address)) {
        struct picture picture = {.address = address};
        int64_t id;
        try(picture_ensure(w, &picture, &id));
    }
    return NULL;
}

// What became of the drawings of a body.
struct drawn {
    struct work *work;
    error failed;
};

static bool drawing_of(void *context, struct arena *a, str address, struct clean_picture *out)
{
    struct drawn *drawn = context;
    struct picture picture;
    bool found = false;
    if (drawn->failed || !str_ends(address, S(".svg")))
        return false;
    drawn->failed = picture_by_address(drawn->work, address, &picture, &found);
    if (drawn->failed || !found || !picture.stem.len)
        return false;
    *out = clean_picture_of(a, &picture);
    return true;
}

static error show(struct work *w, int64_t id)
{
    struct drawn drawn = {.work = w};
    const struct clean_options options = {
        .links = LINKS_EDITORIAL, .picture = drawing_of, .picture_context = &drawn};
    struct story_draft draft;
    struct cleaned cleaned;
    bool changed;
    str address;
    try(story_draft_of(w, id, &draft));
    str rest = draft.body.text;
    if (!next_drawing(&rest, &address))
        return NULL;
    try(clean_html(w->arena, draft.body.text, &options, &cleaned));
    try(drawn.failed);
    draft.body = cleaned.body;
    return story_set_body(w, id, &draft, &changed);
}

error seed_bodies_show(struct work *w)
{
    struct list cards;
    const struct list_of all = {LIST_ALL, 0};
    try(listing_cards(w, all, RANK_HIGHEST, RANK_LOWEST, STORIES_MOST, &cards));
    for (size_t i = 0; i < cards.count; i++)
        try(show(w, list_at(&cards, struct story_card, i)->id));
    return NULL;
}
