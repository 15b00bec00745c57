// The request's target taken apart (RFC 9112 §3.2).
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

struct target {
    str authority; // of an absolute-form target, else ptr NULL
    str whole;     // path and query as sent
    str path;      // decoded
    str query;     // not decoded, without "?"
};

// Reads an origin-form or absolute-form target. The path is percent-decoded once and its dot
// segments are resolved. False, to be answered 400, for: any other form, a fragment, bytes that are
// not printable ASCII, an invalid escape, control characters or invalid UTF-8 after decoding, "%2F"
// (two addresses would become one path), and dot segments that climb above the root.
bool target_parse(struct arena *a, str text, struct target *out);

// The byte that the escape "%XX" at the beginning of `s` stands for; -1 if there is none.
int escape_byte(str s);
