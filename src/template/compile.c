// Reads the sources of a theme and checks that they name each other rightly.
// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "template/code.h"

enum { SOURCE_COUNT_LIMIT = 1000 };

// "story" stands in templates/story.html, "feed.xml" in templates/feed.xml.
static str source_file(struct arena *a, str name)
{
    const char *suffix = markup_kind(name) == MARKUP_HTML ? ".html" : "";
    return str_format(a, "templates/%.*s%s", STR(name), suffix);
}

static error check_names(struct template_set *set, struct arena *errors, const struct node *nodes)
{
    for (const struct node *n = nodes; n; n = n->next) {
        bool refers = n->kind == NODE_PARTIAL || n->kind == NODE_LAYOUT;
        if (refers && !map_get(&set->by_name, n->name))
            return node_error(errors, n, "no template \"%.*s\"", STR(n->name));
        try(check_names(set, errors, n->children));
    }
    return NULL;
}

error template_compile(struct arena *a, const struct template_source *sources, size_t count,
                       struct template_set **out)
{
    struct template_set *set = arena_make(a, struct template_set);
    set->arena = a;
    set->by_name = map_new(a);
    if (count > SOURCE_COUNT_LIMIT)
        return failure(a, FAULT_LIMIT, S("templates"), "more than %d", SOURCE_COUNT_LIMIT);
    for (size_t i = 0; i < count; i++) {
        struct source *source = arena_make(a, struct source);
        source->name = str_copy(a, sources[i].name);
        source->file = source_file(a, source->name);
        void **place = map_at(&set->by_name, source->name);
        if (*place)
            return failure(a, FAULT_INPUT, source->file, "there are two of this name");
        *place = source;
        try(source_parse(a, a, source, str_copy(a, sources[i].text)));
    }
    for (size_t i = 0; i < count; i++) {
        const struct source *source = map_get(&set->by_name, sources[i].name);
        try(check_names(set, a, source->nodes));
    }
    *out = set;
    return NULL;
}
