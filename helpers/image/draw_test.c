// Tests of drawing: SVG of our own in, what libvips reads of its pictures out.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <vips/vips.h>

#include "base/arena.h"
#include "image/image.h"
#include "image/protocol.h"
#include "image/test_place.h"

#define SVG(width, height)                                                                         \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" #width "\" height=\"" #height             \
    "\" viewBox=\"0 0 " #width " " #height "\">"
#define PAPER "<path d=\"M0 0h2000v2000H0z\" fill=\"#F3F5F6\"/>"

static VipsImage *read_bytes(str bytes)
{
    VipsImage *image = vips_image_new_from_buffer(bytes.ptr, bytes.len, "", NULL);
    if (!image)
        fail_msg("%s", vips_error_buffer());
    return image;
}

static VipsImage *drawn(struct place *p, str svg, int width, int height, str type)
{
    str bytes;
    assert_done(p, image_draw_one(p->arena, &p->options, svg, (struct image_size){width, height},
                                  type, &bytes));
    assert_true(str_eq(image_media_type(bytes), type));
    return read_bytes(str_copy(p->arena, bytes));
}

// Each band within `slack` of what is wanted there.
static void assert_colour(VipsImage *image, int x, int y, const int *wanted, int slack)
{
    double *found;
    int bands;
    assert_int_equal(vips_getpoint(image, &found, &bands, x, y, NULL), 0);
    for (int i = 0; i < bands; i++) {
        if (abs((int)found[i] - wanted[i]) > slack)
            fail_msg("band %d at %d,%d is %d, not %d", i, x, y, (int)found[i], wanted[i]);
    }
    g_free(found);
}

static VipsImage *opened(struct place *p, const struct image_variant *v)
{
    assert_non_null(v);
    char *path = place_path(p, v->name);
    VipsImage *image = vips_image_new_from_file(path, NULL);
    if (!image)
        fail_msg("%s: %s", path, vips_error_buffer());
    assert_int_equal(vips_image_get_width(image), v->width);
    assert_int_equal(vips_image_get_height(image), v->height);
    return image;
}

static void a_flat_drawing_comes_in_each_width_without_loss(void **state)
{
    struct place *p = *state;
    struct image_set set;
    str svg = S(SVG(1600, 1067) PAPER "<path d=\"M0 600h1600v467H0z\" fill=\"#0A4D78\"/></svg>");
    assert_done(p, image_draw(p->arena, &p->options, svg, &set));
    assert_str(set.media_type, "image/svg+xml");
    assert_int_equal(set.width, 1600);
    assert_int_equal(set.height, 1067);
    assert_false(set.alpha);
    assert_int_equal(set.focus_x, 500);
    static const int widths[] = {320, 640, 960, 1280};
    for (size_t i = 0; i < 4; i++) {
        VipsImage *image = opened(p, variant_of(&set, IMAGE_SIZED, NULL, widths[i]));
        int height = vips_image_get_height(image);
        assert_colour(image, widths[i] / 2, height / 4, (int[]){0xf3, 0xf5, 0xf6}, 0);
        assert_colour(image, widths[i] / 2, height * 3 / 4, (int[]){0x0a, 0x4d, 0x78}, 0);
        g_object_unref(image);
    }
    assert_str(variant_of(&set, IMAGE_FALLBACK, NULL, 960)->media_type, "image/png");
    assert_str(variant_of(&set, IMAGE_SHARE, NULL, 1200)->media_type, "image/jpeg");
    assert_int_equal(set.count, 6);
}

static void a_drawing_of_gradients_is_kept_small_with_loss(void **state)
{
    struct place *p = *state;
    struct image_set set;
    str svg = S(SVG(1280, 800) "<defs><radialGradient id=\"g\"><stop stop-color=\"#8CC5EF\"/>"
                               "<stop offset=\"1\" stop-color=\"#5A3D82\"/></radialGradient></defs>"
                               "<rect width=\"1280\" height=\"800\" fill=\"url(#g)\"/></svg>");
    p->options.focused = true;
    p->options.focus_x = 300;
    assert_done(p, image_draw(p->arena, &p->options, svg, &set));
    assert_int_equal(set.focus_x, 300);
    assert_str(variant_of(&set, IMAGE_FALLBACK, NULL, 960)->media_type, "image/jpeg");
    assert_in_range(variant_of(&set, IMAGE_SIZED, NULL, 1280)->size, 1, 60000);
}

