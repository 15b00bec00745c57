// Who the client is when a trusted proxy stands between.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "http/header.h"

struct arena;
struct sockaddr_storage;

// IPv4 addresses stand as ::ffff:a.b.c.d.
struct network {
    struct in6_addr address;
    unsigned bits;
};

struct networks {
    struct network *all;
    size_t count;
};

enum { NETWORKS_MOST = 1024, ADDRESS_TEXT = INET6_ADDRSTRLEN };

// Reads "10.0.0.0/8, ::1, …". FAULT_INPUT names what cannot be read.
error networks_parse(struct arena *a, str text, struct networks *out) fallible;
bool networks_hold(const struct networks *n, const struct in6_addr *address);

// Reads an address, with or without a port: "1.2.3.4", "1.2.3.4:5", "::1", "[::1]", "[::1]:80".
bool address_parse(str text, struct in6_addr *out);
void address_of(const struct sockaddr_storage *from, struct in6_addr *out);
// Writes it as people do, IPv4 dotted; returns the length.
size_t address_text(const struct in6_addr *address, char out[ADDRESS_TEXT]);

// The rightmost address in all headers called `name` that is not a trusted proxy's; where all are,
// the leftmost; where one cannot be read, the last before it. `peer` is trusted already.
struct in6_addr client_behind(const struct networks *trusted, const struct http_header *headers,
                              size_t count, str name, struct in6_addr peer);
