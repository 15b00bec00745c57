// Tests of PHP's serialised values.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/phpserial.h"

static struct arena *a;

static int set_up(void **state)
{
    a = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(a);
    return 0;
}

static void an_array_is_read_with_all_it_holds(void **state)
{
    struct php_value v;
    assert_true(php_read(a,
                         S("a:5:{s:5:\"width\";i:-12;s:1:\"t\";b:1;s:1:\"r\";d:0.5;s:1:\"n\";N;"
                           "i:7;a:1:{i:0;s:4:\"a\";}\";}}"),
                         &v));
    assert_int_equal(v.count, 5);
    assert_int_equal(php_get(&v, "width")->number, -12);
    assert_int_equal(php_get(&v, "t")->kind, PHP_BOOL);
    assert_str(php_get(&v, "r")->text, "0.5");
    assert_int_equal(php_get(&v, "n")->kind, PHP_NULL);
    assert_str(v.pairs[4].value.pairs[0].value.text, "a\";}");
    assert_null(php_get(&v, "height"));
}

static void an_object_is_an_array_of_what_it_holds(void **state)
{
    struct php_value v;
    assert_true(php_read(a, S("O:8:\"stdClass\":1:{s:1:\"a\";R:1;}"), &v));
    assert_int_equal(v.kind, PHP_ARRAY);
    assert_int_equal(php_get(&v, "a")->kind, PHP_NULL);
}

static void what_is_malformed_is_refused(void **state)
{
    static const char *const bad[] = {
        "",           "a",           "i:;",          "i:1",   "s:5:\"ab\";",
        "s:-1:\"\";", "a:1:{}",      "a:9999999:{}", "i:1;x", "C:1:\"x\":0:{}",
        "a:1:{N;N;}", "s:2:\"abc\";"};
    struct php_value v;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (php_read(a, str_of(bad[i]), &v))
            fail_msg("%s was read", bad[i]);
}

static void what_nests_too_deep_is_refused(void **state)
{
    struct php_value v;
    struct buf text = buf_new(a, 4096);
    for (int i = 0; i <= PHP_DEPTH_MOST; i++)
        buf_add(&text, S("a:1:{i:0;"));
    buf_add(&text, S("N;"));
    for (int i = 0; i <= PHP_DEPTH_MOST; i++)
        buf_add(&text, S("}"));
    assert_false(php_read(a, buf_str(&text), &v));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_array_is_read_with_all_it_holds),
        cmocka_unit_test(an_object_is_an_array_of_what_it_holds),
        cmocka_unit_test(what_is_malformed_is_refused),
        cmocka_unit_test(what_nests_too_deep_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
