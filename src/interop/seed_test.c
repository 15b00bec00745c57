// What the seed publication promises: argv[1] is the folder it is read from.
// SPDX-License-Identifier: Apache-2.0
#include "interop/interop_test.h"

#include <dirent.h>

#include "base/file.h"
#include "interop/seed.h"
#include "model/comment.h"
#include "model/listing.h"
#include "model/menu.h"
#include "model/page.h"
#include "model/person.h"
#include "model/picture.h"
#include "model/story.h"
#include "model/version.h"

enum { ASSETS_MOST = 400 };

static const char *seed_folder;

static void collect(struct model_test *t, const char *folder, struct asset *assets, size_t *count)
{
    str path = str_format(t->a, "%s%s", seed_folder, folder + strlen("seed"));
    DIR *dir = opendir(str_z(t->a, path));
    assert_non_null(dir);
    for (struct dirent *entry; (entry = readdir(dir));) {
        str text, name = str_format(t->a, "%s/%s", folder, entry->d_name);
        if (entry->d_name[0] == '.')
            continue;
        if (entry->d_type == DT_DIR) {
            collect(t, str_z(t->a, name), assets, count);
            continue;
        }
        assert_true(*count < ASSETS_MOST);
        assert_ok(
            file_read(t->a, str_format(t->a, "%.*s/%s", STR(path), entry->d_name), 1 << 20, &text));
        assets[(*count)++] =
            (struct asset){str_z(t->a, name), (const unsigned char *)text.ptr, text.len};
    }
    closedir(dir);
}

static const struct asset *seed_files(struct model_test *t)
{
    struct asset *assets = arena_array(t->a, struct asset, ASSETS_MOST + 1);
    size_t count = 0;
    collect(t, "seed", assets, &count);
    return assets;
}

static error load(struct model_test *t, const struct asset *files)
{
    str name;
    uint64_t commit;
    finish_work(t);
    try(seed_load(t->conn, t->a, files, S("http://127.0.0.1:8080"), t->now, &name, &commit));
    assert_str(name, "The Meridian Ledger");
    assert_true(commit > 0);
    return NULL;
}

static struct story_card story_called(struct model_test *t, str start)
{
    struct list cards;
    struct work *w = model_read(t);
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 100, &cards));
    for (size_t i = 0; i < cards.count; i++)
        if (str_starts(list_at(&cards, struct story_card, i)->headline, start))
            return *list_at(&cards, struct story_card, i);
    fail_msg("there is no story \"%.*s\"", STR(start));
    return (struct story_card){0};
}

static void the_seed_makes_a_publication_with_stories_in_every_place(void **state)
{
    struct model_test *t = *state;
    struct list sections, menu, pages, cards, people;
    struct work *w;
    assert_ok(load(t, seed_files(t)));
    w = model_read(t);
    assert_ok(section_list(w, &sections));
    assert_int_equal(sections.count, 14);
    assert_ok(menu_read(w, S("main"), &menu));
    assert_int_equal(menu.count, 10);
    assert_int_equal(list_at(&menu, struct menu_item, 7)->children.count, 4);
    assert_ok(page_list(w, &pages));
    assert_int_equal(pages.count, 7);
    assert_ok(person_list(w, 0, 100, &people));
    assert_int_equal(people.count, 9);
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 100, &cards));
    assert_true(cards.count >= 64);
    for (size_t i = 0; i < cards.count; i++)
        assert_true(list_at(&cards, struct story_card, i)->published_at.ms <= t->now.ms);
}

static void the_seed_tells_its_corrections_at_their_times(void **state)
{
    struct model_test *t = *state;
    struct list notes;
    assert_ok(load(t, seed_files(t)));
    struct story_card card = story_called(t, S("Larkfield sets aside"));
    assert_ok(version_notes(t->at, card.id, &notes));
    assert_int_equal(notes.count, 1);
    const struct story_version *note = list_at(&notes, struct story_version, 0);
    assert_true(str_starts(note->note, S("An earlier version of this story said")));
    assert_true(note->made_at.ms < t->now.ms && note->made_at.ms > card.published_at.ms);
    card = story_called(t, S("Wexcombe Water"));
    assert_ok(version_notes(t->at, card.id, &notes));
    assert_int_equal(notes.count, 2);
    assert_int_equal(card.published_at.ms / 86400000, t->now.ms / 86400000 - 6);
}

