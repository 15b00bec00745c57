// What the commands that change the newsroom promise, run one after the other on one data
// directory. SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/command.h"
#include "app/invocation.h"
#include "app/options.h"
#include "base/arena.h"
#include "model/comment.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/path.h"
#include "model/person.h"
#include "model/section.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/work.h"

enum { WORDS_MOST = 16 };

struct newsroom {
    struct arena *a;
    char folder[64];
};

// Runs the command line; "@/a.md" stands for a.md in the data directory.
static error run(struct newsroom *n, const char *const *line)
{
    char *argv[WORDS_MOST + 2];
    int argc = 0;
    for (; line[argc]; argc++)
        argv[argc] = str_z(n->a, str_starts(str_of(line[argc]), S("@/"))
                                     ? str_format(n->a, "%s%s", n->folder, line[argc] + 1)
                                     : str_of(line[argc]));
    argv[argc++] = str_z(n->a, S("--data"));
    argv[argc++] = n->folder;
    struct options *options;
    str *words;
    size_t count, taken;
    assert_null(options_parse(n->a, argc, argv, &options, &words, &count));
    const struct command *command = command_find(words, count, &taken);
    assert_non_null(command);
    assert_null(command_stray_option(command, options));
    struct invocation in = {.arena = n->a,
                            .options = options,
                            .words = words + taken,
                            .word_count = count - taken,
                            .now = instant_now()};
    error e = command->run(&in);
    invocation_close(&in);
    return e;
}

#define RUN(n, ...) run((n), (const char *const[]){__VA_ARGS__, NULL})
#define assert_runs(n, ...)                                                                        \
    do {                                                                                           \
        error runs_ = RUN(n, __VA_ARGS__);                                                         \
        if (runs_)                                                                                 \
            fail_msg("%.*s", STR(error_text((n)->a, runs_)));                                      \
    } while (0)
#define assert_refuses(n, fault_, ...)                                                             \
    do {                                                                                           \
        error refused_ = RUN(n, __VA_ARGS__);                                                      \
        assert_non_null(refused_);                                                                 \
        assert_int_equal(refused_->fault, fault_);                                                 \
    } while (0)

