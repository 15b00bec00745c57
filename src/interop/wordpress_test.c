// Tests of importing WordPress publications, on both engines: what comes in, what stays, and that
// an import which is killed goes on to the same end. SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "interop/wordpress.h"
#include "model/catalogue.h"
#include "model/comment.h"
#include "model/import_item.h"
#include "model/listing.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/path.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"

#define HEAD                                                                                       \
    "<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" "                                          \
    "xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" "                                  \
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "                                  \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title>"                      \
    "<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://old.example"                    \
    "</wp:base_blog_url>\n"
#define TAIL "</channel></rss>\n"

static str write_file(struct model_test *t, const char *name, str text)
{
    str path = str_format(t->a, "/tmp/wordpress-test-%d-%s", (int)getpid(), name);
    FILE *file = fopen(str_z(t->a, path), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.ptr, 1, text.len, file), text.len);
    fclose(file);
    return path;
}

static void make_publication(struct model_test *t)
{
    struct publication p = {.name = S("T"),
                            .tagline = S(""),
                            .description = S(""),
                            .language = S("en-GB"),
                            .zone = S("America/New_York"),
                            .base_url = S("https://new.example")};
    assert_ok(publication_create(model_write(t), &p));
}

static void run_import(struct model_test *t, str path, struct import_report *report)
{
    struct wordpress_options options = {.now = {1795435200000}, .threads = 2};
    model_read(t);
    work_end(t->at);
    t->at = NULL;
    assert_ok(wordpress_import(t->db, t->a, &path, 1, &options, report));
}

static struct import_report *import_text(struct model_test *t, const char *items)
{
    struct import_report *report = arena_make(t->a, struct import_report);
    str text = str_format(t->a, "%s%s%s", HEAD, items, TAIL);
    str path = write_file(t, "a.xml", text);
    run_import(t, path, report);
    unlink(str_z(t->a, path));
    return report;
}

static int64_t story_at(struct work *w, const char *path, struct story_card *card)
{
    struct path_target target;
    bool found;
    assert_ok(path_find(w, str_of(path), &target, &found));
    if (!found)
        return 0;
    assert_ok(story_card_by_id(w, target.target, card, &found));
    return found ? target.target : 0;
}

#define POST(id, more)                                                                             \
    "<item><title>Post " id "</title><link>https://www.old.example/2020/post-" id "/</link>"       \
    "<wp:post_id>" id "</wp:post_id><wp:post_type>post</wp:post_type>"                             \
    "<wp:post_date>2020-07-01 08:00:00</wp:post_date>" more "</item>\n"
#define PUBLISHED "<wp:status>publish</wp:status>"

static void a_story_comes_with_its_address_dates_people_section_and_topics(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    struct story_body body;
    bool found;
    make_publication(t);
    import_text(
        t, "<wp:author><wp:author_login>jo</wp:author_login><wp:author_display_name>Jo Doe"
           "</wp:author_display_name></wp:author>"
           "<wp:category><wp:category_nicename>stocks</wp:category_nicename>"
           "<wp:category_parent>markets</wp:category_parent><wp:cat_name>Stocks</wp:cat_name>"
           "</wp:category><wp:category><wp:category_nicename>markets</wp:category_nicename>"
           "<wp:cat_name>Markets</wp:cat_name></wp:category>" POST(
               "1", PUBLISHED "<dc:creator>jo</dc:creator>"
                              "<category domain=\"category\" nicename=\"stocks\">Stocks</category>"
                              "<category domain=\"post_tag\" nicename=\"a-b\">A &amp; B</category>"
                              "<excerpt:encoded>Why &lt;b&gt;so&lt;/b&gt;</excerpt:encoded>"
                              "<content:encoded>One\n\n[box]Two[/box] "
                              "&lt;a href=\"http://old.example/2020/post-1/#x\"&gt;me&lt;/a&gt;"
                              "</content:encoded>"));
    struct work *w = model_read(t);
    int64_t id = story_at(w, "/2020/post-1/", &card);
    assert_true(id > 0);
    assert_str(card.headline, "Post 1");
    assert_str(card.standfirst, "Why so");
    assert_str(card.section_path, "/markets/stocks/");
    assert_str(card.person1_name, "Jo Doe");
    // Eight in the morning in New York, in summer.
    assert_int_equal(card.published_at.ms, 1593604800000);
    assert_ok(story_body_by_id(w, id, &body, &found));
    assert_str(body.body.text, "<p>One</p>\n<p>Two <a href=\"/2020/post-1/#x\">me</a></p>");
    struct list topics;
    assert_ok(story_topics(w, id, &topics));
    assert_int_equal(topics.count, 1);
    assert_str(list_at(&topics, struct topic, 0)->name, "A & B");
    struct path_target target;
    assert_ok(path_find(w, S("/?p=1"), &target, &found));
    assert_true(found && !target.is_current);
    assert_str(target.current, "/2020/post-1/");
    assert_ok(path_find(w, S("/category/markets/stocks/"), &target, &found));
    assert_true(found);
    assert_str(target.current, "/markets/stocks/");
}

