// The body of a WordPress post as the newsroom stores it.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wp_body.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/markup_scan.h"
#include "interop/wpautop.h"
#include "text/url.h"

enum { GROWTH = 64 };

// ---- an address alone on its line is shown, not named

static bool is_address(str line)
{
    if (!str_starts(line, S("http://")) && !str_starts(line, S("https://")))
        return false;
    for (size_t i = 0; i < line.len; i++)
        if (line.ptr[i] <= ' ' || line.ptr[i] == '"' || line.ptr[i] == '[')
            return false;
    return true;
}

// Whether a tag is of a kind that a line may begin or end at.
static bool parts_lines(const struct markup_token *t)
{
    return t->kind == MARKUP_REMARK || (t->kind == MARKUP_TAG && wpautop_is_block(t->name));
}

static void add_lines(struct arena *a, struct buf *out, str text, bool begins, bool ends)
{
    while (text.ptr) {
        str line = str_cut(&text, '\n');
        bool last = !text.ptr;
        if (begins && (!last || ends) && is_address(str_trim(line)))
            embed_markup(a, out, str_trim(line));
        else
            buf_add(out, line);
        if (!last)
            buf_add_char(out, '\n');
        begins = true;
    }
}

static str show_addresses(struct arena *a, str text)
{
    if (str_find(text, S("http")) < 0)
        return text;
    struct buf out = buf_new(a, text.len * GROWTH + 1024);
    struct markup_token t, next = {0};
    bool begins = true, verbatim = false, more = markup_next(&text, &t);
    while (more) {
        more = markup_next(&text, &next);
        if (t.kind == MARKUP_TAG && str_eq_nocase(t.name, S("pre")))
            verbatim = !t.closing;
        if (t.kind == MARKUP_TEXT && !verbatim)
            add_lines(a, &out, t.whole, begins, !more || parts_lines(&next));
        else
            buf_add(&out, t.whole);
        begins = parts_lines(&t);
        t = next;
    }
    return buf_str(&out);
}

// ---- links back to the old site

static str without_www(str host)
{
    return str_starts(host, S("www.")) ? str_from(host, 4) : host;
}

str wp_path_on_site(str url, str site)
{
    str host = url_host(url), own = url_host(site);
    if (!own.len || !host.len || !str_eq_nocase(without_www(host), without_www(own)))
        return STR_NONE;
    str path = url_path(url);
    return path.len ? path : S("/");
}

static bool leads_somewhere(struct arena *a, const struct wp_body_options *o, str path)
{
    size_t end = 0;
    while (end < path.len && path.ptr[end] != '#' && path.ptr[end] != '?')
        end++;
    if (end == 1 && path.len > 1 && path.ptr[1] == '?')
        return o->path_known && o->path_known(o->path_context, path);
    return o->path_known && o->path_known(o->path_context, url_decode(a, str_sub(path, 0, end)));
}

// Clean markup writes every address as href="…".
static html rewrite_links(struct arena *a, html body, const struct wp_body_options *o,
                          struct wp_body_changes *changes)
{
    str rest = body.text, wanted = S("href=\"");
    if (!o->site.len || str_find(rest, wanted) < 0)
        return body;
    struct buf out = buf_new(a, body.text.len + 1);
    for (ptrdiff_t at; (at = str_find(rest, wanted)) >= 0;) {
        buf_add(&out, str_sub(rest, 0, (size_t)at + wanted.len));
        rest = str_from(rest, (size_t)at + wanted.len);
        ptrdiff_t end = str_find_char(rest, '"');
        str url = str_sub(rest, 0, end < 0 ? rest.len : (size_t)end);
        str path = wp_path_on_site(url, o->site);
        bool here = path.ptr && leads_somewhere(a, o, path);
        changes->links_rewritten += here;
        changes->links_left += path.ptr && !here;
        buf_add(&out, here ? path : url);
        rest = str_from(rest, url.len);
    }
    buf_add(&out, rest);
    return (html){buf_str(&out)};
}

error wp_body(struct arena *a, str content, const struct wp_body_options *options,
              struct wp_body_changes *changes, struct cleaned *out)
{
    bool blocks = wpblocks_any(content);
    str text = content;
    if (text.len > CLEAN_MAX)
        return failure(a, FAULT_LIMIT, S("body"), "it is larger than %d MiB", CLEAN_MAX >> 20);
    if (blocks)
        text =
            wpblocks_markup(a, text, &options->blocks, &changes->blocks_left_out, &changes->reused);
    text = shortcode_expand(a, text, &options->shortcodes, &changes->shortcodes,
                            &changes->unknown_shortcodes);
    text = show_addresses(a, text);
    if (!blocks)
        text = wpautop(a, text);
    struct clean_options cleaning = {.base = S(""),
                                     .links = LINKS_EDITORIAL,
                                     .picture = options->picture,
                                     .picture_context = options->picture_context};
    try(clean_html(a, text, &cleaning, out));
    out->body = rewrite_links(a, out->body, options, changes);
    return NULL;
}

error wp_comment_body(struct arena *a, str content, const struct wp_body_options *options,
                      struct wp_body_changes *changes, struct cleaned *out)
{
    if (content.len > CLEAN_MAX / 16)
        return failure(a, FAULT_LIMIT, S("comment"), "it is longer than %d KiB",
                       CLEAN_MAX / 16 >> 10);
    struct clean_options cleaning = {.base = S(""), .links = LINKS_READER, .no_media = true};
    try(clean_html(a, wpautop(a, content), &cleaning, out));
    out->body = rewrite_links(a, out->body, options, changes);
    return NULL;
}
