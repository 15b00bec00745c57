// What archives promise: all of a newsroom comes back, and nothing comes from a bad one.
// SPDX-License-Identifier: Apache-2.0
#include "interop/interop_test.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "crypto/hash.h"
#include "db/testing.h"
#include "interop/archive_file.h"
#include "interop/archive_manifest.h"
#include "interop/archive_pack.h"
#include "interop/archive_tables.h"
#include "interop/archive_unpack.h"
#include "model/catalogue.h"
#include "model/change.h"
#include "model/picture.h"
#include "model/test_newsroom.h"
#include "model/topic.h"
#include "model/transfer.h"

enum { EDITS = 120, MEMBERS_MOST = 64, FILE_MOST = 64 << 20 };

// ---- places

static str folder;

static void make_folder(void)
{
    static char name[] = "/tmp/archive-test-XXXXXX";
    if (!mkdtemp(name))
        abort();
    folder = str_of(name);
}

static int remove_folder(void)
{
    arena_scoped a = arena_new();
    return system(str_z(a, str_format(a, "rm -rf %.*s", STR(folder))));
}

static str place(struct arena *a, const char *name)
{
    static int number;
    return str_format(a, "%.*s/%d-%s", STR(folder), ++number, name);
}

// ---- a second database, empty

struct other {
    str url;
    struct db *db;
    struct db_conn *conn;
};

static struct other other_open(struct model_test *t, enum testing_engine engine)
{
    struct other o = {.url = testing_database_create(t->a, engine)};
    assert_ok(db_open(t->a, o.url, &model_catalogue, &o.db));
    assert_ok(db_migrate(o.db, t->a));
    assert_ok(db_connect(o.db, t->a, &o.conn));
    return o;
}

static void other_close(struct other *o)
{
    db_disconnect(o->conn);
    db_close(o->db);
    testing_database_drop(o->url);
}

// ---- there and back

static struct archive_options options_of(struct model_test *t, str path)
{
    return (struct archive_options){
        .path = path, .pictures = place(t->a, "pictures"), .program = S("test")};
}

// Gives the publication a look of its own.
static void dress(struct model_test *t)
{
    struct publication p;
    struct picture mark = {.address = S("/i.png"), .media_type = S("image/png")};
    mark.variants = S("96.png 192.png 512.png touch.png maskable.png");
    mark.stem = S("3f/3f9a0b1c2d3e4f5061728394a5b6c7d8");
    mark.width = mark.height = 512;
    struct work *w = model_write(t);
    assert_ok(publication_read(w, &p));
    assert_ok(picture_ensure(w, &mark, &p.logo_id));
    p.icon_id = p.logo_dark_id = p.logo_id;
    p.accent = S("#7a1f2b");
    p.headline_font = p.text_font = p.sans_font = S("system");
    assert_ok(publication_update(w, &p));
    finish_work(t);
}

static void fill(struct model_test *t)
{
    struct editor *e = arena_make(t->a, struct editor);
    struct publication p = {.name = S("The Ledger"),
                            .tagline = S(""),
                            .description = S(""),
                            .language = S("en-GB"),
                            .zone = S("Europe/London"),
                            .base_url = S("https://ledger.example")};
    assert_ok(publication_create(model_write(t), &p));
    finish_work(t);
    e->random = 7; // any number
    assert_ok(editor_begin(e, t->conn, t->a));
    for (int i = 0; i < EDITS; i++) {
        const struct edit *edit = editor_choose(e, S(""));
        struct told told = {0};
        assert_ok(edit->run(e, model_write(t), &told));
    }
    struct picture picture = {.address = S("/pictures/a.png"),
                              .alt = S("\"<&>\" \\ \t\x7f\xe2\x80\xa8\xf0\x9f\x93\xb0"),
                              .caption = S(""),
                              .credit = S("Ann"),
                              .media_type = S("image/png"),
                              .width = 3};
    int64_t id;
    assert_ok(picture_ensure(model_write(t), &picture, &id));
    finish_work(t);
    dress(t);
}

static str export(struct model_test *t, struct db_conn *conn, const char *name)
{
    struct archive_report report;
    struct archive_options options = options_of(t, place(t->a, name));
    assert_ok(archive_export(conn, t->a, t->now, &options, &report));
    return options.path;
}

