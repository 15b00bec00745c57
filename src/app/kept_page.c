// A page as the cache keeps it: status, headers and parts packed into one piece of memory, and the
// ways it is put together for a reader. SPDX-License-Identifier: Apache-2.0
#include "app/kept_page.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "compress/compress.h"
#include "site/prefs.h"

// Forms of a document of one piece; a page's two parts have their pieces as forms 0 and 1.
enum { FORM_GZIP, FORM_BR, FORM_ZSTD };
enum { PIECE_LEVEL = 6, GZIP_LEVEL = 9, BR_LEVEL = 9, ZSTD_LEVEL = 12 };

struct packed {
    uint64_t tag; // of all that follows
    int32_t status;
    bool framed, shared, immutable;
    uint32_t media_type, location, parts[2]; // lengths, in the order of their bytes
};

struct opened {
    struct packed head;
    str media_type, location, parts[2];
};

str kept_page_pack(struct arena *a, const struct rendered *page)
{
    struct packed head = {
        .status = page->status,
        .framed = page->framed,
        .shared = page->shared,
        .immutable = page->immutable,
        .media_type = (uint32_t)page->media_type.len,
        .location = (uint32_t)page->location.len,
        .parts = {(uint32_t)page->parts[0].len, (uint32_t)page->parts[1].len},
    };
    const str pieces[] = {page->media_type, page->location, page->parts[0], page->parts[1]};
    size_t size = sizeof head;
    for (size_t i = 0; i < 4; i++)
        size += pieces[i].len;
    char *bytes = arena_text(a, size);
    size_t at = sizeof head;
    for (size_t i = 0; i < 4; i++) {
        if (pieces[i].len)
            memcpy(bytes + at, pieces[i].ptr, pieces[i].len);
        at += pieces[i].len;
    }
    head.tag = str_hash((str){bytes + sizeof head, size - sizeof head}, (uint64_t)head.status);
    memcpy(bytes, &head, sizeof head);
    return (str){bytes, size};
}

static struct opened open_page(const struct kept *page)
{
    struct opened o;
    str bytes = kept_bytes(page);
    memcpy(&o.head, bytes.ptr, sizeof o.head);
    size_t at = sizeof o.head;
    o.media_type = str_sub(bytes, at, at + o.head.media_type);
    at += o.head.media_type;
    o.location = str_sub(bytes, at, at + o.head.location);
    at += o.head.location;
    o.parts[0] = str_sub(bytes, at, at + o.head.parts[0]);
    at += o.head.parts[0];
    o.parts[1] = str_sub(bytes, at, at + o.head.parts[1]);
    return o;
}

bool kept_page_framed(const struct kept *page)
{
    return open_page(page).head.framed;
}

// ---- answering

struct holding {
    struct kept *kept[4];
};

static void release(void *held)
{
    struct holding *h = held;
    for (size_t i = 0; i < 4; i++)
        kept_release(h->kept[i]);
}

// Every hit writes both: without printf.
static str etag(struct arena *a, uint64_t tag, str coding)
{
    return str_of_all(a, S("\""), str_hex(a, tag), coding, S("\""));
}

// A picture is no smaller for compressing.
static bool may_shrink(const struct opened *page)
{
    return !page->head.immutable || str_starts(page->media_type, S("text/"));
}

// A framed page is another one for each combination of a reader's settings.
static str headers(struct arena *a, const struct opened *page, str coding)
{
    struct buf b = buf_new(a, 1024);
    buf_add(&b, S("Content-Type: "));
    buf_add(&b, page->media_type);
    if (page->head.immutable)
        buf_add(&b, S("\r\nCache-Control: public, max-age=31536000, immutable\r\n"));
    else if (page->head.framed)
        buf_add(&b, S("\r\nCache-Control: no-cache\r\nVary: Accept-Encoding, Cookie\r\n"));
    else
        buf_add(&b, S("\r\nCache-Control: no-cache\r\nVary: Accept-Encoding\r\n"));
    if (page->head.immutable && may_shrink(page))
        buf_add(&b, S("Vary: Accept-Encoding\r\n"));
    if (coding.len) {
        buf_add(&b, S("Content-Encoding: "));
        buf_add(&b, coding);
        buf_add(&b, S("\r\n"));
    }
    assert(!b.overflow);
    return buf_str(&b);
}

static void answer_redirect(struct arena *a, const struct opened *page, struct http_answer *answer)
{
    answer->headers = str_format(a,
                                 "%.*sContent-Type: text/plain; charset=utf-8\r\n"
                                 "Cache-Control: no-cache\r\n",
                                 STR(http_location(a, page->location)));
    answer->parts[answer->part_count++] = S("The page has moved.\n");
}

