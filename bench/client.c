// An HTTP client for measuring: one connection, one answer at a time, times to the microsecond.
// SPDX-License-Identifier: Apache-2.0
#include "bench/client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "base/instant.h"

static void give_up(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, strerror(errno));
    exit(1);
}

void client_open(struct client *c, const char *address)
{
    char host[64];
    int port;
    if (sscanf(address, "%63[^:]:%d", host, &port) != 2) {
        fprintf(stderr, "\"%s\" is no address\n", address);
        exit(2);
    }
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port)};
    inet_pton(AF_INET, host, &to.sin_addr);
    *c = (struct client){.fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    if (connect(c->fd, (struct sockaddr *)&to, sizeof to) < 0)
        give_up(address);
    int yes = 1;
    setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    c->bytes = heap_alloc(CLIENT_ROOM);
}

void client_close(struct client *c)
{
    close(c->fd);
    heap_free(c->bytes);
}

void client_ask(struct client *c, str path, bool gzip)
{
    char request[2048];
    int n = snprintf(request, sizeof request, "GET %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\n%s\r\n",
                     STR(path), gzip ? "Accept-Encoding: gzip\r\n" : "");
    c->got = c->whole = 0;
    c->first_us = 0;
    c->asked_us = instant_steady_us();
    if (send(c->fd, request, (size_t)n, MSG_NOSIGNAL) != n)
        give_up("send");
}

static void read_head(struct client *c)
{
    static const char length[] = "\r\nContent-Length: ";
    char *end = memmem(c->bytes, c->got, "\r\n\r\n", 4);
    if (!end)
        return;
    char *at = memmem(c->bytes, (size_t)(end - c->bytes), length, sizeof length - 1);
    size_t body = at ? strtoul(at + sizeof length - 1, NULL, 10) : 0;
    c->whole = (size_t)(end - c->bytes) + 4 + body;
    if (c->whole > CLIENT_ROOM) {
        fprintf(stderr, "an answer is too large\n");
        exit(1);
    }
}

bool client_take(struct client *c)
{
    ssize_t n = recv(c->fd, c->bytes + c->got, CLIENT_ROOM - c->got, MSG_DONTWAIT);
    if (n < 0 && (errno == EAGAIN || errno == EINTR))
        return false;
    if (n < 0)
        give_up("recv");
    if (n == 0) {
        fprintf(stderr, "the server hung up\n");
        exit(1);
    }
    if (!c->first_us)
        c->first_us = instant_steady_us();
    c->got += (size_t)n;
    if (!c->whole)
        read_head(c);
    return c->whole && c->got >= c->whole;
}

int client_status(const struct client *c)
{
    return c->got > 12 ? (c->bytes[9] - '0') * 100 + (c->bytes[10] - '0') * 10 + c->bytes[11] - '0'
                       : 0;
}

str client_body(const struct client *c)
{
    char *end = memmem(c->bytes, c->got, "\r\n\r\n", 4);
    return end ? (str){end + 4, c->got - (size_t)(end + 4 - c->bytes)} : STR_NONE;
}