static void what_is_not_for_readers_stands_in_no_list_and_has_no_number(void **state)
{
    static const char *const closed[] = {"1", "2", "3", "4", "5", "6"};
    struct model_test *t = *state;
    struct path_target target;
    struct story_card card;
    bool found;
    make_publication(t);
    struct import_report *report = import_text(
        t,
        POST("1", "<wp:status>draft</wp:status>") POST("2", "<wp:status>private</wp:status>")
            POST("3", "<wp:status>pending</wp:status>") POST("4", "<wp:status>future</wp:status>")
                POST("5", "<wp:status>trash</wp:status>")
                    POST("6", PUBLISHED "<wp:post_password>x</wp:post_password>"));
    assert_int_equal(report->counts[IMPORTED_STORIES].created, 6);
    struct work *w = model_read(t);
    for (size_t i = 0; i < 6; i++) {
        assert_ok(path_find(w, str_format(t->a, "/?p=%s", closed[i]), &target, &found));
        assert_false(found);
        assert_true(story_at(w, str_z(t->a, str_format(t->a, "/2020/post-%s/", closed[i])), &card));
        assert_false(str_eq(card.status, S("published")));
    }
    struct list cards;
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    assert_int_equal(cards.count, 0);
}

static void a_draft_that_is_published_over_there_opens_here(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    make_publication(t);
    import_text(t, POST("1", "<wp:status>draft</wp:status>"));
    struct import_report *report = import_text(t, POST("1", PUBLISHED));
    assert_int_equal(report->counts[IMPORTED_STORIES].updated, 1);
    struct work *w = model_read(t);
    assert_true(story_at(w, "/2020/post-1/", &card));
    assert_str(card.status, "published");
    struct list cards;
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    assert_int_equal(cards.count, 1);
}

#define SAID(id, more)                                                                             \
    "<wp:comment><wp:comment_id>" id "</wp:comment_id><wp:comment_content>Said " id                \
    "</wp:comment_content>" more "</wp:comment>"
#define APPROVED "<wp:comment_approved>1</wp:comment_approved>"
// An answer before what it answers, one that is held, and what another site sent.
#define THREAD(a, b, c, d)                                                                         \
    SAID(a, APPROVED "<wp:comment_parent>" b "</wp:comment_parent>")                               \
    SAID(b, APPROVED "<wp:comment_author>Ann</wp:comment_author>")                                 \
    SAID(c, "<wp:comment_approved>0</wp:comment_approved>")                                        \
    SAID(d, APPROVED "<wp:comment_type>pingback</wp:comment_type>")

#define PAGE(id, more)                                                                             \
    "<item><title>Page " id "</title><link>https://old.example/page-" id "/</link>"                \
    "<wp:post_id>" id "</wp:post_id><wp:post_type>page</wp:post_type>"                             \
    "<wp:post_date>2020-07-01 08:00:00</wp:post_date>" PUBLISHED more "</item>\n"

static void assert_thread(struct work *w, struct thread_of of)
{
    struct list threads;
    int64_t count;
    assert_ok(comment_thread(w, of, 1, &threads, &count));
    assert_int_equal(count, 2);
    assert_int_equal(threads.count, 1);
    const struct comment_shown *first = list_at(&threads, struct comment_shown, 0);
    assert_str(first->author_name, "Ann");
    assert_int_equal(first->replies.count, 1);
}

static struct page page_at(struct work *w, const char *path)
{
    struct page page;
    bool found;
    assert_ok(page_by_path(w, str_of(path), &page, &found));
    assert_true(found);
    return page;
}

