// Commands that publish, change, withdraw and list stories.
// SPDX-License-Identifier: Apache-2.0
#include <stdio.h>

#include "app/commands.h"
#include "app/invocation.h"
#include "app/writing.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "interop/file_list.h"
#include "interop/local_pictures.h"
#include "interop/publish.h"
#include "interop/story_file.h"
#include "model/feature.h"
#include "model/listing.h"
#include "model/section.h"
#include "model/story.h"
#include "model/work.h"
#include "text/date.h"
#include "text/json.h"

enum { LISTED = 20, LISTED_MOST = 100000, JSON_LINE_MOST = 64 * 1024 };

static struct story_options story_options(struct invocation *in)
{
    return (struct story_options){
        .section = given(in, "section", S("")),
        .change = given(in, "change", S("")),
        .note = given(in, "note", S("")),
        .approved_by = given(in, "by", S("")),
    };
}

// ---- publish

// What went wrong with files. The first is held back: where there is only one file, it is all that
// need be said.
struct refusals {
    struct arena *arena;
    error first;
    size_t count;
    size_t strays; // keys in front matters that mean nothing
};

static void complain(struct arena *a, error e)
{
    fprintf(stderr, "broadsheet: %.*s\n", STR(error_text(a, e)));
}

static void taken(void *context, str file, const struct frontmatter *head)
{
    struct refusals *r = context;
    tell_of_strays(file, head, &r->strays);
}

static void refused(void *context, error e)
{
    struct refusals *r = context;
    r->count++;
    if (r->count == 1) {
        r->first =
            failure(r->arena, e->fault, str_copy(r->arena, e->where), "%.*s", STR(e->message));
        return;
    }
    if (r->count == 2)
        complain(r->arena, r->first);
    complain(r->arena, e);
}

static error card_of(struct invocation *in, int64_t id, struct story_card *card)
{
    struct work w;
    bool found;
    try(work_read(&w, in->conn, in->arena, in->now));
    error e = story_card_by_id(&w, id, card, &found);
    work_end(&w);
    return e;
}

static error describe_one(struct invocation *in, const struct publish_report *r, str *out)
{
    struct story_card card = {.path = S("")};
    try(card_of(in, r->story, &card));
    const char *did = r->created ? "published" : r->updated ? "updated" : "nothing new at";
    *out = str_format(in->arena, "%s %.*s", did, STR(card.path));
    if (str_eq(card.status, S("withdrawn")))
        *out = str_format(
            in->arena, "%.*s, which is withdrawn; \"broadsheet story restore %.*s\" puts it back",
            STR(*out), STR(card.path));
    return NULL;
}

static error describe(struct invocation *in, const struct publish_report *r, int64_t took_us,
                      str *out)
{
    size_t files = r->created + r->updated + r->unchanged + r->drafts + r->failed;
    if (files == 1 && !r->drafts && r->story)
        return describe_one(in, r, out);
    struct buf text = buf_new(in->arena, 500);
    buf_addf(&text, "%zu published, %zu updated, %zu unchanged", r->created, r->updated,
             r->unchanged);
    if (r->drafts)
        buf_addf(&text, r->drafts == 1 ? ", 1 draft left out" : ", %zu drafts left out", r->drafts);
    buf_addf(&text, ", %zu failed, in %.2f s", r->failed, (double)took_us / 1e6);
    *out = buf_str(&text);
    return NULL;
}

static error too_bad(struct invocation *in, const struct refusals *refusals)
{
    if (refusals->count == 1)
        complain(in->arena, refusals->first);
    return failure(in->arena, FAULT_INPUT, S("story publish"),
                   refusals->count == 1 ? "one file could not be published; put it right and "
                                          "publish it again"
                                        : "%zu files could not be published; put them right and "
                                          "publish them again",
                   refusals->count);
}

static void note(void *context, str sentence)
{
    fprintf(stderr, "broadsheet: %.*s\n", STR(sentence));
}

