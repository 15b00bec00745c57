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
    return db_run(w->conn, w->arena, SQL_VERSION_CREATE,
                  ARGS(V(story_id), V(v.number), V(v.change_kind), V(v.note), V(v.approved_by),
                       V(v.made_at), V(v.headline), V(v.standfirst), V(v.previous_hash), V(v.hash),
                       V(v.body)),
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
