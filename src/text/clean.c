// The one door for HTML from outside: what comes out runs nothing and breaks no page.
// SPDX-License-Identifier: Apache-2.0
#include "text/clean.h"

#include <string.h>

#include "base/arena.h"
#include "text/attributes.h"
#include "text/embed.h"
#include "text/plain.h"
#include "text/pull.h"
#include "text/runs.h"
#include "text/srcset.h"
#include "text/table.h"
#include "text/tame.h"
#include "text/tree.h"
#include "text/url.h"
#include "text/utf8.h"
#include "text/writer.h"

enum { LINKS_MAX = 4096 };

// How wide a column of text is, and what figures may be that are wider.
#define TEXT_SIZES "(min-width: 44em) 42rem, 100vw"
#define WIDE_SIZES "(min-width: 48em) 45.75rem, 100vw"
#define FULL_SIZES "(min-width: 83.5em) 79.5rem, 100vw"

struct cleaner {
    struct arena *arena;
    const struct clean_options *options;
    struct writer writer;
    struct runs runs;
    struct cleaned *out;
    str source;               // srcset of the last <source>: what stands in a <picture> before it
    bool pulls;               // what a pull quote holds is being written
    bool linked;              // a picture's link was written in the innermost figure
    const char *sizes;        // of pictures in the innermost figure; NULL: of the text's width
    bool marks_tables;        // what is cleaned is clean but for what its tables' shapes say
    struct table_shape table; // the innermost
    int column;               // of the next cell
};

static void walk(struct cleaner *c, const GumboNode *node);

static void walk_children(struct cleaner *c, const GumboNode *node)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        walk(c, node->v.element.children.data[i]);
}

static GumboTag heading_of(GumboTag tag)
{
    return tag == GUMBO_TAG_H1 ? GUMBO_TAG_H2 : tag;
}

static void walk_block(struct cleaner *c, const GumboNode *node, GumboTag tag)
{
    size_t mark = writer_open(&c->writer, tag, attributes_of(c->arena, node, tag));
    walk_children(c, node);
    writer_close(&c->writer, mark);
}

// A table of many columns scrolls by itself in narrow windows, for which the keyboard must reach
// it.
static void walk_table(struct cleaner *c, const GumboNode *node)
{
    enum { COLUMNS_ON_A_PHONE = 4, COLUMNS_IN_A_COLUMN = 8 };
    struct table_shape outer = c->table;
    int outer_column = c->column;
    struct buf b = buf_new(c->arena, 4096);
    c->table = c->marks_tables ? table_shape(node, &c->runs) : (struct table_shape){0};
    buf_add(&b, attributes_of(c->arena, node, GUMBO_TAG_TABLE));
    if (c->table.columns > COLUMNS_ON_A_PHONE) {
        attributes_add(&b, "class",
                       c->table.columns > COLUMNS_IN_A_COLUMN ? S("widest") : S("wide"));
        buf_add(&b, S(" tabindex=\"0\""));
    }
    size_t mark = writer_open(&c->writer, GUMBO_TAG_TABLE, buf_str(&b));
    walk_children(c, node);
    writer_close(&c->writer, mark);
    c->table = outer;
    c->column = outer_column;
}

static void walk_row(struct cleaner *c, const GumboNode *node)
{
    c->column = 0;
    walk_block(c, node, GUMBO_TAG_TR);
}

static void walk_cell(struct cleaner *c, const GumboNode *node, GumboTag tag)
{
    int span = table_span(node), at = c->column;
    bool number = span == 1 && at < 64 && (c->table.numbers >> at & 1);
    c->column += span;
    size_t mark = writer_open(&c->writer, tag, attributes_of_cell(c->arena, node, tag, number));
    walk_children(c, node);
    writer_close(&c->writer, mark);
}

static void walk_para(struct cleaner *c, const GumboNode *node)
{
    size_t mark = writer_para(&c->writer, attributes_of(c->arena, node, GUMBO_TAG_P));
    walk_children(c, node);
    writer_para_end(&c->writer, mark);
}

static void walk_untagged(struct cleaner *c, const GumboNode *node)
{
    writer_boundary(&c->writer);
    walk_children(c, node);
    writer_boundary(&c->writer);
}

