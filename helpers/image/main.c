// broadsheet-image: sizes and re-encodes one picture from outside, shut in from everything else.
// SPDX-License-Identifier: Apache-2.0
//
//     broadsheet-image ORDER <PICTURE | …     as image/protocol.h describes
//     broadsheet-image --probe-sandbox TRIAL  says what the sandbox allows (probe.c),
//     broadsheet-image --probe-drawing TRIAL  and what that of a drawing does
//
// A drawing of the program's own (seed and share pictures, icons) is drawn in the same sandbox,
// which then lets fonts be read. The only program here that links libvips. sandbox.c shuts it in,
// picture.c decodes, variants.c encodes, answer.c writes. It ends after one picture, so it frees
// little and refuses by ending.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <vips/vips.h>

#include "helpers/image/answer.h"
#include "helpers/image/fonts.h"
#include "helpers/image/picture.h"
#include "helpers/image/probe.h"
#include "helpers/image/sandbox.h"
#include "helpers/image/variants.h"
#include "image/protocol.h"

enum { EXIT_USAGE = 2, THOUSANDTHS = 1000 };

// What to do with what stands in descriptor 0.
struct order {
    struct focus focus; // of a picture
    bool icon;          // whether an icon's pictures are made of it
    bool drawing;       // not a picture, but an SVG of our own
    bool pixels;        // whether its plain pixels are asked for, fitted into width and height
    int width, height;  // of a drawing's one picture; 0 for all variants
    bool png;           // and whether that is PNG, else JPEG
    struct mark mark;   // laid over it; its pixels end the input
};

// Of libgomp, which libvips brings in where it reduces colours with libimagequant: with threads
// that gives a picture other bytes each time.
extern void omp_set_num_threads(int) __attribute__((weak));

// Only the four loaders that this program is for, and none that libvips itself mistrusts; for a
// drawing only that of SVG.
static void open_vips(const char *name, bool drawing)
{
    static const char *const loaders[] = {"VipsForeignLoadJpeg", "VipsForeignLoadPng",
                                          "VipsForeignLoadNsgif", "VipsForeignLoadWebp"};
    // Else liborc, where libvips uses it, would write machine code, and libvips would keep large
    // pictures in files: neither can be done here.
    if (setenv("ORC_CODE", "emulate", 1) || setenv("VIPS_DISC_THRESHOLD", "4g", 1) ||
        VIPS_INIT(name))
        _exit(IMAGE_EXIT_OPEN);
    vips_concurrency_set(1);
    if (omp_set_num_threads)
        omp_set_num_threads(1);
    vips_cache_set_max(0);
    vips_block_untrusted_set(TRUE);
    vips_operation_block_set("VipsForeignLoad", TRUE);
    for (size_t i = 0; i < sizeof loaders / sizeof *loaders && !drawing; i++)
        vips_operation_block_set(loaders[i], FALSE);
    if (drawing)
        vips_operation_block_set("VipsForeignLoadSvg", FALSE);
}

// Into memory, so that nobody can change the picture after it was looked at.
static str read_picture(void)
{
    struct stat about;
    if (fstat(STDIN_FILENO, &about) || !S_ISREG(about.st_mode))
        refuse_input("is not a regular file");
    if (about.st_size == 0)
        refuse_input("is empty, not a picture");
    if (about.st_size > IMAGE_MOST_BYTES)
        refuse_limit("has %lld MB; a picture has at most %d", (long long)about.st_size >> 20,
                     IMAGE_MOST_BYTES >> 20);
    size_t size = (size_t)about.st_size;
    char *bytes = g_malloc(size);
    for (size_t done = 0; done < size;) {
        ssize_t count = pread(STDIN_FILENO, bytes + done, size - done, (off_t)done);
        if (count <= 0)
            refuse_input("cannot be read to its end");
        done += (size_t)count;
    }
    close(STDIN_FILENO);
    return (str){bytes, size};
}

static bool parse_focus(str x, struct focus *out)
{
    str y;
    int64_t across, down;
    if (str_eq(x, S("-"))) {
        *out = (struct focus){.given = false};
        return true;
    }
    ptrdiff_t comma = str_find_char(x, ',');
    if (comma < 0)
        return false;
    y = str_from(x, (size_t)comma + 1);
    if (!str_int(str_sub(x, 0, (size_t)comma), &across) || !str_int(y, &down) || across < 0 ||
        down < 0 || across > THOUSANDTHS || down > THOUSANDTHS)
        return false;
    *out = (struct focus){true, (int)across, (int)down};
    return true;
}

static bool parse_side(str text, int *out)
{
    int64_t side;
    if (!str_int(text, &side) || side < 1 || side > IMAGE_WIDEST)
        return false;
    *out = (int)side;
    return true;
}

