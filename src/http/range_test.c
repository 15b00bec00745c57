// What answers from files promise: whole, in parts, to the slow and to those who leave.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <sched.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/test_server.h"

static str body_of(str heard)
{
    ptrdiff_t at = str_find(heard, S("\r\n\r\n"));
    assert_true(at > 0);
    return str_from(heard, (size_t)at + 4);
}

static void assert_bytes(str body, size_t from, size_t count)
{
    assert_int_equal(body.len, count);
    for (size_t i = 0; i < count; i++)
        if ((unsigned char)body.ptr[i] != (from + i) % 251)
            fail_msg("byte %zu is %d", i, (unsigned char)body.ptr[i]);
}

static str asked(struct bench *b, const char *method, const char *path, const char *headers)
{
    return ask(b, str_format(b->arena, "%s %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n%s\r\n",
                             method, path, headers));
}

static void a_file_comes_whole_and_keeps_the_connection(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("GET /file HTTP/1.1\r\nHost: a\r\n\r\nGET /file HTTP/1.1\r\nHost: a\r\n"
              "Connection: close\r\n\r\n"));
    str heard = hear(b, fd, S(""), 0);
    assert_status(heard, 200);
    assert_has(str_sub(heard, 0, 400), "\r\nContent-Length: 6291463\r\n");
    assert_has(str_sub(heard, 0, 400), "\r\nAccept-Ranges: bytes\r\n");
    assert_has(str_sub(heard, 0, 400), "\r\nETag: \"tag\"\r\n");
    str body = body_of(heard);
    assert_bytes(str_sub(body, 0, FILE_SIZE), 0, FILE_SIZE);
    str second = str_from(body, FILE_SIZE);
    assert_status(second, 200);
    assert_bytes(body_of(second), 0, FILE_SIZE);
    assert_int_equal(atomic_load(&b->site.released), 2);
    close(fd);
    bench_close(b);
}

static void a_range_is_a_part_of_the_file(void **state)
{
    static const struct {
        const char *headers;
        size_t from, to;
        const char *says;
    } rows[] = {
        {"Range: bytes=0-0\r\n", 0, 1, "bytes 0-0/6291463"},
        {"Range: bytes=5-9\r\n", 5, 10, "bytes 5-9/6291463"},
        {"range: BYTES=5-9\r\n", 5, 10, "bytes 5-9/6291463"},
        {"Range: bytes=6291462-\r\n", 6291462, FILE_SIZE, "bytes 6291462-6291462/6291463"},
        {"Range: bytes=3-99999999999999999999999999\r\n", 3, FILE_SIZE, "bytes 3-6291462/6291463"},
        {"Range: bytes=-3\r\n", FILE_SIZE - 3, FILE_SIZE, "bytes 6291460-6291462/6291463"},
        {"Range: bytes=-99999999\r\n", 0, FILE_SIZE, "bytes 0-6291462/6291463"},
        {"Range: bytes=0-6291462\r\n", 0, FILE_SIZE, "bytes 0-6291462/6291463"},
        {"Range: bytes=7-8\r\nIf-Range: \"tag\"\r\n", 7, 9, "bytes 7-8/6291463"},
        {"If-None-Match: \"other\"\r\nRange: bytes=7-8\r\n", 7, 9, "bytes 7-8/6291463"},
    };
    struct bench *b = bench_open((struct http_options){0});
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        str heard = asked(b, "GET", "/file", rows[i].headers);
        str head = str_sub(heard, 0, heard.len - body_of(heard).len);
        assert_status(head, 206);
        assert_has(head, rows[i].says);
        assert_has(head, (char *)str_format(b->arena, "\r\nContent-Length: %zu\r\n%c",
                                            rows[i].to - rows[i].from, 0)
                             .ptr);
        assert_has(head, "\r\nETag: \"tag\"\r\n");
        assert_bytes(body_of(heard), rows[i].from, rows[i].to - rows[i].from);
    }
    bench_close(b);
}

