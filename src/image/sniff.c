// What picture bytes are, by their first bytes and never by a name.
// SPDX-License-Identifier: Apache-2.0
#include "image/sniff.h"

enum {
    SVG_LOOK = 4096, // how far into a text the <svg> tag may stand to make it a drawing
    PNG_HEADER = 24, // signature, length and name of IHDR, width, height
    GIF_HEADER = 10,
    WEBP_HEADER = 30,
};

static unsigned at(str bytes, size_t i)
{
    return (unsigned char)bytes.ptr[i];
}

static int64_t big_endian(str bytes, size_t i, size_t count)
{
    int64_t n = 0;
    for (size_t k = 0; k < count; k++)
        n = n << 8 | at(bytes, i + k);
    return n;
}

static int64_t little_endian(str bytes, size_t i, size_t count)
{
    int64_t n = 0;
    for (size_t k = count; k > 0; k--)
        n = n << 8 | at(bytes, i + k - 1);
    return n;
}

static bool holds_at(str bytes, size_t i, str what)
{
    return str_eq(str_sub(bytes, i, i + what.len), what);
}

// The brand of an ISO base media file (ISO/IEC 14496-12 §4.3).
static str media_type_of_brand(str brand)
{
    static const char *const heic[] = {"heic", "heix", "heim", "heis", "hevc", "mif1", "msf1"};
    if (str_eq(brand, S("avif")) || str_eq(brand, S("avis")))
        return S("image/avif");
    for (size_t i = 0; i < sizeof heic / sizeof *heic; i++) {
        if (str_eq(brand, str_of(heic[i])))
            return S("image/heic");
    }
    return STR_NONE;
}

// A text whose first lines open an svg element, whatever prolog stands before it.
static bool looks_like_svg(str bytes)
{
    str text = str_sub(bytes, 0, SVG_LOOK);
    if (str_starts(text, S("\xef\xbb\xbf")))
        text = str_from(text, 3);
    return str_starts(str_trim(text), S("<")) && str_find(text, S("<svg")) >= 0;
}

str image_media_type(str bytes)
{
    if (str_starts(bytes, S("\xff\xd8\xff")))
        return S("image/jpeg");
    if (str_starts(bytes, S("\x89PNG\r\n\x1a\n")))
        return S("image/png");
    if (str_starts(bytes, S("GIF87a")) || str_starts(bytes, S("GIF89a")))
        return S("image/gif");
    if (str_starts(bytes, S("RIFF")) && holds_at(bytes, 8, S("WEBP")))
        return S("image/webp");
    if (holds_at(bytes, 4, S("ftyp")))
        return media_type_of_brand(str_sub(bytes, 8, 12));
    return looks_like_svg(bytes) ? S("image/svg+xml") : STR_NONE;
}

// SOF0 to SOF15 without the three that are something else (ITU-T T.81, table B.1).
static bool opens_frame(unsigned marker)
{
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

static bool stands_alone(unsigned marker)
{
    return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

// Walks the segments to the frame's (ITU-T T.81 §B.2.2). A height of 0, to be told after the first
// scan, is refused: no camera writes that, and many readers cannot read it.
static bool jpeg_size(str bytes, struct image_size *out)
{
    size_t i = 2;
    while (i + 1 < bytes.len) {
        if (at(bytes, i) != 0xff)
            return false;
        unsigned marker = at(bytes, i + 1);
        if (marker == 0xff) { // fill bytes
            i++;
            continue;
        }
        i += 2;
        if (stands_alone(marker))
            continue;
        if (marker == 0xd9 || marker == 0xda || bytes.len - i < 2)
            return false;
        size_t length = (size_t)big_endian(bytes, i, 2);
        if (length < 2 || length > bytes.len - i)
            return false;
        if (opens_frame(marker)) {
            if (length < 8)
                return false;
            *out = (struct image_size){big_endian(bytes, i + 5, 2), big_endian(bytes, i + 3, 2)};
            return true;
        }
        i += length;
    }
    return false;
}

static bool png_size(str bytes, struct image_size *out)
{
    if (bytes.len < PNG_HEADER || !holds_at(bytes, 8, S("\0\0\0\x0dIHDR")))
        return false;
    *out = (struct image_size){big_endian(bytes, 16, 4), big_endian(bytes, 20, 4)};
    return out->width <= INT32_MAX && out->height <= INT32_MAX;
}

static bool gif_size(str bytes, struct image_size *out)
{
    if (bytes.len < GIF_HEADER)
        return false;
    *out = (struct image_size){little_endian(bytes, 6, 2), little_endian(bytes, 8, 2)};
    return true;
}

// The three kinds of first chunk (RFC 9649 §2.5 to §2.7).
static bool webp_size(str bytes, struct image_size *out)
{
    if (bytes.len < WEBP_HEADER)
        return false;
    if (holds_at(bytes, 12, S("VP8X"))) {
        *out =
            (struct image_size){little_endian(bytes, 24, 3) + 1, little_endian(bytes, 27, 3) + 1};
        return true;
    }
    if (holds_at(bytes, 12, S("VP8L")) && at(bytes, 20) == 0x2f) {
        int64_t packed = little_endian(bytes, 21, 4);
        *out = (struct image_size){(packed & 0x3fff) + 1, (packed >> 14 & 0x3fff) + 1};
        return true;
    }
    if (holds_at(bytes, 12, S("VP8 ")) && holds_at(bytes, 23, S("\x9d\x01\x2a"))) {
        *out = (struct image_size){little_endian(bytes, 26, 2) & 0x3fff,
                                   little_endian(bytes, 28, 2) & 0x3fff};
        return true;
    }
    return false;
}

bool image_size(str bytes, struct image_size *out)
{
    struct {
        const char *media_type;
        bool (*read)(str bytes, struct image_size *out);
    } readers[] = {{"image/jpeg", jpeg_size},
                   {"image/png", png_size},
                   {"image/gif", gif_size},
                   {"image/webp", webp_size}};
    str media_type = image_media_type(bytes);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct image_size size;
        if (!str_eq(media_type, str_of(readers[i].media_type)))
            continue;
        if (!readers[i].read(bytes, &size) || size.width < 1 || size.height < 1)
            return false;
        *out = size;
        return true;
    }
    return false;
}
