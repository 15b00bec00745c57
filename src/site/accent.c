// A publication's colour as it can be read: moved in lightness until it can, its hue kept. By Björn
// Ottosson's Oklab, which is even to the eye. SPDX-License-Identifier: Apache-2.0
#include "site/accent.h"

#include <math.h>

#include "base/arena.h"

const struct accent accent_usual = {{"#0a4d78", 7}, {"#06324f", 7}, {"#8cc5ef", 7}, {"#bcdff8", 7}};

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

// What text stands on, from static/style/10-tokens.css: paper, tint, note.
static const struct rgb light_papers[] = {
    {0xff, 0xff, 0xff}, {0xf3, 0xf5, 0xf6}, {0xff, 0xf5, 0xd9}};
static const struct rgb dark_papers[] = {
    {0x11, 0x14, 0x17}, {0x1a, 0x1f, 0x23}, {0x2a, 0x23, 0x10}};

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

static bool can_be_read(struct rgb c, const struct rgb papers[3])
{
    double own = luminance(c) + 0.05;
    for (size_t i = 0; i < 3; i++) {
        double paper = luminance(papers[i]) + 0.05;
        if ((own > paper ? own / paper : paper / own) < CONTRAST)
            return false;
    }
    return true;
}

// The nearest to `c` on the way to `end`, which is the lightness of black or white.
static struct rgb readable(struct lab c, double end, const struct rgb papers[3])
{
    struct rgb found = rgb_of(c);
    if (can_be_read(found, papers))
        return found;
    double bad = c.light, good = end;
    found = rgb_of((struct lab){end, c.a, c.b});
    for (int i = 0; i < HALVINGS; i++) {
        double middle = (bad + good) / 2;
        struct rgb tried = rgb_of((struct lab){middle, c.a, c.b});
        bool reads = can_be_read(tried, papers);
        *(reads ? &good : &bad) = middle;
        if (reads)
            found = tried;
    }
    return found;
}

// ---- the four

static int digit(char c)
{
    return c <= '9' ? c - '0' : (c | ' ') - 'a' + 10;
}

static int byte_at(str hex, size_t at)
{
    return (digit(hex.ptr[at]) << 4 | digit(hex.ptr[at + 1])) & BYTE_MOST;
}

static str text_of(struct arena *a, struct rgb c)
{
    return str_format(a, "#%02x%02x%02x", c.r, c.g, c.b);
}

// Darker on light paper, lighter on dark; where there is no way further, the other way.
static struct lab hovered(struct rgb c, bool dark)
{
    struct lab to = lab_of(c);
    if (dark)
        to.light += to.light < 0.86 ? 0.12 : -0.14;
    else
        to.light = to.light > 0.34 ? to.light - 0.12 : fmax(to.light + 0.15, 0.4);
    return to;
}

struct accent accent_of(struct arena *a, str given)
{
    if (given.len != 7)
        return accent_usual;
    struct lab own = lab_of((struct rgb){byte_at(given, 1), byte_at(given, 3), byte_at(given, 5)});
    struct rgb light = readable(own, 0, light_papers), dark = readable(own, 1, dark_papers);
    return (struct accent){
        text_of(a, light), text_of(a, readable(hovered(light, /* dark= */ false), 0, light_papers)),
        text_of(a, dark), text_of(a, readable(hovered(dark, /* dark= */ true), 1, dark_papers))};
}
