// Writes text so that it stays text in the context it goes to.
// SPDX-License-Identifier: Apache-2.0
#include "template/escape.h"

#include <string.h>

static const char HEX[] = "0123456789ABCDEF";

// What a URL may hold as it is: unreserved characters in any component, reserved ones where the
// whole is a URL (RFC 3986 §2.2, §2.3). The apostrophe is left out: it could end an attribute. The
// comma has a class of its own: it ends a candidate of a srcset.
enum { UNRESERVED = 1, RESERVED = 2, COMMA = 4, WHOLE = UNRESERVED | RESERVED | COMMA };
static const uint8_t url_class[256] = {
    ['0' ... '9'] = UNRESERVED, ['a' ... 'z'] = UNRESERVED, ['A' ... 'Z'] = UNRESERVED,
    ['-'] = UNRESERVED,         ['_'] = UNRESERVED,         ['.'] = UNRESERVED,
    ['~'] = UNRESERVED,         ['!'] = RESERVED,           ['#'] = RESERVED,
    ['$'] = RESERVED,           ['('] = RESERVED,           [')'] = RESERVED,
    ['*'] = RESERVED,           ['+'] = RESERVED,           [','] = COMMA,
    ['/'] = RESERVED,           [':'] = RESERVED,           [';'] = RESERVED,
    ['='] = RESERVED,           ['?'] = RESERVED,           ['@'] = RESERVED,
    ['['] = RESERVED,           [']'] = RESERVED,
};

static const uint8_t html_special[256] = {['&'] = 1, ['<'] = 2, ['>'] = 3, ['"'] = 4, ['\''] = 5};
static const str html_entity[] = {{"", 0},     {"&amp;", 5},  {"&lt;", 4},
                                  {"&gt;", 4}, {"&quot;", 6}, {"&#39;", 5}};

static void add_html(struct buf *out, str s)
{
    const char *p = s.ptr, *end = s.ptr + s.len, *run = p;
    for (;;) {
        while (p < end && !html_special[(unsigned char)*p])
            p++;
        buf_add(out, (str){run, (size_t)(p - run)});
        if (p == end)
            return;
        buf_add(out, html_entity[html_special[(unsigned char)*p]]);
        run = ++p;
    }
}

// Length of the well-formed UTF-8 sequence that begins at `p`, or 0 (Unicode 15, table 3-7).
static size_t utf8_length(const unsigned char *p, size_t left)
{
    unsigned char c = *p;
    size_t length = c < 0x80 ? 1 : c < 0xC2 ? 0 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : c < 0xF5 ? 4 : 0;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((p[i] & 0xC0) != 0x80)
            return 0;
    if ((c == 0xE0 && p[1] < 0xA0) || (c == 0xED && p[1] > 0x9F) || (c == 0xF0 && p[1] < 0x90) ||
        (c == 0xF4 && p[1] > 0x8F))
        return 0;
    return length;
}

// XML 1.0 §2.2: no control characters but tab and line ends, no U+FFFE and U+FFFF.
static bool xml_forbids(const unsigned char *p, size_t length)
{
    if (length == 1)
        return *p < 0x20 && *p != '\t' && *p != '\n' && *p != '\r';
    return length == 3 && p[0] == 0xEF && p[1] == 0xBF && p[2] >= 0xBE;
}

static void add_xml(struct buf *out, str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t run = 0, i = 0;
    while (i < s.len) {
        uint8_t special = html_special[p[i]];
        size_t length = utf8_length(p + i, s.len - i);
        if (!special && length && !xml_forbids(p + i, length)) {
            i += length;
            continue;
        }
        buf_add(out, str_sub(s, run, i));
        if (special)
            buf_add(out, html_entity[special]);
        else if (!length)
            buf_add(out, S("\xEF\xBF\xBD"));
        i += length ? length : 1;
        run = i;
    }
    buf_add(out, str_from(s, run));
}

static void add_unicode_escape(struct buf *out, unsigned code)
{
    char text[6] = {
        '\\', 'u', HEX[code >> 12 & 15], HEX[code >> 8 & 15], HEX[code >> 4 & 15], HEX[code & 15]};
    buf_add(out, (str){text, sizeof text});
}

static bool json_special(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == '<' || c == '>' || c == '&' || c == '\'' ||
           c == 0xE2;
}

// U+2028 and U+2029 end a line in JavaScript but not in JSON.
static unsigned line_separator(str s)
{
    if (s.len < 3 || (unsigned char)s.ptr[1] != 0x80)
        return 0;
    unsigned char last = (unsigned char)s.ptr[2];
    return last == 0xA8 || last == 0xA9 ? 0x2028 + (last - 0xA8u) : 0;
}

