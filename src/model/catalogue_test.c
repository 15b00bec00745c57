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
    struct work *w = model_read(t);
    uint64_t before = w->commit;
    w = model_write(t);
    assert_ok(work_commit(w));
    assert_int_equal(w->commit, before);
    w = model_write(t);
    keyset_add(&w->writes, S("something"));
    assert_ok(work_commit(w));
    assert_int_equal(w->commit, before + 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_can_be_prepared),
        cmocka_unit_test(a_work_that_changed_something_has_the_next_number),
    };
    return MODEL_TEST_RUN("catalogue", tests);
}
