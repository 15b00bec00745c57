// Writes a whole publication into one file. All is read twice in one snapshot: once for the sizes
// and hashes that stand before the content, and once to write it; nothing is kept in between.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/archive_file.h"
#include "interop/archive_files.h"
#include "interop/archive_line.h"
#include "interop/archive_manifest.h"
#include "interop/archive_pack.h"
#include "model/publication.h"
#include "model/transfer.h"
#include "model/work.h"

struct exporting {
    const struct archive_options *options;
    struct arena *arena; // of the whole export
    struct work *work;
    struct arena *page; // of the rows at hand
    struct buf line;
    struct pack *pack;              // NULL while only measured
    struct manifest_member *member; // the one at hand
    struct sha256 sum;
    int64_t bytes, rows; // of it, so far
    int64_t done, of;    // of all
};

static void tell(struct exporting *x)
{
    if (!x->options->progress)
        return;
    if (x->pack)
        x->options->progress(x->options->context, S("writing"), x->done, x->of);
    else
        x->options->progress(x->options->context, S("reading"), x->done, 0);
}

static error take(void *context, str bytes)
{
    struct exporting *x = context;
    x->bytes += (int64_t)bytes.len;
    x->done += (int64_t)bytes.len;
    sha256_add(&x->sum, bytes);
    return x->pack ? pack_add(x->pack, x->arena, bytes) : NULL;
}

// ---- the rows of a noun

static error put_rows(struct exporting *x, const struct transfer_noun *noun,
                      const struct list *rows)
{
    for (size_t i = 0; i < rows->count; i++) {
        x->line.len = 0;
        archive_line_write(&x->line, noun, list_at(rows, struct transfer_row, i));
        if (x->line.overflow)
            return failure(x->arena, FAULT_LIMIT, noun->name, "row %lld is larger than %d MiB",
                           (long long)x->rows + 1, ARCHIVE_LINE_MOST >> 20);
        try(take(x, buf_str(&x->line)));
        x->rows++;
    }
    tell(x);
    return NULL;
}

static error put_noun(struct exporting *x, const struct transfer_noun *noun)
{
    struct transfer_reader *reader = transfer_reader_open(noun);
    struct list rows;
    error e;
    do {
        arena_reset(x->page);
        e = transfer_read(reader, x->work, x->page, &rows);
        if (!e)
            e = put_rows(x, noun, &rows);
    } while (!e && rows.count);
    transfer_reader_close(reader);
    return e;
}

// ---- a member, measured or written

static error put_member(struct exporting *x, const struct transfer_noun *noun, instant at)
{
    struct manifest_member *m = x->member;
    x->bytes = x->rows = 0;
    sha256_begin(&x->sum);
    if (x->pack)
        try(pack_member(x->pack, x->arena, m->name, m->bytes, at));
    try(noun ? put_noun(x, noun)
             : archive_file_read(x->arena, x->options->pictures, m->name, take, x));
    str sum = sha256_end(&x->sum, x->arena);
    if (x->pack && (x->bytes != m->bytes || !str_eq(sum, m->sha256)))
        return failure(x->arena, FAULT_CONFLICT, m->name,
                       "was changed while it was read: try again");
    m->bytes = x->bytes;
    m->rows = x->rows;
    m->sha256 = sum;
    return NULL;
}

static error put_members(struct exporting *x, struct list *members, instant at)
{
    size_t i = 0;
    x->done = 0;
    for (const struct transfer_noun *noun = transfer_nouns; noun->name.len; noun++) {
        x->member = list_at(members, struct manifest_member, i++);
        try(put_member(x, noun, at));
    }
    for (; i < members->count; i++) {
        x->member = list_at(members, struct manifest_member, i);
        try(put_member(x, NULL, at));
        tell(x);
    }
    return NULL;
}

static error name_members(struct exporting *x, struct list *out)
{
    struct list files = {NULL, 0};
    size_t count = 0;
    try(archive_files_list(x->arena, x->options->pictures, &files));
    for (const struct transfer_noun *noun = transfer_nouns; noun->name.len; noun++)
        count++;
    struct manifest_member *all =
        arena_array(x->arena, struct manifest_member, count + files.count);
    for (size_t i = 0; i < count; i++)
        all[i].name = str_join(x->arena, transfer_nouns[i].name, S(".jsonl"));
    for (size_t i = 0; i < files.count; i++)
        all[count + i] = *list_at(&files, struct manifest_member, i);
    *out = (struct list){all, count + files.count};
    return NULL;
}

// ---- the whole

static error put_manifest(struct exporting *x, const struct manifest *m, instant at)
{
    struct buf text = buf_new(x->arena, MANIFEST_MOST);
    manifest_write(&text, m);
    if (text.overflow)
        return failure(x->arena, FAULT_LIMIT, MANIFEST_NAME, "would be larger than %d MiB",
                       MANIFEST_MOST >> 20);
    try(pack_member(x->pack, x->arena, MANIFEST_NAME, (int64_t)text.len, at));
    return pack_add(x->pack, x->arena, buf_str(&text));
}

static error write_pack(struct exporting *x, struct manifest *m, instant at,
                        struct archive_report *report)
{
    try(pack_create(x->arena, x->options->path, &x->pack));
    error e = put_manifest(x, m, at);
    if (!e)
        e = put_members(x, &m->members, at);
    if (!e)
        e = pack_finish(x->pack, x->arena, &report->size);
    pack_close(x->pack);
    return e;
}

static error run(struct exporting *x, struct archive_report *report)
{
    struct publication p;
    struct manifest m = {.program = x->options->program};
    try(publication_read(x->work, &p));
    try(name_members(x, &m.members));
    try(put_members(x, &m.members, p.created_at));
    x->of = x->done;
    m.publication = p.name;
    m.base_url = p.base_url;
    m.created = instant_rfc3339(x->arena, x->work->now);
    *report =
        (struct archive_report){.members = m.members, .publication = p.name, .content = x->done};
    // Two exports of the same newsroom differ in nothing but the manifest's date.
    return write_pack(x, &m, p.created_at, report);
}

error archive_export(struct db_conn *conn, struct arena *a, instant now,
                     const struct archive_options *options, struct archive_report *report)
{
    struct work w;
    arena_scoped page = arena_new();
    arena_scoped text = arena_new();
    try(work_read(&w, conn, a, now));
    struct exporting x = {.options = options,
                          .arena = a,
                          .work = &w,
                          .page = page,
                          .line = buf_new(text, ARCHIVE_LINE_MOST)};
    error e = run(&x, report);
    work_end(&w);
    return e;
}