// "1200x630" up to what comes next.
static bool parse_size(str *text, int *width, int *height)
{
    str side = str_cut(text, 'x');
    return parse_side(side, width) && parse_side(str_cut(text, '-'), height);
}

// "over-600x72-300,32", or nothing.
static bool parse_mark(str text, struct mark *out)
{
    if (!text.ptr)
        return true;
    int64_t x, y;
    bool fine =
        str_eq(str_cut(&text, '-'), S("over")) && parse_size(&text, &out->width, &out->height);
    if (!fine || !str_int(str_cut(&text, ','), &x) || !str_int(text, &y) || x < 0 || y < 0 ||
        x > IMAGE_WIDEST || y > IMAGE_WIDEST)
        return false;
    out->x = (int)x;
    out->y = (int)y;
    return true;
}

// What stands behind "draw".
static bool parse_drawing(str text, struct order *out)
{
    *out = (struct order){.drawing = true, .focus = {true, THOUSANDTHS / 2, THOUSANDTHS / 2}};
    if (!text.len)
        return true;
    str_cut(&text, '-');
    str word = str_cut(&text, '-');
    if (str_eq(word, S("at")))
        return parse_focus(text, &out->focus);
    out->png = str_eq(word, S("png"));
    if (!out->png && !str_eq(word, S("jpeg")))
        return false;
    return parse_size(&text, &out->width, &out->height) && parse_mark(text, &out->mark);
}

static bool parse_order(const char *text, struct order *out)
{
    str all = str_of(text), drawing = S("draw"), pixels = S("pixels-");
    out->icon = str_eq(all, S("icon"));
    out->focus = (struct focus){true, THOUSANDTHS / 2, THOUSANDTHS / 2};
    if (out->icon)
        return true;
    out->pixels = str_starts(all, pixels);
    str room = str_from(all, pixels.len);
    if (out->pixels)
        return parse_size(&room, &out->width, &out->height) && !room.ptr;
    return str_starts(all, drawing) ? parse_drawing(str_from(all, drawing.len), out)
                                    : parse_focus(all, &out->focus);
}

static void draw(struct picture *picture, str bytes, const struct order *order)
{
    const struct mark *mark = &order->mark;
    size_t pixels = (size_t)mark->width * (size_t)mark->height * IMAGE_PIXEL_BYTES;
    if (bytes.len <= pixels)
        refuse_input("is shorter than the mark to be laid over it");
    picture_draw(picture, str_sub(bytes, 0, bytes.len - pixels), order->width, order->height);
    if (pixels)
        picture_lay_over(picture, mark, bytes.ptr + bytes.len - pixels);
}

static void answer_picture(str bytes, struct order order, bool avif)
{
    struct picture picture;
    struct focus focus = order.focus;
    if (order.drawing) {
        draw(&picture, bytes, &order);
    } else {
        picture_look(&picture, bytes);
        if (order.icon)
            picture_check_icon(&picture);
        picture_decode(&picture);
    }
    find_focus(&picture, &focus);
    answer_line("picture type=%.*s width=%d height=%d alpha=%d focus=%d,%d",
                STR(picture.media_type), picture.width, picture.height, picture.alpha, focus.x,
                focus.y);
    if (order.pixels)
        make_pixels(&picture, order.width, order.height);
    else if (order.width)
        make_drawn(&picture, order.png);
    else if (order.icon)
        make_icons(&picture);
    else if (order.drawing)
        make_drawn_variants(&picture, focus);
    else
        make_variants(&picture, focus, avif);
    answer_line("done");
    picture_close(&picture);
}

static int usage(void)
{
    fputs("usage: broadsheet-image ORDER <PICTURE | …   (started by broadsheet)\n", stderr);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    struct order order = {0};
    bool probing = argc == 3 && str_starts(str_of(argv[1]), S("--probe-"));
    order.drawing = probing && !strcmp(argv[1], "--probe-drawing");
    if (!probing && (argc != 2 || !parse_order(argv[1], &order)))
        return usage();
    if (close_range(STDERR_FILENO + 1, ~0U, 0) || (order.drawing && !fonts_unpack()) ||
        !sandbox_limit())
        return IMAGE_EXIT_OPEN;
    str bytes = probing ? STR_NONE : read_picture();
    open_vips(argv[0], order.drawing);
    if (order.drawing)
        fonts_announce();
    if (!sandbox_hide_files(order.drawing))
        return IMAGE_EXIT_OPEN;
    if (probing && probe_is_early(argv[2]))
        return probe(argv[2]) ? EXIT_SUCCESS : usage();
    bool avif = !order.drawing && !order.icon && !order.pixels && warm_encoders();
    if (!sandbox_close(order.drawing))
        return IMAGE_EXIT_OPEN;
    if (probing)
        return probe(argv[2]) ? EXIT_SUCCESS : usage();
    answer_picture(bytes, order, avif);
    _exit(EXIT_SUCCESS);
}
