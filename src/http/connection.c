// One connection's way from bytes to answers: read, take in, dispatch, send, linger.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/heap.h"
#include "http/answer.h"
#include "http/range.h"
#include "http/server.h"

enum {
    STEPS = 64,               // before other connections get their turn
    DRAIN_MOST = 1024 * 1024, // thrown away of what a refused client goes on sending
    FILE_TURN = 128 * 1024,   // of a file in a step
};

// What a step leaves behind: go on at once, wait for an event, or the connection is no more.
enum step { STEP_ON, STEP_WAIT, STEP_GONE };

static void unlink_from_phase(struct connection *c)
{
    c->link.previous->next = c->link.next;
    c->link.next->previous = c->link.previous;
}

static void link_to_phase(struct connection *c, enum phase phase)
{
    struct link *list = &c->loop->phases[phase];
    c->phase = (uint8_t)phase;
    c->since_ms = c->loop->now_ms;
    c->link = (struct link){list->previous, list};
    list->previous->next = &c->link;
    list->previous = &c->link;
}

void connection_enter(struct connection *c, enum phase phase)
{
    unlink_from_phase(c);
    link_to_phase(c, phase);
}

void connection_open(struct loop *loop, int fd, const struct sockaddr_storage *from)
{
    struct connection *c = heap_new(struct connection);
    struct in6_addr peer;
    c->source = (struct source){SOURCE_CONNECTION, fd};
    c->loop = loop;
    address_of(from, &peer);
    c->trusted = networks_hold(&loop->server->proxies, &peer);
    c->client_len = (uint8_t)address_text(&peer, c->client);
    // Edges, and both directions at once: epoll need never be told again.
    struct epoll_event event = {.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET, .data.ptr = c};
    if (epoll_ctl(loop->epoll, EPOLL_CTL_ADD, fd, &event)) {
        close(fd);
        heap_free(c);
        return;
    }
    link_to_phase(c, PHASE_IDLE);
    loop->open++;
    atomic_fetch_add_explicit(&loop->server->open, 1, memory_order_relaxed);
}

static void release(struct exchange *x)
{
    if (x->answered && x->answer.release)
        x->answer.release(x->answer.held);
    x->answered = false;
    x->answer = (struct http_answer){0};
}

// The request is over: sent, or dropped with its connection.
static void account(struct connection *c)
{
    struct exchange *x = c->x;
    const struct http_ops *ops = &c->loop->server->ops;
    if (!x->answered)
        return;
    int status = x->answer.status;
    count(c->loop, COUNT_STATUS + (enum counter)(status / 100));
    if (ops->done)
        ops->done(ops->ctx, &x->in.request, status, x->sent, instant_steady_us() - x->began_us);
    release(x);
}

// Bodies are limited one by one, and all together: a crowd that sends to the limit must not fill
// the memory. False when it would.
static bool charge_body(struct exchange *x)
{
    struct http_server *server = x->c->loop->server;
    size_t held = x->in.framed.body.cap, before = x->body_charged;
    if (held == before)
        return true;
    x->body_charged = held;
    size_t others = atomic_fetch_add(&server->bodies, held - before);
    return others + held - before <= server->options.bodies_bytes;
}

static void discharge_body(struct exchange *x)
{
    if (x->body_charged)
        atomic_fetch_sub(&x->c->loop->server->bodies, x->body_charged);
    x->body_charged = 0;
}

static void give_back(struct connection *c)
{
    discharge_body(c->x);
    loop_recycle(c->loop, c->x);
    c->x = NULL;
}

static void forget_ready(struct connection *c)
{
    struct connection **at = &c->loop->ready_first, *last = NULL;
    while (*at && *at != c) {
        last = *at;
        at = &last->ready;
    }
    if (*at)
        *at = c->ready;
    if (c->loop->ready_last == c)
        c->loop->ready_last = last;
}

