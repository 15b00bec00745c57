// Whatever text comes as Markdown, its HTML can be cleaned.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/clean.h"
#include "text/clean_check.h"
#include "text/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct clean_options options = {0};
    arena_scoped a = arena_new();
    struct cleaned out;
    str markup;
    if (markdown_to_html(a, (str){(const char *)data, size}, &markup))
        return 0;
    if (!clean_html(a, markup, &options, &out))
        assert(!clean_fault(a, out.body.text));
    return 0;
}
