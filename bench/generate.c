// Fills a data directory with a publication of invented stories to measure with.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "bench/newsroom.h"
#include "bench/prose.h"
#include "model/job.h"
#include "model/person.h"
#include "model/publication.h"
#include "model/related.h"
#include "model/section.h"
#include "model/topic.h"

enum { BATCH = 1000, SECTIONS_MOST = 64, YEARS = 5, NEIGHBOURS_COMPUTED = 2000 };

struct desk {
    int64_t sections[SECTIONS_MOST], people[PROSE_AUTHORS], topics[PROSE_TOPICS];
    size_t section_count;
    struct dice dice;
};

static error make_sections(struct work *w, struct desk *desk)
{
    static const char *const names[][4] = {
        {"Markets", "Stocks", "Bonds", "Currencies"},
        {"Economy", "Prices", "Jobs", "Trade"},
        {"Companies", "Banks", "Retail", "Industry"},
        {"Energy", "Oil and gas", "Power", "Carbon"},
        {"Technology", "Chips", "Software", "Networks"},
        {"Property", "Offices", "Homes", "Land"},
        {"Policy", "Regulation", "Tax", "Courts"},
        {"Opinion", "Columns", "Letters", "Editorials"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        int64_t top = 0;
        for (size_t j = 0; j < 4; j++) {
            struct section s = {.parent_id = top,
                                .slug = S(""),
                                .name = str_of(names[i][j]),
                                .description = str_format(w->arena, "All of %s.", names[i][j])};
            try(section_create(w, &s));
            top = j ? top : s.id;
            desk->sections[desk->section_count++] = s.id;
        }
    }
    return NULL;
}

static error make_frame(struct work *w, struct desk *desk)
{
    const struct publication p = {.name = S("The Measured Paper"),
                                  .tagline = S("Figures every day"),
                                  .description = S("A publication made to be measured."),
                                  .language = S("en-GB"),
                                  .zone = S("Europe/London"),
                                  .base_url = S("http://127.0.0.1:8080")};
    try(publication_create(w, &p));
    try(make_sections(w, desk));
    for (int i = 0; i < PROSE_AUTHORS; i++) {
        struct person person;
        try(person_ensure(w, prose_person(w->arena, i), &person));
        desk->people[i] = person.id;
    }
    for (int i = 0; i < PROSE_TOPICS; i++) {
        struct topic topic;
        try(topic_ensure(w, prose_topic(w->arena, i), &topic));
        desk->topics[i] = topic.id;
    }
    return NULL;
}

static void add_once(int64_t *ids, size_t *count, int64_t id)
{
    for (size_t i = 0; i < *count; i++)
        if (ids[i] == id)
            return;
    ids[(*count)++] = id;
}

static void assign(struct desk *desk, struct story_draft *draft, instant at)
{
    struct dice *d = &desk->dice;
    draft->section_id = desk->sections[dice_below(d, desk->section_count)];
    size_t people = 1 + (dice_below(d, 4) == 0), topics = 2 + dice_below(d, 3);
    for (size_t i = 0; i < people; i++)
        add_once(draft->people, &draft->people_count, desk->people[dice_below(d, PROSE_AUTHORS)]);
    for (size_t i = 0; i < topics; i++)
        add_once(draft->topics, &draft->topic_count, desk->topics[dice_below(d, PROSE_TOPICS)]);
    draft->published_at = draft->updated_at = at;
}

// The job that publishing queued, done here: of the newest stories in earnest. Older ones take over
// what the last of those before them found, which costs readers the same and this program less.
static error settle(struct work *w, int64_t id, bool in_earnest)
{
    struct job job;
    bool found;
    if (in_earnest)
        try(related_compute(w, id, NULL));
    try(job_lease(w, 60000, &job, &found));
    return found ? job_done(w, &job) : NULL;
}

static error publish_batch(struct work *w, struct desk *desk, int64_t first, int64_t last,
                           int64_t all)
{
    static const struct story_change published = {
        .kind = {"first", 5}, .note = {"", 0}, .approved_by = {"", 0}};
    const int64_t span = YEARS * 365LL * 86400 * 1000;
    const struct zone *zone; // found before the mark: it is kept for all of the work
    try(work_zone(w, &zone));
    for (int64_t n = first; n < last; n++) {
        struct story_draft draft;
        int64_t id;
        struct arena_mark mark = arena_mark(w->arena);
        prose_story(w->arena, &desk->dice, &draft);
        assign(desk, &draft, (instant){w->now.ms - span / all * (all - n)});
        try(story_create(w, &draft, &published, &id));
        try(settle(w, id, all - n <= NEIGHBOURS_COMPUTED || n % 4 == 0));
        // Nobody follows this database yet: what was written need not be told to anybody.
        arena_rewind(w->arena, mark);
        w->writes = keyset_new(w->arena);
        w->reads = keyset_new(w->arena);
    }
    return NULL;
}

static error in_one_transaction(struct newsroom *n, struct desk *desk, int64_t first, int64_t last,
                                int64_t all)
{
    struct work w;
    arena_scoped a = arena_new();
    try(work_write(&w, n->conn, a, instant_now()));
    error e = last ? publish_batch(&w, desk, first, last, all) : make_frame(&w, desk);
    if (!e)
        e = work_commit(&w);
    work_end(&w);
    must(e); // its message lives in `a`
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fprintf(stderr, "usage: generate DIR STORIES\n");
        return 2;
    }
    struct newsroom n;
    struct desk desk = {.dice = dice_new(1)};
    int64_t all = must_number(argv[2]), begun = instant_steady_us();
    arena_scoped a = arena_new();
    must(newsroom_open(a, str_of(argv[1]), &n));
    must(in_one_transaction(&n, &desk, 0, 0, all));
    for (int64_t first = 0; first < all; first += BATCH) {
        int64_t last = first + BATCH < all ? first + BATCH : all;
        must(in_one_transaction(&n, &desk, first, last, all));
    }
    newsroom_close(&n);
    printf("%lld stories in %.1f s\n", (long long)all, (double)(instant_steady_us() - begun) / 1e6);
    return 0;
}
