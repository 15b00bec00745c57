// Speaks HTTP/1.1 to browsers: listens, parses with limits, answers kept pages on the spot, hands
// the rest to a worker. SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/instant.h"
#include "base/str.h"
#include "http/header.h"

struct arena;
struct http_server;

enum http_method { HTTP_GET, HTTP_HEAD, HTTP_POST };

struct http_request {
    struct arena *arena; // lives until the answer is sent
    enum http_method method;
    str target; // as sent: path and query
    // Percent-decoded once; begins with "/", valid UTF-8 without control characters, no "." or ".."
    // segments. "%2F" is refused: it would give one path two addresses.
    str path;
    str query;  // without "?", not decoded; see http/form.h
    str host;   // in lower case, without the port
    str body;   // of a POST; that of others is read past
    str client; // the client's address as text; from the trusted proxy's header where that is set
    unsigned codings;
    const struct http_header *headers;
    size_t header_count;
};

// The value of the first header called `name` (lower case), or an empty str with ptr NULL.
str http_header(const struct http_request *r, str name);

// The value of a cookie (RFC 6265 §5.4), or an empty str with ptr NULL.
str http_cookie(const struct http_request *r, str name);

enum { HTTP_PARTS = 8 };

struct http_answer {
    int status;
    str headers; // lines of its own, each ended by CRLF: Content-Type, Cache-Control, Vary, …
    str etag;    // with its quotes; the server answers 304 to If-None-Match by itself
    str parts[HTTP_PARTS];
    size_t part_count;
    // Behind the parts: so many bytes of a regular file, sent by the kernel from disk. The server
    // answers Range by itself. The descriptor is the handler's, to be closed by `release`.
    int file;
    size_t file_offset, file_length; // length 0: no file
    void (*release)(void *held); // called once when the parts are sent or dropped, on any thread
    void *held;
    bool close;
    bool eased; // the common headers are the eased ones
};

enum { HTTP_COMMON_MOST = 4096 }; // bytes

// Headers that answers have in common, lines ended by CRLF, at most HTTP_COMMON_MOST bytes each:
// `usual` on every answer, also the server's own errors; `eased` in its place where an answer asks
// for it.
struct http_common {
    str usual, eased;
};

struct http_options {
    str listen;           // "127.0.0.1:8080", "[::1]:0", port 0 for any
    const int *listeners; // sockets handed over instead of `listen`; then listener_count > 0
    size_t listener_count;
    unsigned loops;        // epoll threads; 0: one a core
    unsigned workers;      // 0: four a core
    unsigned making;       // of them at most so many at once on what is `making`; 0: all
    size_t queue;          // requests waiting for a worker; beyond it 503 with Retry-After; 0: 1024
    size_t connections;    // open at most, beyond it the newest are refused with 503; 0: 100,000
    size_t header_bytes;   // 431 beyond (414 for the request line); 0: 16 KiB
    unsigned header_count; // 431 beyond; 0: 100
    size_t body_bytes;     // 413 beyond; 0: 1 MiB
    size_t bodies_bytes;   // of all requests together, 503 beyond; 0: 256 MiB
    int64_t header_ms;     // from the first byte to the last of the head, else 408; 0: 10 s
    int64_t body_ms;       // for the body, else 408; 0: 30 s
    int64_t idle_ms;       // between requests; 0: 60 s
    int64_t send_ms;       // without progress while sending; 0: 30 s
    struct http_common common;
    str client_header; // lower case, e.g. "x-forwarded-for": believed from `proxies` only
    str proxies;       // addresses or CIDR ranges, separated by commas
};

// What a request needs for which no answer is kept.
struct http_need {
    str name;    // what would be made: requests of one name wait for the first; may be empty
    bool making; // it takes a processor, rather than wait for something else
};

struct http_ops {
    void *ctx;

    // On a loop thread, for every request, of whatever method; must not block. True: answered.
    // False: a worker is needed, as *need says; what waited for one of its name is then asked again
    // here.
    bool (*kept)(void *ctx, const struct http_request *r, struct http_answer *answer,
                 struct http_need *need);

    // On a worker thread. `worker` is what worker_open returned for this thread.
    void (*handle)(void *worker, const struct http_request *r, struct http_answer *answer);
    void *(*worker_open)(void *ctx);
    void (*worker_close)(void *worker);

    // One line per request for the log or NULL; called on the loop thread after the answer was
    // sent or given up. Also for what the server refused by itself: `r` then holds what was read.
    void (*done)(void *ctx, const struct http_request *r, int status, size_t bytes, int64_t us);
};

// Listens and starts its threads. FAULT_INPUT for an address that cannot be read, FAULT_IO (with
// what to do) for one that cannot be bound.
error http_start(struct arena *a, const struct http_options *options, const struct http_ops *ops,
                 struct http_server **out) fallible;

// The address in use, with the real port: "127.0.0.1:43211".
str http_address(const struct http_server *s);

// The listening sockets, for handing over before http_free; they stay the server's, and whoever
// gets them in its options listens on duplicates.
size_t http_listeners(const struct http_server *s, int *out, size_t most);

// Other common headers from the next answers on, which must outlive the server. Any thread.
void http_set_common(struct http_server *s, const struct http_common *common);

// Stops accepting (closing the listeners unless `keep_listeners`), finishes requests that have
// begun, answers with "Connection: close", and returns when all are done or after `grace_ms`.
void http_stop(struct http_server *s, int64_t grace_ms, bool keep_listeners);
void http_free(struct http_server *s);

struct http_stats {
    uint64_t accepted, requests, kept, handled, refused, timeouts, bad;
    uint64_t by_status[6]; // by hundreds, [0] unused
    size_t open, queued;
};
struct http_stats http_stats(const struct http_server *s);
