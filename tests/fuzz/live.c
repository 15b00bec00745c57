// Whatever a live story's text is: each of its parts is clean markup by itself, none is lost, and
// no post has another's address unless its writer gave both the same.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "site/live.h"
#include "text/clean.h"
#include "text/clean_check.h"
#include "text/plain.h"
#include "text/zone.h"

static void check_part(struct arena *a, str what, str markup)
{
    const char *fault = clean_fault(a, markup);
    if (fault) {
        fprintf(stderr, "%.*s: %s\n%.*s\n", STR(what), fault, STR(markup));
        abort();
    }
}

static size_t bare(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += s.ptr[i] != ' ' && s.ptr[i] != '\n';
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clean_options options = {.links = LINKS_EDITORIAL};
    static const struct zone *zone; // slow to open, and the same for all
    static struct arena *opened;
    arena_scoped a = arena_new();
    struct cleaned cleaned;
    struct live live;
    if (!opened && zone_open(opened = arena_new(), S("Europe/London"), &zone))
        abort();
    if (clean_html(a, (str){(const char *)data, size}, &options, &cleaned))
        return 0;
    live_read(a, zone, (instant){1795435200000}, cleaned.body, &live);
    check_part(a, S("key points"), live.key_points.text);
    check_part(a, S("opening"), live.opening.text);
    size_t left = bare(live.key_points.text) + bare(live.opening.text);
    for (size_t i = 0; i < live.posts.count; i++) {
        const struct live_post *post = list_at(&live.posts, struct live_post, i);
        check_part(a, S("post"), post->body.text);
        assert(post->anchor.len > 0 && str_valid_utf8(post->title));
        left += bare(post->body.text);
        // An address made of the time, with how many older ones that minute has.
        for (size_t k = 0; str_starts(post->anchor, S("post-")) && k < i; k++)
            assert(!str_eq(post->anchor, list_at(&live.posts, struct live_post, k)->anchor));
    }
    assert(live.posts.count || left == bare(cleaned.body.text));
    return 0;
}
