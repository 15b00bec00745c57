// Live stories: a text whose headings begin with times, in its parts.
// SPDX-License-Identifier: Apache-2.0
#include "site/live.h"

#include "base/arena.h"
#include "text/plain.h"
#include "text/zone.h"

enum { POSTS_MOST = 500, HOUR = 60, HALF_A_DAY = 12 * HOUR, DAY_MS = 86400000 };
enum { NO_DAY = -1 };

// A post on its way: when it was, as its heading says it.
struct stamp {
    int64_t day; // since 1970; NO_DAY where the heading does not say it
    int minutes; // of the day
};

// ---- headings

static int digits(str s, size_t at, size_t count)
{
    int number = 0;
    for (size_t i = at; i < at + count; i++) {
        if (i >= s.len || s.ptr[i] < '0' || s.ptr[i] > '9')
            return -1;
        number = number * 10 + s.ptr[i] - '0';
    }
    return number;
}

static bool is_word(str s)
{
    char c = s.len ? *s.ptr : ' ';
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
}

// "9:05", "14:02" or "14.02" at the start of *s, which then begins behind it.
static bool take_time(str *s, int *minutes)
{
    size_t wide = digits(*s, 0, 2) >= 0 ? 2 : 1;
    int hour = digits(*s, 0, wide), minute = digits(*s, wide + 1, 2);
    bool parted = s->len > wide && (s->ptr[wide] == ':' || s->ptr[wide] == '.');
    str rest = str_from(*s, wide + 3);
    if (hour < 0 || hour > 23 || minute < 0 || minute >= HOUR || !parted || is_word(rest))
        return false;
    *minutes = hour * HOUR + minute;
    *s = rest;
    return true;
}

static int64_t take_day(str *s)
{
    instant day;
    bool dashed = digits(*s, 0, 4) >= 0 && s->len > 10 && s->ptr[4] == '-' && s->ptr[10] == ' ';
    if (!dashed || !instant_parse(str_sub(*s, 0, 10), &day, NULL))
        return NO_DAY;
    *s = str_trim(str_from(*s, 11));
    return day.ms / DAY_MS;
}

// What parts a time from the words behind it.
static str without_dash(str s)
{
    static const str dashes[] = {S(":"), S("–"), S("—"), S("-"), S("|"), S("·"), S(",")};
    s = str_trim(s);
    for (size_t i = 0; i < sizeof dashes / sizeof *dashes; i++)
        if (str_starts(s, dashes[i]))
            return str_trim(str_from(s, dashes[i].len));
    return s;
}

static str id_of(str tag)
{
    ptrdiff_t at = str_find(tag, S(" id=\""));
    str rest = at < 0 ? STR_NONE : str_from(tag, (size_t)at + 5);
    return at < 0 ? rest : str_cut(&rest, '"');
}

// Reads the heading at the start of `text`; false when no post begins with it.
static bool read_heading(str text, struct live_post *post, struct stamp *stamp, size_t *len)
{
    ptrdiff_t open = str_find_char(text, '>'), end = str_find(text, S("</h2>"));
    if (open < 0 || end < open)
        return false;
    str words = str_trim(str_sub(text, (size_t)open + 1, (size_t)end));
    stamp->day = take_day(&words);
    if (!take_time(&words, &stamp->minutes))
        return false;
    post->anchor = id_of(str_sub(text, 0, (size_t)open));
    post->headline.text = without_dash(words);
    *len = (size_t)end + 5;
    return true;
}

// Where the next heading of the second level begins: blocks that stand in no other begin a line.
static size_t next_heading(str body, size_t from)
{
    while (from < body.len) {
        ptrdiff_t at = str_find(str_from(body, from), S("<h2"));
        if (at < 0)
            break;
        from += (size_t)at;
        if (from == 0 || body.ptr[from - 1] == '\n')
            return from;
        from++;
    }
    return body.len;
}

// ---- days

// Live texts have their newest post first, unless more of them follow on one another than not.
static bool is_newest_first(const struct stamp *stamps, size_t count)
{
    int down = 0, up = 0;
    for (size_t i = 1; i < count; i++) {
        const struct stamp *a = &stamps[i - 1], *b = &stamps[i];
        bool said = a->day != NO_DAY && b->day != NO_DAY && a->day != b->day;
        int64_t step = said ? b->day - a->day : b->minutes - a->minutes;
        down += step < 0;
        up += step > 0;
    }
    return down >= up;
}

