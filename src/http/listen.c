// Opens listening sockets.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "http/server.h"

static error cannot(struct arena *a, str address)
{
    const char *what = errno == EADDRINUSE ? "; stop what uses it or listen on another port" : "";
    return failure(a, FAULT_IO, S("http"), "cannot listen on %.*s: %s%s", STR(address),
                   strerror(errno), what);
}

static error resolve(struct arena *a, str address, struct addrinfo **out)
{
    ptrdiff_t colon = str_rfind_char(address, ':');
    int64_t port; // getaddrinfo would take 99999 for 34463
    if (colon < 0 || !str_int(str_from(address, (size_t)colon + 1), &port) || port < 0 ||
        port > 65535)
        return failure(a, FAULT_INPUT, S("http"),
                       "\"%.*s\" is no address; write it like 127.0.0.1:8080", STR(address));
    str host = str_sub(address, 0, (size_t)colon);
    if (host.len > 2 && host.ptr[0] == '[' && str_ends(host, S("]")))
        host = str_sub(host, 1, host.len - 1);
    if (str_eq(host, S("localhost")))
        host = S("127.0.0.1");
    struct addrinfo hints = {.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
                             .ai_socktype = SOCK_STREAM};
    const char *node = host.len ? str_z(a, host) : NULL;
    if (getaddrinfo(node, str_z(a, str_from(address, (size_t)colon + 1)), &hints, out))
        return failure(a, FAULT_INPUT, S("http"),
                       "\"%.*s\" is no address; write it like 127.0.0.1:8080", STR(address));
    return NULL;
}

static int open_one(const struct addrinfo *where, bool shared)
{
    int one = 1, fd = socket(where->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one) ||
        (shared && setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &one, sizeof one)) ||
        bind(fd, where->ai_addr, where->ai_addrlen) || (shared && listen(fd, SOMAXCONN))) {
        int saved = errno;
        close(fd);
        errno = saved;
        return -1;
    }
    return fd;
}

// A second server that joined the port by SO_REUSEPORT would silently take half of the requests: a
// socket that does not share finds out if there is one.
static bool is_free(const struct addrinfo *where)
{
    int fd = open_one(where, /* shared= */ false);
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

static bool open_all(struct addrinfo *where, size_t count, int *out)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = open_one(where, /* shared= */ true);
        if (out[i] < 0) {
            while (i-- > 0)
                close(out[i]);
            return false;
        }
        // With port 0 the first decides which one it is.
        getsockname(out[i], where->ai_addr, &where->ai_addrlen);
    }
    return true;
}

error listen_open(struct arena *a, str address, size_t count, int *out)
{
    struct addrinfo *where;
    try(resolve(a, address, &where));
    bool opened = is_free(where) && open_all(where, count, out);
    error e = opened ? NULL : cannot(a, address);
    freeaddrinfo(where);
    return e;
}

str listen_address(struct arena *a, int fd)
{
    struct sockaddr_storage name = {0};
    socklen_t len = sizeof name;
    struct in6_addr address;
    char text[ADDRESS_TEXT];
    if (getsockname(fd, (struct sockaddr *)&name, &len))
        return S("");
    address_of(&name, &address);
    str host = {text, address_text(&address, text)};
    if (name.ss_family == AF_INET6)
        return str_format(a, "[%.*s]:%u", STR(host),
                          ntohs(((struct sockaddr_in6 *)&name)->sin6_port));
    return str_format(a, "%.*s:%u", STR(host), ntohs(((struct sockaddr_in *)&name)->sin_port));
}
