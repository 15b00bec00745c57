// Runs llhttp, strict and without any leniency, one request at a time.
// SPDX-License-Identifier: Apache-2.0
#include "http/framing.h"

#include <llhttp.h>

#include "base/arena.h"

enum { FIRST_HEADERS = 24 };

struct framing {
    llhttp_t parser;
    struct framed *out;
    struct arena *arena;
    size_t header_cap;
    bool in_value;
};

static struct framing *of(llhttp_t *parser)
{
    return parser->data;
}

static int count_overhead(llhttp_t *parser, const char *at, size_t len)
{
    struct framed *out = of(parser)->out;
    out->overhead += len;
    return out->overhead > out->overhead_most ? -1 : 0;
}

static bool add_header(struct framing *f)
{
    struct framed *out = f->out;
    if (out->header_count == out->header_most) {
        out->too_many = true;
        return false;
    }
    if (out->header_count == f->header_cap) {
        size_t cap = f->header_cap ? f->header_cap * 2 : FIRST_HEADERS;
        out->headers = arena_grow(f->arena, out->headers, f->header_cap * sizeof *out->headers,
                                  cap * sizeof *out->headers);
        f->header_cap = cap;
    }
    out->headers[out->header_count++] = (struct http_header){S(""), S("")};
    f->in_value = false;
    return true;
}

// Since the head is fed at once each span comes whole; one that does not is refused.
static int on_field(llhttp_t *parser, const char *at, size_t len)
{
    struct framing *f = of(parser);
    if (f->out->head_done)
        return count_overhead(parser, at, len);
    if (!add_header(f))
        return -1;
    char *name = (char *)at;
    for (size_t i = 0; i < len; i++)
        if (name[i] >= 'A' && name[i] <= 'Z')
            name[i] |= 32;
    f->out->headers[f->out->header_count - 1].name = (str){at, len};
    return 0;
}

static int on_value(llhttp_t *parser, const char *at, size_t len)
{
    struct framing *f = of(parser);
    if (f->out->head_done)
        return count_overhead(parser, at, len);
    if (!f->out->header_count || f->in_value)
        return -1;
    f->in_value = true;
    f->out->headers[f->out->header_count - 1].value = str_trim((str){at, len});
    return 0;
}

static int on_head(llhttp_t *parser)
{
    struct framed *out = of(parser)->out;
    out->head_done = true;
    out->chunked = parser->flags & F_CHUNKED;
    out->length = parser->flags & F_CONTENT_LENGTH ? parser->content_length : 0;
    // No other protocol is spoken here; the body follows as if nothing had been asked for.
    parser->upgrade = 0;
    return 0;
}

// A chunk that would pass the limit is not waited for.
static int on_chunk(llhttp_t *parser)
{
    struct framed *out = of(parser)->out;
    out->body.overflow = parser->content_length > out->body.max - out->body.len;
    return out->body.overflow ? -1 : 0;
}

static int on_body(llhttp_t *parser, const char *at, size_t len)
{
    struct framed *out = of(parser)->out;
    buf_add(&out->body, (str){at, len});
    return out->body.overflow ? -1 : 0;
}

static int on_done(llhttp_t *parser)
{
    of(parser)->out->done = true;
    return HPE_PAUSED;
}

struct framing *framing_new(struct arena *a, struct framed *out)
{
    static const llhttp_settings_t settings = {
        .on_header_field = on_field,
        .on_header_value = on_value,
        .on_headers_complete = on_head,
        .on_chunk_extension_name = count_overhead,
        .on_chunk_extension_value = count_overhead,
        .on_chunk_header = on_chunk,
        .on_body = on_body,
        .on_message_complete = on_done,
    };
    struct framing *f = arena_make(a, struct framing);
    llhttp_init(&f->parser, HTTP_REQUEST, &settings);
    f->parser.data = f;
    f->out = out;
    f->arena = a;
    return f;
}

ptrdiff_t framing_feed(struct framing *f, char *bytes, size_t len)
{
    llhttp_errno_t result = llhttp_execute(&f->parser, bytes, len);
    if (result == HPE_OK)
        return (ptrdiff_t)len;
    if (result == HPE_PAUSED && f->out->done)
        return llhttp_get_error_pos(&f->parser) - bytes;
    return -1;
}
