// A server with a small site of its own, and a client that speaks raw bytes to it: for tests.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <semaphore.h>
#include <stdatomic.h>
#include <stdbool.h>

#include "http/http.h"

struct arena;

enum { PATIENCE_MS = 20000, BIG = 8 * 1024 * 1024, FILE_SIZE = 6 * 1024 * 1024 + 7 };

// What the handlers share. "/kept" and "/big" are kept; "/page" is once it was made, by one for
// all; "/make" takes a processor;
// "/file" is FILE_SIZE bytes of a file, each numbered by its place modulo 251, behind ten of
// another, "/file-short" promises one more than there are;
// "/never" would be made by one for all, but is not kept; "/none" has no status; all else says what
// the handler saw.
struct site {
    // "/wait", "/make", "/page", "/never", and on the loop thread "/block", say that they are
    // there, and wait to be let go.
    sem_t entered, go;
    atomic_int handled, released, done;
    atomic_bool page_kept;
    char *big;
    int file;
};

// A server and what it serves, for one test.
struct bench {
    struct arena *arena;
    struct http_server *server;
    struct site site;
};

struct bench *bench_open(struct http_options options);
void bench_close(struct bench *b);
struct http_server *serve(struct arena *a, struct site *site, struct http_options options);

// A connected socket; -1 when it is refused.
int dial_address(str address);
int dial(struct bench *b);
bool say(int fd, str text);

// Reads until `until` has come `times` times, or to the end of the stream when it is empty.
str hear(struct bench *b, int fd, str until, int times);

// Says it on a connection of its own, and hears all until the server closes.
str ask(struct bench *b, str text);

// Reads one answer of "/kept"; -1 failed, 0 the server will close, 1 it keeps the connection.
int read_answer(int fd);

void assert_has(str text, const char *part);
void assert_lacks(str text, const char *part);
void assert_status(str heard, int status);
