// What the server promises to clients, to handlers, and to those who restart it.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"
#include "http/http.h"

enum { PATIENCE_MS = 20000, BIG = 8 * 1024 * 1024 };

// What the tests' handlers share.
struct site {
    sem_t entered, go; // "/wait" says that it is there, and waits to be let go
    atomic_int handled, released, done, made;
    atomic_int last_status;
    atomic_bool page_kept;
    char *big;
};

static void release_one(void *held)
{
    atomic_fetch_add((atomic_int *)held, 1);
}

static void answer_text(struct site *site, struct http_answer *answer, str text)
{
    answer->status = 200;
    answer->headers = S("Content-Type: text/plain\r\nCache-Control: no-cache\r\nVary: Cookie\r\n");
    answer->parts[0] = text;
    answer->part_count = 1;
    answer->release = release_one;
    answer->held = &site->released;
}

static bool kept(void *ctx, const struct http_request *r, struct http_answer *answer, str *coalesce)
{
    struct site *site = ctx;
    if (str_eq(r->path, S("/kept"))) {
        answer_text(site, answer, S("one"));
        answer->parts[1] = S(" two");
        answer->part_count = 2;
        answer->etag = S("\"tag\"");
        return true;
    }
    if (str_eq(r->path, S("/big"))) {
        answer_text(site, answer, (str){site->big, BIG});
        return true;
    }
    if (str_eq(r->path, S("/page"))) {
        *coalesce = S("page");
        if (atomic_load(&site->page_kept))
            answer_text(site, answer, S("page"));
        return atomic_load(&site->page_kept);
    }
    if (str_eq(r->path, S("/never")))
        *coalesce = S("never");
    return false;
}

static void handle(void *worker, const struct http_request *r, struct http_answer *answer)
{
    struct site *site = worker;
    atomic_fetch_add(&site->handled, 1);
    if (str_eq(r->path, S("/none")))
        return;
    if (str_eq(r->path, S("/wait")) || str_eq(r->path, S("/page")) ||
        str_eq(r->path, S("/never"))) {
        sem_post(&site->entered);
        sem_wait(&site->go);
        atomic_fetch_add(&site->made, 1);
        if (str_eq(r->path, S("/page")))
            atomic_store(&site->page_kept, true);
    }
    static const char *const methods[] = {"GET", "HEAD", "POST"};
    answer_text(site, answer,
                str_format(r->arena,
                           "%s host=%.*s path=%.*s query=%.*s client=%.*s codings=%u %.*s",
                           methods[r->method], STR(r->host), STR(r->path), STR(r->query),
                           STR(r->client), r->codings, STR(r->body)));
}

static void *worker_open(void *ctx)
{
    return ctx;
}

static void done(void *ctx, const struct http_request *r, int status, size_t bytes, int64_t us)
{
    struct site *site = ctx;
    atomic_store(&site->last_status, status);
    atomic_fetch_add(&site->done, 1);
}

// A server and what it serves, for one test.
struct bench {
    struct arena *arena;
    struct http_server *server;
    struct site site;
};

static void site_open(struct site *site)
{
    *site = (struct site){.big = heap_alloc(BIG)};
    memset(site->big, 'x', BIG);
    sem_init(&site->entered, 0, 0);
    sem_init(&site->go, 0, 0);
}

static struct http_server *serve(struct arena *a, struct site *site, struct http_options options)
{
    struct http_ops ops = {site, kept, handle, worker_open, NULL, done};
    struct http_server *server = NULL;
    if (!options.listener_count)
        options.listen = S("127.0.0.1:0");
    if (!options.loops)
        options.loops = 2;
    options.common_headers = S("X-Common: yes\r\n");
    error e = http_start(a, &options, &ops, &server);
    if (e)
        fail_msg("%.*s", STR(e->message));
    return server;
}

static struct bench *bench_open(struct http_options options)
{
    struct bench *b = heap_new(struct bench);
    b->arena = arena_new();
    site_open(&b->site);
    b->server = serve(b->arena, &b->site, options);
    return b;
}

static void bench_close(struct bench *b)
{
    http_free(b->server);
    heap_free(b->site.big);
    arena_free(b->arena);
    heap_free(b);
}

static int dial_address(str address)
{
    int64_t port;
    assert_true(str_int(str_from(address, (size_t)str_rfind_char(address, ':') + 1), &port));
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_true(fd >= 0);
    if (connect(fd, (struct sockaddr *)&to, sizeof to)) {
        close(fd);
        return -1;
    }
    return fd;
}

static int dial(struct bench *b)
{
    int fd = dial_address(http_address(b->server));
    assert_true(fd >= 0);
    return fd;
}

static bool say(int fd, str text)
{
    while (text.len) {
        ssize_t sent = send(fd, text.ptr, text.len, MSG_NOSIGNAL);
        if (sent < 0)
            return false;
        text = str_from(text, (size_t)sent);
    }
    return true;
}

