// A publication's colour as it can be read: moved in lightness until it can, its hue kept. By Björn
// Ottosson's Oklab, which is even to the eye. SPDX-License-Identifier: Apache-2.0
#include "site/accent.h"

#include <assert.h>
#include <math.h>

#include "base/arena.h"

// From static/style/10-tokens.css.
#define C(text)                                                                                    \
    {                                                                                              \
        text, 7                                                                                    \
    }
const struct accent accent_usual = {C("#0a4d78"), C("#06324f"), C("#8cc5ef"), C("#bcdff8")};
const struct papers papers_usual_light = {{C("#ffffff"), C("#f3f5f6"), C("#fff5d9")}};
const struct papers papers_usual_dark = {{C("#111417"), C("#1a1f23"), C("#2a2310")}};
static const struct papers white = {{C("#ffffff"), C("#ffffff"), C("#ffffff")}};
static const struct papers extremes = {{C("#000000"), C("#ffffff")}};

#define CONTRAST 4.5
enum { HALVINGS = 16, BYTE_MOST = 255 };

// The hue is the direction of (a, b), the chroma its length.
struct lab {
    double light, a, b;
};
struct linear {
    double r, g, b;
};
struct rgb {
    int r, g, b;
};

static int digit(char c)
{
    return c <= '9' ? c - '0' : (c | ' ') - 'a' + 10;
}

static int byte_at(str hex, size_t at)
{
    return (digit(hex.ptr[at]) << 4 | digit(hex.ptr[at + 1])) & BYTE_MOST;
}

static struct rgb rgb_from(str hex)
{
    return (struct rgb){byte_at(hex, 1), byte_at(hex, 3), byte_at(hex, 5)};
}

// ---- one way of writing a colour as another

static double linear_of(int byte)
{
    double c = (double)byte / BYTE_MOST;
    return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static int byte_of(double c)
{
    c = c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
    return c <= 0 ? 0 : c >= 1 ? BYTE_MOST : (int)lround(c * BYTE_MOST);
}

static struct lab lab_of(struct rgb c)
{
    double r = linear_of(c.r), g = linear_of(c.g), b = linear_of(c.b);
    double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
    double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
    double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
    return (struct lab){0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

static struct linear screen_of(struct lab c)
{
    double l = c.light + 0.3963377774 * c.a + 0.2158037573 * c.b;
    double m = c.light - 0.1055613458 * c.a - 0.0638541728 * c.b;
    double s = c.light - 0.0894841775 * c.a - 1.2914855480 * c.b;
    l = l * l * l, m = m * m * m, s = s * s * s;
    return (struct linear){4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
                           -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
                           -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s};
}

static bool can_be_shown(struct linear c)
{
    const double least = -0.0001, most = 1.0001;
    return c.r >= least && c.g >= least && c.b >= least && c.r <= most && c.g <= most &&
           c.b <= most;
}

// A screen has not every chroma at every lightness: as much of it as there is.
static struct rgb rgb_of(struct lab c)
{
    struct linear shown = screen_of(c);
    double least = 0, most = 1;
    for (int i = 0; i < HALVINGS && !can_be_shown(shown); i++) {
        double part = (least + most) / 2;
        struct linear tried = screen_of((struct lab){c.light, c.a * part, c.b * part});
        *(can_be_shown(tried) ? &least : &most) = part;
        if (i == HALVINGS - 1)
            shown = screen_of((struct lab){c.light, c.a * least, c.b * least});
    }
    return (struct rgb){byte_of(shown.r), byte_of(shown.g), byte_of(shown.b)};
}

// ---- what can be read

// WCAG 2.2, "relative luminance" and "contrast ratio".
static double luminance(struct rgb c)
{
    return 0.2126 * linear_of(c.r) + 0.7152 * linear_of(c.g) + 0.0722 * linear_of(c.b);
}

// The luminances of the papers, reckoned once.
struct ground {
    double on[PAPERS];
    double end; // the lightness of black or white: whichever can be read on all of them
};

static bool can_be_read(struct rgb c, const struct ground *ground)
{
    double own = luminance(c) + 0.05;
    for (size_t i = 0; i < PAPERS; i++) {
        double paper = ground->on[i] + 0.05;
        if ((own > paper ? own / paper : paper / own) < CONTRAST)
            return false;
    }
    return true;
}

// Where both ends can be read, the one that the scheme is about.
static bool find_ground(const struct papers *papers, bool dark, struct ground *out)
{
    for (size_t i = 0; i < PAPERS; i++)
        out->on[i] = luminance(rgb_from(papers->on[i]));
    for (int k = 0; k < 2; k++) {
        out->end = (k == 0) == dark;
        if (can_be_read(rgb_from(extremes.on[(int)out->end]), out))
            return true;
    }
    return false;
}

bool accent_can_be_read(const struct papers *papers)
{
    struct ground ground;
    return find_ground(papers, /* dark= */ false, &ground);
}

// The nearest to `c` on the way to the end.
static struct rgb readable(struct lab c, const struct ground *ground)
{
    struct rgb found = rgb_of(c);
    if (can_be_read(found, ground))
        return found;
    double bad = c.light, good = ground->end;
    found = rgb_of((struct lab){ground->end, c.a, c.b});
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (bad + good) / 2;
        struct rgb tried = rgb_of((struct lab){middle, c.a, c.b});
        bool reads = can_be_read(tried, ground);
        *(reads ? &good : &bad) = middle;
        if (reads)
            found = tried;
    }
    return found;
}

// ---- the four

static str text_of(struct arena *a, struct rgb c)
{
    return str_format(a, "#%02x%02x%02x", c.r, c.g, c.b);
}

// Darker on light paper, lighter on dark; where there is no way further, the other way.
static struct lab hovered(struct rgb c, const struct ground *ground)
{
    struct lab to = lab_of(c);
    if (ground->end > 0)
        to.light += to.light < 0.86 ? 0.12 : -0.14;
    else
        to.light = to.light > 0.34 ? to.light - 0.12 : fmax(to.light + 0.15, 0.4);
    return to;
}

static void both(struct arena *a, str given, const struct ground *ground, str *plain, str *hover)
{
    struct rgb found = readable(lab_of(rgb_from(given)), ground);
    *plain = text_of(a, found);
    *hover = text_of(a, readable(hovered(found, ground), ground));
}

struct accent accent_of(struct arena *a, str given, const struct papers *light,
                        const struct papers *dark)
{
    struct ground on_light, on_dark;
    struct accent four;
    bool fine = find_ground(light, /* dark= */ false, &on_light) &&
                find_ground(dark, /* dark= */ true, &on_dark);
    assert(fine && given.len == 7);
    both(a, given, &on_light, &four.light, &four.light_hover);
    both(a, given, &on_dark, &four.dark, &four.dark_hover);
    return four;
}

str accent_on_white(struct arena *a, str given)
{
    struct ground ground;
    str plain, hover;
    bool fine = find_ground(&white, /* dark= */ false, &ground);
    assert(fine && given.len == 7);
    both(a, given, &ground, &plain, &hover);
    return plain;
}
