// Shuts this process in: what it holds stays, and nothing more can be had.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/landlock.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "image/protocol.h"

enum { NOBODY = 65534 };

static bool limit(int what, rlim_t most)
{
    return !setrlimit(what, &(struct rlimit){most, most});
}

// As root, becomes nobody where the name space has one, and in any case gives every capability up.
static bool drop_rights(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    if (geteuid() == 0 && !setgroups(0, NULL) && !setresgid(NOBODY, NOBODY, NOBODY) &&
        setresuid(NOBODY, NOBODY, NOBODY))
        return false;
    return !syscall(SYS_capset, &head, none);
}

// Processes are not limited by number: that counts all of a user's threads, the server's too. The
// list of system calls keeps new ones out.
bool sandbox_limit(void)
{
    bool limited = limit(RLIMIT_AS, IMAGE_MEMORY) && limit(RLIMIT_CPU, IMAGE_CPU_SECONDS) &&
                   limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_MEMLOCK, 0) &&
                   limit(RLIMIT_MSGQUEUE, 0);
    return limited && drop_rights() && !prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) &&
           !prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) && !prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
}

// The kernel's structure as of Landlock's sixth version; Debian 12's headers know the first member.
struct handled {
    uint64_t files, net, scoped;
};

// All rights that the kernel's version of Landlock can withhold.
static struct handled all_rights(long version, size_t *size)
{
    static const uint64_t files[] = {0x1fff, 0x3fff, 0x7fff, 0x7fff, 0xffff};
    long last = (long)(sizeof files / sizeof *files);
    *size = version >= 6   ? sizeof(struct handled)
            : version >= 4 ? offsetof(struct handled, scoped)
                           : offsetof(struct handled, net);
    return (struct handled){.files = files[(version < last ? version : last) - 1],
                            .net = version >= 4 ? 0x3 : 0,
                            .scoped = version >= 6 ? 0x3 : 0};
}

// A path that is not there needs no right.
static bool let_read(int rules, const char *path, uint64_t rights)
{
    int fd = open(path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return true;
    struct landlock_path_beneath_attr rule = {
        .parent_fd = fd, .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | rights};
    long status = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(fd);
    return status == 0;
}

// Where Debian keeps fonts, fontconfig's settings and what it knows of the fonts.
static bool let_fonts_be_read(int rules)
{
    static const char *const readable[] = {"/etc/fonts", "/usr/share/fonts",
                                           "/usr/local/share/fonts", "/usr/share/fontconfig",
                                           "/var/cache/fontconfig"};
    bool done = true;
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        done = done && let_read(rules, readable[i], LANDLOCK_ACCESS_FS_READ_DIR);
    return done;
}

bool sandbox_hide_files(bool fonts)
{
    static const char *const readable[] = {"/usr/lib", "/usr/lib64",       "/lib",
                                           "/lib64",   "/etc/ld.so.cache", "/usr/local/lib"};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return errno == ENOSYS || errno == EOPNOTSUPP;
    size_t size;
    struct handled handled = all_rights(version, &size);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &handled, size, 0);
    if (rules < 0)
        return false;
    bool done = true;
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        done = done && let_read(rules, readable[i], LANDLOCK_ACCESS_FS_EXECUTE);
    done = done && (!fonts || let_fonts_be_read(rules));
    done = done && !syscall(SYS_landlock_restrict_self, rules, 0);
    close(rules);
    return done;
}

// What needs no look at its arguments.
static const int allowed[] = {
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(brk),
    SCMP_SYS(madvise),
    SCMP_SYS(futex),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(rseq),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(sched_yield),
    SCMP_SYS(gettid),
    SCMP_SYS(getpid),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(nanosleep),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(getrandom),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(close),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(restart_syscall),
};

// What finding and reading fonts needs beside openat.
static const int allowed_for_fonts[] = {
    SCMP_SYS(read),   SCMP_SYS(pread64), SCMP_SYS(lseek),      SCMP_SYS(fstat),
    SCMP_SYS(stat),   SCMP_SYS(lstat),   SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(access), SCMP_SYS(fstatfs), SCMP_SYS(getdents64), SCMP_SYS(readlink),
    SCMP_SYS(uname),  SCMP_SYS(fcntl),
};

// What no decoder has a reason to try: whoever does has taken it over.
static const int deadly[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(socket),
    SCMP_SYS(socketpair),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(bpf),
    SCMP_SYS(mount),
    SCMP_SYS(unshare),
    SCMP_SYS(setns),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(userfaultfd),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(init_module),
    SCMP_SYS(finit_module),
    SCMP_SYS(kexec_load),
    SCMP_SYS(setuid),
    SCMP_SYS(kill),
};

// Memory that is never code, threads but no processes, and writing to the one pipe.
static int add_narrow_rules(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp not_code = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp thread = SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD);
    const struct scmp_arg_cmp answer = SCMP_A0(SCMP_CMP_EQ, STDOUT_FILENO);
    const struct scmp_arg_cmp named = SCMP_A0(SCMP_CMP_EQ, PR_SET_NAME);
    const struct scmp_arg_cmp own = SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid());
    int problem = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 1, &not_code);
    problem |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1, &not_code);
    problem |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(clone), 1, &thread);
    problem |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(write), 1, &answer);
    problem |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(prctl), 1, &named);
    problem |= seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own);
    // Its flags stand in memory, where a filter cannot look; the C library then uses clone.
    problem |= seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
    return problem;
}

static int add_font_rules(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp reading =
        SCMP_A2(SCMP_CMP_MASKED_EQ, O_ACCMODE | O_CREAT | O_TRUNC, O_RDONLY);
    int problem = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(openat), 1, &reading);
    for (size_t i = 0; i < sizeof allowed_for_fonts / sizeof *allowed_for_fonts; i++)
        problem |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed_for_fonts[i], 0);
    return problem;
}

bool sandbox_close(bool fonts)
{
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
    if (!filter)
        return false;
    int problem = seccomp_attr_set(filter, SCMP_FLTATR_CTL_TSYNC, 1);
    for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++)
        problem |= seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++)
        problem |= seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, deadly[i], 0);
    problem |= add_narrow_rules(filter);
    problem |= fonts ? add_font_rules(filter) : 0;
    problem = problem ? problem : seccomp_load(filter);
    seccomp_release(filter);
    return problem == 0;
}
