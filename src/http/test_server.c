// The tests' server, its handlers, and a client without manners.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "http/test_server.h"

#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/heap.h"

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

static bool kept(void *ctx, const struct http_request *r, struct http_answer *answer,
                 struct http_need *need)
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
    if (str_starts(r->path, S("/file"))) {
        answer_text(site, answer, S(""));
        answer->part_count = 0;
        answer->etag = S("\"tag\"");
        answer->file = site->file;
        answer->file_offset = 10;
        answer->file_length = FILE_SIZE + (str_eq(r->path, S("/file-short")) ? 1 : 0);
        return true;
    }
    if (str_eq(r->path, S("/page"))) {
        need->name = S("page");
        if (atomic_load(&site->page_kept))
            answer_text(site, answer, S("page"));
        return atomic_load(&site->page_kept);
    }
    if (str_eq(r->path, S("/block"))) {
        sem_post(&site->entered);
        sem_wait(&site->go);
    }
    if (str_eq(r->path, S("/never")))
        need->name = S("never");
    need->making = str_eq(r->path, S("/make"));
    return false;
}

static void handle(void *worker, const struct http_request *r, struct http_answer *answer)
{
    struct site *site = worker;
    atomic_fetch_add(&site->handled, 1);
    if (str_eq(r->path, S("/none")))
        return;
    if (str_eq(r->path, S("/wait")) || str_eq(r->path, S("/make")) || str_eq(r->path, S("/page")) ||
        str_eq(r->path, S("/never"))) {
        sem_post(&site->entered);
        sem_wait(&site->go);
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
    atomic_fetch_add(&site->done, 1);
}

// The file that "/file" answers with.
static int file_open(void)
{
    int file = memfd_create("file", MFD_CLOEXEC);
    char *bytes = heap_alloc(FILE_SIZE);
    for (size_t i = 0; i < FILE_SIZE; i++)
        bytes[i] = (char)(i % 251);
    assert_int_equal(write(file, "before it\n", 10), 10);
    assert_int_equal(write(file, bytes, FILE_SIZE), FILE_SIZE);
    heap_free(bytes);
    return file;
}

static void site_open(struct site *site)
{
    *site = (struct site){.big = heap_alloc(BIG), .file = file_open()};
    memset(site->big, 'x', BIG);
    sem_init(&site->entered, 0, 0);
    sem_init(&site->go, 0, 0);
}

struct http_server *serve(struct arena *a, struct site *site, struct http_options options)
{
    struct http_ops ops = {site, kept, handle, worker_open, NULL, done};
    struct http_server *server = NULL;
    if (!options.listener_count)
        options.listen = S("127.0.0.1:0");
    if (!options.loops)
        options.loops = 2;
    options.common = (struct http_common){S("X-Common: yes\r\n"), S("X-Common: eased\r\n")};
    error e = http_start(a, &options, &ops, &server);
    if (e)
        fail_msg("%.*s", STR(e->message));
    return server;
}

struct bench *bench_open(struct http_options options)
{
    struct bench *b = heap_new(struct bench);
    b->arena = arena_new();
    site_open(&b->site);
    b->server = serve(b->arena, &b->site, options);
    return b;
}

void bench_close(struct bench *b)
{
    http_free(b->server);
    heap_free(b->site.big);
    close(b->site.file);
    arena_free(b->arena);
    heap_free(b);
}

int dial_address(str address)
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

int dial(struct bench *b)
{
    int fd = dial_address(http_address(b->server));
    assert_true(fd >= 0);
    return fd;
}

bool say(int fd, str text)
{
    while (text.len) {
        ssize_t sent = send(fd, text.ptr, text.len, MSG_NOSIGNAL);
        if (sent < 0)
            return false;
        text = str_from(text, (size_t)sent);
    }
    return true;
}

str hear(struct bench *b, int fd, str until, int times)
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

str ask(struct bench *b, str text)
{
    int fd = dial(b);
    say(fd, text);
    str heard = hear(b, fd, S(""), 0);
    close(fd);
    return heard;
}

void assert_has(str text, const char *part)
{
    if (str_find(text, str_of(part)) < 0)
        fail_msg("no \"%s\" in \"%.*s\"", part, STR(text));
}

void assert_lacks(str text, const char *part)
{
    if (str_find(text, str_of(part)) >= 0)
        fail_msg("\"%s\" is in \"%.*s\"", part, STR(text));
}

void assert_status(str heard, int status)
{
    char line[32];
    snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
    if (!str_starts(heard, str_of(line)))
        fail_msg("%d expected: \"%.*s\"", status, STR(heard));
}

int read_answer(int fd)
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