static error import_with(struct model_test *t, const struct archive_options *options,
                         struct db_conn *conn)
{
    struct archive_source *source;
    struct archive_report report;
    try(archive_open(t->a, options, &source));
    error e = archive_import(source, conn, t->a, t->now, &report);
    archive_close(source);
    return e;
}

static error import(struct model_test *t, str path, struct db_conn *conn)
{
    struct archive_options options = options_of(t, path);
    return import_with(t, &options, conn);
}

static enum testing_engine engine_of(const struct model_test *t)
{
    return str_starts(t->url, S("sqlite:")) ? ON_SQLITE : ON_POSTGRES;
}

static void assert_same_tables(struct model_test *t, str was_url, str is_url)
{
    str was, is;
    assert_ok(tables_dump(t->a, was_url, &was));
    assert_ok(tables_dump(t->a, is_url, &is));
    assert_true(was.len > 10000);
    const char *difference = tables_difference(t->a, was, is);
    if (difference)
        fail_msg("%s", difference);
}

static void every_row_of_every_table_comes_back(void **state)
{
    struct model_test *t = *state;
    fill(t);
    struct other between = other_open(t, ON_SQLITE), back = other_open(t, engine_of(t));
    assert_ok(import(t, export(t, t->conn, "a.tar.zst"), between.conn));
    assert_same_tables(t, t->url, between.url);
    assert_ok(import(t, export(t, between.conn, "b.tar.gz"), back.conn));
    assert_same_tables(t, t->url, back.url);
    other_close(&between);
    other_close(&back);
}

static void a_second_export_differs_in_nothing_but_its_date(void **state)
{
    struct model_test *t = *state;
    str first, second, later;
    fill(t);
    struct other o = other_open(t, ON_SQLITE);
    str path = export(t, t->conn, "a.tar");
    assert_ok(import(t, path, o.conn));
    assert_ok(file_read(t->a, path, FILE_MOST, &first));
    assert_ok(file_read(t->a, export(t, o.conn, "b.tar"), FILE_MOST, &second));
    assert_true(str_eq(first, second));
    t->now.ms += 86400000;
    assert_ok(file_read(t->a, export(t, o.conn, "c.tar"), FILE_MOST, &later));
    size_t different = 0;
    assert_int_equal(first.len, later.len);
    for (size_t i = 0; i < first.len; i++)
        different += first.ptr[i] != later.ptr[i];
    assert_in_range(different, 1, 10);
    other_close(&o);
}

static void what_is_made_afterwards_comes_behind(void **state)
{
    struct model_test *t = *state;
    struct list topics;
    struct topic made;
    int64_t highest = 0;
    fill(t);
    struct other o = other_open(t, engine_of(t));
    assert_ok(import(t, export(t, t->conn, "a.tar"), o.conn));
    struct work w;
    assert_ok(work_write(&w, o.conn, t->a, t->now));
    assert_ok(topic_list(&w, 0, 1000, &topics));
    for (size_t i = 0; i < topics.count; i++)
        if (list_at(&topics, struct topic_card, i)->id > highest)
            highest = list_at(&topics, struct topic_card, i)->id;
    assert_ok(topic_ensure(&w, S("Something New"), &made));
    assert_true(made.id > highest);
    assert_ok(work_commit(&w));
    work_end(&w);
    other_close(&o);
}

static void readers_forget_all_that_they_kept(void **state)
{
    struct model_test *t = *state;
    fill(t);
    struct other o = other_open(t, engine_of(t));
    struct work w;
    assert_ok(work_read(&w, o.conn, t->a, t->now));
    uint64_t before = w.commit;
    work_end(&w);
    assert_ok(import(t, export(t, t->conn, "a.tar"), o.conn));
    assert_ok(work_read(&w, o.conn, t->a, t->now));
    assert_int_equal(w.commit, before + 1);
    bool gap;
    assert_ok(change_replay(&w, before, NULL, NULL, &gap));
    assert_true(gap);
    assert_ok(change_replay(&w, w.commit, NULL, NULL, &gap));
    assert_false(gap);
    work_end(&w);
    other_close(&o);
}

