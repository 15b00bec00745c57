// Durable jobs: work to be done once, outside the request that caused it; leased, retried with
// back-off.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/fields.h"
#include "base/instant.h"

struct work;

struct job {
    int64_t id;
    str kind;
    int64_t subject; // what it is about, e.g. a story's id
    instant due_at;
    int64_t attempts;
};
extern const struct fields job_fields;

// Queues a job; one of the same kind and subject that waits already is moved to the earlier time.
error job_add(struct work *w, str kind, int64_t subject, instant due) fallible;

// Takes the job that is due longest, for `lease_ms`; *found false when none is. Whoever does not
// call job_done or job_retry in time loses it to another.
error job_lease(struct work *w, int64_t lease_ms, struct job *out, bool *found) fallible;

error job_done(struct work *w, const struct job *job) fallible;

// Puts it back with the reason, to be tried after 1, 2, 4, … minutes, at most a day.
error job_retry(struct work *w, const struct job *job, str why) fallible;

// When the next job is due, or INSTANT_NEVER; and how many wait.
error job_next(struct work *w, instant *due, int64_t *waiting) fallible;
