// Runs the helper program on one picture, and ends it.
// SPDX-License-Identifier: Apache-2.0
#include "image/helper.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/instant.h"
#include "image/image.h"
#include "image/protocol.h"

enum {
    FIRST_FREE = 3,        // above standard input, output and error
    READ_ROOM = 256 << 10, // at most what is read at once
};

static void close_cleanup(int *fd)
{
    if (*fd >= 0)
        close(*fd);
}
#define fd_scoped __attribute__((cleanup(close_cleanup))) int

// A copy above the standard descriptors, which the child's are laid over one by one.
static int lifted(int fd)
{
    return fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FREE);
}

// What the child starts with: three descriptors, no signal blocked or ignored, a group of its own,
// so that a Ctrl-C at the terminal is for the server alone.
static int describe_child(posix_spawn_file_actions_t *files, posix_spawnattr_t *about, int picture,
                          int pipe_end)
{
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int problem = posix_spawnattr_setsigmask(about, &none);
    problem = problem ? problem : posix_spawnattr_setsigdefault(about, &all);
    problem = problem
                  ? problem
                  : posix_spawnattr_setflags(about, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                        POSIX_SPAWN_SETPGROUP);
    problem = problem ? problem : posix_spawn_file_actions_adddup2(files, picture, STDIN_FILENO);
    problem = problem ? problem : posix_spawn_file_actions_adddup2(files, pipe_end, STDOUT_FILENO);
    problem =
        problem ? problem
                : posix_spawn_file_actions_addopen(files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    return problem ? problem : posix_spawn_file_actions_addclosefrom_np(files, FIRST_FREE);
}

static int spawn(struct arena *a, str program, str order, int picture, int pipe_end, pid_t *child)
{
    posix_spawn_file_actions_t files;
    posix_spawnattr_t about;
    char *arguments[] = {str_z(a, program), str_z(a, order), NULL};
    char *environment[] = {str_z(a, S("LC_ALL=C.UTF-8")), str_z(a, S("MALLOC_ARENA_MAX=1")), NULL};
    int problem = posix_spawn_file_actions_init(&files);
    if (problem)
        return problem;
    problem = posix_spawnattr_init(&about);
    if (!problem) {
        problem = describe_child(&files, &about, picture, pipe_end);
        if (!problem)
            problem = posix_spawn(child, arguments[0], &files, &about, arguments, environment);
        posix_spawnattr_destroy(&about);
    }
    posix_spawn_file_actions_destroy(&files);
    return problem;
}

// Waits until `fd` can be read; false when the deadline came first.
static bool ready_before(int fd, int64_t deadline_us)
{
    for (;;) {
        int64_t left = deadline_us - instant_steady_us();
        if (left <= 0)
            return false;
        struct pollfd wait = {.fd = fd, .events = POLLIN};
        int count = poll(&wait, 1, (int)(left / 1000 + 1));
        if (count > 0)
            return true;
        if (count < 0 && errno != EINTR)
            return false;
    }
}

// Reads all that the helper writes until it closes its end.
static str read_reply(struct arena *a, int pipe_end, int64_t deadline_us, struct helper_end *end)
{
    struct buf reply = buf_new(a, IMAGE_MOST_REPLY_BYTES);
    for (;;) {
        if (!ready_before(pipe_end, deadline_us)) {
            end->late = true;
            break;
        }
        char *room = buf_room(&reply, READ_ROOM);
        if (!room) {
            end->talkative = true;
            break;
        }
        ssize_t count = read(pipe_end, room, READ_ROOM);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        reply.len += (size_t)count;
    }
    return buf_str(&reply);
}

// Takes leave of the child: lets it end by itself where it closed its pipe in time, so that its
// status says why, and kills it else.
static void reap(pid_t child, int64_t deadline_us, struct helper_end *end)
{
    fd_scoped handle = pidfd_open(child, 0);
    if (end->late || end->talkative || handle < 0) {
        kill(child, SIGKILL);
    } else if (!ready_before(handle, deadline_us)) {
        end->late = true;
        kill(child, SIGKILL);
    }
    while (waitpid(child, &end->status, 0) < 0 && errno == EINTR)
        ;
}

error helper_run(struct arena *a, struct arena *large, const struct image_options *o, str order,
                 int picture, struct helper_end *out)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC))
        return failure(a, FAULT_IO, o->where, "cannot make a pipe for the picture helper: %s",
                       strerror(errno));
    fd_scoped ours = ends[0];
    fd_scoped low = ends[1];
    fd_scoped theirs = lifted(low);
    fd_scoped file = lifted(picture);
    if (theirs < 0 || file < 0)
        return failure(a, FAULT_IO, o->where, "cannot hand the picture on: %s", strerror(errno));
    int64_t limit = o->time_limit_ms > 0 ? o->time_limit_ms : IMAGE_TIME_LIMIT_MS;
    int64_t deadline = instant_steady_us() + limit * 1000;
    pid_t child;
    int problem = spawn(a, o->helper, order, file, theirs, &child);
    if (problem)
        return failure(a, FAULT_IO, o->where, "the picture helper %.*s cannot be started: %s",
                       STR(o->helper), strerror(problem));
    close(low);
    close(theirs);
    low = theirs = -1;
    struct helper_end end = {0};
    end.reply = read_reply(large, ours, deadline, &end);
    reap(child, deadline, &end);
    *out = end;
    return NULL;
}

static error signal_failure(struct arena *a, const struct image_options *o, int number)
{
    if (number == SIGXCPU)
        return failure(a, FAULT_LIMIT, o->where,
                       "takes more than %d seconds of processor to size; save it smaller",
                       IMAGE_CPU_SECONDS);
    if (number == SIGSYS)
        return failure(a, FAULT_INPUT, o->where,
                       "its decoder tried what no picture needs, and was stopped; refused");
    return failure(a, FAULT_INPUT, o->where,
                   "its decoder broke down or ran out of memory (signal %d); save it afresh as "
                   "JPEG or PNG",
                   number);
}

error helper_failure(struct arena *a, const struct image_options *o, const struct helper_end *end)
{
    int64_t limit = o->time_limit_ms > 0 ? o->time_limit_ms : IMAGE_TIME_LIMIT_MS;
    if (end->late)
        return failure(a, FAULT_LIMIT, o->where,
                       "not sized within %lld ms, and given up; save it smaller", (long long)limit);
    if (end->talkative)
        return failure(a, FAULT_LIMIT, o->where, "its variants pass %d MB together",
                       IMAGE_MOST_REPLY_BYTES >> 20);
    if (WIFSIGNALED(end->status))
        return signal_failure(a, o, WTERMSIG(end->status));
    if (WIFEXITED(end->status) && WEXITSTATUS(end->status) == IMAGE_EXIT_OPEN)
        return failure(a, FAULT_IO, o->where,
                       "the picture helper could not shut itself in (seccomp is needed), and did "
                       "not look at the picture");
    return failure(a, FAULT_IO, o->where, "the picture helper %.*s gave no whole answer",
                   STR(o->helper));
}
