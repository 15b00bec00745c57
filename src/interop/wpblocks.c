// WordPress's blocks: markup between remarks that say what it is.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wpblocks.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/markup_scan.h"
#include "interop/shortcode.h"
#include "interop/wpautop.h"

enum { COVER_LOOK_AHEAD = 4096, GROWTH = 16 };

struct remark {
    str name, json;
    bool closing, empty;
};

struct blocks {
    struct arena *arena;
    struct buf out, loose; // loose: what stands outside of blocks
    const struct wpblocks_options *options;
    struct tally *left_out;
    int64_t reused;
    size_t reused_bytes;
    int depth, reused_depth;
    bool embeds; // in an embed
};

static void add_text(struct blocks *b, str text);

bool wpblocks_any(str text)
{
    return str_find(text, S("<!-- wp:")) >= 0;
}

static bool read_remark(str whole, struct remark *out)
{
    *out = (struct remark){0};
    str s = str_trim(str_sub(whole, 4, whole.len > 7 ? whole.len - 3 : 4));
    out->closing = str_starts(s, S("/wp:"));
    if (!out->closing && !str_starts(s, S("wp:")))
        return false;
    s = str_from(s, out->closing ? 4 : 3);
    out->empty = str_ends(s, S("/"));
    if (out->empty)
        s = str_sub(s, 0, s.len - 1);
    size_t n = 0;
    while (n < s.len && s.ptr[n] != ' ' && s.ptr[n] != '\n' && s.ptr[n] != '\t')
        n++;
    out->name = str_sub(s, 0, n);
    out->json = str_trim(str_from(s, n));
    return true;
}

static void end_loose(struct blocks *b)
{
    if (b->loose.len)
        buf_add(&b->out, wpautop(b->arena, buf_str(&b->loose)));
    b->loose.len = 0;
}

// The text under a key of the block's JSON, where it needs no unescaping but that of slashes.
static str json_text(struct arena *a, str json, const char *key)
{
    str wanted = str_format(a, "\"%s\":\"", key);
    ptrdiff_t at = str_find(json, wanted);
    if (at < 0)
        return S("");
    str rest = str_from(json, (size_t)at + wanted.len);
    ptrdiff_t end = str_find_char(rest, '"');
    if (end < 0)
        return S("");
    struct buf out = buf_new(a, (size_t)end + 1);
    for (ptrdiff_t i = 0; i < end; i++)
        if (rest.ptr[i] != '\\')
            buf_add_char(&out, rest.ptr[i]);
        else if (i + 1 < end && rest.ptr[i + 1] != '/')
            return S("");
    return buf_str(&out);
}

static bool is_url(str s)
{
    if (!str_starts(s, S("http://")) && !str_starts(s, S("https://")))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] <= ' ')
            return false;
    return true;
}

// A cover's picture stands in a style, which the cleaner drops.
static void show_cover(struct blocks *b, const struct remark *r, str rest)
{
    str url = json_text(b->arena, r->json, "url");
    str near = str_sub(rest, 0, COVER_LOOK_AHEAD);
    ptrdiff_t end = str_find(near, S("<!-- /wp:cover"));
    near = end < 0 ? near : str_sub(near, 0, (size_t)end); // the next one is another matter
    if (!is_url(url) || str_find(near, S("wp-block-cover__image-background")) >= 0 ||
        str_find(near, S("wp-block-cover__video-background")) >= 0)
        return;
    buf_add(&b->out, S("<figure><img src=\""));
    markup_escape(&b->out, url);
    buf_add(&b->out, S("\" alt=\"\" /></figure>\n"));
}

static bool is_embed(str name)
{
    return str_eq(name, S("embed")) || str_starts(name, S("core-embed/")) ||
           str_eq(name, S("core/embed"));
}

// The number under a key of the block's JSON.
static bool json_number(struct arena *a, str json, const char *key, int64_t *out)
{
    str wanted = str_format(a, "\"%s\":", key);
    ptrdiff_t at = str_find(json, wanted);
    if (at < 0)
        return false;
    str rest = str_trim(str_from(json, (size_t)at + wanted.len));
    size_t n = 0;
    while (n < rest.len && rest.ptr[n] >= '0' && rest.ptr[n] <= '9')
        n++;
    return str_int(str_sub(rest, 0, n), out);
}

// Blocks that name each other in a circle end with the depth, or with the bytes.
static bool reuse(struct blocks *b, const struct remark *r)
{
    int64_t id;
    str content;
    if (!str_eq(r->name, S("block")) || !b->options->reusable ||
        b->reused_depth == WPBLOCKS_DEPTH_MOST || !json_number(b->arena, r->json, "ref", &id) ||
        !b->options->reusable(b->options->context, id, &content) ||
        content.len > WPBLOCKS_REUSED_MOST - b->reused_bytes)
        return false;
    int depth = b->depth;
    b->reused_bytes += content.len;
    b->reused++;
    b->reused_depth++;
    b->depth = 0;
    add_text(b, content);
    end_loose(b);
    b->depth = depth;
    b->embeds = false;
    b->reused_depth--;
    return true;
}

static void begin_block(struct blocks *b, const struct remark *r, str rest)
{
    end_loose(b);
    if (r->empty) {
        if (!reuse(b, r))
            tally_add(b->left_out, r->name, 1);
        return;
    }
    b->depth++;
    if (is_embed(r->name))
        b->embeds = true;
    else if (str_eq(r->name, S("cover")) || str_eq(r->name, S("cover-image")))
        show_cover(b, r, rest);
}

static void end_block(struct blocks *b, const struct remark *r)
{
    if (b->depth)
        b->depth--;
    if (is_embed(r->name))
        b->embeds = false;
}

static void add(struct blocks *b, const struct markup_token *t)
{
    str word = t->kind == MARKUP_TEXT && b->embeds ? str_trim(t->whole) : S("");
    if (!b->depth)
        buf_add(&b->loose, t->whole);
    else if (is_url(word))
        embed_markup(b->arena, &b->out, word);
    else
        buf_add(&b->out, t->whole);
}

static void add_text(struct blocks *b, str text)
{
    struct markup_token t;
    struct remark r;
    while (markup_next(&text, &t)) {
        if (t.kind != MARKUP_REMARK)
            add(b, &t);
        else if (!read_remark(t.whole, &r))
            continue;
        else if (r.closing)
            end_block(b, &r);
        else
            begin_block(b, &r, text);
    }
}

str wpblocks_markup(struct arena *a, str text, const struct wpblocks_options *options,
                    struct tally *left_out, int64_t *reused)
{
    size_t most = text.len + WPBLOCKS_REUSED_MOST;
    struct blocks b = {
        .arena = a,
        .out = buf_new(a, most * GROWTH),
        .loose = buf_new(a, most),
        .options = options,
        .left_out = left_out,
    };
    add_text(&b, text);
    end_loose(&b);
    *reused += b.reused;
    return buf_str(&b.out);
}
