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

enum { WORDS_WIDE = 12 }; // "PATH FILE"

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

static bool begins_with(const struct command *command, str noun)
{
    str rest = str_of(command->name);
    return str_eq(str_cut(&rest, ' '), noun);
}

// printf pads by bytes, and "…" is three of them.
static int padding(const char *words)
{
    int width = 0;
    for (const char *c = words; *c; c++)
        width += ((unsigned char)*c & 0xc0) != 0x80;
    return width < WORDS_WIDE ? WORDS_WIDE - width : 0;
}

// All commands, or those of one noun: "story".
static void print_commands(FILE *to, str noun)
{
    fprintf(to, "Usage: broadsheet COMMAND [WORDS] [--options]\n\n");
    for (const struct command *command = commands; command->name; command++)
        if (!noun.len || begins_with(command, noun))
            fprintf(to, "  %-16s %s%*s %s\n", command->name, command->words,
                    padding(command->words), "", command->help);
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

static int wrong_usage(const struct command *command, const char *what, const char *which)
{
    fprintf(stderr, "broadsheet: \"%s\" takes %s%s; \"broadsheet %s --help\" says more\n",
            command->name, what, which, command->name);
    return EXIT_USAGE;
}

// Checks words and options, and runs the command.
static int run(const struct command *command, struct invocation *in, bool asked)
{
    if (asked) {
        print_usage(command);
        return EXIT_DONE;
    }
    const char *stray = command_stray_option(command, in->options);
    if (stray)
        return wrong_usage(command, "no --", stray);
    if ((int)in->word_count < command->least ||
        (command->most >= 0 && (int)in->word_count > command->most))
        return wrong_usage(command, *command->words ? "" : "no words", command->words);
    error e = command->run(in);
    fflush(stdout); // what was done before what went wrong, where both go to one file
    invocation_close(in);
    return e ? complain(in->arena, e, EXIT_FAILED) : EXIT_DONE;
}

static bool has_noun(str noun)
{
    for (const struct command *command = commands; command->name; command++)
        if (begins_with(command, noun))
            return true;
    return false;
}

// Nothing to do, or nothing that is known: lists what there is, or says so.
static int no_command(const struct invocation *in, bool asked)
{
    str noun = in->word_count ? in->words[0] : S("");
    bool known = noun.len && has_noun(noun);
    if (!noun.len || (known && in->word_count == 1)) {
        print_commands(asked ? stdout : stderr, noun);
        return asked ? EXIT_DONE : EXIT_USAGE;
    }
    str second = known ? in->words[1] : S("");
    fprintf(stderr,
            "broadsheet: there is no command \"%.*s%s%.*s\"; \"broadsheet %.*s%s--help\" lists "
            "them\n",
            STR(noun), known ? " " : "", STR(second), STR(known ? noun : S("")), known ? " " : "");
    return EXIT_USAGE;
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
    bool asked = option_given(&in, "help");
    if (word_count && str_eq(words[0], S("help"))) { // "help story list"
        asked = true;
        words++;
        word_count--;
    }
    size_t taken;
    const struct command *command = command_find(words, word_count, &taken);
    in.words = words + taken;
    in.word_count = word_count - taken;
    return command ? run(command, &in, asked) : no_command(&in, asked);
}