static void walk_inline(struct cleaner *c, const GumboNode *node, GumboTag tag)
{
    str attributes = attributes_of(c->arena, node, tag);
    // A span says nothing but its language and direction.
    bool idle = tag == GUMBO_TAG_SPAN && !attributes.len;
    bool opened = !idle && writer_inline(&c->writer, tag, attributes);
    walk_children(c, node);
    if (opened)
        writer_inline_end(&c->writer);
}

// The address as it may be printed; URL_BAD if it leads nowhere good.
static enum url_kind resolve(struct cleaner *c, str raw, str *out)
{
    enum url_kind kind = url_clean(c->arena, raw, out);
    if (kind != URL_RELATIVE || !c->options->base.len || str_starts(*out, S("#")))
        return kind;
    return url_clean(c->arena, url_join(c->arena, c->options->base, *out), out);
}

static str rel_of(const struct cleaner *c, enum url_kind kind)
{
    if (kind != URL_HTTP || c->options->links == LINKS_EDITORIAL)
        return S("");
    return c->options->links == LINKS_FOREIGN ? S("nofollow noopener") : S("nofollow noopener ugc");
}

static void note_link(struct cleaner *c, str url)
{
    struct cleaned *out = c->out;
    if (out->link_count == LINKS_MAX || str_starts(url, S("#")))
        return;
    if (!out->links)
        out->links = arena_array(c->arena, str, LINKS_MAX);
    out->links[out->link_count++] = url;
}

static str link_attributes(struct cleaner *c, const GumboNode *node, str url, enum url_kind kind)
{
    struct buf b = buf_new(c->arena, URL_MAX * 8);
    attributes_add(&b, "href", url);
    attributes_add(&b, "rel", rel_of(c, kind));
    buf_add(&b, attributes_of(c->arena, node, GUMBO_TAG_A));
    return buf_str(&b);
}

static void walk_link(struct cleaner *c, const GumboNode *node)
{
    str url, raw = attributes_get(node, "href");
    enum url_kind kind = resolve(c, raw, &url);
    bool anchor = kind != URL_BAD && str_starts(url, S("#"));
    if (anchor)
        url = str_join(c->arena, S("#"), attributes_anchor(c->arena, str_from(url, 1)));
    bool dangling = anchor && url.len == 1;
    if (kind == URL_BAD || dangling) {
        c->out->drops.count[DROP_LINK] += raw.len > 0;
        walk_children(c, node);
        return;
    }
    note_link(c, url);
    bool opened = writer_inline(&c->writer, GUMBO_TAG_A, link_attributes(c, node, url, kind));
    walk_children(c, node);
    if (opened)
        writer_inline_end(&c->writer);
}

static str text_of(struct cleaner *c, const GumboNode *node)
{
    // Gumbo turns "&#11111111111" into bytes that are no UTF-8.
    return runs_expand(&c->runs, c->arena, utf8_repair(c->arena, str_of(node->v.text.text)));
}

// Lazy loaders keep the true address elsewhere.
static enum url_kind picture_source(struct cleaner *c, const GumboNode *node, str *written,
                                    str *out)
{
    static const char *const names[] = {"src", "data-src", "data-lazy-src", "data-original"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        str raw = attributes_get(node, names[i]);
        enum url_kind kind = raw.len ? resolve(c, raw, out) : URL_BAD;
        if (kind == URL_HTTP || kind == URL_RELATIVE) {
            *written = raw;
            return kind;
        }
    }
    *out = S("");
    return URL_BAD;
}

static bool add_srcset(struct cleaner *c, struct buf *b, str srcset, str ending)
{
    if (!srcset_is_ours(srcset, ending))
        return false;
    attributes_add(b, "srcset", srcset);
    attributes_add(b, "sizes", str_of(c->sizes ? c->sizes : TEXT_SIZES));
    return true;
}

