// DIR/control.sock: how other processes on the same data directory talk to the running server.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/error.h"

struct arena;

// One line a request, one line an answer:
//     applied N   ->  done          once commit N is shown to every reader
//     sockets     ->  sockets       with the listening sockets as ancillary data (SCM_RIGHTS)
//     leave       ->  left          the server gives the socket up and finishes what it began
enum {
    CONTROL_SOCKETS = 253, // as many as Linux passes at once (SCM_MAX_FD)
    CONTROL_LINE = 64
};

// Listens on `path`, for the owner alone. FAULT_CONFLICT when another server answers there.
error control_listen(struct arena *a, str path, int *fd) fallible;

// Connects; *fd is -1 when no server listens there.
error control_connect(struct arena *a, str path, int *fd) fallible;

// Sends a line and waits for the answer (at most `timeout_ms`); `fds` (may be NULL) takes at most
// CONTROL_SOCKETS descriptors that came with it.
error control_ask(struct arena *a, int fd, str line, int timeout_ms, str *answer, int *fds,
                  size_t *fd_count) fallible;

// Waits until the server that listens at `path`, if one does (*shown), shows commit `commit` to
// every reader. A server that leaves meanwhile hands the question on to the one that takes over.
error control_applied(struct arena *a, str path, uint64_t commit, int timeout_ms,
                      bool *shown) fallible;

// Sends an answer with descriptors.
bool control_answer(int fd, str line, const int *fds, size_t fd_count);
