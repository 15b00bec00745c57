// A request's line and headers checked and understood, once their bytes are there.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "http/framing.h"
#include "http/http.h"

// What the connection needs to know besides the request itself.
struct terms {
    bool old;        // HTTP/1.0
    bool keep_alive; // the client's wish
    bool expects;    // a 100 (Continue) before it sends the body
};

// Reads "METHOD target HTTP/1.x" without its line end. 0, or the status to refuse with.
int request_line(str line, enum http_method *method, bool *old, str *target);

// Fills in what the target and the headers say. 0, or the status to refuse with.
int request_head(const struct framed *framed, str target, struct http_request *r,
                 struct terms *terms);
