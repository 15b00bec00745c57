// Reads a tar file of any origin, member by member, within limits.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/heap.h"

enum { CHUNK = 256 * 1024 };

struct unpack {
    struct archive *from;
    struct arena *kept;
    str path;
    int fd;
    struct stat was;
    int64_t members, given; // so far
    char *room;             // what was read of a member and not yet given
    size_t cap, start, end;
};

static error said(struct unpack *u, struct arena *a)
{
    const char *why = archive_error_string(u->from);
    return failure(a, FAULT_INPUT, u->path,
                   "cannot be read as a tar file (plain, gzip or zstd): %s; is it whole?",
                   why ? why : "no reason given");
}

static error begin(struct unpack *u, struct arena *a)
{
    if (u->from)
        archive_read_free(u->from);
    u->members = u->given = 0;
    u->start = u->end = 0;
    u->from = archive_read_new();
    archive_read_support_format_tar(u->from);
    archive_read_support_filter_gzip(u->from);
    archive_read_support_filter_zstd(u->from);
    if (lseek(u->fd, 0, SEEK_SET) < 0)
        return failure(a, FAULT_INPUT, u->path, "is read twice, so it must be a file");
    if (archive_read_open_fd(u->from, u->fd, CHUNK) != ARCHIVE_OK)
        return said(u, a);
    return NULL;
}

static error open_file(struct unpack *u, struct arena *a)
{
    u->fd = open(str_z(a, u->path), O_RDONLY | O_CLOEXEC);
    if (u->fd < 0)
        return failure(a, errno == ENOENT ? FAULT_NOT_FOUND : FAULT_IO, u->path,
                       "cannot be opened: %s", strerror(errno));
    if (fstat(u->fd, &u->was) < 0 || !S_ISREG(u->was.st_mode))
        return failure(a, FAULT_INPUT, u->path, "is not a file");
    return begin(u, a);
}

error unpack_open(struct arena *a, str path, struct unpack **out)
{
    struct unpack *u = heap_new(struct unpack);
    u->kept = arena_new();
    u->path = str_copy(u->kept, path);
    u->cap = CHUNK;
    u->room = heap_resize(NULL, u->cap);
    error e = open_file(u, a);
    if (e)
        unpack_close(u);
    else
        *out = u;
    return e;
}

void unpack_close(struct unpack *u)
{
    if (!u)
        return;
    if (u->from)
        archive_read_free(u->from);
    if (u->fd >= 0)
        close(u->fd);
    heap_free(u->room);
    arena_free(u->kept);
    heap_free(u);
}

error unpack_rewind(struct unpack *u, struct arena *a)
{
    struct stat now;
    if (fstat(u->fd, &now) < 0 || now.st_size != u->was.st_size ||
        now.st_mtim.tv_sec != u->was.st_mtim.tv_sec ||
        now.st_mtim.tv_nsec != u->was.st_mtim.tv_nsec)
        return failure(a, FAULT_CONFLICT, u->path, "was changed while it was read: try again");
    return begin(u, a);
}

int unpack_permille(const struct unpack *u)
{
    int64_t size = u->was.st_size, read = archive_filter_bytes(u->from, -1);
    return size > 0 && read < size ? (int)(read * 1000 / size) : 1000;
}

// ---- members

static bool is_safe(str name)
{
    if (!name.len || name.len > UNPACK_NAME_MOST || name.ptr[0] == '/')
        return false;
    for (size_t i = 0; i < name.len; i++)
        if ((unsigned char)name.ptr[i] < ' ' || name.ptr[i] == 0x7f || name.ptr[i] == '\\')
            return false;
    while (name.ptr)
        if (str_eq(str_cut(&name, '/'), S("..")))
            return false;
    return true;
}

