// Prints the paths of a publication as readers want them: front and sections, stories from the
// newest on, then feeds, archives, topics and authors.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "base/arena.h"
#include "bench/newsroom.h"
#include "model/archive.h"
#include "model/listing.h"
#include "model/person.h"
#include "model/section.h"
#include "model/topic.h"

enum { AT_ONCE = 1000 };

static error print_sections(struct work *w)
{
    struct list cards;
    try(section_list(w, &cards));
    puts("/\n/feed.xml\n/latest/\n/sitemap.xml");
    for (size_t i = 0; i < cards.count; i++)
        printf("%.*s\n", STR(list_at(&cards, struct section_card, i)->path));
    return NULL;
}

static error print_stories(struct work *w)
{
    struct list cards = {0};
    rank below = RANK_HIGHEST;
    do {
        try(listing_cards(w, (struct list_of){LIST_ALL, 0}, below, RANK_LOWEST, AT_ONCE, &cards));
        for (size_t i = 0; i < cards.count; i++)
            printf("%.*s\n", STR(list_at(&cards, struct story_card, i)->path));
        if (cards.count)
            below = story_rank(list_at(&cards, struct story_card, cards.count - 1));
    } while (cards.count == AT_ONCE);
    return NULL;
}

// Month archives of a section, its feed, and of the whole publication the sitemaps.
static error print_months(struct work *w, struct list_of list, str path)
{
    struct list parts;
    int64_t before = 0;
    try(archive_parts(w, list, &parts));
    for (size_t i = 0; i < parts.count; i++) {
        int64_t month = list_at(&parts, struct archive_part, i)->month;
        if (month != before)
            printf(list.kind == LIST_ALL ? "/sitemap%.*s%04d/%02d/1.xml\n" : "%.*s%04d/%02d/\n",
                   STR(path), (int)(month / 100), (int)(month % 100));
        before = month;
    }
    if (list.kind == LIST_SECTION)
        printf("%.*sfeed.xml\n%.*sarchive/\n", STR(path), STR(path));
    return NULL;
}

static error print_archives(struct work *w)
{
    struct list cards;
    try(section_list(w, &cards));
    try(print_months(w, (struct list_of){LIST_ALL, 0}, S("/")));
    for (size_t i = 0; i < cards.count; i++) {
        const struct section_card *card = list_at(&cards, struct section_card, i);
        try(print_months(w, (struct list_of){LIST_SECTION, card->id}, card->path));
    }
    return NULL;
}

static error print_subjects(struct work *w)
{
    struct list people, topics;
    try(person_list(w, 0, AT_ONCE, &people));
    try(topic_list(w, 0, AT_ONCE, &topics));
    for (size_t i = 0; i < topics.count; i++)
        printf("%.*s\n", STR(list_at(&topics, struct topic_card, i)->path));
    for (size_t i = 0; i < people.count; i++)
        printf("%.*s\n", STR(list_at(&people, struct person_card, i)->path));
    return NULL;
}

int main(int argc, char **argv)
{
    struct newsroom n;
    struct work w;
    arena_scoped a = arena_new();
    if (argc != 2) {
        fprintf(stderr, "usage: paths DIR\n");
        return 2;
    }
    must(newsroom_open(a, str_of(argv[1]), &n));
    must(work_read(&w, n.conn, a, instant_now()));
    must(print_sections(&w));
    must(print_stories(&w));
    must(print_archives(&w));
    must(print_subjects(&w));
    work_end(&w);
    newsroom_close(&n);
    return 0;
}