static void add_picture_attributes(struct cleaner *c, struct buf *b, const struct clean_picture *p,
                                   str alt)
{
    attributes_add(b, "src", p->path);
    add_srcset(c, b, p->srcset, S(".webp"));
    buf_add(b, S(" alt=\""));
    writer_escape(b, alt);
    buf_add_char(b, '"');
    if (p->width > 0)
        buf_addf(b, " width=\"%d\"", (int)p->width);
    if (p->height > 0)
        buf_addf(b, " height=\"%d\"", (int)p->height);
    buf_add(b, S(" loading=\"lazy\" decoding=\"async\""));
}

static void write_picture(struct cleaner *c, const struct clean_picture *p, str alt)
{
    struct buf b = buf_new(c->arena, URL_MAX * 8 + p->srcset.len * 6 + alt.len * 6);
    struct buf avif = buf_new(c->arena, 256 + p->avif.len * 6);
    add_picture_attributes(c, &b, p, alt);
    buf_add(&avif, S(" type=\"image/avif\""));
    bool has_avif = add_srcset(c, &avif, p->avif, S(".avif"));
    writer_image(&c->writer, has_avif ? buf_str(&avif) : S(""), buf_str(&b));
    if (c->out->pictures++ == 0) {
        c->out->picture = p->path;
        c->out->picture_alt = str_trim(alt);
    }
}

static bool has_files(struct cleaner *c, str raw, str url, struct clean_picture *out)
{
    const struct clean_options *o = c->options;
    return o->picture &&
           (o->picture(o->picture_context, c->arena, raw, out) ||
            (!str_eq(raw, url) && o->picture(o->picture_context, c->arena, url, out)));
}

// All files of a picture have names that begin alike: up to their width.
static bool is_same_picture(str one, str other)
{
    ptrdiff_t end = str_rfind_char(one, '-');
    return end > 0 && str_starts(other, str_sub(one, 0, (size_t)end + 1));
}

// What the element shows, as far as it stays a picture: ours, or of this host.
static bool find_picture(struct cleaner *c, const GumboNode *node, struct clean_picture *out,
                         str *url)
{
    *out = (struct clean_picture){.srcset = S(""), .avif = S("")};
    str raw = S("");
    enum url_kind kind = picture_source(c, node, &raw, url);
    if (kind == URL_BAD)
        return false;
    if (has_files(c, raw, *url, out))
        return true;
    bool ours = str_starts(*url, S("/pictures/"));
    *out = (struct clean_picture){
        .path = *url,
        .srcset = ours ? attributes_get(node, "srcset") : S(""),
        .avif = ours && is_same_picture(*url, c->source) ? c->source : S(""),
        .width = attributes_number(node, "width", 0, 20000),
        .height = attributes_number(node, "height", 0, 20000),
    };
    return kind == URL_RELATIVE;
}

// Of a picture, or of the link that stands for one.
static void add_size(struct buf *b, const GumboNode *node)
{
    bool link = node->v.element.tag == GUMBO_TAG_A;
    int64_t width = attributes_number(node, link ? "data-width" : "width", 2, 20000);
    int64_t height = attributes_number(node, link ? "data-height" : "height", 2, 20000);
    if (width > 0 && height > 0)
        buf_addf(b, " data-width=\"%d\" data-height=\"%d\"", (int)width, (int)height);
}

#define AT "Picture at "

// A link to what has no files of ours stands for it: nothing loads from elsewhere. Its size, where
// `node` says it, keeps room for whoever asks for the picture.
static void write_picture_link(struct cleaner *c, const GumboNode *node, str url, str alt)
{
    alt = str_trim(alt);
    str host = url_host(url);
    struct buf b = buf_new(c->arena, URL_MAX * 8);
    attributes_add(&b, "href", url);
    attributes_add(&b, "rel", rel_of(c, URL_HTTP));
    add_size(&b, node);
    attributes_add(&b, "class", S("picture-link"));
    writer_lone_link(
        &c->writer, buf_str(&b),
        str_format(c->arena, AT "%.*s%s%.*s", STR(host), alt.len ? ": " : "", STR(alt)));
    c->out->pictures_elsewhere++;
}

