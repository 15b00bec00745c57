// Follows the database: forgets what any process committed, and tells those who wait for it.
// SPDX-License-Identifier: Apache-2.0
#include "app/follower.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/control.h"
#include "app/server.h"
#include "app/serving.h"
#include "base/arena.h"
#include "base/log.h"
#include "cache/cache.h"
#include "db/db.h"
#include "http/http.h"
#include "model/change.h"
#include "model/publication.h"
#include "model/work.h"

// How often the database is looked at for commits that nobody announced: a look costs microseconds.
enum { LOOK_MS = 20, CLIENTS_MOST = 64, PROBLEM_MOST = 300 };

struct client {
    int fd;
    uint64_t waits_for; // a commit; 0: for nothing
};

struct follower {
    struct server *server;
    pthread_t thread;
    pthread_mutex_t lock; // over problem
    char problem[PROBLEM_MOST];
    struct arena *arena;
    struct db_conn *conn;
    bool renamed;       // the publication changed, and that was not taken in yet
    bool behind;        // the database changed, and that was not taken in yet
    int wake, listener; // -1: no control socket
    str control;
    struct client clients[CLIENTS_MOST];
    size_t client_count;
    bool stopping; // atomic
};

// ---- the database

static void forget(void *ctx, const struct keyset *writes, uint64_t commit)
{
    struct follower *f = ctx;
    for (size_t i = 0; i < writes->count; i++)
        f->renamed = f->renamed || str_eq(writes->keys[i].name, PUBLICATION_KEY);
    cache_forget(f->server->cache, writes, commit);
}

static error follow_publication(struct follower *f, struct work *w)
{
    struct publication p;
    try(publication_read(w, &p));
    serving_follow_publication(f->server, &p);
    f->renamed = false;
    return NULL;
}

static error replay(struct follower *f)
{
    struct work w;
    bool gap;
    try(work_read(&w, f->conn, f->arena, instant_now()));
    error e = change_replay(&w, cache_commit(f->server->cache), forget, f, &gap);
    if (!e && gap && w.commit < cache_commit(f->server->cache)) {
        log_warn("commits-lost", LOG_NUMBER("commit", (int64_t)w.commit),
                 LOG_NUMBER("had", (int64_t)cache_commit(f->server->cache)));
        serving_start_over(f->server, w.commit);
    } else if (!e && gap) {
        log_warn("changes-missed", LOG_NUMBER("commit", (int64_t)w.commit));
        cache_forget_all(f->server->cache, w.commit);
    }
    if (!e && (gap || f->renamed))
        e = follow_publication(f, &w);
    work_end(&w);
    return e;
}

static error look(struct follower *f, bool asked)
{
    bool changed = false;
    try(db_changed(f->conn, f->arena, &changed));
    // Of a change the database tells once: a replay that failed is tried again without.
    f->behind = f->behind || changed || asked;
    if (f->behind)
        try(replay(f));
    f->behind = false;
    return NULL;
}

static void note_problem(struct follower *f, error e)
{
    str text = e ? error_text(f->arena, e) : S("");
    text = str_sub(text, 0, PROBLEM_MOST - 1);
    pthread_mutex_lock(&f->lock);
    bool news = !str_eq(str_of(f->problem), text);
    if (text.len)
        memcpy(f->problem, text.ptr, text.len);
    f->problem[text.len] = 0;
    pthread_mutex_unlock(&f->lock);
    if (news && e)
        log_failure("follow-failed", e);
    else if (news)
        log_info("follow-again", LOG_NUMBER("commit", (int64_t)cache_commit(f->server->cache)));
}

str follower_problem(struct follower *f, struct arena *a)
{
    pthread_mutex_lock(&f->lock);
    str problem = str_copy(a, str_of(f->problem));
    pthread_mutex_unlock(&f->lock);
    return problem;
}

// ---- those who wait

static void drop_client(struct follower *f, size_t i)
{
    close(f->clients[i].fd);
    f->clients[i] = f->clients[--f->client_count];
}

static void answer_waiting(struct follower *f)
{
    uint64_t shown = cache_commit(f->server->cache);
    for (size_t i = f->client_count; i-- > 0;) {
        struct client *client = &f->clients[i];
        if (!client->waits_for || client->waits_for > shown)
            continue;
        client->waits_for = 0;
        if (!control_answer(client->fd, S("done"), NULL, 0))
            drop_client(f, i);
    }
}

// Whoever commits from here on finds no server to wait for: nothing kept may be answered any more.
static void give_up_socket(struct follower *f)
{
    __atomic_store_n(&f->server->follows, false, __ATOMIC_SEQ_CST);
    // The name goes first: once nobody listens, a server that starts may put its own there.
    unlink(str_z(f->arena, f->control));
    close(f->listener);
    f->listener = -1;
}

