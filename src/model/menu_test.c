// What menus promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/menu.h"

#define ITEMS(...)                                                                                 \
    ((struct list){(struct menu_item[]){__VA_ARGS__},                                              \
                   sizeof((struct menu_item[]){__VA_ARGS__}) / sizeof(struct menu_item)})
#define ITEM(text, where, ...)                                                                     \
    (struct menu_item)                                                                             \
    {                                                                                              \
        S(text), S(where), __VA_ARGS__                                                             \
    }
static const struct list none = {0};

// "Home(/) More(Debt(/debt/))"
static void spell(struct buf *out, const struct list *items)
{
    for (size_t i = 0; i < items->count; i++) {
        const struct menu_item *item = list_at(items, struct menu_item, i);
        buf_addf(out, i ? " %.*s:%.*s" : "%.*s:%.*s", STR(item->label), STR(item->address));
        if (item->children.count) {
            buf_add_char(out, '(');
            spell(out, &item->children);
            buf_add_char(out, ')');
        }
    }
}

static str shown(struct model_test *t, str place)
{
    struct list items;
    assert_ok(menu_read(model_read(t), place, &items));
    struct buf out = buf_new(t->a, 10000);
    spell(&out, &items);
    return buf_str(&out);
}

static void a_tree_is_read_back_as_it_was_put(void **state)
{
    struct list tree =
        ITEMS(ITEM("Home", "/", none),
              ITEM("Markets", "/markets/",
                   ITEMS(ITEM("Stocks", "/markets/stocks/", none),
                         ITEM("Crypto", "/markets/crypto/", ITEMS(ITEM("Bitcoin", "/b/", none))))),
              ITEM("More", "", ITEMS(ITEM("Shop", "https://shop.example/", none))));
    struct work *w = model_write(*state);
    assert_ok(menu_replace(w, S("main"), &tree));
    assert_writes(w, "menu:main");
    assert_str(shown(*state, S("main")),
               "Home:/ Markets:/markets/(Stocks:/markets/stocks/ "
               "Crypto:/markets/crypto/(Bitcoin:/b/)) More:(Shop:https://shop.example/)");
}

static void a_place_without_a_menu_is_empty_and_a_dependency(void **state)
{
    struct list items;
    struct work *w = model_read(*state);
    assert_ok(menu_read(w, S("company"), &items));
    assert_int_equal(items.count, 0);
    assert_reads(w, "menu:company");
}

static void only_a_different_tree_is_written(void **state)
{
    struct list tree = ITEMS(ITEM("A", "/a/", ITEMS(ITEM("B", "/b/", none))), ITEM("C", "", none));
    assert_ok(menu_replace(model_write(*state), S("main"), &tree));
    struct work *w = model_write(*state);
    assert_ok(menu_replace(w, S("main"), &tree));
    assert_writes_nothing(w);
    const struct list others[] = {
        ITEMS(ITEM("A", "/a/", ITEMS(ITEM("B", "/b/", none))), ITEM("D", "", none)),
        ITEMS(ITEM("A", "/a/", ITEMS(ITEM("B", "/x/", none))), ITEM("D", "", none)),
        ITEMS(ITEM("D", "", none), ITEM("A", "/a/", ITEMS(ITEM("B", "/x/", none)))),
        ITEMS(ITEM("D", "", none), ITEM("A", "/a/", none), ITEM("B", "/x/", none)),
        ITEMS(ITEM("D", "", none)),
        none,
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        w = model_write(*state);
        assert_ok(menu_replace(w, S("main"), &others[i]));
        assert_writes(w, "menu:main");
    }
    assert_str(shown(*state, S("main")), "");
}

static void places_do_not_touch_each_other(void **state)
{
    struct list one = ITEMS(ITEM("A", "/a/", none)), other = ITEMS(ITEM("B", "/b/", none));
    struct work *w = model_write(*state);
    assert_ok(menu_replace(w, S("main"), &one));
    assert_ok(menu_replace(w, S("more-info"), &other));
    assert_writes(w, "menu:main", "menu:more-info");
    assert_ok(menu_replace(w, S("main"), &none));
    assert_str(shown(*state, S("more-info")), "B:/b/");
}

static void depth_and_number_have_limits(void **state)
{
    struct work *w = model_write(*state);
    struct list deep = ITEMS(
        ITEM("1", "", ITEMS(ITEM("2", "", ITEMS(ITEM("3", "", ITEMS(ITEM("4", "", none))))))));
    assert_fault(menu_replace(w, S("main"), &deep), FAULT_LIMIT);
    static struct menu_item many[MENU_ITEMS + 1];
    for (size_t i = 0; i < MENU_ITEMS + 1; i++)
        many[i].label = S("x");
    assert_fault(menu_replace(w, S("main"), &(struct list){many, MENU_ITEMS + 1}), FAULT_LIMIT);
    struct list nested = ITEMS(ITEM("1", "", ((struct list){many, MENU_ITEMS})));
    assert_fault(menu_replace(w, S("main"), &nested), FAULT_LIMIT);
    assert_writes_nothing(w);
    assert_ok(menu_replace(w, S("main"), &(struct list){many, MENU_ITEMS}));
    assert_int_equal(shown(*state, S("main")).len, MENU_ITEMS * 3 - 1);
}

static void what_makes_no_item_is_refused(void **state)
{
    struct work *w = model_write(*state);
    const struct list bad[] = {
        ITEMS(ITEM("", "/", none)),
        ITEMS(ITEM("A", "javascript:alert(1)", none)),
        ITEMS(ITEM("A", "//evil.example/", none)),
        ITEMS(ITEM("A", "/\\evil.example/", none)),
        ITEMS(ITEM("A", "", ITEMS(ITEM("B", "data:text/html,x", none)))),
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_fault(menu_replace(w, S("main"), &bad[i]), FAULT_INPUT);
    struct menu_item item = {.label = model_text(201)};
    assert_fault(menu_replace(w, S("main"), &(struct list){&item, 1}), FAULT_INPUT);
    assert_fault(menu_replace(w, S("Main menu"), &none), FAULT_INPUT);
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_is_read_back_as_it_was_put),
        cmocka_unit_test(a_place_without_a_menu_is_empty_and_a_dependency),
        cmocka_unit_test(only_a_different_tree_is_written),
        cmocka_unit_test(places_do_not_touch_each_other),
        cmocka_unit_test(depth_and_number_have_limits),
        cmocka_unit_test(what_makes_no_item_is_refused),
    };
    return MODEL_TEST_RUN("menu", tests);
}
