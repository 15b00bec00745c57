// Tests of how the helper's answer is read.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "image/protocol.h"
#include "image/reply.h"

#define PICTURE "picture type=image/png width=640 height=480 alpha=1 focus=0,1000\n"
#define LINE(width, type, bytes)                                                                   \
    "variant role=sized type=image/" type " width=" width " height=240 bytes=" bytes "\n"
#define WEBP "RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0"
#define AVIF                                                                                       \
    "\0\0\0\x1c"                                                                                   \
    "ftypavif"
#define GOOD PICTURE LINE("320", "webp", "30") WEBP LINE("320", "avif", "12") AVIF "done\n"

static bool parses(str bytes)
{
    arena_scoped a = arena_new();
    struct reply reply;
    return reply_parse(a, bytes, &reply);
}

static void a_whole_answer_is_read(void **state)
{
    arena_scoped a = arena_new();
    struct reply r;
    assert_true(reply_parse(a, S(GOOD), &r));
    assert_false(r.refused);
    assert_str(r.set.media_type, "image/png");
    assert_int_equal(r.set.width, 640);
    assert_int_equal(r.set.height, 480);
    assert_true(r.set.alpha);
    assert_int_equal(r.set.focus_y, 1000);
    assert_int_equal(r.set.count, 2);
    assert_int_equal(r.set.variants[0].width, 320);
    assert_str(r.set.variants[1].media_type, "image/avif");
    assert_true(str_eq(r.bytes[0], S(WEBP)));
    assert_true(str_eq(r.bytes[1], S(AVIF)));
}

static void a_refusal_is_read_wherever_it_comes(void **state)
{
    arena_scoped a = arena_new();
    struct reply r;
    assert_true(reply_parse(a, S("refused limit: has 50 MB\n"), &r));
    assert_true(r.refused);
    assert_int_equal(r.fault, FAULT_LIMIT);
    assert_str(r.sentence, "has 50 MB");
    assert_true(
        reply_parse(a, S(PICTURE LINE("320", "webp", "30") WEBP "refused input: broken\n"), &r));
    assert_int_equal(r.fault, FAULT_INPUT);
    assert_int_equal(r.set.count, 0);
}

static void no_cut_or_lengthened_answer_is_taken(void **state)
{
    str good = S(GOOD);
    assert_true(parses(good));
    for (size_t length = 0; length < good.len; length++)
        assert_false(parses(str_sub(good, 0, length)));
    assert_false(parses(S(GOOD "\n")));
    assert_false(parses(S(GOOD GOOD)));
    assert_false(parses(S("refused input: a\nrefused input: b\n")));
}

static void what_is_beyond_a_limit_is_not_taken(void **state)
{
    const str wrong[] = {
        S(PICTURE "done\n"),
        S(PICTURE LINE("320", "webp", "31") WEBP "done\n"),
        S(PICTURE LINE("320", "webp", "0") "done\n"),
        S(PICTURE LINE("320", "webp", "-30") WEBP "done\n"),
        S(PICTURE LINE("320", "webp", "+30") WEBP "done\n"),
        S(PICTURE LINE("320", "webp", "") WEBP "done\n"),
        S(PICTURE LINE("320", "webp", "99999999999999999999") WEBP "done\n"),
        S(PICTURE LINE("1921", "avif", "12") AVIF "done\n"),
        S("picture type=image/png width=16385 height=480 alpha=1 focus=0,0\n" LINE(
            "320", "webp", "30") WEBP "done\n"),
        S("picture type=image/png width=1 height=480 alpha=1 focus=0,1001\n" LINE(
            "320", "webp", "30") WEBP "done\n"),
        S("picture type=text/html width=1 height=480 alpha=1 focus=0,1\n" LINE("320", "webp", "30")
              WEBP "done\n"),
        S("refused denied: no such fault\n"),
        S("refused input: \n"),
        S("refused input: a\x1b[2J\n"),
        S("refused input: \xc3\xa4\n"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(parses(wrong[i]));
}

static void plain_pixels_are_as_many_as_their_line_says(void **state)
{
#define PIXELS(role, type, size)                                                                   \
    "variant role=" role " type=" type " width=2 height=1 bytes=" size "\n"
    assert_true(parses(S(PICTURE PIXELS("pixels", "pixels", "8") "12345678done\n")));
    const str wrong[] = {
        S(PICTURE PIXELS("pixels", "pixels", "7") "1234567done\n"),
        S(PICTURE PIXELS("pixels", "pixels", "9") "123456789done\n"),
        S(PICTURE PIXELS("sized", "pixels", "8") "12345678done\n"),
        S(PICTURE PIXELS("pixels", "image/avif", "12") AVIF "done\n"),
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(parses(wrong[i]));
}

static void bytes_must_be_what_their_line_says(void **state)
{
    const str wrong[] = {
        S(PICTURE LINE("640", "webp", "30") WEBP "done\n"), // another width
        S(PICTURE LINE("320", "png", "30") WEBP "done\n"),  // another type
        S(PICTURE LINE("320", "svg+xml", "5") "<svg>done\n"),
        S(PICTURE LINE("320", "avif", "8") "<script>"
                                           "done\n"),
        S(PICTURE LINE("320", "webp", "30") WEBP LINE("320", "webp", "30") WEBP "done\n"), // twice
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(parses(wrong[i]));
}

static void more_variants_than_there_can_be_are_not_taken(void **state)
{
    for (int count = IMAGE_MOST_VARIANTS; count <= IMAGE_MOST_VARIANTS + 1; count++) {
        arena_scoped a = arena_new();
        struct buf all = buf_new(a, 1 << 20);
        buf_add(&all, S(PICTURE));
        for (int i = 1; i <= count; i++) {
            buf_addf(&all, "variant role=sized type=image/avif width=%d height=1 bytes=12\n", i);
            buf_add(&all, S(AVIF));
        }
        buf_add(&all, S("done\n"));
        assert_int_equal(parses(buf_str(&all)), count == IMAGE_MOST_VARIANTS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_answer_is_read),
        cmocka_unit_test(a_refusal_is_read_wherever_it_comes),
        cmocka_unit_test(no_cut_or_lengthened_answer_is_taken),
        cmocka_unit_test(what_is_beyond_a_limit_is_not_taken),
        cmocka_unit_test(plain_pixels_are_as_many_as_their_line_says),
        cmocka_unit_test(bytes_must_be_what_their_line_says),
        cmocka_unit_test(more_variants_than_there_can_be_are_not_taken),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
