// Header lines and bodies cut out of the byte stream: llhttp behind a door of ours. (Its enum
// collides with http.h, so that no other file includes it.)
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "http/header.h"

struct arena;
struct framing;

// What has been found so far.
struct framed {
    struct http_header *headers; // in the fed bytes, values trimmed, names in lower case in place
    size_t header_count, header_most;
    struct buf body;                // its maximum is the caller's to set
    size_t overhead, overhead_most; // bytes of chunk extensions and trailers
    bool head_done, done;
    bool too_many; // more headers than header_most
    bool chunked;
    uint64_t length; // Content-Length
};

struct framing *framing_new(struct arena *a, struct framed *out);

// Feeds bytes: first the whole head at once (its headers point into it, and it must stay and be
// writable), then the body in any pieces. Returns how many were consumed, less than all only when
// the request is complete; -1 when it is malformed or over a limit (body.overflow, too_many).
ptrdiff_t framing_feed(struct framing *f, char *bytes, size_t len);
