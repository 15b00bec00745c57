// All that a database holds as text, so that tests can compare two of them row by row.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_tables.h"

#include "base/arena.h"
#include "base/buf.h"
#include "db/db.h"
#include "interop/archive_test_sql.h"

enum { DUMP_MOST = 256 << 20 };

// Any column of any table: those of one name have one type everywhere.
struct cells {
    str name, tagline, description, language, zone, base_url, path, kind, address, alt, caption,
        credit, media_type, slug, role, biography, status, headline, standfirst, excerpt,
        source_name, source_url, video_url, withdrawn_why, file, file_hash, body, plain,
        change_kind, note, approved_by, previous_hash, hash, author_name, author_email, author_url,
        source, external_id, local_hash, title, place, label, last_error, stem, variants, summary,
        online_url, organiser, price, signup_url, accent, headline_font, text_font, sans_font;
    int64_t id, local_id, created_at, target, is_current, width, height, parent_id, position,
        picture_id, section_id, person1_id, person2_id, byline_count, published_at, updated_at,
        version, story_id, page_id, comments_open, words, reading_minutes, withdrawn_at, person_id,
        topic_id, number, made_at, list_kind, list_id, month, part, low_at, low_id, high_at,
        high_id, stories, other_id, subject, due_at, leased_until, attempts, alpha, focus_x,
        focus_y, starts_at, ends_at, is_big, is_public, video_seconds, logo_id, logo_dark_id,
        icon_id;
};
#define C(column) FIELD(struct cells, column)
FIELDS_LOCAL(cell_fields, struct cells, "table", C(name), C(tagline), C(description), C(language),
             C(zone), C(base_url), C(path), C(kind), C(address), C(alt), C(caption), C(credit),
             C(media_type), C(slug), C(role), C(biography), C(status), C(headline), C(standfirst),
             C(excerpt), C(source_name), C(source_url), C(video_url), C(withdrawn_why), C(file),
             C(file_hash), C(body), C(plain), C(change_kind), C(note), C(approved_by),
             C(previous_hash), C(hash), C(author_name), C(author_email), C(author_url), C(title),
             C(place), C(label), C(last_error), C(stem), C(variants), C(alpha), C(focus_x),
             C(focus_y), C(source), C(external_id), C(local_hash), C(local_id), C(id),
             C(created_at), C(target), C(is_current), C(width), C(height), C(parent_id),
             C(position), C(picture_id), C(section_id), C(person1_id), C(person2_id),
             C(byline_count), C(published_at), C(updated_at), C(version), C(story_id), C(page_id),
             C(comments_open), C(words), C(reading_minutes), C(withdrawn_at), C(person_id),
             C(topic_id), C(number), C(made_at), C(list_kind), C(list_id), C(month), C(part),
             C(low_at), C(low_id), C(high_at), C(high_id), C(stories), C(other_id), C(subject),
             C(due_at), C(leased_until), C(attempts), C(summary), C(online_url), C(organiser),
             C(price), C(signup_url), C(starts_at), C(ends_at), C(is_big), C(is_public),
             C(video_seconds), C(accent), C(headline_font), C(text_font), C(sans_font), C(logo_id),
             C(logo_dark_id), C(icon_id));

struct name_row {
    str name;
};
FIELDS_LOCAL(name_fields, struct name_row, "table", FIELD(struct name_row, name));

static bool is_apart(str name)
{
    // What the program counts for itself.
    return str_eq(name, S("schema_migration")) || str_eq(name, S("commit_counter")) ||
           str_eq(name, S("change")) || str_starts(name, S("sqlite_"));
}

static void add_row(struct buf *out, str table, const struct cells *row)
{
    buf_addf(out, "%.*s:", STR(table));
    for (size_t i = 0; i < cell_fields.count; i++) {
        const struct field *field = &cell_fields.all[i];
        const void *cell = field_of(row, field);
        const str *text = cell;
        if (field->kind == FIELD_STR && text->ptr)
            buf_addf(out, " %.*s=\"%.*s\"", STR(field->name), STR(*text));
        else if (field->kind == FIELD_INT && *(const int64_t *)cell)
            buf_addf(out, " %.*s=%lld", STR(field->name), (long long)*(const int64_t *)cell);
    }
    buf_add_char(out, '\n');
}

static int statement_of(str table)
{
    for (int i = 0; i < SQL_COUNT; i++)
        if (str_eq(test_statements[i].name, table))
            return i;
    return -1;
}

static error dump_table(struct db_conn *conn, struct arena *a, str table, struct buf *out)
{
    struct list rows;
    int statement = statement_of(table);
    if (statement < 0)
        return failure(a, FAULT_DATA, table, "is a table that no archive brings");
    try(db_list(conn, a, statement, NO_ARGS, &cell_fields, &rows));
    for (size_t i = 0; i < rows.count; i++)
        add_row(out, table, list_at(&rows, struct cells, i));
    return NULL;
}

static error dump(struct db_conn *conn, struct arena *a, struct buf *out)
{
    struct list names;
    try(db_begin(conn, a, DB_READ));
    try(db_list(conn, a, SQL_TABLES, NO_ARGS, &name_fields, &names));
    for (size_t i = 0; i < names.count; i++) {
        str name = list_at(&names, struct name_row, i)->name;
        if (!is_apart(name))
            try(dump_table(conn, a, name, out));
    }
    return NULL;
}

error tables_dump(struct arena *a, str url, str *out)
{
    static const struct db_catalogue catalogue = {test_statements, SQL_COUNT, NULL, 0};
    struct buf text = buf_new(a, DUMP_MOST);
    struct db *db;
    struct db_conn *conn;
    try(db_open(a, url, &catalogue, &db));
    error e = db_connect(db, a, &conn);
    if (!e) {
        e = dump(conn, a, &text);
        db_rollback(conn);
        db_disconnect(conn);
    }
    db_close(db);
    *out = buf_str(&text);
    return e ? e : text.overflow ? failure(a, FAULT_LIMIT, S("dump"), "is too large") : NULL;
}

const char *tables_difference(struct arena *a, str was, str is)
{
    while (was.ptr || is.ptr) {
        str before = str_cut(&was, '\n'), now = str_cut(&is, '\n');
        if (!str_eq(before, now))
            return str_z(a, str_format(a, "was: %.*s\nis:  %.*s", STR(str_sub(before, 0, 4000)),
                                       STR(str_sub(now, 0, 4000))));
    }
    return NULL;
}
