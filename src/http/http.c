// The server as a whole: starts its threads, stops them gracefully, counts.
// SPDX-License-Identifier: Apache-2.0
#include "http/http.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/server.h"

enum { LOOPS_MOST = 256, WORKERS_MOST = 1024 };

#define either(value, otherwise) ((value) ? (value) : (otherwise))

static void fill_in_options(struct arena *a, const struct http_options *from,
                            struct http_options *o)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned each_core = cores > 0 ? (unsigned)cores : 1;
    *o = *from;
    o->loops = either(o->loops, each_core);
    o->workers = either(o->workers, 4 * each_core);
    o->loops = o->loops > LOOPS_MOST ? LOOPS_MOST : o->loops;
    o->workers = o->workers > WORKERS_MOST ? WORKERS_MOST : o->workers;
    o->queue = either(o->queue, 1024);
    o->connections = either(o->connections, 100000);
    o->header_bytes = either(o->header_bytes, 16 * 1024);
    o->header_count = either(o->header_count, 100);
    o->body_bytes = either(o->body_bytes, 1024 * 1024);
    o->bodies_bytes = either(o->bodies_bytes, 256 * 1024 * 1024);
    o->header_ms = either(o->header_ms, 10000);
    o->body_ms = either(o->body_ms, 30000);
    o->idle_ms = either(o->idle_ms, 60000);
    o->send_ms = either(o->send_ms, 30000);
    o->client_header = str_copy(a, o->client_header);
}

void http_set_common(struct http_server *s, const struct http_common *common)
{
    assert(common->usual.len <= HTTP_COMMON_MOST && common->eased.len <= HTTP_COMMON_MOST);
    atomic_store_explicit(&s->common, common, memory_order_release);
}

// Sockets handed over stay the caller's: the server listens on duplicates.
static error take_listeners(struct arena *a, struct http_server *s)
{
    for (size_t i = 0; i < s->options.listener_count; i++) {
        int fd = fcntl(s->options.listeners[i], F_DUPFD_CLOEXEC, 0);
        if (fd < 0)
            return failure(a, FAULT_IO, S("http"), "listener handed over: %s", strerror(errno));
        s->listeners[s->listener_count++] = fd;
        int flags = fcntl(fd, F_GETFL);
        if (flags < 0 || fcntl(fd, F_SETFL, flags | O_NONBLOCK))
            return failure(a, FAULT_IO, S("http"), "listener handed over: %s", strerror(errno));
    }
    return NULL;
}

static error open_listeners(struct arena *a, struct http_server *s)
{
    size_t count = either(s->options.listener_count, (size_t)s->options.loops);
    s->listeners = arena_array(a, int, count);
    if (s->options.listener_count) {
        try(take_listeners(a, s));
    } else {
        try(listen_open(a, s->options.listen, count, s->listeners));
        s->listener_count = count;
    }
    s->address = listen_address(a, s->listeners[0]);
    return NULL;
}

static error init_loops(struct arena *a, struct http_server *s)
{
    s->loops = arena_array(a, struct loop, s->options.loops);
    while (s->loop_count < s->options.loops)
        try(loop_init(a, &s->loops[s->loop_count++], s));
    // Every loop gets a listener and every listener a loop.
    size_t pairs = s->loop_count > s->listener_count ? s->loop_count : s->listener_count;
    for (size_t i = 0; i < pairs; i++)
        try(loop_listen(a, &s->loops[i % s->loop_count], s->listeners[i % s->listener_count]));
    return NULL;
}

static error run_loops(struct arena *a, struct http_server *s)
{
    while (s->loops_running < s->loop_count) {
        struct loop *loop = &s->loops[s->loops_running];
        int failed = pthread_create(&loop->thread, NULL, loop_run, loop);
        if (failed)
            return failure(a, FAULT_IO, S("http"), "cannot start a loop: %s", strerror(failed));
        s->loops_running++;
    }
    return NULL;
}

static error start(struct arena *a, struct http_server *s)
{
    try(networks_parse(a, s->options.proxies, &s->proxies));
    try(open_listeners(a, s));
    try(init_loops(a, s));
    // Signals are the main thread's.
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    error e = work_start(a, s);
    if (!e)
        e = run_loops(a, s);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return e;
}

error http_start(struct arena *a, const struct http_options *options, const struct http_ops *ops,
                 struct http_server **out)
{
    struct http_server *s = arena_make(a, struct http_server);
    fill_in_options(a, options, &s->options);
    s->first_common = (struct http_common){str_copy(a, options->common.usual),
                                           str_copy(a, options->common.eased)};
    http_set_common(s, &s->first_common);
    s->ops = *ops;
    s->limits =
        (struct limits){s->options.header_bytes, s->options.header_count, s->options.body_bytes};
    error e = start(a, s);
    if (e)
        http_free(s);
    else
        *out = s;
    return e;
}

str http_address(const struct http_server *s)
{
    return s->address;
}

size_t http_listeners(const struct http_server *s, int *out, size_t most)
{
    size_t count = s->listener_count < most ? s->listener_count : most;
    if (count)
        memcpy(out, s->listeners, count * sizeof *out);
    return count;
}

static void close_listeners(struct http_server *s)
{
    for (size_t i = 0; i < s->listener_count; i++)
        close(s->listeners[i]);
    s->listener_count = 0;
}

void http_stop(struct http_server *s, int64_t grace_ms, bool keep_listeners)
{
    if (atomic_load(&s->stopping))
        return;
    s->keep_listeners = keep_listeners;
    s->stop_by_ms = instant_steady_us() / 1000 + grace_ms;
    atomic_store(&s->stopping, true);
    for (size_t i = 0; i < s->loops_running; i++)
        loop_wake(&s->loops[i]);
    for (size_t i = 0; i < s->loops_running; i++)
        pthread_join(s->loops[i].thread, NULL);
    if (!keep_listeners)
        close_listeners(s);
}

void http_free(struct http_server *s)
{
    if (!s)
        return;
    http_stop(s, /* grace_ms= */ 0, /* keep_listeners= */ false);
    if (s->work)
        work_stop(s->work);
    for (size_t i = 0; i < s->loop_count; i++)
        loop_done(&s->loops[i]);
    close_listeners(s);
}

struct http_stats http_stats(const struct http_server *s)
{
    uint64_t sums[COUNTERS] = {0};
    for (size_t i = 0; i < s->loop_count; i++)
        for (int j = 0; j < COUNTERS; j++)
            sums[j] += atomic_load_explicit(&s->loops[i].counters[j], memory_order_relaxed);
    struct http_stats stats = {
        .accepted = sums[COUNT_ACCEPTED],
        .requests = sums[COUNT_REQUESTS],
        .kept = sums[COUNT_KEPT],
        .handled = work_handled(s->work),
        .refused = sums[COUNT_REFUSED],
        .timeouts = sums[COUNT_TIMEOUTS],
        .bad = sums[COUNT_BAD],
        .open = atomic_load_explicit(&s->open, memory_order_relaxed),
        .queued = work_queued(s->work),
    };
    memcpy(stats.by_status, sums + COUNT_STATUS, sizeof stats.by_status);
    return stats;
}

str http_header(const struct http_request *r, str name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_eq(r->headers[i].name, name))
            return r->headers[i].value;
    return STR_NONE;
}

str http_cookie(const struct http_request *r, str name)
{
    for (size_t i = 0; i < r->header_count; i++)
        if (str_eq(r->headers[i].name, S("cookie"))) {
            str value = cookie_value(r->headers[i].value, name);
            if (value.ptr)
                return value;
        }
    return STR_NONE;
}
