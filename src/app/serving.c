// Starts a server, keeps it running until it is told to stop, and ends it without breaking an
// answer. SPDX-License-Identifier: Apache-2.0
#include "app/serving.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

#include "app/control.h"
#include "app/follower.h"
#include "app/invocation.h"
#include "app/jobs.h"
#include "app/options.h"
#include "app/packer.h"
#include "app/renderer.h"
#include "app/server.h"
#include "base/arena.h"
#include "base/log.h"
#include "cache/cache.h"
#include "compress/compress.h"
#include "db/db.h"
#include "http/http.h"
#include "model/publication.h"
#include "model/work.h"

enum { GRACE_MS = 30000, TAKEOVER_MS = 10000, CACHE_DEFAULT_MB = 256, ASSETS_LOOK_MS = 500 };

// No script, style or frame of anybody else's; our own need no exception, since none stands inline.
// Pictures of others only for a reader who asked for them (`more`). They stand before every file of
// a page: what one of them says, no second one repeats (X-Frame-Options).
#define COMMON_HEADERS(more)                                                                       \
    "Content-Security-Policy: default-src 'none'; style-src 'self'; script-src 'self'; img-src "   \
    "'self' data:" more "; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri "     \
    "'none'; frame-ancestors 'none'; manifest-src 'self'\r\n"                                      \
    "X-Content-Type-Options: nosniff\r\n"                                                          \
    "Referrer-Policy: strict-origin-when-cross-origin\r\n"                                         \
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=()\r\n"                 \
    "Cross-Origin-Opener-Policy: same-origin\r\n"
// A year without plain HTTP, as long as the base URL says https.
#define HSTS "Strict-Transport-Security: max-age=31536000\r\n"

#define MORE_PICTURES " https: http:"

static const struct http_common plain = {S(COMMON_HEADERS("")), S(COMMON_HEADERS(MORE_PICTURES))};
static const struct http_common secure = {S(COMMON_HEADERS("") HSTS),
                                          S(COMMON_HEADERS(MORE_PICTURES) HSTS)};

static const struct http_common *headers_for(str base_url)
{
    return str_starts(base_url, S("https:")) ? &secure : &plain;
}

void serving_follow_publication(struct server *s, const struct publication *p)
{
    http_set_common(s->http, headers_for(p->base_url));
}

// ---- leaving

static int leave_event = -1; // one server a process; written by signal handlers too

void serving_leave(void)
{
    uint64_t one = 1;
    ssize_t n = write(leave_event, &one, sizeof one);
    (void)n; // the counter cannot be full
}

static void on_signal(int number)
{
    int saved = errno;
    serving_leave();
    errno = saved;
}

static error listen_for_signals(struct arena *a)
{
    leave_event = eventfd(0, EFD_CLOEXEC);
    if (leave_event < 0)
        return failure(a, FAULT_IO, S("serve"), "%s", strerror(errno));
    // Calls are not restarted: ThreadSanitizer runs a handler only when the call has returned.
    struct sigaction leave = {.sa_handler = on_signal};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    sigaction(SIGTERM, &leave, NULL);
    sigaction(SIGINT, &leave, NULL);
    sigaction(SIGPIPE, &ignore, NULL);
    return NULL;
}

static void wait_for_leave(void)
{
    uint64_t told;
    while (read(leave_event, &told, sizeof told) < 0 && errno == EINTR)
        continue;
}

// ---- starting

static error number_option(struct invocation *in, const char *name, int64_t fallback, int64_t *out)
{
    str text = option(in, name, S(""));
    *out = fallback;
    if (text.len && (!str_int(text, out) || *out < 0))
        return failure(in->arena, FAULT_INPUT, S("serve"), "--%s takes a number, not \"%.*s\"",
                       name, STR(text));
    return NULL;
}

static error open_theme(struct arena *a, str dir, const struct assets **assets,
                        const struct theme **theme)
{
    struct assets *opened;
    struct theme *bound;
    try(assets_open(a, dir, &opened));
    try(theme_open(a, opened->templates, opened->template_count, opened->addresses,
                   opened->file_count, &bound));
    *assets = opened;
    *theme = bound;
    return NULL;
}

