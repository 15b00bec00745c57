// WordPress's shortcodes turned into markup.
// SPDX-License-Identifier: Apache-2.0
#include "interop/shortcode.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/markup_scan.h"
#include "text/embed.h"
#include "text/entities.h"
#include "text/url.h"

enum { TAG_MOST = 8 * 1024, NAME_LONGEST = 60, GROWTH = 64, ATTRIBUTES_MOST = 40 };

// ---- counting

struct tally tally_new(struct arena *a)
{
    return (struct tally){a, map_new(a)};
}

void tally_add(struct tally *t, str name, int64_t count)
{
    int64_t *found = map_get(&t->names, name);
    if (!found) {
        found = arena_make(t->arena, int64_t);
        *map_at(&t->names, str_copy(t->arena, name)) = found;
    }
    *found += count;
}

// ---- reading

struct attributes {
    str names[ATTRIBUTES_MOST], values[ATTRIBUTES_MOST]; // of a value alone the name is empty
    size_t count;
};

struct shortcode {
    str name, inner;
    str given; // what stands behind the name
    struct attributes attributes;
    bool closed; // by [/name], or in itself by "/]"
    bool empty;  // "/]"
};

struct expansion {
    struct arena *arena;
    const struct shortcode_options *options;
    struct tally *known, *unknown;
    int depth;
};

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static str take_name(str s)
{
    size_t n = 0;
    while (n < s.len && n <= NAME_LONGEST && is_name_char(s.ptr[n]))
        n++;
    bool letter = n > 1 && n <= NAME_LONGEST && !(s.ptr[0] >= '0' && s.ptr[0] <= '9') &&
                  s.ptr[0] != '-' && s.ptr[0] != '_';
    return letter ? str_sub(s, 0, n) : S("");
}

// Where the tag that begins at s[0] == '[' ends, quotes respected; 0 when it does not.
static size_t tag_end(str s)
{
    char quote = 0;
    size_t most = s.len < TAG_MOST ? s.len : TAG_MOST;
    for (size_t i = 1; i < most; i++) {
        char c = s.ptr[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && s.ptr[i - 1] == '=')
            quote = c;
        else if (c == ']')
            return i + 1;
        else if (c == '[')
            return 0;
    }
    return 0;
}

static str take_value(str *s)
{
    size_t n = 0;
    char quote = s->len ? s->ptr[0] : 0;
    if (quote == '"' || quote == '\'') {
        ptrdiff_t end = str_find_char(str_from(*s, 1), quote);
        n = end < 0 ? s->len : (size_t)end + 1;
        str value = str_sub(*s, 1, n);
        *s = str_from(*s, n + 1);
        return value;
    }
    while (n < s->len && !is_space(s->ptr[n]))
        n++;
    str value = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return value;
}

static void read_attributes(struct arena *a, str s, struct attributes *out)
{
    while (s.len && out->count < ATTRIBUTES_MOST) {
        while (s.len && is_space(s.ptr[0]))
            s = str_from(s, 1);
        size_t n = 0;
        while (n < s.len && is_name_char(s.ptr[n]))
            n++;
        str name = S("");
        if (n < s.len && s.ptr[n] == '=') {
            name = str_sub(s, 0, n);
            s = str_from(s, n + 1);
        }
        if (!s.len)
            break;
        out->names[out->count] = name;
        out->values[out->count++] = entities_decode(a, take_value(&s));
    }
}

static str attribute(const struct shortcode *c, const char *name)
{
    for (size_t i = 0; i < c->attributes.count; i++)
        if (str_eq_nocase(c->attributes.names[i], str_of(name)))
            return c->attributes.values[i];
    return S("");
}

static str first_plain_value(const struct shortcode *c)
{
    for (size_t i = 0; i < c->attributes.count; i++)
        if (!c->attributes.names[i].len || !str_eq(c->attributes.names[i], S("id")))
            return c->attributes.values[i];
    return S("");
}

// ---- writing

