// Memory for one piece of work, freed as a whole.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/heap.h"

#if defined(__SANITIZE_ADDRESS__)
#define WITH_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define WITH_ASAN 1
#endif
#endif

#ifdef WITH_ASAN
#include <sanitizer/asan_interface.h>
#define poison(ptr, size) __asan_poison_memory_region((ptr), (size))
#define unpoison(ptr, size) __asan_unpoison_memory_region((ptr), (size))
#elif !defined(NDEBUG) && defined(ARENA_SCRIBBLE)
#define poison(ptr, size) memset((ptr), 0xA5, (size))
#define unpoison(ptr, size) ((void)(ptr), (void)(size))
#else
#define poison(ptr, size) ((void)(ptr), (void)(size))
#define unpoison(ptr, size) ((void)(ptr), (void)(size))
#endif

enum { FIRST_BLOCK = 16 * 1024, LARGEST_STEP = 1024 * 1024, ALIGNMENT = 16 };
static const size_t LARGEST = (size_t)1 << 30;

struct block {
    struct block *older;
    size_t size, used;
    _Alignas(ALIGNMENT) char bytes[];
};

struct arena {
    struct block *newest;
    size_t footprint;
};

struct arena *arena_new(void)
{
    return heap_new(struct arena);
}

static void drop_block(struct arena *a)
{
    struct block *block = a->newest;
    a->newest = block->older;
    a->footprint -= sizeof *block + block->size;
    unpoison(block->bytes, block->size);
    heap_free(block);
}

void arena_free(struct arena *a)
{
    if (!a)
        return;
    while (a->newest)
        drop_block(a);
    heap_free(a);
}

void arena_reset(struct arena *a)
{
    // The newest block is the largest: keeping it means the next work like this one needs no other.
    if (!a->newest)
        return;
    struct block *kept = a->newest;
    a->newest = kept->older;
    while (a->newest)
        drop_block(a);
    a->newest = kept;
    kept->older = NULL;
    kept->used = 0;
    if (kept->size > LARGEST_STEP)
        drop_block(a);
    else
        poison(kept->bytes, kept->size);
}

static void add_block(struct arena *a, size_t at_least)
{
    size_t size = a->newest ? a->newest->size * 2 : FIRST_BLOCK;
    if (size > LARGEST_STEP)
        size = LARGEST_STEP;
    if (size < at_least)
        size = at_least;
    struct block *block = heap_resize(NULL, sizeof *block + size);
    *block = (struct block){.older = a->newest, .size = size};
    poison(block->bytes, size);
    a->newest = block;
    a->footprint += sizeof *block + size;
}

static char *take(struct arena *a, size_t size, size_t alignment)
{
    assert(size <= LARGEST);
    struct block *block = a->newest;
    size_t start = block ? (block->used + alignment - 1) & ~(alignment - 1) : 0;
    if (!block || start + size > block->size) {
        add_block(a, size);
        block = a->newest;
        start = 0;
    }
    block->used = start + size;
    unpoison(block->bytes + start, size);
    return block->bytes + start;
}

void *arena_alloc(struct arena *a, size_t size)
{
    return memset(take(a, size, ALIGNMENT), 0, size);
}

char *arena_text(struct arena *a, size_t size)
{
    return take(a, size, 1);
}

void *arena_grow(struct arena *a, void *ptr, size_t old_size, size_t new_size)
{
    assert(new_size >= old_size && new_size <= LARGEST);
    struct block *block = a->newest;
    if (ptr && block && (char *)ptr + old_size == block->bytes + block->used) {
        size_t start = (size_t)((char *)ptr - block->bytes);
        if (start + new_size <= block->size) {
            block->used = start + new_size;
            unpoison(ptr, new_size);
            return ptr;
        }
    }
    char *grown = take(a, new_size, ALIGNMENT);
    if (ptr && old_size)
        memcpy(grown, ptr, old_size);
    return grown;
}

size_t arena_footprint(const struct arena *a)
{
    return a->footprint;
}

struct arena_mark arena_mark(const struct arena *a)
{
    return (struct arena_mark){a->newest, a->newest ? a->newest->used : 0};
}

void arena_rewind(struct arena *a, struct arena_mark mark)
{
    while (a->newest && a->newest != mark.block)
        drop_block(a);
    assert(a->newest == mark.block);
    if (a->newest) {
        a->newest->used = mark.used;
        poison(a->newest->bytes + mark.used, a->newest->size - mark.used);
    }
}

void arena_cleanup(struct arena **a)
{
    arena_free(*a);
}
