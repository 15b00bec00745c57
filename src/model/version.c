// The ledger of a story's public versions, chained by hash.
// SPDX-License-Identifier: Apache-2.0
#include "model/version.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "model/statements.h"
#include "model/story.h"
#include "model/work.h"

FIELDS(story_version_fields, struct story_version, "version", FIELD(struct story_version, number),
       FIELD(struct story_version, change_kind), FIELD(struct story_version, note),
       FIELD(struct story_version, approved_by), FIELD(struct story_version, made_at),
       FIELD(struct story_version, headline), FIELD(struct story_version, standfirst),
       FIELD(struct story_version, previous_hash), FIELD(struct story_version, hash),
       FIELD(struct story_version, body));

// SHA-256 over the previous hash and every part of the version, each behind its length, so that no
// two versions share one text.
static str chain_hash(struct arena *a, const struct story_version *v)
{
    struct buf text = buf_new(a, (size_t)64 << 20);
    const str parts[] = {v->previous_hash, v->change_kind, v->note,     v->approved_by,
                         v->headline,      v->standfirst,  v->body.text};
    buf_addf(&text, "%lld %lld\n", (long long)v->number, (long long)v->made_at.ms);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        buf_addf(&text, "%zu ", parts[i].len);
        buf_add(&text, parts[i]);
        buf_add_char(&text, '\n');
    }
    return sha256_hex(a, buf_str(&text));
}

FIELDS(correction_fields, struct correction, "correction", FIELD(struct correction, story_id),
       FIELD(struct correction, number), FIELD(struct correction, change_kind),
       FIELD(struct correction, note), FIELD(struct correction, made_at),
       FIELD(struct correction, headline), FIELD(struct correction, path),
       FIELD(struct correction, language));

// Where a correction stands among all.
static void key_correction(struct keyset *set, instant made_at, int64_t story_id)
{
    rank at = {made_at.ms, story_id};
    keyset_add_range(set, S("corrections"), at, at);
}

// Whether readers are told of it below the story.
static bool is_told(str change_kind)
{
    return str_eq(change_kind, S("correction")) || str_eq(change_kind, S("clarification")) ||
           str_eq(change_kind, S("retraction"));
}

struct hash_row {
    str hash;
};
FIELDS_LOCAL(hash_fields, struct hash_row, "version", FIELD(struct hash_row, hash));

error version_add(struct work *w, int64_t story_id, int64_t number, const struct story_draft *draft,
                  const struct story_change *change)
{
    struct hash_row previous = {S("")};
    bool found = true;
    if (number > 1)
        try(db_one(w->conn, w->arena, SQL_VERSION_HASH, ARGS(V(story_id), V(number - 1)),
                   &hash_fields, &previous, &found));
    if (!found)
        return failure(w->arena, FAULT_DATA, S("version"), "story %lld has no version %lld",
                       (long long)story_id, (long long)(number - 1));
    struct story_version v = {
        .number = number,
        .change_kind = change->kind,
        .note = change->note,
        .approved_by = change->approved_by,
        .made_at = w->now,
        .headline = draft->headline,
        .standfirst = draft->standfirst,
        .previous_hash = previous.hash,
        .body = draft->body,
    };
    v.hash = chain_hash(w->arena, &v);
    bool is_public = str_eq(draft->status, S("published"));
    if (is_told(v.change_kind))
        key_correction(&w->writes, v.made_at, story_id);
    return db_run(w->conn, w->arena, SQL_VERSION_CREATE,
                  ARGS(V(story_id), V(v.number), V(v.change_kind), V(v.note), V(v.approved_by),
                       V(v.made_at), V(v.headline), V(v.standfirst), V(v.previous_hash), V(v.hash),
                       V(v.body), V(is_public)),
                  NULL);
}