error command_story_publish(struct invocation *in)
{
    struct db_conn *conn;
    struct story_options story = story_options(in);
    struct refusals refusals = {.arena = in->arena};
    struct publish_options options = {
        .story = &story, .failed = refused, .taken = taken, .noted = note, .context = &refusals};
    struct publish_report report;
    int64_t begun = instant_steady_us();
    str what;
    try(invocation_connect(in, &conn));
    try(invocation_pictures(in, &options.maker));
    error e = publish_paths(conn, in->arena, in->now, in->words, in->word_count, &options, &report);
    if (e && refusals.count == 1)
        complain(in->arena, refusals.first);
    try(e);
    if (refusals.strays > STRAYS_TOLD)
        fprintf(stderr, "broadsheet: and %zu more such keys\n", refusals.strays - STRAYS_TOLD);
    if (report.failed == 1 && !(report.created + report.updated + report.unchanged + report.drafts))
        return refusals.first;
    try(describe(in, &report, instant_steady_us() - begun, &what));
    if (report.commit)
        try(invocation_announce(in, report.commit, what));
    else
        printf("%.*s\n", STR(what));
    fflush(stdout);
    return report.failed ? too_bad(in, &refusals) : NULL;
}

// ---- edit, move, withdraw, restore

// Before anything is written: pictures take their time.
static error read_edit(struct invocation *in, struct story_file *file)
{
    struct story_reading reading = {.now = in->now, .partial = true};
    struct listed_file *listed;
    size_t count;
    str text;
    try(reading_zone(in, &reading.zone));
    try(invocation_pictures(in, &reading.maker));
    try(file_read(in->arena, in->words[1], STORY_FILE_MOST, &text));
    try(story_file_read(in->arena, &reading, in->words[1], text, file));
    try(file_list(in->arena, in->words + 1, 1, &listed, &count));
    file->origin = listed[0].real;
    size_t strays = 0;
    tell_of_strays(in->words[1], &file->head, &strays);
    for (size_t i = 0; i < file->pictures->left_out_count; i++)
        note(NULL, file->pictures->left_out[i]);
    return NULL;
}

static error edit(struct invocation *in, struct work *w, const struct story_file *file)
{
    struct story_options options = story_options(in);
    int64_t id;
    bool changed;
    try(find_story(w, in->words[0], &id));
    return story_file_edit(w, id, file, &options, &changed);
}

error command_story_edit(struct invocation *in)
{
    struct work w;
    struct story_file file;
    try(read_edit(in, &file));
    try(writing_begin(in, &w));
    error e = edit(in, &w, &file);
    return writing_end(in, &w, e, str_join(in->arena, S("changed "), in->words[0]),
                       str_join(in->arena, S("nothing new in "), in->words[1]));
}

static error move(struct invocation *in, struct work *w)
{
    struct story_draft draft;
    struct section section;
    bool found;
    int64_t id;
    str to = given(in, "section", S(""));
    if (!to.len)
        return failure(in->arena, FAULT_INPUT, S("story move"),
                       "say where to: --section markets/stocks");
    try(find_story(w, in->words[0], &id));
    try(section_by_path(w, to, &section, &found));
    if (!found)
        return failure(in->arena, FAULT_NOT_FOUND, S("story move"),
                       "there is no section \"%.*s\"; \"broadsheet section list\" shows them",
                       STR(to));
    try(story_draft_of(w, id, &draft));
    draft.section_id = section.id;
    struct story_change change = {
        .kind = S("update"), .note = S(""), .approved_by = given(in, "by", S(""))};
    return story_update(w, id, &draft, &change, /* changed= */ NULL);
}

error command_story_move(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = move(in, &w);
    return writing_end(in, &w, e,
                       str_format(in->arena, "moved %.*s to %.*s", STR(in->words[0]),
                                  STR(given(in, "section", S("")))),
                       S("it stands there already"));
}

static error withdraw(struct invocation *in, struct work *w)
{
    int64_t id;
    str why = given(in, "reason", S(""));
    if (!str_trim(why).len)
        return failure(in->arena, FAULT_INPUT, S("story withdraw"),
                       "say why, for readers: --reason \"…\"");
    try(find_story(w, in->words[0], &id));
    return story_withdraw(w, id, why);
}

error command_story_withdraw(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = withdraw(in, &w);
    return writing_end(in, &w, e, str_join(in->arena, S("withdrew "), in->words[0]), S(""));
}

error command_story_restore(struct invocation *in)
{
    struct work w;
    int64_t id;
    try(writing_begin(in, &w));
    error e = find_story(&w, in->words[0], &id);
    if (!e)
        e = story_restore(&w, id);
    return writing_end(in, &w, e, str_join(in->arena, S("restored "), in->words[0]), S(""));
}

