// Fuzzes the way from bytes to requests: whatever is taken keeps its promises, and the same bytes
// cut into other pieces are taken for the same requests. SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "http/intake.h"

static const struct limits limits = {.header_bytes = 2048, .header_count = 20, .body_bytes = 512};

static void check_text(str s)
{
    for (size_t i = 0; i < s.len; i++)
        assert(s.ptr[i] != '\r' && s.ptr[i] != '\n' && s.ptr[i] != 0);
}

static void check_request(const struct http_request *r)
{
    str rest = str_from(r->path, 1);
    assert(str_starts(r->path, S("/")) && str_valid_utf8(r->path));
    while (rest.ptr) {
        str segment = str_cut(&rest, '/');
        assert(!str_eq(segment, S(".")) && !str_eq(segment, S("..")));
    }
    check_text(r->path);
    check_text(r->query);
    check_text(r->target);
    for (size_t i = 0; i < r->host.len; i++)
        assert(!(r->host.ptr[i] >= 'A' && r->host.ptr[i] <= 'Z'));
    assert(r->header_count <= limits.header_count && r->body.len <= limits.body_bytes);
    for (size_t i = 0; i < r->header_count; i++) {
        assert(r->headers[i].name.len > 0);
        check_text(r->headers[i].name);
        check_text(r->headers[i].value);
    }
}

// What came of the bytes, as text.
static void note(struct buf *story, const struct intake *in)
{
    const struct http_request *r = &in->request;
    buf_addf(story, "%d %.*s %.*s %.*s %.*s %u %d\n", (int)r->method, STR(r->host), STR(r->path),
             STR(r->query), STR(r->body), r->codings, in->terms.keep_alive);
    for (size_t i = 0; i < r->header_count; i++)
        buf_addf(story, "%.*s=%.*s\n", STR(r->headers[i].name), STR(r->headers[i].value));
}

static str run(struct arena *a, str text, size_t piece)
{
    struct arena *own = arena_new();
    struct intake in;
    struct buf story = buf_new(a, 1 << 22);
    int result = INTAKE_MORE;
    intake_init(&in, &limits, own);
    while (result == INTAKE_MORE && text.len) {
        size_t size;
        char *room = intake_room(&in, &size);
        assert(size > 0);
        size = size < piece ? size : piece;
        size = size < text.len ? size : text.len;
        memcpy(room, text.ptr, size);
        in.end += size;
        text = str_from(text, size);
        while ((result = intake_advance(&in)) == INTAKE_READY) {
            check_request(&in.request);
            note(&story, &in);
            arena_reset(own);
            intake_next(&in);
        }
    }
    // Which of two faults is seen first may depend on the pieces.
    buf_add(&story, result == INTAKE_MORE ? S("more") : S("refused"));
    intake_done(&in);
    arena_free(own);
    return buf_str(&story);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1 || size > 16384)
        return 0;
    struct arena *a = arena_new();
    str text = {(const char *)data + 1, size - 1};
    str whole = run(a, text, size), cut = run(a, text, 1 + data[0] % 64u);
    assert(str_eq(whole, cut));
    arena_free(a);
    return 0;
}
