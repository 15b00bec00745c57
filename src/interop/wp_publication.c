// The publication that an import makes where there is none yet, as the export tells of it.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_publication.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/wp_item.h"
#include "model/check.h"
#include "model/publication.h"
#include "model/work.h"
#include "text/url.h"
#include "text/zone.h"

// ---- its zone: exports name none, but show two clocks on every item

// Of zones with the same clocks the one with the most readers; the first of equals is taken.
static const char *const zones[] = {
    "UTC",
    "Europe/London",
    "Europe/Berlin",
    "Europe/Athens",
    "Europe/Moscow",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Sao_Paulo",
    "Africa/Lagos",
    "Africa/Johannesburg",
    "Africa/Nairobi",
    "Asia/Dubai",
    "Asia/Karachi",
    "Asia/Kolkata",
    "Asia/Bangkok",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Australia/Sydney",
    "Australia/Brisbane",
    "Pacific/Auckland",
};

static bool read_clock(str text, instant *out)
{
    return text.len >= 19 && !str_starts(text, S("0000")) && instant_parse(text, out, NULL);
}

void wp_clocks_see(struct wp_clocks *c, str gmt, str local)
{
    instant moment, shown;
    if (c->count == WP_CLOCKS_MOST || !read_clock(gmt, &moment) || !read_clock(local, &shown))
        return;
    c->seen[c->count++] = (struct wp_clock){moment, shown.ms - moment.ms};
}

static size_t fitting(const struct wp_clocks *c, const struct zone *zone)
{
    size_t n = 0;
    for (size_t i = 0; i < c->count; i++)
        n += c->seen[i].ahead_ms == (int64_t)zone_offset_minutes(zone, c->seen[i].moment) * 60000;
    return n;
}

str wp_clocks_zone(const struct wp_clocks *c)
{
    size_t best = 0, best_fit = 0;
    for (size_t i = 0; i < sizeof zones / sizeof *zones; i++) {
        arena_scoped a = arena_new();
        const struct zone *zone;
        if (zone_open(a, str_of(zones[i]), &zone))
            continue; // this machine does not know it
        size_t fit = fitting(c, zone);
        if (fit > best_fit) {
            best = i;
            best_fit = fit;
        }
    }
    return str_of(zones[best]);
}

// ---- the rest of it

// "en-US" of "en-US" and "en_US"; English where it is no tag at all.
static str language_of(struct arena *a, str given)
{
    struct buf out = buf_new(a, 64);
    for (size_t i = 0; i < given.len; i++) {
        char c = given.ptr[i] == '_' ? '-' : given.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool digit = c >= '0' && c <= '9';
        if (i >= 35 || !(letter || (i && (digit || c == '-'))))
            return S("en");
        buf_add(&out, (str){&c, 1});
    }
    return out.len >= 2 ? buf_str(&out) : S("en");
}

// Scheme, host and port: paths keep what stood behind them.
static str base_url_of(struct arena *a, str address)
{
    if (!url_valid_http(address) || str_find_char(address, '@') >= 0)
        return S("http://127.0.0.1:8080");
    return str_copy(a, str_sub(address, 0, address.len - url_path(address).len));
}

static error make(struct work *w, const struct wp_site *s, str *made)
{
    struct publication p = {
        .name = wp_line(w->arena, s->title, NAME_MOST),
        .tagline = wp_line(w->arena, s->tagline, LINE_MOST),
        .description = S(""),
        .language = language_of(w->arena, s->language),
        .zone = wp_clocks_zone(&s->clocks),
        .base_url = base_url_of(w->arena, s->address),
    };
    if (!p.name.len)
        p.name = S("A New Publication");
    try(publication_create(w, &p));
    *made = str_format(s->arena, "%.*s, at %.*s, in the language %.*s, with the clocks of %.*s",
                       STR(p.name), STR(p.base_url), STR(p.language), STR(p.zone));
    return NULL;
}

error wp_publication_ensure(struct work *w, const struct wp_site *s, str *made)
{
    struct publication has;
    error e = publication_read(w, &has);
    *made = STR_NONE;
    return e && e->fault == FAULT_NOT_FOUND ? make(w, s, made) : e;
}
