// Sizes a decoded picture, encodes each variant and answers with it at once.
// SPDX-License-Identifier: Apache-2.0
#include "helpers/image/variants.h"

#include <stdint.h>
#include <string.h>
#include <vips/vips.h>

#include "helpers/image/answer.h"
#include "helpers/image/picture.h"
#include "image/protocol.h"

// Quality by eye on photographs at 1× and 2×; effort where a step more costs more time than bytes
// are worth (measured).
enum {
    WEBP_QUALITY = 78,
    WEBP_EFFORT = 3,
    WEBP_MOST_SIDE = 16383, // RFC 9649 §2.7
    AVIF_QUALITY = 52,
    AVIF_EFFORT = 1,
    JPEG_QUALITY = 80,
    DRAWN_QUALITY = 90, // keeps edges and letters clean, in full colour resolution
    DRAWN_EFFORT = 2,
    DRAWN_TRIAL_WIDTH = 640,
    PNG_EFFORT = 7,
    ANIMATION_EFFORT = 2,
    THOUSANDTHS = 1000,
    MOST_WIDTHS = 8,
};

// How WebP and JPEG are written: photographs and drawings want different things.
struct quality {
    int webp, effort, jpeg;
    bool lossless; // WebP
    bool palette;  // PNG of few colours in place of JPEG
};

static const struct quality photograph = {WEBP_QUALITY, WEBP_EFFORT, JPEG_QUALITY, false, false};

static _Noreturn void refuse_unmade(const char *what)
{
    refuse_input("cannot be turned into %s; save it afresh as JPEG or PNG", what);
}

static void answer_variant(const char *role, const char *type, int width, int height, void *bytes,
                           size_t size)
{
    if (size > IMAGE_MOST_VARIANT_BYTES)
        refuse_limit("has a variant of %zu MB; save it with less detail", size >> 20);
    answer_line("variant role=%s type=%s width=%d height=%d bytes=%zu", role, type, width, height,
                size);
    answer_bytes(bytes, size);
    g_free(bytes);
}

static uint32_t get_le32(const uint8_t *in)
{
    return in[0] | (uint32_t)in[1] << 8 | (uint32_t)in[2] << 16 | (uint32_t)in[3] << 24;
}

// libvips (8.14) ends a WebP by an EXIF chunk of its own making even when told to strip. What is
// left of the file without it; the chunks before are walked as RFC 9649 §2.3 lays them out.
static size_t without_exif(uint8_t *bytes, size_t size)
{
    enum { FIRST_CHUNK = 12, CHUNK_HEAD = 8, RIFF_HEAD = 8, FLAGS = 20, EXIF_FLAG = 0x08 };
    for (size_t at = FIRST_CHUNK; at + CHUNK_HEAD <= size;) {
        if (!memcmp(bytes + at, "EXIF", 4) && size > FLAGS) {
            for (int i = 0; i < 4; i++)
                bytes[4 + i] = (uint8_t)((at - RIFF_HEAD) >> (8 * i));
            bytes[FLAGS] &= (uint8_t)~EXIF_FLAG;
            return at;
        }
        size_t length = get_le32(bytes + at + 4);
        at += CHUNK_HEAD + length + (length & 1);
    }
    return size;
}

static void encode_webp(VipsImage *image, const struct quality *q, void **bytes, size_t *size)
{
    if (vips_webpsave_buffer(image, bytes, size, "Q", q->webp, "effort", q->effort, "lossless",
                             q->lossless, "strip", TRUE, NULL))
        refuse_unmade("WebP");
}

static void answer_webp(const char *role, VipsImage *image, const struct quality *q)
{
    void *bytes;
    size_t size;
    int height = vips_image_get_page_height(image);
    if (height > WEBP_MOST_SIDE)
        return;
    encode_webp(image, q, &bytes, &size);
    answer_variant(role, "image/webp", vips_image_get_width(image), height, bytes,
                   without_exif(bytes, size));
}

static int encode_avif(VipsImage *image, void **bytes, size_t *size)
{
    return vips_heifsave_buffer(image, bytes, size, "compression",
                                VIPS_FOREIGN_HEIF_COMPRESSION_AV1, "Q", AVIF_QUALITY, "effort",
                                AVIF_EFFORT, "strip", TRUE, NULL);
}