void markup_escape(struct buf *out, str text)
{
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '&')
            buf_add(out, S("&amp;"));
        else if (c == '<')
            buf_add(out, S("&lt;"));
        else if (c == '>')
            buf_add(out, S("&gt;"));
        else if (c == '"')
            buf_add(out, S("&quot;"));
        else
            buf_add_char(out, c);
    }
}

static void add_link(struct buf *out, str url, str label)
{
    buf_add(out, S("<p><a href=\""));
    markup_escape(out, url);
    buf_add(out, S("\">"));
    markup_escape(out, label);
    buf_add(out, S("</a></p>\n"));
}

void embed_markup(struct arena *a, struct buf *out, str url)
{
    struct embed embed;
    if (!embed_from_url(a, url, &embed)) {
        add_link(out, url, url);
        return;
    }
    buf_add(out, S("<div><iframe src=\""));
    markup_escape(out, url);
    buf_add(out, S("\"></iframe></div>\n"));
}

static bool is_url(str s)
{
    return str_starts(s, S("http://")) || str_starts(s, S("https://")) || str_starts(s, S("//"));
}

static void embed_or_nothing(struct expansion *x, struct buf *out, str url)
{
    if (is_url(url))
        embed_markup(x->arena, out, url);
}

static void expand_into(struct expansion *x, struct buf *out, str text);

static void add_figure(struct buf *out, const struct shortcode_picture *p)
{
    buf_add(out, S("<figure><img src=\""));
    markup_escape(out, p->url);
    buf_add(out, S("\" alt=\""));
    markup_escape(out, p->alt);
    buf_add(out, S("\" />"));
    if (p->caption.len) {
        buf_add(out, S("<figcaption>"));
        markup_escape(out, p->caption);
        buf_add(out, S("</figcaption>"));
    }
    buf_add(out, S("</figure>\n"));
}

// Behind the picture, and the link it may stand in.
static size_t picture_end(str inner)
{
    str rest = inner;
    struct markup_token t;
    size_t end = 0;
    bool linked = false;
    while (markup_next(&rest, &t)) {
        bool closes_link = t.kind == MARKUP_TAG && t.closing && str_eq_nocase(t.name, S("a"));
        if (t.kind == MARKUP_TAG && !end && str_eq_nocase(t.name, S("a")) && !t.closing)
            linked = true;
        if (t.kind == MARKUP_TAG && str_eq_nocase(t.name, S("img")))
            end = inner.len - rest.len;
        if (end && (!linked || closes_link))
            return closes_link ? inner.len - rest.len : end;
    }
    return end;
}

static void do_caption(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    size_t end = picture_end(c->inner);
    str text = str_trim(str_from(c->inner, end)), given = attribute(c, "caption");
    buf_add(out, S("<figure>"));
    expand_into(x, out, str_sub(c->inner, 0, end));
    buf_add(out, S("<figcaption>"));
    if (given.len)
        buf_add(out, given);
    if (given.len && text.len)
        buf_add_char(out, ' ');
    expand_into(x, out, text);
    buf_add(out, S("</figcaption></figure>\n"));
}

static size_t named_ids(str list, int64_t *ids, size_t most)
{
    size_t count = 0;
    while (list.ptr && count < most) {
        int64_t id;
        if (str_int(str_trim(str_cut(&list, ',')), &id))
            ids[count++] = id;
    }
    return count;
}

static void do_gallery(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    int64_t *ids = arena_array(x->arena, int64_t, GALLERY_MOST);
    str named = attribute(c, "ids").len ? attribute(c, "ids") : attribute(c, "include");
    size_t count = named.len ? named_ids(named, ids, GALLERY_MOST)
                   : x->options->uploads
                       ? x->options->uploads(x->options->context, ids, GALLERY_MOST)
                       : 0;
    for (size_t i = 0; i < count; i++) {
        struct shortcode_picture p = {0};
        if (x->options->picture && x->options->picture(x->options->context, ids[i], &p))
            add_figure(out, &p);
    }
    expand_into(x, out, c->inner);
}

static void do_embed(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    str url = str_trim(c->inner);
    if (!url.len)
        url = attribute(c, "url").len ? attribute(c, "url") : attribute(c, "src");
    if (!url.len)
        url = first_plain_value(c);
    embed_or_nothing(x, out, entities_decode(x->arena, url));
}