// Its address and what it shows, of a link that stands for a picture.
static bool read_picture_link(struct cleaner *c, const GumboNode *node, str *url, str *alt)
{
    if (!attributes_has_class(node, "picture-link") || c->options->no_media ||
        resolve(c, attributes_get(node, "href"), url) != URL_HTTP)
        return false;
    *alt = S("");
    const GumboNode *text =
        node->v.element.children.length ? node->v.element.children.data[0] : NULL;
    str start = str_format(c->arena, AT "%.*s: ", STR(url_host(*url)));
    str shown = text && text->type == GUMBO_NODE_TEXT ? text_of(c, text) : S("");
    if (str_starts(shown, start))
        *alt = str_from(shown, start.len);
    return true;
}

static bool is_within(const GumboNode *node, GumboTag tag)
{
    while ((node = node->parent) && node->type == GUMBO_NODE_ELEMENT)
        if (node->v.element.tag == tag && !(tag == GUMBO_TAG_FIGURE && pull_is(node)))
            return true;
    return false;
}

static void write_elsewhere(struct cleaner *c, const GumboNode *node, str url, str alt)
{
    size_t mark = 0;
    bool alone = !is_within(node, GUMBO_TAG_FIGURE);
    // In code its line ends were written with the link, and stand in the text since.
    if (node->v.element.tag == GUMBO_TAG_A && is_within(node, GUMBO_TAG_PRE)) {
        write_picture_link(c, node, url, alt);
        c->linked = true;
        return;
    }
    if (alone)
        mark = writer_open(&c->writer, GUMBO_TAG_FIGURE, S(" class=\"elsewhere\""));
    writer_boundary(&c->writer);
    write_picture_link(c, node, url, alt);
    writer_boundary(&c->writer);
    if (alone)
        writer_close(&c->writer, mark);
    c->linked = c->linked || !mark;
}

// Faces that a script made of letters are letters again.
static bool is_letter(const GumboNode *node)
{
    return attributes_has_class(node, "wp-smiley") || attributes_has_class(node, "emoji");
}

static bool is_pixel(const GumboNode *node)
{
    int64_t width = attributes_number(node, "width", 0, 20000);
    int64_t height = attributes_number(node, "height", 0, 20000);
    return (width >= 0 && width <= 1) || (height >= 0 && height <= 1);
}

static void write_captioned(struct cleaner *c, const GumboNode *node, const struct clean_picture *p,
                            str alt)
{
    str caption = c->options->titles_are_captions && !is_within(node, GUMBO_TAG_FIGURE)
                      ? str_trim(utf8_repair(c->arena, attributes_get(node, "title")))
                      : S("");
    if (!caption.len) {
        write_picture(c, p, alt);
        return;
    }
    size_t figure = writer_open(&c->writer, GUMBO_TAG_FIGURE, S(""));
    write_picture(c, p, alt);
    writer_boundary(&c->writer);
    size_t mark = writer_open(&c->writer, GUMBO_TAG_FIGCAPTION, S(""));
    writer_text(&c->writer, caption);
    writer_close(&c->writer, mark);
    writer_close(&c->writer, figure);
}

static void walk_picture(struct cleaner *c, const GumboNode *node)
{
    struct clean_picture picture;
    str alt = attributes_get(node, "alt"), url = S("");
    bool shown = !c->options->no_media && find_picture(c, node, &picture, &url);
    if (is_letter(node) && alt.len && !shown) {
        writer_text(&c->writer, utf8_repair(c->arena, alt));
        return;
    }
    if (c->options->no_media || !url.len) {
        c->out->drops.count[DROP_PICTURE]++;
        return;
    }
    if (is_pixel(node)) {
        c->out->drops.count[DROP_PIXEL]++;
        return;
    }
    if (!shown)
        write_elsewhere(c, node, url, utf8_repair(c->arena, alt));
    else if (picture.path.len)
        write_captioned(c, node, &picture, alt);
    else
        c->out->drops.count[DROP_PICTURE]++;
}

// The link of an earlier cleaning: now there may be files.
static bool walk_picture_link(struct cleaner *c, const GumboNode *node)
{
    struct clean_picture picture;
    str url, alt;
    if (!read_picture_link(c, node, &url, &alt))
        return false;
    if (has_files(c, url, url, &picture))
        write_picture(c, &picture, alt);
    else
        write_elsewhere(c, node, url, alt);
    return true;
}

