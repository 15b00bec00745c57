// Takes targets apart, decodes paths and resolves their dot segments.
// SPDX-License-Identifier: Apache-2.0
#include "http/target.h"

#include <string.h>

#include "base/arena.h"

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 32;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

int escape_byte(str s)
{
    if (s.len < 3 || s.ptr[0] != '%')
        return -1;
    int high = hex_digit(s.ptr[1]), low = hex_digit(s.ptr[2]);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
}

// Decodes into `out`, which has room for all of `text`; the length, or -1.
static ptrdiff_t decode(str text, char *out)
{
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%') {
            int byte = escape_byte(str_from(text, i));
            if (byte < 0x20 || byte == 0x7f || byte == '/')
                return -1;
            c = (char)byte;
            i += 2;
        }
        out[len++] = c;
    }
    return (ptrdiff_t)len;
}

// Resolves "." and ".." segments in place (RFC 3986 §5.2.4), but refuses to climb above the root:
// -1. `path` begins with "/".
static ptrdiff_t resolve(char *path, size_t len)
{
    size_t from = 0, to = 0;
    while (from < len) {
        size_t end = from + 1;
        while (end < len && path[end] != '/')
            end++;
        str segment = {path + from + 1, end - from - 1};
        bool last = end == len;
        if (str_eq(segment, S("."))) {
            if (last)
                path[to++] = '/';
        } else if (str_eq(segment, S(".."))) {
            if (!to)
                return -1;
            while (path[--to] != '/')
                ;
            if (last)
                path[to++] = '/';
        } else {
            memmove(path + to, path + from, end - from);
            to += end - from;
        }
        from = end;
    }
    if (!to)
        path[to++] = '/';
    return (ptrdiff_t)to;
}

static bool path_parse(struct arena *a, str raw, str *path)
{
    // Nearly all paths are plain, and stay where they are.
    if (str_find_char(raw, '%') < 0 && str_find(raw, S("/.")) < 0) {
        *path = raw;
        return true;
    }
    char *text = arena_text(a, raw.len);
    ptrdiff_t len = decode(raw, text);
    if (len < 0 || !str_valid_utf8((str){text, (size_t)len}))
        return false;
    len = resolve(text, (size_t)len);
    *path = (str){text, (size_t)len};
    return len > 0;
}

// Cuts "http://authority" off an absolute-form target; what is left begins with "/" or "?" or is
// empty.
static bool cut_authority(str *text, str *authority)
{
    size_t scheme = str_eq_nocase(str_sub(*text, 0, 7), S("http://"))    ? 7
                    : str_eq_nocase(str_sub(*text, 0, 8), S("https://")) ? 8
                                                                         : 0;
    if (!scheme)
        return false;
    str rest = str_from(*text, scheme);
    size_t end = 0;
    while (end < rest.len && rest.ptr[end] != '/' && rest.ptr[end] != '?')
        end++;
    *authority = str_sub(rest, 0, end);
    *text = str_from(rest, end);
    return end > 0;
}

bool target_parse(struct arena *a, str text, struct target *out)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] <= ' ' || text.ptr[i] >= 0x7f || text.ptr[i] == '#')
            return false;
    struct target found = {.authority = STR_NONE};
    if (!text.len || (text.ptr[0] != '/' && !cut_authority(&text, &found.authority)))
        return false;
    if (!text.len || text.ptr[0] == '?')
        text = str_join(a, S("/"), text);
    found.whole = text;
    str raw = str_cut(&text, '?');
    found.query = text.ptr ? text : S("");
    if (!path_parse(a, raw, &found.path))
        return false;
    *out = found;
    return true;
}
