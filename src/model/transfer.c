// Every noun's rows as they stand, out of one database and into another: for archives.
// SPDX-License-Identifier: Apache-2.0
#include "model/transfer.h"

#include <string.h>

#include "base/arena.h"
#include "base/heap.h"
#include "model/check.h"
#include "model/publication.h"
#include "model/statements.h"
#include "model/story.h"
#include "model/work.h"

// ---- the columns: the number is that of the insert's parameter

#define PUBLICATION(X)                                                                             \
    X(1, id, NUMBER)                                                                               \
    X(2, name, WORDS)                                                                              \
    X(3, tagline, WORDS)                                                                           \
    X(4, description, WORDS)                                                                       \
    X(5, language, WORDS)                                                                          \
    X(6, zone, WORDS)                                                                              \
    X(7, base_url, WORDS)                                                                          \
    X(8, created_at, NUMBER)                                                                       \
    X(9, accent, WORDS)                                                                            \
    X(10, headline_font, WORDS)                                                                    \
    X(11, text_font, WORDS)                                                                        \
    X(12, sans_font, WORDS)                                                                        \
    X(13, logo_id, NUMBER)                                                                         \
    X(14, logo_dark_id, NUMBER)                                                                    \
    X(15, icon_id, NUMBER)

#define PICTURES(X)                                                                                \
    X(1, id, NUMBER)                                                                               \
    X(2, address, ADDRESS)                                                                         \
    X(3, alt, WORDS)                                                                               \
    X(4, caption, WORDS)                                                                           \
    X(5, credit, WORDS)                                                                            \
    X(6, media_type, WORDS)                                                                        \
    X(7, width, NUMBER)                                                                            \
    X(8, height, NUMBER)                                                                           \
    X(9, stem, WORDS)                                                                              \
    X(10, variants, WORDS)                                                                         \
    X(11, alpha, NUMBER)                                                                           \
    X(12, focus_x, NUMBER)                                                                         \
    X(13, focus_y, NUMBER)                                                                         \
    X(14, hash, WORDS)

#define SECTIONS(X)                                                                                \
    X(1, id, NUMBER)                                                                               \
    X(2, parent_id, NUMBER)                                                                        \
    X(3, slug, WORDS)                                                                              \
    X(4, name, WORDS)                                                                              \
    X(5, description, WORDS)                                                                       \
    X(6, position, NUMBER)                                                                         \
    X(7, path, PATH)

#define PEOPLE(X)                                                                                  \
    X(1, id, NUMBER)                                                                               \
    X(2, slug, WORDS)                                                                              \
    X(3, name, WORDS)                                                                              \
    X(4, role, WORDS)                                                                              \
    X(5, biography, MARKUP)                                                                        \
    X(6, picture_id, REFERENCE)                                                                    \
    X(7, path, PATH)

#define TOPICS(X)                                                                                  \
    X(1, id, NUMBER)                                                                               \
    X(2, slug, WORDS)                                                                              \
    X(3, name, WORDS)                                                                              \
    X(4, description, WORDS)                                                                       \
    X(5, path, PATH)

#define STORIES(X)                                                                                 \
    X(1, id, NUMBER)                                                                               \
    X(2, kind, WORDS)                                                                              \
    X(3, status, WORDS)                                                                            \
    X(4, headline, WORDS)                                                                          \
    X(5, standfirst, WORDS)                                                                        \
    X(6, excerpt, WORDS)                                                                           \
    X(7, section_id, NUMBER)                                                                       \
    X(8, path, PATH)                                                                               \
    X(9, picture_id, REFERENCE)                                                                    \
    X(10, person1_id, REFERENCE)                                                                   \
    X(11, person2_id, REFERENCE)                                                                   \
    X(12, byline_count, NUMBER)                                                                    \
    X(13, source_name, WORDS)                                                                      \
    X(14, published_at, NUMBER)                                                                    \
    X(15, updated_at, NUMBER)                                                                      \
    X(16, version, NUMBER)                                                                         \
    X(17, language, WORDS)                                                                         \
    X(18, video_seconds, NUMBER)                                                                   \
    X(19, source_url, WORDS)                                                                       \
    X(20, video_url, WORDS)                                                                        \
    X(21, comments_open, NUMBER)                                                                   \
    X(22, words, NUMBER)                                                                           \
    X(23, reading_minutes, NUMBER)                                                                 \
    X(24, withdrawn_at, NUMBER)                                                                    \
    X(25, withdrawn_why, WORDS)                                                                    \
    X(26, file, UNIQUE)                                                                            \
    X(27, file_hash, WORDS)                                                                        \
    X(28, body, MARKUP)                                                                            \
    X(29, plain, LONG)