static str embed_attributes(struct cleaner *c, const struct embed *embed)
{
    struct buf b = buf_new(c->arena, 8192);
    attributes_add(&b, "class", S("embed"));
    attributes_add(&b, "data-provider", embed->provider);
    attributes_add(&b, "data-id", embed->id);
    return buf_str(&b);
}

static void write_link(struct cleaner *c, str url, str text, const char *class)
{
    struct buf b = buf_new(c->arena, URL_MAX * 8);
    attributes_add(&b, "href", url);
    attributes_add(&b, "rel", rel_of(c, URL_HTTP));
    attributes_add(&b, "class", str_of(class));
    note_link(c, url);
    writer_lone_link(&c->writer, buf_str(&b), text);
}

// The figure of an embed, around what `inside` holds (NULL: nothing), with its link at the end.
static void write_embed(struct cleaner *c, const struct embed *embed, const GumboNode *inside)
{
    size_t mark = writer_open(&c->writer, GUMBO_TAG_FIGURE, embed_attributes(c, embed));
    if (inside)
        walk_children(c, inside);
    writer_boundary(&c->writer);
    write_link(c, embed->url, embed->label, mark ? "embed-link" : "");
    writer_close(&c->writer, mark);
}

// A frame or player: of a known host an embed, of another a link to it.
static void write_frame(struct cleaner *c, str raw, str text)
{
    str url;
    struct embed embed;
    enum url_kind kind = resolve(c, raw, &url);
    if (kind == URL_HTTP && !c->options->no_media && embed_from_url(c->arena, url, &embed)) {
        write_embed(c, &embed, NULL);
        return;
    }
    c->out->drops.count[DROP_FRAME]++;
    if (kind != URL_HTTP)
        return;
    size_t mark = writer_para(&c->writer, S(""));
    write_link(c, url, text.len ? text : url, "");
    writer_para_end(&c->writer, mark);
}

static void walk_frame(struct cleaner *c, const GumboNode *node)
{
    str raw = attributes_get(node, "src");
    write_frame(c, raw.len ? raw : attributes_get(node, "data-src"), attributes_get(node, "title"));
}

static void walk_player(struct cleaner *c, const GumboNode *node)
{
    str raw = attributes_get(node, "src");
    for (unsigned i = 0; i < node->v.element.children.length && !raw.len; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_SOURCE)
            raw = attributes_get(child, "src");
    }
    write_frame(c, raw, node->v.element.tag == GUMBO_TAG_VIDEO ? S("Video") : S("Audio"));
}

// The address of the last link in a post that a script was to replace.
static str last_link(const GumboNode *node)
{
    str found = S("");
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type != GUMBO_NODE_ELEMENT)
            continue;
        str inner = child->v.element.tag == GUMBO_TAG_A ? attributes_get(child, "href") : S("");
        inner = inner.len ? inner : last_link(child);
        found = inner.len ? inner : found;
    }
    return found;
}

static bool is_post(struct cleaner *c, const GumboNode *node, struct embed *out)
{
    static const char *const posts[] = {"twitter-tweet", "twitter-video", "instagram-media",
                                        "tiktok-embed"};
    bool known = false;
    for (size_t i = 0; i < sizeof posts / sizeof *posts; i++)
        known = known || attributes_has_class(node, posts[i]);
    if (!known || c->options->no_media)
        return false;
    str url = attributes_get(node, "data-instgrm-permalink");
    if (!url.len)
        url = attributes_get(node, "cite");
    if (embed_from_url(c->arena, url, out))
        return true;
    return embed_from_url(c->arena, last_link(node), out);
}

// Whatever it was, it becomes one quote, its caption the name of who said it.
static void walk_pull(struct cleaner *c, const GumboNode *node)
{
    if (c->pulls) {
        walk_untagged(c, node);
        return;
    }
    str attributes = attributes_of(c->arena, node, GUMBO_TAG_BLOCKQUOTE);
    size_t mark = writer_open(&c->writer, GUMBO_TAG_BLOCKQUOTE,
                              str_join(c->arena, attributes, S(" class=\"pullquote\"")));
    c->pulls = true;
    walk_children(c, node);
    c->pulls = false;
    writer_close(&c->writer, mark);
}

