// Runs the helper program on one picture, and ends it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/error.h"

struct arena;
struct image_options;

struct helper_end {
    str reply;      // all it wrote, at most IMAGE_MOST_REPLY_BYTES
    bool late;      // was ended because its time was up
    bool talkative; // was ended because it wrote more than that
    int status;     // as from waitpid
};

// Starts the helper with this order (protocol.h) and nothing but the picture, a pipe and an empty
// environment, and waits until it is gone. Its reply, up to many megabytes, lies in `large`.
// FAULT_IO when it cannot be started.
error helper_run(struct arena *a, struct arena *large, const struct image_options *o, str order,
                 int picture, struct helper_end *out) fallible;

// Why there is no whole reply, judged by how the helper ended.
error helper_failure(struct arena *a, const struct image_options *o,
                     const struct helper_end *end) fallible;
