// The months that a list is archived by, in parts whose addresses keep.
// SPDX-License-Identifier: Apache-2.0
#include "model/archive.h"

#include "base/arena.h"
#include "model/statements.h"
#include "model/work.h"
#include "text/zone.h"

FIELDS(archive_part_fields, struct archive_part, "archive part", FIELD(struct archive_part, month),
       FIELD(struct archive_part, part), FIELD(struct archive_part, low_at),
       FIELD(struct archive_part, low_id), FIELD(struct archive_part, high_at),
       FIELD(struct archive_part, high_id), FIELD(struct archive_part, stories));

struct number_row {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number_row, "archive part", FIELD(struct number_row, number));

FIELDS_LOCAL(rank_fields, rank, "place", FIELD(rank, at), FIELD(rank, id));

static value kind_of(struct list_of list)
{
    return V((int64_t)list.kind);
}

FIELDS(archive_month_fields, struct archive_month, "archive month",
       FIELD(struct archive_month, month));

static void key_stretch(struct work *w, struct keyset *set, const char *what, struct list_of list,
                        int64_t from, int64_t to)
{
    str name = str_format(w->arena, "%s:%d:%lld", what, (int)list.kind, (long long)list.id);
    keyset_add_range(set, name, (rank){from, 0}, (rank){to, 0});
}

// Which parts a month has.
static void key_parts(struct work *w, struct keyset *set, struct list_of list, int64_t month)
{
    key_stretch(w, set, "archive", list, month, month);
}

// A month came to its first stories, or lost its last ones.
static void key_month(struct work *w, struct list_of list, int64_t month)
{
    key_parts(w, &w->writes, list, month);
    key_stretch(w, &w->writes, "months", list, month, month);
}

error archive_parts(struct work *w, struct list_of list, struct list *parts)
{
    key_stretch(w, &w->reads, "archive", list, INT64_MIN, INT64_MAX);
    return db_list(w->conn, w->arena, SQL_ARCHIVE_PARTS, ARGS(kind_of(list), V(list.id)),
                   &archive_part_fields, parts);
}

error archive_parts_of(struct work *w, struct list_of list, int64_t month, struct list *parts)
{
    key_parts(w, &w->reads, list, month);
    return db_list(w->conn, w->arena, SQL_ARCHIVE_PARTS_OF,
                   ARGS(kind_of(list), V(list.id), V(month)), &archive_part_fields, parts);
}

error archive_month_list(struct work *w, struct list_of list, int64_t before, int64_t most,
                         struct list *months)
{
    try(db_list(w->conn, w->arena, SQL_ARCHIVE_MONTH_LIST,
                ARGS(kind_of(list), V(list.id), V(before), V(most)), &archive_month_fields,
                months));
    bool full = most > 0 && (int64_t)months->count == most;
    key_stretch(w, &w->reads, "months", list,
                full ? list_at(months, struct archive_month, months->count - 1)->month : INT64_MIN,
                before - 1);
    return NULL;
}

error archive_month_newer(struct work *w, struct list_of list, int64_t month,
                          struct archive_month *out, bool *found)
{
    try(db_one(w->conn, w->arena, SQL_ARCHIVE_MONTH_NEWER,
               ARGS(kind_of(list), V(list.id), V(month)), &archive_month_fields, out, found));
    key_stretch(w, &w->reads, "months", list, month + 1, *found ? out->month : INT64_MAX);
    return NULL;
}

error archive_part_one(struct work *w, struct list_of list, int64_t month, int64_t part,
                       struct archive_part *out, bool *found)
{
    key_parts(w, &w->reads, list, month);
    if (part == 0)
        return db_one(w->conn, w->arena, SQL_ARCHIVE_PART_NEWEST,
                      ARGS(kind_of(list), V(list.id), V(month)), &archive_part_fields, out, found);
    return db_one(w->conn, w->arena, SQL_ARCHIVE_PART_BY_NUMBER,
                  ARGS(kind_of(list), V(list.id), V(month), V(part)), &archive_part_fields, out,
                  found);
}

error archive_cards(struct work *w, struct list_of list, const struct archive_part *part,
                    struct list *cards)
{
    return listing_cards(w, list, (rank){part->high_at, part->high_id},
                         (rank){part->low_at, part->low_id}, INT32_MAX, cards);
}

// The part that `statement` finds for a place.
static error part_at(struct work *w, int statement, struct list_of list, rank at,
                     struct archive_part *out, bool *found)
{
    return db_one(w->conn, w->arena, statement, ARGS(kind_of(list), V(list.id), V(at.at), V(at.id)),
                  &archive_part_fields, out, found);
}

static error last_number(struct work *w, struct list_of list, int64_t month, int64_t *out)
{
    struct number_row last = {0};
    bool found;
    try(db_one(w->conn, w->arena, SQL_ARCHIVE_PART_LAST_NUMBER,
               ARGS(kind_of(list), V(list.id), V(month)), &number_fields, &last, &found));
    *out = last.number;
    return NULL;
}

static error create(struct work *w, struct list_of list, const struct archive_part *p)
{
    key_parts(w, &w->writes, list, p->month);
    return db_run(w->conn, w->arena, SQL_ARCHIVE_PART_CREATE,
                  ARGS(kind_of(list), V(list.id), V(p->month), V(p->part), V(p->low_at),
                       V(p->low_id), V(p->high_at), V(p->high_id), V(p->stories)),
                  NULL);
}