static void walk_caption(struct cleaner *c, const GumboNode *node)
{
    if (!c->pulls) {
        walk_block(c, node, GUMBO_TAG_FIGCAPTION);
        return;
    }
    writer_boundary(&c->writer);
    walk_inline(c, node, GUMBO_TAG_CITE);
    writer_boundary(&c->writer);
}

static void walk_quote(struct cleaner *c, const GumboNode *node)
{
    struct embed embed;
    if (!is_post(c, node, &embed)) {
        if (c->pulls)
            walk_untagged(c, node);
        else
            walk_block(c, node, GUMBO_TAG_BLOCKQUOTE);
        return;
    }
    size_t mark = writer_open(&c->writer, GUMBO_TAG_FIGURE, embed_attributes(c, &embed));
    walk_block(c, node, GUMBO_TAG_BLOCKQUOTE);
    writer_boundary(&c->writer);
    write_link(c, embed.url, embed.label, mark ? "embed-link" : "");
    writer_close(&c->writer, mark);
}

// A picture in it that has no files of ours makes it one that stands elsewhere.
static void walk_plain_figure(struct cleaner *c, const GumboNode *node)
{
    str attributes = attributes_of_figure(c->arena, node, /* elsewhere= */ false);
    size_t mark = writer_open(&c->writer, GUMBO_TAG_FIGURE, attributes);
    c->sizes = attributes_is_full(node) ? FULL_SIZES : attributes_is_wide(node) ? WIDE_SIZES : NULL;
    walk_children(c, node);
    if (mark && c->linked) {
        str elsewhere = attributes_of_figure(c->arena, node, /* elsewhere= */ true);
        writer_rewrite(&c->writer, mark, attributes, elsewhere);
        c->linked = false;
    }
    writer_close(&c->writer, mark);
}

// A figure of our own making comes back as it was; its link is written anew.
static void walk_figure(struct cleaner *c, const GumboNode *node)
{
    bool pulls = c->pulls, linked = c->linked;
    const char *sizes = c->sizes;
    struct embed embed;
    bool ours = attributes_has_class(node, "embed") && !c->options->no_media &&
                embed_from_id(c->arena, attributes_get(node, "data-provider"),
                              attributes_get(node, "data-id"), &embed);
    c->pulls = c->linked = false;
    if (ours)
        write_embed(c, &embed, node);
    else
        walk_plain_figure(c, node);
    c->linked = linked || (c->linked && !ours);
    c->pulls = pulls;
    c->sizes = sizes;
}

static void walk_division(struct cleaner *c, const GumboNode *node)
{
    if (attributes_has_class(node, "footnotes"))
        walk_block(c, node, GUMBO_TAG_SECTION);
    else
        walk_untagged(c, node);
}

static bool is_embed_link(const GumboNode *node)
{
    const GumboNode *parent = node->parent;
    return attributes_has_class(node, "embed-link") && parent &&
           parent->type == GUMBO_NODE_ELEMENT && parent->v.element.tag == GUMBO_TAG_FIGURE &&
           attributes_has_class(parent, "embed");
}

