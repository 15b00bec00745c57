// Tests of the picture helper: real pictures in, what libvips reads of its variants out.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>

#include "base/arena.h"
#include "image/image.h"
#include "image/protocol.h"
#include "image/test_place.h"

// Saved by libvips under this suffix with its options (".jpg[Q=90]"), metadata and all.
static str saved(struct place *p, VipsImage *image, const char *suffix)
{
    void *bytes;
    size_t size;
    if (vips_image_write_to_buffer(image, suffix, &bytes, &size, NULL))
        fail_msg("%s", vips_error_buffer());
    str copy = str_copy(p->arena, (str){bytes, size});
    g_free(bytes);
    g_object_unref(image);
    return copy;
}

static VipsImage *plain(int width, int height, double red, double green, double blue)
{
    VipsImage *black, *image, *same;
    vips_black(&black, width, height, "bands", 3, NULL);
    vips_linear(black, &image, (double[]){1, 1, 1}, (double[]){red, green, blue}, 3, "uchar", TRUE,
                NULL);
    vips_copy(image, &same, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(black);
    g_object_unref(image);
    return same;
}

// Detail for encoders and decoders to work on.
static VipsImage *noise(int width, int height)
{
    VipsImage *grey, *bytes, *image;
    vips_gaussnoise(&grey, width, height, "seed", 7, "mean", 128.0, "sigma", 40.0, NULL);
    vips_cast_uchar(grey, &bytes, NULL);
    vips_bandjoin((VipsImage *[]){bytes, bytes, bytes}, &image, 3, NULL);
    g_object_unref(grey);
    g_object_unref(bytes);
    VipsImage *same;
    vips_copy(image, &same, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(image);
    return same;
}

static VipsImage *with_alpha(double alpha)
{
    VipsImage *colour = plain(1200, 630, 200, 30, 30), *both, *tagged;
    vips_bandjoin_const1(colour, &both, alpha, NULL);
    vips_copy(both, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(colour);
    g_object_unref(both);
    return tagged;
}

static struct image_set prepared(struct place *p, str bytes)
{
    struct image_set set;
    assert_done(p, image_prepare(p->arena, &p->options, bytes, &set));
    return set;
}

// The stored file as libvips reads it; it must be what the set says.
static VipsImage *opened(struct place *p, const struct image_variant *v, const char *options)
{
    assert_non_null(v);
    char *path = place_path(p, v->name);
    VipsImage *image = vips_image_new_from_file(
        str_z(p->arena, str_format(p->arena, "%s%s", path, options)), NULL);
    if (!image)
        fail_msg("%s: %s", path, vips_error_buffer());
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    assert_int_equal(about.st_size, v->size);
    assert_int_equal(vips_image_get_width(image), v->width);
    assert_int_equal(vips_image_get_page_height(image), v->height);
    return image;
}

static bool is_colour(VipsImage *image, int x, int y, int red, int green, int blue)
{
    double *found;
    int bands, wanted[] = {red, green, blue};
    bool near = !vips_getpoint(image, &found, &bands, x, y, NULL) && bands >= 3;
    for (int i = 0; near && i < 3; i++)
        near = abs((int)found[i] - wanted[i]) <= 16;
    if (!near)
        fprintf(stderr, "at %d,%d: %.0f %.0f %.0f\n", x, y, found[0], found[1], found[2]);
    g_free(found);
    return near;
}

static void refused(struct place *p, str bytes, enum fault fault, const char *words)
{
    struct image_set set = {.count = 77};
    assert_refused(p, image_prepare(p->arena, &p->options, bytes, &set), fault, words);
    assert_int_equal(set.count, 77);
}

static void a_photograph_comes_in_each_width_it_reaches(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, noise(1300, 900), ".jpg"));
    static const int widths[] = {320, 640, 960, 1280};
    assert_str(set.media_type, "image/jpeg");
    assert_int_equal(set.width, 1300);
    assert_int_equal(set.height, 900);
    assert_false(set.alpha);
    for (int i = 0; i < 4; i++) {
        g_object_unref(opened(p, variant_of(&set, IMAGE_SIZED, "image/webp", widths[i]), ""));
        g_object_unref(opened(p, variant_of(&set, IMAGE_SIZED, "image/avif", widths[i]), ""));
    }
    g_object_unref(opened(p, variant_of(&set, IMAGE_FALLBACK, "image/jpeg", 960), ""));
    const struct image_variant *share = variant_of(&set, IMAGE_SHARE, "image/jpeg", 1200);
    g_object_unref(opened(p, share, ""));
    assert_int_equal(share->height, 630);
    assert_int_equal(set.count, 10);
}

// All bytes alike and the picture wide, so that a file is quickly made of it, and small pictures of
// that: memory is what counts here.
static str largest(struct place *p, const char *suffix, int bands)
{
    enum { WIDTH = 16000, HEIGHT = 2500 };
    const size_t size = (size_t)(WIDTH * HEIGHT * bands);
    void *pixels = g_malloc(size);
    VipsImage *tagged, *image = vips_image_new_from_memory(memset(pixels, 128, size), size, WIDTH,
                                                           HEIGHT, bands, VIPS_FORMAT_UCHAR);
    vips_copy(image, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(image);
    str file = saved(p, tagged, suffix);
    g_free(pixels);
    return file;
}

// Forty megapixels of each type, none of which can be read from top to bottom in little memory. A
// transparent WebP without loss takes most: four bytes for each, twice.
static void the_largest_pictures_fit_in_the_memory_there_is(void **state)
{
    struct place *p = *state;
    static const struct {
        const char *suffix;
        int bands;
    } kinds[] = {{".jpg[interlace]", 3},
                 {".webp[lossless,effort=0]", 4},
                 {".png[interlace,compression=1]", 3}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        struct image_set set = prepared(p, largest(p, kinds[i].suffix, kinds[i].bands));
        assert_int_equal(set.width * set.height, IMAGE_MOST_PIXELS);
        assert_int_equal(set.alpha, kinds[i].bands == 4);
        assert_non_null(variant_of(&set, IMAGE_SIZED, "image/avif", 1920));
    }
}

static void a_small_picture_keeps_its_width(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, noise(100, 50), ".webp"));
    assert_int_equal(set.count, 3); // too narrow to be shared
    assert_non_null(variant_of(&set, IMAGE_SIZED, "image/webp", 100));
    assert_non_null(variant_of(&set, IMAGE_SIZED, "image/avif", 100));
    assert_non_null(variant_of(&set, IMAGE_FALLBACK, "image/jpeg", 100));
    set = prepared(p, saved(p, noise(500, 20), ".png"));
    assert_non_null(variant_of(&set, IMAGE_SIZED, "image/webp", 320));
    assert_non_null(variant_of(&set, IMAGE_SIZED, "image/webp", 500));
}

