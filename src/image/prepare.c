// Takes a picture in: looks at it, has the helper size it, stores what comes back.
// SPDX-License-Identifier: Apache-2.0
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "image/helper.h"
#include "image/image.h"
#include "image/protocol.h"
#include "image/reply.h"
#include "image/store.h"

enum { FIRST_BYTES = 4096 };

// What needs no helper to be refused. The helper looks for itself all the same.
static error refuse_early(struct arena *a, const struct image_options *o, str first_bytes,
                          int64_t size)
{
    str where = o->where;
    str type = image_media_type(first_bytes);
    if (size == 0)
        return failure(a, FAULT_INPUT, where, "is empty, not a picture");
    if (size > IMAGE_MOST_BYTES)
        return failure(a, FAULT_LIMIT, where, "has %lld MB; a picture has at most %d",
                       (long long)(size >> 20), IMAGE_MOST_BYTES >> 20);
    if (str_eq(type, S("image/svg+xml")))
        return failure(a, FAULT_INPUT, where,
                       "is an SVG drawing, which can run as a program and is not taken; save it as "
                       "PNG");
    if (str_eq(type, S("image/heic")) || str_eq(type, S("image/avif")))
        return failure(a, FAULT_INPUT, where, "is a picture of type %.*s; save it as JPEG",
                       STR(type));
    if (!type.len)
        return failure(a, FAULT_INPUT, where, "is not a JPEG, PNG, WebP or GIF picture");
    if (o->icon && !str_eq(type, S("image/png")) && !str_eq(type, S("image/webp")))
        return failure(a, FAULT_INPUT, where,
                       "is a picture of type %.*s; an icon has to be PNG or WebP", STR(type));
    return NULL;
}

// Has the helper work on the file; what it made lies in `large`.
static error ask_helper(struct arena *a, struct arena *large, const struct image_options *o,
                        str order, int file, struct reply *reply)
{
    struct helper_end end;
    try(helper_run(a, large, o, order, file, &end));
    if (end.late || end.talkative || !reply_parse(a, end.reply, reply))
        return helper_failure(a, o, &end);
    if (reply->refused)
        return failure(a, reply->fault, o->where, "%.*s", STR(reply->sentence));
    return NULL;
}

static error hand_over(struct arena *a, const struct image_options *o, str order, int file,
                       struct image_set *out)
{
    arena_scoped scratch = arena_new();
    struct reply reply;
    try(ask_helper(a, scratch, o, order, file, &reply));
    try(store_variants(a, o->folder, o->where, &reply));
    *out = reply.set;
    return NULL;
}

static str order_of(struct arena *a, const struct image_options *o)
{
    if (o->icon)
        return S("icon");
    return o->focused ? str_format(a, "%d,%d", o->focus_x, o->focus_y) : S("-");
}

static error check_file(struct arena *a, const struct image_options *o, int file)
{
    struct stat about;
    char first[FIRST_BYTES];
    if (fstat(file, &about))
        return failure(a, FAULT_IO, o->where, "cannot be read: %s", strerror(errno));
    if (!S_ISREG(about.st_mode))
        return failure(a, FAULT_INPUT, o->where, "is not a regular file");
    ssize_t count = pread(file, first, sizeof first, 0);
    if (count < 0)
        return failure(a, FAULT_IO, o->where, "cannot be read: %s", strerror(errno));
    return refuse_early(a, o, (str){first, (size_t)count}, about.st_size);
}

error image_prepare_file(struct arena *a, const struct image_options *o, int file,
                         struct image_set *out)
{
    try(check_file(a, o, file));
    return hand_over(a, o, order_of(a, o), file, out);
}

error image_read_pixels(struct arena *a, const struct image_options *o, int file,
                        struct image_size room, struct image_pixels *out)
{
    struct reply reply;
    arena_scoped scratch = arena_new();
    str order = str_format(a, "pixels-%lldx%lld", (long long)room.width, (long long)room.height);
    try(check_file(a, o, file));
    try(ask_helper(a, scratch, o, order, file, &reply));
    const struct image_variant *found = &reply.set.variants[0];
    if (reply.set.count != 1 || found->role != IMAGE_PIXELS || found->width > room.width ||
        found->height > room.height)
        return failure(a, FAULT_IO, o->where, "the picture helper read something else");
    *out = (struct image_pixels){found->width, found->height, str_copy(a, reply.bytes[0])};
    return NULL;
}

