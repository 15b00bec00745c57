// What a publication's settings make of the theme: its colour and faces in the style sheet, its
// logo. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/accent.h"
#include "site/visit.h"
#include "text/fit.h"

struct view_logo;

// Where the style sheet is: the theme's own, or that with the publication's rules behind it. Its
// address names what they are made of, and so its bytes.
str look_style_path(struct visit *v);

// The files of the faces that every page shows, headlines' and that of all the rest, for browsers
// to ask for at once (struct view_link); and that of running text, for a page which has some.
struct list look_fonts(struct visit *v);
void look_text_font(struct visit *v, struct view_meta *meta);

// The publication's colour as it can be read on the theme's papers; the theme's own where it has
// none.
struct accent look_accent(struct visit *v);
// Its form for light pages as it can be read on white, in drawings, and they on it.
str look_drawn_accent(struct visit *v);
// What drawings set headlines in: the one of ours that the publication chose, or that the theme
// has; for another face the one that is like it in having serifs or none.
enum fit_face look_drawn_face(struct visit *v);
// What these are reckoned from, for addresses of drawings: every page names some, few draw them.
str look_drawn_hash(struct visit *v);

// The logo for light pages and, when there is another, for dark ones; NULL for none.
error look_logo(struct visit *v, const struct view_logo **light,
                const struct view_logo **dark) fallible;
