// Fuzzes the reader of WordPress's exports: it ends, and says where when it fails.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "interop/wxr.h"

static error give(void *context, char *bytes, size_t size, size_t *got)
{
    str *rest = context;
    *got = rest->len < 61 ? rest->len : 61;
    memcpy(bytes, rest->ptr, *got);
    *rest = str_from(*rest, *got);
    return NULL;
}

static error on_item(void *context, const struct wxr_item *item)
{
    for (size_t i = 0; i < item->term_count; i++)
        assert(item->terms[i].name.len < (1 << 20));
    return NULL;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str rest = {(const char *)data, size};
    struct wxr_source source = {&rest, give};
    struct wxr_handler handler = {.item = on_item};
    error e = wxr_read(a, S("f"), &source, &handler);
    assert(!e || (e->message.len && e->where.len));
    arena_free(a);
    return 0;
}