static void answer_avif(VipsImage *image)
{
    void *bytes;
    size_t size;
    if (encode_avif(image, &bytes, &size))
        refuse_unmade("AVIF");
    answer_variant("sized", "image/avif", vips_image_get_width(image), vips_image_get_height(image),
                   bytes, size);
}

static void answer_jpeg(const char *role, VipsImage *image, const struct quality *q)
{
    void *bytes;
    size_t size;
    if (vips_jpegsave_buffer(image, &bytes, &size, "Q", q->jpeg, "optimize_coding", TRUE,
                             "interlace", TRUE, "strip", TRUE, NULL))
        refuse_unmade("JPEG");
    answer_variant(role, "image/jpeg", vips_image_get_width(image), vips_image_get_height(image),
                   bytes, size);
}

static void answer_png(const char *role, VipsImage *image, const struct quality *q)
{
    void *bytes;
    size_t size;
    if (vips_pngsave_buffer(image, &bytes, &size, "compression", PNG_EFFORT, "palette", q->palette,
                            "strip", TRUE, NULL))
        refuse_unmade("PNG");
    answer_variant(role, "image/png", vips_image_get_width(image), vips_image_get_height(image),
                   bytes, size);
}

// The image at `width` by its own shape, or at exactly the height given where that is not 0; in
// memory, since each encoder reads it anew.
static VipsImage *sized(VipsImage *image, int width, int height)
{
    VipsImage *resized = NULL;
    if (vips_image_get_width(image) == width &&
        (!height || vips_image_get_height(image) == height)) {
        g_object_ref(image);
        return image;
    }
    int problem = height ? vips_thumbnail_image(image, &resized, width, "height", height, "size",
                                                VIPS_SIZE_FORCE, NULL)
                         : vips_thumbnail_image(image, &resized, width, "height", VIPS_MAX_COORD,
                                                "size", VIPS_SIZE_DOWN, NULL);
    VipsImage *made = problem ? NULL : vips_image_copy_memory(resized);
    if (!made)
        refuse_unmade("smaller sizes");
    g_object_unref(resized);
    return made;
}

// The steps that the picture reaches, and its own width where the next step down would lose a
// quarter or more of it.
static int widths_of(const struct picture *p, int *widths)
{
    static const int steps[] = IMAGE_WIDTHS;
    int count = 0, widest = vips_image_get_width(p->base);
    for (size_t i = 0; i < sizeof steps / sizeof *steps && steps[i] <= widest; i++)
        widths[count++] = steps[i];
    if (!count || widest * 3 >= widths[count - 1] * 4)
        widths[count++] = widest;
    return count;
}

static VipsImage *at_width(const struct picture *p, int width)
{
    return p->drawn ? picture_drawn_at(p, width) : sized(p->base, width, /* height= */ 0);
}

static void make_sized(const struct picture *p, const struct quality *q, bool avif)
{
    int widths[MOST_WIDTHS], fallback = 0;
    int count = widths_of(p, widths);
    for (int i = 0; i < count; i++) {
        if (i == 0 || widths[i] <= IMAGE_FALLBACK_WIDTH)
            fallback = i;
    }
    for (int i = 0; i < count; i++) {
        VipsImage *image = at_width(p, widths[i]);
        answer_webp("sized", image, q);
        if (avif)
            answer_avif(image);
        if (i == fallback)
            (p->alpha || q->palette ? answer_png : answer_jpeg)("fallback", image, q);
        g_object_unref(image);
    }
}

// Where a stretch of `length` begins in `whole` so that its middle is as near to `focus` as can be.
static int begin_around(int focus, int length, int whole)
{
    int begin = (int)((int64_t)focus * whole / THOUSANDTHS) - length / 2;
    return begin < 0 ? 0 : begin > whole - length ? whole - length : begin;
}

static VipsImage *on_ground(VipsImage *image, const double colour[3])
{
    VipsImage *flat = NULL;
    VipsArrayDouble *ground = vips_array_double_new(colour, 3);
    int problem = vips_flatten(image, &flat, "background", ground, NULL);
    vips_area_unref(VIPS_AREA(ground));
    if (problem)
        refuse_unmade("an opaque picture");
    return flat;
}

