// Tries from inside the sandbox what it must not allow, for the tests.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/probe.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/landlock.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "helpers/image/answer.h"
#include "image/protocol.h"

static bool read_password_file(void)
{
    return open("/etc/passwd", O_RDONLY) >= 0;
}

static bool write_file(void)
{
    return open("/tmp/broadsheet-image-probe", O_WRONLY | O_CREAT, 0600) >= 0;
}

static bool list_root(void)
{
    return open("/", O_RDONLY | O_DIRECTORY) >= 0;
}

static bool open_socket(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) >= 0;
}

static bool run_program(void)
{
    char path[] = "/bin/true", *arguments[] = {path, NULL};
    return execve(path, arguments, arguments + 1) == 0;
}

static bool make_process(void)
{
    return syscall(SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL) >= 0;
}

static bool trace_parent(void)
{
    return ptrace(PTRACE_ATTACH, getppid(), NULL, NULL) == 0;
}

static bool write_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1,
                0) != MAP_FAILED;
}

static bool take_memory(void)
{
    void *taken = g_try_malloc((gsize)IMAGE_MEMORY);
    return taken && memset(taken, 1, IMAGE_MEMORY);
}

static bool lift_limit(void)
{
    struct rlimit none = {RLIM_INFINITY, RLIM_INFINITY};
    return setrlimit(RLIMIT_AS, &none) == 0;
}

static bool write_elsewhere(void)
{
    return write(STDERR_FILENO, "x", 1) == 1;
}

static bool ask_landlock(void)
{
    return syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) > 0;
}

bool probe_is_early(const char *name)
{
    return strncmp(name, "landlock-", 9) == 0;
}

bool probe(const char *name)
{
    static const struct {
        const char *name;
        bool (*attempt)(void);
    } trials[] = {{"read-file", read_password_file},
                  {"write-file", write_file},
                  {"list-folder", list_root},
                  {"socket", open_socket},
                  {"exec", run_program},
                  {"process", make_process},
                  {"ptrace", trace_parent},
                  {"code", write_code},
                  {"memory", take_memory},
                  {"limit", lift_limit},
                  {"stderr", write_elsewhere},
                  {"landlock-there", ask_landlock},
                  {"landlock-read-file", read_password_file},
                  {"landlock-write-file", write_file}};
    for (size_t i = 0; i < sizeof trials / sizeof *trials; i++) {
        if (strcmp(name, trials[i].name))
            continue;
        errno = 0;
        if (trials[i].attempt())
            answer_line("allowed");
        else
            answer_line("denied: %s", strerrorname_np(errno));
        return true;
    }
    return false;
}
