// The table of commands and the functions in it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

typedef error command_run(struct invocation *in);

// command_publication.c
command_run command_init, command_demo, command_publication;
// command_program.c
command_run command_routes, command_fields, command_jobs;
// command_import.c
command_run command_import_wordpress;
// command_story.c
command_run command_story_publish, command_story_edit, command_story_move, command_story_withdraw,
    command_story_restore, command_story_feature, command_story_unfeature, command_story_list;
// command_nouns.c
command_run command_section_list, command_section_add, command_section_edit, command_person_list,
    command_person_add, command_person_edit, command_topic_list, command_topic_edit;
// command_picture.c
command_run command_picture_add, command_picture_list;
// command_archive.c
command_run command_export_archive, command_import_archive;
// command_event.c
command_run command_event_add, command_event_edit, command_event_remove, command_event_list;
// command_page.c
command_run command_page_save, command_page_list, command_menu_show, command_menu_set,
    command_comment_list, command_comment_approve, command_comment_hold, command_comment_spam,
    command_comment_remove, command_comment_add;
