// A part of a file asked for (RFC 9110 §14).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "http/http.h"

// Makes a 200 with a file of a known length what the request's Range asks for: a 206 of one range,
// a 416 where nothing of it is there. Several ranges at once, and a Range that If-Range makes void
// or nobody understands, get the whole.
void answer_range(const struct http_request *r, struct http_answer *answer);
