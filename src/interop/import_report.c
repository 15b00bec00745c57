// What an import brought in, left out and changed, for people and for programs.
// SPDX-License-Identifier: Apache-2.0
#include "interop/import_report.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"

enum { REPORT_MOST = 16 << 20 };

static const char *const kind_names[IMPORTED_KINDS] = {
    "stories", "pages", "people", "sections", "topics", "pictures", "comments", "menus"};

void import_report_init(struct import_report *r, struct arena *a)
{
    *r = (struct import_report){.arena = a};
    struct tally *const all[] = {&r->closed,     &r->left_out,           &r->changed,
                                 &r->shortcodes, &r->unknown_shortcodes, &r->blocks_left_out,
                                 &r->refused};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        *all[i] = tally_new(a);
}

void import_report_note(struct import_report *r, const char *format, ...)
{
    va_list args;
    if (r->note_count++ >= REPORT_NOTES_MOST)
        return;
    va_start(args, format);
    r->notes[r->note_count - 1] = str_vformat(r->arena, format, args);
    va_end(args);
}

// ---- tallies in the order of their names

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct map_slot *)a)->key, ((const struct map_slot *)b)->key);
}

static size_t sorted(struct arena *a, const struct tally *t, struct map_slot **out)
{
    size_t count = 0;
    *out = arena_array(a, struct map_slot, t->names.count + 1);
    for (size_t i = 0; i < t->names.cap; i++)
        if (t->names.slots[i].key.ptr)
            (*out)[count++] = t->names.slots[i];
    qsort(*out, count, sizeof **out, by_name);
    return count;
}

static long long count_of(const struct map_slot *slot)
{
    return *(const int64_t *)slot->value;
}

// ---- for people

static void add_counts(struct buf *out, const struct import_report *r)
{
    for (int i = 0; i < IMPORTED_KINDS; i++) {
        const struct import_counts *c = &r->counts[i];
        int64_t all = c->created + c->updated + c->unchanged + c->kept;
        if (!all)
            continue;
        buf_addf(out, "  %-10s %8lld new", kind_names[i], (long long)c->created);
        if (c->updated)
            buf_addf(out, ", %lld changed", (long long)c->updated);
        if (c->unchanged)
            buf_addf(out, ", %lld as they were", (long long)c->unchanged);
        if (c->kept)
            buf_addf(out, ", %lld edited here and kept", (long long)c->kept);
        buf_add_char(out, '\n');
    }
}

static void add_tally(struct arena *a, struct buf *out, const char *heading, const struct tally *t)
{
    struct map_slot *slots;
    size_t count = sorted(a, t, &slots);
    if (!count)
        return;
    buf_addf(out, "%s\n", heading);
    for (size_t i = 0; i < count; i++)
        buf_addf(out, "  %8lld  %.*s\n", count_of(&slots[i]), STR(slots[i].key));
}

static void add_notes(struct buf *out, const struct import_report *r)
{
    int64_t shown = r->note_count < REPORT_LINES_SHOWN ? r->note_count : REPORT_LINES_SHOWN;
    if (!shown)
        return;
    buf_add(out, S("To look at:\n"));
    for (int64_t i = 0; i < shown; i++)
        buf_addf(out, "  %.*s\n", STR(r->notes[i]));
    if (r->note_count > shown)
        buf_addf(out, "  and %lld more, which --json lists\n", (long long)(r->note_count - shown));
}

static void add_media(struct buf *out, const struct import_media_counts *m)
{
    if (!m->came_in && !m->known && !m->not_found && !m->refused)
        return;
    buf_addf(out, "Files of pictures: %lld came in, %lld were there, %lld not found, %lld refused",
             (long long)m->came_in, (long long)m->known, (long long)m->not_found,
             (long long)m->refused);
    if (m->texts)
        buf_addf(out, "; %lld texts show them now", (long long)m->texts);
    buf_add_char(out, '\n');
}