static void one_picture_is_of_the_size_asked_for(void **state)
{
    struct place *p = *state;
    str svg = S(SVG(512, 512) "<circle cx=\"256\" cy=\"256\" r=\"200\" fill=\"#0A4D78\"/></svg>");
    static const int sides[] = {16, 180, 192, 512};
    for (size_t i = 0; i < 4; i++) {
        VipsImage *image = drawn(p, svg, sides[i], sides[i], S("image/png"));
        assert_int_equal(vips_image_get_width(image), sides[i]);
        assert_int_equal(vips_image_get_height(image), sides[i]);
        assert_true(vips_image_hasalpha(image));
        assert_colour(image, sides[i] / 2, sides[i] / 2, (int[]){0x0a, 0x4d, 0x78, 255}, 3);
        g_object_unref(image);
    }
    VipsImage *flat = drawn(p, svg, 256, 256, S("image/jpeg"));
    assert_colour(flat, 1, 1, (int[]){255, 255, 255}, 2);
    g_object_unref(flat);
}

// How much darker than the paper the darkest point is.
static double darkness(struct place *p, str svg)
{
    double least;
    VipsImage *image = drawn(p, svg, 600, 200, S("image/png"));
    assert_int_equal(vips_min(image, &least, NULL), 0);
    g_object_unref(image);
    return 255 - least;
}

#define TEXT(family, words)                                                                        \
    S(SVG(600, 200) PAPER "<text x=\"20\" y=\"120\" font-size=\"64\" font-family=\"" family        \
                          "\">" words "</text></svg>")

static void letters_are_found_inside_the_sandbox(void **state)
{
    struct place *p = *state;
    assert_in_range(darkness(p, S(SVG(600, 200) PAPER "</svg>")), 0, 20);
    assert_in_range(darkness(p, TEXT("Newsreader, serif", "Savers switch")), 200, 255);
    assert_in_range(darkness(p, TEXT("Public Sans, sans-serif", "Savers switch")), 200, 255);
    assert_in_range(darkness(p, TEXT("no such family", "\xd8\xa3\xd8\xb3\xd8\xb9")), 200, 255);
}

// A build without fonts has none of its own to find.
static void the_publications_own_fonts_are_built_in(void **state)
{
    struct place *p = *state;
    double most;
    VipsImage *difference, *image;
    str words = TEXT("Newsreader", "Savers switch"),
        plain = TEXT("no such family", "Savers switch");
    VipsImage *first = drawn(p, words, 600, 200, S("image/png"));
    VipsImage *second = drawn(p, plain, 600, 200, S("image/png"));
    assert_int_equal(vips_subtract(first, second, &image, NULL), 0);
    assert_int_equal(vips_abs(image, &difference, NULL), 0);
    assert_int_equal(vips_max(difference, &most, NULL), 0);
    assert_in_range(most, HAS_FONTS ? 100 : 0, 255);
    g_object_unref(first);
    g_object_unref(second);
    g_object_unref(image);
    g_object_unref(difference);
}

// Two by one: red that hides what is below it, and blue that lets half of it through.
static const struct image_overlay small_mark = {{2, 1, {"\xc8\0\0\xff\0\0\xc8\x80", 8}}, 50, 20};

static void a_mark_is_laid_over_at_its_place(void **state)
{
    struct place *p = *state;
    p->options.over = &small_mark;
    VipsImage *image = drawn(p, S(SVG(600, 200) PAPER "</svg>"), 600, 200, S("image/png"));
    assert_false(vips_image_hasalpha(image));
    assert_colour(image, 50, 20, (int[]){200, 0, 0}, 1);
    assert_colour(image, 51, 20, (int[]){0xf3 / 2, 0xf5 / 2, 0xf6 / 2 + 100}, 2);
    static const int beside[][2] = {{49, 20}, {52, 20}, {50, 19}, {50, 21}, {1, 1}, {599, 199}};
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++)
        assert_colour(image, beside[i][0], beside[i][1], (int[]){0xf3, 0xf5, 0xf6}, 0);
    g_object_unref(image);
}

static void a_mark_that_does_not_fit_is_refused(void **state)
{
    struct place *p = *state;
    str bytes, svg = S(SVG(600, 200) PAPER "</svg>");
    const struct image_overlay wrong[] = {{small_mark.pixels, 599, 0},
                                          {small_mark.pixels, 0, 200},
                                          {{1000, 1000, small_mark.pixels.rgba}, 0, 0}};
    const char *const words[] = {"no room", "no room", "shorter than the mark"};
    for (size_t i = 0; i < 3; i++) {
        p->options.over = &wrong[i];
        assert_refused(p,
                       image_draw_one(p->arena, &p->options, svg, (struct image_size){600, 200},
                                      S("image/png"), &bytes),
                       FAULT_INPUT, words[i]);
    }
}

