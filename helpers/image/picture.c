// The picture handed in: looked at, then decoded once, small enough to work on.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/picture.h"

#include <stdlib.h>
#include <string.h>

#include "helpers/image/answer.h"
#include "image/protocol.h"
#include "image/sniff.h"

enum { OPAQUE = 255 };

static void check_type(str media_type)
{
    static const char *const taken[] = {"image/jpeg", "image/png", "image/gif", "image/webp"};
    for (size_t i = 0; i < sizeof taken / sizeof *taken; i++) {
        if (str_eq(media_type, str_of(taken[i])))
            return;
    }
    refuse_input("is not a JPEG, PNG, WebP or GIF picture");
}

static void check_size(int64_t width, int64_t height)
{
    if (width > IMAGE_MOST_SIDE || height > IMAGE_MOST_SIDE)
        refuse_limit("is %lld x %lld pixels; a picture has at most %d a side", (long long)width,
                     (long long)height, IMAGE_MOST_SIDE);
    if (width * height > IMAGE_MOST_PIXELS)
        refuse_limit("is %lld x %lld pixels; a picture has at most %d million", (long long)width,
                     (long long)height, IMAGE_MOST_PIXELS / 1000000);
}

// Keeps libvips's words off the answer: they may quote the picture.
static _Noreturn void refuse_broken(void)
{
    refuse_input("is broken or ends early; save it afresh");
}

// What the decoder takes the size to be counts, where it differs from what the header says.
static void read_header(struct picture *p)
{
    VipsImage *header = vips_image_new_from_buffer(p->bytes.ptr, p->bytes.len, "", NULL);
    if (!header)
        refuse_broken();
    int width = vips_image_get_width(header), height = vips_image_get_height(header);
    check_size(width, height);
    bool turned = vips_image_get_orientation_swap(header);
    p->frames = vips_image_get_n_pages(header);
    p->width = turned ? height : width;
    p->height = turned ? width : height;
    g_object_unref(header);
}

void picture_look(struct picture *p, str bytes)
{
    struct image_size size;
    *p = (struct picture){.bytes = bytes, .media_type = image_media_type(bytes)};
    check_type(p->media_type);
    if (!image_size(bytes, &size))
        refuse_broken();
    check_size(size.width, size.height);
    read_header(p);
}

void picture_check_icon(const struct picture *p)
{
    if (p->width != p->height)
        refuse_input("is %d x %d pixels; an icon has to be square", p->width, p->height);
    if (p->width < IMAGE_ICON_LARGEST)
        refuse_input("is %d x %d pixels; an icon has to have %d a side, or more", p->width,
                     p->height, IMAGE_ICON_LARGEST);
}

// Whether an alpha band is worth keeping: many pictures have one that says "opaque" everywhere.
static bool is_transparent(VipsImage *image)
{
    VipsImage *alpha = NULL;
    double least = OPAQUE;
    if (vips_extract_band(image, &alpha, vips_image_get_bands(image) - 1, NULL) ||
        vips_min(alpha, &least, NULL))
        refuse_broken();
    g_object_unref(alpha);
    return least < OPAQUE;
}

// Only the pixels go on: metadata has no way through a block of memory.
static void keep_pixels(struct picture *p, VipsImage *image)
{
    size_t size;
    int bands = vips_image_get_bands(image);
    if (bands != 3 && bands != 4)
        refuse_input("has %d colour channels, which no web picture has", bands);
    p->pixels = vips_image_write_to_memory(image, &size);
    if (!p->pixels)
        refuse_broken();
    VipsImage *bare =
        vips_image_new_from_memory(p->pixels, size, vips_image_get_width(image),
                                   vips_image_get_height(image), bands, VIPS_FORMAT_UCHAR);
    if (!bare || vips_copy(bare, &p->base, "interpretation", VIPS_INTERPRETATION_sRGB, NULL))
        refuse_broken();
    g_object_unref(bare);
}

static void drop_opaque_alpha(struct picture *p)
{
    p->alpha = vips_image_hasalpha(p->base) && is_transparent(p->base);
    if (p->alpha || !vips_image_hasalpha(p->base))
        return;
    VipsImage *colours = NULL;
    if (vips_extract_band(p->base, &colours, 0, "n", 3, NULL))
        refuse_broken();
    g_object_unref(p->base);
    p->base = colours;
}

// By the profile that the picture carries; one without is sRGB already, or grey, or CMYK of no
// particular press.
static VipsImage *to_srgb(VipsImage *image)
{
    VipsImage *colours = NULL;
    if (vips_image_get_typeof(image, VIPS_META_ICC_NAME) &&
        !vips_icc_transform(image, &colours, "srgb", "embedded", TRUE, NULL))
        return colours;
    vips_error_clear(); // a profile that cannot be used is as good as none
    if (vips_colourspace(image, &colours, VIPS_INTERPRETATION_sRGB, NULL))
        refuse_broken();
    return colours;
}

