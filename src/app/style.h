// What is done to the style sheet before it is served.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"
#include "site/theme.h"

struct arena;

// Takes out comments and the white space that only people need; what a browser reads stays.
str style_tighten(struct arena *a, str css);

// Puts the addresses of the theme's own files in the place of their names: url("newsreader.woff2").
str style_addresses(struct arena *a, str css, const struct theme_asset *assets, size_t count);
