// The lists that stories stand in, newest first.
// SPDX-License-Identifier: Apache-2.0
#include "model/listing.h"

#include "base/arena.h"
#include "model/archive.h"
#include "model/kept_cards.h"
#include "model/statements.h"
#include "model/work.h"

FIELDS_LOCAL(rank_fields, rank, "place", FIELD(rank, at), FIELD(rank, id));

static value kind_of(struct list_of list)
{
    return V((int64_t)list.kind);
}

static rank just_above(rank r)
{
    return r.id == INT64_MAX ? r : (rank){r.at, r.id + 1};
}

static rank just_below(rank r)
{
    return r.id == INT64_MIN || r.id == INT64_MAX ? r : (rank){r.at, r.id - 1};
}

static void read_cards(struct work *w, const struct list *cards)
{
    for (size_t i = 0; i < cards->count; i++)
        story_card_read(w, list_at(cards, struct story_card, i));
}

// Row by row with the list, or where cards are kept, the list alone and each card from there.
static error read_stretch(struct work *w, struct list_of list, rank before, rank down_to,
                          int64_t most, struct list *cards)
{
    const struct args args = ARGS(kind_of(list), V(list.id), V(before.at), V(before.id),
                                  V(down_to.at), V(down_to.id), V(most));
    struct list ids;
    if (!w->kept)
        return db_list(w->conn, w->arena, SQL_LISTING_CARDS, args, &story_card_fields, cards);
    try(db_list(w->conn, w->arena, SQL_LISTING_STRETCH, args, &story_id_fields, &ids));
    return kept_cards(w, &ids, cards);
}

error listing_cards(struct work *w, struct list_of list, rank before, rank down_to, int64_t most,
                    struct list *cards)
{
    try(read_stretch(w, list, before, down_to, most, cards));
    bool full = (int64_t)cards->count == most && most > 0;
    rank low = full ? story_rank(list_at(cards, struct story_card, cards->count - 1)) : down_to;
    key_list(&w->reads, list.kind, list.id, low, just_below(before));
    read_cards(w, cards);
    return NULL;
}

error listing_neighbour(struct work *w, struct list_of list, rank from, bool newer,
                        struct story_card *card, bool *found)
{
    if (!newer) {
        struct list cards;
        try(listing_cards(w, list, from, RANK_LOWEST, 1, &cards));
        *found = cards.count == 1;
        if (*found)
            *card = *list_at(&cards, struct story_card, 0);
        return NULL;
    }
    try(db_one(w->conn, w->arena, SQL_LISTING_NEWER,
               ARGS(kind_of(list), V(list.id), V(from.at), V(from.id)), &story_card_fields, card,
               found));
    key_list(&w->reads, list.kind, list.id, just_above(from),
             *found ? story_rank(card) : RANK_HIGHEST);
    if (*found)
        story_card_read(w, card);
    return NULL;
}

// The newest of a list as they were read for this work.
struct ranks_read {
    struct ranks_read *next;
    struct list_of list;
    int64_t most;
    struct list ranks;
};

static const struct ranks_read *ranks_found(const struct work *w, struct list_of list, int64_t most)
{
    const struct ranks_read *one = w->ranks;
    while (one && (one->list.kind != list.kind || one->list.id != list.id || one->most != most))
        one = one->next;
    return one;
}

error listing_ranks(struct work *w, struct list_of list, int64_t most, struct list *ranks)
{
    const struct ranks_read *known = ranks_found(w, list, most);
    if (!known) {
        struct ranks_read *now = arena_make(w->arena, struct ranks_read);
        try(db_list(w->conn, w->arena, SQL_LISTING_IDS, ARGS(kind_of(list), V(list.id), V(most)),
                    &rank_fields, &now->ranks));
        now->next = w->ranks;
        now->list = list;
        now->most = most;
        known = w->ranks = now;
    }
    *ranks = known->ranks;
    return NULL;
}

static bool holds(const struct placement *p, struct list_of list, rank at)
{
    if (rank_cmp(p->at, at) != 0)
        return false;
    for (size_t i = 0; i < p->count; i++)
        if (p->lists[i].kind == list.kind && p->lists[i].id == list.id)
            return true;
    return false;
}

static error leave(struct work *w, struct list_of list, rank at)
{
    key_list(&w->writes, list.kind, list.id, at, at);
    try(db_run(w->conn, w->arena, SQL_LISTING_REMOVE,
               ARGS(kind_of(list), V(list.id), V(at.at), V(at.id)), NULL));
    return archive_remove(w, list, at);
}

static error enter(struct work *w, struct list_of list, rank at)
{
    key_list(&w->writes, list.kind, list.id, at, at);
    try(db_run(w->conn, w->arena, SQL_LISTING_ADD,
               ARGS(kind_of(list), V(list.id), V(at.at), V(at.id)), NULL));
    return archive_add(w, list, at);
}

error listing_place(struct work *w, const struct placement *before, const struct placement *after)
{
    w->ranks = NULL;
    for (size_t i = 0; i < before->count; i++)
        if (!holds(after, before->lists[i], before->at))
            try(leave(w, before->lists[i], before->at));
    for (size_t i = 0; i < after->count; i++)
        if (!holds(before, after->lists[i], after->at))
            try(enter(w, after->lists[i], after->at));
    return NULL;
}
