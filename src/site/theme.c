// A theme: its templates, compiled and bound to the views, what its style says of colours and
// faces, and the addresses of its assets. SPDX-License-Identifier: Apache-2.0
#include "site/theme.h"

#include "base/arena.h"
#include "site/tokens.h"

struct theme {
    struct shown_by views[VIEW_COUNT];
    const struct theme_asset *assets;
    size_t asset_count;
    struct tokens tokens;
};

error theme_open(struct arena *a, const struct template_source *sources, size_t source_count,
                 const struct theme_asset *assets, size_t asset_count, struct theme **out)
{
    struct template_set *set;
    struct theme *theme = arena_make(a, struct theme);
    try(template_compile(a, sources, source_count, &set));
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const struct view_kind *kind = &view_kinds[i];
        if (kind->meta.len)
            try(template_bind(set, a, kind->meta, kind->fields, &theme->views[i].meta));
        try(template_bind(set, a, kind->own, kind->fields, &theme->views[i].own));
    }
    theme->assets = assets;
    theme->asset_count = asset_count;
    try(tokens_read(a, theme_asset_bytes(theme, S("style.css")), &theme->tokens));
    *out = theme;
    return NULL;
}

const struct shown_by *theme_view(const struct theme *t, enum view view)
{
    return &t->views[view];
}

const struct tokens *theme_tokens(const struct theme *t)
{
    return &t->tokens;
}

static const struct theme_asset *asset(const struct theme *t, str name)
{
    for (size_t i = 0; i < t->asset_count; i++)
        if (str_eq(t->assets[i].name, name))
            return &t->assets[i];
    return NULL;
}

str theme_asset(const struct theme *t, str name)
{
    const struct theme_asset *found = asset(t, name);
    return found ? found->path : S("");
}

str theme_asset_bytes(const struct theme *t, str name)
{
    const struct theme_asset *found = asset(t, name);
    return found ? found->bytes : S("");
}