// From the oldest on: a clock that goes back is that of the next day.
static void find_days(struct stamp *stamps, size_t count, bool newest_first, struct civil published)
{
    struct civil day = {.year = published.year, .month = published.month, .day = published.day};
    int minutes = published.hour * HOUR + published.minute;
    struct stamp before = {instant_of_civil(day, 0).ms / DAY_MS, minutes - HALF_A_DAY};
    for (size_t i = 0; i < count; i++) {
        struct stamp *stamp = &stamps[newest_first ? count - 1 - i : i];
        if (stamp->day == NO_DAY)
            stamp->day = before.day + (stamp->minutes < before.minutes);
        before = *stamp;
    }
}

static instant moment(const struct zone *zone, const struct stamp *stamp)
{
    struct civil c = instant_civil((instant){stamp->day * DAY_MS}, 0);
    c.hour = stamp->minutes / HOUR;
    c.minute = stamp->minutes % HOUR;
    return zone_instant(zone, c);
}

// Posts of one minute are told apart by how many older ones it has.
static str anchor_of(struct arena *a, const struct live *live, const struct stamp *stamps,
                     size_t at, bool newest_first)
{
    const struct stamp *stamp = &stamps[at];
    struct civil c = instant_civil((instant){stamp->day * DAY_MS}, 0);
    int older = 0;
    for (size_t i = 0; i < live->posts.count; i++)
        older += stamps[i].day == stamp->day && stamps[i].minutes == stamp->minutes &&
                 (newest_first ? i > at : i < at);
    str anchor = str_format(a, "post-%04d%02d%02d-%02d%02d", c.year, c.month, c.day,
                            stamp->minutes / HOUR, stamp->minutes % HOUR);
    return older ? str_format(a, "%.*s-%d", STR(anchor), older + 1) : anchor;
}

// ---- the whole

static html trimmed(str markup)
{
    return (html){str_trim(markup)};
}

// The list at the start of what comes before the first post, up to its end, which ends a line.
static void read_opening(str text, struct live *out)
{
    bool plain = str_starts(text, S("<ul>")), counted = str_starts(text, S("<ol>"));
    str end = plain ? S("</ul>") : S("</ol>");
    size_t at = 0;
    while ((plain || counted) && at < text.len) {
        ptrdiff_t found = str_find(str_from(text, at), end);
        if (found < 0)
            break;
        at += (size_t)found + end.len;
        if (at < text.len && text.ptr[at] != '\n')
            continue;
        out->key_points = trimmed(str_sub(text, 0, at));
        text = str_from(text, at);
        break;
    }
    out->opening = trimmed(text);
}

static size_t split(str body, struct live_post *posts, struct stamp *stamps, struct live *out)
{
    size_t count = 0, begun = 0, at = next_heading(body, 0);
    while (at < body.len && count < POSTS_MOST) {
        size_t len = 1;
        if (read_heading(str_from(body, at), &posts[count], &stamps[count], &len)) {
            if (count)
                posts[count - 1].body = trimmed(str_sub(body, begun, at));
            else
                read_opening(str_sub(body, 0, at), out);
            begun = at + len;
            count++;
        }
        at = next_heading(body, at + len);
    }
    if (count)
        posts[count - 1].body = trimmed(str_from(body, begun));
    else
        read_opening(body, out);
    return count;
}

void live_read(struct arena *a, const struct zone *zone, instant published_at, html body,
               struct live *out)
{
    struct live_post *posts = arena_array(a, struct live_post, POSTS_MOST);
    struct stamp *stamps = arena_array(a, struct stamp, POSTS_MOST);
    *out = (struct live){.key_points = {S("")}, .opening = {S("")}};
    out->posts = (struct list){posts, split(body.text, posts, stamps, out)};
    bool newest_first = is_newest_first(stamps, out->posts.count);
    find_days(stamps, out->posts.count, newest_first, zone_civil(zone, published_at));
    for (size_t i = 0; i < out->posts.count; i++) {
        posts[i].posted = moment(zone, &stamps[i]);
        posts[i].title = plain_from(a, posts[i].headline);
        if (!posts[i].anchor.len)
            posts[i].anchor = anchor_of(a, out, stamps, i, newest_first);
    }
}
