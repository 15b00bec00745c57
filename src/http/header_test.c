// What header values, targets, forms and forwarded addresses are read as.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "http/answer.h"
#include "http/form.h"
#include "http/proxy.h"
#include "http/target.h"

static void codings_are_those_the_client_takes(void **state)
{
    static const struct {
        const char *value;
        unsigned codings;
    } cases[] = {
        {"", 0},
        {"gzip", HTTP_GZIP},
        {"gzip, deflate, br, zstd", HTTP_GZIP | HTTP_BR | HTTP_ZSTD},
        {"GZIP;q=0.5 ,, BR ; q=1", HTTP_GZIP | HTTP_BR},
        {"gzip;q=0, br;q=0.000, zstd;Q=0.", 0},
        {"br;q=0.001", HTTP_BR},
        {"*", HTTP_GZIP},
        {"*;q=0", 0},
        {"gzip;q=0, *", 0},
        {"identity", 0},
        {"gzipx, x-gzip", HTTP_GZIP},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(coding_accepted(str_of(cases[i].value)), cases[i].codings);
}

static void entity_tags_are_found_in_lists(void **state)
{
    assert_true(etag_listed(S("\"a\""), S("\"a\"")));
    assert_true(etag_listed(S("W/\"a\""), S("\"a\"")));
    assert_true(etag_listed(S("\"a\""), S("W/\"a\"")));
    assert_true(etag_listed(S(" \"x,y\" , W/\"b\",\"a\""), S("\"a\"")));
    assert_true(etag_listed(S("*"), S("\"a\"")));
    assert_false(etag_listed(S("\"x, \"a\""), S("\"b\"")));
    assert_false(etag_listed(S("a"), S("\"a\"")));
    assert_false(etag_listed(S("\"aa\""), S("\"a\"")));
    assert_false(etag_listed(S("\"a"), S("\"a\"")));
    assert_false(etag_listed(S(""), S("\"a\"")));
    assert_false(etag_listed(S("*"), S("")));
}

static void cookies_are_found_by_their_exact_name(void **state)
{
    str cookie = S("a=1; bb = 2 ;b=3=4; flag; c=\"5\"; a=6");
    assert_str(cookie_value(cookie, S("a")), "1");
    assert_str(cookie_value(cookie, S("b")), "3=4");
    assert_str(cookie_value(cookie, S("bb")), "2");
    assert_str(cookie_value(cookie, S("c")), "\"5\"");
    assert_null(cookie_value(cookie, S("flag")).ptr);
    assert_null(cookie_value(cookie, S("A")).ptr);
    assert_null(cookie_value(S(""), S("")).ptr);
}

static void hosts_lose_their_port_and_their_case(void **state)
{
    static const char *const cases[][2] = {
        {"Example.Org", "example.org"},
        {"a:80", "a"},
        {"a:", "a"},
        {"[2001:DB8::1]:8080", "[2001:db8::1]"},
        {"1.2.3.4", "1.2.3.4"},
        {"a:65536", NULL},
        {"", NULL},
        {":80", NULL},
        {"a:-1", NULL},
        {"a:+1", NULL},
        {"[]", NULL},
        {"[::1]x", NULL},
        {"a..b\x7f", NULL},
        {"\xc3\xa9", NULL},
    };
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = str_z(a, str_of(cases[i][0]));
        str host;
        bool read = host_parse(text, strlen(text), &host);
        assert_int_equal(read, cases[i][1] != NULL);
        if (read)
            assert_str(host, cases[i][1]);
    }
}

static void nothing_in_a_location_begins_another_line(void **state)
{
    arena_scoped a = arena_new();
    assert_str(http_location(a, S("/a?b=%20#c")), "Location: /a?b=%20#c\r\n");
    assert_str(http_location(a, S("/a\r\nSet-Cookie: x")), "Location: /a%0D%0ASet-Cookie:%20x\r\n");
    assert_str(http_location(a, (str){"/\xc3\xa9\0\"<", 6}), "Location: /%C3%A9%00%22%3C\r\n");
}

static void paths_are_decoded_once_and_resolved(void **state)
{
    static const char *const cases[][2] = {
        {"/", "/"},
        {"/a/b", "/a/b"},
        {"/a/./b", "/a/b"},
        {"/a/../b", "/b"},
        {"/a/..", "/"},
        {"/a/.", "/a/"},
        {"/.", "/"},
        {"/a/b/..", "/a/"},
        {"/%61", "/a"},
        {"/%2561", "/%61"},
        {"/a/%2E%2e/b", "/b"},
        {"/..", NULL},
        {"/a/../..", NULL},
        {"//../a", "/a"},
        {"/.a/..b", "/.a/..b"},
        {"/a//b", "/a//b"},
        {"/%e2%82%ac", "/\xe2\x82\xac"},
        {"/%e2%82", NULL},
        {"/%c0%af", NULL},
        {"/%7f", NULL},
        {"/%", NULL},
        {"/%4", NULL},
        {"/%zz", NULL},
        {"/a%2Fb", NULL},
        {"/+", "/+"},
        {"/a;b=c", "/a;b=c"},
        {"/...", "/..."},
    };
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct target target;
        bool read = target_parse(a, str_of(cases[i][0]), &target);
        if (read != (cases[i][1] != NULL))
            fail_msg("%s", cases[i][0]);
        if (read)
            assert_str(target.path, cases[i][1]);
    }
}

