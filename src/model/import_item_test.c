// Tests of what an import remembers, on both engines.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/import_item.h"

static void an_item_is_known_by_source_kind_and_id(void **state)
{
    struct work *w = model_write(*state);
    struct import_item item = {7, S("given"), S("made")}, found = {0};
    bool known;
    assert_ok(import_item_save(w, S("wordpress:a"), "story", S("12"), &item));
    assert_ok(import_item_find(w, S("wordpress:a"), "story", S("12"), &found, &known));
    assert_true(known);
    assert_int_equal(found.local_id, 7);
    assert_str(found.hash, "given");
    assert_str(found.local_hash, "made");
    assert_ok(import_item_find(w, S("wordpress:b"), "story", S("12"), &found, &known));
    assert_false(known);
    assert_ok(import_item_find(w, S("wordpress:a"), "page", S("12"), &found, &known));
    assert_false(known);
}

static void an_item_saved_again_is_the_newer_one(void **state)
{
    struct work *w = model_write(*state);
    struct import_item item = {7, S("given"), S("made")}, found = {0};
    bool known;
    assert_ok(import_item_save(w, S("s"), "story", S("12"), &item));
    item.hash = S("changed");
    assert_ok(import_item_save(w, S("s"), "story", S("12"), &item));
    assert_ok(import_item_find(w, S("s"), "story", S("12"), &found, &known));
    assert_str(found.hash, "changed");
    assert_writes_nothing(w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_item_is_known_by_source_kind_and_id),
        cmocka_unit_test(an_item_saved_again_is_the_newer_one),
    };
    return MODEL_TEST_RUN("import item", tests);
}
