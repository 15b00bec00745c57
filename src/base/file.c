// Whole files, with a limit.
// SPDX-License-Identifier: Apache-2.0
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

static error io(struct arena *a, str path)
{
    return failure(a, errno == ENOENT ? FAULT_NOT_FOUND : FAULT_IO, path, "%s", strerror(errno));
}

error file_read_from(struct arena *a, str path, int fd, size_t most, str *out)
{
    struct stat about;
    if (fstat(fd, &about) < 0)
        return io(a, path);
    if (S_ISDIR(about.st_mode))
        return failure(a, FAULT_INPUT, path, "is a folder, not a file");
    if (about.st_size < 0 || (size_t)about.st_size > most)
        return failure(a, FAULT_LIMIT, path, "is larger than the %zu bytes allowed here", most);
    size_t size = (size_t)about.st_size, done = 0;
    char *text = arena_text(a, size + 1);
    while (done < size) {
        ssize_t n = read(fd, text + done, size - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return io(a, path);
        if (n == 0)
            break;
        done += (size_t)n;
    }
    *out = (str){text, done};
    return NULL;
}

error file_read(struct arena *a, str path, size_t most, str *out)
{
    int fd = open(str_z(a, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return io(a, path);
    error e = file_read_from(a, path, fd, most, out);
    close(fd);
    return e;
}

error file_read_if_there(struct arena *a, str path, size_t most, str *out, bool *found)
{
    error e = file_read(a, path, most, out);
    *found = !e;
    return e && e->fault != FAULT_NOT_FOUND ? e : NULL;
}

error directory_make(struct arena *a, str path)
{
    char *text = str_z(a, path);
    for (char *slash = strchr(text + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        if (mkdir(text, 0750) < 0 && errno != EEXIST)
            return io(a, path);
        *slash = '/';
    }
    return mkdir(text, 0750) < 0 && errno != EEXIST ? io(a, path) : NULL;
}
