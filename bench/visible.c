// Edits a publication that is being served, and measures when readers see it: from the moment the
// server has acknowledged an edit to the first new byte of each page that shows it.
// SPDX-License-Identifier: Apache-2.0
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/control.h"
#include "base/arena.h"
#include "base/instant.h"
#include "bench/client.h"
#include "bench/edits.h"
#include "bench/times.h"

enum { PAGES = 5, AMONG = 4, CONTROL_MS = 10000 };
enum page { STORY, FRONT, SECTION, FEED, SITEMAP };
static const char *const page_names[PAGES] = {"story", "front", "section", "feed", "sitemap"};

struct watch {
    struct editor editor;
    const char *address;
    int control;
    struct client clients[PAGES];
    struct times pages[PAGES], all, acknowledged; // the last: from commit to "done"
    size_t edits, stale;
};

static str path_of(enum page page, const struct edited *edited)
{
    switch (page) {
    case STORY:
        return edited->path;
    case FRONT:
        return S("/");
    case SECTION:
        return edited->section_path;
    case FEED:
        return S("/feed.xml");
    default:
        return edited->sitemap;
    }
}

// What must stand on the page: the new headline, or for the sitemap the time of the change.
static bool is_new(struct arena *a, enum page page, const struct edited *edited, str body)
{
    if (page != SITEMAP)
        return str_find(body, edited->mark) >= 0;
    ptrdiff_t at = str_find(body, str_join(a, edited->path, S("</loc>")));
    // Minute and second are the same in every time zone that matters here.
    str wanted = str_sub(instant_rfc3339(a, edited->changed), 13, 19);
    return at >= 0 &&
           str_find(str_sub(body, (size_t)at, (size_t)at + 200 + edited->path.len), wanted) >= 0;
}

static void acknowledge(struct watch *w, struct arena *a, uint64_t commit)
{
    str answer;
    int64_t begun = instant_steady_us();
    must(control_ask(a, w->control, str_format(a, "applied %llu", (unsigned long long)commit),
                     CONTROL_MS, &answer, NULL, NULL));
    if (!str_eq(answer, S("done"))) {
        fprintf(stderr, "the server said \"%.*s\"\n", STR(answer));
        exit(1);
    }
    times_add(&w->acknowledged, instant_steady_us() - begun);
}

// Asks for all pages at once, as five readers who come in the same instant.
static void look(struct watch *w, struct arena *a, const struct edited *edited)
{
    struct pollfd polled[PAGES];
    size_t waiting = PAGES;
    for (int i = 0; i < PAGES; i++) {
        client_ask(&w->clients[i], path_of((enum page)i, edited), false);
        polled[i] = (struct pollfd){w->clients[i].fd, POLLIN, 0};
    }
    while (waiting) {
        if (poll(polled, PAGES, 10000) <= 0)
            exit(1);
        for (int i = 0; i < PAGES; i++) {
            struct client *c = &w->clients[i];
            if (!polled[i].revents || !client_take(c))
                continue;
            polled[i].fd = -1;
            waiting--;
            times_add(&w->pages[i], c->first_us - c->asked_us);
            times_add(&w->all, c->first_us - c->asked_us);
            if (!is_new(a, (enum page)i, edited, client_body(c))) {
                w->stale++;
                fprintf(stderr, "old: %.*s\n", STR(path_of((enum page)i, edited)));
            }
        }
    }
}

static void print(const struct watch *w)
{
    printf("{\"edits\": %zu, \"stale\": %zu, \"commit_to_done\": ", w->edits, w->stale);
    times_print(&w->acknowledged);
    printf(", \"done_to_first_byte\": ");
    times_print(&w->all);
    for (int i = 0; i < PAGES; i++) {
        printf(", \"%s\": ", page_names[i]);
        times_print(&w->pages[i]);
    }
    printf("}\n");
}

int main(int argc, char **argv)
{
    struct newsroom n;
    arena_scoped lasting = arena_new();
    arena_scoped a = arena_new();
    struct watch *w = arena_make(lasting, struct watch);
    if (argc != 6) {
        fprintf(stderr, "usage: visible DIR ADDRESS EDITS EVERY-MS publish|headline\n");
        return 2;
    }
    enum edit kind = strcmp(argv[5], "publish") == 0 ? EDIT_PUBLISH : EDIT_HEADLINE;
    int64_t edits = must_number(argv[3]), every_ms = must_number(argv[4]);
    must(newsroom_open(lasting, str_of(argv[1]), &n));
    must(editor_open(&n, AMONG, &w->editor));
    must(control_connect(lasting, str_format(lasting, "%s/control.sock", argv[1]), &w->control));
    for (int i = 0; i < PAGES; i++)
        client_open(&w->clients[i], argv[2]);
    for (; (int64_t)w->edits < edits; w->edits++) {
        struct edited edited;
        must(edit_make(&w->editor, a, kind, AMONG, &edited, NULL));
        acknowledge(w, a, edited.commit);
        look(w, a, &edited);
        arena_reset(a);
        usleep((useconds_t)every_ms * 1000);
    }
    print(w);
    newsroom_close(&n);
    return w->stale ? 1 : 0;
}