void connection_close(struct connection *c)
{
    struct loop *loop = c->loop;
    if (c->x) {
        account(c);
        give_back(c);
    }
    if (c->is_ready)
        forget_ready(c);
    unlink_from_phase(c);
    close(c->source.fd);
    heap_free(c);
    loop->open--;
    atomic_fetch_sub_explicit(&loop->server->open, 1, memory_order_relaxed);
}

static enum step close_now(struct connection *c)
{
    connection_close(c);
    return STEP_GONE;
}

// A socket that is closed with bytes unread resets the connection, and the answer may be lost on
// its way: so the peer is told that this is all, and listened to until it has understood.
static enum step linger(struct connection *c)
{
    if (c->x)
        give_back(c);
    shutdown(c->source.fd, SHUT_WR);
    c->readable = true;
    connection_enter(c, PHASE_LINGER);
    return STEP_ON;
}

static enum step drain(struct connection *c)
{
    char scrap[4096];
    ssize_t got = recv(c->source.fd, scrap, sizeof scrap, 0);
    if (got < 0 && errno == EINTR)
        return STEP_ON;
    if (got < 0 && errno == EAGAIN) {
        c->readable = false;
        return STEP_WAIT;
    }
    if (got <= 0 || (c->drained += (uint32_t)got) > DRAIN_MOST)
        return close_now(c);
    return STEP_ON;
}

static void begin_request(struct exchange *x)
{
    x->answered = x->again = x->refused = x->close = false;
    x->flight = NULL;
    x->began_us = x->c->loop->now_us;
}

static void begin(struct connection *c)
{
    c->x = loop_exchange(c->loop);
    c->x->c = c;
    begin_request(c->x);
}

// The answer has been sent.
static enum step finish(struct connection *c)
{
    struct exchange *x = c->x;
    bool ours = x->refused || x->answer.close || c->loop->stopping || c->readable ||
                x->in.start < x->in.end;
    bool last = x->close;
    account(c);
    if (last)
        return ours ? linger(c) : close_now(c);
    discharge_body(x);
    arena_reset(x->in.arena);
    intake_next(&x->in);
    begin_request(x);
    if (!intake_idle(&x->in)) {
        connection_enter(c, PHASE_HEAD);
        return STEP_ON;
    }
    connection_enter(c, PHASE_IDLE);
    if (c->readable)
        return STEP_ON;
    give_back(c);
    return STEP_WAIT;
}

// After a write that took nothing: waits for room, or takes leave.
static enum step wait_for_room(struct connection *c)
{
    if (errno != EAGAIN)
        return close_now(c);
    if (c->phase != PHASE_SEND)
        connection_enter(c, PHASE_SEND);
    return STEP_WAIT;
}

// Progress puts the deadline off.
static void note_sent(struct connection *c, size_t sent)
{
    c->x->sent += sent;
    if (c->phase == PHASE_SEND)
        connection_enter(c, PHASE_SEND);
}

static enum step send_file(struct connection *c)
{
    struct exchange *x = c->x;
    size_t most = x->file_left < FILE_TURN ? x->file_left : FILE_TURN;
    ssize_t sent;
    do
        sent = sendfile(c->source.fd, x->answer.file, &x->file_at, most);
    while (sent < 0 && errno == EINTR);
    if (sent < 0)
        return wait_for_room(c);
    if (sent == 0) // shorter than it was: what was promised cannot be sent
        return close_now(c);
    note_sent(c, (size_t)sent);
    x->file_left -= (size_t)sent;
    if (!x->file_left)
        return finish(c);
    if (c->phase != PHASE_SEND)
        connection_enter(c, PHASE_SEND);
    return STEP_ON;
}

static enum step send_on(struct connection *c)
{
    struct exchange *x = c->x;
    while (x->part < x->part_count) {
        struct msghdr message = {.msg_iov = x->parts + x->part,
                                 .msg_iovlen = x->part_count - x->part};
        // The head travels with the file's first bytes.
        int more = x->file_left ? MSG_MORE : 0;
        ssize_t sent = sendmsg(c->source.fd, &message, MSG_NOSIGNAL | more);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            return wait_for_room(c);
        note_sent(c, (size_t)sent);
        while (x->part < x->part_count && (size_t)sent >= x->parts[x->part].iov_len)
            sent -= (ssize_t)x->parts[x->part++].iov_len;
        if (x->part < x->part_count) {
            x->parts[x->part].iov_base = (char *)x->parts[x->part].iov_base + sent;
            x->parts[x->part].iov_len -= (size_t)sent;
        }
    }
    return x->file_left ? send_file(c) : finish(c);
}

