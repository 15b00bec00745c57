// Tests of what picture bytes are taken for.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "image/sniff.h"

#define PNG_OF(width, height) S("\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" width height "\x08\x02\0\0\0")
#define JPEG_OF(before, frame) S("\xff\xd8" before "\xff" frame "\0\x08\x08\x01\x02\x03\x04\x03")

static void bytes_tell_the_type_whatever_follows(void **state)
{
    assert_str(image_media_type(S("\xff\xd8\xff\xe0")), "image/jpeg");
    assert_str(image_media_type(S("\x89PNG\r\n\x1a\n")), "image/png");
    assert_str(image_media_type(S("GIF87a")), "image/gif");
    assert_str(image_media_type(S("GIF89a<script>")), "image/gif");
    assert_str(image_media_type(S("RIFF\1\2\3\4WEBP")), "image/webp");
    assert_str(image_media_type(S("\0\0\0\x1c"
                                  "ftypavif")),
               "image/avif");
    assert_str(image_media_type(S("\0\0\0\x1c"
                                  "ftypheic")),
               "image/heic");
}

static void a_drawing_is_known_behind_its_prolog(void **state)
{
    assert_str(image_media_type(S("<svg xmlns=''>")), "image/svg+xml");
    assert_str(image_media_type(S("\xef\xbb\xbf \n<?xml version='1.0'?><!-- a --><!DOCTYPE svg>"
                                  "<svg>")),
               "image/svg+xml");
    assert_str(image_media_type(S("a text about <svg>")), "");
}

static void other_bytes_have_no_type(void **state)
{
    const str others[] = {STR_NONE,
                          S(""),
                          S("\xff\xd8"),
                          S("GIF88a"),
                          S("RIFF1234AVI "),
                          S("\x89PNG"),
                          S("<html><img>"),
                          S("BM"),
                          S("\0\0\0\x1c"
                            "ftypmp42"),
                          S("%PDF-1.7")};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_str(image_media_type(others[i]), "");
}

static void assert_size(str bytes, int64_t width, int64_t height)
{
    struct image_size size = {0};
    assert_true(image_size(bytes, &size));
    assert_int_equal(size.width, width);
    assert_int_equal(size.height, height);
}

static void headers_state_the_size(void **state)
{
    assert_size(PNG_OF("\0\0\x75\x30", "\0\0\x02\x01"), 30000, 513);
    assert_size(S("GIF89a\x2c\x01\xc8\0"), 300, 200);
    assert_size(S("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0"), 320, 240);
    assert_size(S("RIFF\x16\0\0\0WEBPVP8L\x0a\0\0\0\x2f\x3f\xc1\x3b\0\0\0\0\0\0"), 320, 240);
    assert_size(S("RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xf0\0"), 320, 240);
    assert_size(JPEG_OF("", "\xc0"), 0x304, 0x102);
    assert_size(JPEG_OF("\xff\xe1\0\x08"
                        "Exif\0\0"
                        "\xff\xff\xff\xdb\0\x02",
                        "\xc2"),
                0x304, 0x102);
}

static void a_broken_header_states_no_size(void **state)
{
    const str broken[] = {
        PNG_OF("\0\0\0\0", "\0\0\0\1"),
        PNG_OF("\xff\0\0\0", "\0\0\0\1"),
        S("\x89PNG\r\n\x1a\n\0\0\0\x0cIHDR\0\0\0\1\0\0\0\1"),
        S("\x89PNG\r\n\x1a\n\0\0\0\x0dIDAT\0\0\0\1\0\0\0\1"),
        S("GIF89a\0\0\1\0"),
        S("RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2b\x40\x01\xf0\0"),
        S("RIFF\x16\0\0\0WEBPALPH\x0a\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xf0\0"),
        JPEG_OF("\xff\xda\0\x02", "\xc0"),   // a scan before any frame
        JPEG_OF("\xff\xe1\0\x01", "\xc0"),   // a segment shorter than its length
        JPEG_OF("\xff\xe1\xff\xff", "\xc0"), // one that ends beyond the bytes
        JPEG_OF("x", "\xc0"),                // no marker where one must stand
        JPEG_OF("", "\xc4"),                 // tables, not a frame
        S("\xff\xd8\xff\xc0\0\x07\x08\x01\x02\x03\x04"),
        S("\xff\xd8\xff\xc0\0\x11\x08\0\0\x03\x04\x03\0\0\0\0\0\0\0"),
        S("<svg width='1' height='1'>"),
        STR_NONE,
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        struct image_size size = {7, 7};
        assert_false(image_size(broken[i], &size));
        assert_int_equal(size.width, 7); // untouched
    }
}

// Cut anywhere, from an allocation of just that size, so that a sanitizer sees a byte too far.
static void no_cut_header_is_read_past_its_end(void **state)
{
    const str whole[] = {PNG_OF("\0\0\0\1", "\0\0\0\1"),
                         JPEG_OF("\xff\xe1\0\x08"
                                 "Exif\0\0",
                                 "\xc0"),
                         S("GIF89a\x2c\x01\xc8\0"),
                         S("RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0")};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        size_t sizes = 0;
        for (size_t length = 0; length <= whole[i].len; length++) {
            arena_scoped a = arena_new();
            struct image_size size;
            sizes += image_size(str_copy(a, str_sub(whole[i], 0, length)), &size);
        }
        assert_in_range(sizes, 1, 30);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(bytes_tell_the_type_whatever_follows),
        cmocka_unit_test(a_drawing_is_known_behind_its_prolog),
        cmocka_unit_test(other_bytes_have_no_type),
        cmocka_unit_test(headers_state_the_size),
        cmocka_unit_test(a_broken_header_states_no_size),
        cmocka_unit_test(no_cut_header_is_read_past_its_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