static const double white[] = {255, 255, 255}, ink[] = {0x15, 0x19, 0x1d};

static VipsImage *on_white(VipsImage *image)
{
    return on_ground(image, white);
}

static void make_share(const struct picture *p, const struct quality *q, struct focus focus)
{
    VipsImage *crop = NULL;
    int whole_width = vips_image_get_width(p->base), whole_height = vips_image_get_height(p->base);
    int width = whole_width, height = whole_width * IMAGE_SHARE_HEIGHT / IMAGE_SHARE_WIDTH;
    if (height > whole_height) {
        height = whole_height;
        width = whole_height * IMAGE_SHARE_WIDTH / IMAGE_SHARE_HEIGHT;
    }
    if (width < IMAGE_SHARE_NARROWEST)
        return;
    if (vips_extract_area(p->base, &crop, begin_around(focus.x, width, whole_width),
                          begin_around(focus.y, height, whole_height), width, height, NULL))
        refuse_unmade("a crop");
    VipsImage *image = width > IMAGE_SHARE_WIDTH
                           ? sized(crop, IMAGE_SHARE_WIDTH, IMAGE_SHARE_HEIGHT)
                           : sized(crop, width, height);
    VipsImage *flat = p->alpha ? on_white(image) : g_object_ref(image);
    answer_jpeg("share", flat, q);
    g_object_unref(flat);
    g_object_unref(image);
    g_object_unref(crop);
}

// All frames, encoded afresh: what came in is never handed out. One too large for that stays still.
static void make_animation(const struct picture *p)
{
    VipsImage *frames = NULL;
    int64_t pixels = (int64_t)p->width * p->height * p->frames;
    if (p->frames < 2 || pixels > IMAGE_ANIMATION_PIXELS || p->bytes.len > IMAGE_ANIMATION_BYTES)
        return;
    VipsImage *whole = picture_load(p, "[n=-1]");
    if (!whole || vips_thumbnail_image(whole, &frames, IMAGE_ANIMATION_WIDTH, "height",
                                       VIPS_MAX_COORD, "size", VIPS_SIZE_DOWN, NULL))
        refuse_unmade("an animation");
    struct quality q = photograph;
    q.effort = ANIMATION_EFFORT;
    answer_webp("animation", frames, &q);
    g_object_unref(frames);
    g_object_unref(whole);
}

void find_focus(const struct picture *p, struct focus *focus)
{
    VipsImage *crop = NULL;
    int x, y, width = vips_image_get_width(p->base), height = vips_image_get_height(p->base);
    if (focus->given)
        return;
    if (vips_smartcrop(p->base, &crop, (width + 1) / 2, (height + 1) / 2, "interesting",
                       VIPS_INTERESTING_ATTENTION, "attention_x", &x, "attention_y", &y, NULL))
        refuse_unmade("a crop");
    g_object_unref(crop);
    focus->x = (int)((int64_t)CLAMP(x, 0, width) * THOUSANDTHS / width);
    focus->y = (int)((int64_t)CLAMP(y, 0, height) * THOUSANDTHS / height);
}

void make_variants(const struct picture *p, struct focus focus, bool avif)
{
    make_sized(p, &photograph, avif);
    make_share(p, &photograph, focus);
    make_animation(p);
}

// Flat areas and lines are smaller without loss than with it, gradients are not: tried out once.
static struct quality quality_of(const struct picture *p)
{
    struct quality lossy = {DRAWN_QUALITY, DRAWN_EFFORT, DRAWN_QUALITY, false, false};
    struct quality lossless = {.webp = 100, DRAWN_EFFORT, DRAWN_QUALITY, true, true};
    void *bytes;
    size_t with_loss, without;
    VipsImage *trial = at_width(p, MIN(DRAWN_TRIAL_WIDTH, vips_image_get_width(p->base)));
    encode_webp(trial, &lossy, &bytes, &with_loss);
    g_free(bytes);
    encode_webp(trial, &lossless, &bytes, &without);
    g_free(bytes);
    g_object_unref(trial);
    return without <= with_loss ? lossless : lossy;
}