static void the_same_picture_gets_the_same_names(void **state)
{
    struct place *p = *state;
    str bytes = saved(p, noise(400, 300), ".jpg");
    struct image_set one = prepared(p, bytes), other = prepared(p, bytes);
    for (size_t i = 0; i < one.count; i++)
        assert_true(str_eq(one.variants[i].name, other.variants[i].name));
    struct image_set third = prepared(p, saved(p, noise(401, 300), ".jpg"));
    assert_false(str_eq(one.variants[0].name, third.variants[0].name));
}

// The eight ways a camera can be held (TIFF 6.0, tag 274): which quarter of the stored picture is
// seen top left, top right, bottom left, bottom right.
static void every_orientation_is_turned_upright(void **state)
{
    struct place *p = *state;
    static const char *const seen[] = {"ABCD", "BADC", "DCBA", "CDAB",
                                       "ACBD", "CADB", "DBCA", "BDAC"};
    static const int colours[][3] = {{220, 40, 40}, {40, 200, 40}, {40, 40, 220}, {220, 220, 40}};
    for (int orientation = 1; orientation <= 8; orientation++) {
        VipsImage *quarters[4], *whole, *tagged;
        for (int i = 0; i < 4; i++)
            quarters[i] = plain(96, 48, colours[i][0], colours[i][1], colours[i][2]);
        vips_arrayjoin(quarters, &whole, 4, "across", 2, NULL);
        vips_copy(whole, &tagged, NULL);
        vips_image_set_int(tagged, VIPS_META_ORIENTATION, orientation);
        struct image_set set = prepared(p, saved(p, tagged, ".jpg"));
        bool turned = orientation >= 5;
        assert_int_equal(set.width, turned ? 96 : 192);
        assert_int_equal(set.height, turned ? 192 : 96);
        VipsImage *out =
            opened(p, variant_of(&set, IMAGE_FALLBACK, "image/jpeg", turned ? 96 : 192), "");
        for (int i = 0; i < 4; i++) {
            const int *colour = colours[seen[orientation - 1][i] - 'A'];
            assert_true(is_colour(out, (int)set.width * (i % 2 * 2 + 1) / 4,
                                  (int)set.height * (i / 2 * 2 + 1) / 4, colour[0], colour[1],
                                  colour[2]));
            g_object_unref(quarters[i]);
        }
        assert_false(vips_image_get_typeof(out, VIPS_META_ORIENTATION));
        g_object_unref(out);
        g_object_unref(whole);
    }
}

