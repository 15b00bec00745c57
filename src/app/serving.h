// Starts a server, keeps it running until it is told to stop, and ends it without breaking an
// answer. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

struct server;

// broadsheet serve
error serving_run(struct invocation *in) fallible;

// Makes serving_run finish what it began and return: another process has the sockets now, or a
// signal came. Any thread.
void serving_leave(void);

// With --assets: reads templates and style again when a file changed, and forgets every page. A
// theme with a fault is reported and the old one stays.
void serving_reload_assets(struct server *s, struct arena *scratch);
