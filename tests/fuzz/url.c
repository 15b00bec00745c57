// Whatever address comes: what is taken is printable, of a known scheme, and cleans to itself.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/embed.h"
#include "text/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    str raw = {(const char *)data, size}, once, twice;
    struct embed embed, again;
    enum url_kind kind = url_clean(a, raw, &once);
    url_decode(a, raw);
    if (kind == URL_BAD)
        return 0;
    assert(url_clean(a, once, &twice) == kind && str_eq(once, twice));
    assert(kind != URL_HTTP || url_valid_http(once));
    for (size_t i = 0; i < once.len; i++)
        assert(once.ptr[i] > ' ' && once.ptr[i] < 127 && once.ptr[i] != '"' && once.ptr[i] != '<');
    url_join(a, S("https://example.org/a/b"), once);
    if (embed_from_url(a, once, &embed))
        assert(embed_from_id(a, embed.provider, embed.id, &again) && str_eq(embed.url, again.url));
    return 0;
}