static enum answer_end how_it_ends(const struct exchange *x)
{
    if (x->close)
        return ANSWER_CLOSE;
    return x->in.terms.old ? ANSWER_KEEP_OLD : ANSWER_KEEP;
}

// Sends what x->answer holds.
static enum step answer(struct connection *c)
{
    struct exchange *x = c->x;
    struct http_answer *a = &x->answer;
    struct loop *loop = c->loop;
    if (a->status < 200 || a->status > 599 || a->part_count > HTTP_PARTS) {
        release(x);
        answer_own(a, 500);
    }
    x->answered = true;
    answer_validate(&x->in.request, a);
    answer_range(&x->in.request, a);
    x->close = x->refused || a->close || loop->stopping || !x->in.terms.keep_alive;
    str common = {loop->common_text[a->eased], loop->common_len[a->eased]};
    str head = answer_head(x->in.arena, a, common, answer_length(a), how_it_ends(x));
    x->parts[0] = (struct iovec){(char *)head.ptr, head.len};
    x->part = 0;
    x->part_count = 1;
    x->sent = x->file_left = 0;
    if (x->in.request.method != HTTP_HEAD && a->status != 304 && a->status != 204) {
        x->file_at = (off_t)a->file_offset;
        x->file_left = a->file_length;
        for (size_t i = 0; i < a->part_count; i++)
            if (a->parts[i].len)
                x->parts[x->part_count++] =
                    (struct iovec){(char *)a->parts[i].ptr, a->parts[i].len};
    }
    return send_on(c);
}

static enum step answer_with(struct connection *c, int status)
{
    release(c->x);
    answer_own(&c->x->answer, status);
    return answer(c);
}

static enum step refuse(struct connection *c, int status)
{
    c->x->refused = true;
    count(c->loop, status == 408 ? COUNT_TIMEOUTS : status == 503 ? COUNT_REFUSED : COUNT_BAD);
    return answer_with(c, status);
}

static bool ask_kept(struct exchange *x, struct http_need *need)
{
    struct loop *loop = x->c->loop;
    const struct http_ops *ops = &loop->server->ops;
    if (!ops->kept || !ops->kept(ops->ctx, &x->in.request, &x->answer, need)) {
        x->answer = (struct http_answer){0};
        return false;
    }
    x->answered = true;
    count(loop, COUNT_KEPT);
    return true;
}

static enum step hand_to_worker(struct connection *c, const struct http_need *need)
{
    connection_enter(c, PHASE_BUSY);
    if (work_submit(c->loop->server->work, c->x, need))
        return STEP_WAIT;
    count(c->loop, COUNT_REFUSED);
    return answer_with(c, 503);
}

static void set_client(struct connection *c)
{
    struct http_request *r = &c->x->in.request;
    const struct http_server *server = c->loop->server;
    r->client = (str){c->client, c->client_len};
    if (!c->trusted || !server->options.client_header.len)
        return;
    struct in6_addr peer, client;
    if (!address_parse(r->client, &peer))
        return;
    client = client_behind(&server->proxies, r->headers, r->header_count,
                           server->options.client_header, peer);
    char *text = arena_text(r->arena, ADDRESS_TEXT);
    r->client = (str){text, address_text(&client, text)};
}

static enum step dispatch(struct connection *c)
{
    struct http_need need = {0};
    count(c->loop, COUNT_REQUESTS);
    set_client(c);
    return ask_kept(c->x, &need) ? answer(c) : hand_to_worker(c, &need);
}

