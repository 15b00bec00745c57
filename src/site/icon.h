// The publication's icons: the files of the one it chose, or all from one drawing, the theme's
// static/icon.svg or its first letter.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"
#include "text/fit.h"

// The address of the icon, what it is, and the address of one for home screens; the last is empty
// where nothing was chosen and this installation cannot draw.
void icon_describe(struct visit *v, struct view_meta *meta);

// The drawing of a letter: the first of `name` that is not in its article, over the double rule.
str icon_drawing(struct arena *a, str name, str accent, enum fit_face face);