static const struct asset *asset_called(const struct asset *files, str name)
{
    for (; files->name; files++)
        if (str_eq(str_of(files->name), name))
            return files;
    return NULL;
}

static void every_picture_that_is_shown_is_among_the_seeds_files_and_has_words(void **state)
{
    struct model_test *t = *state;
    const struct asset *files = seed_files(t);
    struct list cards;
    struct picture picture;
    bool found;
    size_t shown = 0;
    assert_ok(load(t, files));
    struct work *w = model_read(t);
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 100, &cards));
    for (size_t i = 0; i < cards.count; i++) {
        int64_t id = list_at(&cards, struct story_card, i)->picture_id;
        if (!id)
            continue;
        assert_ok(picture_by_id(w, id, &picture, &found));
        assert_true(found && picture.alt.len && picture.credit.len);
        assert_non_null(asset_called(files, str_join(t->a, S("seed"), picture.address)));
        shown++;
    }
    assert_true(shown >= 40 && shown < cards.count);
}

static void no_drawing_of_the_seed_is_left_unshown(void **state)
{
    struct model_test *t = *state;
    const struct asset *files = seed_files(t);
    struct picture picture;
    bool found;
    assert_ok(load(t, files));
    for (const struct asset *file = files; file->name; file++) {
        str name = str_of(file->name);
        if (!str_ends(name, S(".svg")))
            continue;
        assert_ok(picture_by_address(model_read(t), str_from(name, 4), &picture, &found));
        assert_true(found);
    }
}

static void the_seed_threads_its_comments(void **state)
{
    struct model_test *t = *state;
    struct list threads;
    int64_t count;
    assert_ok(load(t, seed_files(t)));
    instant then = t->now;
    struct story_card card = story_called(t, S("Northmoor"));
    assert_ok(comment_thread(t->at, (struct thread_of){.story_id = card.id}, 1, &threads, &count));
    assert_int_equal(count, 6);
    assert_int_equal(threads.count, 3);
    const struct comment_shown *first = list_at(&threads, struct comment_shown, 0);
    assert_str(first->author_name, "Margaret Dunn");
    assert_int_equal(first->created_at.ms, then.ms - 2 * 3600 * 1000);
    assert_int_equal(first->replies.count, 3);
}

static void a_newsroom_that_has_a_publication_is_left_alone(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    assert_fault(load(t, seed_files(t)), FAULT_CONFLICT);
    struct list sections;
    assert_ok(section_list(model_read(t), &sections));
    assert_int_equal(sections.count, 2);
}

static void a_broken_seed_leaves_nothing_behind_and_names_the_line(void **state)
{
    struct model_test *t = *state;
    struct asset *files = arena_array(t->a, struct asset, ASSETS_MOST + 1);
    size_t count = 0;
    collect(t, "seed", files, &count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(files[i].name, "seed/comments.txt") == 0) {
            str text = S("[northmoor-keeps-branches]\nAnn | soon | Text\n");
            files[i].bytes = (const unsigned char *)text.ptr;
            files[i].len = text.len;
        }
    error e = load(t, files);
    assert_non_null(e);
    assert_str(error_text(t->a, e),
               "seed/comments.txt:2: \"soon\" is no time; write -2h or \"-1d 16:40\"");
    struct publication p;
    assert_fault(publication_read(model_read(t), &p), FAULT_NOT_FOUND);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_seed_makes_a_publication_with_stories_in_every_place),
        cmocka_unit_test(the_seed_tells_its_corrections_at_their_times),
        cmocka_unit_test(every_picture_that_is_shown_is_among_the_seeds_files_and_has_words),
        cmocka_unit_test(no_drawing_of_the_seed_is_left_unshown),
        cmocka_unit_test(the_seed_threads_its_comments),
        cmocka_unit_test(a_newsroom_that_has_a_publication_is_left_alone),
        cmocka_unit_test(a_broken_seed_leaves_nothing_behind_and_names_the_line),
    };
    seed_folder = argc > 1 ? argv[1] : "seed";
    return MODEL_TEST_RUN("seed", tests);
}
