// Where a reader is sent after choosing settings, and whose forms count.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "app/settings.h"
#include "base/arena.h"

static struct http_answer post(struct arena *a, const char *referer, const char *origin,
                               const char *body)
{
    struct http_header *headers = arena_array(a, struct http_header, 2);
    size_t count = 0;
    if (referer)
        headers[count++] = (struct http_header){S("referer"), str_of(referer)};
    if (origin)
        headers[count++] = (struct http_header){S("origin"), str_of(origin)};
    struct http_request r = {.arena = a,
                             .method = HTTP_POST,
                             .host = S("paper.example"),
                             .body = str_of(body),
                             .headers = headers,
                             .header_count = count};
    struct http_answer answer = {0};
    settings_change(/* s= */ NULL, &r, &answer);
    return answer;
}

static void readers_come_back_to_the_page_they_were_on(void **state)
{
    static const char *const cases[][2] = {
        {"http://paper.example/a/b/?c=d", "/a/b/?c=d"},
        {"https://PAPER.example:8443/a/", "/a/"},
        {"http://paper.example", "/"},
        {"http://other.example/a/", "/"},
        {"http://paper.example.other/a/", "/"},
        {"http://paper.example//other.example/", "/"},
        {"http://paper.example@other.example/", "/"},
        {"javascript:alert(1)", "/"},
        {"/a/", "/"},
        {"", "/"},
        {NULL, "/"},
    };
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct http_answer answer = post(a, cases[i][0], NULL, "text=2");
        str line = str_format(a, "Location: %s\r\n", cases[i][1]);
        assert_int_equal(answer.status, 303);
        assert_true(str_starts(answer.headers, line));
    }
}

static void nothing_in_a_referer_begins_another_header(void **state)
{
    arena_scoped a = arena_new();
    struct http_answer answer = post(a, "http://paper.example/\\other\x01 x", NULL, "text=2");
    assert_true(str_starts(answer.headers, S("Location: /%5Cother%01%20x\r\n")));
}

static void what_was_chosen_is_kept_in_a_cookie(void **state)
{
    arena_scoped a = arena_new();
    str plain = post(a, NULL, "http://paper.example", "text=3&scheme=dark").headers;
    assert_true(str_find(plain, S("Set-Cookie: prefs=3d00; Path=/; Max-Age=31536000; "
                                  "SameSite=Lax\r\n")) >= 0);
    str secure = post(a, NULL, "https://paper.example", "notice=accepted").headers;
    assert_true(str_find(secure, S("prefs=1s10; Path=/; Max-Age=31536000; SameSite=Lax; "
                                   "Secure\r\n")) >= 0);
}

static void a_form_of_another_site_or_none_of_ours_sets_nothing(void **state)
{
    arena_scoped a = arena_new();
    assert_true(
        str_find(post(a, NULL, "https://other.example", "text=3").headers, S("Set-Cookie")) < 0);
    assert_true(str_find(post(a, NULL, "null", "text=3").headers, S("Set-Cookie")) < 0);
    assert_true(str_find(post(a, NULL, NULL, "text=%zz").headers, S("Set-Cookie")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(readers_come_back_to_the_page_they_were_on),
        cmocka_unit_test(nothing_in_a_referer_begins_another_header),
        cmocka_unit_test(what_was_chosen_is_kept_in_a_cookie),
        cmocka_unit_test(a_form_of_another_site_or_none_of_ours_sets_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