static error take_entry(struct unpack *u, struct arena *a, struct archive_entry *entry,
                        struct unpack_member *out, bool *file)
{
    str name = str_of(archive_entry_pathname(entry));
    while (str_starts(name, S("./")))
        name = str_from(name, 2);
    int kind = archive_entry_filetype(entry);
    *file = kind == AE_IFREG && !archive_entry_hardlink(entry);
    if (kind == AE_IFDIR && (!name.len || is_safe(name)))
        return NULL;
    if (!*file || !is_safe(name) || !str_valid_utf8(name))
        return failure(a, FAULT_INPUT, u->path,
                       "holds \"%.*s\": links, devices and names that lead elsewhere are refused",
                       STR(str_sub(name, 0, UNPACK_NAME_MOST)));
    *out = (struct unpack_member){str_copy(a, name), archive_entry_size(entry)};
    if (out->size < 0 || out->size > UNPACK_MOST)
        return failure(a, FAULT_LIMIT, name, "is too large");
    return NULL;
}

error unpack_next(struct unpack *u, struct arena *a, struct unpack_member *out, bool *found)
{
    for (;;) {
        struct archive_entry *entry;
        int code = archive_read_next_header(u->from, &entry);
        *found = code == ARCHIVE_OK;
        if (code == ARCHIVE_EOF)
            return NULL;
        if (code != ARCHIVE_OK)
            return said(u, a);
        if (++u->members > UNPACK_MEMBERS_MOST)
            return failure(a, FAULT_LIMIT, u->path, "holds more than %d files",
                           UNPACK_MEMBERS_MOST);
        bool file;
        u->start = u->end = 0;
        try(take_entry(u, a, entry, out, &file));
        if (file)
            return NULL;
    }
}

// ---- bytes

// Reads more behind what is there; *got 0 at the member's end.
static error fill(struct unpack *u, struct arena *a, size_t *got)
{
    la_ssize_t n = archive_read_data(u->from, u->room + u->end, u->cap - u->end);
    if (n < 0)
        return said(u, a);
    *got = (size_t)n;
    u->end += (size_t)n;
    u->given += n;
    int64_t from = archive_filter_bytes(u->from, -1);
    if (u->given > UNPACK_MOST || (u->given > UNPACK_FREE && u->given / UNPACK_RATIO_MOST > from))
        return failure(a, FAULT_LIMIT, u->path,
                       "%lld bytes of it become %lld: that is a bomb, not a newsroom",
                       (long long)from, (long long)u->given);
    return NULL;
}

error unpack_bytes(struct unpack *u, struct arena *a, str *out)
{
    size_t got = 0;
    u->start = u->end = 0;
    try(fill(u, a, &got));
    *out = (str){u->room, got};
    return NULL;
}

// Room for more of a line that has not ended yet.
static error make_room(struct unpack *u, struct arena *a, size_t most)
{
    if (u->start) {
        memmove(u->room, u->room + u->start, u->end - u->start);
        u->end -= u->start;
        u->start = 0;
    }
    if (u->end > most)
        return failure(a, FAULT_LIMIT, S("line"), "is longer than %zu bytes", most);
    if (u->end == u->cap) {
        u->cap *= 2;
        u->room = heap_resize(u->room, u->cap);
    }
    return NULL;
}

error unpack_line(struct unpack *u, struct arena *a, size_t most, str *out, bool *found)
{
    size_t searched = 0, got = 0;
    for (;;) {
        str rest = {u->room + u->start, u->end - u->start};
        ptrdiff_t at = str_find_char(str_from(rest, searched), '\n');
        if (at >= 0) {
            *out = str_sub(rest, 0, searched + (size_t)at);
            u->start += out->len + 1;
            *found = true;
            return NULL;
        }
        searched = rest.len;
        try(make_room(u, a, most));
        try(fill(u, a, &got));
        *found = false;
        if (!got && u->end > u->start)
            return failure(a, FAULT_INPUT, S("line"), "has no end: is the archive whole?");
        if (!got)
            return NULL;
    }
}