static void comments_keep_their_threads_and_states(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    struct list held;
    make_publication(t);
    struct import_report *report = import_text(t, POST("1", PUBLISHED THREAD("9", "8", "7", "6"))
                                                      PAGE("2", THREAD("19", "18", "17", "16")));
    assert_int_equal(report->counts[IMPORTED_COMMENTS].created, 6);
    struct work *w = model_read(t);
    assert_thread(w, (struct thread_of){.story_id = story_at(w, "/2020/post-1/", &card)});
    assert_thread(w, (struct thread_of){.page_id = page_at(w, "/page-2/").id});
    assert_ok(comment_list_by_status(w, S("held"), 10, &held));
    assert_int_equal(held.count, 2);
}

static int64_t shown_on(struct work *w, int64_t page_id)
{
    int64_t count;
    assert_ok(comment_count(w, (struct thread_of){.page_id = page_id}, &count));
    return count;
}

static void comments_that_are_new_over_there_come_to_a_page_whatever_became_of_it(void **state)
{
    struct model_test *t = *state;
    make_publication(t);
    import_text(t, PAGE("2", SAID("1", APPROVED)));
    struct import_report *report =
        import_text(t, PAGE("2", SAID("1", APPROVED) SAID("2", APPROVED)));
    assert_int_equal(report->counts[IMPORTED_PAGES].unchanged, 1);
    assert_int_equal(report->counts[IMPORTED_COMMENTS].unchanged, 1);
    assert_int_equal(report->counts[IMPORTED_COMMENTS].created, 1);
    struct page page = page_at(model_read(t), "/page-2/");
    assert_int_equal(shown_on(t->at, page.id), 2);
    page.body.text = S("<p>Edited here</p>");
    assert_ok(page_save(model_write(t), &page));
    report = import_text(t, PAGE("2", SAID("1", APPROVED) SAID("3", APPROVED)));
    assert_int_equal(report->counts[IMPORTED_PAGES].kept, 1);
    assert_int_equal(report->counts[IMPORTED_COMMENTS].created, 1);
    page = page_at(model_read(t), "/page-2/");
    assert_str(page.body.text, "<p>Edited here</p>");
    assert_int_equal(shown_on(t->at, page.id), 3);
}

static void pages_pictures_and_menus_come_in(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    struct picture picture;
    struct page page;
    struct list items;
    bool found;
    make_publication(t);
    import_text(
        t, "<item><title>About</title><link>https://old.example/us/about</link><wp:post_id>2"
           "</wp:post_id><wp:post_type>page</wp:post_type>" PUBLISHED "</item>" POST(
               "1", PUBLISHED
               "<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>3"
               "</wp:meta_value></wp:postmeta>") "<item><title>P</title><wp:post_id>3</"
                                                 "wp:post_id><wp:post_type>attachment"
                                                 "</wp:post_type><wp:attachment_url>https://"
                                                 "old.example/a.jpg</wp:attachment_url>"
                                                 "<wp:postmeta><wp:meta_key>_wp_attachment_"
                                                 "metadata</wp:meta_key><wp:meta_value>"
                                                 "a:3:{s:5:\"width\";i:80;s:6:\"height\";i:60;s:10:"
                                                 "\"image_meta\";"
                                                 "a:1:{s:6:\"credit\";s:2:\"Al\";}}</"
                                                 "wp:meta_value></wp:postmeta></item>"
                                                 "<item><title></title><wp:post_id>4</"
                                                 "wp:post_id><wp:post_type>nav_menu_item"
                                                 "</wp:post_type><category domain=\"nav_menu\" "
                                                 "nicename=\"main\">Main</category>" PUBLISHED
                                                 "<wp:postmeta><wp:meta_key>_menu_item_type</"
                                                 "wp:meta_key><wp:meta_value>post_type"
                                                 "</wp:meta_value></"
                                                 "wp:postmeta><wp:postmeta><wp:meta_key>_menu_item_"
                                                 "object_id"
                                                 "</wp:meta_key><wp:meta_value>2</wp:meta_value></"
                                                 "wp:postmeta></item>");
    struct work *w = model_read(t);
    assert_ok(page_by_path(w, S("/us/about/"), &page, &found));
    assert_true(found);
    assert_true(story_at(w, "/2020/post-1/", &card));
    assert_ok(picture_by_id(w, card.picture_id, &picture, &found));
    assert_true(found);
    assert_int_equal(picture.width, 80);
    assert_str(picture.credit, "Al");
    assert_ok(menu_read(w, S("main"), &items));
    assert_int_equal(items.count, 1);
    assert_str(list_at(&items, struct menu_item, 0)->label, "About");
    assert_str(list_at(&items, struct menu_item, 0)->address, "/us/about/");
}

