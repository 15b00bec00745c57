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

static const char *helper_path;

struct place {
    struct arena *arena;
    char path[64];
    struct image_options options;
};

static int open_place(void **state)
{
    static struct place place;
    place = (struct place){.arena = arena_new(), .path = "/tmp/image-helper-XXXXXX"};
    if (!mkdtemp(place.path))
        return -1;
    place.options = (struct image_options){.helper = str_of(helper_path),
                                           .folder = open(place.path, O_RDONLY | O_DIRECTORY),
                                           .where = S("picture")};
    *state = &place;
    return place.options.folder < 0;
}

static int close_place(void **state)
{
    struct place *place = *state;
    char *command = str_z(place->arena, str_format(place->arena, "rm -rf '%s'", place->path));
    int status = system(command);
    close(place->options.folder);
    arena_free(place->arena);
    return status;
}

static bool is_empty(struct place *p)
{
    return rmdir(p->path) == 0 && mkdir(p->path, 0700) == 0;
}

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
    error e = image_prepare(p->arena, &p->options, bytes, &set);
    if (e)
        fail_msg("%.*s", STR(error_text(p->arena, e)));
    return set;
}

static const struct image_variant *variant(const struct image_set *set, enum image_role role,
                                           const char *type, int64_t width)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct image_variant *v = &set->variants[i];
        if (v->role == role && (!width || v->width == width) && str_eq(v->media_type, str_of(type)))
            return v;
    }
    return NULL;
}

// The stored file as libvips reads it; it must be what the set says.
static VipsImage *opened(struct place *p, const struct image_variant *v, const char *options)
{
    assert_non_null(v);
    char *path = str_z(p->arena, str_format(p->arena, "%s/%.*s", p->path, STR(v->name)));
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
    error e = image_prepare(p->arena, &p->options, bytes, &set);
    if (!e)
        fail_msg("taken, though it should be refused with \"%s\"", words);
    if (e->fault != fault || str_find(e->message, str_of(words)) < 0)
        fail_msg("%.*s: %.*s", STR(fault_name(e->fault)), STR(e->message));
    assert_int_equal(set.count, 77);
    assert_true(is_empty(p));
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
        g_object_unref(opened(p, variant(&set, IMAGE_SIZED, "image/webp", widths[i]), ""));
        g_object_unref(opened(p, variant(&set, IMAGE_SIZED, "image/avif", widths[i]), ""));
    }
    g_object_unref(opened(p, variant(&set, IMAGE_FALLBACK, "image/jpeg", 960), ""));
    const struct image_variant *share = variant(&set, IMAGE_SHARE, "image/jpeg", 1200);
    g_object_unref(opened(p, share, ""));
    assert_int_equal(share->height, 630);
    assert_int_equal(set.count, 10);
}

// Forty megapixels of each type, none of which can be read from top to bottom in little memory.
static void the_largest_pictures_fit_in_the_memory_there_is(void **state)
{
    struct place *p = *state;
    static const char *const suffixes[] = {".jpg[interlace]", ".webp[effort=0]",
                                           ".png[interlace,compression=1]"};
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
        VipsImage *rgba, *tagged, *spot = with_alpha(128);
        vips_embed(spot, &rgba, 0, 0, 6320, 6320, "extend", VIPS_EXTEND_COPY, NULL);
        vips_copy(rgba, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL);
        g_object_unref(spot);
        g_object_unref(rgba);
        struct image_set set = prepared(p, saved(p, tagged, suffixes[i]));
        assert_int_equal(set.width, 6320);
        assert_non_null(variant(&set, IMAGE_SIZED, "image/avif", 1920));
    }
}

