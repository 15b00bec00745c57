// Fuzzes PHP's serialised values: what is read lies within the text.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "interop/phpserial.h"

static size_t count(const struct php_value *v)
{
    size_t n = 1;
    for (size_t i = 0; i < v->count; i++)
        n += count(&v->pairs[i].key) + count(&v->pairs[i].value);
    return n;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct php_value v;
    if (php_read(a, (str){(const char *)data, size}, &v))
        assert(count(&v) <= PHP_VALUES_MOST && count(&v) * 2 <= size + 2);
    arena_free(a);
    return 0;
}