void make_drawn_variants(const struct picture *p, struct focus focus)
{
    struct quality q = quality_of(p);
    make_sized(p, &q, /* avif= */ false);
    make_share(p, &q, focus);
}

void make_drawn(const struct picture *p, bool png)
{
    struct quality q = {DRAWN_QUALITY, DRAWN_EFFORT, DRAWN_QUALITY, false, png && !p->marked};
    VipsImage *image = p->alpha && !png ? on_white(p->base) : g_object_ref(p->base);
    (png ? answer_png : answer_jpeg)("drawn", image, &q);
    g_object_unref(image);
}

void make_pixels(const struct picture *p, int width, int height)
{
    VipsImage *whole = NULL;
    int own_width = vips_image_get_width(p->base), own_height = vips_image_get_height(p->base);
    double scale = MIN(1.0, MIN((double)width / own_width, (double)height / own_height));
    VipsImage *small =
        sized(p->base, MAX((int)(own_width * scale), 1), MAX((int)(own_height * scale), 1));
    if (p->alpha)
        whole = g_object_ref(small);
    else if (vips_addalpha(small, &whole, NULL))
        refuse_unmade("pixels");
    size_t size;
    void *bytes = vips_image_write_to_memory(whole, &size);
    if (!bytes)
        refuse_unmade("pixels");
    answer_variant("pixels", "pixels", vips_image_get_width(whole), vips_image_get_height(whole),
                   bytes, size);
    g_object_unref(whole);
    g_object_unref(small);
}

// What a transparent mark is seen on: ink, where what is to be seen of it is nearly white.
static const double *ground_of(VipsImage *image)
{
    enum { LIGHT = 200, OPAQUE = 255 };
    const double black[] = {0, 0, 0};
    VipsImage *alpha = NULL, *dark = on_ground(image, black);
    double seen = 0, colour = 0;
    if (vips_extract_band(image, &alpha, vips_image_get_bands(image) - 1, NULL) ||
        vips_avg(alpha, &seen, NULL) || vips_avg(dark, &colour, NULL))
        refuse_unmade("an opaque picture");
    g_object_unref(alpha);
    g_object_unref(dark);
    return seen > 0 && colour * OPAQUE / seen > LIGHT ? ink : white;
}

// Masks cut to a circle of four fifths: what stands in the picture's own circle is kept. Around it
// is what stands in its corner.
static VipsImage *with_room(VipsImage *image, int side)
{
    VipsImage *wide = NULL, *small = sized(image, side * 4 / 5, side * 4 / 5);
    int bands, edge = (side - side * 4 / 5) / 2;
    double *corner = NULL;
    if (vips_getpoint(small, &corner, &bands, 0, 0, NULL))
        refuse_unmade("an icon");
    VipsArrayDouble *ground = vips_array_double_new(corner, bands);
    if (vips_embed(small, &wide, edge, edge, side, side, "extend", VIPS_EXTEND_BACKGROUND,
                   "background", ground, NULL))
        refuse_unmade("an icon");
    vips_area_unref(VIPS_AREA(ground));
    g_free(corner);
    g_object_unref(small);
    return wide;
}

void make_icons(const struct picture *p)
{
    static const int sides[] = IMAGE_ICON_SIDES;
    const struct quality plain = {.palette = false};
    VipsImage *flat = p->alpha ? on_ground(p->base, ground_of(p->base)) : g_object_ref(p->base);
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        VipsImage *image = sized(p->base, sides[i], sides[i]);
        answer_png("icon", image, &plain);
        g_object_unref(image);
    }
    VipsImage *touch = sized(flat, IMAGE_TOUCH_SIDE, IMAGE_TOUCH_SIDE);
    VipsImage *maskable = with_room(flat, IMAGE_ICON_LARGEST);
    answer_png("touch", touch, &plain);
    answer_png("maskable", maskable, &plain);
    g_object_unref(touch);
    g_object_unref(maskable);
    g_object_unref(flat);
}

bool warm_encoders(void)
{
    VipsImage *black = NULL;
    void *bytes = NULL;
    size_t size;
    bool avif = !vips_black(&black, 16, 16, "bands", 3, NULL) && !encode_avif(black, &bytes, &size);
    g_free(bytes);
    if (black)
        g_object_unref(black);
    vips_error_clear();
    return avif;
}
