// An epoll thread: accepts, waits for events, keeps deadlines, takes answers back from workers.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/heap.h"
#include "base/turns.h"
#include "http/server.h"

enum {
    EVENTS = 256,
    ACCEPTS = 64,          // before the connections get their turn again
    LAST_ACCEPTS = 8192,   // when stopping: more than a backlog
    DRAINS = 16,           // reads before a connection is turned away
    ARENA_KEPT = 65536,    // what an exchange keeps in the pool
    POOL_MOST = 64,        // exchanges kept for the next request
    LINGER_MS = 2000,      // for the peer to read our last answer
    ACCEPT_PAUSE_MS = 100, // after descriptors ran out
    STOP_IDLE_MS = 500,    // silence after which a stopping server closes a connection
    DATE_ROOM = 48,
};

static void write_common(struct loop *loop, int which, str date, str headers)
{
    char *text = loop->common_text[which];
    memcpy(text, "Date: ", 6);
    memcpy(text + 6, date.ptr, date.len);
    memcpy(text + 6 + date.len, "\r\n", 2);
    if (headers.len)
        memcpy(text + 8 + date.len, headers.ptr, headers.len);
    loop->common_len[which] = 8 + date.len + headers.len;
}

static void tick(struct loop *loop)
{
    loop->now_us = instant_steady_us();
    loop->now_ms = loop->now_us / 1000;
    instant now = instant_now();
    const struct http_common *common =
        atomic_load_explicit(&loop->server->common, memory_order_acquire);
    if (now.ms / 1000 == loop->common_second && common == loop->common)
        return;
    loop->common_second = now.ms / 1000;
    loop->common = common;
    arena_scoped a = arena_new();
    str date = instant_rfc822(a, now);
    write_common(loop, 0, date, common->usual);
    write_common(loop, 1, date, common->eased);
}

static error watch(struct arena *a, struct loop *loop, struct source *source, uint32_t events)
{
    struct epoll_event event = {.events = events, .data.ptr = source};
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, source->fd, &event))
        return failure(a, FAULT_IO, S("http"), "epoll: %s", strerror(errno));
    return NULL;
}

error loop_init(struct arena *a, struct loop *loop, struct http_server *server)
{
    const struct http_options *o = &server->options;
    loop->server = server;
    loop->epoll = epoll_create1(EPOLL_CLOEXEC);
    loop->wake = (struct source){SOURCE_WAKE, eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)};
    pthread_mutex_init(&loop->lock, NULL);
    for (int i = 0; i < PHASES; i++)
        loop->phases[i] = (struct link){&loop->phases[i], &loop->phases[i]};
    loop->limit_ms[PHASE_IDLE] = o->idle_ms;
    loop->limit_ms[PHASE_HEAD] = o->header_ms;
    loop->limit_ms[PHASE_BODY] = o->body_ms;
    loop->limit_ms[PHASE_SEND] = o->send_ms;
    loop->limit_ms[PHASE_LINGER] = LINGER_MS;
    for (int i = 0; i < 2; i++)
        loop->common_text[i] = arena_text(a, DATE_ROOM + HTTP_COMMON_MOST);
    loop->common_second = -1;
    loop->listeners = arena_array(a, struct source, server->listener_count);
    loop->accepting = true;
    if (loop->epoll < 0 || loop->wake.fd < 0)
        return failure(a, FAULT_IO, S("http"), "epoll: %s", strerror(errno));
    tick(loop);
    return watch(a, loop, &loop->wake, EPOLLIN);
}

void loop_done(struct loop *loop)
{
    // Workers have ended: what is still busy now will never be answered.
    for (int i = 0; i < PHASES; i++)
        while (loop->phases[i].next != &loop->phases[i]) {
            struct link *link = loop->phases[i].next;
            connection_close(
                (struct connection *)((char *)link - offsetof(struct connection, link)));
        }
    while (loop->pool) {
        struct exchange *x = loop->pool;
        loop->pool = x->next;
        intake_done(&x->in);
        arena_free(x->in.arena);
        heap_free(x);
    }
    pthread_mutex_destroy(&loop->lock);
    if (loop->epoll >= 0)
        close(loop->epoll);
    if (loop->wake.fd >= 0)
        close(loop->wake.fd);
}

error loop_listen(struct arena *a, struct loop *loop, int fd)
{
    struct source *listener = &loop->listeners[loop->listener_count++];
    *listener = (struct source){SOURCE_LISTENER, fd};
    return watch(a, loop, listener, EPOLLIN | EPOLLEXCLUSIVE);
}

