// The files that the program brings: templates, static files, the seed publication.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/asset.h"
#include "base/error.h"
#include "site/theme.h"
#include "template/template.h"

struct arena;
struct http_answer;
struct http_request;

// A static file, ready to be sent for ever.
struct static_file {
    str name; // "style.css"
    str path; // "/static/style.0123456789abcdef.css"
    str media_type;
    str bytes, gzip, br; // compressed forms empty where they are no smaller
};

struct assets {
    struct template_source *templates;
    size_t template_count;
    struct static_file *files;
    struct theme_asset *addresses; // of the files, for the theme
    size_t file_count;
};

// What the program was built with; where `dir` is not empty, each file of dir/templates and
// dir/static stands in the place of the one of its name, or beside the others.
error assets_open(struct arena *a, str dir, struct assets **out) fallible;

// The static file at a path, or NULL.
const struct static_file *assets_file(const struct assets *assets, str path);

// A number that changes when a file under `dir` does.
uint64_t assets_fingerprint(struct arena *a, str dir);
