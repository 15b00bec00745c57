// Addresses of the web: judged, resolved and made safe to print.
// SPDX-License-Identifier: Apache-2.0
#include "text/url.h"

#include <assert.h>
#include <pthread.h>
#include <string.h>
#include <unicode/uidna.h>

#include "base/arena.h"
#include "base/buf.h"

enum { HOST_MAX = 253 };

// An address taken apart (RFC 3986, appendix B); what is missing has ptr NULL.
struct parts {
    str scheme, authority, path, query, fragment;
};

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t scheme_length(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] == ':')
            return i;
        bool later = i && (is_digit(s.ptr[i]) || memchr("+-.", s.ptr[i], 3));
        if (!is_letter(s.ptr[i]) && !later)
            return 0;
    }
    return 0;
}

static struct parts take_apart(str s)
{
    struct parts p = {0};
    size_t scheme = scheme_length(s);
    if (scheme) {
        p.scheme = str_sub(s, 0, scheme);
        s = str_from(s, scheme + 1);
    }
    ptrdiff_t hash = str_find_char(s, '#');
    if (hash >= 0) {
        p.fragment = str_from(s, (size_t)hash + 1);
        s = str_sub(s, 0, (size_t)hash);
    }
    ptrdiff_t question = str_find_char(s, '?');
    if (question >= 0) {
        p.query = str_from(s, (size_t)question + 1);
        s = str_sub(s, 0, (size_t)question);
    }
    if (str_starts(s, S("//"))) {
        s = str_from(s, 2);
        ptrdiff_t slash = str_find_char(s, '/');
        size_t end = slash < 0 ? s.len : (size_t)slash;
        p.authority = str_sub(s, 0, end);
        s = str_from(s, end);
    }
    p.path = s;
    return p;
}

static bool port_valid(str port)
{
    int64_t number;
    if (!port.len)
        return true;
    return is_digit(*port.ptr) && port.len <= 5 && str_int(port, &number) && number <= 65535;
}

static void split_port(str authority, str *host, str *port)
{
    ptrdiff_t colon = str_rfind_char(authority, ':');
    ptrdiff_t bracket = str_rfind_char(authority, ']');
    *host = authority;
    *port = S("");
    if (colon > bracket) {
        *host = str_sub(authority, 0, (size_t)colon);
        *port = str_from(authority, (size_t)colon + 1);
    }
}

// Browsers read a host that ends in a number as an IPv4 address of many spellings; only the plain
// one is let through.
static bool ipv4_valid(str host)
{
    int groups = 0;
    while (host.ptr) {
        int64_t number;
        str group = str_cut(&host, '.');
        bool plain = group.len && group.len <= 3 && is_digit(*group.ptr) &&
                     (group.len == 1 || *group.ptr != '0');
        if (!plain || !str_int(group, &number) || number > 255)
            return false;
        groups++;
    }
    return groups == 4;
}

static bool ends_in_number(str host)
{
    if (str_ends(host, S(".")))
        host.len--;
    str last = str_from(host, (size_t)(str_rfind_char(host, '.') + 1));
    bool digits = last.len > 0,
         hex = last.len >= 2 && last.ptr[0] == '0' && (last.ptr[1] | 32) == 'x';
    for (size_t i = 0; i < last.len; i++)
        digits = digits && is_digit(last.ptr[i]);
    return digits || hex;
}

static bool ipv6_valid(str inner)
{
    size_t colons = 0, run = 0;
    bool pressed = false;
    for (size_t i = 0; i < inner.len; i++) {
        char c = inner.ptr[i];
        bool hex = is_digit(c) || (is_letter(c) && (c | 32) <= 'f');
        if (c != ':' && !hex)
            return false;
        run = hex ? run + 1 : 0;
        if (run > 4)
            return false;
        colons += c == ':';
        if (c == ':' && i && inner.ptr[i - 1] == ':') {
            if (pressed)
                return false;
            pressed = true;
        }
    }
    bool lone_first = inner.len && inner.ptr[0] == ':' && !str_starts(inner, S("::"));
    bool lone_last = str_ends(inner, S(":")) && !str_ends(inner, S("::"));
    return !lone_first && !lone_last && (pressed ? colons >= 2 && colons <= 7 : colons == 7);
}

static bool name_valid(str host)
{
    if (!host.len || host.len > HOST_MAX || host.ptr[0] == '.')
        return false;
    for (size_t i = 0; i < host.len; i++) {
        char c = host.ptr[i];
        bool dot = c == '.' && host.ptr[i - 1] != '.';
        if (!is_letter(c) && !is_digit(c) && c != '-' && c != '_' && !dot)
            return false;
    }
    return true;
}

static bool host_valid(str host)
{
    if (str_starts(host, S("[")) && str_ends(host, S("]")))
        return ipv6_valid(str_sub(host, 1, host.len - 1));
    return name_valid(host) && (!ends_in_number(host) || ipv4_valid(host));
}

static bool is_http(str scheme)
{
    return str_eq_nocase(scheme, S("http")) || str_eq_nocase(scheme, S("https"));
}

