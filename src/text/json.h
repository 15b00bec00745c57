// Writes JSON (RFC 8259) into a buffer.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/buf.h"

enum { JSON_DEPTH = 32 };

// Knows where commas go: begin objects and lists, name members, give values, end.
struct json {
    struct buf *out;
    int depth;
    bool later[JSON_DEPTH + 1]; // something stands before in this object or list
    bool named;                 // a name stands before: its value comes next
};

struct json json_into(struct buf *out);

void json_open_object(struct json *j);
void json_close_object(struct json *j);
void json_open_list(struct json *j);
void json_close_list(struct json *j);
void json_put_name(struct json *j, str name);

// Text as a string: escaped so that it may also stand in a script element; what is not UTF-8 reads
// as U+FFFD.
void json_put_text(struct json *j, str value);
void json_put_int(struct json *j, int64_t value);
void json_put_bool(struct json *j, bool value);
void json_put_null(struct json *j);

// A name and its text.
void json_put_member(struct json *j, str name, str value);

// The string alone, quotes included.
void json_quote(struct buf *out, str value);
