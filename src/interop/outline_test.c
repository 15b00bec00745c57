// What outlines promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/outline.h"
#include "model/menu.h"

static struct list parse(struct arena *a, const char *text)
{
    struct list lines;
    error e = outline_parse(a, S("menu.txt"), str_of(text), &lines);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    return lines;
}

static void lines_stand_below_the_nearest_that_is_indented_less(void **state)
{
    arena_scoped a = arena_new();
    struct list lines =
        parse(a, "# a comment\n[main]\nA | /a/\n    B | /b/\n      C\n   D|/d/|x | y\n"
                 "\nE\r\n[other]\n  F\n");
    const size_t levels[] = {0, 1, 2, 1, 0, 0};
    assert_int_equal(lines.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_int_equal(list_at(&lines, struct outline_line, i)->level, levels[i]);
    const struct outline_line *d = list_at(&lines, struct outline_line, 3);
    assert_str(d->parts[0], "D");
    assert_str(d->parts[1], "/d/");
    assert_str(d->parts[2], "x | y");
    assert_int_equal(d->number, 6);
    assert_str(list_at(&lines, struct outline_line, 4)->parts[0], "E");
    assert_str(list_at(&lines, struct outline_line, 4)->group, "main");
    assert_str(list_at(&lines, struct outline_line, 5)->group, "other");
    assert_int_equal(outline_group_end(&lines, 0), 5);
    assert_int_equal(outline_group_end(&lines, 5), 6);
}

static void a_menu_is_the_tree_that_was_drawn(void **state)
{
    arena_scoped a = arena_new();
    struct list lines =
        parse(a, "Home | /\nMore\n  Loans | /loans/\n    Cars | /cars/\n  Tax | /tax/\n");
    struct list menu = outline_menu(a, &lines, 0, lines.count);
    assert_int_equal(menu.count, 2);
    const struct menu_item *more = list_at(&menu, struct menu_item, 1);
    assert_str(more->address, "");
    assert_int_equal(more->children.count, 2);
    const struct menu_item *loans = list_at(&more->children, struct menu_item, 0);
    assert_int_equal(loans->children.count, 1);
    assert_str(list_at(&loans->children, struct menu_item, 0)->address, "/cars/");
    assert_str(list_at(&more->children, struct menu_item, 1)->label, "Tax");
}

static void assert_refused(struct arena *a, str text, const char *expected)
{
    struct list lines;
    error e = outline_parse(a, S("menu.txt"), text, &lines);
    assert_non_null(e);
    assert_str(error_text(a, e), expected);
}

static void what_is_no_outline_is_refused_by_line(void **state)
{
    arena_scoped a = arena_new();
    struct buf deep = buf_new(a, 10000), long_one = buf_new(a, 100000);
    for (int i = 0; i <= OUTLINE_LEVELS; i++)
        buf_addf(&deep, "%*sx\n", i, "");
    for (int i = 0; i <= OUTLINE_LINES; i++)
        buf_add(&long_one, S("x\n"));
    assert_refused(a, S("a\n | /x/\n"),
                   "menu.txt:2: nothing stands before the bar; write \"Label | address\"");
    assert_refused(a, S("\xff"), "menu.txt: not a text in UTF-8; save it as UTF-8");
    assert_refused(a, buf_str(&deep), "menu.txt:17: stands more than 16 levels deep");
    assert_refused(a, buf_str(&long_one), "menu.txt:5001: more than 5,000 lines");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_stand_below_the_nearest_that_is_indented_less),
        cmocka_unit_test(a_menu_is_the_tree_that_was_drawn),
        cmocka_unit_test(what_is_no_outline_is_refused_by_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