// Characters that stand in an address as they are; the rest must be escaped.
static bool is_plain(char c)
{
    return c > 0x20 && c < 0x7F && !memchr("\"<>\\^`{|}", c, 9);
}

bool url_valid_http(str s)
{
    struct parts p = take_apart(s);
    str host, port;
    if (s.len > URL_MAX || !is_http(p.scheme) || !p.authority.ptr)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!is_plain(s.ptr[i]))
            return false;
    split_port(p.authority, &host, &port);
    return host_valid(host) && port_valid(port);
}

str url_host(str s)
{
    str host, port;
    split_port(take_apart(s).authority, &host, &port);
    return host.ptr ? host : S("");
}

str url_path(str s)
{
    struct parts p = take_apart(s);
    str after = p.authority.ptr ? p.authority : p.scheme;
    if (!after.ptr)
        return s;
    size_t start = (size_t)(after.ptr + after.len - s.ptr) + (p.authority.ptr ? 0 : 1);
    return str_from(s, start);
}

// Strips what browsers strip: C0 controls and spaces at the ends, tabs and line ends anywhere.
static str without_controls(struct arena *a, str raw)
{
    while (raw.len && (unsigned char)raw.ptr[0] <= 0x20)
        raw = str_from(raw, 1);
    while (raw.len && (unsigned char)raw.ptr[raw.len - 1] <= 0x20)
        raw.len--;
    struct buf out = buf_new(a, raw.len);
    for (size_t i = 0; i < raw.len; i++)
        if (!memchr("\t\n\r", raw.ptr[i], 3))
            buf_add_char(&out, raw.ptr[i]);
    return buf_str(&out);
}

// The host in ASCII (UTS 46), or the empty str when it cannot be one.
static pthread_once_t idna_once = PTHREAD_ONCE_INIT;
static UIDNA *idna;

static void open_idna(void)
{
    UErrorCode status = U_ZERO_ERROR;
    idna = uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII,
                           &status);
    assert(U_SUCCESS(status));
}

static str host_in_ascii(struct arena *a, str host)
{
    host = str_lower(a, host);
    bool plain = str_find(host, S("xn--")) < 0;
    for (size_t i = 0; i < host.len; i++)
        plain = plain && !(host.ptr[i] & 0x80);
    if (plain)
        return host;
    pthread_once(&idna_once, open_idna);
    char *ascii = arena_text(a, HOST_MAX + 1);
    UIDNAInfo info = UIDNA_INFO_INITIALIZER;
    UErrorCode status = U_ZERO_ERROR;
    int32_t len = uidna_nameToASCII_UTF8(idna, host.ptr, (int32_t)host.len, ascii, HOST_MAX + 1,
                                         &info, &status);
    if (U_FAILURE(status) || info.errors || len > HOST_MAX)
        return S("");
    return (str){ascii, (size_t)len};
}

static void add_escaped(struct buf *out, str s)
{
    static const char hex[] = "0123456789ABCDEF";
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_plain(c)) {
            buf_add_char(out, c);
        } else {
            buf_add_char(out, '%');
            buf_add_char(out, hex[(unsigned char)c >> 4]);
            buf_add_char(out, hex[c & 15]);
        }
    }
}

static str slashes(struct arena *a, str s)
{
    if (str_find_char(s, '\\') < 0)
        return s;
    char *copy = arena_text(a, s.len);
    bool in_path = true;
    for (size_t i = 0; i < s.len; i++) {
        in_path = in_path && s.ptr[i] != '?' && s.ptr[i] != '#';
        copy[i] = in_path && s.ptr[i] == '\\' ? '/' : s.ptr[i];
    }
    return (str){copy, s.len};
}

static bool add_authority(struct arena *a, struct buf *out, const struct parts *p)
{
    str host, port;
    split_port(p->authority, &host, &port);
    host = host_in_ascii(a, host);
    if (!host_valid(host) || !port_valid(port))
        return false;
    buf_add(out, str_eq_nocase(p->scheme, S("http")) ? S("http://") : S("https://"));
    buf_add(out, host);
    if (port.len) {
        buf_add_char(out, ':');
        buf_add(out, port);
    }
    return true;
}

static void add_rest(struct buf *out, const struct parts *p)
{
    add_escaped(out, p->path);
    if (p->query.ptr) {
        buf_add_char(out, '?');
        add_escaped(out, p->query);
    }
    if (p->fragment.ptr) {
        buf_add_char(out, '#');
        add_escaped(out, p->fragment);
    }
}

static enum url_kind kind_of(const struct parts *p)
{
    if (p->authority.ptr)
        return !p->scheme.ptr || is_http(p->scheme) ? URL_HTTP : URL_BAD;
    if (str_eq_nocase(p->scheme, S("mailto")))
        return p->path.len ? URL_MAILTO : URL_BAD;
    if (str_eq_nocase(p->scheme, S("tel")))
        return p->path.len ? URL_TEL : URL_BAD;
    // A ':' in the first segment would be read as the end of a scheme by somebody.
    str first = p->path;
    first = str_cut(&first, '/');
    return p->scheme.ptr || str_find_char(first, ':') >= 0 ? URL_BAD : URL_RELATIVE;
}

