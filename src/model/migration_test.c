// What migrations make of a newsroom that was there before them.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "db/testing.h"
#include "model/catalogue.h"
#include "model/comment.h"
#include "model/import_item.h"
#include "model/migration_test_sql.h"
#include "model/page.h"
#include "model/story.h"

// A newsroom as the migrations before `name` leave it, with `fill` in it, brought forward.
struct older {
    struct db *db;
    struct db_conn *conn;
    str url;
};

static size_t migrations_before(str name)
{
    size_t n = 0;
    while (n < model_catalogue.migration_count && !str_eq(model_catalogue.migrations[n].name, name))
        n++;
    assert_true(n < model_catalogue.migration_count);
    return n;
}

static struct older older_open(struct model_test *t, str name, error (*fill)(struct db_conn *conn))
{
    const struct db_catalogue before = {old_statements, OLD_COUNT, model_catalogue.migrations,
                                        migrations_before(name)};
    bool sqlite = str_starts(t->url, S("sqlite:"));
    struct older o = {.url = testing_database_create(t->a, sqlite ? ON_SQLITE : ON_POSTGRES)};
    assert_ok(db_open(t->a, o.url, &before, &o.db));
    assert_ok(db_migrate(o.db, t->a));
    assert_ok(db_connect(o.db, t->a, &o.conn));
    assert_ok(db_begin(o.conn, t->a, DB_WRITE));
    assert_ok(fill(o.conn));
    assert_ok(db_commit(o.conn, t->a));
    db_disconnect(o.conn);
    db_close(o.db);
    assert_ok(db_open(t->a, o.url, &model_catalogue, &o.db));
    assert_ok(db_migrate(o.db, t->a));
    assert_ok(db_connect(o.db, t->a, &o.conn));
    return o;
}

static void older_close(struct older *o)
{
    db_disconnect(o->conn);
    db_close(o->db);
    testing_database_drop(o->url);
}

static error fill_comments(struct db_conn *conn)
{
    struct arena *a = model_test_arena();
    try(db_run(conn, a, OLD_SECTION, NO_ARGS, NULL));
    try(db_run(conn, a, OLD_STORY, NO_ARGS, NULL));
    try(db_run(conn, a, OLD_COMMENT, ARGS(V(0), V(S("approved")), V(S("Ana")), V(10)), NULL));
    try(db_run(conn, a, OLD_COMMENT, ARGS(V(1), V(S("approved")), V(S("Tom")), V(20)), NULL));
    try(db_run(conn, a, OLD_COMMENT, ARGS(V(0), V(S("held")), V(S("Eve")), V(30)), NULL));
    try(db_run(conn, a, OLD_IMPORT, ARGS(V(S("page"))), NULL));
    return db_run(conn, a, OLD_IMPORT, ARGS(V(S("story"))), NULL);
}

static void comments_stay_where_they_are_when_pages_get_theirs(void **state)
{
    struct model_test *t = *state;
    struct older o = older_open(t, S("0010-comments-on-pages.sql"), fill_comments);
    struct thread_of on = {.story_id = 1};
    struct page about = {.path = S("/about/"), .title = S("About"), .description = S("")};
    struct list threads, held;
    struct work w;
    int64_t count;
    assert_ok(work_write(&w, o.conn, t->a, t->now));
    assert_ok(comment_thread(&w, on, 1, &threads, &count));
    assert_int_equal(count, 2);
    assert_int_equal(threads.count, 1);
    const struct comment_shown *ana = list_at(&threads, struct comment_shown, 0);
    assert_str(ana->author_name, "Ana");
    assert_str(list_at(&ana->replies, struct comment_shown, 0)->author_name, "Tom");
    assert_ok(comment_list_by_status(&w, S("held"), 10, &held));
    assert_int_equal(held.count, 1);
    const struct comment *eve = list_at(&held, struct comment, 0);
    assert_int_equal(eve->id, 3);
    assert_int_equal(eve->story_id, 1);
    assert_int_equal(eve->created_at.ms, 30);
    assert_str(eve->author_email, "reader@example.com");
    assert_ok(page_save(&w, &about));
    struct comment next = {.page_id = about.id,
                           .author_name = S("Kim"),
                           .author_email = S(""),
                           .author_url = S(""),
                           .body = {S("<p>And here.</p>")}};
    assert_ok(comment_create(&w, &next));
    assert_int_equal(next.id, 4);
    assert_ok(work_commit(&w));
    work_end(&w);
    older_close(&o);
}

static void pages_that_came_in_before_are_looked_at_again(void **state)
{
    struct model_test *t = *state;
    struct older o = older_open(t, S("0010-comments-on-pages.sql"), fill_comments);
    str source = S("wordpress:https://old.example");
    struct import_item item;
    struct work w;
    bool found;
    assert_ok(work_read(&w, o.conn, t->a, t->now));
    assert_ok(import_item_find(&w, source, "page", S("1"), &item, &found));
    assert_true(found);
    assert_str(item.hash, "");
    assert_str(item.local_hash, "here");
    assert_ok(import_item_find(&w, source, "story", S("1"), &item, &found));
    assert_str(item.hash, "given");
    work_end(&w);
    older_close(&o);
}

static error fill_film(struct db_conn *conn, int64_t id, str path, str language, int64_t seconds)
{
    struct arena *a = model_test_arena();
    try(db_run(conn, a, OLD_FILM, ARGS(V(path)), NULL));
    return db_run(conn, a, OLD_FILM_BODY, ARGS(V(id), V(language), V(seconds)), NULL);
}

static error fill_films(struct db_conn *conn)
{
    try(db_run(conn, model_test_arena(), OLD_SECTION, NO_ARGS, NULL));
    try(fill_film(conn, 1, S("/news/a/"), S("ar"), 0));
    try(fill_film(conn, 2, S("/news/b/"), S(""), 252));
    return fill_film(conn, 3, S("/news/c/"), S(""), 0);
}

static void assert_film(struct work *w, int64_t id, const char *language, int64_t seconds)
{
    struct story_card card;
    bool found;
    assert_ok(story_card_by_id(w, id, &card, &found));
    assert_true(found);
    assert_str(card.language, language);
    assert_int_equal(card.video_seconds, seconds);
}

static void a_storys_language_and_the_length_of_its_film_move_to_its_card(void **state)
{
    struct model_test *t = *state;
    struct older o = older_open(t, S("0012-cards.sql"), fill_films);
    struct work w;
    assert_ok(work_read(&w, o.conn, t->a, t->now));
    assert_film(&w, 1, "ar", 0);
    assert_film(&w, 2, "", 252);
    assert_film(&w, 3, "", 0);
    work_end(&w);
    older_close(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_stay_where_they_are_when_pages_get_theirs),
        cmocka_unit_test(pages_that_came_in_before_are_looked_at_again),
        cmocka_unit_test(a_storys_language_and_the_length_of_its_film_move_to_its_card),
    };
    return MODEL_TEST_RUN("migration", tests);
}
