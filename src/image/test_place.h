// A folder for pictures of a test's own, the options that name it, and what is asked of sets and
// failures: for the tests of pictures. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "image/image.h"

struct place {
    struct arena *arena;
    char path[64];
    struct image_options options; // with the helper and the folder
};

// Before and after each test (cmocka's setup and teardown). `helper` is what each place's options
// name, and `where`; set both before the tests begin.
struct place_begin {
    const char *helper, *where;
};
extern struct place_begin place_begin;
int place_open(void **state);
int place_close(void **state);

// A test in a place of its own.
#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, place_open, place_close)

// The path of a variant's file.
char *place_path(struct place *p, str name);

// How many files are in it.
int place_files(struct place *p);
// Takes them away, and the folder with them.
void place_remove(struct place *p);

// The first variant of that role and type (NULL: of any) and width (0: of any), or NULL.
const struct image_variant *variant_of(const struct image_set *set, enum image_role role,
                                       const char *type, int64_t width);

// That `e` is NULL; else the test fails with its words.
void assert_done(struct place *p, error e);
// That it is of this fault and says these words, and that no file was left behind.
void assert_refused(struct place *p, error e, enum fault fault, const char *words);

// How a helper ends that tries something from inside its sandbox (helpers/image/probe.c), and the
// line it says first. `how` is "--probe-sandbox" or "--probe-drawing".
int try_inside(struct place *p, const char *how, const char *trial, char *said, int room);