static void what_is_no_single_range_gets_the_whole(void **state)
{
    static const char *const headers[] = {
        "",
        "Range: bytes=\r\n",
        "Range: bytes=-\r\n",
        "Range: bytes=5-4\r\n",
        "Range: bytes=a-b\r\n",
        "Range: bytes=+5-9\r\n",
        "Range: bytes=5 - 9\r\n",
        "Range: bytes=--5\r\n",
        "Range: bytes=0-1,5-6\r\n",
        "Range: bytes 5-9\r\n",
        "Range: items=5-9\r\n",
        "Range: bytes=5-9\r\nRange: bytes=1-2\r\n",
        "Range: bytes=5-9\r\nIf-Range: \"other\"\r\n",
        "Range: bytes=5-9\r\nIf-Range: W/\"tag\"\r\n",
        "Range: bytes=5-9\r\nIf-Range: Mon, 23 Nov 2026 12:00:00 GMT\r\n",
    };
    struct bench *b = bench_open((struct http_options){0});
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        str heard = asked(b, "GET", "/file", headers[i]);
        str head = str_sub(heard, 0, heard.len - body_of(heard).len);
        assert_status(head, 200);
        assert_lacks(head, "Content-Range");
        assert_bytes(body_of(heard), 0, FILE_SIZE);
    }
    bench_close(b);
}

static void a_range_behind_the_end_is_said_to_be(void **state)
{
    static const char *const headers[] = {
        "Range: bytes=6291463-\r\n", "Range: bytes=6291463-7000000\r\n", "Range: bytes=-0\r\n"};
    struct bench *b = bench_open((struct http_options){0});
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        str heard = asked(b, "GET", "/file", headers[i]);
        assert_status(heard, 416);
        assert_has(heard, "\r\nContent-Range: bytes */6291463\r\n");
        assert_lacks(heard, "ETag");
        assert_has(heard, "\r\n\r\nThere is nothing in that range.\n");
    }
    assert_int_equal(atomic_load(&b->site.released), 3);
    bench_close(b);
}

static void head_and_those_who_hold_it_get_no_bytes(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    str heard = asked(b, "HEAD", "/file", "Range: bytes=5-9\r\n");
    assert_status(heard, 200);
    assert_has(heard, "\r\nContent-Length: 6291463\r\n");
    assert_int_equal(body_of(heard).len, 0);
    heard = asked(b, "GET", "/file", "If-None-Match: \"tag\"\r\nRange: bytes=5-9\r\n");
    assert_status(heard, 304);
    assert_lacks(heard, "Content-Range");
    assert_int_equal(body_of(heard).len, 0);
    assert_int_equal(atomic_load(&b->site.released), 2);
    bench_close(b);
}

static void a_file_that_became_shorter_ends_the_connection(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int fd = dial(b);
    say(fd, S("GET /file-short HTTP/1.1\r\nHost: a\r\n\r\n"));
    str heard = hear(b, fd, S(""), 0);
    assert_has(str_sub(heard, 0, 400), "\r\nContent-Length: 6291464\r\n");
    assert_bytes(body_of(heard), 0, FILE_SIZE);
    close(fd);
    bench_close(b);
}

static void who_leaves_amid_a_file_harms_nobody(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    for (int i = 0; i < 20; i++) {
        int fd = dial(b);
        struct linger now = {1, 0};
        say(fd, S("GET /file HTTP/1.1\r\nHost: a\r\n\r\n"));
        (void)hear(b, fd, S("200 OK"), 1);
        setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now); // a reset
        close(fd);
    }
    while (http_stats(b->server).open)
        sched_yield();
    assert_int_equal(atomic_load(&b->site.released), 20);
    assert_bytes(body_of(asked(b, "GET", "/file", "Range: bytes=5-9\r\n")), 5, 5);
    bench_close(b);
}

static void readers_of_large_files_let_others_have_their_turn(void **state)
{
    struct bench *b = bench_open((struct http_options){.loops = 1});
    int fds[8];
    for (int i = 0; i < 8; i++) {
        fds[i] = dial(b);
        say(fds[i], S("GET /file HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    }
    assert_status(asked(b, "GET", "/kept", ""), 200);
    for (int i = 0; i < 8; i++) {
        assert_bytes(body_of(hear(b, fds[i], S(""), 0)), 0, FILE_SIZE);
        close(fds[i]);
    }
    bench_close(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_comes_whole_and_keeps_the_connection),
        cmocka_unit_test(a_range_is_a_part_of_the_file),
        cmocka_unit_test(what_is_no_single_range_gets_the_whole),
        cmocka_unit_test(a_range_behind_the_end_is_said_to_be),
        cmocka_unit_test(head_and_those_who_hold_it_get_no_bytes),
        cmocka_unit_test(a_file_that_became_shorter_ends_the_connection),
        cmocka_unit_test(who_leaves_amid_a_file_harms_nobody),
        cmocka_unit_test(readers_of_large_files_let_others_have_their_turn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
