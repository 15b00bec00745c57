// Header lines and what can be read from their values.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

// What the client accepts (RFC 9110 §12.5.3), q=0 left out; bits.
enum http_coding { HTTP_IDENTITY = 0, HTTP_GZIP = 1, HTTP_BR = 2, HTTP_ZSTD = 4 };

struct http_header {
    str name, value; // name in lower case
};

// Takes the next element of a comma-separated list (RFC 9110 §5.6.1), trimmed; empty elements are
// passed over. False at the end.
bool list_next(str *list, str *element);

// Whether a comma-separated list holds `token`, in any case: Connection, Expect.
bool list_holds(str list, str token);

// The codings of an Accept-Encoding value, as enum http_coding bits; what it does not say it does
// not accept, and "*" stands for gzip, the one that all know.
unsigned coding_accepted(str accept_encoding);

// Whether an If-None-Match value holds `etag` by weak comparison (RFC 9110 §8.8.3.2), or is "*".
bool etag_listed(str if_none_match, str etag);

// The value of the first cookie called `name` in a Cookie header (RFC 6265 §5.4), or ptr NULL.
str cookie_value(str cookie, str name);

// Reads "host[:port]" (RFC 9110 §7.2): letters, digits, "-", ".", "_" or an IP literal in brackets,
// at most 255 bytes. The host is put in lower case in place and comes without the port.
bool host_parse(char *text, size_t len, str *host);

// A "Location: …\r\n" line; every byte that is no character of an address is percent-encoded, so
// that nothing put in here can begin another line.
str http_location(struct arena *a, str address);
