// Who goes first on a busy machine: what readers wait for, then all that is done behind their
// backs. SPDX-License-Identifier: Apache-2.0
#pragma once

// For the calling thread, which answers in microseconds and waits in between: asks the scheduler
// for short turns, so that it is let in at once where longer work holds every processor. Linux has
// heard of that since 6.12 and needs no privilege for it (sched(7), "runtime" of SCHED_OTHER);
// elsewhere nothing changes.
void turns_short(void);

// For the calling thread, and those that it starts from here on: readers go first. For good, since
// only the privileged may take it back.
void turns_behind_readers(void);

// For the calling thread: it works only while a processor has nothing else to do (sched(7),
// SCHED_IDLE), and makes room at once. It may stand still for long, so it must hold nothing that
// readers or editors wait for, no transaction above all. For good, likewise.
void turns_idle(void);
