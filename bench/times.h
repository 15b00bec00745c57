// A histogram of durations: a hundredth of error, any number of entries.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

enum { TIMES_STEPS = 64, TIMES_DOUBLINGS = 32 };

struct times {
    uint32_t counts[TIMES_STEPS * TIMES_DOUBLINGS];
    size_t count;
    int64_t most;
};

void times_add(struct times *t, int64_t us);

// Microseconds that `part` (0 to 1) of all stay under; 0 when there are none.
int64_t times_at(const struct times *t, double part);

// {"count": …, "p50": …, "p99": …, "p999": …, "most": …}, in microseconds, on standard output.
void times_print(const struct times *t);