#define FILED(id, section)                                                                         \
    POST(id, PUBLISHED "<category domain=\"category\" nicename=\"" section "\">" section           \
                       "</category>")

static void without_a_main_menu_the_fullest_sections_head_the_pages_once(void **state)
{
    struct model_test *t = *state;
    static const char posts[] = FILED("1", "few") FILED("2", "many") FILED("3", "many");
    struct list items, none = {0};
    make_publication(t);
    import_text(t, posts);
    assert_ok(menu_read(model_read(t), S("main"), &items));
    assert_int_equal(items.count, 2);
    assert_str(list_at(&items, struct menu_item, 0)->label, "many");
    assert_str(list_at(&items, struct menu_item, 1)->address, "/few/");
    assert_ok(menu_replace(model_write(t), S("main"), &none));
    import_text(t, posts);
    assert_ok(menu_read(model_read(t), S("main"), &items));
    assert_int_equal(items.count, 0);
}

static void a_taken_address_is_reported_and_another_made(void **state)
{
    struct model_test *t = *state;
    make_publication(t);
    struct import_report *report = import_text(
        t, POST("1", PUBLISHED) "<item><title>Twin</title><link>https://old.example/2020/post-1/"
                                "</link><wp:post_id>2</wp:post_id><wp:post_type>post"
                                "</wp:post_type>" PUBLISHED "</item>");
    assert_int_equal(report->counts[IMPORTED_STORIES].created, 2);
    assert_int_equal(report->note_count, 1);
    struct story_card card;
    assert_true(story_at(model_read(t), "/news/twin/", &card));
}

// ---- killed, and gone on with

static str many_posts(struct arena *a, int count)
{
    struct buf text = buf_new(a, 64 << 20);
    buf_add(&text, S(HEAD));
    for (int i = 1; i <= count; i++)
        buf_addf(&text,
                 "<item><title>Post %d</title><link>https://old.example/p/%d/</link><wp:post_id>%d"
                 "</wp:post_id><wp:post_type>post</wp:post_type><wp:status>%s</wp:status>"
                 "<wp:post_date_gmt>2020-0%d-01 08:00:%02d</wp:post_date_gmt><dc:creator>a%d"
                 "</dc:creator><category domain=\"category\" nicename=\"c%d\">C%d</category>"
                 "<category domain=\"post_tag\" nicename=\"t%d\">T%d</category>"
                 "<content:encoded>Body of %d\n\nand more</content:encoded><wp:comment>"
                 "<wp:comment_id>%d</wp:comment_id><wp:comment_content>Hm %d</wp:comment_content>"
                 "<wp:comment_approved>1</wp:comment_approved></wp:comment></item>\n",
                 i, i, i, i % 10 ? "publish" : "draft", i % 9 + 1, i % 60, i % 7, i % 5, i % 5,
                 i % 11, i % 11, i, i, i);
    for (int i = 1; i <= count; i += 6)
        buf_addf(&text,
                 "<item><title>Page %d</title><link>https://old.example/page/%d/</link>"
                 "<wp:post_id>%d</wp:post_id><wp:post_type>page</wp:post_type>" PUBLISHED
                 "<wp:comment><wp:comment_id>%d</wp:comment_id><wp:comment_content>Hm"
                 "</wp:comment_content>" APPROVED "</wp:comment><wp:comment><wp:comment_id>%d"
                 "</wp:comment_id><wp:comment_parent>%d</wp:comment_parent><wp:comment_content>Ah"
                 "</wp:comment_content>" APPROVED "</wp:comment></item>\n",
                 i, i, 10 * count + i, 10 * count + i, 20 * count + i, 10 * count + i);
    for (int i = 1; i <= count; i += 9)
        buf_addf(&text,
                 "<item><title>Up</title><link>https://old.example/p/%d/up/</link><wp:post_id>%d"
                 "</wp:post_id><wp:post_parent>%d</wp:post_parent><wp:post_type>attachment"
                 "</wp:post_type><wp:attachment_url>https://old.example/%d.jpg</wp:attachment_url>"
                 "</item>\n",
                 i, count + i, i % 4 ? i : 0, i);
    buf_add(&text, S(TAIL));
    return buf_str(&text);
}

