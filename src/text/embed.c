// Players and posts of known hosts, reduced to whose they are and which.
// SPDX-License-Identifier: Apache-2.0
#include "text/embed.h"

#include <stddef.h>

#include "base/arena.h"
#include "text/url.h"

enum { ID_MAX = 1000 };

static const struct provider {
    str name, label;
    str before, after; // the address is `before` id `after`
} providers[] = {
    {S("youtube"), S("Watch it on YouTube"), S("https://www.youtube.com/watch?v="), S("")},
    {S("vimeo"), S("Watch it on Vimeo"), S("https://vimeo.com/"), S("")},
    {S("x"), S("See it on X"), S("https://x.com/i/status/"), S("")},
    {S("instagram"), S("See it on Instagram"), S("https://www.instagram.com/"), S("/")},
    {S("tiktok"), S("Watch it on TikTok"), S("https://www.tiktok.com/"), S("")},
    {S("spotify"), S("Listen to it on Spotify"), S("https://open.spotify.com/"), S("")},
    {S("soundcloud"), S("Listen to it on SoundCloud"), S("https://w.soundcloud.com/player/?url="),
     S("")},
    {S("datawrapper"), S("See it at Datawrapper"), S("https://datawrapper.dwcdn.net/"), S("/")},
    {S("flourish"), S("See it at Flourish"), S("https://public.flourish.studio/"), S("/")},
    {S("googlemaps"), S("See it on Google Maps"), S("https://www.google.com/maps/embed?pb="),
     S("")},
    {S("facebook"), S("See it on Facebook"), S("https://www.facebook.com/"), S("")},
};

// How addresses name their thing: "host/path" then as many parts of the path as `parts`, or the
// query's `query`. A '*' stands for one part that does not matter, which the id leaves out.
static const struct pattern {
    str provider, host, path, query;
    int parts;
} patterns[] = {
    {S("youtube"), S("youtube.com"), S("/embed/"), S(""), 1},
    {S("youtube"), S("youtube-nocookie.com"), S("/embed/"), S(""), 1},
    {S("youtube"), S("youtube.com"), S("/v/"), S(""), 1},
    {S("youtube"), S("youtube.com"), S("/shorts/"), S(""), 1},
    {S("youtube"), S("youtube.com"), S("/watch"), S("v"), 0},
    {S("youtube"), S("youtu.be"), S("/"), S(""), 1},
    {S("vimeo"), S("player.vimeo.com"), S("/video/"), S(""), 1},
    {S("x"), S("platform.twitter.com"), S("/embed/"), S("id"), 0},
    {S("x"), S("twitter.com"), S("/*/status/"), S(""), 1},
    {S("x"), S("x.com"), S("/*/status/"), S(""), 1},
    {S("instagram"), S("instagram.com"), S("/p/"), S(""), 1},
    {S("instagram"), S("instagram.com"), S("/reel/"), S(""), 1},
    {S("instagram"), S("instagram.com"), S("/tv/"), S(""), 1},
    {S("tiktok"), S("tiktok.com"), S("/embed/v2/"), S(""), 1},
    {S("tiktok"), S("tiktok.com"), S("/embed/"), S(""), 1},
    {S("tiktok"), S("tiktok.com"), S("/player/v1/"), S(""), 1},
    {S("tiktok"), S("tiktok.com"), S("/*/video/"), S(""), 1},
    {S("spotify"), S("open.spotify.com"), S("/embed/"), S(""), 2},
    {S("soundcloud"), S("w.soundcloud.com"), S("/player/"), S("url"), 0},
    {S("datawrapper"), S("datawrapper.dwcdn.net"), S("/"), S(""), 1},
    {S("flourish"), S("flo.uri.sh"), S("/"), S(""), 2},
    {S("flourish"), S("public.flourish.studio"), S("/"), S(""), 2},
    {S("googlemaps"), S("google.com"), S("/maps/embed"), S("pb"), 0},
    {S("facebook"), S("facebook.com"), S("/plugins/post.php"), S("href"), 0},
    {S("facebook"), S("facebook.com"), S("/plugins/video.php"), S("href"), 0},
};

