// Draws pictures of our own on demand, a few at a time.
// SPDX-License-Identifier: Apache-2.0
#include "site/drawing.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"

// ---- the helper program

static char helper_path[PATH_MAX];

static void find_helper(void)
{
    str path;
    arena_scoped a = arena_new();
    if (!image_helper(a, &path) && path.len < sizeof helper_path)
        memcpy(helper_path, path.ptr, path.len);
}

static str helper(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, find_helper);
    return str_of(helper_path);
}

bool drawing_can(void)
{
    return helper().len > 0;
}

// ---- turns

static struct {
    pthread_mutex_t lock;
    pthread_cond_t free;
    int drawing, waiting;
} turns = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0, 0};

static struct timespec in_ms(int64_t ms)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    t.tv_sec += ms / 1000;
    t.tv_nsec += ms % 1000 * 1000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_sec++;
        t.tv_nsec -= 1000000000;
    }
    return t;
}

// Pages are not to wait because of pictures: whoever would fill the queue is turned away.
static bool take_turn(void)
{
    struct timespec end = in_ms(DRAWING_WAIT_MS);
    bool late = false;
    pthread_mutex_lock(&turns.lock);
    if (turns.drawing == DRAWING_AT_ONCE && turns.waiting < DRAWING_WAITING) {
        turns.waiting++;
        while (turns.drawing == DRAWING_AT_ONCE && !late)
            late = pthread_cond_timedwait(&turns.free, &turns.lock, &end) != 0;
        turns.waiting--;
    }
    bool mine = turns.drawing < DRAWING_AT_ONCE;
    turns.drawing += mine;
    pthread_mutex_unlock(&turns.lock);
    return mine;
}

static void end_turn(void)
{
    pthread_mutex_lock(&turns.lock);
    turns.drawing--;
    pthread_cond_signal(&turns.free);
    pthread_mutex_unlock(&turns.lock);
}

// Not where the drawing is made, for there fonts can be read: a picture from outside is decoded
// where nothing can.
static error read_mark(struct arena *a, const struct image_options *options,
                       const struct drawing_mark *mark, struct image_overlay *out)
{
    struct image_options own = *options;
    own.where = mark->file;
    int file = openat(mark->folder, str_z(a, mark->file), O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (file < 0)
        return failure(a, FAULT_IO, own.where, "%s", strerror(errno));
    error e = image_read_pixels(a, &own, file, mark->room, &out->pixels);
    close(file);
    out->x = mark->x + (mark->room.width - out->pixels.width) / 2;
    out->y = mark->y + (mark->room.height - out->pixels.height) / 2;
    return e;
}

static error draw(struct arena *a, struct image_options *options, const struct drawing *drawing,
                  str *bytes)
{
    struct image_overlay over = {0};
    if (drawing->mark) {
        try(read_mark(a, options, drawing->mark, &over));
        options->over = &over;
    }
    return image_draw_one(a, options, drawing->svg, drawing->size, S("image/png"), bytes);
}

error drawing_png(struct arena *a, const struct drawing *drawing, str *bytes)
{
    str where = drawing->where;
    struct image_options options = {
        .helper = helper(), .folder = -1, .where = where, .time_limit_ms = DRAWING_MS};
    if (!options.helper.len)
        return failure(a, FAULT_NOT_FOUND, where, "this installation has no picture helper");
    if (!take_turn())
        return failure(a, FAULT_BUSY, where, "other pictures are being drawn");
    error e = draw(a, &options, drawing, bytes);
    end_turn();
    // A drawing of ours keeps all limits but that of time, on a machine that has much else to do.
    if (e && e->fault == FAULT_LIMIT)
        return failure(a, FAULT_BUSY, e->where, "%.*s", STR(e->message));
    return e;
}

str drawing_family(enum fit_face face)
{
    return face == FIT_NEWSREADER ? S(DRAWING_SERIF) : S(DRAWING_SANS);
}

str drawing_text(struct arena *a, str text)
{
    struct buf out = buf_new(a, text.len * 6);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '&')
            buf_add(&out, S("&amp;"));
        else if (c == '<')
            buf_add(&out, S("&lt;"));
        else if (c == '>')
            buf_add(&out, S("&gt;"));
        else if (c == '"')
            buf_add(&out, S("&quot;"));
        else if (c >= ' ')
            buf_add_char(&out, (char)c);
    }
    return buf_str(&out);
}
