// DIR/control.sock: how other processes on the same data directory talk to the running server.
// SPDX-License-Identifier: Apache-2.0
#include "app/control.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/instant.h"

// Between one try and the next of whoever waits for a server that is being replaced.
enum { AGAIN_MS = 10 };

static error io(struct arena *a, str path)
{
    return failure(a, FAULT_IO, path, "%s", strerror(errno));
}

static error address_of(struct arena *a, str path, struct sockaddr_un *out)
{
    *out = (struct sockaddr_un){.sun_family = AF_UNIX};
    if (path.len >= sizeof out->sun_path)
        return failure(
            a, FAULT_INPUT, path,
            "the path of the data directory is too long for a control socket: move it to one "
            "with fewer than %zu bytes",
            sizeof out->sun_path - 16);
    memcpy(out->sun_path, path.ptr, path.len);
    return NULL;
}

// Whoever puts a socket at `path`, or takes it away, holds its directory meanwhile: of two servers
// that start at once, the second finds the first. Released by closing *lock.
static error lock_place(struct arena *a, str path, int *lock)
{
    ptrdiff_t slash = str_rfind_char(path, '/');
    str folder = slash < 0 ? S(".") : str_sub(path, 0, slash > 0 ? (size_t)slash : 1);
    *lock = open(str_z(a, folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*lock < 0)
        return io(a, folder);
    int bad;
    do
        bad = flock(*lock, LOCK_EX);
    while (bad && errno == EINTR);
    if (!bad)
        return NULL;
    error e = io(a, folder);
    close(*lock);
    return e;
}

error control_connect(struct arena *a, str path, int *out)
{
    struct sockaddr_un address;
    *out = -1;
    try(address_of(a, path, &address));
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return io(a, path);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) == 0) {
        *out = fd;
        return NULL;
    }
    int why = errno;
    close(fd);
    errno = why;
    // Nothing there, or the file of a server that was killed.
    return why == ENOENT || why == ECONNREFUSED ? NULL : io(a, path);
}

// The directory is locked.
static error listen_at(struct arena *a, str path, int *out)
{
    struct sockaddr_un address;
    int other;
    try(address_of(a, path, &address));
    try(control_connect(a, path, &other));
    if (other >= 0) {
        close(other);
        return failure(
            a, FAULT_CONFLICT, path,
            "a server runs on this data directory already: stop it, or start this one with "
            "--takeover");
    }
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0)
        return io(a, path);
    unlink(address.sun_path);
    mode_t before = umask(0077);
    int bad = bind(fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(fd, 64) < 0;
    umask(before);
    if (bad) {
        error e = io(a, path);
        close(fd);
        return e;
    }
    *out = fd;
    return NULL;
}

error control_listen(struct arena *a, str path, int *out)
{
    int lock;
    try(lock_place(a, path, &lock));
    error e = listen_at(a, path, out);
    close(lock);
    return e;
}

bool control_answer(int fd, str line, const int *fds, size_t fd_count)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * CONTROL_SOCKETS)];
    } control = {0};
    struct iovec part = {(void *)line.ptr, line.len};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
    if (fd_count) {
        message.msg_control = control.bytes;
        message.msg_controllen = CMSG_SPACE(sizeof(int) * fd_count);
        struct cmsghdr *head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(sizeof(int) * fd_count);
        memcpy(CMSG_DATA(head), fds, sizeof(int) * fd_count);
    }
    return sendmsg(fd, &message, MSG_NOSIGNAL) == (ssize_t)line.len;
}

static void take_descriptors(struct msghdr *message, int *fds, size_t *fd_count)
{
    for (struct cmsghdr *head = CMSG_FIRSTHDR(message); head; head = CMSG_NXTHDR(message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
            continue;
        size_t count = (head->cmsg_len - CMSG_LEN(0)) / sizeof(int);
        for (size_t i = 0; i < count; i++) {
            int fd;
            memcpy(&fd, CMSG_DATA(head) + i * sizeof fd, sizeof fd);
            if (fds && *fd_count < CONTROL_SOCKETS)
                fds[(*fd_count)++] = fd;
            else
                close(fd);
        }
    }
}

static error receive(struct arena *a, int fd, str *answer, int *fds, size_t *fd_count)
{
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(int) * CONTROL_SOCKETS)];
    } control = {0};
    char *line = arena_text(a, CONTROL_LINE);
    struct iovec part = {line, CONTROL_LINE};
    struct msghdr message = {.msg_iov = &part,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t n = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
    if (n < 0)
        return io(a, S("control socket"));
    if (n == 0)
        return failure(a, FAULT_BUSY, S("control socket"), "the server closed the connection");
    take_descriptors(&message, fds, fd_count);
    *answer = (str){line, (size_t)n};
    return NULL;
}

error control_ask(struct arena *a, int fd, str line, int timeout_ms, str *answer, int *fds,
                  size_t *fd_count)
{
    if (fd_count)
        *fd_count = 0;
    if (!control_answer(fd, line, NULL, 0))
        return io(a, S("control socket"));
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    int ready;
    do
        ready = poll(&wait, 1, timeout_ms);
    while (ready < 0 && errno == EINTR);
    if (ready <= 0)
        return failure(a, FAULT_BUSY, S("control socket"),
                       "the running server did not answer in %d ms", timeout_ms);
    return receive(a, fd, answer, fds, fd_count);
}

error control_applied(struct arena *a, str path, uint64_t commit, int timeout_ms, bool *shown)
{
    int64_t until = instant_steady_us() + (int64_t)timeout_ms * 1000;
    str line = str_format(a, "applied %llu", (unsigned long long)commit);
    error e;
    do {
        int server;
        str answer;
        try(control_connect(a, path, &server));
        *shown = server >= 0;
        if (!*shown)
            return NULL;
        e = control_ask(a, server, line, timeout_ms, &answer, NULL, NULL);
        close(server);
        if (e)
            poll(NULL, 0, AGAIN_MS);
    } while (e && instant_steady_us() < until);
    return e;
}
