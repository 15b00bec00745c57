// Tests of taking pictures in, with a helper that does what a broken one might.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/instant.h"
#include "image/image.h"
#include "image/protocol.h"
#include "image/test_place.h"

// What the fake helper is asked to do, as a picture.
static error ask(struct place *p, const char *what, struct image_set *set)
{
    str bytes = str_format(p->arena, "\xff\xd8\xff\xe0%s%c", what, '\0');
    return image_prepare(p->arena, &p->options, bytes, set);
}

static void variants_stand_in_the_folder_by_content(void **state)
{
    struct place *p = *state;
    struct image_set set, again;
    struct stat about;
    assert_null(ask(p, "variant", &set));
    assert_int_equal(set.count, 1);
    str name = set.variants[0].name;
    assert_true(str_ends(name, S("-320.webp")));
    assert_int_equal(name.len, 2 + 1 + 32 + strlen("-320.webp"));
    assert_int_equal(str_find(name, str_sub(name, 0, 2)), 0);
    assert_int_equal(str_cmp(str_sub(name, 0, 2), str_sub(name, 3, 5)), 0);
    assert_int_equal(fstatat(p->options.folder, str_z(p->arena, name), &about, 0), 0);
    assert_int_equal(about.st_size, set.variants[0].size);
    assert_null(ask(p, "variant", &again));
    assert_true(str_eq(again.variants[0].name, name));
    assert_int_equal(place_files(p), 1);
}

static void a_file_is_read_from_its_start_and_its_position_stays(void **state)
{
    struct place *p = *state;
    struct image_set set;
    int file = memfd_create("test", 0);
    assert_int_equal(write(file, "\xff\xd8\xff\xe0variant", 12), 11 + 1);
    assert_null(image_prepare_file(p->arena, &p->options, file, &set));
    assert_int_equal(lseek(file, 0, SEEK_CUR), 12);
    close(file);
}

static void what_is_no_picture_never_reaches_the_helper(void **state)
{
    struct place *p = *state;
    struct image_set set;
    p->options.helper = S("/does/not/exist");
    static const struct {
        str bytes;
        const char *words;
    } refused[] = {{S(""), "empty"},
                   {S("hello"), "not a JPEG, PNG, WebP or GIF"},
                   {S("<svg><script>alert(1)</script></svg>"), "SVG drawing"},
                   {S("\0\0\0\x1c"
                      "ftypheic"),
                    "image/heic; save it as JPEG"}};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_refused(p, image_prepare(p->arena, &p->options, refused[i].bytes, &set), FAULT_INPUT,
                       refused[i].words);
    assert_refused(p, ask(p, "variant", &set), FAULT_IO, "cannot be started: No such file");
}

static void a_file_above_the_limit_is_refused_unread(void **state)
{
    struct place *p = *state;
    struct image_set set;
    int file = memfd_create("test", 0);
    assert_int_equal(ftruncate(file, IMAGE_MOST_BYTES + 1), 0);
    assert_refused(p, image_prepare_file(p->arena, &p->options, file, &set), FAULT_LIMIT, "40 MB");
    close(file);
    int folder = dup(p->options.folder);
    assert_refused(p, image_prepare_file(p->arena, &p->options, folder, &set), FAULT_INPUT,
                   "regular file");
    close(folder);
}

static void a_helper_that_breaks_leaves_a_sentence_and_nothing_else(void **state)
{
    struct place *p = *state;
    struct image_set set = {.count = 77};
    static const struct {
        const char *what;
        enum fault fault;
        const char *words;
    } ends[] = {{"half", FAULT_IO, "no whole answer"},
                {"nothing", FAULT_IO, "no whole answer"},
                {"crash", FAULT_INPUT, "broke down or ran out of memory (signal 11)"},
                {"forbidden", FAULT_INPUT, "tried what no picture needs"},
                {"cpu", FAULT_LIMIT, "60 seconds of processor"},
                {"open", FAULT_IO, "could not shut itself in"},
                {"floods", FAULT_LIMIT, "96 MB"}};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        assert_refused(p, ask(p, ends[i].what, &set), ends[i].fault, ends[i].words);
    assert_int_equal(set.count, 77);
}

