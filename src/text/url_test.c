// What addresses promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <jansson.h>

#include "base/arena.h"
#include "text/corpus_test.h"
#include "text/url.h"

static void url_valid_http_takes_complete_addresses_only(void **state)
{
    const char *good[] = {"http://example.org",      "https://example.org:8080/a?b=c#d",
                          "HTTPS://Example.org/%20", "http://192.168.0.1/",
                          "http://[::1]:80/",        "http://localhost/x"};
    const char *bad[] = {"",
                         "example.org",
                         "//example.org",
                         "ftp://example.org",
                         "http://",
                         "http:///x",
                         "http://user@example.org/",
                         "http://example.org:99999/",
                         "http://exa mple.org/",
                         "http://example.org/\"",
                         "http://1.2.3",
                         "http://0x7f.1/",
                         "http://[::1",
                         "javascript:alert(1)",
                         "http:example.org"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_true(url_valid_http(str_of(good[i])));
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(url_valid_http(str_of(bad[i])));
}

static void url_clean_makes_what_it_takes_harmless(void **state)
{
    arena_scoped a = arena_new();
    const struct {
        const char *raw, *clean;
        enum url_kind kind;
    } cases[] = {
        {" https://example.org/a b\n", "https://example.org/a%20b", URL_HTTP},
        {"htt\tps://example.org", "https://example.org", URL_HTTP},
        {"//cdn.example.org/x", "https://cdn.example.org/x", URL_HTTP},
        {"https:\\\\example.org\\x", "https://example.org/x", URL_HTTP},
        {"/\\example.org/x", "https://example.org/x", URL_HTTP},
        {"https://münchen.example/ü", "https://xn--mnchen-3ya.example/%C3%BC", URL_HTTP},
        {"mailto:a@example.org", "mailto:a@example.org", URL_MAILTO},
        {"tel:+44 20", "tel:+44%2020", URL_TEL},
        {"/news/2026?a=1&b=\"2\"", "/news/2026?a=1&b=%222%22", URL_RELATIVE},
        {"#note", "#note", URL_RELATIVE},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str clean, again;
        assert_int_equal(url_clean(a, str_of(cases[i].raw), &clean), cases[i].kind);
        assert_str(clean, cases[i].clean);
        assert_int_equal(url_clean(a, clean, &again), cases[i].kind);
        assert_true(str_eq(clean, again));
    }
}

static void url_clean_refuses_what_could_run_or_mislead(void **state)
{
    arena_scoped a = arena_new();
    const char *bad[] = {"javascript:alert(1)",
                         "JaVaScRiPt:alert(1)",
                         " java\tscript:alert(1)",
                         "\x01javascript:alert(1)",
                         "data:text/html,x",
                         "vbscript:x",
                         "file:///etc",
                         "blob:x",
                         "java%73cript:alert(1)",
                         "https://user:pw@example.org/",
                         "http:",
                         "https:example.org",
                         "",
                         "mailto:",
                         "http://exa<mple.org/",
                         "x:y"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        str out = S("untouched");
        assert_int_equal(url_clean(a, str_of(bad[i]), &out), URL_BAD);
        assert_str(out, "untouched");
    }
}

// The examples of RFC 3986 §5.4.
static void url_join_resolves_as_the_standard_says(void **state)
{
    arena_scoped a = arena_new();
    const char *base = "http://a/b/c/d;p?q";
    const char *cases[][2] = {
        {"g:h", "g:h"},
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g"},
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q#s"},
        {"g#s", "http://a/b/c/g#s"},
        {";x", "http://a/b/c/;x"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {"..g", "http://a/b/c/..g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/../h", "http://a/b/c/h"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_str(url_join(a, str_of(base), str_of(cases[i][0])), cases[i][1]);
    assert_str(url_join(a, S("mailto:x"), S("g")), "g");
    assert_str(url_join(a, S("https://example.org"), S("g")), "https://example.org/g");
}

static void url_escapes_are_undone_by_decoding(void **state)
{
    arena_scoped a = arena_new();
    str text = S("a b/ü%?&\x01");
    assert_str(url_encode(a, S("a b/ü")), "a%20b%2F%C3%BC");
    assert_str(url_encode_path(a, S("/a b/ü")), "/a%20b/%C3%BC");
    assert_true(str_eq(url_decode(a, url_encode(a, text)), text));
    assert_str(url_decode(a, S("100%")), "100%");
    assert_str(url_decode(a, S("%zz%4")), "%zz%4");
}

static void url_parts_are_found(void **state)
{
    assert_str(url_host(S("https://example.org:81/a?b")), "example.org");
    assert_str(url_host(S("/a")), "");
    assert_str(url_path(S("https://example.org:81/a?b#c")), "/a?b#c");
    assert_str(url_path(S("/a?b")), "/a?b");
    assert_str(url_path(S("https://example.org")), "");
}

// Whatever we take, a browser takes, and it goes to the host that we say.
static void check_case(struct arena *a, json_t *test)
{
    str input = corpus_text(test, "input"), base = corpus_text(test, "base"), clean, joined;
    str href = corpus_text(test, "href"), host = corpus_text(test, "hostname");
    bool fails = json_is_true(json_object_get(test, "failure"));
    enum url_kind kind = url_clean(a, input, &clean);
    if (kind == URL_BAD || (kind == URL_RELATIVE && !url_valid_http(base)))
        return;
    if (kind == URL_HTTP && !base.len && !str_starts(href, S("http")) && !fails)
        return; // "//host" alone
    if (kind == URL_RELATIVE) {
        joined = url_join(a, base, clean);
        if (!fails)
            assert_true(str_eq(url_host(joined), host));
    }
    bool numbers = str_starts(url_host(clean), S("[")); // browsers shorten them
    if (kind == URL_HTTP && url_valid_http(base) && !fails && !numbers)
        if (!str_eq(url_host(clean), host) || !url_valid_http(clean))
            fail_msg("%.*s: cleaned to %.*s, not to host %.*s", STR(input), STR(clean), STR(host));
    if (kind == URL_HTTP && fails && !base.len)
        fail_msg("taken, though browsers refuse it: %.*s", STR(input));
}

static void url_agrees_with_browsers_on_hosts(void **state)
{
    corpus_each_line("text/urltestdata.jsonl", check_case);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(url_valid_http_takes_complete_addresses_only),
        cmocka_unit_test(url_clean_makes_what_it_takes_harmless),
        cmocka_unit_test(url_clean_refuses_what_could_run_or_mislead),
        cmocka_unit_test(url_join_resolves_as_the_standard_says),
        cmocka_unit_test(url_escapes_are_undone_by_decoding),
        cmocka_unit_test(url_parts_are_found),
        cmocka_unit_test(url_agrees_with_browsers_on_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