static void no_metadata_comes_through(void **state)
{
    struct place *p = *state;
    static const char *const suffixes[] = {".jpg", ".png", ".webp"};
    for (size_t s = 0; s < sizeof suffixes / sizeof *suffixes; s++) {
        VipsImage *image = noise(400, 300);
        static char xmp[] = "<x:xmpmeta>SECRETPLACE</x:xmpmeta>";
        vips_image_set_string(image, "exif-ifd0-ImageDescription", "SECRETPLACE");
        vips_image_set_string(image, "exif-ifd3-GPSMapDatum", "SECRETPLACE");
        vips_image_set_blob_copy(image, VIPS_META_XMP_NAME, xmp, strlen(xmp));
        str bytes = saved(p, image, suffixes[s]);
        assert_true(s == 1 || str_find(bytes, S("SECRETPLACE")) >= 0); // packed in a PNG
        struct image_set set = prepared(p, bytes);
        for (size_t i = 0; i < set.count; i++) {
            char *file, *path = place_path(p, set.variants[i].name);
            size_t size;
            assert_true(g_file_get_contents(path, &file, &size, NULL));
            static const char *const traces[] = {"SECRETPLACE", "Exif", "EXIF", "xmpmeta", "ICC"};
            for (size_t t = 0; t < sizeof traces / sizeof *traces; t++) {
                if (str_find((str){file, size}, str_of(traces[t])) >= 0)
                    fail_msg("%s of %s: %s", path, suffixes[s], traces[t]);
            }
            g_free(file);
        }
    }
}

static void colours_of_other_spaces_are_seen_the_same(void **state)
{
    struct place *p = *state;
    VipsImage *srgb = plain(64, 64, 220, 60, 50), *wide, *cmyk;
    assert_int_equal(vips_icc_transform(srgb, &wide, "p3", "input_profile", "srgb", NULL), 0);
    assert_int_equal(vips_icc_transform(srgb, &cmyk, "cmyk", "input_profile", "srgb", NULL), 0);
    g_object_unref(srgb);
    assert_false(is_colour(wide, 5, 5, 220, 60, 50)); // other numbers for the same colour
    str pictures[] = {saved(p, wide, ".png"), saved(p, cmyk, ".jpg[Q=95]")};
    for (int i = 0; i < 2; i++) {
        struct image_set set = prepared(p, pictures[i]);
        VipsImage *out = opened(p, variant_of(&set, IMAGE_FALLBACK, "image/jpeg", 64), "");
        assert_int_equal(vips_image_get_bands(out), 3);
        assert_true(is_colour(out, 32, 32, 220, 60, 50));
        g_object_unref(out);
    }
}

static void grey_and_deep_pictures_come_as_plain_colour(void **state)
{
    struct place *p = *state;
    VipsImage *colour = plain(64, 64, 128, 128, 128), *grey, *deep;
    vips_colourspace(colour, &grey, VIPS_INTERPRETATION_B_W, NULL);
    vips_colourspace(colour, &deep, VIPS_INTERPRETATION_RGB16, NULL);
    g_object_unref(colour);
    str pictures[] = {saved(p, grey, ".jpg"), saved(p, deep, ".png")};
    for (int i = 0; i < 2; i++) {
        struct image_set set = prepared(p, pictures[i]);
        VipsImage *out = opened(p, variant_of(&set, IMAGE_FALLBACK, "image/jpeg", 64), "");
        assert_true(is_colour(out, 32, 32, 128, 128, 128));
        g_object_unref(out);
    }
}

