// What publishing files and folders promises.
// SPDX-License-Identifier: Apache-2.0
#include "interop/interop_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "interop/publish.h"
#include "interop/story_file.h"
#include "model/listing.h"
#include "model/story.h"

struct told {
    struct arena *arena;
    str errors[200];
    size_t count;
};

static void note_failure(void *context, error e)
{
    struct told *told = context;
    assert_true(told->count < sizeof told->errors / sizeof *told->errors);
    told->errors[told->count++] = error_text(told->arena, e);
}

static struct publish_report publish(struct model_test *t, str path, struct told *told)
{
    struct story_options story = {.section = S("news")};
    struct publish_options options = {
        .story = &story, .threads = 3, .failed = note_failure, .context = told};
    struct publish_report report;
    *told = (struct told){.arena = t->a};
    finish_work(t);
    t->now.ms += 60000;
    assert_ok(publish_paths(t->conn, t->a, t->now, &path, 1, &options, &report));
    assert_int_equal(report.failed, told->count);
    return report;
}

static str make_folder(struct model_test *t)
{
    char name[] = "/tmp/publish-test-XXXXXX";
    assert_non_null(mkdtemp(name));
    return str_copy(t->a, str_of(name));
}

static void put(struct model_test *t, str folder, const char *name, const char *text)
{
    FILE *file = fopen(str_z(t->a, str_format(t->a, "%.*s/%s", STR(folder), name)), "wb");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static void remove_folder(struct model_test *t, str folder)
{
    DIR *dir = opendir(str_z(t->a, folder));
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        str path = str_format(t->a, "%.*s/%s", STR(folder), entry->d_name);
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        if (entry->d_type == DT_DIR)
            remove_folder(t, path);
        else
            unlink(str_z(t->a, path));
    }
    closedir(dir);
    rmdir(str_z(t->a, folder));
}

static size_t count_listed(struct model_test *t)
{
    struct list ranks;
    struct work *w = model_read(t);
    assert_ok(listing_ranks(w, (struct list_of){LIST_ALL, 0}, 5000, &ranks));
    return ranks.count;
}

static void a_folder_is_published_whole_and_only_once(void **state)
{
    struct model_test *t = *state;
    struct told told;
    make_newsroom(t);
    str folder = make_folder(t);
    mkdir(str_z(t->a, str_join(t->a, folder, S("/b"))), 0700);
    put(t, folder, "a.md", "# A\n\nText.\n");
    put(t, folder, "b/b.html", "---\ntitle: B\n---\n<p>Text.</p>\n");
    put(t, folder, "b/note.txt", "# Not a story\n");
    put(t, folder, ".hidden.md", "# Nor this\n");
    put(t, folder, "d.md", "---\ntitle: D\ndraft: yes\n---\nx\n");
    struct publish_report first = publish(t, folder, &told);
    assert_int_equal(first.created, 2);
    assert_int_equal(first.drafts, 1);
    assert_int_equal(first.failed, 0);
    assert_true(first.commit > 0);
    struct publish_report again = publish(t, folder, &told);
    assert_int_equal(again.unchanged, 2);
    assert_int_equal(again.created + again.updated, 0);
    assert_int_equal(again.commit, 0);
    put(t, folder, "a.md", "# A\n\nOther text.\n");
    struct publish_report third = publish(t, folder, &told);
    assert_int_equal(third.updated, 1);
    assert_int_equal(third.unchanged, 1);
    assert_int_equal(count_listed(t), 2);
    remove_folder(t, folder);
}

static void a_file_is_known_again_by_whatever_path_leads_to_it(void **state)
{
    struct model_test *t = *state;
    struct told told;
    make_newsroom(t);
    str folder = make_folder(t);
    put(t, folder, "a.md", "# A\n\nText.\n");
    publish(t, str_join(t->a, folder, S("/a.md")), &told);
    str link = str_join(t->a, folder, S("/link.md"));
    assert_int_equal(symlink("a.md", str_z(t->a, link)), 0);
    struct publish_report again = publish(t, link, &told);
    assert_int_equal(again.unchanged, 1);
    remove_folder(t, folder);
}