void loop_wake(struct loop *loop)
{
    uint64_t one = 1;
    // It can only fail when the counter is full, and then the loop wakes anyway.
    if (write(loop->wake.fd, &one, sizeof one) < 0)
        return;
}

void loop_return(struct exchange *x)
{
    struct loop *loop = x->c->loop;
    pthread_mutex_lock(&loop->lock);
    bool first = !loop->returned.first;
    exchanges_add(&loop->returned, x);
    // Under the lock: once the list is taken the loop may end, and its descriptor be gone.
    if (first)
        loop_wake(loop);
    pthread_mutex_unlock(&loop->lock);
}

static void take_returned(struct loop *loop)
{
    uint64_t times;
    if (read(loop->wake.fd, &times, sizeof times) < 0 && errno != EAGAIN)
        return;
    pthread_mutex_lock(&loop->lock);
    struct exchange *x = loop->returned.first;
    loop->returned = (struct exchanges){0};
    pthread_mutex_unlock(&loop->lock);
    while (x) {
        struct exchange *next = x->next;
        connection_resume(x);
        x = next;
    }
}

struct exchange *loop_exchange(struct loop *loop)
{
    struct exchange *x = loop->pool;
    if (x) {
        loop->pool = x->next;
        loop->pooled--;
        return x;
    }
    x = heap_new(struct exchange);
    intake_init(&x->in, &loop->server->limits, arena_new());
    return x;
}

void loop_recycle(struct loop *loop, struct exchange *x)
{
    arena_reset(x->in.arena);
    x->in.start = x->in.end = 0;
    if (loop->pooled == POOL_MOST) {
        intake_done(&x->in);
        arena_free(x->in.arena);
        heap_free(x);
        return;
    }
    // What a worker rendered in may be large, and the pool holds many.
    if (arena_footprint(x->in.arena) > ARENA_KEPT) {
        arena_free(x->in.arena);
        x->in.arena = arena_new();
    }
    intake_shrink(&x->in);
    intake_next(&x->in);
    x->c = NULL;
    x->next = loop->pool;
    loop->pool = x;
    loop->pooled++;
}

void loop_ready(struct connection *c)
{
    struct loop *loop = c->loop;
    if (c->is_ready)
        return;
    c->is_ready = true;
    c->ready = NULL;
    if (loop->ready_first)
        loop->ready_last->ready = c;
    else
        loop->ready_first = c;
    loop->ready_last = c;
}

static void run_ready(struct loop *loop)
{
    // Those that come back to the list meanwhile get their turn after the next look for events.
    struct connection *c = loop->ready_first;
    loop->ready_first = loop->ready_last = NULL;
    while (c) {
        struct connection *next = c->ready;
        c->is_ready = false;
        connection_run(c);
        c = next;
    }
}

static void set_accepting(struct loop *loop, bool accepting)
{
    if (loop->accepting == accepting)
        return;
    loop->accepting = accepting;
    for (size_t i = 0; i < loop->listener_count; i++) {
        struct source *listener = &loop->listeners[i];
        struct epoll_event event = {.events = EPOLLIN | EPOLLEXCLUSIVE, .data.ptr = listener};
        epoll_ctl(loop->epoll, accepting ? EPOLL_CTL_ADD : EPOLL_CTL_DEL, listener->fd, &event);
    }
}

