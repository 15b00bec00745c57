// A histogram of durations: a hundredth of error, any number of entries.
// SPDX-License-Identifier: Apache-2.0
#include "bench/times.h"

#include <stdio.h>

// Below 64 microseconds each has a slot of its own; above, each doubling is cut into 64.
static size_t slot_of(int64_t us)
{
    uint64_t n = us < 0 ? 0 : (uint64_t)us;
    size_t doublings = 0;
    while (n >= 2 * TIMES_STEPS && doublings < TIMES_DOUBLINGS - 2) {
        n /= 2;
        doublings++;
    }
    if (n >= 2 * TIMES_STEPS)
        n = 2 * TIMES_STEPS - 1;
    return doublings * TIMES_STEPS + n;
}

static int64_t end_of(size_t slot)
{
    if (slot < 2 * TIMES_STEPS)
        return (int64_t)slot;
    size_t doublings = slot / TIMES_STEPS - 1;
    return (int64_t)((slot - doublings * TIMES_STEPS + 1) << doublings) - 1;
}

void times_add(struct times *t, int64_t us)
{
    t->counts[slot_of(us)]++;
    t->count++;
    if (us > t->most)
        t->most = us;
}

int64_t times_at(const struct times *t, double part)
{
    size_t wanted = (size_t)((double)t->count * part), below = 0;
    if (!t->count)
        return 0;
    for (size_t i = 0; i < TIMES_STEPS * TIMES_DOUBLINGS; i++) {
        below += t->counts[i];
        if (below > wanted)
            return end_of(i) < t->most ? end_of(i) : t->most;
    }
    return t->most;
}

void times_print(const struct times *t)
{
    printf("{\"count\": %zu, \"p50\": %lld, \"p99\": %lld, \"p999\": %lld, \"most\": %lld}",
           t->count, (long long)times_at(t, 0.5), (long long)times_at(t, 0.99),
           (long long)times_at(t, 0.999), (long long)t->most);
}
