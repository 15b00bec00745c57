// Starts a server, keeps it running until it is told to stop, and ends it without breaking an
// answer. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

struct publication;
struct server;

// broadsheet serve
error serving_run(struct invocation *in) fallible;

// Makes serving_run finish what it began and return: another process has the sockets now, or a
// signal came. Any thread.
void serving_leave(void);

// Forgets every page, also what is being rendered now, and counts commits on from `commit`: the
// database has lost those above it.
void serving_start_over(struct server *s, uint64_t commit);

// What the publication now says of itself, as far as it is no part of any page: https or not.
void serving_follow_publication(struct server *s, const struct publication *p);

// With --assets: reads templates and style again when a file changed, and forgets every page. A
// theme with a fault is reported and the old one stays.
void serving_reload_assets(struct server *s, struct arena *scratch);
