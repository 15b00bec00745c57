// Who makes room: S3-FIFO, which tells what is used from what merely passes by.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct kept;

struct queue {
    struct kept *newest, *oldest;
    size_t bytes, count;
};

// Names that left lately, as short fingerprints with the time they left; sets of four.
struct ghost {
    uint32_t print, at;
};

struct recency {
    struct queue queues[3]; // by enum kept_queue
    size_t most_new;        // bytes in QUEUE_NEW above which it gives first
    struct ghost *ghosts;
    size_t ghost_cap; // a power of two
    uint32_t ghost_clock;
};

void recency_init(struct recency *r, size_t most);
void recency_done(struct recency *r);
size_t recency_bytes(const struct recency *r);

// Enters among the new, or among the proven when the name left lately.
void recency_enter(struct recency *r, struct kept *k);
void recency_leave(struct recency *r, struct kept *k);
void recency_replace(struct recency *r, struct kept *old, struct kept *k);
void recency_grew(struct recency *r, struct kept *k, size_t by); // its forms

// Whoever comes by this name again shall be among the proven.
void recency_remember(struct recency *r, const struct kept *k);

// Who has to go next; NULL when there is none. It is still in its queue.
struct kept *recency_victim(struct recency *r);