static void a_helper_that_does_not_end_is_ended(void **state)
{
    struct place *p = *state;
    struct image_set set;
    p->options.time_limit_ms = 50;
    const char *const slow[] = {"hangs", "half, then hangs", "lingers"};
    for (size_t i = 0; i < sizeof slow / sizeof *slow; i++) {
        int64_t began = instant_steady_us();
        assert_refused(p, ask(p, slow[i], &set), FAULT_LIMIT, "within 50 ms");
        assert_in_range(instant_steady_us() - began, 50000, 20000000);
    }
}

static void the_helper_gets_three_descriptors_and_no_environment(void **state)
{
    struct place *p = *state;
    struct image_set set;
    int leaked = dup(p->options.folder); // not close-on-exec
    setenv("SECRET", "1", 1);
    assert_refused(p, ask(p, "held", &set), FAULT_LIMIT, "3 files, 2 in the environment");
    close(leaked);
}

static void the_focal_point_is_handed_on(void **state)
{
    struct place *p = *state;
    struct image_set set;
    assert_refused(p, ask(p, "focus", &set), FAULT_INPUT, "focus -");
    p->options.focused = true;
    p->options.focus_x = 250;
    p->options.focus_y = 1000;
    assert_refused(p, ask(p, "focus", &set), FAULT_INPUT, "focus 250,1000");
}

static void an_icon_has_an_order_of_its_own_and_is_no_photograph(void **state)
{
    struct place *p = *state;
    struct image_set set;
    p->options.icon = true;
    p->options.helper = S("/does/not/exist");
    assert_refused(p, ask(p, "focus", &set), FAULT_INPUT,
                   "is a picture of type image/jpeg; an icon has to be PNG or WebP");
    assert_refused(p, image_prepare(p->arena, &p->options, S("GIF89a"), &set), FAULT_INPUT,
                   "an icon has to be PNG or WebP");
    p->options.helper = str_of(place_begin.helper);
    str png = {"\x89PNG\r\n\x1a\nfocus", 14};
    assert_refused(p, image_prepare(p->arena, &p->options, png, &set), FAULT_INPUT, "focus icon");
}

static void a_drawing_has_an_order_of_its_own(void **state)
{
    struct place *p = *state;
    struct image_set set;
    str bytes, svg = {"<svgfocus\0>", 11};
    struct image_size size = {192, 96};
    error e = image_draw(p->arena, &p->options, svg, &set);
    assert_refused(p, e, FAULT_INPUT, "focus draw");
    e = image_draw_one(p->arena, &p->options, svg, size, S("image/png"), &bytes);
    assert_refused(p, e, FAULT_INPUT, "focus draw-png-192x96");
    e = image_draw_one(p->arena, &p->options, svg, size, S("image/jpeg"), &bytes);
    assert_refused(p, e, FAULT_INPUT, "focus draw-jpeg-192x96");
    p->options.focused = true;
    p->options.focus_x = 250;
    e = image_draw(p->arena, &p->options, svg, &set);
    assert_refused(p, e, FAULT_INPUT, "focus draw-at-250,0");
}

static void a_mark_s_pixels_go_behind_the_drawing_and_its_place_into_the_order(void **state)
{
    struct place *p = *state;
    str bytes, svg = {"<svgfocus\0>", 11}, pixels = {"12345678", 8};
    const struct image_overlay over = {{2, 1, pixels}, 30, 40};
    struct image_size size = {192, 96};
    p->options.over = &over;
    error e = image_draw_one(p->arena, &p->options, svg, size, S("image/png"), &bytes);
    assert_refused(p, e, FAULT_INPUT, "focus draw-png-192x96-over-2x1-30,40");
    str tail = {"<svgtail\0>", 10};
    e = image_draw_one(p->arena, &p->options, tail, size, S("image/png"), &bytes);
    assert_refused(p, e, FAULT_INPUT, "ends with 12345678");
}

