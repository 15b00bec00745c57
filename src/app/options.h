// Options from the command line, the environment and DIR/broadsheet.conf, in that order.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/str.h"

struct arena;
struct options;

struct option_spec {
    const char *name;  // "listen": --listen, BROADSHEET_LISTEN, listen = …
    const char *value; // what stands for the value in help; NULL for a flag
    const char *help;
};
extern const struct option_spec
    option_specs[]; // every option of every command; ends with an empty row

// Reads --name value, --name=value and flags out of `args` (without argv[0]); what is left are
// words.
// "--" ends options. FAULT_INPUT for an unknown option or one without its value.
error options_parse(struct arena *a, int argc, char **argv, struct options **out, str **words,
                    size_t *word_count) fallible;

// Reads DIR/broadsheet.conf, where --data names a directory that has one: lines `key = value`, `#`
// for comments. FAULT_INPUT with the line for a key that is no option.
error options_read_file(struct arena *a, struct options *o) fallible;

// The value, or an str with ptr NULL. Flags have the value "yes".
str options_get(const struct options *o, const char *name);

// The first option given on the command line that is not among `allowed` (names separated by
// blanks), or NULL.
const char *options_not_among(const struct options *o, const char *allowed);
