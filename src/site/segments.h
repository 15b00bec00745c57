// The segments that every page shares.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "site/visit.h"

// Masthead and menus: from the <body> tag to the page's own part.
site_handler segment_head;

// Newest stories and footer: from the page's own part to the end.
site_handler segment_tail;

// The opening tag, for settings `classes` ("text-2 scheme-dark").
error segment_prefs(struct visit *v, str classes, struct rendered *out) fallible;