// Not by vips_thumbnail_buffer, which forgets "fail_on" (8.14) and takes half a picture for one.
VipsImage *picture_load(const struct picture *p, const char *options)
{
    return vips_image_new_from_buffer(p->bytes.ptr, p->bytes.len, options, "access",
                                      VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL);
}

// A JPEG decoder halves a picture at a fraction of the cost of reading it whole.
static const char *options_for(const struct picture *p)
{
    if (!str_eq(p->media_type, S("image/jpeg")) || p->width < IMAGE_WIDEST * 2)
        return "";
    return p->width < IMAGE_WIDEST * 4   ? "[shrink=2]"
           : p->width < IMAGE_WIDEST * 8 ? "[shrink=4]"
                                         : "[shrink=8]";
}

void picture_decode(struct picture *p)
{
    VipsImage *small = NULL, *bytes = NULL, *whole = picture_load(p, options_for(p));
    if (!whole || vips_thumbnail_image(whole, &small, IMAGE_WIDEST, "height", VIPS_MAX_COORD,
                                       "size", VIPS_SIZE_DOWN, NULL))
        refuse_broken();
    VipsImage *colours = to_srgb(small);
    if (vips_cast(colours, &bytes, VIPS_FORMAT_UCHAR, NULL))
        refuse_broken();
    keep_pixels(p, bytes);
    g_object_unref(bytes);
    g_object_unref(colours);
    g_object_unref(small);
    g_object_unref(whole);
    drop_opaque_alpha(p);
}

static VipsImage *load_drawing(const struct picture *p, double scale)
{
    VipsImage *image = NULL;
    if (vips_svgload_buffer((void *)p->bytes.ptr, p->bytes.len, &image, "scale", scale, "access",
                            VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR, NULL))
        refuse_input("is a drawing that cannot be drawn");
    return image;
}

// At just this size, where libvips by its own rounding may be a pixel beside it.
static VipsImage *draw_at(const struct picture *p, int width, int height)
{
    VipsImage *fit = NULL, *image = load_drawing(p, (double)width / p->natural_width);
    if (abs(vips_image_get_width(image) - width) > 1 ||
        abs(vips_image_get_height(image) - height) > 1)
        refuse_input("is not of the shape asked for");
    if (vips_gravity(image, &fit, VIPS_COMPASS_DIRECTION_NORTH_WEST, width, height, "extend",
                     VIPS_EXTEND_COPY, NULL))
        refuse_broken();
    g_object_unref(image);
    return fit;
}

void picture_draw(struct picture *p, str svg, int width, int height)
{
    *p = (struct picture){
        .bytes = svg, .media_type = S("image/svg+xml"), .frames = 1, .drawn = true};
    VipsImage *natural = load_drawing(p, 1);
    p->natural_width = vips_image_get_width(natural);
    int natural_height = vips_image_get_height(natural);
    check_size(p->natural_width, natural_height);
    g_object_unref(natural);
    p->width = width ? width : MIN(p->natural_width, IMAGE_WIDEST);
    p->height = height ? height : (int)((int64_t)natural_height * p->width / p->natural_width);
    VipsImage *image = draw_at(p, p->width, p->height);
    keep_pixels(p, image);
    g_object_unref(image);
    drop_opaque_alpha(p);
}

void picture_lay_over(struct picture *p, const struct mark *mark, const char *pixels)
{
    VipsImage *tagged = NULL, *both = NULL, *flat = NULL;
    size_t size = (size_t)mark->width * (size_t)mark->height * IMAGE_PIXEL_BYTES;
    if (mark->x + mark->width > p->width || mark->y + mark->height > p->height)
        refuse_input("has no room for the mark to be laid over it");
    VipsImage *bare = vips_image_new_from_memory(pixels, size, mark->width, mark->height,
                                                 IMAGE_PIXEL_BYTES, VIPS_FORMAT_UCHAR);
    if (!bare || vips_copy(bare, &tagged, "interpretation", VIPS_INTERPRETATION_sRGB, NULL) ||
        vips_composite2(p->base, tagged, &both, VIPS_BLEND_MODE_OVER, "x", mark->x, "y", mark->y,
                        NULL) ||
        vips_cast(both, &flat, VIPS_FORMAT_UCHAR, NULL))
        refuse_broken();
    struct picture drawn = *p;
    keep_pixels(p, flat);
    drop_opaque_alpha(p);
    p->marked = true;
    g_object_unref(flat);
    g_object_unref(both);
    g_object_unref(tagged);
    g_object_unref(bare);
    picture_close(&drawn);
}

VipsImage *picture_drawn_at(const struct picture *p, int width)
{
    VipsImage *colours = NULL;
    int height = (int)((int64_t)p->height * width / p->width);
    VipsImage *image = draw_at(p, width, MAX(height, 1));
    if (vips_extract_band(image, &colours, 0, "n", p->alpha ? 4 : 3, NULL))
        refuse_broken();
    VipsImage *made = vips_image_copy_memory(colours);
    if (!made)
        refuse_broken();
    g_object_unref(colours);
    g_object_unref(image);
    return made;
}

void picture_close(struct picture *p)
{
    g_object_unref(p->base);
    g_free(p->pixels);
}
