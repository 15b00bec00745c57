// Character references in titles and names that came from the web.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// "Fed&#8217;s &amp; more" as the text it stands for, once: "&amp;lt;" becomes "&lt;". What only
// looks like markup stays as it is.
str entities_decode(struct arena *a, str s);