enum url_kind url_clean(struct arena *a, str raw, str *out)
{
    if (raw.len > URL_MAX)
        return URL_BAD;
    str s = slashes(a, without_controls(a, raw));
    struct parts p = take_apart(s);
    enum url_kind kind = kind_of(&p);
    struct buf b = buf_new(a, URL_MAX);
    if (kind == URL_BAD || !s.len || (kind == URL_HTTP && !add_authority(a, &b, &p)))
        return URL_BAD;
    if (kind == URL_MAILTO || kind == URL_TEL)
        buf_add(&b, kind == URL_MAILTO ? S("mailto:") : S("tel:"));
    add_rest(&b, &p);
    if (b.overflow)
        return URL_BAD;
    *out = buf_str(&b);
    return kind;
}

// Removes "." and ".." segments (RFC 3986 §5.2.4).
static str resolve_dots(struct arena *a, str path)
{
    struct buf out = buf_new(a, path.len + 1);
    str rest = path;
    while (rest.ptr) {
        str segment = str_cut(&rest, '/');
        bool dot = str_eq(segment, S(".")) || str_eq_nocase(segment, S("%2e"));
        bool dots = str_eq(segment, S("..")) || str_eq_nocase(segment, S("%2e%2e")) ||
                    str_eq_nocase(segment, S(".%2e")) || str_eq_nocase(segment, S("%2e."));
        if (dots) {
            ptrdiff_t last = out.len > 1 ? str_rfind_char((str){out.ptr, out.len - 1}, '/') : -1;
            out.len = last < 0 ? (out.len && out.ptr[0] == '/') : (size_t)last + 1;
        } else if (!dot) {
            buf_add(&out, segment);
            if (rest.ptr)
                buf_add_char(&out, '/');
        }
    }
    return buf_str(&out);
}

static str merged_path(struct arena *a, const struct parts *base, str path)
{
    if (str_starts(path, S("/")))
        return resolve_dots(a, path);
    str folder = str_sub(base->path, 0, (size_t)(str_rfind_char(base->path, '/') + 1));
    return resolve_dots(a, str_join(a, folder.len ? folder : S("/"), path));
}

str url_join(struct arena *a, str base, str reference)
{
    struct parts b = take_apart(base), r = take_apart(reference);
    if (!is_http(b.scheme) || !b.authority.ptr)
        return reference;
    if (r.scheme.ptr && !r.authority.ptr)
        return reference;
    struct parts t = {.scheme = r.scheme.ptr ? r.scheme : b.scheme, .fragment = r.fragment};
    t.authority = r.authority.ptr ? r.authority : b.authority;
    t.query = r.query;
    if (r.authority.ptr)
        t.path = resolve_dots(a, r.path);
    else if (r.path.len)
        t.path = merged_path(a, &b, r.path);
    else
        t.path = b.path;
    if (!r.authority.ptr && !r.path.len && !r.query.ptr)
        t.query = b.query;
    struct buf out = buf_new(a, base.len + reference.len + 16);
    buf_addf(&out, "%.*s://%.*s%.*s", STR(t.scheme), STR(t.authority), STR(t.path));
    if (t.query.ptr)
        buf_addf(&out, "?%.*s", STR(t.query));
    if (t.fragment.ptr)
        buf_addf(&out, "#%.*s", STR(t.fragment));
    return buf_str(&out);
}

static str encoded(struct arena *a, str s, const char *kept)
{
    static const char hex[] = "0123456789ABCDEF";
    struct buf out = buf_new(a, s.len * 3);
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (is_letter(c) || is_digit(c) || (c && strchr(kept, c))) {
            buf_add_char(&out, c);
        } else {
            buf_add_char(&out, '%');
            buf_add_char(&out, hex[(unsigned char)c >> 4]);
            buf_add_char(&out, hex[c & 15]);
        }
    }
    return buf_str(&out);
}

str url_encode_path(struct arena *a, str s)
{
    return encoded(a, s, "-._~/");
}

str url_encode(struct arena *a, str s)
{
    return encoded(a, s, "-._~");
}

static int hex_value(char c)
{
    if (is_digit(c))
        return c - '0';
    return is_letter(c) && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
}

str url_decode(struct arena *a, str s)
{
    struct buf out = buf_new(a, s.len);
    for (size_t i = 0; i < s.len; i++) {
        int high = s.ptr[i] == '%' && i + 2 < s.len ? hex_value(s.ptr[i + 1]) : -1;
        int low = high >= 0 ? hex_value(s.ptr[i + 2]) : -1;
        if (low >= 0) {
            buf_add_char(&out, (char)(high * 16 + low));
            i += 2;
        } else {
            buf_add_char(&out, s.ptr[i]);
        }
    }
    return buf_str(&out);
}
