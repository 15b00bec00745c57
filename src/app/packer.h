// Compresses what is kept, on a thread of its own: the first reader of a page does not pay for it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct arena;
struct cache;
struct kept;
struct packer;

error packer_start(struct arena *a, struct cache *cache, struct packer **out) fallible;

// Queues a page or segment, if there is room; a reader who finds it uncompressed queues it again.
// Holds a reference of its own. Never blocks.
void packer_add(struct packer *p, struct kept *page);

void packer_stop(struct packer *p); // NULL is fine
