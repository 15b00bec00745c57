// What a publication's colour promises, whatever it is: it can be read.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "site/accent.h"

// ---- WCAG 2.2 once more, apart from the code that is tested

static double channel(const char *hex)
{
    char two[3] = {hex[0], hex[1], 0};
    double c = (double)strtol(two, NULL, 16) / 255;
    return c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double luminance(str c)
{
    assert_int_equal(c.len, 7);
    assert_int_equal(c.ptr[0], '#');
    return 0.2126 * channel(c.ptr + 1) + 0.7152 * channel(c.ptr + 3) + 0.0722 * channel(c.ptr + 5);
}

static double contrast(str a, str b)
{
    double one = luminance(a) + 0.05, other = luminance(b) + 0.05;
    return one > other ? one / other : other / one;
}

static void reads_on(str colour, const char *paper, const char *given)
{
    if (contrast(colour, str_of(paper)) < 4.5)
        fail_msg("%s: %.*s on %s has %.3f", given, STR(colour), paper,
                 contrast(colour, str_of(paper)));
}

static void reads(const char *given)
{
    arena_scoped a = arena_new();
    struct accent c = accent_of(a, str_of(given));
    const str light[] = {c.light, c.light_hover}, dark[] = {c.dark, c.dark_hover};
    for (size_t i = 0; i < 2; i++) {
        reads_on(light[i], "#ffffff", given);
        reads_on(light[i], "#f3f5f6", given);
        reads_on(light[i], "#fff5d9", given);
        reads_on(dark[i], "#111417", given);
        reads_on(dark[i], "#1a1f23", given);
        reads_on(dark[i], "#2a2310", given);
    }
    // Under a pointer something has to happen.
    assert_true(contrast(c.light, c.light_hover) > 1.15);
    assert_true(contrast(c.dark, c.dark_hover) > 1.15);
}

// ---- hues, once more by HSV

static double hue(str c)
{
    double r = channel(c.ptr + 1), g = channel(c.ptr + 3), b = channel(c.ptr + 5);
    return atan2(sqrt(3) * (g - b), 2 * r - g - b) * 180 / 3.14159265358979;
}

static void spell(char out[8], double degrees, double saturation, double value)
{
    double parts[3];
    for (int i = 0; i < 3; i++) {
        double k = fmod((i == 0 ? 5.0 : i == 1 ? 3.0 : 1.0) + degrees / 60, 6);
        double least = fmin(fmin(k, 4 - k), 1);
        parts[i] = value - value * saturation * fmax(0, least);
    }
    snprintf(out, 8, "#%02x%02x%02x", (int)lround(parts[0] * 255) & 255,
             (int)lround(parts[1] * 255) & 255, (int)lround(parts[2] * 255) & 255);
}

static void every_hue_can_be_read_on_every_paper(void **state)
{
    char given[8];
    for (int degrees = 0; degrees < 360; degrees += 3) {
        for (int part = 1; part <= 20; part++) {
            spell(given, degrees, 1, part / 20.0);
            reads(given);
            spell(given, degrees, part / 20.0, 1);
            reads(given);
        }
    }
}

static void every_grey_can_be_read_on_every_paper(void **state)
{
    char given[8];
    for (int grey = 0; grey < 256; grey++) {
        snprintf(given, sizeof given, "#%02x%02x%02x", grey, grey, grey);
        reads(given);
    }
}

static void a_colour_that_can_be_read_stays_as_it_is(void **state)
{
    arena_scoped a = arena_new();
    assert_str(accent_of(a, S("#7a1f2b")).light, "#7a1f2b");
    assert_str(accent_of(a, S("#0A4D78")).light, "#0a4d78");
    assert_str(accent_of(a, S("#000000")).light, "#000000");
    assert_str(accent_of(a, S("#8cc5ef")).dark, "#8cc5ef");
    assert_str(accent_of(a, S("#ffff00")).dark, "#ffff00");
    assert_str(accent_of(a, S("#FFFFFF")).dark, "#ffffff");
}

// It moves no further than it has to.
static void a_colour_that_cannot_is_moved_until_it_just_can(void **state)
{
    arena_scoped a = arena_new();
    const char *const given[] = {"#ffff00", "#ffffff", "#ff8800", "#00ffff", "#888888"};
    for (size_t i = 0; i < 5; i++)
        assert_true(contrast(accent_of(a, str_of(given[i])).light, S("#f3f5f6")) < 4.65);
    const char *const dark[] = {"#000000", "#7a1f2b", "#0000aa", "#003300"};
    for (size_t i = 0; i < 4; i++)
        assert_true(contrast(accent_of(a, str_of(dark[i])).dark, S("#2a2310")) < 4.65);
}

static void its_hue_is_kept(void **state)
{
    arena_scoped a = arena_new();
    const char *const given[] = {"#ffdd00", "#ff8800", "#00cc44", "#7a1f2b", "#c000c0"};
    for (size_t i = 0; i < 5; i++) {
        struct accent c = accent_of(a, str_of(given[i]));
        const str four[] = {c.light, c.light_hover, c.dark, c.dark_hover};
        for (size_t k = 0; k < 4; k++) {
            double apart = fabs(hue(four[k]) - hue(str_of(given[i])));
            assert_true(fmin(apart, 360 - apart) < 20);
        }
    }
    assert_str(accent_of(a, S("#ffffff")).light, "#707070");
}

static void no_colour_is_the_theme_s(void **state)
{
    arena_scoped a = arena_new();
    assert_str(accent_of(a, S("")).light, "#0a4d78");
    assert_str(accent_of(a, S("")).dark, "#8cc5ef");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hue_can_be_read_on_every_paper),
        cmocka_unit_test(every_grey_can_be_read_on_every_paper),
        cmocka_unit_test(a_colour_that_can_be_read_stays_as_it_is),
        cmocka_unit_test(a_colour_that_cannot_is_moved_until_it_just_can),
        cmocka_unit_test(its_hue_is_kept),
        cmocka_unit_test(no_colour_is_the_theme_s),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
