// What JSON promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <jansson.h>

#include "base/arena.h"
#include "text/json.h"

static void json_puts_commas_where_they_go(void **state)
{
    arena_scoped a = arena_new();
    struct buf out = buf_new(a, 1000);
    struct json j = json_into(&out);
    json_open_object(&j);
    json_put_member(&j, S("a"), S("x"));
    json_put_name(&j, S("b"));
    json_open_list(&j);
    json_put_int(&j, -1);
    json_put_bool(&j, true);
    json_put_null(&j);
    json_open_object(&j);
    json_close_object(&j);
    json_close_list(&j);
    json_close_object(&j);
    assert_str(buf_str(&out), "{\"a\":\"x\",\"b\":[-1,true,null,{}]}");
}

static void json_strings_read_back_as_they_were(void **state)
{
    arena_scoped a = arena_new();
    char all[127];
    for (int i = 0; i < 127; i++)
        all[i] = (char)(i + 1);
    struct buf out = buf_new(a, 2000);
    json_quote(&out, (str){all, sizeof all});
    json_t *value = json_loadb(out.ptr, out.len, JSON_DECODE_ANY, NULL);
    assert_non_null(value);
    assert_int_equal(json_string_length(value), sizeof all);
    assert_memory_equal(json_string_value(value), all, sizeof all);
    json_decref(value);
}

static void json_strings_end_no_script_and_are_utf8(void **state)
{
    arena_scoped a = arena_new();
    struct buf out = buf_new(a, 1000);
    json_quote(&out, S("</script><!-- \xFF é"));
    assert_str(buf_str(&out), "\"\\u003c/script\\u003e\\u003c!-- \uFFFD é\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_puts_commas_where_they_go),
        cmocka_unit_test(json_strings_read_back_as_they_were),
        cmocka_unit_test(json_strings_end_no_script_and_are_utf8),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
