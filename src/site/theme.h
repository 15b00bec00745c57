// A theme: its templates, compiled and bound to the views, what its style says of colours and
// faces, and the addresses of its assets. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "site/view.h"
#include "template/template.h"

struct arena;
struct tokens;
struct theme; // immutable; shared by all threads

// A view's templates; `meta` is NULL for segments and documents of one piece.
struct shown_by {
    const struct template *meta, *own;
};

// A file under static/: its name ("style.css") and the address that its bytes are served at for
// ever.
struct theme_asset {
    str name;
    str path;
    str bytes;
};

// Compiles and binds every template of every view, and reads the style sheet's tokens. The sources
// and assets must live as long as `a`.
error theme_open(struct arena *a, const struct template_source *sources, size_t source_count,
                 const struct theme_asset *assets, size_t asset_count, struct theme **out) fallible;

const struct shown_by *theme_view(const struct theme *t, enum view view);

// What its style sheet says that the program has to know.
const struct tokens *theme_tokens(const struct theme *t);

// The address of an asset; the empty str when the theme has none of that name.
str theme_asset(const struct theme *t, str name);

// Its bytes; likewise.
str theme_asset_bytes(const struct theme *t, str name);
