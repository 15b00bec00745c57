// Reads an archive through once: whether it is whole, and what its manifest says.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_source.h"

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "interop/archive_files.h"
#include "model/transfer.h"

bool archive_is_file(str name)
{
    return str_starts(name, ARCHIVE_FILES) && name.len > ARCHIVE_FILES.len &&
           !str_ends(name, S("/")) && str_find(name, S("//")) < 0;
}

const struct transfer_noun *archive_noun(str name)
{
    if (!str_ends(name, S(".jsonl")))
        return NULL;
    str stem = str_sub(name, 0, name.len - S(".jsonl").len);
    for (const struct transfer_noun *noun = transfer_nouns; noun->name.len; noun++)
        if (str_eq(noun->name, stem))
            return noun;
    return NULL;
}

void archive_tell(struct archive_source *s, str doing)
{
    if (s->options->progress)
        s->options->progress(s->options->context, doing, unpack_permille(s->from), 1000);
}

// ---- the manifest

// The rows of each noun refer to those before, so their order is fixed.
static error check_order(struct archive_source *s)
{
    const struct transfer_noun *last = NULL;
    bool files = false;
    for (size_t i = 0; i < s->manifest.members.count; i++) {
        str name = list_at(&s->manifest.members, struct manifest_member, i)->name;
        const struct transfer_noun *noun = archive_noun(name);
        if (noun && (noun <= last || files))
            return failure(s->arena, FAULT_INPUT, MANIFEST_NAME,
                           "names %.*s at the wrong place or twice", STR(name));
        last = noun ? noun : last;
        files = files || archive_is_file(name);
    }
    if (!last)
        return failure(s->arena, FAULT_INPUT, MANIFEST_NAME, "names nothing that can be restored");
    return NULL;
}

static error read_manifest(struct archive_source *s)
{
    struct unpack_member member;
    struct buf text = buf_new(s->arena, MANIFEST_MOST);
    bool found;
    str bytes = STR_NONE;
    try(unpack_next(s->from, s->arena, &member, &found));
    if (!found || !str_eq(member.name, MANIFEST_NAME))
        return failure(s->arena, FAULT_INPUT, s->options->path,
                       "is no Broadsheet archive: manifest.json must stand first in it");
    do {
        try(unpack_bytes(s->from, s->arena, &bytes));
        buf_add(&text, bytes);
    } while (bytes.len && !text.overflow);
    if (text.overflow)
        return failure(s->arena, FAULT_LIMIT, MANIFEST_NAME, "is larger than %d MiB",
                       MANIFEST_MOST >> 20);
    try(manifest_read(s->arena, buf_str(&text), &s->manifest));
    return check_order(s);
}

// ---- the members

static int64_t lines_in(str bytes)
{
    int64_t lines = 0;
    for (ptrdiff_t at; (at = str_find_char(bytes, '\n')) >= 0; lines++)
        bytes = str_from(bytes, (size_t)at + 1);
    return lines;
}

static error check_member(struct archive_source *s, const struct manifest_member *says,
                          const struct unpack_member *is)
{
    arena_scoped scratch = arena_new();
    struct sha256 sum;
    int64_t rows = 0;
    str bytes;
    if (is->size != says->bytes)
        return failure(s->arena, FAULT_INPUT, is->name, "has %lld bytes; the manifest says %lld",
                       (long long)is->size, (long long)says->bytes);
    sha256_begin(&sum);
    do {
        try(unpack_bytes(s->from, s->arena, &bytes));
        sha256_add(&sum, bytes);
        rows += lines_in(bytes);
        archive_tell(s, S("checking"));
    } while (bytes.len);
    s->content += is->size;
    if (!str_eq(sha256_end(&sum, scratch), says->sha256))
        return failure(s->arena, FAULT_INPUT, is->name,
                       "is not what was written: its SHA-256 differs from the manifest's");
    if (str_ends(is->name, S(".jsonl")) && rows != says->rows)
        return failure(s->arena, FAULT_INPUT, is->name, "has %lld rows; the manifest says %lld",
                       (long long)rows, (long long)says->rows);
    return NULL;
}

static void leave_out(struct archive_source *s, str name)
{
    if (s->options->left_out)
        s->options->left_out(s->options->context, name);
}

static error check_members(struct archive_source *s)
{
    arena_scoped names = arena_new();
    size_t i = 0;
    for (;;) {
        struct unpack_member is;
        bool found;
        arena_reset(names);
        error e = unpack_next(s->from, names, &is, &found);
        if (e)
            return failure(s->arena, e->fault, e->where, "%.*s", STR(e->message));
        const struct manifest_member *says =
            i < s->manifest.members.count ? list_at(&s->manifest.members, struct manifest_member, i)
                                          : NULL;
        if (!found && says)
            return failure(s->arena, FAULT_INPUT, says->name,
                           "is missing, or not at its place: is the archive whole?");
        if (!found)
            return NULL;
        bool listed = says && str_eq(says->name, is.name);
        if (listed)
            try(check_member(s, says, &is));
        i += listed;
        if (!archive_noun(is.name) && !archive_is_file(is.name))
            leave_out(s, is.name);
        else if (!listed)
            return failure(s->arena, FAULT_INPUT, str_copy(s->arena, is.name),
                           "is not what the manifest names at this place");
    }
}

error archive_open(struct arena *a, const struct archive_options *options,
                   struct archive_source **out)
{
    struct archive_source *s = arena_make(a, struct archive_source);
    *s = (struct archive_source){.options = options, .arena = a};
    try(unpack_open(a, options->path, &s->from));
    error e = read_manifest(s);
    if (!e)
        e = check_members(s);
    if (e)
        archive_close(s);
    else
        *out = s;
    return e;
}

void archive_close(struct archive_source *s)
{
    if (s)
        unpack_close(s->from);
}