// Every row, but for when the schema was made.
static str dump(struct model_test *t, str file)
{
    struct buf text = buf_new(t->a, 256 << 20);
    char bytes[65536];
    FILE *out =
        popen(str_z(t->a, str_format(t->a, "sqlite3 '%.*s' .dump | grep -v 'INTO schema_migration'",
                                     STR(file))),
              "r");
    assert_non_null(out);
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, out)) > 0;)
        buf_add(&text, (str){bytes, n});
    assert_int_equal(pclose(out), 0);
    return buf_str(&text);
}

// In a process of its own, which is killed after `microseconds` (0: not at all). Whether it ended
// by itself.
static bool import_in_child(struct model_test *t, str url, str path, long microseconds)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        struct db *db;
        struct import_report report;
        struct arena *a = arena_new();
        struct wordpress_options options = {.now = {1795435200000}, .threads = 2};
        bool failed = db_open(a, url, &model_catalogue, &db) ||
                      wordpress_import(db, a, &path, 1, &options, &report);
        _exit(failed);
    }
    int status;
    if (microseconds) {
        struct timespec wait = {microseconds / 1000000, microseconds % 1000000 * 1000};
        nanosleep(&wait, NULL);
        kill(child, SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

static str fresh_database(struct model_test *t, const char *name, str *file)
{
    struct db *db;
    struct db_conn *conn;
    struct work w;
    struct publication p = {.name = S("T"),
                            .tagline = S(""),
                            .description = S(""),
                            .language = S("en-GB"),
                            .zone = S("UTC"),
                            .base_url = S("https://new.example"),
                            .created_at = {1}};
    *file = str_format(t->a, "/tmp/wordpress-test-%d-%s.db", (int)getpid(), name);
    str url = str_join(t->a, S("sqlite:"), *file);
    assert_ok(db_open(t->a, url, &model_catalogue, &db));
    assert_ok(db_migrate(db, t->a));
    assert_ok(db_connect(db, t->a, &conn));
    assert_ok(work_write(&w, conn, t->a, (instant){1}));
    assert_ok(publication_create(&w, &p));
    assert_ok(work_commit(&w));
    db_disconnect(conn);
    db_close(db);
    return url;
}

static void remove_database(struct model_test *t, str file)
{
    static const char *const endings[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < 3; i++)
        unlink(str_z(t->a, str_format(t->a, "%.*s%s", STR(file), endings[i])));
}

static void an_import_that_is_killed_goes_on_to_the_same_end(void **state)
{
    struct model_test *t = *state;
    str undisturbed, killed;
    const char *rounds = getenv("IMPORT_KILLS");
    int64_t times = 5;
    if (rounds)
        assert_true(str_int(str_of(rounds), &times));
    str path = write_file(t, "many.xml", many_posts(t->a, 900));
    int64_t begun = instant_steady_us();
    str url = fresh_database(t, "undisturbed", &undisturbed);
    assert_true(import_in_child(t, url, path, 0));
    long whole = (long)(instant_steady_us() - begun);
    str expected = dump(t, undisturbed);
    unsigned short seed[3] = {1, 2, 3};
    for (int64_t i = 0; i < times; i++) {
        url = fresh_database(t, "killed", &killed);
        for (int kills = 0; kills < 3; kills++)
            if (import_in_child(t, url, path, 1000 + (long)(erand48(seed) * (double)whole)))
                break;
        assert_true(import_in_child(t, url, path, 0));
        str found = dump(t, killed);
        if (!str_eq(found, expected))
            fail_msg("round %lld: the database is another, see %.*s and %.*s", (long long)i,
                     STR(killed), STR(undisturbed));
        remove_database(t, killed);
    }
    remove_database(t, undisturbed);
    unlink(str_z(t->a, path));
}

// Whether the import came to its end when no file may grow beyond `bytes`; where not, the error
// says so.
static bool import_in_room(struct model_test *t, str url, str path, rlim_t bytes)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (!child) {
        struct db *db;
        struct import_report report;
        struct arena *a = arena_new();
        struct wordpress_options options = {.now = {1795435200000}, .threads = 2};
        signal(SIGXFSZ, SIG_IGN);
        setrlimit(RLIMIT_FSIZE, &(struct rlimit){bytes, bytes});
        error e = db_open(a, url, &model_catalogue, &db);
        if (!e)
            e = wordpress_import(db, a, &path, 1, &options, &report);
        _exit(!e ? 0 : e->fault == FAULT_IO ? 1 : 2);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) < 2);
    return WEXITSTATUS(status) == 0;
}

