// The picture files of a data directory: listed for an archive, and put back from one.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "interop/archive_manifest.h"

enum { CHUNK = 256 * 1024, FIRST = 64, OPEN_MOST = 16 };

// ---- out

struct listing {
    struct arena *arena;
    str folder;
    struct manifest_member *members;
    size_t count, cap;
};

static error add_folder(struct listing *l, str name, int depth) fallible;

static void add_file(struct listing *l, str name, int64_t size)
{
    if (l->count == l->cap) {
        size_t cap = l->cap ? l->cap * 2 : FIRST;
        l->members =
            arena_grow(l->arena, l->members, l->cap * sizeof *l->members, cap * sizeof *l->members);
        l->cap = cap;
    }
    l->members[l->count++] = (struct manifest_member){.name = name, .bytes = size};
}

static error add_entry(struct listing *l, int dir, str name, const char *entry, int depth)
{
    struct stat about;
    str inside = str_format(l->arena, "%.*s%s", STR(name), entry);
    if (fstatat(dir, entry, &about, AT_SYMLINK_NOFOLLOW) < 0)
        return failure(l->arena, FAULT_IO, inside, "%s", strerror(errno));
    if (S_ISDIR(about.st_mode))
        return add_folder(l, str_join(l->arena, inside, S("/")), depth + 1);
    // What begins with a dot is half-written or somebody's own.
    if (S_ISREG(about.st_mode) && entry[0] != '.')
        add_file(l, inside, about.st_size);
    return NULL;
}

static str place_of(struct arena *a, str folder, str name)
{
    return str_format(a, "%.*s/%.*s", STR(folder), STR(str_from(name, ARCHIVE_FILES.len)));
}

static error add_folder(struct listing *l, str name, int depth)
{
    if (depth > ARCHIVE_FILE_DEPTH)
        return failure(l->arena, FAULT_LIMIT, name, "is too deep a folder");
    DIR *dir = opendir(str_z(l->arena, place_of(l->arena, l->folder, name)));
    if (!dir)
        return errno == ENOENT && depth == 0
                   ? NULL
                   : failure(l->arena, FAULT_IO, name, "%s", strerror(errno));
    error e = NULL;
    for (struct dirent *entry; !e && (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            e = add_entry(l, dirfd(dir), name, entry->d_name, depth);
    closedir(dir);
    return e;
}

static int by_name(const void *a, const void *b)
{
    return str_cmp(((const struct manifest_member *)a)->name,
                   ((const struct manifest_member *)b)->name);
}

error archive_files_list(struct arena *a, str folder, struct list *members)
{
    struct listing l = {.arena = a, .folder = folder};
    try(add_folder(&l, ARCHIVE_FILES, 0));
    if (l.count)
        qsort(l.members, l.count, sizeof *l.members, by_name);
    *members = (struct list){l.members, l.count};
    return NULL;
}

error archive_file_read(struct arena *a, str folder, str name,
                        error (*take)(void *context, str bytes), void *context)
{
    arena_scoped scratch = arena_new();
    char *room = arena_text(scratch, CHUNK);
    int fd = open(str_z(scratch, place_of(scratch, folder, name)), O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : 1;
    error e = NULL;
    while (!e && n > 0) {
        n = read(fd, room, CHUNK);
        if (n > 0)
            e = take(context, (str){room, (size_t)n});
    }
    if (n < 0)
        e = failure(a, FAULT_IO, name, "cannot be read: %s", strerror(errno));
    if (fd >= 0)
        close(fd);
    return e;
}

// ---- in

struct archive_files {
    struct arena *arena;
    str folder, partial;
    str name; // of the file being written
    int fd;
    bool begun, done;
};

static error refused(struct archive_files *f)
{
    return failure(f->arena, FAULT_IO, f->name, "cannot be stored: %s", strerror(errno));
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
    return remove(path);
}

static void remove_tree(struct archive_files *f, str folder)
{
    nftw(str_z(f->arena, folder), remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS);
}

error archive_files_begin(struct arena *a, str folder, struct archive_files **out)
{
    struct archive_files *f = arena_make(a, struct archive_files);
    *f = (struct archive_files){
        .arena = a, .folder = folder, .partial = str_join(a, folder, S(".partial")), .fd = -1};
    // An empty folder may stand there, and goes.
    if (rmdir(str_z(a, folder)) < 0 && errno != ENOENT)
        return failure(a, FAULT_CONFLICT, folder,
                       "holds pictures already: import into an empty data directory");
    *out = f;
    return NULL;
}

static error end_file(struct archive_files *f)
{
    int fd = f->fd;
    f->fd = -1;
    if (fd < 0)
        return NULL;
    bool stored = fsync(fd) == 0;
    if (close(fd) < 0 || !stored)
        return refused(f);
    return NULL;
}

error archive_files_add(struct archive_files *f, str name)
{
    try(end_file(f));
    if (!f->begun)
        remove_tree(f, f->partial); // left by an import that was killed
    f->begun = true;
    f->name = name;
    str path = place_of(f->arena, f->partial, name);
    try(directory_make(f->arena, str_sub(path, 0, (size_t)str_rfind_char(path, '/'))));
    f->fd = open(str_z(f->arena, path), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    return f->fd < 0 ? refused(f) : NULL;
}

error archive_files_write(struct archive_files *f, str bytes)
{
    while (bytes.len) {
        ssize_t n = write(f->fd, bytes.ptr, bytes.len);
        if (n < 0)
            return refused(f);
        bytes = str_from(bytes, (size_t)n);
    }
    return NULL;
}

error archive_files_finish(struct archive_files *f)
{
    try(end_file(f));
    if (f->begun && rename(str_z(f->arena, f->partial), str_z(f->arena, f->folder)) < 0)
        return refused(f);
    f->done = true;
    return NULL;
}

void archive_files_close(struct archive_files *f, bool undo)
{
    if (f->fd >= 0)
        close(f->fd);
    if (f->begun && !f->done)
        remove_tree(f, f->partial);
    else if (f->begun && undo)
        remove_tree(f, f->folder);
}
