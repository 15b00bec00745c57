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

// Those of themes: the built-in one, Terminal, one that is dark in both schemes, and one whose
// papers are as grey as black and white can just be read on.
#define THREE(one, other, third)                                                                   \
    {                                                                                              \
        {                                                                                          \
            {one, 7}, {other, 7},                                                                  \
            {                                                                                      \
                third, 7                                                                           \
            }                                                                                      \
        }                                                                                          \
    }
static const struct {
    struct papers light, dark;
} themes[] = {
    {THREE("#ffffff", "#f3f5f6", "#fff5d9"), THREE("#111417", "#1a1f23", "#2a2310")},
    {THREE("#e9ebea", "#dcdfde", "#fff5d9"), THREE("#0b0d0e", "#15191b", "#2a2310")},
    {THREE("#101820", "#182430", "#000000"), THREE("#101820", "#182430", "#000000")},
    {THREE("#9a9a9a", "#808080", "#ffffff"), THREE("#6c6c6c", "#444444", "#000000")},
};

static struct accent usual(struct arena *a, str given)
{
    return accent_of(a, given, &papers_usual_light, &papers_usual_dark);
}

static void reads(const char *given)
{
    arena_scoped a = arena_new();
    for (size_t t = 0; t < sizeof themes / sizeof *themes; t++) {
        struct accent c = accent_of(a, str_of(given), &themes[t].light, &themes[t].dark);
        const str light[] = {c.light, c.light_hover}, dark[] = {c.dark, c.dark_hover};
        for (size_t i = 0; i < 2; i++) {
            for (size_t k = 0; k < PAPERS; k++) {
                reads_on(light[i], themes[t].light.on[k].ptr, given);
                reads_on(dark[i], themes[t].dark.on[k].ptr, given);
            }
        }
    }
    struct accent c = usual(a, str_of(given));
    reads_on(accent_on_white(a, str_of(given)), "#ffffff", given);
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
    assert_str(usual(a, S("#7a1f2b")).light, "#7a1f2b");
    assert_str(usual(a, S("#0A4D78")).light, "#0a4d78");
    assert_str(usual(a, S("#000000")).light, "#000000");
    assert_str(usual(a, S("#8cc5ef")).dark, "#8cc5ef");
    assert_str(usual(a, S("#ffff00")).dark, "#ffff00");
    assert_str(usual(a, S("#FFFFFF")).dark, "#ffffff");
}

// It moves no further than it has to.
static void a_colour_that_cannot_is_moved_until_it_just_can(void **state)
{
    arena_scoped a = arena_new();
    const char *const given[] = {"#ffff00", "#ffffff", "#ff8800", "#00ffff", "#888888"};
    for (size_t i = 0; i < 5; i++)
        assert_true(contrast(usual(a, str_of(given[i])).light, S("#f3f5f6")) < 4.65);
    const char *const dark[] = {"#000000", "#7a1f2b", "#0000aa", "#003300"};
    for (size_t i = 0; i < 4; i++)
        assert_true(contrast(usual(a, str_of(dark[i])).dark, S("#2a2310")) < 4.65);
}

static void its_hue_is_kept(void **state)
{
    arena_scoped a = arena_new();
    const char *const given[] = {"#ffdd00", "#ff8800", "#00cc44", "#7a1f2b", "#c000c0"};
    for (size_t i = 0; i < 5; i++) {
        struct accent c = usual(a, str_of(given[i]));
        const str four[] = {c.light, c.light_hover, c.dark, c.dark_hover};
        for (size_t k = 0; k < 4; k++) {
            double apart = fabs(hue(four[k]) - hue(str_of(given[i])));
            assert_true(fmin(apart, 360 - apart) < 20);
        }
    }
    assert_str(usual(a, S("#ffffff")).light, "#707070");
}

static void papers_on_which_nothing_can_be_read_are_known(void **state)
{
    const struct papers mixed[] = {THREE("#ffffff", "#000000", "#ffffff"),
                                   THREE("#666666", "#999999", "#777777"),
                                   THREE("#ffffff", "#f3f5f6", "#404040")};
    for (size_t i = 0; i < 3; i++)
        assert_false(accent_can_be_read(&mixed[i]));
    for (size_t i = 0; i < sizeof themes / sizeof *themes; i++)
        assert_true(accent_can_be_read(&themes[i].light) && accent_can_be_read(&themes[i].dark));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_hue_can_be_read_on_every_paper),
        cmocka_unit_test(every_grey_can_be_read_on_every_paper),
        cmocka_unit_test(a_colour_that_can_be_read_stays_as_it_is),
        cmocka_unit_test(a_colour_that_cannot_is_moved_until_it_just_can),
        cmocka_unit_test(its_hue_is_kept),
        cmocka_unit_test(papers_on_which_nothing_can_be_read_are_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