// A document of one piece, in the smallest form that the client takes.
static bool answer_whole(const struct http_request *r, const struct kept *page,
                         const struct opened *o, struct http_answer *answer)
{
    static const struct {
        unsigned coding, form;
        str name, suffix;
    } codings[] = {{HTTP_BR, FORM_BR, {"br", 2}, {"-br", 3}},
                   {HTTP_ZSTD, FORM_ZSTD, {"zstd", 4}, {"-zstd", 5}},
                   {HTTP_GZIP, FORM_GZIP, {"gzip", 4}, {"-gzip", 5}}};
    for (size_t i = 0; i < 3; i++) {
        str form = r->codings & codings[i].coding ? kept_form(page, codings[i].form) : STR_NONE;
        if (!form.ptr)
            continue;
        answer->headers = headers(r->arena, o, codings[i].name);
        answer->etag = etag(r->arena, o->head.tag, codings[i].suffix);
        answer->parts[answer->part_count++] = form;
        return true;
    }
    answer->headers = headers(r->arena, o, S(""));
    answer->etag = etag(r->arena, o->head.tag, S(""));
    answer->parts[answer->part_count++] = o->parts[0];
    return r->codings == 0 || !may_shrink(o);
}

static bool joined_gzip(const struct http_request *r, const struct kept *page,
                        const struct frame *f, struct http_answer *answer)
{
    const str forms[] = {kept_form(f->prefs, 0), kept_form(page, 0), kept_form(f->head, 0),
                         kept_form(page, 1), kept_form(f->tail, 0)};
    struct gzip_piece pieces[5];
    for (size_t i = 0; i < 5; i++) {
        if (!forms[i].ptr)
            return false;
        pieces[i] = gzip_piece_parse(forms[i]);
    }
    struct gzip_frame *frame = arena_make(r->arena, struct gzip_frame);
    *frame = gzip_frame(pieces, 5);
    answer->parts[answer->part_count++] = (str){frame->head, sizeof frame->head};
    for (size_t i = 0; i < 5; i++)
        answer->parts[answer->part_count++] = pieces[i].deflated;
    answer->parts[answer->part_count++] = (str){frame->tail, sizeof frame->tail};
    return true;
}

// The tags of all segments, mixed so that no two can cancel out.
static uint64_t joined_tag(const struct opened *own, const struct frame *f)
{
    uint64_t tags[4] = {own->head.tag, open_page(f->prefs).head.tag, open_page(f->head).head.tag,
                        open_page(f->tail).head.tag};
    return str_hash((str){(const char *)tags, sizeof tags}, 1);
}

static bool answer_framed(const struct http_request *r, const struct kept *page,
                          const struct opened *o, const struct frame *f, struct http_answer *answer)
{
    uint64_t tag = joined_tag(o, f);
    if (r->codings & HTTP_GZIP && joined_gzip(r, page, f, answer)) {
        answer->headers = headers(r->arena, o, S("gzip"));
        answer->etag = etag(r->arena, tag, S("-gzip"));
        return true;
    }
    const str parts[] = {open_page(f->prefs).parts[0], o->parts[0], open_page(f->head).parts[0],
                         o->parts[1], open_page(f->tail).parts[0]};
    for (size_t i = 0; i < 5; i++)
        answer->parts[answer->part_count++] = parts[i];
    answer->headers = headers(r->arena, o, S(""));
    answer->etag = etag(r->arena, tag, S(""));
    return !(r->codings & HTTP_GZIP);
}

void kept_page_answer(const struct http_request *r, struct http_answer *answer, struct kept *page,
                      const struct frame *frame, bool *lacking)
{
    struct holding *held = arena_make(r->arena, struct holding);
    struct opened o = open_page(page);
    bool best = true;
    *held = (struct holding){{page, frame->prefs, frame->head, frame->tail}};
    answer->status = o.head.status;
    answer->eased = o.head.framed && prefs_read(http_cookie(r, PREFS_COOKIE)).pictures == '1';
    answer->release = release;
    answer->held = held;
    if (o.location.len)
        answer_redirect(r->arena, &o, answer);
    else if (o.head.framed)
        best = answer_framed(r, page, &o, frame, answer);
    else
        best = answer_whole(r, page, &o, answer);
    // Only what can be sent as 304 carries a tag: an error page has none.
    if (answer->status != 200)
        answer->etag = S("");
    if (lacking)
        *lacking = !best;
}

void kept_page_compress(struct cache *cache, struct compressor *c, struct arena *scratch,
                        struct kept *page)
{
    struct opened o = open_page(page);
    if (o.location.len || !may_shrink(&o) || kept_form(page, 0).ptr)
        return;
    if (o.head.framed || o.head.shared) {
        // The last form first: whoever sees form 0 of a page may count on form 1.
        if (o.head.framed)
            cache_attach(cache, page, 1, compressor_piece(c, scratch, o.parts[1], PIECE_LEVEL));
        cache_attach(cache, page, 0, compressor_piece(c, scratch, o.parts[0], PIECE_LEVEL));
        return;
    }
    cache_attach(cache, page, FORM_BR, compressor_brotli(c, scratch, o.parts[0], BR_LEVEL));
    cache_attach(cache, page, FORM_ZSTD, compressor_zstd(c, scratch, o.parts[0], ZSTD_LEVEL));
    cache_attach(cache, page, FORM_GZIP, compressor_gzip(c, scratch, o.parts[0], GZIP_LEVEL));
}
