// Reads the corpora that the environment variable CORPORA points at; tests skip without it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/unit_test.h"

// The path of something in the corpora; skips the test when it is not there.
static inline const char *corpus_path(const char *name)
{
    static char path[4096];
    const char *root = getenv("CORPORA");
    snprintf(path, sizeof path, "%s/%s", root ? root : "", name);
    if (!root || access(path, R_OK) != 0) {
        print_message("skipped: CORPORA has no %s\n", name);
        skip();
    }
    return path;
}

// The whole file.
static inline str corpus_file(struct arena *a, const char *name)
{
    FILE *file = fopen(corpus_path(name), "rb");
    assert_non_null(file);
    fseek(file, 0, SEEK_END);
    size_t len = (size_t)ftell(file);
    rewind(file);
    char *text = arena_text(a, len);
    assert_int_equal(fread(text, 1, len, file), len);
    fclose(file);
    return (str){text, len};
}

static inline str corpus_text(json_t *object, const char *key)
{
    json_t *value = json_object_get(object, key);
    return json_is_string(value) ? (str){json_string_value(value), json_string_length(value)}
                                 : S("");
}

// Calls `check` for each line of a file of JSON objects.
static inline void corpus_each_line(const char *name, void (*check)(struct arena *, json_t *))
{
    corpus_path(name);
    arena_scoped a = arena_new();
    str rest = corpus_file(a, name);
    size_t count = 0;
    while (rest.ptr) {
        str line = str_cut(&rest, '\n');
        arena_scoped each = arena_new();
        json_t *object = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, NULL);
        if (!object)
            continue;
        check(each, object);
        json_decref(object);
        count++;
    }
    assert_true(count > 0);
}

// Calls `check` with name and text of each file in a folder.
static inline void corpus_each_file(const char *folder, void (*check)(struct arena *, str, str))
{
    DIR *dir = opendir(corpus_path(folder));
    assert_non_null(dir);
    size_t count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        if (*entry->d_name == '.' || entry->d_type == DT_DIR)
            continue;
        arena_scoped each = arena_new();
        str path = str_format(each, "%s/%s", folder, entry->d_name);
        check(each, path, corpus_file(each, str_z(each, path)));
        count++;
    }
    closedir(dir);
    assert_true(count > 0);
}