static void absolute_targets_name_their_host(void **state)
{
    arena_scoped a = arena_new();
    struct target t;
    assert_true(target_parse(a, S("HTTP://h:1/p?q"), &t));
    assert_str(t.authority, "h:1");
    assert_str(t.whole, "/p?q");
    assert_true(target_parse(a, S("https://h?q"), &t));
    assert_str(t.whole, "/?q");
    assert_str(t.path, "/");
    assert_str(t.query, "q");
    assert_true(target_parse(a, S("http://h"), &t));
    assert_str(t.whole, "/");
    assert_true(target_parse(a, S("/a?"), &t));
    assert_null(t.authority.ptr);
    assert_str(t.query, "");
}

static void forms_are_read_in_order(void **state)
{
    arena_scoped a = arena_new();
    struct form form;
    assert_null(form_parse(a, S("a=1&b=x+y%26%3D&&a=2&c&=d&e=%C3%A9="), &form));
    assert_int_equal(form.count, 6);
    assert_str(form_value(&form, S("a")), "1");
    assert_str(form_value(&form, S("b")), "x y&=");
    assert_str(form.fields[2].value, "2");
    assert_str(form_value(&form, S("c")), "");
    assert_str(form_value(&form, S("")), "d");
    assert_str(form_value(&form, S("e")), "\xc3\xa9=");
    assert_null(form_value(&form, S("z")).ptr);
    assert_null(form_parse(a, S(""), &form));
    assert_int_equal(form.count, 0);
}

static void forms_that_cannot_be_text_are_refused(void **state)
{
    static const char *const cases[] = {"a=%", "a=%1", "%zz=1", "a=%ff", "a=%00", "a=\xff"};
    arena_scoped a = arena_new();
    struct form form;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        error e = form_parse(a, str_of(cases[i]), &form);
        assert_non_null(e);
        assert_int_equal(e->fault, FAULT_INPUT);
    }
    struct buf many = buf_new(a, 10000);
    for (int i = 0; i < FORM_FIELDS; i++)
        buf_add(&many, S("a&"));
    assert_null(form_parse(a, buf_str(&many), &form));
    buf_add(&many, S("a&"));
    error e = form_parse(a, buf_str(&many), &form);
    assert_true(e && e->fault == FAULT_LIMIT);
}

static str client_of(struct arena *a, const char *trusted, const char *first, const char *second)
{
    struct networks networks;
    struct in6_addr peer;
    struct http_header headers[] = {
        {S("x-forwarded-for"), str_of(first)},
        {S("other"), S("9.9.9.9")},
        {S("x-forwarded-for"), str_of(second)},
    };
    assert_null(networks_parse(a, str_of(trusted), &networks));
    assert_true(address_parse(S("10.0.0.1"), &peer));
    struct in6_addr client = client_behind(&networks, headers, 3, S("x-forwarded-for"), peer);
    char *text = arena_text(a, ADDRESS_TEXT);
    return (str){text, address_text(&client, text)};
}

static void the_client_is_the_rightmost_address_that_is_no_proxy(void **state)
{
    arena_scoped a = arena_new();
    const char *own = "10.0.0.0/8, 2001:db8::/32";
    assert_str(client_of(a, own, "", "1.2.3.4"), "1.2.3.4");
    assert_str(client_of(a, own, "6.6.6.6, 1.2.3.4", "10.1.1.1, 2001:db8::5"), "1.2.3.4");
    assert_str(client_of(a, own, "6.6.6.6", "evil, 10.3.3.3"), "10.3.3.3");
    assert_str(client_of(a, own, "10.2.2.2", "10.3.3.3"), "10.2.2.2");
    assert_str(client_of(a, own, "", ""), "10.0.0.1");
    assert_str(client_of(a, own, "", "[2001:4::1]:99"), "2001:4::1");
    assert_str(client_of(a, own, "", "1.2.3.4:99"), "1.2.3.4");
    assert_str(client_of(a, own, "", "::ffff:10.5.5.5"), "10.5.5.5");
}

static void networks_hold_what_their_bits_say(void **state)
{
    arena_scoped a = arena_new();
    struct networks n;
    struct in6_addr address;
    assert_null(networks_parse(a, S("192.168.4.0/22, ::1 , 0.0.0.0/32"), &n));
    assert_int_equal(n.count, 3);
    assert_true(address_parse(S("192.168.7.255"), &address) && networks_hold(&n, &address));
    assert_true(address_parse(S("192.168.8.0"), &address) && !networks_hold(&n, &address));
    assert_true(address_parse(S("::1"), &address) && networks_hold(&n, &address));
    assert_true(address_parse(S("::2"), &address) && !networks_hold(&n, &address));
    static const char *const bad[] = {"1.2.3", "1.2.3.4/33", "::/129",
                                      "a",     "1.2.3.4/",   "1.2.3.4/x"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        error e = networks_parse(a, str_of(bad[i]), &n);
        assert_true(e && e->fault == FAULT_INPUT);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codings_are_those_the_client_takes),
        cmocka_unit_test(entity_tags_are_found_in_lists),
        cmocka_unit_test(cookies_are_found_by_their_exact_name),
        cmocka_unit_test(hosts_lose_their_port_and_their_case),
        cmocka_unit_test(nothing_in_a_location_begins_another_line),
        cmocka_unit_test(paths_are_decoded_once_and_resolved),
        cmocka_unit_test(absolute_targets_name_their_host),
        cmocka_unit_test(forms_are_read_in_order),
        cmocka_unit_test(forms_that_cannot_be_text_are_refused),
        cmocka_unit_test(the_client_is_the_rightmost_address_that_is_no_proxy),
        cmocka_unit_test(networks_hold_what_their_bits_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
