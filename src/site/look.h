// What a publication's settings make of the theme: its colour and faces in the style sheet, its
// logo. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

struct view_logo;

// Where the style sheet is: the theme's own, or that with the publication's rules behind it. Its
// address names its bytes.
str look_style_path(struct visit *v);

// The files with the letters of nearly every page, for browsers to ask for at once: struct
// view_link.
struct list look_fonts(struct visit *v);

// The logo for light pages and, when there is another, for dark ones; NULL for none.
error look_logo(struct visit *v, const struct view_logo **light,
                const struct view_logo **dark) fallible;
