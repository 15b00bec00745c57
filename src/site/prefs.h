// A reader's settings: text size, colours, whether the notice was accepted and pictures of other
// sites may show; one of few combinations, so that pages can be kept for each.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

#define PREFS_COOKIE S("prefs")

// The settings that a cookie's value names ("2d10"), or where it is none of ours the usual ones.
// What an older one does not say yet ("2d1") is as usual.
struct prefs {
    char text;     // '1' to '4', the usual is '1'
    char scheme;   // 's' as the system has it, 'l' light, 'd' dark
    char accepted; // '1' when the notice was accepted, else '0'
    char pictures; // '1' when pictures of other sites may show, who learn of it; else '0'
};
struct prefs prefs_read(str cookie);

// The cookie's value.
str prefs_value(struct arena *a, struct prefs p);

// The classes of the opening tag: "text-2 scheme-dark accepted pictures"; the usual settings have
// none.
str prefs_classes(struct arena *a, struct prefs p);

// Sets what a form's field says: text=1 to 4, scheme=system, light or dark, notice=accepted,
// pictures=shown or hidden. What it does not know changes nothing.
void prefs_set(struct prefs *p, str name, str value);
