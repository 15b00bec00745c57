// What sections promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/page.h"
#include "model/path.h"
#include "model/section.h"

static struct section made(struct work *w, int64_t parent_id, str name)
{
    struct section s = {.parent_id = parent_id, .name = name};
    assert_ok(section_create(w, &s));
    return s;
}

// 1 Markets, 2 Loans, 3 Markets/Stocks, 4 Markets/Crypto
static void make_four(struct model_test *t)
{
    struct work *w = model_write(t);
    made(w, 0, S("Markets"));
    made(w, 0, S("Loans"));
    made(w, 1, S("Stocks"));
    made(w, 1, S("Crypto"));
}

static str names(const struct list *cards)
{
    struct buf out = buf_new(model_test_arena(), 1000);
    for (size_t i = 0; i < cards->count; i++)
        buf_addf(&out, i ? " %.*s" : "%.*s", STR(list_at(cards, struct section_card, i)->name));
    return buf_str(&out);
}

static void a_new_section_names_its_path_its_siblings_and_the_tree(void **state)
{
    struct work *w = model_write(*state);
    struct section markets = made(w, 0, S("Markets"));
    assert_str(markets.path, "/markets/");
    assert_str(markets.slug, "markets");
    assert_int_equal(markets.position, 1);
    assert_writes(w, "path:/markets/", "section:0/children", "section:1/card", "sections");
    w = model_write(*state);
    struct section stocks = made(w, markets.id, S("Stocks"));
    assert_str(stocks.path, "/markets/stocks/");
    assert_writes(w, "path:/markets/stocks/", "section:1/children", "section:2/card", "sections");
    struct path_target target;
    bool found;
    assert_ok(path_find(model_read(*state), S("/markets/stocks/"), &target, &found));
    assert_true(found);
    assert_str(target.kind, "section");
    assert_int_equal(target.target, stocks.id);
}

static void a_section_is_read_back_whole_by_id_and_by_path(void **state)
{
    struct section s = {.name = S("Credit Cards"), .description = S("Plastic"), .position = 7};
    assert_ok(section_create(model_write(*state), &s));
    struct section by_id = {0}, by_path = {0};
    bool found;
    struct work *w = model_read(*state);
    assert_ok(section_by_id(w, s.id, &by_id, &found));
    assert_true(found);
    assert_reads(w, "section:1/card", "section:1/page");
    assert_str(by_id.description, "Plastic");
    assert_int_equal(by_id.position, 7);
    w = model_read(*state);
    assert_ok(section_by_path(w, S("credit-cards"), &by_path, &found));
    assert_true(found);
    assert_reads(w, "section:1/card", "section:1/page");
    assert_str(by_path.name, "Credit Cards");
}

static void what_is_not_there_is_a_dependency(void **state)
{
    struct section s;
    bool found;
    struct work *w = model_read(*state);
    assert_ok(section_by_path(w, S("/markets/stocks/"), &s, &found));
    assert_false(found);
    assert_reads(w, "path:/markets/stocks/");
    w = model_read(*state);
    assert_ok(section_by_id(w, 9, &s, &found));
    assert_false(found);
    assert_reads(w, "section:9/card", "section:9/page");
}

static void the_tree_lists_each_section_before_what_is_below_it(void **state)
{
    make_four(*state);
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(section_list(w, &cards));
    assert_str(names(&cards), "Markets Stocks Crypto Loans");
    assert_int_equal(list_at(&cards, struct section_card, 0)->level, 1);
    assert_int_equal(list_at(&cards, struct section_card, 2)->level, 2);
    assert_reads(w, "sections");
}

static void ancestors_lead_from_the_root_down_to_the_section(void **state)
{
    make_four(*state);
    struct section deep = made(model_write(*state), 3, S("Small"));
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(section_ancestors(w, deep.id, &cards));
    assert_str(names(&cards), "Markets Stocks Small");
    assert_reads(w, "section:1/card", "section:3/card", "section:5/card");
    assert_ok(section_ancestors(w, 1, &cards));
    assert_str(names(&cards), "Markets");
    w = model_read(*state);
    assert_ok(section_ancestors(w, 9, &cards));
    assert_int_equal(cards.count, 0);
    assert_reads(w, "section:9/card");
}

static void children_come_in_their_order(void **state)
{
    make_four(*state);
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(section_children(w, 1, &cards));
    assert_str(names(&cards), "Stocks Crypto");
    assert_reads(w, "section:1/children");
    assert_ok(section_children(w, 0, &cards));
    assert_str(names(&cards), "Markets Loans");
}