static str file_name(str url)
{
    ptrdiff_t slash = str_rfind_char(url, '/');
    return slash < 0 || (size_t)slash + 1 == url.len ? url : str_from(url, (size_t)slash + 1);
}

static str media_url(const struct shortcode *c)
{
    static const char *const names[] = {"src", "mp4", "webm", "ogv", "m4v", "flv", "wmv",
                                        "mp3", "m4a", "ogg",  "wav", "wma", "url"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_url(attribute(c, names[i])))
            return attribute(c, names[i]);
    return first_plain_value(c);
}

static void do_media(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    struct embed embed;
    str url = media_url(c);
    if (is_url(url) && embed_from_url(x->arena, url, &embed))
        embed_markup(x->arena, out, url);
    else if (is_url(url))
        add_link(out, url, file_name(url));
    expand_into(x, out, c->inner);
}

// [youtube=URL], [youtube URL], [youtube]ID[/youtube], [youtube id="ID"]
static void do_player(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    bool youtube = str_eq_nocase(c->name, S("youtube"));
    str given = str_trim(c->inner).len    ? str_trim(c->inner)
                : attribute(c, "id").len  ? attribute(c, "id")
                : attribute(c, "url").len ? attribute(c, "url")
                                          : first_plain_value(c);
    if (is_url(given))
        embed_markup(x->arena, out, given);
    else if (given.len)
        embed_markup(
            x->arena, out,
            str_join(x->arena,
                     youtube ? S("https://www.youtube.com/watch?v=") : S("https://vimeo.com/"),
                     url_encode(x->arena, given)));
}

static void do_quote(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    str who = attribute(c, "author").len ? attribute(c, "author") : attribute(c, "cite");
    bool pull = str_eq_nocase(c->name, S("pullquote"));
    buf_add(out, pull ? S("\n<blockquote class=\"pullquote\">") : S("\n<blockquote>"));
    expand_into(x, out, c->inner);
    if (who.len) {
        buf_add(out, S("<p><cite>"));
        markup_escape(out, who);
        buf_add(out, S("</cite></p>"));
    }
    buf_add(out, S("</blockquote>\n"));
}

static void do_code(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    buf_add(out, S("\n<pre><code>"));
    buf_add(out, c->inner);
    buf_add(out, S("</code></pre>\n"));
}

static void do_button(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    str url = attribute(c, "link").len  ? attribute(c, "link")
              : attribute(c, "url").len ? attribute(c, "url")
                                        : attribute(c, "href");
    if (is_url(url) || str_starts(url, S("/"))) {
        buf_add(out, S("<p><a href=\""));
        markup_escape(out, url);
        buf_add(out, S("\">"));
        expand_into(x, out, c->inner);
        buf_add(out, S("</a></p>\n"));
    } else {
        expand_into(x, out, c->inner);
    }
}

static void do_playlist(struct expansion *x, const struct shortcode *c, struct buf *out)
{
    int64_t *ids = arena_array(x->arena, int64_t, GALLERY_MOST);
    size_t count = named_ids(attribute(c, "ids"), ids, GALLERY_MOST);
    for (size_t i = 0; i < count; i++) {
        struct shortcode_picture p = {0};
        if (x->options->picture && x->options->picture(x->options->context, ids[i], &p))
            add_link(out, p.url, p.caption.len ? p.caption : file_name(p.url));
    }
}

static const struct known {
    str name;
    bool encloses;
    void (*expand)(struct expansion *x, const struct shortcode *c, struct buf *out);
} known_codes[] = {
    {S("caption"), true, do_caption},    {S("wp_caption"), true, do_caption},
    {S("gallery"), false, do_gallery},   {S("embed"), true, do_embed},
    {S("audio"), true, do_media},        {S("video"), true, do_media},
    {S("playlist"), false, do_playlist}, {S("youtube"), true, do_player},
    {S("vimeo"), true, do_player},       {S("soundcloud"), true, do_embed},
    {S("tweet"), true, do_embed},        {S("twitter"), true, do_embed},
    {S("instagram"), true, do_embed},    {S("facebook"), true, do_embed},
    {S("spotify"), true, do_embed},      {S("googlemaps"), true, do_embed},
    {S("quote"), true, do_quote},        {S("blockquote"), true, do_quote},
    {S("pullquote"), true, do_quote},    {S("code"), true, do_code},
    {S("sourcecode"), true, do_code},    {S("button"), true, do_button},
};

