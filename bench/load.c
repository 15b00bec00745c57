// Asks for pages at a steady rate as readers do: few pages often, many seldom.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/instant.h"
#include "bench/client.h"
#include "bench/newsroom.h"
#include "bench/prose.h"
#include "bench/times.h"

enum { CONNECTIONS = 32, PATHS_BYTES_MOST = 64 << 20, PATHS_MOST = 200000, WINDOW_US = 100000 };

// One stretch of 100 ms: what came of pages seen since the last signal, and of the others.
struct window {
    struct times again, first;
};

struct load {
    str *paths;
    double *shares; // of requests, summed up to and with each path
    uint32_t *seen; // the generation in which each path was last answered
    size_t path_count, next;
    struct client clients[CONNECTIONS];
    size_t asked_for[CONNECTIONS]; // the path each connection waits for
    int64_t due[CONNECTIONS];      // when it should have been sent
    int idle[CONNECTIONS];
    size_t idle_count, done, wrong;
    int64_t rate, seconds, begun, sent;
    bool zipf, gzip, windows;
    struct times all;
    struct window window;
    int64_t window_at;
    struct dice dice;
};

// Counts up when everything was forgotten: the driver of the run says so by SIGUSR1.
static volatile sig_atomic_t generation = 1;

static void on_forgotten(int number)
{
    generation++;
}

static void read_paths(struct load *l, struct arena *a, const char *file)
{
    str text;
    must(file_read(a, str_of(file), PATHS_BYTES_MOST, &text));
    l->paths = arena_array(a, str, PATHS_MOST);
    while (text.len && l->path_count < PATHS_MOST)
        l->paths[l->path_count++] = str_cut(&text, '\n');
    l->seen = arena_array(a, uint32_t, l->path_count);
    l->shares = arena_array(a, double, l->path_count);
    double sum = 0;
    for (size_t i = 0; i < l->path_count; i++)
        l->shares[i] = sum += l->zipf ? 1 / (double)(i + 1) : 1;
    for (size_t i = 0; i < l->path_count; i++) {
        l->shares[i] /= sum;
        l->seen[i] = 1;
    }
}

static size_t choose(struct load *l)
{
    if (!l->rate && !l->zipf)
        return l->next++ % l->path_count; // each in its turn
    double at = (double)dice_below(&l->dice, 1u << 30) / (1u << 30);
    size_t low = 0, high = l->path_count - 1;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (l->shares[middle] > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

static bool over(const struct load *l, int64_t now)
{
    return l->seconds ? now - l->begun >= l->seconds * 1000000 : (size_t)l->sent >= l->path_count;
}

// Sends what is due to be sent. Whatever waits for a free connection counts its waiting.
static void send_due(struct load *l, int64_t now)
{
    while (l->idle_count && !over(l, now)) {
        int64_t due = l->rate ? l->begun + l->sent * 1000000 / l->rate : now;
        if (due > now)
            return;
        int c = l->idle[--l->idle_count];
        l->asked_for[c] = choose(l);
        l->due[c] = due;
        l->sent++;
        client_ask(&l->clients[c], l->paths[l->asked_for[c]], l->gzip);
    }
}

static void close_window(struct load *l, int64_t now)
{
    if (!l->windows || now < l->window_at + WINDOW_US)
        return;
    printf("{\"at_ms\": %lld, \"generation\": %d, \"again\": ",
           (long long)((l->window_at - l->begun) / 1000), (int)generation);
    times_print(&l->window.again);
    printf(", \"first\": ");
    times_print(&l->window.first);
    printf("}\n");
    memset(&l->window, 0, sizeof l->window);
    l->window_at += WINDOW_US;
}

static void answered(struct load *l, int c)
{
    int64_t took = instant_steady_us() - l->due[c];
    size_t path = l->asked_for[c];
    bool again = l->seen[path] == (uint32_t)generation;
    l->seen[path] = (uint32_t)generation;
    l->wrong += client_status(&l->clients[c]) != 200;
    l->done++;
    times_add(&l->all, took);
    times_add(again ? &l->window.again : &l->window.first, took);
    l->idle[l->idle_count++] = c;
}

// Wakes the loop often enough for the rate: epoll itself only waits whole milliseconds.
static int ticker(void)
{
    int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
    struct itimerspec every = {{0, 250000}, {0, 250000}};
    timerfd_settime(fd, 0, &every, NULL);
    return fd;
}

static void run(struct load *l, const char *address)
{
    int epoll = epoll_create1(EPOLL_CLOEXEC), timer = l->rate ? ticker() : -1;
    struct epoll_event tick = {EPOLLIN, {.fd = -1}};
    if (timer >= 0)
        epoll_ctl(epoll, EPOLL_CTL_ADD, timer, &tick);
    for (int i = 0; i < CONNECTIONS; i++) {
        struct epoll_event event = {EPOLLIN, {.fd = i}};
        client_open(&l->clients[i], address);
        epoll_ctl(epoll, EPOLL_CTL_ADD, l->clients[i].fd, &event);
        l->idle[l->idle_count++] = i;
    }
    l->begun = l->window_at = instant_steady_us();
    for (int64_t now = l->begun; !over(l, now) || l->idle_count < CONNECTIONS;
         now = instant_steady_us()) {
        struct epoll_event events[CONNECTIONS + 1];
        send_due(l, now);
        close_window(l, now);
        int count = epoll_wait(epoll, events, CONNECTIONS + 1, 1000);
        for (int i = 0; i < count; i++) {
            uint64_t ticks;
            int c = events[i].data.fd;
            if (c >= 0 && client_take(&l->clients[c]))
                answered(l, c);
            else if (c < 0 && read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN)
                exit(1);
        }
    }
}

static void usage(void)
{
    fprintf(stderr, "usage: load ADDRESS PATHS SECONDS RATE [zipf] [gzip] [windows]\n"
                    "SECONDS 0: each path once; RATE 0: as fast as answers come\n");
    exit(2);
}

int main(int argc, char **argv)
{
    arena_scoped a = arena_new();
    struct load *l = arena_make(a, struct load);
    if (argc < 5)
        usage();
    for (int i = 5; i < argc; i++) {
        l->zipf |= strcmp(argv[i], "zipf") == 0;
        l->gzip |= strcmp(argv[i], "gzip") == 0;
        l->windows |= strcmp(argv[i], "windows") == 0;
    }
    l->seconds = must_number(argv[3]);
    l->rate = must_number(argv[4]);
    l->dice = dice_new(2);
    struct sigaction forgotten = {.sa_handler = on_forgotten, .sa_flags = SA_RESTART};
    sigaction(SIGUSR1, &forgotten, NULL);
    read_paths(l, a, argv[2]);
    run(l, argv[1]);
    double took = (double)(instant_steady_us() - l->begun) / 1e6;
    printf("{\"requests\": %zu, \"wrong\": %zu, \"seconds\": %.3f, \"per_second\": %.0f, "
           "\"latency_us\": ",
           l->done, l->wrong, took, (double)l->done / took);
    times_print(&l->all);
    printf("}\n");
    return 0;
}
