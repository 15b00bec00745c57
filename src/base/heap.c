// The only place that calls malloc: memory that outlives an arena, with its own owner.
// SPDX-License-Identifier: Apache-2.0
#include "base/heap.h"

#include <stdio.h>
#include <stdlib.h>

static void *or_abort(void *ptr)
{
    if (!ptr) {
        fputs("level=error event=out-of-memory\n", stderr);
        abort();
    }
    return ptr;
}

void *heap_alloc(size_t size)
{
    return or_abort(calloc(1, size ? size : 1));
}

void *heap_resize(void *ptr, size_t size)
{
    return or_abort(realloc(ptr, size ? size : 1));
}

void heap_free(void *ptr)
{
    free(ptr);
}