static const struct known *find_known(str name)
{
    for (size_t i = 0; i < sizeof known_codes / sizeof *known_codes; i++)
        if (str_eq_nocase(name, known_codes[i].name))
            return &known_codes[i];
    return NULL;
}

// ---- the pass over a text

// Where the closing tags of a name stand, in order.
struct closings {
    size_t *at;
    size_t count, cap, next;
};

struct pass {
    struct expansion *x;
    struct map closings; // by name in small letters
    bool indexed;
    str all;
};

static void add_closing(struct pass *p, str name, size_t at)
{
    void **slot = map_at(&p->closings, str_lower(p->x->arena, name));
    if (!*slot)
        *slot = arena_make(p->x->arena, struct closings);
    struct closings *c = *slot;
    if (c->count == c->cap) {
        size_t cap = c->cap ? c->cap * 2 : 4;
        c->at = arena_grow(p->x->arena, c->at, c->cap * sizeof *c->at, cap * sizeof *c->at);
        c->cap = cap;
    }
    c->at[c->count++] = at;
}

// All closing tags are found in one go: looking for each name by itself would take too long where
// there are many.
static void index_closings(struct pass *p)
{
    p->indexed = true;
    for (size_t i = 0; i + 3 < p->all.len; i++) {
        if (p->all.ptr[i] != '[' || p->all.ptr[i + 1] != '/')
            continue;
        str name = take_name(str_from(p->all, i + 2));
        size_t end = i + 2 + name.len;
        if (name.len && end < p->all.len && p->all.ptr[end] == ']')
            add_closing(p, name, i);
    }
}

// The next "[/name]" at or behind `from`, or SIZE_MAX; `from` never goes back.
static size_t closing_at(struct pass *p, str name, size_t from)
{
    if (!p->indexed)
        index_closings(p);
    struct closings *c = map_get(&p->closings, str_lower(p->x->arena, name));
    while (c && c->next < c->count && c->at[c->next] < from)
        c->next++;
    return c && c->next < c->count ? c->at[c->next] : SIZE_MAX;
}

static bool read_shortcode(struct pass *p, size_t at, struct shortcode *out, size_t *end)
{
    str s = str_from(p->all, at);
    str name = take_name(str_from(s, 1));
    size_t tag = name.len ? tag_end(s) : 0;
    if (!tag)
        return false;
    char next = s.ptr[1 + name.len];
    if (!is_space(next) && next != ']' && next != '/' && next != '=')
        return false;
    *out = (struct shortcode){.name = name, .inner = S("")};
    str inside = str_sub(s, 1 + name.len, tag - 1);
    out->empty = str_ends(inside, S("/"));
    if (out->empty)
        inside = str_sub(inside, 0, inside.len - 1);
    out->given = inside;
    read_attributes(p->x->arena, next == '=' ? str_from(inside, 1) : inside, &out->attributes);
    *end = at + tag;
    if (out->empty)
        return true;
    size_t closing = closing_at(p, name, at + tag);
    out->closed = closing != SIZE_MAX;
    const struct known *known = find_known(name);
    if (out->closed && (!known || known->encloses)) {
        out->inner = str_sub(p->all, at + tag, closing);
        *end = closing + name.len + 3;
    }
    return true;
}

// Whether a name that means nothing to us is a shortcode after all, and no word in brackets.
static bool looks_like_one(const struct shortcode *c)
{
    if (c->closed || c->empty || str_find_char(c->name, '_') >= 0)
        return true;
    bool quoted = str_find(c->given, S("=\"")) >= 0 || str_find(c->given, S("='")) >= 0;
    return quoted && str_find_char(c->given, '<') < 0;
}

