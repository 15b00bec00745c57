// Addresses of the web: judged, resolved and made safe to print.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

enum { URL_MAX = 4096 };

enum url_kind {
    URL_BAD, // nothing to link to: unknown scheme, no host, user names, nonsense
    URL_HTTP,
    URL_MAILTO,
    URL_TEL,
    URL_RELATIVE, // path, query or fragment
};

// Whether `s` is a complete http or https address: host, valid port, no user name, nothing that
// would need escaping, at most URL_MAX bytes.
bool url_valid_http(str s);

// An address as found in the wild, made fit for an attribute: white space and control characters
// gone as browsers do (WHATWG URL §4.4), "\" read as "/", what must be escaped escaped, the host in
// ASCII, "//host" with https. Only then its kind is judged; *out is set unless it is URL_BAD.
// Cleaning twice is cleaning once.
enum url_kind url_clean(struct arena *a, str raw, str *out);

// `reference` as seen from the page at `base`, dot segments resolved (RFC 3986 §5.2). A base that
// is no http address leaves it as it is.
str url_join(struct arena *a, str base, str reference);

// Host without port ("example.org"), or empty.
str url_host(str s);

// What follows the host, from '/' or '?' or '#' on; all of a relative address.
str url_path(str s);

// Escapes for a path, '/' kept, or for one part of a path or query.
str url_encode_path(struct arena *a, str s);
str url_encode(struct arena *a, str s);

// %41 read back as "A"; a '%' that escapes nothing stays.
str url_decode(struct arena *a, str s);