// More bytes are needed, and none are there.
static enum step wait_for_more(struct connection *c)
{
    if (intake_idle(&c->x->in)) {
        give_back(c);
        return c->expiring ? close_now(c) : STEP_WAIT;
    }
    return STEP_WAIT;
}

// Puts a request that has begun into its phase, whose deadline runs from the first byte on.
static void settle_phase(struct connection *c)
{
    struct intake *in = &c->x->in;
    if (in->in_body && c->phase != PHASE_BODY) {
        connection_enter(c, PHASE_BODY);
        static const char go_on[] = "HTTP/1.1 100 Continue\r\n\r\n";
        // A client that gets no 100 sends after a while all the same (RFC 9110 §10.1.1).
        if (in->terms.expects && in->start == in->end && !in->framed.body.len)
            send(c->source.fd, go_on, sizeof go_on - 1, MSG_NOSIGNAL);
    } else if (!in->in_body && !intake_idle(in) && c->phase == PHASE_IDLE) {
        connection_enter(c, PHASE_HEAD);
    }
}

static enum step advance(struct connection *c)
{
    int result = intake_advance(&c->x->in);
    if (!charge_body(c->x))
        return refuse(c, 503);
    if (result == INTAKE_READY)
        return dispatch(c);
    if (result != INTAKE_MORE)
        return refuse(c, result);
    settle_phase(c);
    return STEP_ON;
}

static enum step read_more(struct connection *c)
{
    struct intake *in = &c->x->in;
    size_t size;
    char *room = intake_room(in, &size);
    ssize_t got = recv(c->source.fd, room, size, 0);
    if (got < 0 && errno == EINTR)
        return STEP_ON;
    if (got < 0 && errno == EAGAIN) {
        c->readable = false;
        return wait_for_more(c);
    }
    if (got <= 0)
        return close_now(c);
    in->end += (size_t)got;
    // A short read has emptied the socket; the next byte makes a new edge. The end of the stream
    // made its edge already, if it came before.
    c->readable = (size_t)got == size || c->hung_up;
    return advance(c);
}

static enum step take_in(struct connection *c)
{
    if (!c->x)
        begin(c);
    struct intake *in = &c->x->in;
    // Bytes of a next request, pipelined behind the last.
    if (in->scanned < in->end && !in->in_body) {
        size_t before = in->scanned;
        enum step step = advance(c);
        if (step != STEP_ON || c->phase >= PHASE_SEND || in->scanned != before)
            return step;
    }
    return c->readable ? read_more(c) : wait_for_more(c);
}

void connection_run(struct connection *c)
{
    for (int i = 0; i < STEPS; i++) {
        enum step step = STEP_WAIT;
        if (c->phase == PHASE_SEND)
            step = send_on(c);
        else if (c->phase == PHASE_LINGER)
            step = drain(c);
        else if (c->phase != PHASE_BUSY)
            step = take_in(c);
        if (step != STEP_ON)
            return;
    }
    loop_ready(c);
}

void connection_event(struct connection *c, uint32_t events)
{
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->hung_up = true;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR))
        c->readable = true;
    else if (c->phase != PHASE_SEND)
        return;
    connection_run(c);
}

void connection_expire(struct connection *c)
{
    enum step step = STEP_GONE;
    switch (c->phase) {
    case PHASE_IDLE:
        // A last look: what the kernel has acknowledged is answered.
        c->expiring = c->readable = true;
        step = take_in(c);
        break;
    case PHASE_HEAD:
    case PHASE_BODY:
        step = refuse(c, 408);
        break;
    default:
        if (c->phase == PHASE_SEND)
            count(c->loop, COUNT_TIMEOUTS);
        connection_close(c);
    }
    if (step == STEP_ON) {
        c->expiring = false;
        loop_ready(c);
    }
}

void connection_resume(struct exchange *x)
{
    struct connection *c = x->c;
    enum step step;
    struct http_need need = {0};
    if (!x->again)
        step = answer(c);
    else if (ask_kept(x, &need))
        step = answer(c);
    else
        step = hand_to_worker(c, &(struct http_need){.making = need.making});
    if (step == STEP_ON)
        connection_run(c);
}
