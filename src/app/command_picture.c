// Commands that take pictures in and list them.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/writing.h"
#include "base/arena.h"
#include "interop/picture_maker.h"
#include "model/picture.h"
#include "model/work.h"

enum { LISTED = 20, LISTED_MOST = 100000, PERCENT = 100, THOUSANDTHS = 1000 };

// ---- add

// "30,70" from the left and the top, in percent.
static error take_focus(struct invocation *in, struct picture_wish *wish)
{
    int64_t x = -1, y = -1;
    str said = given(in, "focus", STR_NONE), rest = said;
    if (!said.ptr)
        return NULL;
    str left = str_cut(&rest, ',');
    if (!str_int(str_trim(left), &x) || !str_int(str_trim(rest), &y) || x < 0 || x > PERCENT ||
        y < 0 || y > PERCENT)
        return failure(in->arena, FAULT_INPUT, S("picture add"),
                       "--focus takes two numbers from 0 to 100, as in 50,30, not \"%.*s\"",
                       STR(said));
    wish->focused = true;
    wish->focus_x = (int)(x * THOUSANDTHS / PERCENT);
    wish->focus_y = (int)(y * THOUSANDTHS / PERCENT);
    return NULL;
}

static void complain(struct arena *a, error e)
{
    fprintf(stderr, "broadsheet: %.*s\n", STR(error_text(a, e)));
}

// Prepares every file; those that are none are told of. *made holds the others.
static error make_all(struct invocation *in, struct picture *made, size_t *count)
{
    struct picture_maker *maker;
    struct picture_wish wish = {0};
    try(take_focus(in, &wish));
    try(invocation_pictures(in, &maker));
    for (size_t i = 0; i < in->word_count; i++) {
        wish.path = wish.where = in->words[i];
        struct picture *picture = &made[*count];
        error e = picture_make(maker, in->arena, &wish, picture);
        if (e && in->word_count == 1)
            return e;
        if (e) {
            complain(in->arena, e);
            continue;
        }
        picture->alt = given(in, "alt", S(""));
        picture->caption = given(in, "caption", S(""));
        picture->credit = given(in, "credit", S(""));
        ++*count;
    }
    return NULL;
}

static error take_all(struct work *w, const struct picture *made, size_t count)
{
    int64_t id;
    for (size_t i = 0; i < count; i++)
        try(picture_take(w, &made[i], &id));
    return NULL;
}

static str describe(struct invocation *in, const struct picture *made, size_t count)
{
    if (count == 1)
        return str_format(in->arena, "added %.*s (%lld by %lld)",
                          STR(picture_fallback(in->arena, made)), (long long)made->width,
                          (long long)made->height);
    return str_format(in->arena, "added %zu pictures", count);
}

error command_picture_add(struct invocation *in)
{
    struct work w;
    size_t count = 0;
    struct picture *made = arena_array(in->arena, struct picture, in->word_count);
    try(make_all(in, made, &count));
    if (count) {
        try(writing_begin(in, &w));
        error e = take_all(&w, made, count);
        try(writing_end(in, &w, e, describe(in, made, count),
                        S("nothing new: they are here already")));
    }
    fflush(stdout);
    if (count < in->word_count)
        return failure(in->arena, FAULT_INPUT, S("picture add"),
                       "%zu of %zu files could not be taken in", in->word_count - count,
                       in->word_count);
    return NULL;
}

// ---- list

static error print_pictures(struct invocation *in, struct work *w)
{
    struct list pictures;
    int64_t most;
    try(given_number(in, "limit", 1, LISTED, &most));
    try(picture_list(w, most < LISTED_MOST ? most : LISTED_MOST, &pictures));
    for (size_t i = 0; i < pictures.count; i++) {
        const struct picture *p = list_at(&pictures, struct picture, i);
        str path = picture_fallback(in->arena, p);
        printf("%.*s  %lld by %lld%s%.*s\n", STR(path.len ? path : p->address), (long long)p->width,
               (long long)p->height, p->alt.len ? "  " : "", STR(p->alt));
    }
    return NULL;
}

error command_picture_list(struct invocation *in)
{
    struct work w;
    try(reading_begin(in, &w));
    error e = print_pictures(in, &w);
    work_end(&w);
    return e;
}
