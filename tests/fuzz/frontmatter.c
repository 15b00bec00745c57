// Whatever file comes as a story: it is read, or refused with a place.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/frontmatter.h"
#include "text/slug.h"
#include "text/zone.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct arena *kept;
    static const struct zone *zone;
    if (!kept) {
        kept = arena_new();
        assert(!zone_open(kept, S("Europe/London"), &zone));
    }
    arena_scoped a = arena_new();
    struct frontmatter f = {0};
    error e =
        frontmatter_parse(a, S("a.md"), (str){(const char *)data, size}, zone, (instant){0}, &f);
    assert(!e || (e->where.len && e->message.len));
    assert(e || !f.slug.len || slug_valid(f.slug));
    return 0;
}