static bool fill(int fd, str bytes)
{
    while (bytes.len) {
        ssize_t count = write(fd, bytes.ptr, bytes.len);
        if (count <= 0)
            return false;
        bytes = str_from(bytes, (size_t)count);
    }
    return true;
}

static error file_of(struct arena *a, str where, str bytes, int *out)
{
    int file = memfd_create("picture", MFD_CLOEXEC);
    if (file < 0 || !fill(file, bytes)) {
        int problem = errno;
        if (file >= 0)
            close(file);
        return failure(a, FAULT_IO, where, "cannot be handed to the helper: %s", strerror(problem));
    }
    *out = file;
    return NULL;
}

error image_prepare(struct arena *a, const struct image_options *o, str bytes,
                    struct image_set *out)
{
    int file;
    try(refuse_early(a, o, str_sub(bytes, 0, FIRST_BYTES), (int64_t)bytes.len));
    try(file_of(a, o->where, bytes, &file));
    error e = hand_over(a, o, order_of(a, o), file, out);
    close(file);
    return e;
}

static error check_drawing(struct arena *a, str where, str svg)
{
    if (!str_eq(image_media_type(svg), S("image/svg+xml")))
        return failure(a, FAULT_INPUT, where, "is not an SVG drawing");
    if (svg.len > IMAGE_MOST_DRAWING)
        return failure(a, FAULT_LIMIT, where, "has %zu bytes; a drawing has at most %d", svg.len,
                       IMAGE_MOST_DRAWING);
    return NULL;
}

error image_draw(struct arena *a, const struct image_options *o, str svg, struct image_set *out)
{
    int file;
    str order = o->focused ? str_join(a, S("draw-at-"), order_of(a, o)) : S("draw");
    try(check_drawing(a, o->where, svg));
    try(file_of(a, o->where, svg, &file));
    error e = hand_over(a, o, order, file, out);
    close(file);
    return e;
}

static str draw_order(struct arena *a, const struct image_options *o, struct image_size size,
                      str media_type)
{
    str order =
        str_format(a, "draw-%s-%lldx%lld", str_eq(media_type, S("image/png")) ? "png" : "jpeg",
                   (long long)size.width, (long long)size.height);
    if (!o->over)
        return order;
    const struct image_pixels *pixels = &o->over->pixels;
    return str_format(a, "%.*s-over-%lldx%lld-%lld,%lld", STR(order), (long long)pixels->width,
                      (long long)pixels->height, (long long)o->over->x, (long long)o->over->y);
}

error image_draw_one(struct arena *a, const struct image_options *o, str svg,
                     struct image_size size, str media_type, str *bytes)
{
    int file;
    struct reply reply;
    arena_scoped scratch = arena_new();
    str order = draw_order(a, o, size, media_type);
    try(check_drawing(a, o->where, svg));
    str input = o->over ? str_join(scratch, svg, o->over->pixels.rgba) : svg;
    try(file_of(a, o->where, input, &file));
    error e = ask_helper(a, scratch, o, order, file, &reply);
    close(file);
    if (e)
        return e;
    const struct image_variant *drawn = &reply.set.variants[0];
    if (reply.set.count != 1 || drawn->role != IMAGE_DRAWN || drawn->width != size.width ||
        drawn->height != size.height || !str_eq(drawn->media_type, media_type))
        return failure(a, FAULT_IO, o->where, "the picture helper drew something else");
    *bytes = str_copy(a, reply.bytes[0]);
    return NULL;
}

// Where the helper stands as seen from the folder of the running program: installed apart, built
// beside it, built in its own folder.
static const char *const places[] = {"broadsheet-image", "../libexec/broadsheet/broadsheet-image",
                                     "helpers/image/broadsheet-image",
                                     "../../helpers/image/broadsheet-image"};

error image_helper(struct arena *a, str *path)
{
    char own[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", own, sizeof own);
    if (length <= 0)
        return failure(a, FAULT_IO, S("picture helper"), "cannot tell where this program is: %s",
                       strerror(errno));
    str folder = {own, (size_t)length};
    folder.len = (size_t)(str_rfind_char(folder, '/') + 1);
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        str candidate = str_join(a, folder, str_of(places[i]));
        if (!access(str_z(a, candidate), X_OK)) {
            *path = candidate;
            return NULL;
        }
    }
    return failure(a, FAULT_NOT_FOUND, S("picture helper"),
                   "broadsheet-image is not beside this program in %.*s nor in "
                   "../libexec/broadsheet; build or install it",
                   STR(folder));
}