enum { STORY_COLUMNS = 18 }; // the others stand in story_body

#define VERSIONS(X)                                                                                \
    X(1, story_id, NUMBER)                                                                         \
    X(2, number, NUMBER)                                                                           \
    X(3, change_kind, WORDS)                                                                       \
    X(4, note, WORDS)                                                                              \
    X(5, approved_by, WORDS)                                                                       \
    X(6, made_at, NUMBER)                                                                          \
    X(7, headline, WORDS)                                                                          \
    X(8, standfirst, WORDS)                                                                        \
    X(9, previous_hash, WORDS)                                                                     \
    X(10, hash, WORDS)                                                                             \
    X(11, body, MARKUP)                                                                            \
    X(12, is_public, NUMBER)

#define RELATED(X)                                                                                 \
    X(1, story_id, NUMBER)                                                                         \
    X(2, position, NUMBER)                                                                         \
    X(3, other_id, NUMBER)

#define FEATURES(X)                                                                                \
    X(1, story_id, NUMBER)                                                                         \
    X(2, is_big, NUMBER)                                                                           \
    X(3, made_at, NUMBER)

#define PARTS(X)                                                                                   \
    X(1, list_kind, NUMBER)                                                                        \
    X(2, list_id, NUMBER)                                                                          \
    X(3, month, NUMBER)                                                                            \
    X(4, part, NUMBER)                                                                             \
    X(5, low_at, NUMBER)                                                                           \
    X(6, low_id, NUMBER)                                                                           \
    X(7, high_at, NUMBER)                                                                          \
    X(8, high_id, NUMBER)                                                                          \
    X(9, stories, NUMBER)

#define PAGES(X)                                                                                   \
    X(1, id, NUMBER)                                                                               \
    X(2, path, PATH)                                                                               \
    X(3, title, WORDS)                                                                             \
    X(4, description, WORDS)                                                                       \
    X(5, body, MARKUP)                                                                             \
    X(6, updated_at, NUMBER)                                                                       \
    X(7, status, WORDS)

#define COMMENTS(X)                                                                                \
    X(1, id, NUMBER)                                                                               \
    X(2, story_id, REFERENCE)                                                                      \
    X(3, page_id, REFERENCE)                                                                       \
    X(4, parent_id, NUMBER)                                                                        \
    X(5, status, WORDS)                                                                            \
    X(6, author_name, WORDS)                                                                       \
    X(7, author_email, WORDS)                                                                      \
    X(8, author_url, ADDRESS)                                                                      \
    X(9, body, SAID)                                                                               \
    X(10, created_at, NUMBER)

#define EVENTS(X)                                                                                  \
    X(1, id, NUMBER)                                                                               \
    X(2, path, PATH)                                                                               \
    X(3, kind, WORDS)                                                                              \
    X(4, status, WORDS)                                                                            \
    X(5, title, WORDS)                                                                             \
    X(6, summary, WORDS)                                                                           \
    X(7, starts_at, NUMBER)                                                                        \
    X(8, ends_at, NUMBER)                                                                          \
    X(9, zone, WORDS)                                                                              \
    X(10, place, WORDS)                                                                            \
    X(11, online_url, ADDRESS)                                                                     \
    X(12, organiser, WORDS)                                                                        \
    X(13, price, WORDS)                                                                            \
    X(14, signup_url, ADDRESS)                                                                     \
    X(15, picture_id, REFERENCE)                                                                   \
    X(16, body, MARKUP)                                                                            \
    X(17, updated_at, NUMBER)

#define MENUS(X)                                                                                   \
    X(1, id, NUMBER)                                                                               \
    X(2, place, WORDS)                                                                             \
    X(3, parent_id, NUMBER)                                                                        \
    X(4, position, NUMBER)                                                                         \
    X(5, label, WORDS)                                                                             \
    X(6, address, ADDRESS)

#define IMPORTS(X)                                                                                 \
    X(1, source, WORDS)                                                                            \
    X(2, kind, WORDS)                                                                              \
    X(3, external_id, WORDS)                                                                       \
    X(4, local_id, NUMBER)                                                                         \
    X(5, hash, WORDS)                                                                              \
    X(6, local_hash, WORDS)