static void turn_away(struct loop *loop, int fd)
{
    static const char text[] = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 2\r\n"
                               "Content-Length: 0\r\nConnection: close\r\n\r\n";
    char unread[4096];
    count(loop, COUNT_REFUSED);
    send(fd, text, sizeof text - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
    shutdown(fd, SHUT_WR);
    // What is unread when a socket is closed makes the kernel take back what was sent.
    for (int i = 0; i < DRAINS; i++)
        if (recv(fd, unread, sizeof unread, MSG_DONTWAIT) != sizeof unread)
            break;
    close(fd);
}

// True when there may be more to accept.
static bool accept_one(struct loop *loop, int listener)
{
    struct sockaddr_storage from;
    socklen_t len = sizeof from;
    int one = 1;
    int fd = accept4(listener, (struct sockaddr *)&from, &len, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (fd < 0) {
        // Out of descriptors: the listener stays readable, so look away for a while.
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) {
            set_accepting(loop, false);
            loop->accept_again_ms = loop->now_ms + ACCEPT_PAUSE_MS;
            return false;
        }
        return errno == EINTR || errno == ECONNABORTED;
    }
    count(loop, COUNT_ACCEPTED);
    if (atomic_load_explicit(&loop->server->open, memory_order_relaxed) >=
        loop->server->options.connections) {
        turn_away(loop, fd);
        return true;
    }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connection_open(loop, fd, &from);
    return true;
}

static void accept_some(struct loop *loop, int listener, int most)
{
    while (most-- > 0 && accept_one(loop, listener))
        ;
}

static struct connection *first_in(struct loop *loop, enum phase phase)
{
    struct link *link = loop->phases[phase].next;
    return link == &loop->phases[phase]
               ? NULL
               : (struct connection *)((char *)link - offsetof(struct connection, link));
}

static int64_t earliest_deadline(struct loop *loop)
{
    int64_t earliest = loop->accepting || loop->stopping ? INT64_MAX : loop->accept_again_ms;
    for (int i = 0; i < PHASE_BUSY; i++) {
        struct connection *c = first_in(loop, i);
        if (c && c->since_ms + loop->limit_ms[i] < earliest)
            earliest = c->since_ms + loop->limit_ms[i];
    }
    if (loop->stopping && loop->server->stop_by_ms < earliest)
        earliest = loop->server->stop_by_ms;
    return earliest;
}

static int wait_ms(struct loop *loop)
{
    if (loop->ready_first)
        return 0;
    int64_t left = earliest_deadline(loop);
    if (left == INT64_MAX)
        return -1;
    left -= loop->now_ms;
    return left < 0 ? 0 : left > 60000 ? 60000 : (int)left;
}

// The lists are in the order of their deadlines, since each phase has one limit for all.
static void keep_deadlines(struct loop *loop)
{
    for (int i = 0; i < PHASE_BUSY; i++) {
        struct connection *c;
        while ((c = first_in(loop, i)) && c->since_ms + loop->limit_ms[i] <= loop->now_ms)
            connection_expire(c);
    }
    if (!loop->accepting && !loop->stopping && loop->now_ms >= loop->accept_again_ms)
        set_accepting(loop, true);
}

// Takes what the kernel has acknowledged already, then stops listening. Connections that are silent
// for STOP_IDLE_MS are closed; others get their next answer with "Connection: close", so that no
// client has a request on the way when its connection ends.
static void begin_stop(struct loop *loop)
{
    loop->stopping = true;
    if (!loop->server->keep_listeners)
        for (size_t i = 0; i < loop->listener_count; i++)
            accept_some(loop, loop->listeners[i].fd, LAST_ACCEPTS);
    set_accepting(loop, false);
    if (loop->limit_ms[PHASE_IDLE] > STOP_IDLE_MS)
        loop->limit_ms[PHASE_IDLE] = STOP_IDLE_MS;
}

static void look_for_events(struct loop *loop)
{
    struct epoll_event events[EVENTS];
    int count = epoll_wait(loop->epoll, events, EVENTS, wait_ms(loop));
    tick(loop);
    // No connection is closed but by its own event, so that no later event of this batch is stale.
    bool woken = false;
    for (int i = 0; i < count; i++) {
        struct source *source = events[i].data.ptr;
        if (source->kind == SOURCE_CONNECTION)
            connection_event((struct connection *)source, events[i].events);
        else if (source->kind == SOURCE_LISTENER && loop->accepting)
            accept_some(loop, source->fd, ACCEPTS);
        else
            woken = true;
    }
    if (woken)
        take_returned(loop);
}

static void drop_all(struct loop *loop)
{
    for (int i = 0; i < PHASE_BUSY; i++) {
        struct connection *c;
        while ((c = first_in(loop, i)))
            connection_close(c);
    }
}

void *loop_run(void *loop_pointer)
{
    struct loop *loop = loop_pointer;
    pthread_setname_np(pthread_self(), "connections");
    turns_short();
    // sendfile has no flag against the signal of a connection that is gone.
    sigset_t broken;
    sigemptyset(&broken);
    sigaddset(&broken, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken, NULL);
    while (!loop->stopping || (loop->open && loop->now_ms < loop->server->stop_by_ms)) {
        look_for_events(loop);
        run_ready(loop);
        keep_deadlines(loop);
        if (!loop->stopping && atomic_load(&loop->server->stopping))
            begin_stop(loop);
    }
    drop_all(loop);
    return NULL;
}
