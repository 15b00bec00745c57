// A text from outside as the newsroom stores it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdint.h>

#include "base/error.h"
#include "text/clean.h"

struct arena;

enum content_form { CONTENT_MARKDOWN, CONTENT_HTML };

struct content {
    html body; // clean
    str plain, excerpt;
    int64_t words, reading_minutes;
};

// HTML for a name that ends in .html or .htm, else Markdown.
enum content_form content_form_of(str name);

struct local_pictures;

// Cleans `text` and counts what is in it; what readers send (LINKS_READER) shows no pictures. A
// failure's `where` is `where`. Pictures in files beside it are asked for from `pictures`; NULL:
// there are none. Any thread may call it.
error content_read(struct arena *a, str where, str text, enum content_form form,
                   enum link_trust links, struct local_pictures *pictures,
                   struct content *out) fallible;
