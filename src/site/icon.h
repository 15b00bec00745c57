// The publication's icons, all from one drawing: the theme's static/icon.svg, or its first letter.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"
#include "text/fit.h"

// The address of the icon as SVG, and of one for home screens; the second is empty where this
// installation cannot draw.
void icon_describe(struct visit *v, struct view_meta *meta);

// The drawing of a letter: the first of `name` that is not in its article, over the double rule.
str icon_drawing(struct arena *a, str name, str accent, enum fit_face face);