static void put(struct newsroom *n, const char *name, const char *text)
{
    FILE *file = fopen(str_z(n->a, str_format(n->a, "%s/%s", n->folder, name)), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void look(struct newsroom *n, void (*check)(struct work *w))
{
    struct options *options;
    str *words;
    size_t count;
    char *argv[] = {str_z(n->a, S("--data")), n->folder};
    struct db_conn *conn;
    struct work w;
    assert_null(options_parse(n->a, 2, argv, &options, &words, &count));
    struct invocation in = {.arena = n->a, .options = options, .now = instant_now()};
    assert_null(invocation_connect(&in, &conn));
    assert_null(work_read(&w, conn, n->a, in.now));
    check(&w);
    work_end(&w);
    invocation_close(&in);
}

static int make_newsroom(void **state)
{
    static struct newsroom n;
    n.a = arena_new();
    snprintf(n.folder, sizeof n.folder, "/tmp/command-test-XXXXXX");
    assert_non_null(mkdtemp(n.folder));
    assert_runs(&n, "demo", "--pictures", "no");
    *state = &n;
    return 0;
}

static int remove_newsroom(void **state)
{
    static const char *const files[] = {
        "broadsheet.db", "broadsheet.db-wal", "broadsheet.db-shm", "a.md", "b.md", "c.md"};
    struct newsroom *n = *state;
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        unlink(str_z(n->a, str_format(n->a, "%s/%s", n->folder, files[i])));
    rmdir(n->folder);
    arena_free(n->a);
    return 0;
}

static struct story_card hello(struct work *w)
{
    struct path_target target;
    struct story_card card;
    bool found;
    assert_null(path_find(w, S("/news/hello/"), &target, &found));
    assert_true(found);
    assert_null(story_card_by_id(w, target.target, &card, &found));
    assert_true(found);
    return card;
}

static void check_changed(struct work *w)
{
    struct story_card card = hello(w);
    assert_str(card.headline, "Hello");
    assert_str(card.standfirst, "New");
    assert_str(card.section_path, "/markets/stocks/");
    assert_str(card.status, "published");
}

static void check_withdrawn(struct work *w)
{
    assert_str(hello(w).status, "withdrawn");
}

static void stories_are_published_edited_moved_withdrawn_and_restored(void **state)
{
    struct newsroom *n = *state;
    put(n, "a.md", "---\ntitle: Hello\n---\nText.\n");
    put(n, "b.md", "---\nstandfirst: New\n---\n");
    assert_refuses(n, FAULT_INPUT, "story", "publish", "@/a.md");
    assert_runs(n, "story", "publish", "@/a.md", "--section", "news");
    assert_runs(n, "story", "publish", "@/a.md");
    assert_runs(n, "story", "edit", "/news/hello/", "@/b.md", "--change", "typo");
    assert_refuses(n, FAULT_NOT_FOUND, "story", "edit", "/news/none/", "@/b.md");
    assert_refuses(n, FAULT_INPUT, "story", "edit", "/news/hello/", "@/b.md", "--change", "whim");
    assert_runs(n, "story", "move", "news/hello", "--section", "markets/stocks");
    assert_refuses(n, FAULT_NOT_FOUND, "story", "move", "/news/hello/", "--section", "none");
    look(n, check_changed);
    assert_refuses(n, FAULT_INPUT, "story", "withdraw", "/news/hello/");
    assert_runs(n, "story", "withdraw", "http://x.example/news/hello", "--reason", "A test");
    look(n, check_withdrawn);
    assert_refuses(n, FAULT_CONFLICT, "story", "withdraw", "/news/hello/", "--reason", "Again");
    assert_runs(n, "story", "restore", "/news/hello/");
    look(n, check_changed);
    assert_runs(n, "story", "list", "--json", "--section", "markets", "--limit", "3");
    assert_refuses(n, FAULT_INPUT, "story", "list", "--limit", "none");
}

static void check_nouns(struct work *w)
{
    struct section section;
    struct person person;
    struct topic topic;
    bool found;
    assert_null(section_by_path(w, S("markets/bonds"), &section, &found));
    assert_true(found);
    assert_str(section.name, "Gilts");
    assert_str(section.description, "Debt");
    assert_int_equal(section.position, 1);
    assert_null(person_by_slug(w, S("jo-li"), &person, &found));
    assert_true(found);
    assert_str(person.name, "Jo Li");
    assert_str(person.role, "Editor");
    assert_str(person.biography.text, "<p>Writes.</p>");
    assert_null(topic_by_slug(w, S("savings"), &topic, &found));
    assert_true(found);
    assert_str(topic.name, "Saving");
}

static void sections_people_and_topics_are_added_and_changed(void **state)
{
    struct newsroom *n = *state;
    put(n, "a.md", "Writes.\n");
    assert_runs(n, "section", "add", "/markets/bonds/", "--name", "Bonds", "--description", "Debt");
    assert_runs(n, "section", "edit", "markets/bonds", "--name", "Gilts", "--position", "1");
    assert_refuses(n, FAULT_NOT_FOUND, "section", "add", "none/bonds", "--name", "Bonds");
    assert_refuses(n, FAULT_CONFLICT, "section", "add", "markets/bonds", "--name", "Bonds");
    assert_refuses(n, FAULT_NOT_FOUND, "section", "edit", "none", "--name", "Bonds");
    assert_runs(n, "person", "add", "jo-li", "--name", "Jo Li", "--biography", "@/a.md");
    assert_runs(n, "person", "edit", "jo-li", "--role", "Editor");
    assert_refuses(n, FAULT_NOT_FOUND, "person", "edit", "none", "--role", "Editor");
    assert_runs(n, "topic", "edit", "savings", "--name", "Saving");
    look(n, check_nouns);
    assert_runs(n, "section", "list");
    assert_runs(n, "person", "list");
    assert_runs(n, "topic", "list");
}

static void check_pages(struct work *w)
{
    struct page page;
    struct list menu;
    bool found;
    assert_null(page_by_path(w, S("/jobs/"), &page, &found));
    assert_true(found);
    assert_str(page.body.text, "<p>We hire.</p>");
    assert_null(menu_read(w, S("company"), &menu));
    assert_int_equal(menu.count, 2);
    assert_str(list_at(&menu, struct menu_item, 0)->address, "/jobs/");
    assert_int_equal(list_at(&menu, struct menu_item, 1)->children.count, 1);
}

static void pages_and_menus_are_set_from_files(void **state)
{
    struct newsroom *n = *state;
    put(n, "a.md", "---\ntitle: Jobs\npath: /jobs/\n---\nWe hire.\n");
    put(n, "b.md", "Jobs | /jobs/\nMore\n  News | /news/\n");
    put(n, "c.md", "No head.\n");
    assert_runs(n, "page", "save", "@/a.md");
    assert_refuses(n, FAULT_INPUT, "page", "save", "@/c.md");
    assert_refuses(n, FAULT_NOT_FOUND, "page", "save", "@/none.md");
    assert_runs(n, "menu", "set", "company", "@/b.md");
    look(n, check_pages);
    assert_runs(n, "page", "list");
    assert_runs(n, "menu", "show", "company");
}

static void check_comments(struct work *w)
{
    struct list held, spam;
    assert_null(comment_list_by_status(w, S("held"), 10, &held));
    assert_null(comment_list_by_status(w, S("spam"), 10, &spam));
    assert_int_equal(held.count, 0);
    assert_int_equal(spam.count, 1);
    assert_str(list_at(&spam, struct comment, 0)->body.text, "<p>Well <em>said</em>.</p>");
    assert_str(list_at(&spam, struct comment, 0)->author_name, "Ann");
}

static void comments_are_held_until_they_are_judged(void **state)
{
    struct newsroom *n = *state;
    put(n, "a.md", "Well *said*.\n");
    assert_runs(n, "comment", "add", "/news/hello/", "@/a.md", "--name", "Ann", "--email",
                "ann@example.org");
    const char *id = "124"; // behind those that the seed brings
    assert_runs(n, "comment", "approve", id);
    assert_runs(n, "comment", "hold", id);
    assert_runs(n, "comment", "spam", id);
    look(n, check_comments);
    assert_refuses(n, FAULT_NOT_FOUND, "comment", "remove", "999");
    assert_refuses(n, FAULT_INPUT, "comment", "remove", "x");
    assert_runs(n, "comment", "list", "spam");
    assert_refuses(n, FAULT_INPUT, "comment", "list", "nonsense");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(stories_are_published_edited_moved_withdrawn_and_restored),
        cmocka_unit_test(sections_people_and_topics_are_added_and_changed),
        cmocka_unit_test(pages_and_menus_are_set_from_files),
        cmocka_unit_test(comments_are_held_until_they_are_judged),
    };
    return cmocka_run_group_tests(tests, make_newsroom, remove_newsroom);
}
