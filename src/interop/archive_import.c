// Stores what an archive holds: all of it in one transaction, or nothing.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "base/arena.h"
#include "interop/archive_files.h"
#include "interop/archive_line.h"
#include "interop/archive_source.h"
#include "model/story.h"
#include "model/transfer.h"
#include "model/version.h"
#include "model/work.h"
#include "text/clean.h"

enum { HASH_LEN = 64, TELL_ROWS = 256 };

struct importing {
    struct archive_source *source;
    struct work *work;
    struct arena *row; // of the row at hand
    struct archive_files *files;
    // The version that was stored last: the next one follows it.
    int64_t story, number;
    char hash[HASH_LEN];
};

// ---- versions

static error check_version(struct importing *x, const struct transfer_row *row)
{
    const struct story_version v = {
        .number = row->numbers[1],
        .change_kind = row->texts[2],
        .note = row->texts[3],
        .approved_by = row->texts[4],
        .made_at = {row->numbers[5]},
        .headline = row->texts[6],
        .standfirst = row->texts[7],
        .previous_hash = row->texts[8],
        .hash = row->texts[9],
        .body = {row->texts[10]},
    };
    bool first = row->numbers[0] != x->story;
    str previous = first ? S("") : (str){x->hash, HASH_LEN};
    if (v.number != (first ? 1 : x->number + 1))
        return failure(x->row, FAULT_INPUT, S("version"), "does not follow the one before it");
    if (v.hash.len != HASH_LEN || !version_follows(x->row, previous, &v))
        return failure(x->row, FAULT_INPUT, S("version"),
                       "version %lld of story %lld is not what its hash was made of",
                       (long long)v.number, (long long)row->numbers[0]);
    x->story = row->numbers[0];
    x->number = v.number;
    memcpy(x->hash, v.hash.ptr, HASH_LEN);
    return NULL;
}

// ---- markup: nothing comes in that the cleaner would not have let through

static error is_clean(struct arena *a, str markup, enum link_trust links, bool no_media, bool *out)
{
    struct clean_options options = {.base = S(""), .links = links, .no_media = no_media};
    struct cleaned cleaned;
    try(clean_html(a, markup, &options, &cleaned));
    *out = str_eq(cleaned.body.text, markup);
    return NULL;
}

static error check_markup(struct importing *x, enum transfer_kind kind, str markup)
{
    bool clean = false;
    if (kind == TRANSFER_SAID)
        try(is_clean(x->row, markup, LINKS_READER, true, &clean));
    for (int links = LINKS_EDITORIAL; !clean && kind == TRANSFER_MARKUP && links <= LINKS_READER;
         links++)
        try(is_clean(x->row, markup, links, false, &clean));
    if (clean)
        return NULL;
    return failure(x->row, FAULT_INPUT, S("markup"),
                   "would not pass the cleaner as it stands: if you know who wrote the archive, "
                   "import it with --trust");
}

static error check_texts(struct importing *x, const struct transfer_noun *noun,
                         const struct transfer_row *row)
{
    bool known = x->source->options->trust;
    if (!known && str_eq(noun->name, S("versions")))
        try(transfer_body_is(x->work, x->row, row->numbers[0], row->texts[10], &known));
    for (size_t i = 0; !known && i < noun->fields->count; i++)
        if ((noun->kinds[i] == TRANSFER_MARKUP || noun->kinds[i] == TRANSFER_SAID) &&
            row->texts[i].len)
            try(check_markup(x, noun->kinds[i], row->texts[i]));
    return NULL;
}

// ---- rows

static error store_row(struct importing *x, const struct transfer_noun *noun, str line)
{
    struct transfer_row row;
    try(archive_line_read(x->row, noun, line, &row));
    if (str_eq(noun->name, S("versions")))
        try(check_version(x, &row));
    try(check_texts(x, noun, &row));
    return transfer_write(x->work, x->row, noun, &row);
}

// Says where; and what clashes inside an archive is the archive's fault.
static error at_line(struct importing *x, str member, int64_t line, error e)
{
    struct arena *a = x->source->arena;
    return failure(a, e->fault == FAULT_CONFLICT ? FAULT_INPUT : e->fault,
                   str_format(a, "%.*s:%lld", STR(member), (long long)line), "%.*s: %.*s",
                   STR(e->where), STR(e->message));
}

static error store_rows(struct importing *x, const struct transfer_noun *noun, str member)
{
    for (int64_t number = 1;; number++) {
        str line;
        bool found;
        arena_reset(x->row);
        error e = unpack_line(x->source->from, x->row, ARCHIVE_LINE_MOST, &line, &found);
        if (!e && !found)
            return NULL;
        if (!e)
            e = store_row(x, noun, line);
        if (e)
            return at_line(x, member, number, e);
        if (number % TELL_ROWS == 0)
            archive_tell(x->source, S("importing"));
    }
}

static error store_file(struct importing *x, str name)
{
    str bytes;
    try(archive_files_add(x->files, name));
    do {
        try(unpack_bytes(x->source->from, x->source->arena, &bytes));
        try(archive_files_write(x->files, bytes));
    } while (bytes.len);
    archive_tell(x->source, S("importing"));
    return NULL;
}

// Pass one has seen that the members are those of the manifest, in its order.
static error store_members(struct importing *x)
{
    arena_scoped names = arena_new();
    for (;;) {
        struct unpack_member is;
        bool found;
        arena_reset(names);
        error e = unpack_next(x->source->from, names, &is, &found);
        const struct transfer_noun *noun = !e && found ? archive_noun(is.name) : NULL;
        if (noun)
            e = store_rows(x, noun, is.name);
        else if (!e && found && archive_is_file(is.name))
            e = store_file(x, is.name);
        if (e)
            return failure(x->source->arena, e->fault, e->where, "%.*s", STR(e->message));
        if (!found)
            return NULL;
    }
}

// ---- the whole

static error check_empty(struct work *w)
{
    bool empty;
    try(transfer_is_empty(w, w->arena, &empty));
    if (!empty)
        return failure(w->arena, FAULT_CONFLICT, S("import archive"),
                       "the data directory holds a publication already: import into an empty one");
    return NULL;
}

error archive_check_empty(struct db_conn *conn, struct arena *a, instant now)
{
    struct work w;
    try(work_read(&w, conn, a, now));
    error e = check_empty(&w);
    work_end(&w);
    return e;
}

static error store_all(struct importing *x)
{
    try(check_empty(x->work));
    try(archive_files_begin(x->source->arena, x->source->options->pictures, &x->files));
    try(unpack_rewind(x->source->from, x->source->arena));
    try(store_members(x));
    archive_tell(x->source, S("finishing"));
    try(transfer_finish(x->work));
    try(archive_files_finish(x->files));
    return work_commit(x->work);
}

error archive_import(struct archive_source *s, struct db_conn *conn, struct arena *a, instant now,
                     struct archive_report *report)
{
    struct work w;
    arena_scoped row = arena_new();
    try(work_write(&w, conn, a, now));
    struct importing x = {.source = s, .work = &w, .row = row};
    error e = store_all(&x);
    work_end(&w);
    if (x.files)
        archive_files_close(x.files, e != NULL);
    if (e)
        return e;
    *report = (struct archive_report){.members = s->manifest.members,
                                      .publication = s->manifest.publication,
                                      .content = s->content,
                                      .commit = w.commit};
    return NULL;
}
