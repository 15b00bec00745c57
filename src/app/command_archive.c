// Commands that take a whole publication out into one file, and bring it back.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "base/arena.h"
#include "interop/archive_file.h"
#include "interop/archive_manifest.h"
#include "model/publication.h"
#include "model/work.h"
#include "text/slug.h"

enum { TELL_EVERY_US = 200000, NAME_SLUG_MOST = 40 };

// ---- what is seen of it

struct watch {
    bool terminal;
    int64_t next_us;
    FILE *out; // where the report goes: standard output may carry the archive
};

static void show_progress(void *context, str doing, int64_t done, int64_t of)
{
    struct watch *watch = context;
    int64_t now = instant_steady_us();
    if (!watch->terminal || now < watch->next_us)
        return;
    watch->next_us = now + TELL_EVERY_US;
    if (of)
        fprintf(stderr, "\r%.*s %3d %%\033[K", STR(doing), (int)((double)done / (double)of * 100));
    else
        fprintf(stderr, "\r%.*s %lld MB\033[K", STR(doing), (long long)(done / 1000000));
}

static void end_progress(struct watch *watch)
{
    if (watch->terminal && watch->next_us)
        fprintf(stderr, "\r\033[K");
}

static void say_left_out(void *context, str name)
{
    struct watch *watch = context;
    end_progress(watch);
    fprintf(stderr, "broadsheet: %.*s is nothing that this program knows: left out\n", STR(name));
}

static struct archive_options options_for(struct invocation *in, struct watch *watch, str path)
{
    *watch = (struct watch){.terminal = isatty(STDERR_FILENO), .out = stdout};
    if (str_eq(path, S("-")))
        watch->out = stderr;
    return (struct archive_options){
        .path = path,
        .pictures = invocation_path(in, S("pictures")),
        .program = S(BROADSHEET_VERSION),
        .trust = option_given(in, "trust"),
        .progress = show_progress,
        .left_out = say_left_out,
        .context = watch,
    };
}

static bool print_rows(FILE *to, const struct manifest_member *m, bool first)
{
    str name = m->name;
    if (!str_ends(name, S(".jsonl")) || !m->rows)
        return false;
    fprintf(to, "%s%lld %.*s", first ? "" : ", ", (long long)m->rows,
            STR(str_sub(name, 0, name.len - S(".jsonl").len)));
    return true;
}

static void print_counts(FILE *to, const struct archive_report *r)
{
    size_t files = 0;
    bool first = true;
    for (size_t i = 0; i < r->members.count; i++) {
        const struct manifest_member *m = list_at(&r->members, struct manifest_member, i);
        files += !str_ends(m->name, S(".jsonl"));
        if (print_rows(to, m, first))
            first = false;
    }
    fprintf(to, ", %zu picture files\n", files);
}

// ---- export

// The publication's name and the day, where no file is named.
static error choose_name(struct invocation *in, struct db_conn *conn, str *out)
{
    struct publication p;
    struct work w;
    try(work_read(&w, conn, in->arena, in->now));
    error e = publication_read(&w, &p);
    work_end(&w);
    if (!e)
        *out = str_format(in->arena, "%.*s-%.*s.tar.zst",
                          STR(slug_from(in->arena, p.name, NAME_SLUG_MOST)),
                          STR(str_sub(instant_rfc3339(in->arena, in->now), 0, 10)));
    return e;
}

error command_export_archive(struct invocation *in)
{
    struct db_conn *conn;
    struct watch watch;
    struct archive_report report;
    int64_t begun = instant_steady_us();
    str path = in->word_count ? in->words[0] : STR_NONE;
    try(invocation_connect(in, &conn));
    if (!path.len)
        try(choose_name(in, conn, &path));
    struct archive_options options = options_for(in, &watch, path);
    error e = archive_export(conn, in->arena, in->now, &options, &report);
    end_progress(&watch);
    if (e)
        return e;
    print_counts(watch.out, &report);
    fprintf(watch.out, "exported %.*s to %.*s: %.1f MB, %.1f MB unpacked, in %.2f s\n",
            STR(report.publication), STR(path), (double)report.size / 1e6,
            (double)report.content / 1e6, (double)(instant_steady_us() - begun) / 1e6);
    return NULL;
}

// ---- import

static error check_target(struct invocation *in)
{
    struct db_conn *conn;
    if (access(str_z(in->arena, invocation_path(in, S("broadsheet.db"))), F_OK) < 0)
        return NULL;
    try(invocation_connect(in, &conn));
    return archive_check_empty(conn, in->arena, in->now);
}

static error import(struct invocation *in, struct archive_source *source,
                    struct archive_report *report)
{
    struct db_conn *conn;
    if (!in->db)
        try(invocation_create(in));
    try(invocation_connect(in, &conn));
    return archive_import(source, conn, in->arena, in->now, report);
}

error command_import_archive(struct invocation *in)
{
    struct watch watch;
    struct archive_report report;
    struct archive_source *source = NULL;
    int64_t begun = instant_steady_us();
    struct archive_options options = options_for(in, &watch, in->words[0]);
    // What can be refused at once is; and nothing is made before the archive was read through.
    try(check_target(in));
    error e = archive_open(in->arena, &options, &source);
    if (!e)
        e = import(in, source, &report);
    archive_close(source);
    end_progress(&watch);
    if (e)
        return e;
    print_counts(watch.out, &report);
    return invocation_announce(
        in, report.commit,
        str_format(in->arena, "imported %.*s into %.*s: %.1f MB unpacked, in %.2f s",
                   STR(report.publication), STR(option(in, "data", S("data"))),
                   (double)report.content / 1e6, (double)(instant_steady_us() - begun) / 1e6));
}