// What stands behind the drawing is colour and nothing else, whatever it looks like.
static void pixels_are_never_decoded(void **state)
{
    struct place *p = *state;
    str svg = S(SVG(600, 200) PAPER "</svg>");
    str text = S("<svg xmlns=\"http://www.w3.org/2000/svg\"><image href=\"/etc/passwd\"/></svg>");
    const struct image_overlay over = {
        {(int64_t)text.len / 4, 1, str_sub(text, 0, text.len / 4 * 4)}, 0, 0};
    p->options.over = &over;
    VipsImage *image = drawn(p, svg, 600, 200, S("image/png"));
    assert_colour(image, 300, 100, (int[]){0xf3, 0xf5, 0xf6}, 0);
    g_object_unref(image);
}

static void a_drawing_shows_no_file(void **state)
{
    struct place *p = *state;
    char *path = place_path(p, S("black.png"));
    VipsImage *black;
    assert_int_equal(vips_black(&black, 600, 200, "bands", 3, NULL), 0);
    assert_int_equal(vips_image_write_to_file(black, path, NULL), 0);
    g_object_unref(black);
    str svg = str_format(p->arena,
                         SVG(600, 200) PAPER "<image href=\"file://%s\" width=\"600\" "
                                             "height=\"200\"/></svg>",
                         path);
    assert_in_range(darkness(p, svg), 0, 20);
}

static void what_does_not_draw_is_refused(void **state)
{
    struct place *p = *state;
    struct image_set set;
    str bytes;
    struct image_size square = {100, 100};
    str broken = S(SVG(100, 100) "<rect width=\"100\"");
    assert_refused(p, image_draw(p->arena, &p->options, broken, &set), FAULT_INPUT,
                   "cannot be drawn");
    str wide = S(SVG(200, 100) "</svg>"), huge = S(SVG(20000, 100) "</svg>");
    assert_refused(p, image_draw_one(p->arena, &p->options, wide, square, S("image/png"), &bytes),
                   FAULT_INPUT, "not of the shape asked for");
    assert_refused(p, image_draw(p->arena, &p->options, huge, &set), FAULT_LIMIT, "16384 a side");
    char *long_text = arena_text(p->arena, IMAGE_MOST_DRAWING + 1);
    memset(long_text, ' ', IMAGE_MOST_DRAWING + 1);
    memcpy(long_text, "<svg>", 5);
    assert_refused(
        p, image_draw(p->arena, &p->options, (str){long_text, IMAGE_MOST_DRAWING + 1}, &set),
        FAULT_LIMIT, "a drawing has at most");
}

#define DRAWING "--probe-drawing"

static void only_fonts_can_be_read_beside_it(void **state)
{
    struct place *p = *state;
    static const char *const denied[] = {"write-file", "process", "code",
                                         "memory",     "limit",   "stderr"};
    static const char *const deadly[] = {"socket", "exec", "ptrace"};
    char said[100];
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        try_inside(p, DRAWING, denied[i], said, sizeof said);
        if (strncmp(said, "denied: E", 9))
            fail_msg("%s: %s", denied[i], said);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        int status = try_inside(p, DRAWING, deadly[i], said, sizeof said);
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
    }
    try_inside(p, DRAWING, "landlock-there", said, sizeof said);
    if (!strncmp(said, "allowed", 7)) {
        try_inside(p, DRAWING, "read-file", said, sizeof said);
        assert_string_equal(said, "denied: EACCES\n");
        try_inside(p, DRAWING, "list-folder", said, sizeof said);
        assert_string_equal(said, "denied: EACCES\n");
    }
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_flat_drawing_comes_in_each_width_without_loss),
        WITH_PLACE(a_drawing_of_gradients_is_kept_small_with_loss),
        WITH_PLACE(one_picture_is_of_the_size_asked_for),
        WITH_PLACE(letters_are_found_inside_the_sandbox),
        WITH_PLACE(the_publications_own_fonts_are_built_in),
        WITH_PLACE(a_mark_is_laid_over_at_its_place),
        WITH_PLACE(a_mark_that_does_not_fit_is_refused),
        WITH_PLACE(pixels_are_never_decoded),
        WITH_PLACE(a_drawing_shows_no_file),
        WITH_PLACE(what_does_not_draw_is_refused),
        WITH_PLACE(only_fonts_can_be_read_beside_it),
    };
    if (argc != 2 || VIPS_INIT(argv[0]))
        return 2;
    place_begin = (struct place_begin){.helper = argv[1], .where = "cover.svg"};
    vips_cache_set_max(0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