static void an_import_without_room_fails_and_goes_on_to_the_same_end(void **state)
{
    struct model_test *t = *state;
    str undisturbed, full;
    int failed = 0;
    str path = write_file(t, "many.xml", many_posts(t->a, 900));
    str url = fresh_database(t, "undisturbed", &undisturbed);
    assert_true(import_in_child(t, url, path, 0));
    str expected = dump(t, undisturbed);
    for (rlim_t room = 512 << 10; room <= 2560 << 10; room += 512 << 10) {
        url = fresh_database(t, "full", &full);
        failed += !import_in_room(t, url, path, room);
        failed += !import_in_room(t, url, path, room + (100 << 10));
        assert_true(import_in_child(t, url, path, 0));
        if (!str_eq(dump(t, full), expected))
            fail_msg("after %lld bytes: the database is another, see %.*s and %.*s",
                     (long long)room, STR(full), STR(undisturbed));
        remove_database(t, full);
    }
    assert_true(failed >= 4);
    remove_database(t, undisturbed);
    unlink(str_z(t->a, path));
}

#define UPLOAD(id, parent, link)                                                                   \
    "<item><title>Up " id "</title><link>" link "</link><wp:post_id>" id "</wp:post_id>"           \
    "<wp:post_parent>" parent "</wp:post_parent><wp:post_type>attachment</wp:post_type>"           \
    "<wp:attachment_url>https://old.example/up/" id ".jpg</wp:attachment_url></item>\n"

static str leads_to(struct work *w, const char *path)
{
    struct path_target target;
    bool found;
    assert_ok(path_find(w, str_of(path), &target, &found));
    if (!found)
        return S("nowhere");
    return target.address.len ? target.address : target.current;
}

static void the_page_of_an_upload_leads_to_its_story_or_to_the_front_page(void **state)
{
    struct model_test *t = *state;
    static const char items[] = UPLOAD("10", "1", "https://old.example/2020/post-1/ten/")
        UPLOAD("11", "0", "https://old.example/eleven/")
            UPLOAD("12", "2", "https://old.example/2020/post-2/twelve/")
                UPLOAD("13", "3", "https://old.example/?attachment_id=13") POST("1", PUBLISHED)
                    POST("2",
                         "<wp:status>private</wp:status>") "<item><title>P</title><link>https://"
                                                           "old.example/p/</link><wp:post_id>3"
                                                           "</wp:post_id><wp:post_type>page</"
                                                           "wp:post_type>" PUBLISHED "</item>" POST(
                                                               "4", PUBLISHED
                                                               "<content:encoded>&lt;a "
                                                               "href=\"https://old.example/2020/"
                                                               "post-1/ten/\"&gt;"
                                                               "a&lt;/a&gt; &lt;a "
                                                               "href=\"https://old.example/2020/"
                                                               "post-2/twelve/\"&gt;b"
                                                               "&lt;/a&gt;</content:encoded>");
    make_publication(t);
    import_text(t, items);
    struct work *w = model_read(t);
    assert_str(leads_to(w, "/feed/"), "/feed.xml");
    assert_str(leads_to(w, "/2020/post-1/ten/"), "/2020/post-1/");
    assert_str(leads_to(w, "/?p=10"), "/2020/post-1/");
    assert_str(leads_to(w, "/eleven/"), "/");
    assert_str(leads_to(w, "/?p=11"), "/");
    assert_str(leads_to(w, "/2020/post-2/twelve/"), "nowhere");
    assert_str(leads_to(w, "/?p=12"), "nowhere");
    assert_str(leads_to(w, "/?p=13"), "/p/");
    struct story_card card;
    struct story_body body;
    bool found;
    assert_ok(story_body_by_id(w, story_at(w, "/2020/post-4/", &card), &body, &found));
    assert_str(body.body.text, "<p><a href=\"/2020/post-1/ten/\">a</a> "
                               "<a href=\"https://old.example/2020/post-2/twelve/\">b</a></p>");
    // A second time there is nothing left to write.
    assert_int_equal(import_text(t, items)->commit, 0);
}

