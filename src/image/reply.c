// Reads what the helper answered, believing nothing.
// SPDX-License-Identifier: Apache-2.0
#include "image/reply.h"

#include "base/arena.h"
#include "image/protocol.h"

enum { MOST_SENTENCE = 200, THOUSANDTHS = 1000 };

struct reader {
    str rest;
    bool wrong;
};

static void expect(struct reader *r, str what)
{
    if (str_starts(r->rest, what))
        r->rest = str_from(r->rest, what.len);
    else
        r->wrong = true;
}

// What stands before the next `end`, which goes too.
static str word_until(struct reader *r, char end)
{
    ptrdiff_t at = str_find_char(str_sub(r->rest, 0, IMAGE_MOST_LINE), end);
    if (r->wrong || at < 0) {
        r->wrong = true;
        return STR_NONE;
    }
    str word = str_sub(r->rest, 0, (size_t)at);
    r->rest = str_from(r->rest, (size_t)at + 1);
    return word;
}

// A number of digits alone within the bounds.
static int64_t number_until(struct reader *r, char end, int64_t least, int64_t most)
{
    int64_t n = 0;
    str word = word_until(r, end);
    if (!word.len || word.ptr[0] < '0' || word.ptr[0] > '9' || !str_int(word, &n) || n < least ||
        n > most)
        r->wrong = true;
    return n;
}

// One of `known`, so that nothing of the helper's own wording goes any further.
static int one_of(struct reader *r, char end, const char *const *known, int count)
{
    str word = word_until(r, end);
    for (int i = 0; i < count; i++) {
        if (str_eq(word, str_of(known[i])))
            return i;
    }
    r->wrong = true;
    return 0;
}

static void read_picture(struct reader *r, struct image_set *set)
{
    static const char *const types[] = {"image/jpeg", "image/png", "image/gif", "image/webp",
                                        "image/svg+xml"};
    expect(r, S("picture type="));
    set->media_type = str_of(types[one_of(r, ' ', types, 5)]);
    expect(r, S("width="));
    set->width = number_until(r, ' ', 1, IMAGE_MOST_SIDE);
    expect(r, S("height="));
    set->height = number_until(r, ' ', 1, IMAGE_MOST_SIDE);
    expect(r, S("alpha="));
    set->alpha = number_until(r, ' ', 0, 1) == 1;
    expect(r, S("focus="));
    set->focus_x = (int)number_until(r, ',', 0, THOUSANDTHS);
    set->focus_y = (int)number_until(r, '\n', 0, THOUSANDTHS);
}

static void read_variant(struct reader *r, struct image_variant *v, str *bytes)
{
    static const char *const roles[] = {
        [IMAGE_SIZED] = "sized",         [IMAGE_FALLBACK] = "fallback", [IMAGE_SHARE] = "share",
        [IMAGE_ANIMATION] = "animation", [IMAGE_DRAWN] = "drawn",       [IMAGE_ICON] = "icon",
        [IMAGE_TOUCH] = "touch",         [IMAGE_MASKABLE] = "maskable", [IMAGE_PIXELS] = "pixels"};
    static const char *const types[] = {"image/jpeg", "image/png", "image/webp", "image/avif",
                                        "pixels"};
    expect(r, S("variant role="));
    v->role = (enum image_role)one_of(r, ' ', roles, sizeof roles / sizeof *roles);
    expect(r, S("type="));
    v->media_type = str_of(types[one_of(r, ' ', types, sizeof types / sizeof *types)]);
    expect(r, S("width="));
    v->width = number_until(r, ' ', 1, IMAGE_WIDEST);
    expect(r, S("height="));
    v->height = number_until(r, ' ', 1, IMAGE_MOST_SIDE);
    expect(r, S("bytes="));
    v->size = number_until(r, '\n', 1, IMAGE_MOST_VARIANT_BYTES);
    if (r->wrong || (size_t)v->size > r->rest.len) {
        r->wrong = true;
        return;
    }
    *bytes = str_sub(r->rest, 0, (size_t)v->size);
    r->rest = str_from(r->rest, (size_t)v->size);
}

// An AVIF's size stands deep in its boxes, and is left to browsers.
static bool is_what_it_says(const struct image_variant *v, str bytes)
{
    struct image_size size;
    bool pixels = str_eq(v->media_type, S("pixels"));
    if (pixels || v->role == IMAGE_PIXELS)
        return pixels && v->role == IMAGE_PIXELS &&
               v->size == v->width * v->height * IMAGE_PIXEL_BYTES;
    if (!str_eq(image_media_type(bytes), v->media_type))
        return false;
    if (str_eq(v->media_type, S("image/avif")))
        return true;
    return image_size(bytes, &size) && size.width == v->width && size.height == v->height;
}

// Two variants that would be stored under one name cannot both be meant.
static bool repeats(const struct image_set *set, const struct image_variant *v)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct image_variant *other = &set->variants[i];
        if (other->role == v->role && other->width == v->width &&
            str_eq(other->media_type, v->media_type))
            return true;
    }
    return false;
}

static bool read_refusal(struct reader *r, struct reply *out)
{
    out->refused = true;
    expect(r, S("refused "));
    static const char *const faults[] = {"input", "limit"};
    out->fault = one_of(r, ':', faults, 2) ? FAULT_LIMIT : FAULT_INPUT;
    expect(r, S(" "));
    out->sentence = word_until(r, '\n');
    if (out->sentence.len > MOST_SENTENCE)
        return false;
    for (size_t i = 0; i < out->sentence.len; i++) {
        if (out->sentence.ptr[i] < ' ' || out->sentence.ptr[i] > '~')
            return false;
    }
    return !r->wrong && out->sentence.len > 0 && r->rest.len == 0;
}

static bool read_variants(struct reader *r, struct reply *out)
{
    struct image_set *set = &out->set;
    while (str_starts(r->rest, S("variant "))) {
        struct image_variant variant = {0};
        str bytes = STR_NONE;
        if (set->count == IMAGE_MOST_VARIANTS)
            return false;
        read_variant(r, &variant, &bytes);
        if (r->wrong || !is_what_it_says(&variant, bytes) || repeats(set, &variant))
            return false;
        out->bytes[set->count] = bytes;
        set->variants[set->count++] = variant;
    }
    return true;
}

bool reply_parse(struct arena *a, str bytes, struct reply *out)
{
    struct reader r = {.rest = bytes};
    struct reply reply = {0};
    reply.set.variants = arena_array(a, struct image_variant, IMAGE_MOST_VARIANTS);
    reply.bytes = arena_array(a, str, IMAGE_MOST_VARIANTS);
    if (!str_starts(r.rest, S("refused "))) {
        read_picture(&r, &reply.set);
        if (r.wrong || !read_variants(&r, &reply))
            return false;
    }
    if (str_starts(r.rest, S("refused "))) {
        reply = (struct reply){0};
        if (!read_refusal(&r, &reply))
            return false;
    } else {
        expect(&r, S("done\n"));
        if (r.wrong || r.rest.len || !reply.set.count)
            return false;
    }
    *out = reply;
    return true;
}
