// One invocation of the program: its command, options and words, and what a command needs to do it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"
#include "base/instant.h"
#include "base/str.h"

struct arena;
struct db;
struct db_conn;
struct options;
struct picture_maker;

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

struct invocation {
    struct arena *arena; // for the whole run
    const struct options *options;
    const str *words; // behind the command's own: paths, files
    size_t word_count;
    instant now;
    struct db *db;                  // opened by invocation_open; closed when the command is done
    struct db_conn *conn;           // by invocation_connect
    str program;                    // argv[0]
    bool made_directory, made_file; // by invocation_create
    struct picture_maker *maker;    // by invocation_pictures
};

// A command answers with its exit status; an error becomes EXIT_FAILED and one sentence on standard
// error.
struct command {
    const char *name;  // "story publish"
    const char *words; // "FILE|DIR…"
    int least, most;   // words; most -1: any number
    const char
        *options; // names of the options it takes besides those all take: "section change note"
    const char *help;
    error (*run)(struct invocation *in);
};
extern const struct command commands[]; // ends with an empty row

// The value of an option: command line, then BROADSHEET_NAME, then DIR/broadsheet.conf, then
// `fallback`.
str option(const struct invocation *in, const char *name, str fallback);
bool option_given(const struct invocation *in, const char *name);

// Opens the database of --data (or --database), brings its schema up to date, and connects.
error invocation_connect(struct invocation *in, struct db_conn **out) fallible;

// Waits until a server running on the same data directory shows commit `commit`, and prints `what`
// with the milliseconds that took; without a server prints `what` alone.
error invocation_announce(struct invocation *in, uint64_t commit, str what) fallible;

// The same for programs: prints `json` alone, then waits.
error invocation_announce_json(struct invocation *in, uint64_t commit, str json) fallible;

// The command that the first words name, and how many of them; NULL when none is.
const struct command *command_find(const str *words, size_t count, size_t *taken);

bool command_takes(const struct command *command, const char *option_name);

// The first option given on the command line that the command does not take, or NULL.
const char *command_stray_option(const struct command *command, const struct options *options);