static void add_json(struct buf *out, str s)
{
    size_t run = 0;
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (!json_special(c))
            continue;
        unsigned separator = c == 0xE2 ? line_separator(str_from(s, i)) : 0;
        if (c == 0xE2 && !separator)
            continue;
        buf_add(out, str_sub(s, run, i));
        if (c == '\\')
            buf_add(out, S("\\\\"));
        else if (c == '\n')
            buf_add(out, S("\\n"));
        else
            add_unicode_escape(out, separator ? separator : c);
        i += separator ? 2 : 0;
        run = i + 1;
    }
    buf_add(out, str_from(s, run));
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static bool begins_escape(str s, size_t i)
{
    return s.ptr[i] == '%' && i + 2 < s.len && is_hex(s.ptr[i + 1]) && is_hex(s.ptr[i + 2]);
}

// In a whole URL a '%' that begins an escape is kept, or what is encoded already would change.
static void add_url(struct buf *out, str s, unsigned keep)
{
    size_t run = 0;
    for (size_t i = 0;; i++) {
        while (i < s.len && url_class[(unsigned char)s.ptr[i]] & keep)
            i++;
        if (i == s.len)
            break;
        if (keep & RESERVED && begins_escape(s, i))
            continue;
        unsigned char c = (unsigned char)s.ptr[i];
        buf_add(out, (str){s.ptr + run, i - run});
        if (c == '&' && keep & RESERVED)
            buf_add(out, S("&amp;"));
        else
            buf_add(out, (str){(char[]){'%', HEX[c >> 4], HEX[c & 15]}, 3});
        run = i + 1;
    }
    buf_add(out, (str){s.ptr + run, s.len - run});
}

bool url_scheme_allowed(str scheme)
{
    return str_eq_nocase(scheme, S("https")) || str_eq_nocase(scheme, S("http")) ||
           str_eq_nocase(scheme, S("mailto")) || str_eq_nocase(scheme, S("tel"));
}

// Whatever stands before a colon, with no '/', '?' or '#' before that, may be read as a scheme.
static bool url_is_safe(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == ':')
            return url_scheme_allowed(str_sub(s, 0, i));
        if (s.ptr[i] == '/' || s.ptr[i] == '?' || s.ptr[i] == '#')
            return true;
    }
    return true;
}

// "640w", "1.5x": digits with at most one dot among them.
static bool is_descriptor(str s)
{
    int dots = 0;
    for (size_t i = 0; i + 1 < s.len; i++) {
        dots += s.ptr[i] == '.';
        if (s.ptr[i] != '.' && (s.ptr[i] < '0' || s.ptr[i] > '9'))
            return false;
    }
    char unit = s.len > 1 ? s.ptr[s.len - 1] : 0;
    return dots <= 1 && s.ptr[0] != '.' && (unit == 'w' || unit == 'x');
}

// A candidate whose descriptor is none is left out: browsers would too, but not all alike.
static void add_candidates(struct buf *out, str rest)
{
    bool any = false;
    while (rest.ptr) {
        str size = str_trim(str_cut(&rest, ','));
        str url = str_cut(&size, ' ');
        size = str_trim(size);
        if (!url.len || (size.len && !is_descriptor(size)))
            continue;
        buf_add(out, any ? S(", ") : S(""));
        escape_add(out, ESCAPE_SRCSET, url);
        buf_add(out, size.len ? S(" ") : S(""));
        buf_add(out, size);
        any = true;
    }
}

void escape_add(struct buf *out, enum escape escape, str s)
{
    if (!s.len && !s.ptr)
        s = S(""); // an empty text may be nowhere, and nothing can be added to nowhere
    switch (escape) {
    case ESCAPE_NONE:
    case ESCAPE_JSON_REAL:
        buf_add(out, s);
        break;
    case ESCAPE_HTML:
        add_html(out, s);
        break;
    case ESCAPE_XML:
        add_xml(out, s);
        break;
    case ESCAPE_JSON:
        add_json(out, s);
        break;
    case ESCAPE_URL:
    case ESCAPE_SRCSET:
        add_url(out, url_is_safe(s) ? s : S("about:invalid"),
                escape == ESCAPE_URL ? WHOLE : WHOLE & ~COMMA);
        break;
    case ESCAPE_CANDIDATES:
        add_candidates(out, s);
        break;
    case ESCAPE_URL_PATH:
        add_url(out, s, WHOLE);
        break;
    case ESCAPE_URL_PART:
        add_url(out, s, UNRESERVED);
        break;
    }
}
