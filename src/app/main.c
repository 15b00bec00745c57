// Broadsheet: a news publication server. Starts here; see HACKING.md for the way of a request.
// SPDX-License-Identifier: Apache-2.0
//
//     app/commands.c   what the program does on the command line
//     app/routes.c     what the site answers
//     app/jobs.c       what it does in the background
//     app/serving.c    starts and stops a server; app/renderer.c makes its pages,
//                      app/kept_page.c joins and sends them, app/follower.c forgets what changed
//     site/            a handler a page, its views, its templates' fields
//     model/           the newsroom's nouns, each with its .sql
//     db/ template/ cache/ http/     machinery that knows no news
//     text/ crypto/ compress/ base/  vocabulary
#include <stdio.h>

#include "app/command.h"
#include "app/invocation.h"
#include "app/options.h"
#include "base/arena.h"

static void print_usage(const struct command *command)
{
    printf("Usage: broadsheet %s%s%s", command->name, *command->words ? " " : "", command->words);
    for (int i = 0; option_specs[i].name; i++)
        if (command_takes(command, option_specs[i].name))
            printf(option_specs[i].value ? " [--%s %s]" : " [--%s]", option_specs[i].name,
                   option_specs[i].value);
    printf("\n\n%s\n\n", command->help);
    for (int i = 0; option_specs[i].name; i++)
        if (command_takes(command, option_specs[i].name))
            printf("  --%s%s%s\n        %s\n", option_specs[i].name,
                   option_specs[i].value ? " " : "",
                   option_specs[i].value ? option_specs[i].value : "", option_specs[i].help);
}

static void print_commands(FILE *to)
{
    fprintf(to, "Usage: broadsheet COMMAND [WORDS] [--options]\n\n");
    for (const struct command *command = commands; command->name; command++)
        fprintf(to, "  %-16s %-28s %s\n", command->name, command->words, command->help);
    fprintf(
        to,
        "\n\"broadsheet COMMAND --help\" says more. Options may also stand in DIR/broadsheet.conf\n"
        "as \"key = value\", or in the environment as BROADSHEET_KEY.\n");
}

static int complain(struct arena *a, error e, int status)
{
    fprintf(stderr, "broadsheet: %.*s\n", STR(error_text(a, e)));
    return status;
}

static int wrong_usage(const char *what, const char *which)
{
    fprintf(stderr, "broadsheet: %s%s; \"broadsheet --help\" says how it is used\n", what, which);
    return EXIT_USAGE;
}

// Checks words and options, and runs the command.
static int run(const struct command *command, struct invocation *in)
{
    if (option_given(in, "help")) {
        print_usage(command);
        return EXIT_DONE;
    }
    const char *stray = command_stray_option(command, in->options);
    if (stray)
        return wrong_usage(
            str_z(in->arena, str_format(in->arena, "\"%s\" takes no --", command->name)), stray);
    if ((int)in->word_count < command->least ||
        (command->most >= 0 && (int)in->word_count > command->most))
        return wrong_usage(str_z(in->arena, str_format(in->arena, "\"%s\" takes ", command->name)),
                           *command->words ? command->words : "no words");
    error e = command->run(in);
    invocation_close(in);
    return e ? complain(in->arena, e, EXIT_FAILED) : EXIT_DONE;
}

int main(int argc, char **argv)
{
    arena_scoped a = arena_new();
    struct options *options;
    str *words;
    size_t word_count;
    error e = options_parse(a, argc - 1, argv + 1, &options, &words, &word_count);
    if (!e)
        e = options_read_file(a, options);
    if (e)
        return complain(a, e, EXIT_USAGE);
    struct invocation in = {
        .arena = a, .options = options, .now = instant_now(), .program = str_of(argv[0])};
    if (option_given(&in, "version")) {
        puts("broadsheet " BROADSHEET_VERSION);
        return EXIT_DONE;
    }
    size_t taken;
    const struct command *command = command_find(words, word_count, &taken);
    if (command) {
        in.words = words + taken;
        in.word_count = word_count - taken;
        return run(command, &in);
    }
    bool asked = option_given(&in, "help");
    print_commands(asked ? stdout : stderr);
    return asked ? EXIT_DONE : EXIT_USAGE;
}