str import_report_text(struct arena *a, const struct import_report *r, bool dry_run)
{
    struct buf out = buf_new(a, REPORT_MOST);
    buf_addf(&out, "%s from %.*s in %.1f s:\n", dry_run ? "Would come in" : "Came in",
             STR(r->source), (double)r->microseconds / 1e6);
    if (r->made.len)
        buf_addf(&out, "  a publication: %.*s; \"broadsheet publication\" changes that\n",
                 STR(r->made));
    add_counts(&out, r);
    add_media(&out, &r->media);
    add_tally(a, &out, "Files that were refused:", &r->refused);
    add_tally(a, &out, "Not for readers, kept closed:", &r->closed);
    add_tally(a, &out, "Left out:", &r->left_out);
    add_tally(a, &out, "Changed on the way:", &r->changed);
    add_tally(a, &out, "Shortcodes turned into markup:", &r->shortcodes);
    add_tally(a, &out, "Unknown shortcodes, of which only the text stays:", &r->unknown_shortcodes);
    add_tally(a, &out, "Blocks that only WordPress can fill:", &r->blocks_left_out);
    add_notes(&out, r);
    return str_trim_right(buf_str(&out));
}

// ---- for programs

static void add_json_text(struct buf *out, str s)
{
    buf_add_char(out, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\')
            buf_addf(out, "\\%c", c);
        else if (c < 0x20)
            buf_addf(out, "\\u%04x", c);
        else
            buf_add_char(out, (char)c);
    }
    buf_add_char(out, '"');
}

static void add_json_tally(struct arena *a, struct buf *out, const char *name,
                           const struct tally *t)
{
    struct map_slot *slots;
    size_t count = sorted(a, t, &slots);
    buf_addf(out, ",\"%s\":{", name);
    for (size_t i = 0; i < count; i++) {
        buf_add(out, i ? S(",") : S(""));
        add_json_text(out, slots[i].key);
        buf_addf(out, ":%lld", count_of(&slots[i]));
    }
    buf_add_char(out, '}');
}

static void add_json_counts(struct buf *out, const struct import_report *r)
{
    buf_add(out, S(",\"came_in\":{"));
    for (int i = 0; i < IMPORTED_KINDS; i++) {
        const struct import_counts *c = &r->counts[i];
        buf_addf(out,
                 "%s\"%s\":{\"created\":%lld,\"updated\":%lld,\"unchanged\":%lld,\"kept\":%lld}",
                 i ? "," : "", kind_names[i], (long long)c->created, (long long)c->updated,
                 (long long)c->unchanged, (long long)c->kept);
    }
    buf_add_char(out, '}');
}

str import_report_json(struct arena *a, const struct import_report *r, bool dry_run)
{
    struct buf out = buf_new(a, REPORT_MOST);
    buf_add(&out, S("{\"source\":"));
    add_json_text(&out, r->source);
    buf_add(&out, S(",\"made\":"));
    add_json_text(&out, r->made);
    buf_addf(&out, ",\"dry_run\":%s,\"milliseconds\":%lld", dry_run ? "true" : "false",
             (long long)(r->microseconds / 1000));
    add_json_counts(&out, r);
    buf_addf(&out,
             ",\"files\":{\"came_in\":%lld,\"known\":%lld,\"not_found\":%lld,\"refused\":%lld,"
             "\"texts\":%lld}",
             (long long)r->media.came_in, (long long)r->media.known, (long long)r->media.not_found,
             (long long)r->media.refused, (long long)r->media.texts);
    add_json_tally(a, &out, "refused", &r->refused);
    add_json_tally(a, &out, "closed", &r->closed);
    add_json_tally(a, &out, "left_out", &r->left_out);
    add_json_tally(a, &out, "changed", &r->changed);
    add_json_tally(a, &out, "shortcodes", &r->shortcodes);
    add_json_tally(a, &out, "unknown_shortcodes", &r->unknown_shortcodes);
    add_json_tally(a, &out, "blocks_left_out", &r->blocks_left_out);
    buf_add(&out, S(",\"notes\":["));
    int64_t kept = r->note_count < REPORT_NOTES_MOST ? r->note_count : REPORT_NOTES_MOST;
    for (int64_t i = 0; i < kept; i++) {
        buf_add(&out, i ? S(",") : S(""));
        add_json_text(&out, r->notes[i]);
    }
    buf_addf(&out, "],\"note_count\":%lld}", (long long)r->note_count);
    return buf_str(&out);
}
