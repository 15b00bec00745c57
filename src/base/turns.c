// Who goes first on a busy machine.
// SPDX-License-Identifier: Apache-2.0
#include "base/turns.h"

#include <sched.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { BEHIND = 10, SHORTEST_NS = 100000 };

// What the system call takes in its first version; the C library knows it only since 2.41.
struct attributes {
    uint32_t size, policy;
    uint64_t flags;
    int32_t nice;
    uint32_t priority;
    uint64_t runtime, deadline, period;
};

void turns_short(void)
{
    struct attributes a = {.size = sizeof a, .policy = SCHED_OTHER, .runtime = SHORTEST_NS};
    a.nice = getpriority(PRIO_PROCESS, (id_t)gettid());
    // Without it everything works as well, if not as evenly.
    syscall(SYS_sched_setattr, 0, &a, 0);
}

void turns_behind_readers(void)
{
    setpriority(PRIO_PROCESS, (id_t)gettid(), BEHIND);
}

void turns_idle(void)
{
    struct sched_param none = {0};
    // Refused nowhere (sched(7)); without it everything works as well, if not as politely.
    sched_setscheduler(0, SCHED_IDLE, &none);
}
