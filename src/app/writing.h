// What commands that change the newsroom share.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "app/command.h"

struct frontmatter;
struct work;
struct zone;

// Opens the data directory and starts to write.
error writing_begin(struct invocation *in, struct work *w) fallible;

// Commits unless `e` is an error, which is handed on, and announces `done`, or says `same` where
// nothing that readers see has changed.
error writing_end(struct invocation *in, struct work *w, error e, str done, str same) fallible;

// Opens the data directory and starts to read.
error reading_begin(struct invocation *in, struct work *w) fallible;

// The zone of the publication's dates, read before anything is written.
error reading_zone(struct invocation *in, const struct zone **out) fallible;

// An option as given on the command line; a setting of the same name elsewhere is another matter.
str given(const struct invocation *in, const char *name, str fallback);

// The same as a number of at least `least`.
error given_number(const struct invocation *in, const char *name, int64_t least, int64_t fallback,
                   int64_t *out) fallible;

// Says on standard error which keys of a file's head mean nothing, each with its line, until *told
// of them are STRAYS_TOLD; *told counts on.
enum { STRAYS_TOLD = 10 };
void tell_of_strays(str file, const struct frontmatter *head, size_t *told);

// The story that stands, or once stood, at a path or full address. FAULT_NOT_FOUND.
error find_story(struct work *w, str path, int64_t *id) fallible;

// The same for what comments can be on, a story or a page; the other id is 0.
error find_talked_of(struct work *w, str path, int64_t *story_id, int64_t *page_id) fallible;
