// The segments that every page shares.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

// Masthead and menus: from the <body> tag to the page's own part.
site_handler segment_head;

// Newest stories and footer: from the page's own part to the end.
site_handler segment_tail;

// The opening tag, for the settings that v->path ends with ("segment/prefs/2d10"); site/prefs.h.
site_handler segment_prefs;
