// Whatever text comes: its line is folded in whole characters, and unfolded and unescaped it is the
// same text again. SPDX-License-Identifier: Apache-2.0
#include <assert.h>
#include <stdint.h>

#include "base/arena.h"
#include "text/ics.h"
#include "text/utf8.h"

// Unfolds, and sees that no line is longer than it may be and none begins but the first.
static str unfolded(struct arena *a, str lines)
{
    struct buf whole = buf_new(a, lines.len);
    bool first = true;
    assert(str_ends(lines, S("\r\n")));
    while (lines.len) {
        ptrdiff_t end = str_find(lines, S("\r\n"));
        str line = str_sub(lines, 0, (size_t)end);
        assert(end >= 0 && line.len <= 75 && str_valid_utf8(line));
        assert(first || str_starts(line, S(" ")));
        buf_add(&whole, str_from(line, first ? 0 : 1));
        lines = str_from(lines, (size_t)end + 2);
        first = false;
    }
    return buf_str(&whole);
}

static str unescaped(struct arena *a, str value)
{
    struct buf text = buf_new(a, value.len);
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        assert(c != ',' && c != ';' && c != '\n' && c != '\r');
        if (c == '\\') {
            assert(++i < value.len);
            c = value.ptr[i] == 'n' ? '\n' : value.ptr[i];
        }
        buf_add_char(&text, c);
    }
    return buf_str(&text);
}

// What of the text can be told at all.
static str told(struct arena *a, str text)
{
    struct buf out = buf_new(a, text.len);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool pair = c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (c == '\r' && !pair)
            c = '\n';
        if (c == '\n' || c == '\t' || (c >= ' ' && c != 0x7f))
            buf_add_char(&out, (char)c);
    }
    return buf_str(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    arena_scoped a = arena_new();
    str text = {(const char *)data, size < 8000 ? size : 8000};
    struct buf out = buf_new(a, 1 << 20);
    ics_text(&out, S("DESCRIPTION"), text);
    str wanted = told(a, utf8_repair(a, text));
    if (!wanted.len) {
        assert(out.len == 0);
        return 0;
    }
    str line = unfolded(a, buf_str(&out));
    assert(str_starts(line, S("DESCRIPTION:")));
    assert(str_eq(unescaped(a, str_from(line, 12)), wanted));
    return 0;
}