// False: the client is to be dropped.
static bool serve_line(struct follower *f, struct client *client, str line)
{
    if (str_starts(line, S("applied "))) {
        int64_t commit;
        if (!str_int(str_from(line, 8), &commit) || commit < 0)
            return false;
        client->waits_for = (uint64_t)commit;
        // Commit 0 is always there.
        return commit > 0 || control_answer(client->fd, S("done"), NULL, 0);
    }
    if (str_eq(line, S("sockets"))) {
        int fds[CONTROL_SOCKETS];
        size_t count = http_listeners(f->server->http, fds, CONTROL_SOCKETS);
        return control_answer(client->fd, line, fds, count);
    }
    if (str_eq(line, S("leave")) && f->listener >= 0) {
        give_up_socket(f);
        serving_leave();
        return control_answer(client->fd, S("left"), NULL, 0);
    }
    return false;
}

static void read_client(struct follower *f, size_t i)
{
    char line[CONTROL_LINE];
    ssize_t n = recv(f->clients[i].fd, line, sizeof line, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (n <= 0 || !serve_line(f, &f->clients[i], (str){line, (size_t)n}))
        drop_client(f, i);
}

static void accept_client(struct follower *f)
{
    int fd = accept4(f->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd >= 0)
        f->clients[f->client_count++] = (struct client){.fd = fd};
}

// ---- the thread

// Waits for a client or the next look; true when a client said something.
static bool wait_and_read(struct follower *f)
{
    struct pollfd polled[CLIENTS_MOST + 2] = {{.fd = f->wake, .events = POLLIN},
                                              {.fd = f->listener, .events = POLLIN}};
    size_t count = f->client_count;
    if (count == CLIENTS_MOST)
        polled[1].fd = -1; // the next one waits at the door
    for (size_t i = 0; i < count; i++)
        polled[i + 2] = (struct pollfd){.fd = f->clients[i].fd, .events = POLLIN};
    if (poll(polled, count + 2, LOOK_MS) <= 0)
        return false;
    for (size_t i = count; i-- > 0;)
        if (polled[i + 2].revents)
            read_client(f, i);
    if (polled[1].revents & POLLIN)
        accept_client(f);
    return true;
}

static void *run(void *ctx)
{
    struct follower *f = ctx;
    pthread_setname_np(pthread_self(), "changes");
    bool begun = false;
    while (!__atomic_load_n(&f->stopping, __ATOMIC_RELAXED)) {
        bool asked = wait_and_read(f);
        error e = look(f, asked);
        note_problem(f, e);
        // The control socket was there before this look: who found none there is in what it saw.
        if (!e && !begun && f->listener >= 0)
            __atomic_store_n(&f->server->follows, true, __ATOMIC_SEQ_CST);
        begun = begun || !e;
        answer_waiting(f);
        serving_reload_assets(f->server, f->arena);
        arena_reset(f->arena);
    }
    return NULL;
}

static error start(struct arena *a, struct follower *f)
{
    struct work w;
    try(db_connect(f->server->db, a, &f->conn));
    // Whatever was committed before this point, no page is kept of yet.
    try(work_read(&w, f->conn, f->arena, instant_now()));
    cache_forget_all(f->server->cache, w.commit);
    work_end(&w);
    if (f->control.len)
        try(control_listen(a, f->control, &f->listener));
    f->wake = eventfd(0, EFD_CLOEXEC);
    int bad = f->wake < 0 ? errno : pthread_create(&f->thread, NULL, run, f);
    if (bad)
        return failure(a, FAULT_IO, S("serve"), "cannot start a thread: %s", strerror(bad));
    return NULL;
}

static void let_go(struct follower *f)
{
    for (size_t i = f->client_count; i-- > 0;)
        drop_client(f, i);
    if (f->listener >= 0)
        give_up_socket(f);
    if (f->wake >= 0)
        close(f->wake);
    if (f->conn)
        db_disconnect(f->conn);
    arena_free(f->arena);
}

error follower_start(struct arena *a, struct server *s, str control, struct follower **out)
{
    struct follower *f = arena_make(a, struct follower);
    *f =
        (struct follower){.server = s, .listener = -1, .wake = -1, .control = str_copy(a, control)};
    f->arena = arena_new();
    pthread_mutex_init(&f->lock, NULL);
    error e = start(a, f);
    if (!e) {
        *out = f;
        return NULL;
    }
    // The failure may be written in the memory that goes.
    e = failure(a, e->fault, e->where, "%.*s", STR(e->message));
    let_go(f);
    return e;
}

void follower_stop(struct follower *f)
{
    if (!f)
        return;
    __atomic_store_n(&f->stopping, true, __ATOMIC_RELAXED);
    uint64_t one = 1;
    ssize_t n = write(f->wake, &one, sizeof one);
    (void)n; // an eventfd of one writer takes eight bytes always
    pthread_join(f->thread, NULL);
    let_go(f);
}