static void transparency_is_kept_and_shared_on_white(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, with_alpha(0), ".png"));
    assert_true(set.alpha);
    VipsImage *out = opened(p, variant_of(&set, IMAGE_FALLBACK, "image/png", 960), "");
    assert_true(vips_image_hasalpha(out));
    g_object_unref(out);
    out = opened(p, variant_of(&set, IMAGE_SHARE, "image/jpeg", 1200), "");
    assert_true(is_colour(out, 600, 300, 255, 255, 255));
    g_object_unref(out);
}

static void an_alpha_that_hides_nothing_goes(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, with_alpha(255), ".png"));
    assert_false(set.alpha);
    assert_non_null(variant_of(&set, IMAGE_FALLBACK, "image/jpeg", 960));
}

static void the_share_crop_is_around_the_focal_point(void **state)
{
    struct place *p = *state;
    VipsImage *left = plain(1200, 600, 200, 30, 30), *right = plain(1200, 600, 30, 30, 200), *both;
    vips_join(left, right, &both, VIPS_DIRECTION_HORIZONTAL, NULL);
    g_object_unref(left);
    g_object_unref(right);
    str bytes = saved(p, both, ".png");
    for (int side = 0; side < 2; side++) {
        p->options.focused = true;
        p->options.focus_x = side ? 1000 : 0;
        struct image_set set = prepared(p, bytes);
        assert_int_equal(set.focus_x, p->options.focus_x);
        const struct image_variant *share = variant_of(&set, IMAGE_SHARE, "image/jpeg", 0);
        VipsImage *out = opened(p, share, "");
        assert_true(side ? is_colour(out, 100, 100, 30, 30, 200)
                         : is_colour(out, 100, 100, 200, 30, 30));
        g_object_unref(out);
    }
}

static void without_a_focal_point_the_crop_goes_where_the_eye_goes(void **state)
{
    struct place *p = *state;
    VipsImage *grey = plain(1000, 300, 128, 128, 128), *spot = plain(100, 100, 230, 90, 60), *both;
    vips_insert(grey, spot, &both, 850, 100, NULL);
    g_object_unref(grey);
    g_object_unref(spot);
    struct image_set set = prepared(p, saved(p, both, ".png"));
    assert_in_range(set.focus_x, 820, 980);
    assert_in_range(set.focus_y, 280, 720);
}

static VipsImage *frames(int count)
{
    VipsImage *pages[8], *reel, *tagged;
    for (int i = 0; i < count; i++)
        pages[i] = plain(400, 100, i * 60, 100, 100);
    vips_arrayjoin(pages, &reel, count, "across", 1, NULL);
    vips_copy(reel, &tagged, NULL);
    vips_image_set_int(tagged, VIPS_META_PAGE_HEIGHT, 100);
    g_object_unref(reel);
    for (int i = 0; i < count; i++)
        g_object_unref(pages[i]);
    return tagged;
}

static void a_moving_picture_comes_still_and_moving(void **state)
{
    struct place *p = *state;
    static const char *const suffixes[] = {".gif", ".webp"};
    for (int i = 0; i < 2; i++) {
        struct image_set set = prepared(p, saved(p, frames(3), suffixes[i]));
        assert_int_equal(set.height, 100);
        VipsImage *still = opened(p, variant_of(&set, IMAGE_SIZED, "image/webp", 320), "[n=-1]");
        assert_int_equal(vips_image_get_n_pages(still), 1);
        VipsImage *moving =
            opened(p, variant_of(&set, IMAGE_ANIMATION, "image/webp", 400), "[n=-1]");
        assert_int_equal(vips_image_get_n_pages(moving), 3);
        g_object_unref(still);
        g_object_unref(moving);
    }
    struct image_set set = prepared(p, saved(p, frames(1), ".gif"));
    assert_null(variant_of(&set, IMAGE_ANIMATION, "image/webp", 0));
}