static void a_newsroom_that_holds_something_is_left_alone(void **state)
{
    struct model_test *t = *state;
    str was, is;
    fill(t);
    str path = export(t, t->conn, "a.tar");
    assert_ok(tables_dump(t->a, t->url, &was));
    assert_fault(import(t, path, t->conn), FAULT_CONFLICT);
    assert_fault(archive_check_empty(t->conn, t->a, t->now), FAULT_CONFLICT);
    assert_ok(tables_dump(t->a, t->url, &is));
    assert_true(str_eq(was, is));
}

static void a_file_that_is_there_is_not_written_over(void **state)
{
    struct model_test *t = *state;
    struct archive_report report;
    make_newsroom(t);
    finish_work(t);
    struct archive_options options = options_of(t, export(t, t->conn, "a.tar"));
    assert_fault(archive_export(t->conn, t->a, t->now, &options, &report), FAULT_CONFLICT);
    options.path = place(t->a, "a.rar");
    assert_fault(archive_export(t->conn, t->a, t->now, &options, &report), FAULT_INPUT);
    assert_int_equal(access(str_z(t->a, options.path), F_OK), -1);
}

// ---- pictures

static void put_file(struct model_test *t, str path, str text)
{
    FILE *file = fopen(str_z(t->a, path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    fclose(file);
}

static str inside(struct model_test *t, str path, const char *name)
{
    return str_format(t->a, "%.*s/%s", STR(path), name);
}

static void picture_files_come_along(void **state)
{
    struct model_test *t = *state;
    struct archive_report report;
    str text;
    make_newsroom(t);
    finish_work(t);
    struct archive_options from = options_of(t, place(t->a, "a.tar.gz"));
    assert_ok(directory_make(t->a, inside(t, from.pictures, "2026/11")));
    put_file(t, inside(t, from.pictures, "b.png"), S("B\n\n"));
    put_file(t, inside(t, from.pictures, "2026/11/a.png"), S("A"));
    put_file(t, inside(t, from.pictures, ".half"), S("not yet"));
    assert_ok(archive_export(t->conn, t->a, t->now, &from, &report));

    struct other o = other_open(t, ON_SQLITE), again = other_open(t, ON_SQLITE);
    struct archive_options to = options_of(t, from.path);
    assert_ok(import_with(t, &to, o.conn));
    assert_ok(file_read(t->a, inside(t, to.pictures, "2026/11/a.png"), 100, &text));
    assert_str(text, "A");
    assert_ok(file_read(t->a, inside(t, to.pictures, "b.png"), 100, &text));
    assert_str(text, "B\n\n");
    assert_int_equal(access(str_z(t->a, inside(t, to.pictures, ".half")), F_OK), -1);
    assert_fault(import_with(t, &to, again.conn), FAULT_CONFLICT);
    other_close(&o);
    other_close(&again);
}

// ---- bad archives: a good one's members, changed

struct parcel {
    struct arena *arena;
    str names[MEMBERS_MOST], texts[MEMBERS_MOST];
    size_t count;
    bool as_it_was; // leave the manifest's hashes as they are
};

static void parcel_read(struct parcel *p, str path)
{
    struct unpack *u;
    struct unpack_member member;
    bool found;
    assert_ok(unpack_open(p->arena, path, &u));
    for (p->count = 0;; p->count++) {
        struct buf text = buf_new(p->arena, FILE_MOST);
        str bytes;
        assert_ok(unpack_next(u, p->arena, &member, &found));
        if (!found)
            break;
        do {
            assert_ok(unpack_bytes(u, p->arena, &bytes));
            buf_add(&text, bytes);
        } while (bytes.len);
        p->names[p->count] = member.name;
        p->texts[p->count] = buf_str(&text);
    }
    unpack_close(u);
}

static str *parcel_text(struct parcel *p, const char *name)
{
    for (size_t i = 0; i < p->count; i++)
        if (str_eq(p->names[i], str_of(name)))
            return &p->texts[i];
    fail_msg("no member %s", name);
    return NULL;
}

static str replaced(struct arena *a, str text, const char *old, const char *new)
{
    ptrdiff_t at = str_find(text, str_of(old));
    if (at < 0)
        fail_msg("\"%s\" is not in it", old);
    return str_format(a, "%.*s%s%.*s", STR(str_sub(text, 0, (size_t)at)), new,
                      STR(str_from(text, (size_t)at + strlen(old))));
}

static void change(struct parcel *p, const char *member, const char *old, const char *new)
{
    str *text = parcel_text(p, member);
    *text = replaced(p->arena, *text, old, new);
}

static int64_t lines_of(str text)
{
    int64_t lines = 0;
    for (size_t i = 0; i < text.len; i++)
        lines += text.ptr[i] == '\n';
    return lines;
}

// A manifest that agrees with the members.
static void agree(struct parcel *p)
{
    struct manifest m;
    struct buf text = buf_new(p->arena, MANIFEST_MOST);
    assert_ok(manifest_read(p->arena, p->texts[0], &m));
    struct manifest_member *members = arena_array(p->arena, struct manifest_member, p->count);
    for (size_t i = 1; i < p->count; i++)
        members[i - 1] =
            (struct manifest_member){p->names[i], lines_of(p->texts[i]), (int64_t)p->texts[i].len,
                                     sha256_hex(p->arena, p->texts[i])};
    m.members = (struct list){members, p->count - 1};
    manifest_write(&text, &m);
    p->texts[0] = buf_str(&text);
}

static str parcel_write(struct parcel *p)
{
    struct pack *pack;
    int64_t size;
    str path = place(p->arena, "bad.tar.zst");
    if (!p->as_it_was)
        agree(p);
    assert_ok(pack_create(p->arena, path, &pack));
    for (size_t i = 0; i < p->count; i++) {
        assert_ok(pack_member(pack, p->arena, p->names[i], (int64_t)p->texts[i].len, INSTANT_NONE));
        assert_ok(pack_add(pack, p->arena, p->texts[i]));
    }
    assert_ok(pack_finish(pack, p->arena, &size));
    pack_close(pack);
    return path;
}

static void drop(struct parcel *p, size_t i)
{
    p->count--;
    memmove(p->names + i, p->names + i + 1, (p->count - i) * sizeof *p->names);
    memmove(p->texts + i, p->texts + i + 1, (p->count - i) * sizeof *p->texts);
}

static void add(struct parcel *p, const char *name, str text)
{
    p->names[p->count] = str_of(name);
    p->texts[p->count++] = text;
}

static void wrong_hash(struct parcel *p)
{
    p->as_it_was = true;
    change(p, "topics.jsonl", "\"id\":1", "\"id\":9");
}

static void wrong_size(struct parcel *p)
{
    p->as_it_was = true;
    change(p, "topics.jsonl", "\"id\":1", "\"id\":10");
}

static void wrong_rows(struct parcel *p)
{
    p->as_it_was = true;
    agree(p);
    change(p, "manifest.json", "\"pages.jsonl\",\"rows\":", "\"pages.jsonl\",\"rows\":1");
}

static void missing_member(struct parcel *p)
{
    p->as_it_was = true;
    drop(p, p->count - 1);
}

static void other_order(struct parcel *p)
{
    str name = p->names[3], text = p->texts[3];
    p->names[3] = p->names[4], p->texts[3] = p->texts[4];
    p->names[4] = name, p->texts[4] = text;
}

static void later_version(struct parcel *p)
{
    p->as_it_was = true;
    change(p, "manifest.json", "\"version\":1", "\"version\":2");
}

static void no_manifest(struct parcel *p)
{
    p->as_it_was = true;
    drop(p, 0);
}

static void other_format(struct parcel *p)
{
    p->as_it_was = true;
    change(p, "manifest.json", "broadsheet-archive", "something-else");
}

static void no_json(struct parcel *p)
{
    change(p, "sections.jsonl", "\n{", "\n{,");
}

static void no_utf8(struct parcel *p)
{
    change(p, "sections.jsonl", "\"name\":\"", "\"name\":\"\xff");
}

static void nul_in_text(struct parcel *p)
{
    change(p, "sections.jsonl", "\"name\":\"", "\"name\":\"\\u0000");
}

static void no_line_end(struct parcel *p)
{
    str *text = parcel_text(p, "sections.jsonl");
    text->len--;
}

static void missing_field(struct parcel *p)
{
    change(p, "pages.jsonl", "\"title\":", "\"titles\":");
}

static void unknown_field(struct parcel *p)
{
    change(p, "pages.jsonl", "\"title\":", "\"extra\":1,\"title\":");
}

static void text_for_a_number(struct parcel *p)
{
    change(p, "pages.jsonl", "\"id\":1", "\"id\":\"1\"");
}

static void deep_line(struct parcel *p)
{
    change(p, "stories.jsonl", "\"people\":[", "\"people\":[[[");
}

static void no_publication(struct parcel *p)
{
    *parcel_text(p, "publication.jsonl") = S("");
}

static void way_out(struct parcel *p)
{
    add(p, "pictures/../../evil.png", S("x"));
}

static void way_to_the_root(struct parcel *p)
{
    add(p, "/tmp/evil.png", S("x"));
}

static void twice(struct parcel *p)
{
    add(p, "pages.jsonl", *parcel_text(p, "pages.jsonl"));
}

static void bomb(struct parcel *p)
{
    size_t size = UNPACK_FREE + (8 << 20);
    char *zeros = arena_text(p->arena, size);
    memset(zeros, '0', size);
    *parcel_text(p, "topics.jsonl") = (str){zeros, size};
}

struct bad {
    const char *name;
    void (*make)(struct parcel *p); // NULL: `member` says `now` instead of `was`
    enum fault fault;
    const char *where, *what; // in the failure
    const char *member, *was, *now;
};
static const struct bad bads[] = {
    {"wrong hash", wrong_hash, FAULT_INPUT, "topics.jsonl", "SHA-256"},
    {"wrong size", wrong_size, FAULT_INPUT, "topics.jsonl", "bytes"},
    {"wrong rows", wrong_rows, FAULT_INPUT, "pages.jsonl", "rows"},
    {"missing member", missing_member, FAULT_INPUT, "jobs.jsonl", "missing"},
    {"other order", other_order, FAULT_INPUT, "manifest.json", "wrong place"},
    {"later version", later_version, FAULT_INPUT, "manifest.json", "version 2"},
    {"no manifest", no_manifest, FAULT_INPUT, "bad.tar.zst", "no Broadsheet archive"},
    {"other format", other_format, FAULT_INPUT, "manifest.json", "is not that of"},
    {"no JSON", no_json, FAULT_INPUT, "sections.jsonl:2", "no JSON"},
    {"no UTF-8", no_utf8, FAULT_INPUT, "sections.jsonl:1", "byte 0xff"},
    {"NUL", nul_in_text, FAULT_INPUT, "sections.jsonl:1", "u0000"},
    {"no line end", no_line_end, FAULT_INPUT, "sections.jsonl", "has no end"},
    {"missing field", missing_field, FAULT_INPUT, "pages.jsonl:1", "\"title\" is missing"},
    {"unknown field", unknown_field, FAULT_INPUT, "pages.jsonl:1", "\"extra\" is no field"},
    {"text for a number", text_for_a_number, FAULT_INPUT, "pages.jsonl:1", "whole number"},
    {"deep line", deep_line, FAULT_LIMIT, "stories.jsonl:1", "deeper"},
    {"two of one id", NULL, FAULT_INPUT, "sections.jsonl:2", "", "sections.jsonl", "\"id\":2",
     "\"id\":1"},
    {"nobody", NULL, FAULT_INPUT, "stories.jsonl:1", "", "stories.jsonl",
     "\"section_id\":", "\"section_id\":99"},
    {"comment on two", NULL, FAULT_INPUT, "comments.jsonl:1", "", "comments.jsonl",
     "\"story_id\":null", "\"story_id\":1"},
    {"comment on nothing", NULL, FAULT_INPUT, "comments.jsonl:1", "", "comments.jsonl",
     "\"page_id\":1", "\"page_id\":null"},
    {"comment on no page", NULL, FAULT_INPUT, "comments.jsonl:1", "", "comments.jsonl",
     "\"page_id\":1", "\"page_id\":99"},
    {"script in a page", NULL, FAULT_INPUT, "pages.jsonl:1", "--trust", "pages.jsonl",
     "\"body\":\"", "\"body\":\"<script>alert(1)</script>"},
    {"script in an old version", NULL, FAULT_INPUT, "versions.jsonl:1", "hash", "versions.jsonl",
     "\"body\":\"", "\"body\":\"<img src=x onerror=alert(1)>"},
    {"other headline", NULL, FAULT_INPUT, "versions.jsonl:1", "hash", "versions.jsonl",
     "\"headline\":\"", "\"headline\":\"Never said: "},
    {"script in an address", NULL, FAULT_INPUT, "pictures.jsonl:", "address", "pictures.jsonl",
     "/pictures/a.png", "javascript:alert(1)"},
    {"header in a redirect", NULL, FAULT_INPUT, "paths.jsonl:1", "address", "paths.jsonl",
     "\"address\":\"\"", "\"address\":\"/x\\r\\nSet-Cookie: a\""},
    {"another host's path", NULL, FAULT_INPUT, "pages.jsonl:1", "path", "pages.jsonl",
     "\"path\":\"/", "\"path\":\"//evil.example/"},
    {"path of nothing", NULL, FAULT_INPUT, "archive", "paths", "paths.jsonl", "\"kind\":\"page\"",
     "\"kind\":\"story\""},
    {"miscounted part", NULL, FAULT_INPUT, "archive", "parts", "archive-parts.jsonl",
     "\"stories\":", "\"stories\":1"},
    {"lost version", NULL, FAULT_INPUT, "archive", "versions", "stories.jsonl",
     "\"version\":", "\"version\":9"},
    {"no zone", NULL, FAULT_INPUT, "", "Europe/Atlantis", "publication.jsonl", "Europe/London",
     "Europe/Atlantis"},
    {"no publication", no_publication, FAULT_NOT_FOUND, "publication", ""},
    {"way out", way_out, FAULT_INPUT, "bad.tar.zst", "lead elsewhere"},
    {"way to the root", way_to_the_root, FAULT_INPUT, "bad.tar.zst", "lead elsewhere"},
    {"twice", twice, FAULT_INPUT, "manifest.json", "twice"},
    {"bomb", bomb, FAULT_LIMIT, "bad.tar.zst", "bomb"},
};

static void assert_nothing_came(struct model_test *t, struct db_conn *conn)
{
    struct work w;
    bool empty;
    assert_ok(work_read(&w, conn, t->a, t->now));
    assert_ok(transfer_is_empty(&w, t->a, &empty));
    assert_true(empty);
    assert_int_equal(w.commit, 0);
    work_end(&w);
}

static bool is_refused(struct model_test *t, struct db_conn *conn, const struct bad *bad, str path)
{
    error e = import(t, path, conn);
    if (!e)
        fail_msg("%s: came in", bad->name);
    assert_nothing_came(t, conn);
    bool right = e->fault == bad->fault && str_find(e->where, str_of(bad->where)) >= 0 &&
                 str_find(e->message, str_of(bad->what)) >= 0;
    if (!right)
        print_error("%s: fault %d, %.*s\n", bad->name, (int)e->fault, STR(error_text(t->a, e)));
    return right;
}

static void a_bad_archive_is_refused_with_its_place_and_changes_nothing(void **state)
{
    struct model_test *t = *state;
    fill(t);
    struct other o = other_open(t, engine_of(t));
    struct parcel good = {.arena = t->a};
    parcel_read(&good, export(t, t->conn, "a.tar"));
    size_t wrong = 0;
    for (size_t i = 0; i < sizeof bads / sizeof *bads; i++) {
        struct parcel p = good;
        if (bads[i].make)
            bads[i].make(&p);
        else
            change(&p, bads[i].member, bads[i].was, bads[i].now);
        wrong += !is_refused(t, o.conn, &bads[i], parcel_write(&p));
    }
    assert_int_equal(wrong, 0);
    struct parcel p = good;
    assert_ok(import(t, parcel_write(&p), o.conn));
    assert_same_tables(t, t->url, o.url);
    other_close(&o);
}

static void a_truncated_archive_is_refused(void **state)
{
    struct model_test *t = *state;
    static const char *const names[] = {"a.tar", "a.tar.gz", "a.tar.zst"};
    fill(t);
    struct other o = other_open(t, ON_SQLITE);
    for (size_t i = 0; i < 3; i++) {
        str text, path = export(t, t->conn, names[i]);
        assert_ok(file_read(t->a, path, FILE_MOST, &text));
        for (size_t part = 0; part < 16; part++) {
            str cut = place(t->a, names[i]);
            put_file(t, cut, str_sub(text, 0, text.len * part / 16));
            error e = import(t, cut, o.conn);
            assert_non_null(e);
            assert_int_equal(e->fault, FAULT_INPUT);
        }
    }
    assert_nothing_came(t, o.conn);
    other_close(&o);
}

static void links_and_devices_are_refused(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    finish_work(t);
    struct other o = other_open(t, ON_SQLITE);
    static const int kinds[] = {AE_IFLNK, AE_IFCHR, AE_IFIFO};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        str path = place(t->a, "links.tar");
        struct archive *to = archive_write_new();
        struct archive_entry *entry = archive_entry_new();
        archive_write_set_format_pax_restricted(to);
        archive_write_open_filename(to, str_z(t->a, path));
        archive_entry_set_pathname(entry, "manifest.json");
        archive_entry_set_filetype(entry, kinds[i]);
        if (kinds[i] == AE_IFLNK)
            archive_entry_set_symlink(entry, "/etc/passwd");
        archive_write_header(to, entry);
        archive_entry_free(entry);
        archive_write_free(to);
        assert_fault(import(t, path, o.conn), FAULT_INPUT);
    }
    other_close(&o);
}

static void note_name(void *context, str name)
{
    struct buf *names = context;
    buf_add(names, name);
    buf_add_char(names, ' ');
}

static void members_that_nobody_knows_are_left_out_with_a_word(void **state)
{
    struct model_test *t = *state;
    fill(t);
    struct other o = other_open(t, ON_SQLITE);
    struct parcel p = {.arena = t->a};
    parcel_read(&p, export(t, t->conn, "a.tar"));
    add(&p, "newsletters.jsonl", S("{}\n"));
    agree(&p);
    p.as_it_was = true;
    add(&p, "notes.txt", S("hello"));
    struct buf names = buf_new(t->a, 1000);
    struct archive_options options = options_of(t, parcel_write(&p));
    options.left_out = note_name;
    options.context = &names;
    assert_ok(import_with(t, &options, o.conn));
    assert_str(buf_str(&names), "newsletters.jsonl notes.txt ");
    assert_same_tables(t, t->url, o.url);
    other_close(&o);
}

static void markup_comes_in_uncleaned_only_on_trust(void **state)
{
    struct model_test *t = *state;
    fill(t);
    struct other o = other_open(t, ON_SQLITE);
    struct parcel p = {.arena = t->a};
    parcel_read(&p, export(t, t->conn, "a.tar"));
    change(&p, "pages.jsonl", "\"body\":\"", "\"body\":\"<blink>old</blink>");
    struct archive_options options = options_of(t, parcel_write(&p));
    assert_fault(import_with(t, &options, o.conn), FAULT_INPUT);
    options.trust = true;
    assert_ok(import_with(t, &options, o.conn));
    other_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_of_every_table_comes_back),
        cmocka_unit_test(a_second_export_differs_in_nothing_but_its_date),
        cmocka_unit_test(what_is_made_afterwards_comes_behind),
        cmocka_unit_test(readers_forget_all_that_they_kept),
        cmocka_unit_test(a_newsroom_that_holds_something_is_left_alone),
        cmocka_unit_test(a_file_that_is_there_is_not_written_over),
        cmocka_unit_test(picture_files_come_along),
        cmocka_unit_test(a_bad_archive_is_refused_with_its_place_and_changes_nothing),
        cmocka_unit_test(a_truncated_archive_is_refused),
        cmocka_unit_test(links_and_devices_are_refused),
        cmocka_unit_test(members_that_nobody_knows_are_left_out_with_a_word),
        cmocka_unit_test(markup_comes_in_uncleaned_only_on_trust),
    };
    make_folder();
    int failed = MODEL_TEST_RUN("archive", tests);
    return remove_folder() ? 1 : failed;
}
