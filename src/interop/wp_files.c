// The files of uploads in a folder that was copied from the old server.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "text/url.h"

enum { NAME_LONGEST = 255, DEPTH_MOST = 16 };

// ---- names

static size_t digits_before(str s, size_t end)
{
    size_t n = 0;
    while (n < end && s.ptr[end - n - 1] >= '0' && s.ptr[end - n - 1] <= '9')
        n++;
    return n;
}

// Bytes of "-300x200" at the end.
static size_t size_at_end(str s)
{
    size_t height = digits_before(s, s.len), at = s.len - height;
    if (!height || !at || s.ptr[at - 1] != 'x')
        return 0;
    size_t width = digits_before(s, at - 1);
    at = at - 1 - width;
    return width && at && s.ptr[at - 1] == '-' ? s.len - at + 1 : 0;
}

static size_t mark_at_end(str s)
{
    static const str marks[] = {S("-scaled"), S("-rotated")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (str_ends(s, marks[i]))
            return marks[i].len;
    return size_at_end(s);
}

str wp_name_of_original(struct arena *a, str address)
{
    ptrdiff_t dot = str_rfind_char(address, '.'), slash = str_rfind_char(address, '/');
    if (dot < 0 || dot < slash)
        return STR_NONE;
    str stem = str_sub(address, 0, (size_t)dot);
    size_t mark = mark_at_end(str_from(stem, (size_t)(slash + 1)));
    if (!mark)
        return STR_NONE;
    return str_join(a, str_sub(stem, 0, stem.len - mark), str_from(address, (size_t)dot));
}

// ---- files

static bool may_be_name(str s)
{
    if (!s.len || s.len > NAME_LONGEST || str_eq(s, S(".")) || str_eq(s, S("..")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!s.ptr[i] || s.ptr[i] == '/')
            return false;
    return true;
}

// A regular file; nothing else is waited for, as for a pipe.
static int open_last(struct arena *a, int folder, str name)
{
    struct stat about;
    int file = openat(folder, str_z(a, name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (file >= 0 && (fstat(file, &about) || !S_ISREG(about.st_mode))) {
        close(file);
        return -1;
    }
    return file;
}

// Folder by folder, so that no link on the way can lead out.
static int open_below(struct arena *a, int folder, str path)
{
    int at = folder, result = -1;
    for (int depth = 0; depth < DEPTH_MOST; depth++) {
        str part = str_cut(&path, '/');
        int next = -1;
        if (!may_be_name(part))
            break;
        if (!path.ptr)
            result = open_last(a, at, part);
        else
            next = openat(at, str_z(a, part), O_PATH | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (at != folder)
            close(at);
        at = next;
        if (next < 0)
            return result;
    }
    if (at != folder)
        close(at);
    return result;
}

static int open_some_end(struct arena *a, int folder, str path, str *name)
{
    for (int depth = 0; path.ptr && depth < DEPTH_MOST; depth++) {
        int file = open_below(a, folder, path);
        *name = path;
        if (file >= 0)
            return file;
        str_cut(&path, '/');
    }
    return -1;
}

int wp_file_open(struct arena *a, int folder, str url, str *name)
{
    str path = url_path(url);
    size_t end = 0;
    while (end < path.len && path.ptr[end] != '?' && path.ptr[end] != '#')
        end++;
    path = url_decode(a, str_sub(path, 0, end));
    while (str_starts(path, S("/")))
        path = str_from(path, 1);
    int file = open_some_end(a, folder, path, name);
    str original = wp_name_of_original(a, path);
    if (file < 0 && original.ptr)
        file = open_some_end(a, folder, original, name);
    return file;
}
