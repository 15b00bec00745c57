// What the server promises under load, and to those who restart it.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/server.h"
#include "http/test_server.h"

enum { CROWD = 20 };

static void send_for(struct bench *b, int *fd, const char *path)
{
    *fd = dial(b);
    say(*fd, str_format(b->arena, "GET %s HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", path));
}

static void hear_out(struct bench *b, const int *fds, int count)
{
    for (int i = 0; i < count; i++) {
        assert_status(hear(b, fds[i], S(""), 0), 200);
        close(fds[i]);
    }
}

// Lets all go that are there or come, and hears them out.
static void let_go(struct bench *b, const int *fds, int count)
{
    for (int i = 0; i < count; i++)
        sem_post(&b->site.go);
    hear_out(b, fds, count);
}

static void one_of_many_makes_the_page(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 4});
    int fds[CROWD];
    for (int i = 0; i < CROWD; i++)
        send_for(b, &fds[i], "/page");
    while (http_stats(b->server).requests < CROWD)
        sched_yield();
    sem_post(&b->site.go);
    hear_out(b, fds, CROWD);
    assert_int_equal(atomic_load(&b->site.handled), 1);
    bench_close(b);
}

static void what_cannot_be_kept_is_not_made_one_after_the_other(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 4});
    int fds[5];
    for (int i = 0; i < 5; i++)
        send_for(b, &fds[i], "/never");
    while (http_stats(b->server).requests < 5)
        sched_yield();
    sem_wait(&b->site.entered);
    sem_post(&b->site.go);
    // The other four are made at the same time.
    for (int i = 0; i < 4; i++)
        sem_wait(&b->site.entered);
    for (int i = 0; i < 4; i++)
        sem_post(&b->site.go);
    hear_out(b, fds, 5);
    assert_int_equal(atomic_load(&b->site.handled), 5);
    bench_close(b);
}

static void what_takes_a_processor_waits_for_its_turn_and_nothing_else_does(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 4, .making = 1});
    int fds[3], entered;
    send_for(b, &fds[0], "/make");
    sem_wait(&b->site.entered);
    send_for(b, &fds[1], "/make");
    while (http_stats(b->server).queued < 1)
        sched_yield();
    send_for(b, &fds[2], "/wait");
    sem_wait(&b->site.entered);
    assert_int_equal(http_stats(b->server).queued, 1);
    assert_int_equal(sem_getvalue(&b->site.entered, &entered), 0);
    assert_int_equal(entered, 0);
    let_go(b, fds, 3);
    assert_int_equal(atomic_load(&b->site.handled), 3);
    bench_close(b);
}

static void what_waits_leaves_workers_for_what_does_not(void **state)
{
    struct bench *b = bench_open((struct http_options){.workers = 3, .making = 1});
    int fds[4];
    for (int i = 0; i < 3; i++)
        send_for(b, &fds[i], "/wait");
    sem_wait(&b->site.entered);
    sem_wait(&b->site.entered);
    while (http_stats(b->server).queued < 1)
        sched_yield();
    send_for(b, &fds[3], "/make");
    sem_wait(&b->site.entered);
    assert_int_equal(http_stats(b->server).queued, 1);
    let_go(b, fds, 4);
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

static int post(struct bench *b, size_t length, size_t sent)
{
    int fd = dial(b);
    char *body = arena_alloc(b->arena, sent);
    say(fd, str_format(b->arena,
                       "POST /x HTTP/1.1\r\nHost: a\r\nConnection: close\r\n"
                       "Content-Length: %zu\r\n\r\n",
                       length));
    say(fd, (str){body, sent});
    return fd;
}

static void bodies_are_limited_all_together(void **state)
{
    struct bench *b = bench_open((struct http_options){.bodies_bytes = 65536});
    int slow = post(b, 60000, 50000);
    while (atomic_load(&b->server->bodies) < 65536)
        sched_yield();
    int other = post(b, 60000, 50000);
    assert_status(hear(b, other, S(""), 0), 503);
    close(other);
    say(slow, (str){arena_alloc(b->arena, 10000), 10000});
    assert_status(hear(b, slow, S(""), 0), 200);
    close(slow);
    while (http_stats(b->server).open > 0)
        sched_yield();
    slow = post(b, 60000, 60000);
    assert_status(hear(b, slow, S(""), 0), 200);
    close(slow);
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

static void what_the_kernel_has_taken_is_answered_on_stop(void **state)
{
    struct bench *b = bench_open((struct http_options){.loops = 1});
    int blocking = dial(b);
    say(blocking, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    assert_int_equal(read_answer(blocking), 1);
    say(blocking, S("GET /block HTTP/1.1\r\nHost: a\r\n\r\n"));
    sem_wait(&b->site.entered);
    // The loop is held up: the kernel accepts this one, and its request.
    int waiting = dial(b);
    say(waiting, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\n"));
    pthread_t stopper;
    pthread_create(&stopper, NULL, stop_server, b->server);
    while (!atomic_load(&b->server->stopping))
        sched_yield();
    sem_post(&b->site.go);
    assert_int_equal(read_answer(waiting), 0);
    assert_status(hear(b, blocking, S(""), 0), 200);
    close(blocking);
    close(waiting);
    pthread_join(stopper, NULL);
    bench_close(b);
}

static void every_request_is_accounted_for(void **state)
{
    struct bench *b = bench_open((struct http_options){0});
    ask(b, S("GET /kept HTTP/1.1\r\nHost: a\r\n\r\nGET /x HTTP/1.1\r\nHost: a\r\n\r\nBAD\r\n"));
    struct http_stats stats = http_stats(b->server);
    assert_int_equal(stats.accepted, 1);
    assert_int_equal(stats.requests, 2);
    assert_int_equal(stats.kept, 1);
    assert_int_equal(stats.handled, 1);
    assert_int_equal(stats.bad, 1);
    assert_int_equal(stats.by_status[2], 2);
    assert_int_equal(stats.by_status[4], 1);
    assert_int_equal(atomic_load(&b->site.done), 3);
    assert_int_equal(atomic_load(&b->site.released), 2);
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

#ifdef __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

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
    // Under ASan its own books come on top, and frames that it keeps on the heap to see their use
    // after return.
    if (each > (SANITIZED ? 12000 : 4000))
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
    struct http_ops ops = {0};
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
        cmocka_unit_test(one_of_many_makes_the_page),
        cmocka_unit_test(what_cannot_be_kept_is_not_made_one_after_the_other),
        cmocka_unit_test(what_takes_a_processor_waits_for_its_turn_and_nothing_else_does),
        cmocka_unit_test(what_waits_leaves_workers_for_what_does_not),
        cmocka_unit_test(a_full_queue_is_said_at_once),
        cmocka_unit_test(bodies_are_limited_all_together),
        cmocka_unit_test(connections_beyond_the_limit_are_turned_away),
        cmocka_unit_test(only_proxies_are_believed_about_the_client),
        cmocka_unit_test(stopping_finishes_what_has_begun),
        cmocka_unit_test(what_the_kernel_has_taken_is_answered_on_stop),
        cmocka_unit_test(every_request_is_accounted_for),
        cmocka_unit_test(stopping_does_not_wait_beyond_its_grace),
        cmocka_unit_test(a_successor_takes_over_without_a_refused_request),
        cmocka_unit_test(idle_connections_cost_next_to_nothing),
        cmocka_unit_test(a_storm_of_random_bytes_passes),
        cmocka_unit_test(addresses_that_cannot_be_used_say_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