// Reads until `until` has come `times` times, or to the end of the stream when it is empty.
static str hear(struct bench *b, int fd, str until, int times)
{
    struct buf heard = buf_new(b->arena, 64 * 1024 * 1024);
    for (;;) {
        int found = 0;
        if (until.len)
            for (str rest = buf_str(&heard); str_find(rest, until) >= 0; found++)
                rest = str_from(rest, (size_t)str_find(rest, until) + until.len);
        if (until.len && found >= times)
            return buf_str(&heard);
        struct pollfd ready = {fd, POLLIN, 0};
        if (poll(&ready, 1, PATIENCE_MS) != 1)
            fail_msg("nothing came after \"%.*s\"", STR(buf_str(&heard)));
        char *room = buf_room(&heard, 65536);
        assert_non_null(room);
        ssize_t got = recv(fd, room, 65536, 0);
        if (got <= 0)
            return buf_str(&heard);
        heard.len += (size_t)got;
    }
}

// Says it, and hears all until the server closes.
static str ask(struct bench *b, str text)
{
    int fd = dial(b);
    say(fd, text);
    str heard = hear(b, fd, S(""), 0);
    close(fd);
    return heard;
}

static void assert_has(str text, const char *part)
{
    if (str_find(text, str_of(part)) < 0)
        fail_msg("no \"%s\" in \"%.*s\"", part, STR(text));
}

static void assert_lacks(str text, const char *part)
{
    if (str_find(text, str_of(part)) >= 0)
        fail_msg("\"%s\" is in \"%.*s\"", part, STR(text));
}

static void assert_status(str heard, int status)
{
    char line[32];
    snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    if (!str_starts(heard, str_of(line)))
        fail_msg("%d expected: \"%.*s\"", status, STR(heard));
}

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

enum { CROWD = 20 };

