// Cards of stories, taken from the cache where it has them.
// SPDX-License-Identifier: Apache-2.0
#include "model/kept_cards.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "cache/cache.h"
#include "model/statements.h"
#include "model/story.h"
#include "model/work.h"

FIELDS(story_id_fields, struct story_id, "story", FIELD(struct story_id, id));

// Cards that a work took, in its arena.
struct taken_card {
    struct taken_card *next;
    struct kept *kept;
};

// ---- a card as bytes: the record, and behind it its texts, whose places stand for their addresses

static bool is_text(const struct field *field)
{
    return field->kind == FIELD_STR;
}

static str pack(struct arena *a, const struct story_card *card)
{
    const struct fields *fields = &story_card_fields;
    struct story_card moved = *card;
    size_t size = sizeof moved;
    for (size_t i = 0; i < fields->count; i++)
        size += is_text(&fields->all[i]) ? ((str *)field_of(card, &fields->all[i]))->len : 0;
    char *bytes = arena_text(a, size);
    size_t at = sizeof moved;
    for (size_t i = 0; i < fields->count; i++) {
        if (!is_text(&fields->all[i]))
            continue;
        str *text = field_of(&moved, &fields->all[i]);
        if (text->len)
            memcpy(bytes + at, text->ptr, text->len);
        text->ptr = (const char *)(uintptr_t)at;
        at += text->len;
    }
    memcpy(bytes, &moved, sizeof moved);
    return (str){bytes, size};
}

// Its texts stay where they are.
static void unpack(str bytes, struct story_card *card)
{
    const struct fields *fields = &story_card_fields;
    memcpy(card, bytes.ptr, sizeof *card);
    for (size_t i = 0; i < fields->count; i++)
        if (is_text(&fields->all[i])) {
            str *text = field_of(card, &fields->all[i]);
            text->ptr = bytes.ptr + (uintptr_t)text->ptr;
        }
}

// ---- taking and keeping

static str name_of(int64_t id, char room[32])
{
    struct buf name = {.ptr = room, .cap = 32, .max = 32};
    buf_add(&name, S("card/"));
    buf_add_int(&name, id);
    return buf_str(&name);
}

static void hold(struct work *w, struct kept *kept)
{
    struct taken_card *taken = arena_make(w->arena, struct taken_card);
    *taken = (struct taken_card){w->taken, kept};
    w->taken = taken;
}

// One that was made from a newer snapshot would not fit what is read beside it.
static bool take(struct work *w, str name, struct story_card *card)
{
    struct kept *kept = cache_get(w->kept, name, w->now);
    if (!kept)
        return false;
    if (kept_commit(kept) > w->commit) {
        kept_release(kept);
        return false;
    }
    hold(w, kept);
    unpack(kept_bytes(kept), card);
    return true;
}

static void keep(struct work *w, str name, const struct story_card *card)
{
    struct keyset reads = w->reads;
    w->reads = keyset_new(w->arena);
    story_card_read(w, card);
    story_section_read(w, card);
    kept_release(cache_put(w->kept, name, &w->reads, w->commit, pack(w->arena, card), NULL));
    w->reads = reads;
}

static error find(struct work *w, int64_t id, struct story_card *card, bool *found)
{
    char room[32];
    str name = name_of(id, room);
    *found = take(w, name, card);
    if (*found)
        return NULL;
    try(db_one(w->conn, w->arena, SQL_STORY_CARD_BY_ID, ARGS(V(id)), &story_card_fields, card,
               found));
    if (*found)
        keep(w, name, card);
    return NULL;
}

error kept_cards(struct work *w, const struct list *ids, struct list *cards)
{
    struct story_card *all = arena_array(w->arena, struct story_card, ids->count + 1);
    size_t count = 0;
    for (size_t i = 0; i < ids->count; i++) {
        bool found;
        try(find(w, list_at(ids, struct story_id, i)->id, &all[count], &found));
        count += found;
    }
    *cards = (struct list){all, count};
    return NULL;
}

void kept_cards_release(struct work *w)
{
    for (; w->taken; w->taken = w->taken->next)
        kept_release(w->taken->kept);
}
