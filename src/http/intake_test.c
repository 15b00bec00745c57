// What is refused, with which status, and that no split of the bytes changes it.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/intake.h"

static const struct limits limits = {.header_bytes = 1000, .header_count = 10, .body_bytes = 100};

// Feeds `text` in pieces that end at `first` and then every `step` bytes; the first result that is
// not INTAKE_MORE.
static int feed(struct intake *in, str text, size_t first, size_t step)
{
    int result = INTAKE_MORE;
    size_t piece = first ? first : step;
    while (text.len && result == INTAKE_MORE) {
        size_t size;
        char *room = intake_room(in, &size);
        assert_true(size > 0);
        size = size < piece ? size : piece;
        size = size < text.len ? size : text.len;
        memcpy(room, text.ptr, size);
        in->end += size;
        text = str_from(text, size);
        result = intake_advance(in);
        piece = step;
    }
    return result;
}

static int result_of(str text, size_t first, size_t step)
{
    struct intake in;
    arena_scoped a = arena_new();
    intake_init(&in, &limits, a);
    int result = feed(&in, text, first, step);
    intake_done(&in);
    return result;
}

static void assert_result(str text, int expected)
{
    for (size_t first = 0; first < text.len; first++) {
        int result = result_of(text, first, text.len);
        if (result != expected)
            fail_msg("%d, not %d, cut at %zu: %.*s", result, expected, first, STR(text));
    }
    int result = result_of(text, 1, 1);
    if (result != expected)
        fail_msg("%d, not %d, byte by byte: %.*s", result, expected, STR(text));
}

