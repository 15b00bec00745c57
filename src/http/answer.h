// The head of an answer composed, and the answers that the server gives by itself.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "http/http.h"

struct arena;

// What "Connection" says.
enum answer_end { ANSWER_KEEP, ANSWER_KEEP_OLD /* to HTTP/1.0 */, ANSWER_CLOSE };

// Status line, `common` (Date and the common headers, lines ended by CRLF), the answer's own
// headers, ETag, Content-Length for `length` bytes where the status allows a body, Connection, and
// the empty line.
str answer_head(struct arena *a, const struct http_answer *answer, str common, size_t length,
                enum answer_end end);

// A short plain text for a refusal or a failure; 405 with Allow, 503 with Retry-After.
void answer_own(struct http_answer *answer, int status);

// Makes a 200 a 304 where the request holds the answer's ETag already (RFC 9110 §13.1.2, §15.4.5).
// What was to be released still is.
void answer_validate(const struct http_request *r, struct http_answer *answer);

size_t answer_length(const struct http_answer *answer);
