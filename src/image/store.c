// Puts finished variants on disk under names made of their content.
// SPDX-License-Identifier: Apache-2.0
#include "image/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "crypto/hash.h"
#include "image/image.h"
#include "image/protocol.h"
#include "image/reply.h"

enum {
    NAME_DIGITS = 32, // of the hash: 128 bits
    SHELF_DIGITS = 2, // of it name the folder, so that none grows to millions of files
    LEFT_SECONDS = 3600,
};

// Files on their way in stand at the top of the folder under this and a number.
#define NEW ".new-"

static error trouble(struct arena *a, str where, const char *what)
{
    int problem = errno;
    return failure(a, problem == ENOSPC || problem == EDQUOT ? FAULT_LIMIT : FAULT_IO, where,
                   "cannot %s its variants: %s", what, strerror(problem));
}

// One name for all of a set, so that they stand together; any byte of any of them changes it.
static str set_hash(struct arena *a, const struct reply *r)
{
    struct buf all = buf_new(a, (size_t)IMAGE_MOST_VARIANTS * 64);
    for (size_t i = 0; i < r->set.count; i++)
        buf_add(&all, sha256_hex(a, r->bytes[i]));
    return str_sub(sha256_hex(a, buf_str(&all)), 0, NAME_DIGITS);
}

static str variant_name(struct arena *a, str hash, const struct image_variant *v)
{
    str kind = v->media_type, shelf = str_sub(hash, 0, SHELF_DIGITS);
    str_cut(&kind, '/');
    if (str_eq(kind, S("jpeg")))
        kind = S("jpg");
    static const char *const alone[] = {[IMAGE_SHARE] = "share",
                                        [IMAGE_ANIMATION] = "animation",
                                        [IMAGE_TOUCH] = "touch",
                                        [IMAGE_MASKABLE] = "maskable"};
    if ((size_t)v->role < sizeof alone / sizeof *alone && alone[v->role])
        return str_format(a, "%.*s/%.*s-%s.%.*s", STR(shelf), STR(hash), alone[v->role], STR(kind));
    return str_format(a, "%.*s/%.*s-%d.%.*s", STR(shelf), STR(hash), (int)v->width, STR(kind));
}

static bool write_all(int fd, str bytes)
{
    while (bytes.len) {
        ssize_t count = write(fd, bytes.ptr, bytes.len);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return false;
        bytes = str_from(bytes, (size_t)count);
    }
    return true;
}

// Writes one file and has it reach the disk; it is gone again when that fails.
static error write_new(struct arena *a, int folder, str where, const char *name, str bytes)
{
    int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (fd < 0)
        return trouble(a, where, "create a file for");
    error e = NULL;
    if (!write_all(fd, bytes) || fsync(fd))
        e = trouble(a, where, "write");
    if (close(fd) && !e)
        e = trouble(a, where, "write");
    if (e)
        unlinkat(folder, name, 0);
    return e;
}

// The entries themselves must reach the disk too, or a power cut takes files that were promised.
static error sync_folder(struct arena *a, int folder, str where, const char *path)
{
    int fd = openat(folder, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    int status = fd < 0 ? -1 : fsync(fd);
    error e = status ? trouble(a, where, "store") : NULL;
    if (fd >= 0)
        close(fd);
    return e;
}

static error make_shelf(struct arena *a, int folder, str where, const char *shelf)
{
    if (!mkdirat(folder, shelf, 0755))
        return sync_folder(a, folder, where, ".");
    return errno == EEXIST ? NULL : trouble(a, where, "make a folder for");
}

// Writes every variant beside its place and then, when all are whole, moves each there.
static error place(struct arena *a, int folder, str where, struct reply *r, char **fresh)
{
    static atomic_uint_fast64_t counter;
    struct image_set *set = &r->set;
    for (size_t i = 0; i < set->count; i++) {
        char *name = str_z(a, str_format(a, NEW "%d-%llu", (int)getpid(),
                                         (unsigned long long)atomic_fetch_add(&counter, 1)));
        try(write_new(a, folder, where, name, r->bytes[i]));
        fresh[i] = name;
    }
    for (size_t i = 0; i < set->count; i++) {
        if (renameat(folder, fresh[i], folder, str_z(a, set->variants[i].name)))
            return trouble(a, where, "put in place");
        fresh[i] = NULL;
    }
    return NULL;
}

error store_variants(struct arena *a, int folder, str where, struct reply *reply)
{
    str hash = set_hash(a, reply);
    char *shelf = str_z(a, str_sub(hash, 0, SHELF_DIGITS));
    for (size_t i = 0; i < reply->set.count; i++)
        reply->set.variants[i].name = variant_name(a, hash, &reply->set.variants[i]);
    try(make_shelf(a, folder, where, shelf));
    char **fresh = arena_array(a, char *, IMAGE_MOST_VARIANTS);
    error e = place(a, folder, where, reply, fresh);
    for (size_t i = 0; e && i < reply->set.count; i++) {
        if (fresh[i])
            unlinkat(folder, fresh[i], 0);
    }
    return e ? e : sync_folder(a, folder, where, shelf);
}

void image_sweep(int folder)
{
    int copy = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *listing = copy < 0 ? NULL : fdopendir(copy);
    if (!listing) {
        if (copy >= 0)
            close(copy);
        return;
    }
    time_t old = time(NULL) - LEFT_SECONDS;
    for (struct dirent *entry; (entry = readdir(listing));) {
        struct stat about;
        if (str_starts(str_of(entry->d_name), S(NEW)) &&
            !fstatat(folder, entry->d_name, &about, AT_SYMLINK_NOFOLLOW) && about.st_mtime < old)
            unlinkat(folder, entry->d_name, 0);
    }
    closedir(listing);
}