static void a_small_picture_keeps_its_width(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, noise(100, 50), ".webp"));
    assert_int_equal(set.count, 3); // too narrow to be shared
    assert_non_null(variant(&set, IMAGE_SIZED, "image/webp", 100));
    assert_non_null(variant(&set, IMAGE_SIZED, "image/avif", 100));
    assert_non_null(variant(&set, IMAGE_FALLBACK, "image/jpeg", 100));
    set = prepared(p, saved(p, noise(500, 20), ".png"));
    assert_non_null(variant(&set, IMAGE_SIZED, "image/webp", 320));
    assert_non_null(variant(&set, IMAGE_SIZED, "image/webp", 500));
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
            opened(p, variant(&set, IMAGE_FALLBACK, "image/jpeg", turned ? 96 : 192), "");
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
            char *file, *path = str_z(p->arena, str_format(p->arena, "%s/%.*s", p->path,
                                                           STR(set.variants[i].name)));
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
        VipsImage *out = opened(p, variant(&set, IMAGE_FALLBACK, "image/jpeg", 64), "");
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
        VipsImage *out = opened(p, variant(&set, IMAGE_FALLBACK, "image/jpeg", 64), "");
        assert_true(is_colour(out, 32, 32, 128, 128, 128));
        g_object_unref(out);
    }
}

static void transparency_is_kept_and_shared_on_white(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, with_alpha(0), ".png"));
    assert_true(set.alpha);
    VipsImage *out = opened(p, variant(&set, IMAGE_FALLBACK, "image/png", 960), "");
    assert_true(vips_image_hasalpha(out));
    g_object_unref(out);
    out = opened(p, variant(&set, IMAGE_SHARE, "image/jpeg", 1200), "");
    assert_true(is_colour(out, 600, 300, 255, 255, 255));
    g_object_unref(out);
}

static void an_alpha_that_hides_nothing_goes(void **state)
{
    struct place *p = *state;
    struct image_set set = prepared(p, saved(p, with_alpha(255), ".png"));
    assert_false(set.alpha);
    assert_non_null(variant(&set, IMAGE_FALLBACK, "image/jpeg", 960));
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
        const struct image_variant *share = variant(&set, IMAGE_SHARE, "image/jpeg", 0);
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
        VipsImage *still = opened(p, variant(&set, IMAGE_SIZED, "image/webp", 320), "[n=-1]");
        assert_int_equal(vips_image_get_n_pages(still), 1);
        VipsImage *moving = opened(p, variant(&set, IMAGE_ANIMATION, "image/webp", 400), "[n=-1]");
        assert_int_equal(vips_image_get_n_pages(moving), 3);
        g_object_unref(still);
        g_object_unref(moving);
    }
    struct image_set set = prepared(p, saved(p, frames(1), ".gif"));
    assert_null(variant(&set, IMAGE_ANIMATION, "image/webp", 0));
}

