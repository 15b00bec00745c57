// What the program does on the command line, on one screen.
// SPDX-License-Identifier: Apache-2.0
#include "app/commands.h"

#include "app/options.h"
#include "app/serving.h"

// Options that every command takes.
#define ALWAYS "data database help"

const struct command commands[] = {
    {"init", "", 0, 0, "name base-url preset tagline description language zone",
     "makes an empty publication", command_init},
    {"demo", "", 0, 0, "base-url pictures", "makes a small finance publication to look at",
     command_demo},
    {"serve", "", 0, 0,
     "listen assets cache workers trusted-proxies client-header takeover log-requests",
     "serves the publication", serving_run},
    {"publication", "", 0, 0,
     "name base-url tagline description language zone accent headline-font text-font sans-font "
     "logo logo-dark icon image-helper",
     "shows or changes what the publication is; an empty value ('') takes a setting back",
     command_publication},
    {"story publish", "FILE|DIR…", 1, -1, "section change note by image-helper",
     "publishes Markdown or HTML files; known again by their path", command_story_publish},
    {"story edit", "PATH FILE", 2, 2, "change note by image-helper",
     "changes a story as a file says; what it does not say stays", command_story_edit},
    {"story move", "PATH", 1, 1, "section by",
     "files a story under another section; its address stays", command_story_move},
    {"story withdraw", "PATH", 1, 1, "reason", "takes a story out, and says why at its address",
     command_story_withdraw},
    {"story restore", "PATH", 1, 1, "", "puts a withdrawn story back", command_story_restore},
    {"story feature", "PATH", 1, 1, "big",
     "puts a story on top of the front, before those featured earlier", command_story_feature},
    {"story unfeature", "PATH", 1, 1, "", "leaves its place on the front to the rules",
     command_story_unfeature},
    {"story list", "", 0, 0, "json section status limit", "lists stories, newest first",
     command_story_list},
    {"section list", "", 0, 0, "", "lists the sections", command_section_list},
    {"section add", "PATH", 1, 1, "name description position",
     "adds a section, e.g. markets/stocks", command_section_add},
    {"section edit", "PATH", 1, 1, "name description position",
     "changes what a section says; its path stays", command_section_edit},
    {"person list", "", 0, 0, "", "lists the people who write", command_person_list},
    {"person add", "SLUG", 1, 1, "name role biography picture credit image-helper",
     "adds a person, e.g. maya-oduya", command_person_add},
    {"person edit", "SLUG", 1, 1, "name role biography picture credit image-helper",
     "changes what is said of a person", command_person_edit},
    {"topic list", "", 0, 0, "", "lists the topics", command_topic_list},
    {"topic edit", "SLUG", 1, 1, "name description", "changes what is said of a topic",
     command_topic_edit},
    {"picture add", "FILE…", 1, -1, "alt caption credit focus image-helper",
     "takes pictures in; known again by what is in the file", command_picture_add},
    {"picture list", "", 0, 0, "limit", "lists the pictures, newest first", command_picture_list},
    {"page save", "FILE", 1, 1, "image-helper",
     "makes or changes a static page: path and title in the file", command_page_save},
    {"page list", "", 0, 0, "", "lists the static pages", command_page_list},
    {"event add", "FILE", 1, 1, "", "announces an event: title, starts and ends in the file",
     command_event_add},
    {"event edit", "PATH FILE", 2, 2, "", "changes an event as a file says; its address stays",
     command_event_edit},
    {"event remove", "PATH", 1, 1, "", "removes an event; its address says so",
     command_event_remove},
    {"event list", "", 0, 0, "limit", "lists the events, the last first", command_event_list},
    {"menu show", "PLACE", 1, 1, "",
     "prints the menu main, compact, company, more-info, follow or notice", command_menu_show},
    {"menu set", "PLACE FILE", 2, 2, "",
     "sets a menu from lines \"Label | address\", indented below another", command_menu_set},
    {"comment list", "[STATUS]", 0, 1, "limit",
     "lists comments: held, approved, spam, removed or all", command_comment_list},
    {"comment approve", "ID", 1, 1, "", "shows a comment", command_comment_approve},
    {"comment hold", "ID", 1, 1, "", "hides a comment until it is approved", command_comment_hold},
    {"comment spam", "ID", 1, 1, "", "hides a comment as spam", command_comment_spam},
    {"comment remove", "ID", 1, 1, "", "removes a comment", command_comment_remove},
    {"comment add", "PATH FILE", 2, 2, "name email parent",
     "adds a comment to a story or page, held until it is approved", command_comment_add},
    {"export archive", "[FILE]", 0, 1, "",
     "writes everything into one file: .tar.zst, .tar.gz, .tar, or - for a tar on standard output",
     command_export_archive},
    {"import archive", "FILE", 1, 1, "trust", "restores a publication from such a file",
     command_import_archive},
    {"import wordpress", "FILE…", 1, -1, "media image-helper dry-run json",
     "brings a WordPress publication in from its export", command_import_wordpress},
    {"routes", "", 0, 0, "", "prints what the site answers", command_routes},
    {"fields", "", 0, 0, "", "prints what each template may show, as Markdown", command_fields},
    {"jobs", "", 0, 0, "", "does the background work that is due, then returns", command_jobs},
    {0},
};

static bool among(str name, str names)
{
    while (names.ptr)
        if (str_eq(str_cut(&names, ' '), name))
            return true;
    return false;
}

bool command_takes(const struct command *command, const char *option_name)
{
    return among(str_of(option_name), str_of(command->options)) ||
           among(str_of(option_name), S(ALWAYS));
}

const char *command_stray_option(const struct command *command, const struct options *options)
{
    const char *given = NULL;
    for (int i = 0; !given && option_specs[i].name; i++)
        if (options_given(options, i) && !command_takes(command, option_specs[i].name))
            given = option_specs[i].name;
    return given;
}

// How many of the words are this command's name; 0 when they are not.
static size_t names(const struct command *command, const str *words, size_t count)
{
    str rest = str_of(command->name);
    size_t at = 0;
    while (rest.ptr) {
        str part = str_cut(&rest, ' ');
        if (at == count || !str_eq(words[at++], part))
            return 0;
    }
    return at;
}

const struct command *command_find(const str *words, size_t count, size_t *taken)
{
    const struct command *best = NULL;
    *taken = 0;
    for (const struct command *command = commands; command->name; command++) {
        size_t n = names(command, words, count);
        if (n > *taken) {
            best = command;
            *taken = n;
        }
    }
    return best;
}
