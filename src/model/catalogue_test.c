// Whether both engines take every statement of the newsroom.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

static void every_statement_can_be_prepared(void **state)
{
    struct model_test *t = *state;
    assert_ok(db_prepare_all(t->conn, t->a));
}

static void a_work_that_changed_something_has_the_next_number(void **state)
{
    struct model_test *t = *state;
    uint64_t before = model_read(t)->commit;
    model_write(t);
    assert_int_equal(model_read(t)->commit, before);
    keyset_add(&model_write(t)->writes, S("something"));
    assert_int_equal(model_read(t)->commit, before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_can_be_prepared),
        cmocka_unit_test(a_work_that_changed_something_has_the_next_number),
    };
    return MODEL_TEST_RUN("catalogue", tests);
}