#define PATHS(X)                                                                                   \
    X(1, path, PATH)                                                                               \
    X(2, kind, WORDS)                                                                              \
    X(3, target, NUMBER)                                                                           \
    X(4, is_current, NUMBER)                                                                       \
    X(5, address, ADDRESS)                                                                         \
    X(6, created_at, NUMBER)

#define JOBS(X)                                                                                    \
    X(1, id, NUMBER)                                                                               \
    X(2, kind, WORDS)                                                                              \
    X(3, subject, NUMBER)                                                                          \
    X(4, due_at, NUMBER)                                                                           \
    X(5, attempts, NUMBER)                                                                         \
    X(6, last_error, WORDS)

// ---- the tables made of them

#define ROW(member, n)                                                                             \
    (offsetof(struct transfer_row, member) +                                                       \
     ((n)-1) * sizeof(((struct transfer_row *)0)->member[0]))
#define IN_NUMBER(n) ROW(numbers, n), FIELD_INT
#define IN_REFERENCE(n) ROW(numbers, n), FIELD_INT
#define IN_WORDS(n) ROW(texts, n), FIELD_STR
#define IN_UNIQUE(n) ROW(texts, n), FIELD_STR
#define IN_LONG(n) ROW(texts, n), FIELD_STR
#define IN_MARKUP(n) ROW(texts, n), FIELD_STR
#define IN_SAID(n) ROW(texts, n), FIELD_STR
#define IN_PATH(n) ROW(texts, n), FIELD_STR
#define IN_ADDRESS(n) ROW(texts, n), FIELD_STR
#define AS_FIELD(n, column, kind) {{#column, sizeof #column - 1}, IN_##kind(n), NULL},
#define AS_KIND(n, column, kind) TRANSFER_##kind,
#define COLUMNS(name, LIST)                                                                        \
    static const struct field name##_all[] = {LIST(AS_FIELD)};                                     \
    static const enum transfer_kind name##_kinds[] = {LIST(AS_KIND)};                              \
    static const struct fields name##_columns = {{#name, sizeof #name - 1},                        \
                                                 sizeof(struct transfer_row),                      \
                                                 name##_all,                                       \
                                                 sizeof name##_all / sizeof *name##_all};          \
    _Static_assert(sizeof name##_all / sizeof *name##_all <= TRANSFER_COLUMNS, "room in a row")

COLUMNS(publication, PUBLICATION);
COLUMNS(pictures, PICTURES);
COLUMNS(sections, SECTIONS);
COLUMNS(people, PEOPLE);
COLUMNS(topics, TOPICS);
COLUMNS(stories, STORIES);
COLUMNS(versions, VERSIONS);
COLUMNS(related, RELATED);
COLUMNS(features, FEATURES);
COLUMNS(parts, PARTS);
COLUMNS(pages, PAGES);
COLUMNS(comments, COMMENTS);
COLUMNS(events, EVENTS);
COLUMNS(menus, MENUS);
COLUMNS(imports, IMPORTS);
COLUMNS(paths, PATHS);
COLUMNS(jobs, JOBS);

#define NAMED(text)                                                                                \
    {                                                                                              \
        text, sizeof(text) - 1                                                                     \
    }
// A noun of one table, known by its first `key_count` columns.
#define NOUN(file, columns, key_count, read, write, identity, page)                                \
    {                                                                                              \
        .name = NAMED(file), .fields = &columns##_columns, .kinds = columns##_kinds,               \
        .keys = key_count, .select = SQL_##read, .insert = SQL_##write, .insert_rest = -1,         \
        .set_identity = identity, .rows_most = page                                                \
    }

enum { FEW = 500, MANY = 5000 }; // rows at once, where they are small

const struct transfer_noun transfer_nouns[] = {
    NOUN("publication", publication, 1, TRANSFER_PUBLICATION_LIST, TRANSFER_PUBLICATION_ADD, -1,
         FEW),
    NOUN("pictures", pictures, 1, TRANSFER_PICTURE_LIST, TRANSFER_PICTURE_ADD,
         SQL_TRANSFER_PICTURE_ID, FEW),
    NOUN("sections", sections, 1, TRANSFER_SECTION_LIST, TRANSFER_SECTION_ADD,
         SQL_TRANSFER_SECTION_ID, FEW),
    NOUN("people", people, 1, TRANSFER_PERSON_LIST, TRANSFER_PERSON_ADD, SQL_TRANSFER_PERSON_ID,
         FEW),
    NOUN("topics", topics, 1, TRANSFER_TOPIC_LIST, TRANSFER_TOPIC_ADD, SQL_TRANSFER_TOPIC_ID, FEW),
    {
        .name = NAMED("stories"),
        .fields = &stories_columns,
        .kinds = stories_kinds,
        .keys = 1,
        .select = SQL_TRANSFER_STORY_LIST,
        .insert = SQL_TRANSFER_STORY_ADD,
        .insert_rest = SQL_TRANSFER_STORY_BODY_ADD,
        .split = STORY_COLUMNS,
        .set_identity = SQL_TRANSFER_STORY_ID,
        .rows_most = FEW,
        .lists = {{NAMED("people"), SQL_TRANSFER_BYLINE_LIST, SQL_STORY_BYLINE_ADD},
                  {NAMED("topics"), SQL_TRANSFER_TOPICS_LIST, SQL_STORY_TOPIC_ADD}},
    },
    NOUN("versions", versions, 2, TRANSFER_VERSION_LIST, VERSION_CREATE, -1, FEW),
    NOUN("related", related, 2, TRANSFER_RELATED_LIST, RELATED_ADD, -1, MANY),
    NOUN("features", features, 1, TRANSFER_FEATURE_LIST, FEATURE_ADD, -1, FEW),
    NOUN("archive-parts", parts, 4, TRANSFER_PART_LIST, ARCHIVE_PART_CREATE, -1, FEW),
    NOUN("pages", pages, 1, TRANSFER_PAGE_LIST, TRANSFER_PAGE_ADD, SQL_TRANSFER_PAGE_ID, FEW),
    NOUN("comments", comments, 1, TRANSFER_COMMENT_LIST, TRANSFER_COMMENT_ADD,
         SQL_TRANSFER_COMMENT_ID, FEW),
    NOUN("events", events, 1, TRANSFER_EVENT_LIST, TRANSFER_EVENT_ADD, SQL_TRANSFER_EVENT_ID, FEW),
    NOUN("menus", menus, 1, TRANSFER_MENU_LIST, TRANSFER_MENU_ADD, SQL_TRANSFER_MENU_ID, FEW),
    // Where a database's own order of texts is not that of bytes, each page sorts them all.
    NOUN("paths", paths, 1, TRANSFER_PATH_LIST, TRANSFER_PATH_ADD, -1, MANY),
    NOUN("imports", imports, 3, TRANSFER_IMPORT_LIST, IMPORT_ITEM_SAVE, -1, MANY),
    NOUN("jobs", jobs, 1, TRANSFER_JOB_LIST, TRANSFER_JOB_ADD, SQL_TRANSFER_JOB_ID, FEW),
    {.name = {NULL, 0}},
};

bool transfer_is_text(enum transfer_kind kind)
{
    return kind != TRANSFER_NUMBER && kind != TRANSFER_REFERENCE;
}

// ---- reading

// A page begins small and grows while its texts are: bodies may have megabytes each.
enum { ROWS_FIRST = 16, PAGE_SMALL = 1 << 20, PAGE_LARGE = 4 << 20 };

struct transfer_reader {
    const struct transfer_noun *noun;
    struct arena *last; // the texts of the key that was read last
    value keys[TRANSFER_COLUMNS];
    size_t rows; // of the next page
    bool ended;
};

struct transfer_reader *transfer_reader_open(const struct transfer_noun *noun)
{
    struct transfer_reader *r = heap_new(struct transfer_reader);
    r->noun = noun;
    r->last = arena_new();
    r->rows = ROWS_FIRST;
    for (size_t i = 0; i < noun->keys; i++)
        r->keys[i] = transfer_is_text(noun->kinds[i]) ? V(S("")) : V((int64_t)INT64_MIN);
    return r;
}

void transfer_reader_close(struct transfer_reader *r)
{
    arena_free(r->last);
    heap_free(r);
}

static value value_of(const struct transfer_row *row, const enum transfer_kind *kinds, size_t i)
{
    if (kinds[i] == TRANSFER_REFERENCE && row->numbers[i] == 0)
        return VALUE_NONE;
    if (!transfer_is_text(kinds[i]))
        return V(row->numbers[i]);
    return kinds[i] == TRANSFER_UNIQUE && !row->texts[i].ptr ? VALUE_NONE : V(row->texts[i]);
}

static void remember(struct transfer_reader *r, const struct transfer_row *row)
{
    arena_reset(r->last);
    for (size_t i = 0; i < r->noun->keys; i++) {
        r->keys[i] = value_of(row, r->noun->kinds, i);
        if (r->keys[i].kind == VALUE_TEXT)
            r->keys[i].text = str_copy(r->last, r->keys[i].text);
    }
}

static void choose_size(struct transfer_reader *r, const struct list *rows)
{
    size_t bytes = 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct transfer_row *row = list_at(rows, struct transfer_row, i);
        for (size_t k = 0; k < r->noun->fields->count; k++)
            bytes += row->texts[k].len;
    }
    if (bytes < PAGE_SMALL)
        r->rows *= 2;
    else if (bytes > PAGE_LARGE && r->rows > 1)
        r->rows /= 2;
    if (r->rows > r->noun->rows_most)
        r->rows = r->noun->rows_most;
}