static void walk_element(struct cleaner *c, const GumboNode *node)
{
    GumboTag tag = node->v.element.tag;
    switch (tag) {
    case GUMBO_TAG_P:
        walk_para(c, node);
        return;
    case GUMBO_TAG_DIV:
        walk_division(c, node);
        return;
    case GUMBO_TAG_A:
        if (!is_embed_link(node) && !walk_picture_link(c, node))
            walk_link(c, node);
        return;
    case GUMBO_TAG_BR:
        writer_break(&c->writer);
        return;
    case GUMBO_TAG_IMG:
        walk_picture(c, node);
        return;
    case GUMBO_TAG_IFRAME:
    case GUMBO_TAG_EMBED:
        walk_frame(c, node);
        return;
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_AUDIO:
        walk_player(c, node);
        return;
    case GUMBO_TAG_BLOCKQUOTE:
        walk_quote(c, node);
        return;
    case GUMBO_TAG_FIGURE:
        walk_figure(c, node);
        return;
    case GUMBO_TAG_FIGCAPTION:
        walk_caption(c, node);
        return;
    case GUMBO_TAG_HR:
    case GUMBO_TAG_COL:
        writer_void_block(&c->writer, tag, attributes_of(c->arena, node, tag));
        return;
    case GUMBO_TAG_TABLE:
        walk_table(c, node);
        return;
    case GUMBO_TAG_TR:
        walk_row(c, node);
        return;
    case GUMBO_TAG_TD:
    case GUMBO_TAG_TH:
        walk_cell(c, node, tag);
        return;
    case GUMBO_TAG_H1:
    case GUMBO_TAG_H2:
    case GUMBO_TAG_H3:
    case GUMBO_TAG_H4:
    case GUMBO_TAG_H5:
    case GUMBO_TAG_H6:
    case GUMBO_TAG_UL:
    case GUMBO_TAG_OL:
    case GUMBO_TAG_LI:
    case GUMBO_TAG_DL:
    case GUMBO_TAG_DT:
    case GUMBO_TAG_DD:
    case GUMBO_TAG_PRE:
    case GUMBO_TAG_CAPTION:
    case GUMBO_TAG_COLGROUP:
    case GUMBO_TAG_THEAD:
    case GUMBO_TAG_TBODY:
    case GUMBO_TAG_TFOOT:
    case GUMBO_TAG_DETAILS:
    case GUMBO_TAG_SUMMARY:
        walk_block(c, node, heading_of(tag));
        return;
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_B:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_I:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_SPAN:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TIME:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
        walk_inline(c, node, tag);
        return;
    default: // nothing else passes tame()
        walk_children(c, node);
        return;
    }
}

static void walk(struct cleaner *c, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE)
        writer_text(&c->writer, text_of(c, node));
    else if (node->type == GUMBO_NODE_ELEMENT && node->v.element.tag == GUMBO_TAG_SOURCE)
        c->source = attributes_get(node, "srcset");
    else if (node->type == GUMBO_NODE_ELEMENT && pull_is(node))
        walk_pull(c, node);
    else if (node->type == GUMBO_NODE_ELEMENT)
        walk_element(c, node);
}

// How much longer than the input the output may be: what we add to tags, and inline elements that
// are opened anew in each block.
static size_t output_limit(size_t len)
{
    return len * 8 + 64 * 1024;
}

static error clean_once(struct cleaner *c, str markup, struct drops *drops)
{
    str tamed;
    try(tame(c->arena, markup, drops, &c->runs, &tamed));
    const GumboNode *root = tree_parse(c->arena, tamed);
    if (!root)
        return failure(c->arena, FAULT_LIMIT, S("markup"), "too many unclosed elements");
    writer_init(&c->writer, c->arena, output_limit(markup.len));
    walk_children(c, root);
    c->out->body.text = writer_finish(&c->writer);
    if (c->writer.out.overflow)
        return failure(c->arena, FAULT_LIMIT, S("markup"), "it would grow beyond measure");
    return NULL;
}

// The shape of a table is that of what is left of it: so that the result cleans to itself, tables
// are marked in a second round.
static error mark_tables(struct arena *a, const struct clean_options *options, html *body)
{
    struct cleaned again = {0};
    struct cleaner c = {.arena = a, .options = options, .out = &again, .marks_tables = true};
    if (str_find(body->text, S("<table")) < 0)
        return NULL;
    try(clean_once(&c, body->text, &again.drops));
    *body = again.body;
    return NULL;
}

error clean_html(struct arena *a, str markup, const struct clean_options *options,
                 struct cleaned *out)
{
    struct cleaned result = {0};
    struct cleaner c = {.arena = a, .options = options, .out = &result};
    if (markup.len > CLEAN_MAX)
        return failure(a, FAULT_LIMIT, S("markup"), "longer than %d bytes", CLEAN_MAX);
    try(clean_once(&c, markup, &result.drops));
    try(mark_tables(a, options, &result.body));
    result.plain = plain_from(a, result.body);
    result.body = pull_hide_repeated(a, result.body, result.plain);
    result.words = words_count(result.plain);
    *out = result;
    return NULL;
}
