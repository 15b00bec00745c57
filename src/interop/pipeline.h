// Work on a stream of items with all cores: one thread reads, several prepare, the caller takes
// them in their order. SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/error.h"

struct arena;
struct pipeline;

enum {
    PIPELINE_ITEMS_MOST = 512,      // between the reader and the caller
    PIPELINE_BYTES_MOST = 24 << 20, // of what was read and not yet released; one item may pass it
    PIPELINE_THREADS_MOST = 32,
};

struct pipeline_ops {
    void *context;
    // On the reading thread: calls pipeline_put for each item, in order.
    error (*read)(void *context, struct pipeline *p, struct arena *a);
    // On a preparing thread, which is number `thread`: makes of `item` what is to be taken. Both
    // live in `a` until pipeline_release; `scratch` is emptied behind it.
    void *(*prepare)(void *context, unsigned thread, struct arena *a, struct arena *scratch,
                     void *item);
    bool idle; // its threads work only while nobody else wants the processor
};

struct pipeline *pipeline_start(const struct pipeline_ops *ops, unsigned threads);

// For the reader: waits for room. The arena that the next item must be copied to; NULL when the
// caller has stopped, and reading should end.
struct arena *pipeline_room(struct pipeline *p);
void pipeline_put(struct pipeline *p, void *item, size_t bytes);

// The next prepared item, in the order of reading; NULL at the end, when *failed says if the reader
// failed. At most half of PIPELINE_ITEMS_MOST and of PIPELINE_BYTES_MOST may be held.
void *pipeline_take(struct pipeline *p, error *failed);

// Gives back all that was taken.
void pipeline_release(struct pipeline *p);

// Ends the threads, whether or not all was taken. The failed error's texts end with it.
void pipeline_stop(struct pipeline *p);
