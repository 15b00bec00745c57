// An HTTP client for measuring: one connection, one answer at a time, times to the microsecond.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum { CLIENT_ROOM = 4 << 20 }; // the largest answer

struct client {
    int fd;
    char *bytes;
    size_t got, whole; // whole: head and body, 0 until the head is there
    int64_t asked_us, first_us;
};

// "127.0.0.1:8080"; ends the program when nothing listens there.
void client_open(struct client *c, const char *address);
void client_close(struct client *c);

// Sends a GET for `path`, without waiting.
void client_ask(struct client *c, str path, bool gzip);

// Takes what has come; true when the answer is whole. Ends the program when the server hangs up.
bool client_take(struct client *c);

int client_status(const struct client *c);
str client_body(const struct client *c);
