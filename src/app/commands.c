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
    {"demo", "", 0, 0, "base-url", "makes a small finance publication to look at", command_demo},
    {"serve", "", 0, 0,
     "listen assets cache workers trusted-proxies client-header takeover log-requests",
     "serves the publication", serving_run},
    {"publication", "", 0, 0, "name base-url tagline description language zone",
     "shows or changes what the publication is", command_publication},
    {"routes", "", 0, 0, "", "prints what the site answers", command_routes},
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
