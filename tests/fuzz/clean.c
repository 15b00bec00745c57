// Whatever markup comes: what leaves the cleaner is allowed, parses as written, and cleans to
// itself. SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "text/clean.h"
#include "text/clean_check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clean_options options = {.links = LINKS_FOREIGN};
    arena_scoped a = arena_new();
    struct cleaned once, twice;
    if (clean_html(a, (str){(const char *)data, size}, &options, &once))
        return 0;
    // A tag that goes, with the mark of text/runs.h in it: now the parser reads every letter.
    struct cleaned whole;
    str markup = str_join(a, S("<wbr x=\xf4\x8f\xbf\xbd>"), (str){(const char *)data, size});
    assert(clean_html(a, markup, &options, &whole) || str_eq(whole.body.text, once.body.text));
    const char *fault = clean_fault(a, once.body.text);
    error e = clean_html(a, once.body.text, &options, &twice);
    if (fault || e || !str_eq(once.body.text, twice.body.text)) {
        fprintf(stderr, "%.*s\n%s\n", STR(once.body.text), fault ? fault : "changes");
        abort();
    }
    assert(str_valid_utf8(once.plain) && str_eq(once.plain, twice.plain));
    return 0;
}
