// Paragraphs for WordPress's classic posts, whose lines are broken by nothing but line ends.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

// Puts <p> around what blank lines or blocks part, and <br /> at single line ends, as WordPress's
// wpautop does when it shows a post: blocks, <pre>, <script>, <style> and what already is a
// paragraph stay as they are. Remarks are left out. Linear in time.
str wpautop(struct arena *a, str text);

// Whether `name` is an element that ends a paragraph.
bool wpautop_is_block(str name);