error version_list(struct work *w, int64_t story_id, struct list *versions)
{
    key_facet(&w->reads, "story", story_id, "body");
    return db_list(w->conn, w->arena, SQL_VERSION_LIST, ARGS(V(story_id)), &story_version_fields,
                   versions);
}

error version_notes(struct work *w, int64_t story_id, struct list *versions)
{
    key_facet(&w->reads, "story", story_id, "body");
    return db_list(w->conn, w->arena, SQL_VERSION_NOTES, ARGS(V(story_id)), &story_version_fields,
                   versions);
}

// A headline is part of the card, a text of the body: either makes a version.
static void key_versions(struct work *w, int64_t story_id)
{
    key_facet(&w->reads, "story", story_id, "card");
    key_facet(&w->reads, "story", story_id, "body");
}

error version_public_list(struct work *w, int64_t story_id, struct list *versions)
{
    key_versions(w, story_id);
    return db_list(w->conn, w->arena, SQL_VERSION_PUBLIC_LIST,
                   ARGS(V(story_id), V((int64_t)VERSIONS_SHOWN)), &story_version_fields, versions);
}

error version_public_by_number(struct work *w, int64_t story_id, int64_t number,
                               struct story_version *out, bool *found)
{
    key_versions(w, story_id);
    return db_one(w->conn, w->arena, SQL_VERSION_PUBLIC_BY_NUMBER, ARGS(V(story_id), V(number)),
                  &story_version_fields, out, found);
}

error version_publish(struct work *w, int64_t story_id)
{
    try(db_run(w->conn, w->arena, SQL_VERSION_PUBLISH, ARGS(V(story_id)), NULL));
    return version_name_corrections(w, story_id);
}

error version_name_corrections(struct work *w, int64_t story_id)
{
    struct list notes;
    try(db_list(w->conn, w->arena, SQL_VERSION_NOTES, ARGS(V(story_id)), &story_version_fields,
                &notes));
    for (size_t i = 0; i < notes.count; i++)
        key_correction(&w->writes, list_at(&notes, struct story_version, i)->made_at, story_id);
    return NULL;
}

error correction_list(struct work *w, instant from, instant to, int64_t most,
                      struct list *corrections)
{
    struct list rows;
    try(db_list(w->conn, w->arena, SQL_VERSION_CORRECTION_LIST, ARGS(V(from), V(to), V(most)),
                &correction_fields, &rows));
    rank low = {from.ms, INT64_MIN}, high = {to.ms, INT64_MIN};
    for (size_t i = 0; i < rows.count; i++) {
        const struct correction *row = list_at(&rows, struct correction, i);
        key_facet(&w->reads, "story", row->story_id, "card");
        if ((int64_t)rows.count == most)
            low = (rank){row->made_at.ms, row->story_id};
    }
    keyset_add_range(&w->reads, S("corrections"), low, high);
    *corrections = rows;
    return NULL;
}

struct made_row {
    instant made_at;
};
FIELDS_LOCAL(made_fields, struct made_row, "correction", FIELD(struct made_row, made_at));

error correction_first(struct work *w, instant *made_at, bool *found)
{
    struct made_row row;
    keyset_add_range(&w->reads, S("corrections"), RANK_LOWEST, RANK_HIGHEST);
    try(db_one(w->conn, w->arena, SQL_VERSION_FIRST_CORRECTION, NO_ARGS, &made_fields, &row,
               found));
    if (*found)
        *made_at = row.made_at;
    return NULL;
}

bool version_follows(struct arena *a, str previous, const struct story_version *v)
{
    return str_eq(v->previous_hash, previous) && str_eq(chain_hash(a, v), v->hash);
}

int64_t version_first_broken(struct arena *a, const struct list *versions)
{
    str previous = S("");
    for (size_t i = 0; i < versions->count; i++) {
        const struct story_version *v = list_at(versions, struct story_version, i);
        if (!version_follows(a, previous, v))
            return v->number;
        previous = v->hash;
    }
    return 0;
}