static void renaming_shows_in_card_siblings_and_tree_and_keeps_the_path(void **state)
{
    make_four(*state);
    struct work *w = model_write(*state);
    assert_ok(section_update(w, &(struct section){.id = 3, .name = S("Shares")}));
    assert_writes(w, "section:3/card", "section:1/children", "sections");
    struct section s;
    bool found;
    assert_ok(section_by_id(model_read(*state), 3, &s, &found));
    assert_str(s.name, "Shares");
    assert_str(s.slug, "stocks");
    assert_str(s.path, "/markets/stocks/");
}

static void a_new_description_shows_on_its_page_alone(void **state)
{
    make_four(*state);
    struct section s = {.id = 3, .name = S("Stocks"), .description = S("Shares and funds")};
    struct work *w = model_write(*state);
    assert_ok(section_update(w, &s));
    assert_writes(w, "section:3/page");
    w = model_write(*state);
    assert_ok(section_update(w, &s));
    assert_writes_nothing(w);
}

static void a_position_is_named_only_when_the_order_changes(void **state)
{
    make_four(*state);
    struct section s = {.id = 4, .name = S("Crypto"), .position = 9};
    struct work *w = model_write(*state);
    assert_ok(section_update(w, &s));
    assert_writes_nothing(w);
    // Equal positions stand as they were made: still behind Stocks.
    s.position = 1;
    w = model_write(*state);
    assert_ok(section_update(w, &s));
    assert_writes_nothing(w);
    s = (struct section){.id = 3, .name = S("Stocks"), .position = 2};
    w = model_write(*state);
    assert_ok(section_update(w, &s));
    assert_writes(w, "section:1/children", "sections");
    struct list cards;
    assert_ok(section_list(model_read(*state), &cards));
    assert_str(names(&cards), "Markets Crypto Stocks Loans");
}

static void a_path_that_is_taken_is_a_conflict(void **state)
{
    make_four(*state);
    struct section again = {.name = S("Markets")};
    assert_fault(section_create(model_write(*state), &again), FAULT_CONFLICT);
    struct page page = {.path = S("/about/"), .title = S("About")};
    assert_ok(page_save(model_write(*state), &page));
    struct section about = {.name = S("About")};
    assert_fault(section_create(model_write(*state), &about), FAULT_CONFLICT);
}

static void what_makes_no_section_is_refused(void **state)
{
    make_four(*state);
    struct work *w = model_write(*state);
    struct section s = {.name = S("")};
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s.name = model_text(201);
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s = (struct section){.name = S("A"), .description = model_text(4001)};
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s = (struct section){.name = S("A"), .slug = S("Not a slug")};
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s = (struct section){.name = S("2026")};
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s = (struct section){.name = S("A"), .position = -1};
    assert_fault(section_create(w, &s), FAULT_INPUT);
    s = (struct section){.name = S("A"), .parent_id = 99};
    assert_fault(section_create(w, &s), FAULT_NOT_FOUND);
    s = (struct section){.name = S("A"), .id = 99};
    assert_fault(section_update(w, &s), FAULT_NOT_FOUND);
    assert_writes_nothing(w);
}

static void the_tree_has_a_depth_and_the_deepest_is_found_again(void **state)
{
    struct work *w = model_write(*state);
    struct section s = {0};
    for (int i = 0; i < SECTION_LEVELS; i++)
        s = made(w, s.id, S("Deep"));
    struct section beyond = {.name = S("Deep"), .parent_id = s.id};
    assert_fault(section_create(w, &beyond), FAULT_LIMIT);
    struct list cards;
    assert_ok(section_ancestors(w, s.id, &cards));
    assert_int_equal(cards.count, SECTION_LEVELS);
    assert_ok(section_list(w, &cards));
    assert_int_equal(cards.count, SECTION_LEVELS);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_section_names_its_path_its_siblings_and_the_tree),
        cmocka_unit_test(a_section_is_read_back_whole_by_id_and_by_path),
        cmocka_unit_test(what_is_not_there_is_a_dependency),
        cmocka_unit_test(the_tree_lists_each_section_before_what_is_below_it),
        cmocka_unit_test(ancestors_lead_from_the_root_down_to_the_section),
        cmocka_unit_test(children_come_in_their_order),
        cmocka_unit_test(renaming_shows_in_card_siblings_and_tree_and_keeps_the_path),
        cmocka_unit_test(a_new_description_shows_on_its_page_alone),
        cmocka_unit_test(a_position_is_named_only_when_the_order_changes),
        cmocka_unit_test(a_path_that_is_taken_is_a_conflict),
        cmocka_unit_test(what_makes_no_section_is_refused),
        cmocka_unit_test(the_tree_has_a_depth_and_the_deepest_is_found_again),
    };
    return MODEL_TEST_RUN("section", tests);
}
