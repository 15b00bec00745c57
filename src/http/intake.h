// One connection's bytes turned into requests, without sockets: the same for the server and for a
// fuzzer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "http/framing.h"
#include "http/http.h"
#include "http/request.h"

struct limits {
    size_t header_bytes;
    unsigned header_count;
    size_t body_bytes;
};

// What intake_advance found; above these, the status to refuse with.
enum { INTAKE_MORE = 0, INTAKE_READY = 1 };

struct intake {
    const struct limits *limits;
    struct arena *arena; // the request's
    char *bytes;         // bytes[start..end) are unread
    size_t cap, start, end;
    size_t line, scanned; // where the head's last line begins, and up to where it is checked
    unsigned lines;       // complete ones
    size_t target_at, target_len; // in the request line, from `start`
    bool blank;                   // an empty line came before the request
    bool in_body;
    size_t body_at, body_wire; // where body bytes are read to; how many came
    struct framing *framing;
    struct framed framed;
    struct http_request request;
    struct terms terms;
};

// `a` is used for what a request needs; the buffer is the intake's own.
void intake_init(struct intake *in, const struct limits *limits, struct arena *a);
void intake_done(struct intake *in);

// Where the next bytes are to be read to; afterwards add them to `end` and advance.
char *intake_room(struct intake *in, size_t *size);

// Reads on: INTAKE_READY when `request` is complete (valid until intake_next), INTAKE_MORE, or a
// status.
int intake_advance(struct intake *in);

// Turns to the next request; its arena has been reset.
void intake_next(struct intake *in);

// Whether nothing of a next request has come.
bool intake_idle(const struct intake *in);

// Gives back what a large head needed beyond the usual buffer; only when idle.
void intake_shrink(struct intake *in);
