// The table of commands and the functions in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

typedef error command_run(struct invocation *in);

// command_publication.c
command_run command_init, command_demo, command_publication;
// command_program.c
command_run command_routes, command_jobs;
// command_story.c, command_nouns.c: see the table
command_run command_story_publish, command_story_edit, command_story_move, command_story_withdraw,
    command_story_restore, command_story_list;