static void one_of_many_makes_the_page(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 4});
    int fds[CROWD];
    for (int i = 0; i < CROWD; i++) {
        fds[i] = dial(b);
        say(fds[i], S("GET /page HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    }
    while (http_stats(b->server).requests < CROWD)
        sched_yield();
    sem_post(&b->site.go);
    for (int i = 0; i < CROWD; i++) {
        assert_status(hear(b, fds[i], S(""), 0), 200);
        close(fds[i]);
    }
    assert_int_equal(atomic_load(&b->site.handled), 1);
    bench_close(b);
}

static void what_cannot_be_kept_is_not_made_one_after_the_other(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 4});
    int fds[5];
    for (int i = 0; i < 5; i++) {
        fds[i] = dial(b);
        say(fds[i], S("GET /never HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    }
    while (http_stats(b->server).requests < 5)
        sched_yield();
    sem_wait(&b->site.entered);
    sem_post(&b->site.go);
    // The other four are made at the same time.
    for (int i = 0; i < 4; i++)
        sem_wait(&b->site.entered);
    for (int i = 0; i < 4; i++)
        sem_post(&b->site.go);
    for (int i = 0; i < 5; i++) {
        assert_status(hear(b, fds[i], S(""), 0), 200);
        close(fds[i]);
    }
    assert_int_equal(atomic_load(&b->site.handled), 5);
    bench_close(b);
}

static void a_full_queue_is_said_at_once(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 1, .queue = 1});
    int busy = dial(b), queued = dial(b);
    say(busy, S("GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    sem_wait(&b->site.entered);
    say(queued, S("GET /wait HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    while (http_stats(b->server).queued < 1)
        sched_yield();
    str heard = ask(b, S("GET /x HTTP/1.1\r\nHost: a\r\n\r\n"
                         "GET /kept HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    assert_status(heard, 503);
    assert_has(heard, "\r\nRetry-After: ");
    assert_has(heard, "one two");
    sem_post(&b->site.go);
    sem_post(&b->site.go);
    assert_status(hear(b, busy, S(""), 0), 200);
    assert_status(hear(b, queued, S(""), 0), 200);
    close(busy);
    close(queued);
    bench_close(b);
}

static void connections_beyond_the_limit_are_turned_away(void **state)
{
    struct bench *b = bench_open((struct http_options){.connections = 2});
    int fds[2] = {dial(b), dial(b)};
    while (http_stats(b->server).open < 2)
        sched_yield();
    assert_status(ask(b, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n")), 503);
    close(fds[0]);
    while (http_stats(b->server).open == 2)
        sched_yield();
    assert_status(ask(b, S("GET /kept HTTP/1.0\r\n\r\n")), 200);
    close(fds[1]);
    bench_close(b);
}

static void only_proxies_are_believed_about_the_client(void **state)
{
    str request = S("GET /x HTTP/1.1\r\nHost: a\r\nX-Forwarded-For: 6.6.6.6, 1.2.3.4\r\n"
                    "Connection: close\r\n\r\n");
    struct bench *b = bench_open(
        (struct http_options){.client_header = S("x-forwarded-for"), .proxies = S("127.0.0.0/8")});
    assert_has(ask(b, request), "client=1.2.3.4 ");
    bench_close(b);
    b = bench_open(
        (struct http_options){.client_header = S("x-forwarded-for"), .proxies = S("10.0.0.1")});
    assert_has(ask(b, request), "client=127.0.0.1 ");
    bench_close(b);
}

static void *stop_server(void *server)
{
    http_stop(server, PATIENCE_MS, /* keep_listeners= */ false);
    return NULL;
}

static void stopping_finishes_what_has_begun(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int idle = dial(b), busy = dial(b), half = dial(b);
    say(busy, S("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"));
    say(half, S("POST /half HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nh"));
    sem_wait(&b->site.entered);
    while (http_stats(b->server).open < 3)
        sched_yield();
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_server, b->server);
    // Its end says that the server is stopping.
    assert_str(hear(b, idle, S(""), 0), "");
    say(half, S("i"));
    sem_post(&b->site.go);
    str heard = hear(b, busy, S(""), 0);
    assert_status(heard, 200);
    assert_has(heard, "\r\nConnection: close\r\n");
    heard = hear(b, half, S(""), 0);
    assert_has(heard, "path=/half");
    close(idle);
    close(busy);
    close(half);
    pthread_join(stopper, NULL);
    assert_int_equal(dial_address(http_address(b->server)), -1);
    bench_close(b);
}

static void stopping_does_not_wait_beyond_its_grace(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    int half = dial(b), busy = dial(b);
    say(half, S("GET / HTTP/1.1\r\n"));
    say(busy, S("GET /wait HTTP/1.1\r\nHost: a\r\n\r\n"));
    sem_wait(&b->site.entered);
    http_stop(b->server, 50, /* keep_listeners= */ false);
    sem_post(&b->site.go);
    bench_close(b);
    close(half);
    close(busy);
}

// A client under load: asks over and over, over connections that are kept as the server allows.
struct visitor {
    pthread_t thread;
    struct bench *bench;
    atomic_bool *over;
    atomic_int answered, failed;
};

// Reads one answer of /kept; -1 failed, 0 the server will close, 1 it keeps the connection.
static int read_answer(int fd)
{
    char text[2048];
    size_t len = 0;
    for (;;) {
        ssize_t got = recv(fd, text + len, sizeof text - len, 0);
        if (got <= 0)
            return -1;
        len += (size_t)got;
        str heard = {text, len};
        if (str_starts(heard, S("HTTP/1.1 200 ")) && str_ends(heard, S("one two")))
            return str_find(heard, S("Connection: close")) < 0;
    }
}

static void *visit(void *visitor_pointer)
{
    struct visitor *v = visitor_pointer;
    str address = http_address(v->bench->server);
    int fd = -1;
    while (!atomic_load(v->over)) {
        if (fd < 0)
            fd = dial_address(address);
        bool asked = fd >= 0 && say(fd, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
        int result = asked ? read_answer(fd) : -1;
        atomic_fetch_add(result < 0 ? &v->failed : &v->answered, 1);
        if (result < 1 || atomic_load(&v->answered) % 7 == 0) {
            close(fd);
            fd = -1;
        }
    }
    if (fd >= 0)
        close(fd);
    return NULL;
}

static void await_answers(struct visitor *visitors, size_t count, int more)
{
    for (size_t i = 0; i < count; i++) {
        int before = atomic_load(&visitors[i].answered);
        while (atomic_load(&visitors[i].answered) < before + more &&
               !atomic_load(&visitors[i].failed))
            sched_yield();
    }
}

static void a_successor_takes_over_without_a_refused_request(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    struct visitor visitors[4];
    atomic_bool over = false;
    for (int i = 0; i < 4; i++) {
        visitors[i] = (struct visitor){.bench = b, .over = &over};
        pthread_create(&visitors[i].thread, NULL, visit, &visitors[i]);
    }
    for (int round = 0; round < 3; round++) {
        int listeners[8];
        await_answers(visitors, 4, 100);
        struct http_options options = {.listeners = listeners};
        options.listener_count = http_listeners(b->server, listeners, 8);
        assert_int_equal(options.listener_count, 2);
        options.loops = (unsigned)round + 1;
        struct http_server *old = b->server, *successor = serve(b->arena, &b->site, options);
        http_stop(old, PATIENCE_MS, /* keep_listeners= */ true);
        await_answers(visitors, 4, 100);
        http_free(old);
        b->server = successor;
    }
    await_answers(visitors, 4, 100);
    atomic_store(&over, true);
    for (int i = 0; i < 4; i++) {
        pthread_join(visitors[i].thread, NULL);
        assert_int_equal(atomic_load(&visitors[i].failed), 0);
    }
    bench_close(b);
}

static size_t resident_bytes(void)
{
    unsigned long all = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "r");
    assert_non_null(f);
    assert_int_equal(fscanf(f, "%lu %lu", &all, &resident), 2);
    fclose(f);
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

static void idle_connections_cost_next_to_nothing(void **state)
{
    enum { MANY = 2000 };
    struct rlimit most;
    getrlimit(RLIMIT_NOFILE, &most);
    most.rlim_cur = most.rlim_max;
    setrlimit(RLIMIT_NOFILE, &most);
    if (most.rlim_cur < 2 * MANY + 100) {
        print_message("skipped: only %lu descriptors\n", (unsigned long)most.rlim_cur);
        skip();
    }
    struct bench *b = bench_open((struct http_options){0});
    int *fds = arena_array(b->arena, int, MANY);
    ask(b, S("GET /kept HTTP/1.0\r\n\r\n"));
    size_t before = resident_bytes();
    for (int i = 0; i < MANY; i++) {
        fds[i] = dial(b);
        say(fds[i], S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
        assert_int_equal(read_answer(fds[i]), 1);
    }
    size_t each = (resident_bytes() - before) / MANY;
    assert_int_equal(http_stats(b->server).open, MANY);
    // The sanitizers' own books included.
    if (each > 4000)
        fail_msg("%zu bytes for an idle connection", each);
    for (int i = 0; i < MANY; i++)
        close(fds[i]);
    bench_close(b);
}

static uint32_t next_random(uint32_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    return *seed ^= *seed << 5;
}

static void a_storm_of_random_bytes_passes(void **state)
{
    struct bench *b = bench_open((struct http_options){.header_ms = 200, .body_ms = 200});
    static const char *const pieces[] = {"GET ",
                                         "POST ",
                                         "/",
                                         "/page",
                                         " HTTP/1.1\r\n",
                                         "Host: a\r\n",
                                         "\r\n",
                                         "\n",
                                         "\r",
                                         "\0",
                                         "Content-Length: 5\r\n",
                                         "Transfer-Encoding: chunked\r\n",
                                         "5\r\nhello",
                                         "0\r\n\r\n",
                                         "Expect: 100-continue\r\n",
                                         "%",
                                         ":",
                                         " ",
                                         "Connection: close\r\n",
                                         "/kept"};
    uint32_t seed = 2463534242;
    for (int i = 0; i < 400; i++) {
        struct buf text = buf_new(b->arena, 1 << 20);
        for (int j = 0; j < 40; j++) {
            uint32_t r = next_random(&seed);
            if (i % 2)
                buf_add_char(&text, (char)r);
            else
                buf_add(&text, str_of(pieces[r % (sizeof pieces / sizeof *pieces)]));
        }
        int fd = dial(b);
        say(fd, buf_str(&text));
        if (i % 3)
            shutdown(fd, SHUT_WR);
        if (i % 5)
            hear(b, fd, i % 3 ? S("") : S("\r\n\r\n"), 1);
        close(fd);
        atomic_store(&b->site.page_kept, true);
    }
    assert_has(ask(b, S("GET /kept HTTP/1.0\r\n\r\n")), "one two");
    bench_close(b);
}

static void addresses_that_cannot_be_used_say_why(void **state)
{
    arena_scoped a = arena_new();
    struct http_ops ops = {.handle = handle};
    struct http_server *server = NULL;
    struct bench *b = bench_open((struct http_options){0});
    struct http_options options = {.listen = http_address(b->server)};
    error e = http_start(a, &options, &ops, &server);
    assert_true(e && e->fault == FAULT_IO);
    assert_has(e->message, "already in use");
    static const char *const bad[] = {"", "8080", "nowhere:80", "1.2.3.4:x", "[::1:80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        options.listen = str_of(bad[i]);
        e = http_start(a, &options, &ops, &server);
        assert_true(e && e->fault == FAULT_INPUT);
    }
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
        cmocka_unit_test(one_of_many_makes_the_page),
        cmocka_unit_test(what_cannot_be_kept_is_not_made_one_after_the_other),
        cmocka_unit_test(a_full_queue_is_said_at_once),
        cmocka_unit_test(connections_beyond_the_limit_are_turned_away),
        cmocka_unit_test(only_proxies_are_believed_about_the_client),
        cmocka_unit_test(stopping_finishes_what_has_begun),
        cmocka_unit_test(stopping_does_not_wait_beyond_its_grace),
        cmocka_unit_test(a_successor_takes_over_without_a_refused_request),
        cmocka_unit_test(idle_connections_cost_next_to_nothing),
        cmocka_unit_test(a_storm_of_random_bytes_passes),
        cmocka_unit_test(addresses_that_cannot_be_used_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
