// Memory for one piece of work, freed as a whole.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

struct arena;

// A fresh arena; it takes its first block with its first allocation.
struct arena *arena_new(void);
void arena_free(struct arena *a);

// Forgets every allocation but keeps one block for reuse. What was handed out is poisoned under
// AddressSanitizer and overwritten in debug builds.
void arena_reset(struct arena *a);

// Zeroed memory aligned for any type; lives until arena_reset or arena_free. Aborts when memory is
// out or `size` is beyond 1 GiB.
void *arena_alloc(struct arena *a, size_t size) __attribute__((malloc, returns_nonnull));

// Like arena_alloc, but not zeroed and aligned to one byte: for text.
char *arena_text(struct arena *a, size_t size) __attribute__((malloc, returns_nonnull));

// Grows an allocation: in place when it was the last one, else by copying. New bytes are not
// zeroed.
void *arena_grow(struct arena *a, void *ptr, size_t old_size, size_t new_size);

// Bytes taken from the heap for this arena.
size_t arena_footprint(const struct arena *a);

// A place to return to: arena_rewind gives back all that was allocated since the mark.
struct arena_mark {
    void *block;
    size_t used;
};
struct arena_mark arena_mark(const struct arena *a);
void arena_rewind(struct arena *a, struct arena_mark mark);

#define arena_make(a, type) ((type *)arena_alloc((a), sizeof(type)))
#define arena_array(a, type, n) ((type *)arena_alloc((a), sizeof(type) * (size_t)(n)))

// A local arena that is freed when its scope ends.
void arena_cleanup(struct arena **a);
#define arena_scoped __attribute__((cleanup(arena_cleanup))) struct arena *
