// Commands that bring publications in from other systems.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>
#include <unistd.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/routes.h"
#include "base/arena.h"
#include "base/turns.h"
#include "interop/picture_maker.h"
#include "interop/wordpress.h"
#include "site/pages.h"

struct progress {
    int64_t begun, told; // microseconds; begun: with writing, 0 before
    bool shown;
};

// At most five times a second, on one line of a terminal.
static void show_progress(void *context, int64_t done, int64_t all)
{
    struct progress *p = context;
    int64_t now = instant_steady_us();
    if (!p->begun && all)
        p->begun = now;
    if (now - p->told < 200000 || !done)
        return;
    if (!all) {
        p->told = now;
        p->shown = true;
        fprintf(stderr, "\rreading: %lld items   ", (long long)done);
        return;
    }
    double seconds = (double)(now - p->begun) / 1e6;
    double rate = (double)done / (seconds > 0.001 ? seconds : 0.001);
    p->told = now;
    p->shown = true;
    fprintf(stderr, "\r%lld of %lld items, %.0f a second, %.0f s left   ", (long long)done,
            (long long)all, rate, (double)(all - done) / rate);
}

static void show_pictures(void *context, int64_t done, int64_t all)
{
    struct progress *p = context;
    p->shown = true;
    fprintf(stderr, "\r\033[K%lld of %lld pictures   ", (long long)done, (long long)all);
}

static void end_progress(const struct progress *p)
{
    if (p->shown)
        fprintf(stderr, "\r\033[K");
}

// A path that a route of its own answers can be nobody else's.
static bool is_reserved(str path)
{
    struct place place;
    str file;
    const struct route *route = route_find(HTTP_GET, path, &place, &file, NULL);
    return !route || route->page != site_place;
}

// Where the site is served, its readers go first.
static bool let_readers_go_first(struct invocation *in)
{
    bool served = access(str_z(in->arena, invocation_path(in, S("control.sock"))), F_OK) == 0;
    if (served)
        turns_behind_readers();
    return served;
}

// Said before hours of reading, not behind them.
static error ready_for_pictures(struct invocation *in, struct picture_maker **maker)
{
    try(invocation_pictures(in, maker));
    error e = picture_maker_ready(*maker, in->arena);
    return e ? failure(in->arena, e->fault, S("import wordpress"),
                       "--media needs the program that prepares pictures: %.*s: %.*s; without "
                       "--media the texts come in, and the pictures can follow",
                       STR(e->where), STR(e->message))
             : NULL;
}

static error import_wordpress(struct invocation *in, struct wordpress_options *options,
                              struct import_report *report)
{
    try(invocation_create(in));
    if (options->media.len && !options->dry_run)
        try(ready_for_pictures(in, &options->maker));
    options->idle = let_readers_go_first(in);
    return wordpress_import(in->db, in->arena, in->words, in->word_count, options, report);
}

error command_import_wordpress(struct invocation *in)
{
    struct import_report *report = arena_make(in->arena, struct import_report);
    struct progress progress = {.told = instant_steady_us()};
    struct wordpress_options options = {
        .now = in->now,
        .dry_run = option_given(in, "dry-run"),
        .reserved = is_reserved,
        .progress = isatty(STDERR_FILENO) ? show_progress : NULL,
        .picture_progress = isatty(STDERR_FILENO) ? show_pictures : NULL,
        .progress_context = &progress,
        .media = option(in, "media", S("")),
    };
    if (option_given(in, "media") && !options.media.len)
        return failure(in->arena, FAULT_INPUT, S("import wordpress"), "--media needs a folder");
    error e = import_wordpress(in, &options, report);
    end_progress(&progress);
    // What was written into a new directory stays: the next import goes on with it.
    try(report->made.len ? e : invocation_or_nothing(in, e));
    if (options.dry_run)
        invocation_undo(in);
    bool json = option_given(in, "json");
    str text = json ? import_report_json(in->arena, report, options.dry_run)
                    : import_report_text(in->arena, report, options.dry_run);
    if (report->commit)
        return json ? invocation_announce_json(in, report->commit, text)
                    : invocation_announce(in, report->commit, text);
    printf("%.*s\n", STR(text));
    return NULL;
}
