// What the control socket promises to processes that start, wait and crowd at the same time.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/control.h"
#include "base/arena.h"
#include "base/instant.h"

enum { SERVERS = 4, ROUNDS = 100 };

struct place {
    char folder[32];
    str path;
    pthread_barrier_t begin;
};

static void place_open(struct place *p, struct arena *a)
{
    *p = (struct place){.folder = "/tmp/control-XXXXXX"};
    assert_non_null(mkdtemp(p->folder));
    p->path = str_format(a, "%s/control.sock", p->folder);
}

static void place_close(struct place *p, struct arena *a)
{
    unlink(str_z(a, p->path));
    assert_int_equal(rmdir(p->folder), 0);
}

static void *listen_at_once(void *arg)
{
    struct place *p = arg;
    arena_scoped a = arena_new();
    int fd = -1;
    pthread_barrier_wait(&p->begin);
    error e = control_listen(a, p->path, &fd);
    if (e && e->fault != FAULT_CONFLICT)
        abort(); // only the thread of the tests may assert
    return e ? NULL : (void *)(intptr_t)fd;
}

static void of_servers_that_start_at_once_one_gets_the_socket(void **state)
{
    arena_scoped a = arena_new();
    struct place p;
    place_open(&p, a);
    pthread_barrier_init(&p.begin, NULL, SERVERS);
    for (int round = 0; round < ROUNDS; round++) {
        pthread_t threads[SERVERS];
        int got = 0, listener = -1, client;
        for (int i = 0; i < SERVERS; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, listen_at_once, &p), 0);
        for (int i = 0; i < SERVERS; i++) {
            void *fd;
            pthread_join(threads[i], &fd);
            got += fd != NULL;
            listener = fd ? (int)(intptr_t)fd : listener;
        }
        assert_int_equal(got, 1);
        assert_null(control_connect(a, p.path, &client));
        assert_true(client >= 0);
        close(client);
        close(listener); // as when it was killed: the file stays
    }
    pthread_barrier_destroy(&p.begin);
    place_close(&p, a);
}

// A server without room: it closes every connection at once.
static void *turn_away(void *arg)
{
    int listener = *(int *)arg, fd;
    while ((fd = accept(listener, NULL, NULL)) >= 0)
        close(fd);
    return NULL;
}

static void whoever_is_turned_away_waits_before_it_asks_again(void **state)
{
    arena_scoped a = arena_new();
    struct place p;
    pthread_t server;
    struct rusage before, after;
    bool shown;
    int fd;
    place_open(&p, a);
    assert_null(control_listen(a, p.path, &fd));
    assert_int_equal(pthread_create(&server, NULL, turn_away, &fd), 0);
    getrusage(RUSAGE_THREAD, &before);
    error e = control_applied(a, p.path, 7, 300, &shown);
    getrusage(RUSAGE_THREAD, &after);
    assert_non_null(e);
    assert_int_equal(e->fault, FAULT_BUSY);
    // Some thirty tries; without a pause it is one try after the other all that time.
    long us = (after.ru_utime.tv_sec - before.ru_utime.tv_sec) * 1000000 + after.ru_utime.tv_usec -
              before.ru_utime.tv_usec + (after.ru_stime.tv_sec - before.ru_stime.tv_sec) * 1000000 +
              after.ru_stime.tv_usec - before.ru_stime.tv_usec;
    assert_true(us < 100000);
    shutdown(fd, SHUT_RDWR);
    pthread_join(server, NULL);
    close(fd);
    place_close(&p, a);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_servers_that_start_at_once_one_gets_the_socket),
        cmocka_unit_test(whoever_is_turned_away_waits_before_it_asks_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
