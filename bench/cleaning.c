// Cleans the body of every item of a WordPress export, on one core: how many megabytes a second.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "interop/wp_body.h"
#include "interop/wp_site.h"

struct cleaning {
    struct arena *arena; // emptied behind each body
    double seconds;      // of this thread's CPU
    size_t bytes, bodies;
};

static double cpu_seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static error clean_item(void *context, const struct wxr_item *item)
{
    struct cleaning *c = context;
    struct wp_body_changes changes = {
        .shortcodes = tally_new(c->arena),
        .unknown_shortcodes = tally_new(c->arena),
        .blocks_left_out = tally_new(c->arena),
    };
    struct wp_body_options options = {.site = S("")};
    struct cleaned out;
    double begun = cpu_seconds();
    error e = wp_body(c->arena, item->content, &options, &changes, &out);
    c->seconds += cpu_seconds() - begun;
    c->bytes += item->content.len;
    c->bodies++;
    arena_reset(c->arena);
    return e;
}

int main(int argc, char **argv)
{
    arena_scoped a = arena_new();
    struct cleaning c = {.arena = arena_new()};
    struct wxr_handler handler = {.context = &c, .item = clean_item};
    struct document *documents;
    size_t count;
    if (argc != 2) {
        fprintf(stderr, "usage: cleaning EXPORT.xml[.gz]\n");
        return 2;
    }
    str path = str_of(argv[1]);
    error e = document_list(a, &path, 1, &documents, &count);
    for (size_t i = 0; !e && i < count; i++)
        e = wp_read_document(a, &documents[i], &handler);
    if (e)
        fprintf(stderr, "cleaning: %.*s: %.*s\n", STR(e->where), STR(e->message));
    else
        printf("{\"bodies\": %zu, \"bytes\": %zu, \"mb_a_second\": %.2f}\n", c.bodies, c.bytes,
               (double)c.bytes / c.seconds / 1e6);
    arena_free(c.arena);
    return e != NULL;
}