FIELDS_LOCAL(member_fields, struct transfer_member, "member", FIELD(struct transfer_member, owner),
             FIELD(struct transfer_member, id));

// Both are ordered by owner: each row takes the stretch that is its own.
static error read_members(struct work *w, struct arena *a, const struct transfer_list *list,
                          struct list *rows, size_t which)
{
    struct list members;
    int64_t first = list_at(rows, struct transfer_row, 0)->numbers[0];
    int64_t last = list_at(rows, struct transfer_row, rows->count - 1)->numbers[0];
    try(db_list(w->conn, a, list->select, ARGS(V(first), V(last)), &member_fields, &members));
    size_t at = 0;
    for (size_t i = 0; i < rows->count; i++) {
        struct transfer_row *row = list_at(rows, struct transfer_row, i);
        size_t from = at;
        while (at < members.count &&
               list_at(&members, struct transfer_member, at)->owner == row->numbers[0])
            at++;
        row->lists[which] =
            (struct list){list_row(&members, sizeof(struct transfer_member), from), at - from};
    }
    return NULL;
}

error transfer_read(struct transfer_reader *r, struct work *w, struct arena *a, struct list *rows)
{
    const struct transfer_noun *noun = r->noun;
    *rows = (struct list){NULL, 0};
    if (r->ended)
        return NULL;
    value values[TRANSFER_COLUMNS + 1];
    memcpy(values, r->keys, noun->keys * sizeof *values);
    values[noun->keys] = V((int64_t)r->rows);
    try(db_list(w->conn, a, noun->select, (struct args){values, noun->keys + 1}, noun->fields,
                rows));
    r->ended = rows->count < r->rows;
    if (!rows->count)
        return NULL;
    for (size_t i = 0; i < TRANSFER_LISTS; i++)
        if (noun->lists[i].name.len)
            try(read_members(w, a, &noun->lists[i], rows, i));
    remember(r, list_at(rows, struct transfer_row, rows->count - 1));
    choose_size(r, rows);
    return NULL;
}

