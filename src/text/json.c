// Writes JSON (RFC 8259) into a buffer.
// SPDX-License-Identifier: Apache-2.0
#include "text/json.h"

#include <assert.h>

#include "text/utf8.h"

struct json json_into(struct buf *out)
{
    return (struct json){.out = out};
}

static void before_value(struct json *j)
{
    if (j->named)
        j->named = false;
    else if (j->later[j->depth])
        buf_add_char(j->out, ',');
    j->later[j->depth] = true;
}

static void begin(struct json *j, char bracket)
{
    before_value(j);
    buf_add_char(j->out, bracket);
    assert(j->depth < JSON_DEPTH);
    j->later[++j->depth] = false;
}

static void end(struct json *j, char bracket)
{
    assert(j->depth > 0 && !j->named);
    j->depth--;
    buf_add_char(j->out, bracket);
}

void json_open_object(struct json *j)
{
    begin(j, '{');
}

void json_close_object(struct json *j)
{
    end(j, '}');
}

void json_open_list(struct json *j)
{
    begin(j, '[');
}

void json_close_list(struct json *j)
{
    end(j, ']');
}

void json_put_name(struct json *j, str name)
{
    assert(!j->named);
    before_value(j);
    json_quote(j->out, name);
    buf_add_char(j->out, ':');
    j->named = true;
}

void json_put_text(struct json *j, str value)
{
    before_value(j);
    json_quote(j->out, value);
}

void json_put_int(struct json *j, int64_t value)
{
    before_value(j);
    buf_add_int(j->out, value);
}

void json_put_bool(struct json *j, bool value)
{
    before_value(j);
    buf_add(j->out, value ? S("true") : S("false"));
}

void json_put_null(struct json *j)
{
    before_value(j);
    buf_add(j->out, S("null"));
}

void json_put_member(struct json *j, str name, str value)
{
    json_put_name(j, name);
    json_put_text(j, value);
}

static void add_escaped(struct buf *out, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    switch (c) {
    case '"':
        buf_add(out, S("\\\""));
        return;
    case '\\':
        buf_add(out, S("\\\\"));
        return;
    case '\n':
        buf_add(out, S("\\n"));
        return;
    default:
        buf_add(out, S("\\u00"));
        buf_add_char(out, hex[c >> 4]);
        buf_add_char(out, hex[c & 15]);
    }
}

// Bytes that are escaped: '<', '>' and '&' could end a script element or begin a comment in it.
static const bool escaped[256] = {[0 ... 31] = true, ['"'] = true, ['\\'] = true, ['<'] = true,
                                  ['>'] = true,      ['&'] = true, [0x7F] = true};

void json_quote(struct buf *out, str value)
{
    value = utf8_repair(out->arena, value);
    buf_add_char(out, '"');
    for (size_t i = 0; i < value.len;) {
        size_t start = i;
        while (i < value.len && !escaped[(unsigned char)value.ptr[i]])
            i++;
        buf_add(out, str_sub(value, start, i));
        if (i < value.len)
            add_escaped(out, (unsigned char)value.ptr[i++]);
    }
    buf_add_char(out, '"');
}
