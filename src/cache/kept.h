// Kept bytes as the cache itself sees them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "cache/cache.h"
#include "cache/postings.h"

enum kept_queue { QUEUE_NONE, QUEUE_NEW, QUEUE_PROVEN, QUEUES };

struct form {
    size_t len;
    char bytes[];
};

// One allocation: this, the name, the links, the windows, the bytes. What stands up to `form` never
// changes once others can see it; the rest below is guarded by the cache's dependency lock.
struct kept {
    atomic_uint refs;
    atomic_uchar uses; // since it last moved in its queue, at most 3
    uint8_t queue;
    uint32_t name_len;
    uint64_t hash; // of the name
    instant fresh_until;
    uint64_t commit;
    const char *bytes;
    size_t len;
    uint32_t link_count, window_count;
    _Atomic(struct form *) forms[KEPT_FORMS];
    size_t size; // all memory taken, forms included
    struct kept *newer, *older;
    struct kept *doomed; // chain of those about to be forgotten
    bool is_doomed;
    char name[];
};

// Referenced once, in no queue; `reads` may be NULL when it will not be kept.
struct kept *kept_new(str name, uint64_t hash, const struct keyset *reads, uint64_t commit,
                      str bytes);
// Whether a read spans all ranks: a link; otherwise it is a window.
bool key_is_whole(const struct key *key);

struct link *kept_links(struct kept *k);
struct window *kept_windows(struct kept *k);
bool kept_is_named(const struct kept *k, uint64_t hash, str name);

// Makes `bytes` the form, if there is none; returns the memory it took.
size_t kept_attach(struct kept *k, unsigned form, str bytes);
