// The only place that calls malloc: memory that outlives an arena, with its own owner.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

// Zeroed memory; aborts when memory is out (inputs are limited at the door). Freed by heap_free.
void *heap_alloc(size_t size) __attribute__((malloc, returns_nonnull));

// Resizes `ptr` (NULL is fine) keeping its bytes; what is new is not zeroed.
void *heap_resize(void *ptr, size_t size) __attribute__((returns_nonnull));

void heap_free(void *ptr);

#define heap_new(type) ((type *)heap_alloc(sizeof(type)))