error transfer_is_empty(struct work *w, struct arena *a, bool *out)
{
    *out = true;
    for (const struct transfer_noun *noun = transfer_nouns; *out && noun->name.len; noun++) {
        struct transfer_reader *r = transfer_reader_open(noun);
        struct list rows;
        r->rows = 1;
        error e = transfer_read(r, w, a, &rows);
        transfer_reader_close(r);
        if (e)
            return e;
        *out = rows.count == 0;
    }
    return NULL;
}

// ---- writing

static error check_path(struct work *w, const char *what, str path)
{
    if (!path.len)
        return failure(w->arena, FAULT_INPUT, S("path"), "the %s is empty", what);
    if (!str_starts(path, S("/")))
        return failure(w->arena, FAULT_INPUT, S("path"), "\"%.*s\" does not start with a slash",
                       STR(str_sub(path, 0, 100)));
    return check_address(w, S("path"), what, path);
}

static error check_cell(struct work *w, const struct transfer_noun *noun, size_t i, str text)
{
    const char *name = noun->fields->all[i].name.ptr;
    switch (noun->kinds[i]) {
    case TRANSFER_PATH:
        return check_path(w, name, text);
    case TRANSFER_ADDRESS:
        return check_address(w, noun->name, name, text);
    case TRANSFER_WORDS:
    case TRANSFER_UNIQUE:
        return check_text(w, noun->name, name, text, TRANSFER_WORDS_MOST);
    default:
        return check_text(w, noun->name, name, text, BODY_MOST);
    }
}

