// The story files that paths on the command line stand for.
// SPDX-License-Identifier: Apache-2.0
#include "interop/file_list.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/arena.h"

struct collection {
    struct arena *arena;
    struct listed_file *files;
    size_t count, cap;
};

struct names {
    str *all;
    size_t count;
};

static error add_file(struct collection *c, str path)
{
    if (c->count == FILES_MOST)
        return failure(c->arena, FAULT_LIMIT, path, "there are more than %d files; name fewer",
                       FILES_MOST);
    if (c->count == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 64;
        c->files =
            arena_grow(c->arena, c->files, c->cap * sizeof *c->files, cap * sizeof *c->files);
        c->cap = cap;
    }
    char buffer[PATH_MAX];
    const char *real = realpath(str_z(c->arena, path), buffer);
    c->files[c->count++] =
        (struct listed_file){path, real ? str_copy(c->arena, str_of(real)) : path};
    return NULL;
}

static bool is_story(str name)
{
    static const str endings[] = {S(".md"), S(".html"), S(".htm"), S(".markdown")};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (name.len > endings[i].len &&
            str_eq_nocase(str_from(name, name.len - endings[i].len), endings[i]))
            return true;
    return false;
}

static error add_folder(struct collection *c, str path, int depth);

// Links are followed to files, not to folders, which could lead round in circles.
static error add_entry(struct collection *c, str path, str name, int depth)
{
    struct stat about;
    char *z = str_z(c->arena, path);
    if (lstat(z, &about) < 0)
        return NULL;
    if (S_ISDIR(about.st_mode))
        return add_folder(c, path, depth);
    if (S_ISLNK(about.st_mode) && stat(z, &about) < 0)
        return NULL;
    return S_ISREG(about.st_mode) && is_story(name) ? add_file(c, path) : NULL;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(*(const str *)a, *(const str *)b);
}

static error read_names(struct collection *c, DIR *folder, str path, struct names *out)
{
    size_t cap = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        if (entry->d_name[0] == '.')
            continue;
        if (out->count == FILES_MOST)
            return failure(c->arena, FAULT_LIMIT, path, "holds more than %d files", FILES_MOST);
        if (out->count == cap) {
            out->all =
                arena_grow(c->arena, out->all, cap * sizeof(str), (cap + 64) * 2 * sizeof(str));
            cap = (cap + 64) * 2;
        }
        out->all[out->count++] = str_copy(c->arena, str_of(entry->d_name));
    }
    if (out->count)
        qsort(out->all, out->count, sizeof(str), by_name);
    return NULL;
}

static error add_folder(struct collection *c, str path, int depth)
{
    struct names names = {0};
    if (depth == FOLDERS_DEEP)
        return failure(c->arena, FAULT_LIMIT, path, "stands more than %d folders deep",
                       FOLDERS_DEEP);
    DIR *folder = opendir(str_z(c->arena, path));
    if (!folder)
        return failure(c->arena, FAULT_IO, path, "the folder cannot be read: %s", strerror(errno));
    error e = read_names(c, folder, path, &names);
    closedir(folder);
    try(e);
    while (path.len > 1 && str_ends(path, S("/")))
        path.len--;
    for (size_t i = 0; i < names.count; i++)
        try(add_entry(c, str_format(c->arena, "%.*s/%.*s", STR(path), STR(names.all[i])),
                      names.all[i], depth + 1));
    return NULL;
}

static bool is_folder(struct arena *a, str path)
{
    struct stat about;
    return stat(str_z(a, path), &about) == 0 && S_ISDIR(about.st_mode);
}

error file_list(struct arena *a, const str *paths, size_t count, struct listed_file **out,
                size_t *out_count)
{
    struct collection c = {.arena = a};
    for (size_t i = 0; i < count; i++) {
        size_t before = c.count;
        if (!is_folder(a, paths[i])) {
            try(add_file(&c, paths[i]));
            continue;
        }
        try(add_folder(&c, paths[i], 0));
        if (c.count == before)
            return failure(a, FAULT_NOT_FOUND, paths[i],
                           "there is no file that ends in .md, .html or .htm in this folder");
    }
    *out = c.files;
    *out_count = c.count;
    return NULL;
}
