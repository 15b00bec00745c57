// How the background thread goes on when something is wrong.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "app/jobs.h"
#include "base/arena.h"

static void trouble_is_told_once_and_tried_less_and_less_often(void **state)
{
    arena_scoped a = arena_new();
    error full = failure(a, FAULT_IO, S("disk"), "full");
    struct jobs_pace p = {0};
    assert_true(jobs_pace_next(&p, full, 0));
    int first = p.wait_ms;
    assert_true(first > 0 && first < 1000);
    int all_ms = 0, told = 0, tries = 0;
    for (; all_ms < 3600 * 1000; all_ms += p.wait_ms, tries++)
        told += jobs_pace_next(&p, full, 0);
    assert_int_equal(told, 0);
    assert_true(tries < 200);
    assert_true(p.wait_ms <= 30000);
}

static void what_changes_is_told_again_and_work_goes_on_at_once(void **state)
{
    arena_scoped a = arena_new();
    error full = failure(a, FAULT_IO, S("disk"), "full");
    error broken = failure(a, FAULT_DATA, S("job"), "broken");
    struct jobs_pace p = {0};
    assert_false(jobs_pace_next(&p, NULL, 5));
    assert_int_equal(p.wait_ms, 0);
    assert_true(jobs_pace_next(&p, full, 0));
    assert_true(jobs_pace_next(&p, broken, 0));
    assert_true(jobs_pace_next(&p, NULL, 3));
    assert_int_equal(p.wait_ms, 0);
    assert_false(jobs_pace_next(&p, NULL, 0));
    assert_true(p.wait_ms > 0);
}

static void another_writer_is_no_news(void **state)
{
    arena_scoped a = arena_new();
    error busy = failure(a, FAULT_BUSY, S("database"), "held");
    struct jobs_pace p = {0};
    assert_false(jobs_pace_next(&p, busy, 0));
    int wait = p.wait_ms;
    assert_false(jobs_pace_next(&p, busy, 0));
    assert_int_equal(p.wait_ms, wait);
    assert_false(jobs_pace_next(&p, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trouble_is_told_once_and_tried_less_and_less_often),
        cmocka_unit_test(what_changes_is_told_again_and_work_goes_on_at_once),
        cmocka_unit_test(another_writer_is_no_news),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
