// Any template text, shown with hostile values: no value may leave its place.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "template/markup.h"
#include "template/test_page.h"

// Lines of "%%" part the input into the template and three that it may include.
enum { PARTS = 4 };

static str next_part(str *rest)
{
    static const str mark = S("\n%%\n");
    ptrdiff_t at = str_find(*rest, mark);
    str part = at < 0 ? *rest : str_sub(*rest, 0, (size_t)at);
    *rest = at < 0 ? STR_NONE : str_from(*rest, (size_t)at + mark.len);
    return part;
}

static const char *const hostile[] = {
    "\"'></script></title></style>--><x-canary>", "<x-canary", "javascript:alert(1)//<x-canary>",
    "' onclick='x' \\\" {{body}} ]]><x-canary>",  "",
};

static struct page hostile_page(struct arena *a, const char *text)
{
    struct page page = page_sample(a);
    str bad = str_of(text);
    page.plain = page.special = page.braces = page.hostile = bad;
    page.author->name = page.author->place->name = bad;
    for (size_t i = 0; i < page.topics.count; i++)
        list_at(&page.topics, struct topic, i)->name = bad;
    for (size_t i = 0; i < page.comments.count; i++)
        list_at(&page.comments, struct comment, i)->text = bad;
    return page;
}

// What was rendered, read like literal text, must end where the template said it does.
static void check(str out, bool canary)
{
    struct markup m = markup_start(MARKUP_HTML);
    assert(!canary || str_find(out, S("<x-canary")) < 0);
    assert(!markup_text(&m, &out));
    assert(markup_is_text(&m));
}

static void try_name(struct arena *a, struct template_source *sources, str name, bool canary)
{
    struct template_set *set;
    const struct template *t;
    sources[0].name = name;
    if (template_compile(a, sources, PARTS, &set) || template_bind(set, a, name, &page_fields, &t))
        return;
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct page page = hostile_page(a, hostile[i]);
        struct buf out = buf_new(a, 1 << 16);
        template_render(t, &page, &out);
        if (!out.overflow && markup_kind(name) == MARKUP_HTML)
            check(buf_str(&out), canary);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const str names[PARTS] = {S("main"), S("p"), S("q"), S("r")};
    arena_scoped a = arena_new();
    struct template_source sources[PARTS];
    str rest = {(const char *)data, size};
    bool canary = str_find(rest, S("canary")) < 0;
    for (size_t i = 0; i < PARTS; i++)
        sources[i] = (struct template_source){names[i], next_part(&rest)};
    try_name(a, sources, S("main"), canary);
    try_name(a, sources, S("main.xml"), canary);
    return 0;
}