static void comments_on_uploads_are_counted_as_left_out(void **state)
{
    struct model_test *t = *state;
    make_publication(t);
    struct import_report *report = import_text(
        t,
        "<item><title>Up</title><wp:post_id>9</wp:post_id><wp:post_type>attachment"
        "</wp:post_type><wp:attachment_url>https://old.example/up/9.jpg</wp:attachment_url>" SAID(
            "1", APPROVED) SAID("2", APPROVED) "</item>" POST("3", PUBLISHED));
    int64_t *count =
        map_get(&report->left_out.names, S("comments on uploads, which have no page here"));
    assert_non_null(count);
    assert_int_equal(*count, 2);
    assert_int_equal(report->counts[IMPORTED_COMMENTS].created, 0);
}

static void addresses_that_a_story_had_before_lead_to_it(void **state)
{
    struct model_test *t = *state;
    make_publication(t);
    import_text(t, POST("1", PUBLISHED
                        "<wp:postmeta><wp:meta_key>_wp_old_slug</wp:meta_key><wp:meta_value>first"
                        "</wp:meta_value></wp:postmeta><wp:postmeta><wp:meta_key>_wp_old_slug"
                        "</wp:meta_key><wp:meta_value>second</wp:meta_value></wp:postmeta>")
                       POST("2", "<wp:status>draft</wp:status><wp:postmeta><wp:meta_key>"
                                 "_wp_old_slug</wp:meta_key><wp:meta_value>secret</wp:meta_value>"
                                 "</wp:postmeta>"));
    struct work *w = model_read(t);
    assert_str(leads_to(w, "/2020/first/"), "/2020/post-1/");
    assert_str(leads_to(w, "/2020/second/"), "/2020/post-1/");
    assert_str(leads_to(w, "/2020/secret/"), "nowhere");
}

#define REUSABLE(content)                                                                          \
    "<item><title>R</title><wp:post_id>7</wp:post_id><wp:post_type>wp_block</wp:post_type>"        \
    "<wp:status>publish</wp:status><content:encoded>" content "</content:encoded></item>"
#define NAMES_IT                                                                                   \
    POST("1", PUBLISHED "<content:encoded>&lt;!-- wp:block {\"ref\":7} /--&gt;</content:encoded>") \
    POST("2", PUBLISHED "<content:encoded>x</content:encoded>")

static void a_reusable_block_changes_the_stories_that_name_it(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    struct story_body body;
    bool found;
    make_publication(t);
    import_text(t, NAMES_IT REUSABLE("Before"));
    struct import_report *report = import_text(t, NAMES_IT REUSABLE("After"));
    assert_int_equal(report->counts[IMPORTED_STORIES].updated, 1);
    assert_int_equal(report->counts[IMPORTED_STORIES].unchanged, 1);
    struct work *w = model_read(t);
    assert_ok(story_body_by_id(w, story_at(w, "/2020/post-1/", &card), &body, &found));
    assert_str(body.body.text, "<p>After</p>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_story_comes_with_its_address_dates_people_section_and_topics),
        cmocka_unit_test(what_is_not_for_readers_stands_in_no_list_and_has_no_number),
        cmocka_unit_test(a_draft_that_is_published_over_there_opens_here),
        cmocka_unit_test(comments_keep_their_threads_and_states),
        cmocka_unit_test(comments_that_are_new_over_there_come_to_a_page_whatever_became_of_it),
        cmocka_unit_test(pages_pictures_and_menus_come_in),
        cmocka_unit_test(without_a_main_menu_the_fullest_sections_head_the_pages_once),
        cmocka_unit_test(a_taken_address_is_reported_and_another_made),
        cmocka_unit_test(the_page_of_an_upload_leads_to_its_story_or_to_the_front_page),
        cmocka_unit_test(comments_on_uploads_are_counted_as_left_out),
        cmocka_unit_test(addresses_that_a_story_had_before_lead_to_it),
        cmocka_unit_test(a_reusable_block_changes_the_stories_that_name_it),
        cmocka_unit_test(an_import_that_is_killed_goes_on_to_the_same_end),
        cmocka_unit_test(an_import_without_room_fails_and_goes_on_to_the_same_end),
    };
    return MODEL_TEST_RUN("import wordpress", tests);
}