// A disc on a ground of four bands, as wide as it is high.
static VipsImage *disc(int side, const double colour[4], const double ground[4])
{
    VipsImage *black, *sheet, *image, *tagged;
    double ink[4];
    memcpy(ink, colour, sizeof ink);
    vips_black(&black, side, side, "bands", 4, NULL);
    vips_linear(black, &sheet, (double[]){1, 1, 1, 1}, ground, 4, "uchar", TRUE, NULL);
    image = vips_image_copy_memory(sheet);
    vips_draw_circle(image, ink, 4, side / 2, side / 2, side / 2 - 1, "fill", TRUE, NULL);
    vips_copy(image, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
    g_object_unref(black);
    g_object_unref(sheet);
    g_object_unref(image);
    return tagged;
}

static struct image_pixels pixels_of(struct place *p, str bytes, int width, int height)
{
    struct image_pixels pixels;
    char *path = place_path(p, S("in"));
    assert_true(g_file_set_contents(path, bytes.ptr, (gssize)bytes.len, NULL));
    int file = open(path, O_RDONLY);
    assert_done(p, image_read_pixels(p->arena, &p->options, file,
                                     (struct image_size){width, height}, &pixels));
    close(file);
    return pixels;
}

static void plain_pixels_fit_into_their_room_and_do_not_grow(void **state)
{
    struct place *p = *state;
    static const struct {
        const char *suffix;
        int width, height, room_width, room_height, fit_width, fit_height;
    } cases[] = {{".png", 600, 100, 300, 76, 300, 50},
                 {".webp[lossless]", 600, 100, 1072, 50, 300, 50},
                 {".jpg[Q=95]", 600, 100, 1072, 760, 600, 100},
                 {".png", 900, 1, 90, 76, 90, 1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        str file = saved(p, plain(cases[i].width, cases[i].height, 200, 30, 40), cases[i].suffix);
        struct image_pixels pixels = pixels_of(p, file, cases[i].room_width, cases[i].room_height);
        assert_int_equal(pixels.width, cases[i].fit_width);
        assert_int_equal(pixels.height, cases[i].fit_height);
        assert_int_equal(pixels.rgba.len, pixels.width * pixels.height * IMAGE_PIXEL_BYTES);
        const uint8_t *first = (const uint8_t *)pixels.rgba.ptr;
        assert_in_range(first[0], 195, 205);
        assert_in_range(first[2], 35, 45);
        assert_int_equal(first[3], 255);
    }
    static const double none[] = {0, 0, 0, 0}, blue[] = {20, 60, 120, 255};
    str round = saved(p, disc(512, blue, none), ".png");
    assert_int_equal(pixels_of(p, round, 64, 64).rgba.ptr[3], 0);
}

static struct image_set icon_of(struct place *p, str bytes)
{
    p->options.icon = true;
    struct image_set set = prepared(p, bytes);
    p->options.icon = false;
    assert_int_equal(set.count, 5);
    return set;
}

static void an_icon_comes_in_squares_for_tabs_home_screens_and_masks(void **state)
{
    struct place *p = *state;
    static const double red[] = {200, 30, 40, 255}, sand[] = {250, 240, 200, 255};
    struct image_set set = icon_of(p, saved(p, disc(800, red, sand), ".webp[lossless]"));
    static const int sides[] = IMAGE_ICON_SIDES;
    for (size_t i = 0; i < 3; i++) {
        VipsImage *image = opened(p, variant_of(&set, IMAGE_ICON, "image/png", sides[i]), "");
        assert_int_equal(vips_image_get_height(image), sides[i]);
        assert_true(is_colour(image, sides[i] / 2, sides[i] / 2, 200, 30, 40));
        assert_true(is_colour(image, 1, 1, 250, 240, 200));
        g_object_unref(image);
    }
    g_object_unref(opened(p, variant_of(&set, IMAGE_TOUCH, "image/png", 180), ""));
    // Its own circle is within that of four fifths, and its ground goes on to the edge.
    VipsImage *masked = opened(p, variant_of(&set, IMAGE_MASKABLE, "image/png", 512), "");
    assert_true(is_colour(masked, 256, 60, 200, 30, 40));
    assert_true(is_colour(masked, 256, 46, 250, 240, 200));
    assert_true(is_colour(masked, 1, 1, 250, 240, 200));
    g_object_unref(masked);
}

static void a_transparent_icon_is_opaque_where_it_has_to_be_and_can_be_seen(void **state)
{
    struct place *p = *state;
    static const double none[] = {0, 0, 0, 0}, blue[] = {20, 60, 120, 255},
                        white[] = {255, 255, 255, 255};
    for (int i = 0; i < 2; i++) {
        struct image_set set = icon_of(p, saved(p, disc(512, i ? white : blue, none), ".png"));
        VipsImage *image = opened(p, variant_of(&set, IMAGE_ICON, "image/png", 192), "");
        assert_true(vips_image_hasalpha(image));
        g_object_unref(image);
        const struct image_variant *const opaque[] = {
            variant_of(&set, IMAGE_TOUCH, "image/png", 180),
            variant_of(&set, IMAGE_MASKABLE, "image/png", 512)};
        for (size_t k = 0; k < 2; k++) {
            image = opened(p, opaque[k], "");
            assert_int_equal(vips_image_get_bands(image), 3);
            assert_true(i ? is_colour(image, 1, 1, 0x15, 0x19, 0x1d)
                          : is_colour(image, 1, 1, 255, 255, 255));
            g_object_unref(image);
        }
    }
}

static void what_cannot_be_an_icon_is_refused(void **state)
{
    struct place *p = *state;
    p->options.icon = true;
    refused(p, saved(p, noise(600, 599), ".png"), FAULT_INPUT,
            "600 x 599 pixels; an icon has to be square");
    refused(p, saved(p, noise(511, 511), ".webp"), FAULT_INPUT,
            "511 x 511 pixels; an icon has to have 512 a side, or more");
    refused(p, saved(p, noise(600, 600), ".jpg"), FAULT_INPUT, "an icon has to be PNG or WebP");
    str png = saved(p, noise(600, 600), ".png");
    refused(p, str_sub(png, 0, png.len / 2), FAULT_INPUT, "broken or ends early");
}

static uint32_t crc32_of(const uint8_t *bytes, size_t size)
{
    uint32_t crc = ~0u;
    for (size_t i = 0; i < size; i++) {
        crc ^= bytes[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc & 1 ? crc >> 1 ^ 0xedb88320u : crc >> 1;
    }
    return ~crc;
}

static void put_be32(uint8_t *out, uint32_t n)
{
    for (int i = 0; i < 4; i++)
        out[i] = (uint8_t)(n >> (24 - 8 * i));
}

// A small PNG whose header says that it is of this size: to decode it is what must not be tried.
static str claiming(struct place *p, int width, int height)
{
    enum { TYPE = 12, SIZE = 16, SUM = 29 };
    VipsImage *black;
    vips_black(&black, 64, 64, NULL);
    str png = saved(p, black, ".png[bitdepth=1]");
    uint8_t *bytes = (uint8_t *)png.ptr;
    put_be32(bytes + SIZE, (uint32_t)width);
    put_be32(bytes + SIZE + 4, (uint32_t)height);
    put_be32(bytes + SUM, crc32_of(bytes + TYPE, SUM - TYPE));
    return png;
}

static void bombs_are_refused_by_their_header(void **state)
{
    struct place *p = *state;
    refused(p, claiming(p, 30000, 30000), FAULT_LIMIT,
            "30000 x 30000 pixels; a picture has at most 16384 a side");
    refused(p, claiming(p, 8000, 5001), FAULT_LIMIT, "at most 40 million");
    refused(p, claiming(p, 16385, 1), FAULT_LIMIT, "16384 a side");
    // So the header is what was looked at.
    refused(p, claiming(p, 64, 65), FAULT_INPUT, "broken or ends early");
}

static void a_picture_cut_short_is_refused(void **state)
{
    struct place *p = *state;
    static const char *const suffixes[] = {".jpg", ".jpg[interlace]", ".png", ".webp", ".gif"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        str bytes = saved(p, noise(300, 300), suffixes[i]);
        refused(p, str_sub(bytes, 0, bytes.len * 6 / 10), FAULT_INPUT, "broken or ends early");
        refused(p, str_sub(bytes, 0, 40), FAULT_INPUT, "broken or ends early");
    }
}

static void bytes_turned_over_are_refused_or_sized_but_never_worse(void **state)
{
    struct place *p = *state;
    static const char *const suffixes[] = {".jpg", ".png", ".webp", ".gif"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        str bytes = saved(p, noise(60, 60), suffixes[i]);
        for (size_t at = 12; at < bytes.len; at += bytes.len / 5) {
            struct image_set set;
            str turned = str_copy(p->arena, bytes);
            ((char *)turned.ptr)[at] ^= 0x55;
            error e = image_prepare(p->arena, &p->options, turned, &set);
            assert_true(!e || e->fault == FAULT_INPUT || e->fault == FAULT_LIMIT);
        }
    }
}

static void what_hides_behind_a_picture_stays_behind(void **state)
{
    struct place *p = *state;
    str tail = S("\n<script>alert(1)</script>PK\3\4GIF89a/*");
    static const char *const suffixes[] = {".jpg", ".png", ".gif"};
    for (int k = 0; k < 3; k++) {
        str both = str_join(p->arena, saved(p, noise(300, 200), suffixes[k]), tail);
        struct image_set set = prepared(p, both);
        for (size_t i = 0; i < set.count; i++) {
            char *file, *path = place_path(p, set.variants[i].name);
            size_t size;
            assert_true(g_file_get_contents(path, &file, &size, NULL));
            assert_true(str_find((str){file, size}, S("<script>")) < 0);
            g_free(file);
        }
    }
}

static void the_name_does_not_count(void **state)
{
    struct place *p = *state;
    p->options.where = S("holiday.jpg");
    struct image_set set = prepared(p, saved(p, noise(50, 50), ".png"));
    assert_str(set.media_type, "image/png");
    struct image_set none;
    error e = image_prepare(p->arena, &p->options, S("<?php phpinfo(); ?>"), &none);
    assert_int_equal(e->fault, FAULT_INPUT);
    assert_str(error_text(p->arena, e), "holiday.jpg: is not a JPEG, PNG, WebP or GIF picture");
}

static void other_formats_are_refused_although_libvips_reads_them(void **state)
{
    struct place *p = *state;
    refused(p, saved(p, noise(50, 50), ".tif"), FAULT_INPUT, "not a JPEG, PNG, WebP or GIF");
    refused(p, saved(p, noise(50, 50), ".avif"), FAULT_INPUT, "save it as JPEG");
    refused(p, S("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            FAULT_INPUT, "SVG drawing");
}

static void a_helper_over_its_time_leaves_nothing(void **state)
{
    struct place *p = *state;
    str bytes = saved(p, noise(2000, 1500), ".jpg");
    p->options.time_limit_ms = 150;
    refused(p, bytes, FAULT_LIMIT, "within 150 ms");
}

#define SANDBOX "--probe-sandbox"

static void the_sandbox_allows_nothing_but_sizing(void **state)
{
    struct place *p = *state;
    static const char *const denied[] = {"read-file", "write-file", "list-folder", "process",
                                         "code",      "memory",     "limit",       "stderr"};
    static const char *const deadly[] = {"socket", "exec", "ptrace"};
    char said[100];
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        assert_int_equal(try_inside(p, SANDBOX, denied[i], said, sizeof said), 0);
        if (strncmp(said, "denied: E", 9))
            fail_msg("%s: %s", denied[i], said);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        int status = try_inside(p, SANDBOX, deadly[i], said, sizeof said);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS || said[0])
            fail_msg("%s: status %d, %s", deadly[i], status, said);
    }
    assert_int_not_equal(try_inside(p, SANDBOX, "unheard-of", said, sizeof said), 0);
}

static void files_stay_hidden_without_the_list_of_calls_too(void **state)
{
    struct place *p = *state;
    char said[100];
    const char *const trials[] = {"landlock-read-file", "landlock-write-file"};
    try_inside(p, SANDBOX, "landlock-there", said, sizeof said);
    if (strncmp(said, "allowed", 7)) {
        print_message("skipped: this kernel has no Landlock\n");
        skip();
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(try_inside(p, SANDBOX, trials[i], said, sizeof said), 0);
        assert_string_equal(said, "denied: EACCES\n");
    }
}

// What tells kinds of pictures apart: "jpegload", three bands, one frame, no wider than variants.
static str kind_of(struct place *p, const char *path)
{
    VipsImage *header = vips_image_new_from_file(path, NULL);
    if (!header)
        return STR_NONE;
    const char *loader;
    vips_image_get_string(header, VIPS_META_LOADER, &loader);
    str kind =
        str_format(p->arena, "%s %d %d %d", loader, vips_image_get_bands(header),
                   vips_image_get_n_pages(header) > 1, vips_image_get_width(header) > IMAGE_WIDEST);
    g_object_unref(header);
    return kind;
}

struct found {
    str kind, path;
    int64_t size;
};

// The smallest picture of each kind; how many.
static size_t smallest_of_each_kind(struct place *p, const char *folder, struct found *found,
                                    size_t most)
{
    size_t count = 0;
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    for (struct dirent *entry; (entry = readdir(listing));) {
        struct stat about;
        char *path = str_z(p->arena, str_format(p->arena, "%s/%s", folder, entry->d_name));
        if (entry->d_name[0] == '.' || stat(path, &about) || !S_ISREG(about.st_mode))
            continue;
        size_t at = 0;
        str kind = kind_of(p, path);
        while (at < count && !str_eq(found[at].kind, kind))
            at++;
        if (at == most || (at < count && found[at].size <= about.st_size))
            continue;
        found[at] = (struct found){kind, str_of(path), about.st_size};
        count += at == count;
    }
    closedir(listing);
    return count;
}

// One of each kind is sized, and its files can be read; of drawings none is. That all of the
// corpora behave is shown over the command line (tests/http/newsroom-pictures.test.mjs).
static void real_pictures_of_every_kind_behave(void **state)
{
    struct place *p = *state;
    struct found found[16];
    const char *corpora = getenv("CORPORA");
    if (!corpora) {
        print_message("skipped: CORPORA is not set\n");
        skip();
    }
    size_t count = smallest_of_each_kind(
        p, str_z(p->arena, str_format(p->arena, "%s/pictures", corpora)), found, 16);
    int sized = 0, drawings = 0;
    for (size_t k = 0; k < count; k++) {
        struct image_set set;
        int file = open(str_z(p->arena, found[k].path), O_RDONLY);
        p->options.where = found[k].path;
        error e = image_prepare_file(p->arena, &p->options, file, &set);
        close(file);
        if (str_starts(found[k].kind, S("svgload"))) {
            assert_int_equal(e->fault, FAULT_INPUT);
            drawings++;
            continue;
        }
        assert_done(p, e);
        assert_in_range(set.count, 3, IMAGE_MOST_VARIANTS);
        for (size_t i = 0; i < set.count; i++)
            g_object_unref(opened(p, &set.variants[i], ""));
        sized++;
    }
    assert_true(sized > 3 && drawings > 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(a_photograph_comes_in_each_width_it_reaches),
        WITH_PLACE(the_largest_pictures_fit_in_the_memory_there_is),
        WITH_PLACE(a_small_picture_keeps_its_width),
        WITH_PLACE(the_same_picture_gets_the_same_names),
        WITH_PLACE(every_orientation_is_turned_upright),
        WITH_PLACE(no_metadata_comes_through),
        WITH_PLACE(colours_of_other_spaces_are_seen_the_same),
        WITH_PLACE(grey_and_deep_pictures_come_as_plain_colour),
        WITH_PLACE(transparency_is_kept_and_shared_on_white),
        WITH_PLACE(an_alpha_that_hides_nothing_goes),
        WITH_PLACE(the_share_crop_is_around_the_focal_point),
        WITH_PLACE(without_a_focal_point_the_crop_goes_where_the_eye_goes),
        WITH_PLACE(a_moving_picture_comes_still_and_moving),
        WITH_PLACE(plain_pixels_fit_into_their_room_and_do_not_grow),
        WITH_PLACE(an_icon_comes_in_squares_for_tabs_home_screens_and_masks),
        WITH_PLACE(a_transparent_icon_is_opaque_where_it_has_to_be_and_can_be_seen),
        WITH_PLACE(what_cannot_be_an_icon_is_refused),
        WITH_PLACE(bombs_are_refused_by_their_header),
        WITH_PLACE(a_picture_cut_short_is_refused),
        WITH_PLACE(bytes_turned_over_are_refused_or_sized_but_never_worse),
        WITH_PLACE(what_hides_behind_a_picture_stays_behind),
        WITH_PLACE(the_name_does_not_count),
        WITH_PLACE(other_formats_are_refused_although_libvips_reads_them),
        WITH_PLACE(a_helper_over_its_time_leaves_nothing),
        WITH_PLACE(the_sandbox_allows_nothing_but_sizing),
        WITH_PLACE(files_stay_hidden_without_the_list_of_calls_too),
        WITH_PLACE(real_pictures_of_every_kind_behave),
    };
    if (argc < 2 || VIPS_INIT(argv[0]))
        return 2;
    if (argc > 2)
        cmocka_set_test_filter(argv[2]);
    place_begin = (struct place_begin){.helper = argv[1], .where = "picture"};
    vips_cache_set_max(0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
