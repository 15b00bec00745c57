// Draws the pictures of the seed publication, which its files hold as SVG.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/asset.h"
#include "base/error.h"
#include "base/instant.h"

struct arena;
struct db_conn;

struct seed_drawing {
    const struct asset *files;                            // "seed/pictures/NAME.svg" among them
    str folder;                                           // DIR/pictures; made if missing
    str helper;                                           // image_helper's path of it
    void (*told)(void *context, size_t done, size_t all); // of each step; may be NULL
    void *context;
};

// Draws what stories and people show as "/pictures/NAME.svg" and what is not drawn yet, newest
// stories first, two at once; each few are committed as they are done, so that a running server
// shows them. *drawn says how many, *commit what to wait for (unchanged for none). Stops at the
// first failure; what was drawn until then stays.
error seed_draw(struct db_conn *conn, struct arena *a, instant now,
                const struct seed_drawing *options, size_t *drawn, uint64_t *commit) fallible;
