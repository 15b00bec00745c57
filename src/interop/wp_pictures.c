// Which upload stands at an address in a text, and the picture it became.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_pictures.h"

#include "base/arena.h"
#include "interop/local_pictures.h"
#include "interop/wp_files.h"
#include "interop/wp_site.h"
#include "text/clean.h"
#include "text/url.h"

// ---- addresses

static str without(str s, str start)
{
    return str_starts(s, start) ? str_from(s, start.len) : s;
}

// "i0.wp.com/old.example/…" is served from old.example.
static str without_proxy(str s)
{
    bool proxy = s.len > 10 && s.ptr[0] == 'i' && s.ptr[1] >= '0' && s.ptr[1] <= '9' &&
                 str_starts(str_from(s, 2), S(".wp.com/"));
    return proxy ? str_from(s, S("i0.wp.com/").len) : s;
}

// Host and path, decoded: what all ways to write an address have in common.
static str key_of(const struct wp_site *s, struct arena *a, str address)
{
    size_t end = 0;
    while (end < address.len && address.ptr[end] != '?' && address.ptr[end] != '#')
        end++;
    address = str_sub(address, 0, end);
    if (str_starts(address, S("/")) && !str_starts(address, S("//")))
        address = str_join(a, s->host, address);
    address = without(without(without(address, S("https:")), S("http:")), S("//"));
    address = without(without_proxy(address), S("www."));
    return str_find_char(address, '%') < 0 ? address : url_decode(a, address);
}

static void index_one(struct wp_site *s, str key, struct wp_upload *u)
{
    void **slot = key.ptr ? map_at(&s->upload_by_address, key) : NULL;
    if (slot && !*slot)
        *slot = u;
}

void wp_pictures_index(struct wp_site *s)
{
    s->upload_by_address = map_new(s->arena);
    str host = without(without(s->address, S("https:")), S("http:"));
    host = without(without(host, S("//")), S("www."));
    s->host = str_cut(&host, '/');
    for (size_t i = 0; i < s->upload_count; i++)
        if (wp_picture_type(s->uploads[i].url).len)
            index_one(s, key_of(s, s->arena, s->uploads[i].url), &s->uploads[i]);
    // Only then what is called like the original of another.
    for (size_t i = 0; i < s->upload_count; i++) {
        struct wp_upload *u = &s->uploads[i];
        if (wp_picture_type(u->url).len)
            index_one(s, wp_name_of_original(s->arena, key_of(s, s->arena, u->url)), u);
    }
}

void wp_pictures_add(struct wp_site *s, struct wp_upload *u)
{
    index_one(s, key_of(s, s->arena, u->url), u);
}

bool wp_is_on_site(const struct wp_site *s, struct arena *a, str address)
{
    str host = key_of(s, a, address);
    return address.len <= URL_MAX && s->host.len && str_eq(str_cut(&host, '/'), s->host);
}

struct wp_upload *wp_upload_at(const struct wp_site *s, struct arena *a, str address)
{
    if (!s->upload_by_address.count || address.len > URL_MAX)
        return NULL;
    str key = key_of(s, a, address);
    struct wp_upload *u = map_get(&s->upload_by_address, key);
    str original = u ? STR_NONE : wp_name_of_original(a, key);
    return original.ptr ? map_get(&s->upload_by_address, original) : u;
}

// ---- pictures

bool wp_picture_clean(void *pictures, struct arena *a, str address, struct clean_picture *out)
{
    struct wp_pictures *asked = pictures;
    const struct wp_upload *u = wp_upload_at(asked->site, a, address);
    struct picture p = {0};
    bool found = false;
    if (!u || !u->local_id)
        return false;
    error e = picture_by_id(asked->work, u->local_id, &p, &found);
    if (e && !asked->failed)
        asked->failed = e;
    if (e || !found || !p.stem.len)
        return false;
    *out = clean_picture_of(a, &p);
    return out->path.len > 0;
}