static const struct {
    int status;
    str text;
} refused[] = {
#define CASE(status, text)                                                                         \
    {                                                                                              \
        status,                                                                                    \
        {                                                                                          \
            text, sizeof text - 1                                                                  \
        }                                                                                          \
    }
    CASE(400, "GET / HTTP/1.1\nHost: a\r\n\r\n"),                   // bare LF
    CASE(400, "GET / HTTP/1.1\r\nHost: a\n\r\n"),                   // in a header
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\n\n"),                   // at the end
    CASE(400, "GET / HTTP/1.1\rHost: a\r\n\r\n"),                   // bare CR
    CASE(400, "GET / HTTP/1.1\r\nHost: a\rb: c\r\n\r\n"),           // in a header
    CASE(400, "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n"),               // doubled
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n b\r\n\r\n"),   // folded
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\r\n\tb\r\n\r\n"),  // folded
    CASE(400, "GET / HTTP/1.1\r\n Host: a\r\n\r\n"),                // before the first header
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\0b\r\n\r\n"),      // NUL
    CASE(400, "GET /\0 HTTP/1.1\r\nHost: a\r\n\r\n"),               // NUL
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX: a\x1b[b\r\n\r\n"),   // other control bytes
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX : a\r\n\r\n"),        // space before the colon
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\n: a\r\n\r\n"),          // no name
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nNoColon\r\n\r\n"),      // no colon
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nX\xc3\xa9: a\r\n\r\n"), // no token
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1, 1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1 1\r\n\r\na"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length:\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: "
              "chunked\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: "
              "1\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, "
              "chunked\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: "
              "chunked\r\n\r\n0\r\n\r\n"),
    CASE(400, "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
#define CHUNKED "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    CASE(400, CHUNKED "x\r\n"),
    CASE(400, CHUNKED "\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "-1\r\na\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "0x1\r\na\r\n0\r\n\r\n"),
    CASE(400, CHUNKED " 1\r\na\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "1\na\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "1\r\na\n0\r\n\r\n"),
    CASE(400, CHUNKED "1\r\nab\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "1\r\na0\r\n\r\n"),
    CASE(400, CHUNKED "1;\n\r\na\r\n0\r\n\r\n"),
    CASE(400, CHUNKED "0\r\nX: a\nY: b\r\n\r\n"),
    CASE(400, CHUNKED "fffffffffffffffff\r\na\r\n0\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\n\r\n"),                       // no Host
    CASE(400, "GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n"), // two
    CASE(400, "GET / HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n"), // two
    CASE(400, "GET / HTTP/1.1\r\nHost:\r\n\r\n"),              // empty
    CASE(400, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"),          // bad ones
    CASE(400, "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: u@a\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a,b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a:b\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: a:70000\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1\r\nHost: [x]\r\n\r\n"),
    CASE(400, "GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET http://a HTTP/1.1\r\n\r\n"),
    CASE(400, "GET ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET a HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET  / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /  HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET / HTTP/1.1 \r\nHost: a\r\n\r\n"),
    CASE(400, " GET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /#x HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%0 HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%0a HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%ff HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%2fa HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /a/../../b HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /%2e%2e/b HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "G@T / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET / http/1.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET / HTTP/1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET / HTTP/11.1\r\nHost: a\r\n\r\n"),
    CASE(400, "GET /\r\nHost: a\r\n\r\n"),
    CASE(400, "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(505, "GET / HTTP/1.2\r\nHost: a\r\n\r\n"),
    CASE(505, "GET / HTTP/0.9\r\nHost: a\r\n\r\n"),
    CASE(505, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    CASE(501, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(501, "get / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(405, "DELETE / HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(405, "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(405, "CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
    CASE(417, "POST / HTTP/1.1\r\nHost: a\r\nExpect: gold\r\nContent-Length: 1\r\n\r\na"),
    CASE(413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"),
    CASE(413, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"),
    CASE(413, CHUNKED "65\r\n"),
    CASE(413, CHUNKED "a\r\n0123456789\r\n5b\r\n"),
    CASE(413, CHUNKED "ffffffffffffffff\r\n"),
    CASE(431, "GET / HTTP/1.1\r\na:1\r\nb:1\r\nc:1\r\nd:1\r\ne:1\r\nf:1\r\ng:1\r\nh:1\r\ni:1\r\n"
              "j:1\r\nHost: a\r\n\r\n"),
};

static void malformed_requests_are_refused_however_they_are_split(void **state)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_result(refused[i].text, refused[i].status);
}

static void whole_requests_are_taken_however_they_are_split(void **state)
{
    static const str taken[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", 27},
        {"\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", 29},
        {"GET / HTTP/1.0\r\n\r\n", 18},
    };
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
        assert_result(taken[i], INTAKE_READY);
    assert_result(S("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"), INTAKE_READY);
    assert_result(S(CHUNKED "3;ext=\"x\"\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n"),
                  INTAKE_READY);
    assert_result(S("GET / HTTP/1.1\r\nHost: a\r\na:1\r\nb:1\r\nc:1\r\nd:1\r\ne:1\r\nf:1\r\ng:1\r\n"
                    "h:1\r\ni:1\r\n\r\n"),
                  INTAKE_READY);
}

static void what_is_read_does_not_depend_on_the_split(void **state)
{
    static const char text[] =
        "POST http://Other:8080/%C3%A9/./b//c/..?x=%31 HTTP/1.1\r\nHost: a\r\nX-Some:  v w \r\n"
        "Empty:\r\nConnection: Upgrade, keep-alive\r\nUpgrade: websocket\r\n"
        "Accept-Encoding: gzip\r\nTransfer-Encoding: Chunked\r\n\r\n"
        "3\r\nabc\r\n00002\r\nde\r\n0\r\nHost: evil\r\n\r\nGET /next";
    for (size_t first = 0; first < sizeof text - 1; first++) {
        struct intake in;
        arena_scoped a = arena_new();
        intake_init(&in, &limits, a);
        int result = feed(&in, (str){text, sizeof text - 1}, first, sizeof text);
        assert_int_equal(result, INTAKE_READY);
        const struct http_request *r = &in.request;
        assert_str(r->target, "/%C3%A9/./b//c/..?x=%31");
        assert_str(r->path, "/\xc3\xa9/b//");
        assert_str(r->query, "x=%31");
        assert_str(r->host, "other");
        assert_str(r->body, "abcde");
        assert_int_equal(r->header_count, 7);
        assert_str(http_header(r, S("x-some")), "v w");
        assert_str(http_header(r, S("empty")), "");
        assert_str(http_header(r, S("host")), "a");
        assert_int_equal(r->codings, HTTP_GZIP);
        assert_true(in.terms.keep_alive);
        intake_done(&in);
    }
}

static void requests_in_one_buffer_come_one_after_the_other(void **state)
{
    struct intake in;
    arena_scoped a = arena_new();
    intake_init(&in, &limits, a);
    str text = S("POST /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nab"
                 "GET /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxx"
                 "GET /3 HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    assert_int_equal(feed(&in, text, 0, text.len), INTAKE_READY);
    assert_str(in.request.path, "/1");
    assert_str(in.request.body, "ab");
    intake_next(&in);
    assert_int_equal(intake_advance(&in), INTAKE_READY);
    assert_str(in.request.path, "/2");
    assert_str(in.request.body, "");
    intake_next(&in);
    assert_false(intake_idle(&in));
    assert_int_equal(intake_advance(&in), INTAKE_READY);
    assert_str(in.request.path, "/3");
    assert_true(in.terms.keep_alive);
    intake_next(&in);
    assert_true(intake_idle(&in));
    intake_done(&in);
}

static void assert_repeated(const char *before, const char *part, int times, int expected)
{
    arena_scoped a = arena_new();
    struct buf text = buf_new(a, 1 << 20);
    buf_add(&text, str_of(before));
    for (int i = 0; i < times; i++)
        buf_add(&text, str_of(part));
    buf_add(&text, S("\r\n\r\n"));
    assert_int_equal(result_of(buf_str(&text), 0, text.len), expected);
    assert_int_equal(result_of(buf_str(&text), 1, 1), expected);
    assert_int_equal(result_of(buf_str(&text), 0, 700), expected);
}

static void what_is_over_a_limit_is_refused_before_it_is_complete(void **state)
{
    assert_repeated("GET /", "a", 2000, 414);
    assert_repeated("GET / HTTP/1.1\r\nHost: a\r\nX: ", "a", 2000, 431);
    assert_repeated("GET / HTTP/1.1\r\nHost: a", "\r\nX: a", 11, 431);
    assert_repeated(CHUNKED, "1\r\na\r\n", 101, 413);
    assert_repeated(CHUNKED, "64\r\n", 1, INTAKE_MORE);
    assert_repeated(CHUNKED "1;", "e", 2000, 413);
    assert_repeated(CHUNKED "0\r\n", "X: y\r\n", 600, 413);
    assert_repeated(CHUNKED, "0", 5000, 413);
}

static void connections_are_kept_by_the_rules_of_their_version(void **state)
{
    static const struct {
        const char *text;
        bool keep;
    } cases[] = {
        {"GET / HTTP/1.1\r\nHost: a\r\n\r\n", true},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: x, CLOSE\r\n\r\n", false},
        {"GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\nConnection: close\r\n\r\n", false},
        {"GET / HTTP/1.0\r\n\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", true},
        {"GET / HTTP/1.0\r\nConnection: close, keep-alive\r\n\r\n", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct intake in;
        arena_scoped a = arena_new();
        intake_init(&in, &limits, a);
        str text = str_of(cases[i].text);
        assert_int_equal(feed(&in, text, 0, text.len), INTAKE_READY);
        assert_int_equal(in.terms.keep_alive, cases[i].keep);
        intake_done(&in);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(malformed_requests_are_refused_however_they_are_split),
        cmocka_unit_test(whole_requests_are_taken_however_they_are_split),
        cmocka_unit_test(what_is_read_does_not_depend_on_the_split),
        cmocka_unit_test(requests_in_one_buffer_come_one_after_the_other),
        cmocka_unit_test(what_is_over_a_limit_is_refused_before_it_is_complete),
        cmocka_unit_test(connections_are_kept_by_the_rules_of_their_version),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
