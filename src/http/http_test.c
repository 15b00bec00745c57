// What the server promises to clients.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <poll.h>
#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/test_server.h"

static void kept_answers_come_with_all_headers(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    str heard = ask(b, S("GET /kept HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    assert_status(heard, 200);
    assert_has(heard, "\r\nDate: ");
    assert_has(heard, " GMT\r\n");
    assert_has(heard, "\r\nX-Common: yes\r\n");
    assert_has(heard, "\r\nETag: \"tag\"\r\n");
    assert_has(heard, "\r\nContent-Length: 7\r\n");
    assert_has(heard, "\r\nConnection: close\r\n\r\none two");
    assert_lacks(heard, "keep-alive");
    assert_int_equal(atomic_load(&b->site.released), 1);
    assert_int_equal(atomic_load(&b->site.handled), 0);
    bench_close(b);
}

static void handlers_see_the_request(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    str heard = ask(b, S("POST /a%20b/../%C3%A9?q=%20 HTTP/1.1\r\nHOST: Example.ORG:80\r\n"
                         "Accept-Encoding: br;q=1.0, gzip;q=0\r\n"
                         "Content-Length: 5\r\nConnection: close\r\n\r\nhello"));
    assert_status(heard, 200);
    assert_has(heard,
               "POST host=example.org path=/\xc3\xa9 query=q=%20 client=127.0.0.1 codings=2 hello");
    bench_close(b);
}

static void connections_are_kept_and_requests_pipelined(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_has(hear(b, fd, S("one two"), 1), "200 OK");
    struct buf many = buf_new(b->arena, 1 << 20);
    for (int i = 0; i < 500; i++)
        buf_add(&many, i % 5 ? S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n")
                             : S("POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhi"));
    buf_add(&many, S("GET /last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    say(fd, buf_str(&many));
    str heard = hear(b, fd, S(""), 0);
    for (int i = 0; i < 500; i++) {
        str end = i % 5 ? S("one two") : S("codings=0 hi");
        ptrdiff_t at = str_find(heard, end);
        assert_true(at >= 0);
        assert_true(str_find(str_from(heard, 1), S("HTTP/1.1")) > at);
        heard = str_from(heard, (size_t)at + end.len);
    }
    assert_has(heard, "path=/last");
    close(fd);
    bench_close(b);
}

static void head_answers_have_the_same_headers_and_no_body(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    str heard = ask(b, S("HEAD /kept HTTP/1.1\r\nHost: a\r\n\r\n"
                         "HEAD /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    assert_has(heard, "Content-Length: 7\r\n\r\nHTTP/1.1 200 OK\r\n");
    assert_true(str_ends(heard, S("\r\nConnection: close\r\n\r\n")));
    bench_close(b);
}

static void a_page_that_the_client_holds_is_not_sent_again(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    str heard = ask(b, S("GET /kept HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\", W/\"tag\"\r\n"
                         "Connection: close\r\n\r\n"));
    assert_status(heard, 304);
    assert_has(heard, "\r\nETag: \"tag\"\r\n");
    assert_has(heard, "\r\nCache-Control: no-cache\r\n");
    assert_has(heard, "\r\nVary: Cookie\r\n");
    assert_lacks(heard, "Content-");
    assert_true(str_ends(heard, S("\r\n\r\n")));
    assert_int_equal(atomic_load(&b->site.released), 1);
    heard = ask(b, S("GET /kept HTTP/1.1\r\nHost: a\r\nIf-None-Match: \"x\"\r\n"
                     "Connection: close\r\n\r\n"));
    assert_status(heard, 200);
    bench_close(b);
}

static void refusals_have_all_headers_and_close(void **state)
{
    static const struct {
        int status;
        const char *text;
    } cases[] = {
        {400, "GET / HTTP/1.1\nHost: a\n\n"},
        {400, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"},
        {405, "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"},
        {413, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000000\r\n\r\nabc"},
        {417, "POST / HTTP/1.1\r\nHost: a\r\nExpect: x\r\nContent-Length: 3\r\n\r\nabc"},
        {501, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"},
        {505, "GET / HTTP/3.0\r\nHost: a\r\n\r\n"},
    };
    struct bench *b = bench_open((struct http_options){0});
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str more = S("GET /never-answered HTTP/1.1\r\nHost: a\r\n\r\n");
        str heard = ask(b, str_join(b->arena, str_of(cases[i].text), more));
        assert_status(heard, cases[i].status);
        assert_has(heard, "\r\nDate: ");
        assert_has(heard, "\r\nX-Common: yes\r\n");
        assert_has(heard, "\r\nConnection: close\r\n\r\n");
        assert_has(heard, cases[i].status == 405 ? "\r\nAllow: GET, HEAD, POST\r\n" : "text/plain");
        assert_lacks(str_from(heard, 1), "HTTP/1.1");
    }
    assert_int_equal(http_stats(b->server).bad, sizeof cases / sizeof *cases);
    assert_int_equal(atomic_load(&b->site.handled), 0);
    bench_close(b);
}

static void overlong_requests_are_refused(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    struct buf text = buf_new(b->arena, 1 << 20);
    buf_add(&text, S("GET /"));
    memset(buf_room(&text, 100000), 'a', 100000);
    text.len += 100000;
    assert_status(ask(b, buf_str(&text)), 414);
    text.len = 0;
    buf_add(&text, S("GET / HTTP/1.1\r\nHost: a\r\nX: "));
    memset(buf_room(&text, 100000), 'a', 100000);
    text.len += 100000;
    assert_status(ask(b, buf_str(&text)), 431);
    bench_close(b);
}

static void a_handler_without_a_status_is_an_error(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    assert_status(ask(b, S("GET /none HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")), 500);
    bench_close(b);
}

static void bodies_are_waited_for_when_the_client_asks_first(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("POST /x HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
              "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"));
    assert_str(hear(b, fd, S("\r\n\r\n"), 1), "HTTP/1.1 100 Continue\r\n\r\n");
    say(fd, S("5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n"));
    assert_has(hear(b, fd, S(""), 0), " hello world");
    close(fd);
    bench_close(b);
}

static void a_client_that_has_said_all_still_gets_its_answers(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("GET /x HTTP/1.1\r\nHost: a\r\n\r\nGET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    shutdown(fd, SHUT_WR);
    str heard = hear(b, fd, S(""), 0);
    assert_has(heard, "path=/x");
    assert_has(heard, "one two");
    close(fd);
    bench_close(b);
}

static void slow_senders_are_refused_whatever_they_trickle(void **state)
{
    struct bench *b = bench_open((struct http_options){.header_ms = 150, .body_ms = 150});
    static const char *const beginnings[] = {
        "GET / HTTP/1.1\r\nHost: a\r\nX: ",
        "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
    };
    for (size_t i = 0; i < 2; i++) {
        int fd = dial(b);
        say(fd, str_of(beginnings[i]));
        struct pollfd ready = {fd, POLLIN, 0};
        // A byte every 10 ms does not keep it open.
        while (poll(&ready, 1, 10) == 0)
            say(fd, S("a"));
        str heard = hear(b, fd, S(""), 0);
        assert_status(heard, 408);
        assert_has(heard, "\r\nConnection: close\r\n");
        close(fd);
    }
    assert_int_equal(http_stats(b->server).timeouts, 2);
    bench_close(b);
}

static void idle_connections_are_closed_in_silence(void **state)
{
    struct bench *b = bench_open((struct http_options){.idle_ms = 100});
    int never = dial(b), once = dial(b);
    say(once, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_true(str_ends(hear(b, once, S(""), 0), S("one two")));
    assert_str(hear(b, never, S(""), 0), "");
    close(never);
    close(once);
    bench_close(b);
}

static void large_answers_wait_for_slow_readers(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("GET /big HTTP/1.1\r\nHost: a\r\n\r\nGET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    // Others are served meanwhile.
    assert_has(ask(b, S("GET /kept HTTP/1.0\r\n\r\n")), "one two");
    assert_int_equal(atomic_load(&b->site.released), 1);
    str heard = hear(b, fd, S("one two"), 1);
    assert_true(heard.len > BIG);
    while (atomic_load(&b->site.released) < 3)
        sched_yield();
    close(fd);
    bench_close(b);
}

static void readers_who_stop_are_dropped(void **state)
{
    struct bench *b = bench_open((struct http_options){.send_ms = 100});
    int fd = dial(b);
    say(fd, S("GET /big HTTP/1.1\r\nHost: a\r\n\r\n"));
    while (http_stats(b->server).timeouts == 0)
        sched_yield();
    while (http_stats(b->server).open > 0)
        sched_yield();
    assert_int_equal(atomic_load(&b->site.released), 1);
    assert_int_equal(atomic_load(&b->site.done), 1);
    close(fd);
    bench_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_answers_come_with_all_headers),
        cmocka_unit_test(handlers_see_the_request),
        cmocka_unit_test(connections_are_kept_and_requests_pipelined),
        cmocka_unit_test(head_answers_have_the_same_headers_and_no_body),
        cmocka_unit_test(a_page_that_the_client_holds_is_not_sent_again),
        cmocka_unit_test(refusals_have_all_headers_and_close),
        cmocka_unit_test(overlong_requests_are_refused),
        cmocka_unit_test(a_handler_without_a_status_is_an_error),
        cmocka_unit_test(bodies_are_waited_for_when_the_client_asks_first),
        cmocka_unit_test(a_client_that_has_said_all_still_gets_its_answers),
        cmocka_unit_test(slow_senders_are_refused_whatever_they_trickle),
        cmocka_unit_test(idle_connections_are_closed_in_silence),
        cmocka_unit_test(large_answers_wait_for_slow_readers),
        cmocka_unit_test(readers_who_stop_are_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