static void assert_told(const struct told *told, const char *ending)
{
    for (size_t i = 0; i < told->count; i++)
        if (str_ends(told->errors[i], str_of(ending)))
            return;
    fail_msg("nothing was told that ends in \"%s\"", ending);
}

// 250 files, of which every seventh is bad, some found so when read and some when written.
static void bad_files_are_told_of_and_keep_no_other_back(void **state)
{
    struct model_test *t = *state;
    struct told told;
    size_t bad = 0;
    make_newsroom(t);
    str folder = make_folder(t);
    for (int i = 0; i < 250; i++) {
        const char *text = "---\ntitle: A story\nauthors: [Ann Lee]\n---\nText.\n";
        if (i % 7 == 0)
            text = i % 2 ? "---\ntitle: A story\nsection: sport\nauthors: [Nobody]\n---\nText.\n"
                         : "---\nno end\n";
        bad += i % 7 == 0;
        put(t, folder, str_z(t->a, str_format(t->a, "%03d.md", i)), text);
    }
    struct publish_report report = publish(t, folder, &told);
    assert_int_equal(report.failed, bad);
    assert_int_equal(report.created, 250 - bad);
    assert_told(&told,
                "/000.md:1: the front matter has no end within 65536 bytes: a line --- is missing");
    assert_told(&told, "/007.md: there is no section \"sport\"; there are: news, credit-cards");
    assert_int_equal(count_listed(t), 250 - bad);
    remove_folder(t, folder);
}

static void what_is_not_there_is_said(void **state)
{
    struct model_test *t = *state;
    struct told told;
    struct publish_report report;
    struct story_options story = {.section = S("news")};
    struct publish_options options = {.story = &story};
    make_newsroom(t);
    str folder = make_folder(t);
    finish_work(t);
    assert_fault(publish_paths(t->conn, t->a, t->now, &folder, 1, &options, &report),
                 FAULT_NOT_FOUND);
    str missing = str_join(t->a, folder, S("/none.md"));
    assert_int_equal(publish(t, missing, &told).failed, 1);
    assert_str(told.errors[0],
               str_z(t->a, str_join(t->a, missing, S(": No such file or directory"))));
    remove_folder(t, folder);
}

static void the_real_articles_go_in_whole_and_only_once(void **state)
{
    struct model_test *t = *state;
    struct told told;
    const char *corpora = getenv("CORPORA");
    str folder = str_format(t->a, "%s/articles", corpora ? corpora : "");
    if (!corpora || access(str_z(t->a, folder), R_OK) != 0) {
        print_message("skipped: CORPORA has no articles\n");
        skip();
    }
    make_newsroom(t);
    int64_t begun = instant_steady_us();
    struct publish_report first = publish(t, folder, &told);
    int64_t middle = instant_steady_us();
    struct publish_report again = publish(t, folder, &told);
    int64_t end = instant_steady_us();
    print_message("%zu articles: %lld ms, again %lld ms\n", first.created,
                  (long long)(middle - begun) / 1000, (long long)(end - middle) / 1000);
    for (size_t i = 0; i < told.count; i++)
        print_error("%.*s\n", STR(told.errors[i]));
    assert_int_equal(first.failed, 0);
    assert_true(first.created > 1000);
    assert_int_equal(again.unchanged, first.created);
    assert_int_equal(again.commit, 0);
    assert_int_equal(count_listed(t), first.created);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_folder_is_published_whole_and_only_once),
        cmocka_unit_test(a_file_is_known_again_by_whatever_path_leads_to_it),
        cmocka_unit_test(bad_files_are_told_of_and_keep_no_other_back),
        cmocka_unit_test(what_is_not_there_is_said),
        cmocka_unit_test(the_real_articles_go_in_whole_and_only_once),
    };
    return MODEL_TEST_RUN("publish", tests);
}