// Whether `host` is `wanted`, or that with "www." or "m." in front.
static bool host_is(str host, str wanted)
{
    if (str_starts(host, S("www.")))
        host = str_from(host, 4);
    else if (str_starts(host, S("m.")))
        host = str_from(host, 2);
    return str_eq_nocase(host, wanted);
}

// Takes `path` off the front of *s.
static bool take_path(str *s, str path)
{
    while (path.len) {
        ptrdiff_t star = str_find_char(path, '*');
        str literal = star < 0 ? path : str_sub(path, 0, (size_t)star);
        if (!str_starts(*s, literal))
            return false;
        *s = str_from(*s, literal.len);
        path = str_from(path, literal.len);
        if (star < 0)
            break;
        path = str_from(path, 1);
        ptrdiff_t slash = str_find_char(*s, '/');
        if (slash < 1)
            return false;
        *s = str_from(*s, (size_t)slash);
    }
    return true;
}

static str query_value(str url, str name)
{
    ptrdiff_t question = str_find_char(url, '?');
    str query = question < 0 ? STR_NONE : str_from(url, (size_t)question + 1);
    while (query.ptr) {
        str value = str_cut(&query, '&');
        str key = str_cut(&value, '=');
        if (str_starts(key, S("amp;")))
            key = str_from(key, 4);
        if (str_eq(key, name))
            return value;
    }
    return S("");
}

// The first `parts` parts of a path.
static str first_parts(str path, int parts)
{
    size_t end = 0;
    for (; end < path.len; end++) {
        char c = path.ptr[end];
        if (c == '?' || c == '#' || c == '&' || (c == '/' && --parts == 0))
            break;
    }
    return str_sub(path, 0, end);
}

static str id_of(struct arena *a, const struct pattern *pattern, str url, str rest)
{
    if (pattern->parts) {
        str id = first_parts(rest, pattern->parts);
        if (str_eq(pattern->provider, S("instagram")))
            return str_join(a, str_from(pattern->path, 1), id);
        return str_eq(pattern->provider, S("tiktok")) ? str_join(a, S("@/video/"), id) : id;
    }
    str id = query_value(url, pattern->query);
    if (!str_eq(pattern->provider, S("facebook")))
        return id;
    str page = url_decode(a, id);
    return host_is(url_host(page), S("facebook.com")) ? str_from(url_path(page), 1) : S("");
}

bool embed_from_url(struct arena *a, str url, struct embed *out)
{
    str host = url_host(url), path = url_path(url);
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        str rest = path;
        if (host_is(host, patterns[i].host) && take_path(&rest, patterns[i].path) &&
            embed_from_id(a, patterns[i].provider, id_of(a, &patterns[i], path, rest), out))
            return true;
    }
    return false;
}

// An id stands in the middle of an address: nothing in it may change what the address is.
static bool id_valid(str provider, str id)
{
    bool only_digits = str_eq(provider, S("x")) || str_eq(provider, S("vimeo"));
    for (size_t i = 0; i < id.len; i++) {
        char c = id.ptr[i];
        bool digit = c >= '0' && c <= '9';
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        bool sign = c == '-' || c == '_' || c == '.' || c == '/' || c == '%' || c == '!' ||
                    c == '@' || c == '=' || c == '?' || c == '~';
        if (!digit && (only_digits || (!letter && !sign)))
            return false;
    }
    return id.len && id.len <= ID_MAX && id.ptr[0] != '/' && str_find(id, S("..")) < 0;
}

bool embed_from_id(struct arena *a, str provider, str id, struct embed *out)
{
    if (!id_valid(provider, id))
        return false;
    for (size_t i = 0; i < sizeof providers / sizeof *providers; i++) {
        const struct provider *p = &providers[i];
        if (!str_eq(p->name, provider))
            continue;
        *out = (struct embed){.provider = p->name, .id = id, .label = p->label};
        out->url = str_join(a, p->before, str_join(a, id, p->after));
        return url_valid_http(out->url);
    }
    return false;
}