// ---- the front

static error feature(struct invocation *in, struct work *w)
{
    struct story_card card;
    bool found;
    int64_t id;
    try(find_story(w, in->words[0], &id));
    try(story_card_by_id(w, id, &card, &found));
    if (!found || !str_eq(card.status, S("published")))
        return failure(in->arena, FAULT_CONFLICT, S("story feature"), "%.*s is not published",
                       STR(in->words[0]));
    return feature_set(w, id, given(in, "big", STR_NONE).ptr != NULL);
}

error command_story_feature(struct invocation *in)
{
    struct work w;
    try(writing_begin(in, &w));
    error e = feature(in, &w);
    return writing_end(in, &w, e, str_join(in->arena, S("featured "), in->words[0]),
                       S("it leads already"));
}

error command_story_unfeature(struct invocation *in)
{
    struct work w;
    int64_t id;
    try(writing_begin(in, &w));
    error e = find_story(&w, in->words[0], &id);
    if (!e)
        e = feature_clear(&w, id);
    return writing_end(in, &w, e, str_join(in->arena, S("no longer featured: "), in->words[0]),
                       S("it is not featured"));
}

// ---- list

static void print_json(struct arena *a, const struct story_card *card)
{
    struct buf line = buf_new(a, JSON_LINE_MOST);
    struct json json = json_into(&line);
    json_open_object(&json);
    json_put_member(&json, S("path"), card->path);
    json_put_member(&json, S("headline"), card->headline);
    json_put_member(&json, S("section"),
                    str_sub(card->section_path, 1, card->section_path.len - 1));
    json_put_member(&json, S("status"), card->status);
    json_put_member(&json, S("published"), instant_rfc3339(a, card->published_at));
    json_close_object(&json);
    printf("%.*s\n", STR(buf_str(&line)));
}

static error cards_listed(struct invocation *in, struct work *w, int64_t most, struct list *cards)
{
    struct list_of of = {LIST_ALL, 0};
    struct section section;
    bool found;
    str named = given(in, "section", S("")), status = given(in, "status", S(""));
    if (status.len && named.len)
        return failure(in->arena, FAULT_INPUT, S("story list"),
                       "give --section or --status, not both: only published stories stand in "
                       "sections");
    if (status.len) {
        status = str_eq(status, S("all")) ? S("") : status;
        try(story_check_status(w, status));
        return story_list_by_status(w, status, most, cards);
    }
    if (named.len) {
        try(section_by_path(w, named, &section, &found));
        if (!found)
            return failure(in->arena, FAULT_NOT_FOUND, S("story list"),
                           "there is no section \"%.*s\"", STR(named));
        of = (struct list_of){LIST_SECTION, section.id};
    }
    return listing_cards(w, of, RANK_HIGHEST, RANK_LOWEST, most, cards);
}

static void print_card(struct arena *a, const struct zone *zone, const struct story_card *card)
{
    bool out = str_eq(card->status, S("published"));
    printf("%.*s  %.*s\n    %.*s%s%.*s\n", STR(date_text(a, zone, card->published_at, DATE_FULL)),
           STR(card->headline), STR(card->path), out ? "" : "  ", STR(out ? S("") : card->status));
}

static error list_stories(struct invocation *in, struct work *w)
{
    const struct zone *zone;
    struct list cards;
    int64_t most;
    try(work_zone(w, &zone));
    try(given_number(in, "limit", 1, LISTED, &most));
    try(cards_listed(in, w, most < LISTED_MOST ? most : LISTED_MOST, &cards));
    for (size_t i = 0; i < cards.count; i++) {
        const struct story_card *card = list_at(&cards, struct story_card, i);
        if (given(in, "json", STR_NONE).ptr)
            print_json(in->arena, card);
        else
            print_card(in->arena, zone, card);
    }
    if (cards.count == LISTED && !given(in, "limit", STR_NONE).ptr)
        fprintf(stderr, "These are the newest %d; --limit N lists more.\n", LISTED);
    return NULL;
}

error command_story_list(struct invocation *in)
{
    struct work w;
    try(reading_begin(in, &w));
    error e = list_stories(in, &w);
    work_end(&w);
    return e;
}