// Whether the closing tag of an unknown shortcode stands here without its opening one.
static size_t stray_closing(str s)
{
    if (!str_starts(s, S("[/")))
        return 0;
    str name = take_name(str_from(s, 2));
    return name.len && str_starts(str_from(s, 2 + name.len), S("]")) ? name.len + 3 : 0;
}

// [[name …]] stands for [name …] itself.
static size_t escaped(str s, struct buf *out)
{
    if (!str_starts(s, S("[[")) || !take_name(str_from(s, str_starts(s, S("[[/")) ? 3 : 2)).len)
        return 0;
    size_t end = tag_end(str_from(s, 1));
    if (!end || end + 1 >= s.len || s.ptr[end + 1] != ']')
        return 0;
    // The bracket as a reference, so that no later reader takes it for a shortcode.
    buf_add(out, S("&#91;"));
    buf_add(out, str_sub(s, 2, end + 1));
    return end + 2;
}

static size_t expand_one(struct pass *p, size_t at, struct buf *out)
{
    struct shortcode c;
    size_t end;
    str s = str_from(p->all, at);
    size_t taken = escaped(s, out);
    if (!taken)
        taken = stray_closing(s);
    if (taken)
        return taken;
    if (!read_shortcode(p, at, &c, &end))
        return 0;
    const struct known *known = find_known(c.name);
    if (!known && !looks_like_one(&c))
        return 0;
    // "[video]" alone says nothing that could be shown: it is a word.
    if (known && known->encloses && !c.closed && !c.attributes.count)
        return 0;
    str name = str_lower(p->x->arena, c.name);
    tally_add(known ? p->x->known : p->x->unknown, name, 1);
    if (known)
        known->expand(p->x, &c, out);
    else
        expand_into(p->x, out, c.inner);
    return end - at;
}

static bool may_begin_tag(str s)
{
    char c = s.len > 1 ? s.ptr[1] : 0;
    return c == '/' || c == '!' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// How much to pass over at a '<': no shortcode is looked for in tags, nor in examples of code. 0
// when no tag ends from here on.
static size_t skip_markup(str s)
{
    struct markup_token t;
    str rest = s;
    markup_next(&rest, &t);
    if (t.kind == MARKUP_TEXT)
        return rest.len ? s.len - rest.len : 0;
    if (t.kind == MARKUP_TAG && !t.closing &&
        (str_eq_nocase(t.name, S("pre")) || str_eq_nocase(t.name, S("code")) ||
         str_eq_nocase(t.name, S("script")) || str_eq_nocase(t.name, S("style"))))
        markup_take_element(&rest, t.name);
    return s.len - rest.len;
}

static void expand_into(struct expansion *x, struct buf *out, str text)
{
    if (x->depth == SHORTCODE_DEPTH_MOST || str_find_char(text, '[') < 0) {
        buf_add(out, text);
        return;
    }
    x->depth++;
    struct pass p = {.x = x, .closings = map_new(x->arena), .all = text};
    size_t kept = 0, at = 0;
    bool tags = true;
    while (at < text.len) {
        char c = text.ptr[at];
        size_t taken = 0;
        if (c == '<' && tags && may_begin_tag(str_from(text, at))) {
            size_t skipped = skip_markup(str_from(text, at));
            tags = skipped > 0;
            at += tags ? skipped : 1;
            continue;
        }
        if (c == '[') {
            buf_add(out, str_sub(text, kept, at));
            kept = at;
            taken = expand_one(&p, at, out);
            kept += taken;
        }
        at += taken ? taken : 1;
    }
    buf_add(out, str_from(text, kept));
    x->depth--;
}

str shortcode_expand(struct arena *a, str text, const struct shortcode_options *options,
                     struct tally *known, struct tally *unknown)
{
    struct expansion x = {a, options, known, unknown, 0};
    if (str_find_char(text, '[') < 0)
        return text;
    struct buf out = buf_new(a, text.len * GROWTH + ((size_t)1 << 20));
    expand_into(&x, &out, text);
    return out.overflow ? text : buf_str(&out);
}
