// Collects heads and bodies within limits; refuses on the raw lines what llhttp would let pass.
// SPDX-License-Identifier: Apache-2.0
#include "http/intake.h"

#include <string.h>

#include "base/arena.h"
#include "base/heap.h"

// A body is read in pieces of at least TAIL bytes behind its head.
enum { USUAL_BUFFER = 4096, TAIL = 1024 };
// Bytes on the wire for each of a chunked body: "1", CRLF, the byte, CRLF, and some room.
enum { WIRE_FACTOR = 8 };
enum { SCAN_MORE = 0, SCAN_COMPLETE = 1 };

void intake_init(struct intake *in, const struct limits *limits, struct arena *a)
{
    *in = (struct intake){.limits = limits, .arena = a, .cap = USUAL_BUFFER};
    in->bytes = heap_resize(NULL, in->cap);
    intake_next(in);
}

void intake_done(struct intake *in)
{
    heap_free(in->bytes);
    in->bytes = NULL;
}

void intake_next(struct intake *in)
{
    in->line = in->scanned = in->start;
    in->lines = 0;
    in->blank = in->in_body = false;
    in->framing = NULL;
    in->framed = (struct framed){0};
    in->request = (struct http_request){.arena = in->arena};
    in->terms = (struct terms){0};
}

bool intake_idle(const struct intake *in)
{
    return in->start == in->end && !in->in_body;
}

void intake_shrink(struct intake *in)
{
    if (in->cap > USUAL_BUFFER) {
        in->cap = USUAL_BUFFER;
        in->bytes = heap_resize(in->bytes, in->cap);
    }
}

static void move_to_front(struct intake *in)
{
    memmove(in->bytes, in->bytes + in->start, in->end - in->start);
    in->line -= in->start;
    in->scanned -= in->start;
    in->end -= in->start;
    in->start = 0;
}

// A head beyond its limit has been refused, so that this ends.
static void ensure_tail(struct intake *in)
{
    if (in->cap - in->end < TAIL) {
        in->cap *= 2;
        in->bytes = heap_resize(in->bytes, in->cap);
    }
}

char *intake_room(struct intake *in, size_t *size)
{
    if (in->in_body) {
        // All that came has been read, and moved on to the arena.
        in->start = in->end = in->body_at;
    } else {
        if (in->start)
            move_to_front(in);
        ensure_tail(in);
    }
    *size = in->cap - in->end;
    return in->bytes + in->end;
}

static bool has_control(const char *bytes, size_t len)
{
    unsigned found = 0;
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        found |= (c < 0x20) & (c != '\t');
        found |= c == 0x7f;
    }
    return found;
}

static int over_limit(const struct intake *in)
{
    return in->lines ? 431 : 414;
}

// A line of text[line..text_end) is complete, the next begins at `next`.
static int end_line(struct intake *in, size_t text_end, size_t next)
{
    const char *text = in->bytes + in->line;
    size_t len = text_end - in->line;
    if (next - in->start > in->limits->header_bytes)
        return over_limit(in);
    in->line = in->scanned = next;
    if (!len && in->lines)
        return SCAN_COMPLETE;
    if (!len) {
        // One empty line before a request is passed over (RFC 9112 §2.2).
        in->start = next;
        return in->blank ? 400 : (in->blank = true, SCAN_MORE);
    }
    // A folded line, or a header without a name, which llhttp drops.
    if (*text == ' ' || *text == '\t' || *text == ':')
        return 400;
    // More than the line itself, the headers and the empty line.
    if (in->lines++ > in->limits->header_count)
        return 431;
    return SCAN_MORE;
}

// The first line is read as soon as it is there: a client that speaks something else is not waited
// for.
static int check_first_line(struct intake *in)
{
    str target, line = {in->bytes + in->start, in->line - in->start - 2};
    int status = request_line(line, &in->request.method, &in->terms.old, &target);
    in->target_at = (size_t)(target.ptr - line.ptr);
    in->target_len = target.len;
    return status;
}

// Looks at the raw lines for bare LF or CR, NUL and other control bytes, and folded lines.
static int scan_head(struct intake *in)
{
    while (in->scanned < in->end) {
        char *from = in->bytes + in->scanned;
        char *feed = memchr(from, '\n', in->end - in->scanned);
        size_t stop = feed ? (size_t)(feed - in->bytes) : in->end;
        size_t text_end = stop > in->line && in->bytes[stop - 1] == '\r' ? stop - 1 : stop;
        if (text_end > in->scanned && has_control(from, text_end - in->scanned))
            return 400;
        if (!feed) {
            in->scanned = text_end;
            return in->end - in->start > in->limits->header_bytes ? over_limit(in) : SCAN_MORE;
        }
        if (text_end == stop)
            return 400;
        bool first = !in->lines;
        int result = end_line(in, text_end, stop + 1);
        if (!result && first && in->lines)
            result = check_first_line(in);
        if (result)
            return result;
    }
    return SCAN_MORE;
}

// The head stands complete in bytes[start..scanned).
static int take_head(struct intake *in)
{
    // Bodies are read behind the head, which must not move any more.
    ensure_tail(in);
    struct framed *framed = &in->framed;
    size_t size = in->scanned - in->start;
    char *head = in->bytes + in->start;
    framed->header_most = in->limits->header_count;
    framed->overhead_most = in->limits->header_bytes;
    framed->body = buf_new(in->arena, in->limits->body_bytes);
    in->framing = framing_new(in->arena, framed);
    if (framing_feed(in->framing, head, size) != (ptrdiff_t)size || !framed->head_done)
        return framed->too_many ? 431 : 400;
    in->start = in->scanned;
    str target = {head + in->target_at, in->target_len};
    int status = request_head(framed, target, &in->request, &in->terms);
    if (status)
        return status;
    in->in_body = true;
    in->body_at = in->start;
    in->body_wire = 0;
    return framed->length > in->limits->body_bytes ? 413 : 0;
}

static int take_body(struct intake *in)
{
    struct framed *framed = &in->framed;
    size_t size = in->end - in->start;
    if (size && !framed->done) {
        ptrdiff_t taken = framing_feed(in->framing, in->bytes + in->start, size);
        if (taken < 0)
            return framed->body.overflow || framed->overhead > framed->overhead_most ? 413 : 400;
        in->start += (size_t)taken;
        in->body_wire += (size_t)taken;
    }
    if (in->body_wire > in->limits->body_bytes * WIRE_FACTOR + in->limits->header_bytes)
        return 413;
    if (!framed->done)
        return INTAKE_MORE;
    // What a GET brings along has no meaning (RFC 9110 §9.3.1).
    if (in->request.method == HTTP_POST)
        in->request.body = buf_str(&framed->body);
    return INTAKE_READY;
}

int intake_advance(struct intake *in)
{
    if (!in->in_body) {
        int result = scan_head(in);
        if (result != SCAN_COMPLETE)
            return result;
        int status = take_head(in);
        if (status)
            return status;
    }
    return take_body(in);
}
