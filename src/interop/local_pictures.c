// The pictures of a text that stand in files beside it.
// SPDX-License-Identifier: Apache-2.0
#include "interop/local_pictures.h"

#include "base/arena.h"
#include "interop/picture_maker.h"
#include "text/clean.h"
#include "text/url.h"

struct local_pictures *local_pictures_new(struct arena *a, struct picture_maker *maker, str path)
{
    struct local_pictures *l = arena_make(a, struct local_pictures);
    ptrdiff_t slash = str_rfind_char(path, '/');
    l->arena = a;
    l->maker = maker;
    l->folder = slash < 0 ? S("") : str_sub(path, 0, (size_t)slash + 1);
    l->where = path;
    return l;
}

bool local_picture_is(str address)
{
    str first = address;
    first = str_cut(&first, '/');
    return address.len && first.len && str_find_char(first, ':') < 0 && address.ptr[0] != '#' &&
           address.ptr[0] != '?';
}

static void leave_out(struct local_pictures *l, str sentence)
{
    if (!l->left_out)
        l->left_out = arena_array(l->arena, str, LOCAL_PICTURES_MOST);
    if (l->left_out_count < LOCAL_PICTURES_MOST)
        l->left_out[l->left_out_count++] = sentence;
}

// The file of that name, or of the name that it was escaped from.
static error make(struct local_pictures *l, str address, struct picture *out)
{
    struct picture_wish wish = {.path = str_join(l->arena, l->folder, address), .where = address};
    error e = picture_make(l->maker, l->arena, &wish, out);
    str decoded = url_decode(l->arena, address);
    if (!e || e->fault != FAULT_NOT_FOUND || str_eq(decoded, address))
        return e;
    wish.path = str_join(l->arena, l->folder, decoded);
    return picture_make(l->maker, l->arena, &wish, out);
}

static struct local_picture *entry(struct local_pictures *l, str address)
{
    for (size_t i = 0; i < l->count; i++)
        if (str_eq(l->all[i].address, address))
            return &l->all[i];
    if (l->count == LOCAL_PICTURES_MOST) {
        leave_out(l, str_format(l->arena, "%.*s: more than %d pictures in one text; left out %.*s",
                                STR(l->where), LOCAL_PICTURES_MOST, STR(address)));
        return NULL;
    }
    if (!l->all)
        l->all = arena_array(l->arena, struct local_picture, LOCAL_PICTURES_MOST);
    struct local_picture *picture = &l->all[l->count++];
    picture->address = str_copy(l->arena, address);
    error e = make(l, picture->address, &picture->picture);
    picture->made = !e;
    if (e)
        leave_out(l, str_format(l->arena, "%.*s: picture %.*s was left out: %.*s", STR(l->where),
                                STR(address), STR(e->message)));
    return picture;
}

const struct picture *local_picture(struct local_pictures *l, str address)
{
    const struct local_picture *picture = entry(l, address);
    return picture && picture->made ? &picture->picture : NULL;
}

struct clean_picture clean_picture_of(struct arena *a, const struct picture *p)
{
    return (struct clean_picture){
        .path = picture_fallback(a, p),
        .srcset = picture_srcset(a, p, S("webp")),
        .avif = picture_srcset(a, p, S("avif")),
        .width = p->width,
        .height = p->height,
    };
}

bool local_picture_clean(void *local_pictures, struct arena *a, str address,
                         struct clean_picture *out)
{
    struct local_pictures *l = local_pictures;
    if (!local_picture_is(address))
        return false;
    const struct picture *p = local_picture(l, address);
    *out = p ? clean_picture_of(a, p) : (struct clean_picture){.srcset = S("")};
    return true;
}
