// Writes calendars (RFC 5545).
// SPDX-License-Identifier: Apache-2.0
#include "text/ics.h"

#include "base/arena.h"
#include "text/utf8.h"

enum { LINE_OCTETS = 75, VALUE_MOST = 64 << 10 };

void ics_line(struct buf *out, str name, str value)
{
    size_t room = LINE_OCTETS;
    str parts[] = {name, S(":"), value};
    for (size_t i = 0; i < 3; i++) {
        for (size_t at = 0; at < parts[i].len;) {
            size_t from = at;
            utf8_next(parts[i], &at);
            if (at - from > room) {
                buf_add(out, S("\r\n "));
                room = LINE_OCTETS - 1;
            }
            buf_add(out, str_sub(parts[i], from, at));
            room -= at - from;
        }
    }
    buf_add(out, S("\r\n"));
}

void ics_open(struct buf *out, str component)
{
    buf_addf(out, "BEGIN:%.*s\r\n", STR(component));
}

void ics_close(struct buf *out, str component)
{
    buf_addf(out, "END:%.*s\r\n", STR(component));
}

void ics_text(struct buf *out, str name, str text)
{
    arena_scoped a = arena_new();
    struct buf value = buf_new(a, VALUE_MOST * 2);
    text = utf8_repair(a, utf8_cut(text, VALUE_MOST / 3));
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool pair = c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n';
        if (c == '\\' || c == ',' || c == ';') {
            buf_add_char(&value, '\\');
            buf_add_char(&value, (char)c);
        } else if (c == '\n' || (c == '\r' && !pair)) {
            buf_add(&value, S("\\n"));
        } else if (c == '\t' || (c >= ' ' && c != 0x7f)) {
            buf_add_char(&value, (char)c);
        }
    }
    if (value.len)
        ics_line(out, name, buf_str(&value));
}

void ics_instant(struct buf *out, str name, instant t)
{
    arena_scoped a = arena_new();
    struct civil c = instant_civil(t, 0);
    ics_line(out, name,
             str_format(a, "%04d%02d%02dT%02d%02d%02dZ", c.year, c.month, c.day, c.hour, c.minute,
                        c.second));
}
