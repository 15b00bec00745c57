// The files of pictures, as readers get them: from disk, each under a name that never means other
// bytes. SPDX-License-Identifier: Apache-2.0
#include "app/pictures.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/server.h"
#include "base/arena.h"
#include "base/log.h"
#include "model/picture.h"

// What the worker waits for to be read, so that the thread that sends need not; the system reads
// ahead of it in longer files.
enum { READ_AHEAD = 1 << 20 };

#define FOLDER S("/pictures/")

bool pictures_names(str path)
{
    return str_starts(path, FOLDER) && picture_is_file(str_from(path, FOLDER.len));
}

static str media_type(str name)
{
    return str_ends(name, S(".avif"))   ? S("image/avif")
           : str_ends(name, S(".webp")) ? S("image/webp")
           : str_ends(name, S(".png"))  ? S("image/png")
                                        : S("image/jpeg");
}

static void answer_nothing(struct http_answer *answer, int status, str text)
{
    answer->status = status;
    answer->headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n");
    answer->parts[0] = text;
    answer->part_count = 1;
}

static void close_file(void *held)
{
    close((int)(intptr_t)held);
}

// The name is one of ours, so it leads nowhere else; what stands there may still be no file.
static int open_picture(const struct server *s, const struct http_request *r, size_t *size)
{
    struct stat about;
    int file = openat(s->data_dir, str_z(r->arena, str_from(r->path, 1)),
                      O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (file < 0)
        return file;
    if (!fstat(file, &about) && S_ISREG(about.st_mode) && about.st_size > 0) {
        *size = (size_t)about.st_size;
        return file;
    }
    close(file);
    errno = ENOENT;
    return -1;
}

void pictures_answer(struct server *s, const struct http_request *r, struct http_answer *answer)
{
    size_t size = 0;
    int file = open_picture(s, r, &size);
    if (file < 0) {
        bool missing = errno == ENOENT || errno == ENOTDIR || errno == ELOOP;
        if (!missing)
            log_error("picture-unreadable", LOG_TEXT("path", r->path), LOG_NUMBER("errno", errno));
        answer_nothing(answer, missing ? 404 : 503,
                       missing ? S("There is no such picture.\n")
                               : S("The picture cannot be read just now.\n"));
        return;
    }
    if (r->method == HTTP_GET)
        readahead(file, 0, size < READ_AHEAD ? size : READ_AHEAD);
    str name = str_from(r->path, (size_t)str_rfind_char(r->path, '/') + 1);
    answer->status = 200;
    answer->headers = str_format(r->arena,
                                 "Content-Type: %.*s\r\n"
                                 "Cache-Control: public, max-age=31536000, immutable\r\n",
                                 STR(media_type(name)));
    answer->etag = str_format(r->arena, "\"%.*s\"", STR(name));
    answer->file = file;
    answer->file_length = size;
    answer->held = (void *)(intptr_t)file;
    answer->release = close_file;
}