static void bombs_are_refused_by_their_header(void **state)
{
    struct place *p = *state;
    VipsImage *zeros;
    vips_black(&zeros, 30000, 30000, NULL);
    str bomb = saved(p, zeros, ".png[bitdepth=1,compression=9]");
    assert_in_range(bomb.len, 1, 1 << 20);
    refused(p, bomb, FAULT_LIMIT, "30000 x 30000 pixels; a picture has at most 16384 a side");
    vips_black(&zeros, 8000, 5001, NULL);
    refused(p, saved(p, zeros, ".png[bitdepth=1]"), FAULT_LIMIT, "at most 40 million");
    vips_black(&zeros, 16385, 1, NULL);
    refused(p, saved(p, zeros, ".png"), FAULT_LIMIT, "16384 a side");
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
            char *file, *path = str_z(p->arena, str_format(p->arena, "%s/%.*s", p->path,
                                                           STR(set.variants[i].name)));
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

// How the helper ends when it tries something, and what it says.
static int try_inside(struct place *p, const char *trial, char *said, int room)
{
    char *command =
        str_z(p->arena, str_format(p->arena, "exec '%s' --probe-sandbox %s", helper_path, trial));
    FILE *pipe = popen(command, "r");
    said[0] = 0;
    if (!fgets(said, room, pipe))
        said[0] = 0;
    return pclose(pipe);
}

static void the_sandbox_allows_nothing_but_sizing(void **state)
{
    struct place *p = *state;
    static const char *const denied[] = {"read-file", "write-file", "list-folder", "process",
                                         "code",      "memory",     "limit",       "stderr"};
    static const char *const deadly[] = {"socket", "exec", "ptrace"};
    char said[100];
    for (size_t i = 0; i < sizeof denied / sizeof *denied; i++) {
        assert_int_equal(try_inside(p, denied[i], said, sizeof said), 0);
        if (strncmp(said, "denied: E", 9))
            fail_msg("%s: %s", denied[i], said);
    }
    for (size_t i = 0; i < sizeof deadly / sizeof *deadly; i++) {
        int status = try_inside(p, deadly[i], said, sizeof said);
        if (!WIFSIGNALED(status) || WTERMSIG(status) != SIGSYS || said[0])
            fail_msg("%s: status %d, %s", deadly[i], status, said);
    }
    assert_int_not_equal(try_inside(p, "unheard-of", said, sizeof said), 0);
}

static void files_stay_hidden_without_the_list_of_calls_too(void **state)
{
    struct place *p = *state;
    char said[100];
    const char *const trials[] = {"landlock-read-file", "landlock-write-file"};
    try_inside(p, "landlock-there", said, sizeof said);
    if (strncmp(said, "allowed", 7)) {
        print_message("skipped: this kernel has no Landlock\n");
        skip();
    }
    for (int i = 0; i < 2; i++) {
        assert_int_equal(try_inside(p, trials[i], said, sizeof said), 0);
        assert_string_equal(said, "denied: EACCES\n");
    }
}

// Real pictures: each is sized or refused with a sentence, and the drawings are refused.
static void every_picture_of_the_corpora_behaves(void **state)
{
    struct place *p = *state;
    const char *corpora = getenv("CORPORA");
    if (!corpora) {
        print_message("skipped: CORPORA is not set\n");
        skip();
    }
    char *folder = str_z(p->arena, str_format(p->arena, "%s/pictures", corpora));
    DIR *listing = opendir(folder);
    assert_non_null(listing);
    int sized = 0, drawings = 0;
    for (struct dirent *entry; (entry = readdir(listing));) {
        struct image_set set;
        str name = str_of(entry->d_name);
        if (str_starts(name, S(".")))
            continue;
        int file = openat(dirfd(listing), entry->d_name, O_RDONLY);
        p->options.where = name;
        error e = image_prepare_file(p->arena, &p->options, file, &set);
        close(file);
        if (str_ends(name, S(".svg"))) {
            assert_int_equal(e->fault, FAULT_INPUT);
            drawings++;
            continue;
        }
        if (e)
            fail_msg("%.*s", STR(error_text(p->arena, e)));
        assert_in_range(set.count, 3, IMAGE_MOST_VARIANTS);
        for (size_t i = 0; i < set.count; i++)
            g_object_unref(opened(p, &set.variants[i], ""));
        sized++;
    }
    closedir(listing);
    assert_true(sized > 0 && drawings > 0);
}

#define WITH_PLACE(test) cmocka_unit_test_setup_teardown(test, open_place, close_place)

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
        WITH_PLACE(bombs_are_refused_by_their_header),
        WITH_PLACE(a_picture_cut_short_is_refused),
        WITH_PLACE(bytes_turned_over_are_refused_or_sized_but_never_worse),
        WITH_PLACE(what_hides_behind_a_picture_stays_behind),
        WITH_PLACE(the_name_does_not_count),
        WITH_PLACE(other_formats_are_refused_although_libvips_reads_them),
        WITH_PLACE(a_helper_over_its_time_leaves_nothing),
        WITH_PLACE(the_sandbox_allows_nothing_but_sizing),
        WITH_PLACE(files_stay_hidden_without_the_list_of_calls_too),
        WITH_PLACE(every_picture_of_the_corpora_behaves),
    };
    if (argc < 2 || VIPS_INIT(argv[0]))
        return 2;
    if (argc > 2)
        cmocka_set_test_filter(argv[2]);
    helper_path = argv[1];
    vips_cache_set_max(0);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