static error base_url(struct invocation *in, struct server *s, str *out)
{
    struct db_conn *conn;
    struct work w;
    struct publication p;
    try(db_connect(s->db, in->arena, &conn));
    error e = work_read(&w, conn, in->arena, in->now);
    if (!e) {
        e = publication_read(&w, &p);
        work_end(&w);
    }
    db_disconnect(conn);
    if (!e)
        *out = p.base_url;
    return e;
}

static void raise_file_limit(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) == 0) {
        limit.rlim_cur = limit.rlim_max;
        setrlimit(RLIMIT_NOFILE, &limit);
    }
}

// The sockets of the server that runs here, for --takeover; none where there is no such server.
static error take_sockets(struct invocation *in, str control, int *peer, int *fds, size_t *count)
{
    str answer;
    *count = 0;
    try(control_connect(in->arena, control, peer));
    if (*peer < 0)
        return NULL;
    try(control_ask(in->arena, *peer, S("sockets"), TAKEOVER_MS, &answer, fds, count));
    if (!str_eq(answer, S("sockets")) || *count == 0)
        return failure(in->arena, FAULT_BUSY, S("serve"),
                       "the running server did not give up its sockets");
    return NULL;
}

static void log_request(void *ctx, const struct http_request *r, int status, size_t bytes,
                        int64_t us)
{
    log_info("request", LOG_TEXT("client", r->client), LOG_TEXT("target", r->target),
             LOG_NUMBER("status", status), LOG_NUMBER("bytes", (int64_t)bytes),
             LOG_NUMBER("us", us));
}

// How many pages may be made at once, 0: any. Where that is our own work, more than there are cores
// would only slow each other down, and the threads of the connections with them.
static unsigned pages_at_once(struct server *s)
{
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return db_is_remote(s->db) ? 0 : cores > 0 ? (unsigned)cores : 1;
}

static error start_http(struct invocation *in, struct server *s, const int *fds, size_t fd_count)
{
    int64_t workers;
    str url;
    try(number_option(in, "workers", 0, &workers));
    try(base_url(in, s, &url));
    const struct http_options options = {
        .listen = option(in, "listen", S("127.0.0.1:8080")),
        .listeners = fds,
        .listener_count = fd_count,
        .workers = (unsigned)workers,
        .making = pages_at_once(s),
        .common = *headers_for(url),
        .client_header = str_lower(in->arena, option(in, "client-header", S("x-forwarded-for"))),
        .proxies = option(in, "trusted-proxies", S("")),
    };
    const struct http_ops ops = {
        .ctx = s,
        .kept = renderer_kept,
        .handle = renderer_handle,
        .worker_open = renderer_open,
        .worker_close = renderer_close,
        .done = option_given(in, "log-requests") ? log_request : NULL,
    };
    return http_start(in->arena, &options, &ops, &s->http);
}

static error open_data_dir(struct invocation *in, int *out)
{
    str path = invocation_path(in, S("."));
    *out = open(str_z(in->arena, path), O_PATH | O_DIRECTORY | O_CLOEXEC);
    return *out < 0 ? failure(in->arena, FAULT_IO, path, "%s", strerror(errno)) : NULL;
}

static error open_server(struct invocation *in, struct server *s)
{
    int64_t megabytes;
    s->data_dir = -1;
    try(number_option(in, "cache", CACHE_DEFAULT_MB, &megabytes));
    pthread_rwlock_init(&s->theme_lock, NULL);
    s->started = in->now;
    s->keeps = megabytes > 0;
    s->cache = cache_new((size_t)megabytes << 20);
    s->assets_dir = option(in, "assets", S(""));
    s->theme_arena = arena_new();
    // First: what changes while the theme is read is read again.
    if (s->assets_dir.len)
        s->assets_fingerprint = assets_fingerprint(in->arena, s->assets_dir);
    try(open_theme(s->theme_arena, s->assets_dir, &s->assets, &s->theme));
    try(invocation_open(in));
    s->db = in->db;
    try(open_data_dir(in, &s->data_dir));
    return packer_start(in->arena, s->cache, &s->packer);
}