static error write_members(struct work *w, struct arena *a, const struct transfer_noun *noun,
                           const struct transfer_row *row)
{
    for (size_t k = 0; k < TRANSFER_LISTS; k++)
        for (size_t i = 0; i < row->lists[k].count; i++)
            try(db_run(w->conn, a, noun->lists[k].insert,
                       ARGS(V(row->numbers[0]), V((int64_t)i),
                            V(list_at(&row->lists[k], struct transfer_member, i)->id)),
                       NULL));
    return NULL;
}

error transfer_write(struct work *w, struct arena *a, const struct transfer_noun *noun,
                     const struct transfer_row *row)
{
    value values[TRANSFER_COLUMNS];
    size_t count = noun->fields->count, first = noun->insert_rest >= 0 ? noun->split : count;
    for (size_t i = 0; i < count; i++) {
        if (transfer_is_text(noun->kinds[i]))
            try(check_cell(w, noun, i, row->texts[i]));
        values[i] = value_of(row, noun->kinds, i);
    }
    try(db_run(w->conn, a, noun->insert, (struct args){values, first}, NULL));
    if (noun->insert_rest >= 0) {
        values[first - 1] = values[0];
        try(db_run(w->conn, a, noun->insert_rest,
                   (struct args){values + first - 1, count - first + 1}, NULL));
    }
    return write_members(w, a, noun, row);
}

struct number_row {
    int64_t number;
};
FIELDS_LOCAL(number_fields, struct number_row, "number", FIELD(struct number_row, number));

static error number_of(struct work *w, struct arena *a, int statement, struct args args,
                       int64_t *out)
{
    struct number_row row = {0};
    bool found;
    try(db_one(w->conn, a, statement, args, &number_fields, &row, &found));
    *out = row.number;
    return NULL;
}

error transfer_body_is(struct work *w, struct arena *a, int64_t id, str body, bool *out)
{
    int64_t number;
    try(number_of(w, a, SQL_TRANSFER_BODY_IS, ARGS(V(id), V(body)), &number));
    *out = number == 1;
    return NULL;
}

// ---- what follows from the rows

static error see_none(struct work *w, int statement, const char *what)
{
    int64_t number;
    try(number_of(w, w->arena, statement, NO_ARGS, &number));
    if (number)
        return failure(w->arena, FAULT_INPUT, S("archive"), "%s: %lld of them disagree", what,
                       (long long)number);
    return NULL;
}

// What the publication says of itself is checked where it is always checked.
static error see_publication(struct work *w)
{
    struct publication p;
    const struct zone *zone;
    try(publication_read(w, &p));
    try(publication_update(w, &p));
    return work_zone(w, &zone);
}

// Servers that look on replay nothing: to them the commits up to this one were pruned, so they
// forget all that they keep.
static error forget_everything(struct work *w)
{
    keyset_add(&w->writes, S("publication"));
    return db_run(w->conn, w->arena, SQL_CHANGE_PRUNE_MARK, ARGS(V((int64_t)w->commit + 1)), NULL);
}

error transfer_finish(struct work *w)
{
    static const int lists[] = {SQL_TRANSFER_LIST_ALL, SQL_TRANSFER_LIST_SECTIONS,
                                SQL_TRANSFER_LIST_TOPICS, SQL_TRANSFER_LIST_PEOPLE,
                                SQL_TRANSFER_LIST_KINDS};
    try(see_publication(w));
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        try(db_run(w->conn, w->arena, lists[i], NO_ARGS, NULL));
    try(see_none(w, SQL_TRANSFER_PART_WRONG, "archive parts and the stories in them"));
    try(see_none(w, SQL_TRANSFER_VERSION_WRONG, "stories and their versions"));
    try(see_none(w, SQL_TRANSFER_PATH_WRONG, "nouns and their paths"));
    for (const struct transfer_noun *noun = transfer_nouns; noun->name.len; noun++)
        if (noun->set_identity >= 0)
            try(db_run(w->conn, w->arena, noun->set_identity, NO_ARGS, NULL));
    return forget_everything(w);
}