static error update(struct work *w, struct list_of list, const struct archive_part *p)
{
    return db_run(w->conn, w->arena, SQL_ARCHIVE_PART_UPDATE,
                  ARGS(kind_of(list), V(list.id), V(p->month), V(p->part), V(p->high_at),
                       V(p->high_id), V(p->stories)),
                  NULL);
}

// The part that a place stands in.
static error part_holding(struct work *w, struct list_of list, rank at, struct archive_part *out,
                          bool *found)
{
    try(part_at(w, SQL_ARCHIVE_PART_BEGUN, list, at, out, found));
    *found = *found && rank_cmp((rank){out->high_at, out->high_id}, at) > 0;
    return NULL;
}

// Parts that were begun while the publication's clocks showed another time may reach into the
// month, or leave a gap at its end: the new part keeps clear of them.
static error keep_clear(struct work *w, struct list_of list, rank at, struct archive_part *p)
{
    struct archive_part other;
    bool found;
    try(part_at(w, SQL_ARCHIVE_PART_BEGUN, list, at, &other, &found));
    if (found && rank_cmp((rank){other.high_at, other.high_id}, (rank){p->low_at, p->low_id}) > 0) {
        p->low_at = other.high_at;
        p->low_id = other.high_id;
    }
    try(part_at(w, SQL_ARCHIVE_PART_ABOVE, list, at, &other, &found));
    if (found && rank_cmp((rank){other.low_at, other.low_id}, (rank){p->high_at, p->high_id}) < 0) {
        p->high_at = other.low_at;
        p->high_id = other.low_id;
    }
    return NULL;
}

// The first part of a month spans all of it.
static error begin_month(struct work *w, struct list_of list, rank at)
{
    const struct zone *zone;
    try(work_zone(w, &zone));
    struct civil c = zone_civil(zone, (instant){at.at});
    struct civil first = {.year = c.year, .month = c.month, .day = 1};
    struct civil next = {.year = c.year + c.month / 12, .month = c.month % 12 + 1, .day = 1};
    struct archive_part p = {
        .month = c.year * 100 + c.month,
        .low_at = zone_instant(zone, first).ms,
        .high_at = zone_instant(zone, next).ms,
        .stories = 1,
    };
    try(last_number(w, list, p.month, &p.part));
    p.part++;
    try(keep_clear(w, list, at, &p));
    key_month(w, list, p.month);
    return create(w, list, &p);
}

// Gives what stands at or above `mark` in `p` to a new part with the month's next free number.
static error split(struct work *w, struct list_of list, struct archive_part *p, rank mark,
                   int64_t stories_above)
{
    struct archive_part above = *p;
    try(last_number(w, list, p->month, &above.part));
    above.part++;
    above.low_at = mark.at;
    above.low_id = mark.id;
    above.stories = stories_above;
    p->high_at = mark.at;
    p->high_id = mark.id;
    p->stories -= stories_above;
    try(update(w, list, p));
    return create(w, list, &above);
}

// The story `above_low` places above the part's low mark.
static error place_at(struct work *w, struct list_of list, const struct archive_part *p,
                      int64_t above_low, rank *out, bool *found)
{
    return db_one(w->conn, w->arena, SQL_LISTING_MIDDLE,
                  ARGS(kind_of(list), V(list.id), V(p->low_at), V(p->low_id), V(p->high_at),
                       V(p->high_id), V(above_low)),
                  &rank_fields, out, found);
}

// The story next above a place in its part; not found when that is the part's newest.
static error next_in_part(struct work *w, struct list_of list, const struct archive_part *p,
                          rank at, rank *out, bool *found)
{
    return db_one(w->conn, w->arena, SQL_LISTING_NEXT,
                  ARGS(kind_of(list), V(list.id), V(at.at), V(at.id), V(p->high_at), V(p->high_id)),
                  &rank_fields, out, found);
}

error archive_add(struct work *w, struct list_of list, rank at)
{
    struct archive_part p;
    bool found;
    try(part_holding(w, list, at, &p, &found));
    if (!found)
        return begin_month(w, list, at);
    p.stories++;
    if (p.stories == 1)
        key_month(w, list, p.month);
    if (p.stories <= ARCHIVE_PART_STORIES)
        return update(w, list, &p);
    // A full part that grows at its new end begins another; one that grows in its middle is halved
    // when it has twice its measure.
    rank next;
    try(next_in_part(w, list, &p, at, &next, &found));
    if (!found)
        return split(w, list, &p, at, 1);
    if (p.stories < 2 * ARCHIVE_PART_STORIES)
        return update(w, list, &p);
    try(place_at(w, list, &p, ARCHIVE_PART_STORIES, &next, &found));
    return found ? split(w, list, &p, next, p.stories - ARCHIVE_PART_STORIES) : update(w, list, &p);
}

error archive_remove(struct work *w, struct list_of list, rank at)
{
    struct archive_part p;
    bool found;
    try(part_holding(w, list, at, &p, &found));
    if (!found)
        return NULL;
    if (--p.stories == 0)
        key_month(w, list, p.month);
    return update(w, list, &p);
}