static void pixels_are_asked_for_by_their_room_and_must_fit_into_it(void **state)
{
    struct place *p = *state;
    struct image_pixels pixels;
    struct image_size room = {300, 20};
    const struct {
        const char *what;
        enum fault fault;
        const char *words;
    } asked[] = {{"focus", FAULT_INPUT, "focus pixels-300x20"},
                 {"variant", FAULT_IO, "read something else"},
                 {"half", FAULT_IO, "gave no whole answer"}};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        int file = memfd_create("test", 0);
        str bytes = str_format(p->arena, "\xff\xd8\xff\xe0%s%c", asked[i].what, '\0');
        assert_int_equal(write(file, bytes.ptr, bytes.len), (ssize_t)bytes.len);
        error e = image_read_pixels(p->arena, &p->options, file, room, &pixels);
        assert_refused(p, e, asked[i].fault, asked[i].words);
        close(file);
    }
}

static void what_is_drawn_must_be_what_was_asked_for(void **state)
{
    struct place *p = *state;
    struct image_set set;
    str bytes, other = {"<svgvariant\0>", 13}, half = {"<svghalf\0>", 10};
    struct image_size size = {320, 240};
    error e = image_draw_one(p->arena, &p->options, other, size, S("image/png"), &bytes);
    assert_refused(p, e, FAULT_IO, "drew something else");
    e = image_draw_one(p->arena, &p->options, half, size, S("image/png"), &bytes);
    assert_refused(p, e, FAULT_IO, "gave no whole answer");
    e = image_draw(p->arena, &p->options, S("\xff\xd8\xff\xe0variant"), &set);
    assert_refused(p, e, FAULT_INPUT, "is not an SVG drawing");
}

static void a_disk_that_takes_no_more_leaves_nothing(void **state)
{
    struct place *p = *state;
    struct image_set set;
    struct rlimit before;
    getrlimit(RLIMIT_FSIZE, &before);
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){16, before.rlim_max});
    // The picture itself goes through a file in memory, which the limit holds for as well.
    error e = ask(p, "variant", &set);
    setrlimit(RLIMIT_FSIZE, &before);
    assert_refused(p, e, FAULT_IO, "cannot write its variants: File too large");
    place_remove(p);
    assert_refused(p, ask(p, "variant", &set), FAULT_IO, "cannot make a folder");
}

static void only_what_was_left_long_ago_is_swept(void **state)
{
    struct place *p = *state;
    const char *const names[] = {".new-1-1", ".new-1-2", "other"};
    const struct timespec long_ago[2] = {{.tv_sec = 1000}, {.tv_sec = 1000}};
    for (int i = 0; i < 3; i++)
        close(openat(p->options.folder, names[i], O_CREAT | O_WRONLY, 0600));
    utimensat(p->options.folder, names[0], long_ago, 0);
    utimensat(p->options.folder, names[2], long_ago, 0);
    image_sweep(p->options.folder);
    assert_int_not_equal(faccessat(p->options.folder, names[0], F_OK, 0), 0);
    assert_int_equal(faccessat(p->options.folder, names[1], F_OK, 0), 0);
    assert_int_equal(faccessat(p->options.folder, names[2], F_OK, 0), 0);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        WITH_PLACE(variants_stand_in_the_folder_by_content),
        WITH_PLACE(a_file_is_read_from_its_start_and_its_position_stays),
        WITH_PLACE(what_is_no_picture_never_reaches_the_helper),
        WITH_PLACE(a_file_above_the_limit_is_refused_unread),
        WITH_PLACE(a_helper_that_breaks_leaves_a_sentence_and_nothing_else),
        WITH_PLACE(a_helper_that_does_not_end_is_ended),
        WITH_PLACE(the_helper_gets_three_descriptors_and_no_environment),
        WITH_PLACE(the_focal_point_is_handed_on),
        WITH_PLACE(an_icon_has_an_order_of_its_own_and_is_no_photograph),
        WITH_PLACE(a_drawing_has_an_order_of_its_own),
        WITH_PLACE(a_mark_s_pixels_go_behind_the_drawing_and_its_place_into_the_order),
        WITH_PLACE(pixels_are_asked_for_by_their_room_and_must_fit_into_it),
        WITH_PLACE(what_is_drawn_must_be_what_was_asked_for),
        WITH_PLACE(a_disk_that_takes_no_more_leaves_nothing),
        WITH_PLACE(only_what_was_left_long_ago_is_swept),
    };
    if (argc != 2)
        return 2;
    place_begin = (struct place_begin){.helper = argv[1], .where = "a.jpg"};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
