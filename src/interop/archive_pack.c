// Writes a tar file, compressed as its name says, that has its name once it is whole.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_pack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/heap.h"

struct pack {
    struct archive *to;
    struct arena *kept;
    const char *path, *partial; // NULL for standard output
    int fd;
};

static error refused(struct arena *a, str where)
{
    return failure(a, FAULT_IO, where, "%s: check disk and space", strerror(errno));
}

static error said(struct pack *p, struct arena *a)
{
    const char *why = archive_error_string(p->to);
    return failure(a, FAULT_IO, str_of(p->path ? p->path : "standard output"),
                   "cannot be written: %s", why ? why : "no reason given");
}

static error open_file(struct arena *a, struct pack *p, str path)
{
    p->path = str_z(p->kept, path);
    if (access(p->path, F_OK) == 0)
        return failure(a, FAULT_CONFLICT, path, "is there already: name another file");
    p->partial = str_z(p->kept, str_format(a, "%.*s.partial", STR(path)));
    // It holds what is not for readers: addresses of those who comment, drafts.
    p->fd = open(p->partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (p->fd >= 0)
        return NULL;
    p->partial = NULL;
    return refused(a, path);
}

static bool set_filter(struct archive *to, str path)
{
    if (str_eq(path, S("-")) || str_ends(path, S(".tar")))
        return archive_write_add_filter_none(to) == ARCHIVE_OK;
    if (str_ends(path, S(".tar.gz")) || str_ends(path, S(".tgz")))
        return archive_write_add_filter_gzip(to) == ARCHIVE_OK &&
               archive_write_set_filter_option(to, "gzip", "timestamp", NULL) == ARCHIVE_OK;
    return str_ends(path, S(".tar.zst")) && archive_write_add_filter_zstd(to) == ARCHIVE_OK;
}

static error set_up(struct arena *a, struct pack *p, str path)
{
    p->to = archive_write_new();
    if (!p->to || !set_filter(p->to, path))
        return failure(a, FAULT_INPUT, path,
                       "an archive's name ends with .tar.zst, .tar.gz or .tar");
    p->fd = STDOUT_FILENO;
    if (!str_eq(path, S("-")))
        try(open_file(a, p, path));
    // Plain tar headers, with extended ones only where a file of 8 GiB or more needs them.
    if (archive_write_set_format_pax_restricted(p->to) != ARCHIVE_OK ||
        archive_write_set_bytes_in_last_block(p->to, 1) != ARCHIVE_OK ||
        archive_write_open_fd(p->to, p->fd) != ARCHIVE_OK)
        return said(p, a);
    return NULL;
}

error pack_create(struct arena *a, str path, struct pack **out)
{
    struct pack *p = heap_new(struct pack);
    p->kept = arena_new();
    p->fd = -1;
    error e = set_up(a, p, path);
    if (e)
        pack_close(p);
    else
        *out = p;
    return e;
}

error pack_member(struct pack *p, struct arena *a, str name, int64_t size, instant at)
{
    struct archive_entry *entry = archive_entry_new();
    archive_entry_set_pathname(entry, str_z(a, name));
    archive_entry_set_filetype(entry, AE_IFREG);
    archive_entry_set_perm(entry, 0600);
    archive_entry_set_size(entry, size);
    archive_entry_set_mtime(entry, at.ms / 1000, 0);
    int code = archive_write_header(p->to, entry);
    archive_entry_free(entry);
    return code == ARCHIVE_OK ? NULL : said(p, a);
}

error pack_add(struct pack *p, struct arena *a, str bytes)
{
    if (!bytes.len)
        return NULL;
    la_ssize_t written = archive_write_data(p->to, bytes.ptr, bytes.len);
    return written == (la_ssize_t)bytes.len ? NULL : said(p, a);
}

static error give_name(struct pack *p, struct arena *a)
{
    if (fsync(p->fd) < 0)
        return refused(a, str_of(p->path));
    // A link, not a rename: it takes no other file's place.
    if (link(p->partial, p->path) < 0)
        return refused(a, str_of(p->path));
    return NULL;
}

error pack_finish(struct pack *p, struct arena *a, int64_t *size)
{
    if (archive_write_close(p->to) != ARCHIVE_OK)
        return said(p, a);
    *size = archive_filter_bytes(p->to, -1);
    return p->path ? give_name(p, a) : NULL;
}

void pack_close(struct pack *p)
{
    if (p->to)
        archive_write_free(p->to);
    if (p->partial) {
        unlink(p->partial);
        close(p->fd);
    }
    arena_free(p->kept);
    heap_free(p);
}
