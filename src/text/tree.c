// HTML parsed into a tree, with a bound on memory.
// SPDX-License-Identifier: Apache-2.0
#include "text/tree.h"

#include <setjmp.h>

#include "base/arena.h"

// What the parser may take for `len` bytes. A node with its vectors takes some 400 bytes, and the
// shortest markup that makes one takes three ("<p>"); text of one letter a node is as bad.
static size_t allowance(size_t len)
{
    return 256 * 1024 + len * 192;
}

struct budget {
    struct arena *arena;
    size_t left;
    jmp_buf out;
};

// Gumbo cannot be stopped, but all it owns is in the arena, so that it can be left: nothing leaks.
static void *take(void *userdata, size_t size)
{
    struct budget *budget = userdata;
    if (size > budget->left)
        longjmp(budget->out, 1);
    budget->left -= size;
    return arena_alloc(budget->arena, size);
}

static void give_back(void *userdata, void *ptr)
{
}

const GumboNode *tree_parse(struct arena *a, str markup)
{
    struct budget budget = {.arena = a, .left = allowance(markup.len)};
    if (setjmp(budget.out))
        return NULL;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = take;
    options.deallocator = give_back;
    options.userdata = &budget;
    options.max_errors = 0;
    options.fragment_context = GUMBO_TAG_BODY;
    const GumboOutput *output =
        gumbo_parse_with_options(&options, markup.len ? markup.ptr : "", markup.len);
    return output->root;
}
