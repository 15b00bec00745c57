// What the server's files share: the server, its loops, connections and exchanges.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <netinet/in.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/uio.h>

#include "http/http.h"
#include "http/intake.h"
#include "http/proxy.h"

struct loop;
struct flight;

struct link {
    struct link *previous, *next;
};

// What epoll hands back.
enum source_kind { SOURCE_LISTENER, SOURCE_WAKE, SOURCE_CONNECTION };
struct source {
    enum source_kind kind;
    int fd;
};

// Each phase but the last has a deadline of its own.
enum phase { PHASE_IDLE, PHASE_HEAD, PHASE_BODY, PHASE_SEND, PHASE_LINGER, PHASE_BUSY, PHASES };

// Kept small: an idle connection is nothing else.
struct connection {
    struct source source;
    struct link link; // in its phase's list; first
    int64_t since_ms; // in this phase, or without progress
    struct loop *loop;
    struct exchange *x;       // NULL while idle
    struct connection *ready; // next of those to be run without an event
    uint32_t drained;         // bytes thrown away while lingering
    uint8_t phase;
    bool is_ready; // in the loop's list of those
    bool readable; // the socket may hold more to read
    bool hung_up;  // the peer has sent its last byte, which may be unread
    bool trusted;  // a proxy that names its clients
    bool expiring; // close it if it is still idle after a last look
    uint8_t client_len;
    char client[ADDRESS_TEXT];
};

// One request with its answer; pooled, and with its connection from the first byte on.
struct exchange {
    struct intake in;
    struct http_answer answer;
    bool answered; // `answer` is to be released
    bool again;    // asked to look for a kept answer again
    bool refused;  // by us: the connection is closed
    bool close;
    struct connection *c;
    struct exchange *next; // in the pool, the queue, a flight, or a loop's list of returned ones
    struct flight *flight; // which others wait for
    struct line *line;     // in which it waits for a worker
    int64_t began_us;
    size_t sent;
    size_t body_charged; // of the server's `bodies`
    unsigned part, part_count;
    off_t file_at; // of the answer's file, what is still to be sent
    size_t file_left;
    struct iovec parts[HTTP_PARTS + 1];
};

struct exchanges {
    struct exchange *first, *last;
};

enum counter {
    COUNT_ACCEPTED,
    COUNT_REQUESTS,
    COUNT_KEPT,
    COUNT_REFUSED,
    COUNT_TIMEOUTS,
    COUNT_BAD,
    COUNT_STATUS, // and five more, by hundreds
    COUNTERS = COUNT_STATUS + 6
};

struct loop {
    struct http_server *server;
    pthread_t thread;
    int epoll;
    struct source wake;
    struct source *listeners;
    size_t listener_count;
    bool accepting, stopping;
    int64_t accept_again_ms; // after descriptors ran out
    int64_t now_ms, now_us;
    int64_t limit_ms[PHASES];
    struct link phases[PHASES];
    size_t open;
    char *common_text[2]; // Date and the common headers: usual, eased
    size_t common_len[2];
    const struct http_common *common; // what is in them
    int64_t common_second;
    struct exchange *pool;
    unsigned pooled;
    struct connection *ready_first, *ready_last;
    pthread_mutex_t lock; // of `returned`
    struct exchanges returned;
    _Atomic uint64_t counters[COUNTERS]; // written by the loop alone
};

struct http_server {
    struct http_options options;
    struct http_ops ops;
    struct limits limits;
    struct networks proxies;
    str address;
    int *listeners;
    size_t listener_count;
    struct loop *loops;
    size_t loop_count, loops_running;
    _Atomic size_t open;
    _Atomic size_t bodies; // bytes that bodies take, of all requests
    _Atomic bool stopping;
    struct http_common first_common; // until another is set
    _Atomic(const struct http_common *) common;
    bool keep_listeners;
    int64_t stop_by_ms;
    struct work *work;
};

// Counts up a loop's own counter; only its thread writes it.
static inline void count(struct loop *loop, enum counter which)
{
    uint64_t n = atomic_load_explicit(&loop->counters[which], memory_order_relaxed);
    atomic_store_explicit(&loop->counters[which], n + 1, memory_order_relaxed);
}

static inline void exchanges_add(struct exchanges *list, struct exchange *x)
{
    x->next = NULL;
    if (list->first)
        list->last->next = x;
    else
        list->first = x;
    list->last = x;
}

// listen.c

// Opens `count` sockets that share one address.
error listen_open(struct arena *a, str address, size_t count, int *out) fallible;
// The address that a socket listens on.
str listen_address(struct arena *a, int fd);

// loop.c
error loop_init(struct arena *a, struct loop *loop, struct http_server *server) fallible;
void loop_done(struct loop *loop);
error loop_listen(struct arena *a, struct loop *loop, int fd) fallible;
void *loop_run(void *loop);
void loop_wake(struct loop *loop);
// Hands an exchange back to its loop, from any thread.
void loop_return(struct exchange *x);
struct exchange *loop_exchange(struct loop *loop);
void loop_recycle(struct loop *loop, struct exchange *x);
// Runs the connection again without waiting for an event.
void loop_ready(struct connection *c);

// connection.c
void connection_open(struct loop *loop, int fd, const struct sockaddr_storage *from);
void connection_close(struct connection *c);
void connection_event(struct connection *c, uint32_t events);
// May close it.
void connection_run(struct connection *c);
void connection_expire(struct connection *c);
// Goes on with what a worker answered, or what is to be asked for again.
void connection_resume(struct exchange *x);
void connection_enter(struct connection *c, enum phase phase);

// work.c
error work_start(struct arena *a, struct http_server *server) fallible;
// Joins the workers; what still waits is dropped.
void work_stop(struct work *w);
// Queues the exchange, or lets it wait for the one that makes need->name. False: too many do.
bool work_submit(struct work *w, struct exchange *x, const struct http_need *need);
size_t work_queued(struct work *w);
uint64_t work_handled(struct work *w);