// The one that was here gives up its control socket and finishes what it began.
static error relieve(struct invocation *in, int peer)
{
    str answer;
    if (peer < 0)
        return NULL;
    error e = control_ask(in->arena, peer, S("leave"), TAKEOVER_MS, &answer, NULL, NULL);
    close(peer);
    return e;
}

static void stop_server(struct server *s)
{
    __atomic_store_n(&s->draining, true, __ATOMIC_RELAXED);
    if (s->http)
        http_stop(s->http, GRACE_MS, /* keep_listeners= */ false);
    jobs_stop(s->jobs);
    follower_stop(s->follower);
    packer_stop(s->packer);
    http_free(s->http);
    if (s->data_dir >= 0)
        close(s->data_dir);
    cache_free(s->cache);
    arena_free(s->theme_arena);
}

// Begins to answer, on its own sockets or on those of the server that it relieves.
static error begin_answering(struct invocation *in, struct server *s, str control)
{
    int peer = -1, fds[CONTROL_SOCKETS];
    size_t fd_count = 0;
    if (option_given(in, "takeover"))
        try(take_sockets(in, control, &peer, fds, &fd_count));
    error e = start_http(in, s, fds, fd_count);
    // It listens on duplicates: one left open would go on taking connections when it has stopped.
    while (fd_count)
        close(fds[--fd_count]);
    return e ? e : relieve(in, peer);
}

static error begin(struct invocation *in, struct server *s)
{
    str control = invocation_path(in, S("control.sock"));
    try(open_server(in, s));
    // A second server that keeps nothing may read beside the first: it is never asked for anything.
    if (!s->keeps)
        control = S("");
    try(begin_answering(in, s, control));
    try(follower_start(in->arena, s, control, &s->follower));
    try(jobs_start(in->arena, s->db, &s->jobs));
    __atomic_store_n(&s->complete, true, __ATOMIC_RELEASE);
    return NULL;
}

error serving_run(struct invocation *in)
{
    struct server *s = arena_make(in->arena, struct server);
    raise_file_limit();
    try(listen_for_signals(in->arena));
    error e = begin(in, s);
    if (e) {
        // What is wrong with a theme is written in the theme's memory.
        e = failure(in->arena, e->fault, e->where, "%.*s", STR(e->message));
        stop_server(s);
        return e;
    }
    log_info("serving", LOG_TEXT("address", http_address(s->http)),
             LOG_NUMBER("pid", (int64_t)getpid()), LOG_NUMBER("ms", instant_now().ms - in->now.ms));
    printf("Serving http://%.*s/\n", STR(http_address(s->http)));
    fflush(stdout);
    wait_for_leave();
    log_info("stopping", LOG_NUMBER("grace_ms", GRACE_MS));
    stop_server(s);
    log_info("stopped", LOG_NUMBER("pid", (int64_t)getpid()));
    return NULL;
}

// ---- a database that lost commits

void serving_start_over(struct server *s, uint64_t commit)
{
    // Whoever renders now may have read what is gone, and would keep it.
    pthread_rwlock_wrlock(&s->theme_lock);
    cache_restart(s->cache, commit);
    pthread_rwlock_unlock(&s->theme_lock);
}

// ---- theme work

void serving_reload_assets(struct server *s, struct arena *scratch)
{
    int64_t now_ms = instant_steady_us() / 1000;
    if (!s->assets_dir.len || now_ms - s->assets_looked_ms < ASSETS_LOOK_MS)
        return;
    s->assets_looked_ms = now_ms;
    uint64_t fingerprint = assets_fingerprint(scratch, s->assets_dir);
    if (fingerprint == s->assets_fingerprint)
        return;
    s->assets_fingerprint = fingerprint;
    const struct assets *assets;
    const struct theme *theme;
    // Static files of the old theme may be on their way to a reader: its memory goes with the
    // server.
    error e = open_theme(s->theme_arena, s->assets_dir, &assets, &theme);
    if (e) {
        log_failure("theme-refused", e);
        return;
    }
    pthread_rwlock_wrlock(&s->theme_lock);
    s->theme = theme;
    __atomic_store_n(&s->assets, assets, __ATOMIC_RELEASE);
    cache_clear(s->cache);
    pthread_rwlock_unlock(&s->theme_lock);
    log_info("theme-read-again", LOG_TEXT("folder", s->assets_dir));
}
