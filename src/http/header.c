// Reads lists, codings, entity tags, cookies and hosts out of header values.
// SPDX-License-Identifier: Apache-2.0
#include "http/header.h"

#include <arpa/inet.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { HOST_MOST = 255, LITERAL_MOST = 45 };

bool list_next(str *list, str *element)
{
    while (list->ptr) {
        *element = str_trim(str_cut(list, ','));
        if (element->len)
            return true;
    }
    return false;
}

bool list_holds(str list, str token)
{
    str element;
    while (list_next(&list, &element))
        if (str_eq_nocase(element, token))
            return true;
    return false;
}

// Whether the parameters behind a coding say "q=0", in any spelling of zero.
static bool is_refused(str parameters)
{
    while (parameters.ptr) {
        str one = str_trim(str_cut(&parameters, ';'));
        if (one.len < 3 || (one.ptr[0] | 32) != 'q' || one.ptr[1] != '=')
            continue;
        str weight = str_from(one, 2);
        for (size_t i = 0; i < weight.len; i++)
            if (weight.ptr[i] >= '1' && weight.ptr[i] <= '9')
                return false;
        return true;
    }
    return false;
}

static unsigned coding_by_name(str name)
{
    if (str_eq_nocase(name, S("gzip")) || str_eq_nocase(name, S("x-gzip")))
        return HTTP_GZIP;
    if (str_eq_nocase(name, S("br")))
        return HTTP_BR;
    if (str_eq_nocase(name, S("zstd")))
        return HTTP_ZSTD;
    return HTTP_IDENTITY;
}

unsigned coding_accepted(str accept_encoding)
{
    unsigned accepted = 0, refused = 0;
    bool any = false;
    str element;
    while (list_next(&accept_encoding, &element)) {
        str name = str_trim(str_cut(&element, ';'));
        bool no = element.ptr && is_refused(element);
        if (str_eq(name, S("*")))
            any = !no;
        else if (no)
            refused |= coding_by_name(name);
        else
            accepted |= coding_by_name(name);
    }
    if (any)
        accepted |= HTTP_GZIP;
    return accepted & ~refused;
}

static str without_weakness(str etag)
{
    return str_starts(etag, S("W/")) ? str_from(etag, 2) : etag;
}

bool etag_listed(str if_none_match, str etag)
{
    str rest = str_trim(if_none_match);
    etag = without_weakness(etag);
    if (!etag.len)
        return false;
    if (str_eq(rest, S("*")))
        return true;
    // A tag may hold a comma, so that the list cannot be cut at commas.
    while (rest.len) {
        str tag = without_weakness(rest);
        if (!tag.len || tag.ptr[0] != '"')
            return false;
        ptrdiff_t end = str_find_char(str_from(tag, 1), '"');
        if (end < 0)
            return false;
        if (str_eq(str_sub(tag, 0, (size_t)end + 2), etag))
            return true;
        rest = str_trim(str_from(tag, (size_t)end + 2));
        if (rest.len && rest.ptr[0] != ',')
            return false;
        while (rest.len && rest.ptr[0] == ',')
            rest = str_trim(str_from(rest, 1));
    }
    return false;
}

str cookie_value(str cookie, str name)
{
    while (cookie.ptr) {
        str value = str_cut(&cookie, ';');
        str found = str_trim(str_cut(&value, '='));
        if (value.ptr && str_eq(found, name))
            return str_trim(value);
    }
    return STR_NONE;
}

static bool is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
}

static bool is_port(str s)
{
    int64_t port;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
    return !s.len || (s.len <= 5 && str_int(s, &port) && port <= 65535);
}

// The length of the IP literal that `s` begins with, brackets included; 0 if there is none.
static size_t literal_length(str s)
{
    char text[LITERAL_MOST + 1];
    struct in6_addr address;
    ptrdiff_t end = str_find_char(s, ']');
    if (end < 2 || end - 1 > LITERAL_MOST)
        return 0;
    memcpy(text, s.ptr + 1, (size_t)end - 1);
    text[end - 1] = 0;
    return inet_pton(AF_INET6, text, &address) == 1 ? (size_t)end + 1 : 0;
}

bool host_parse(char *text, size_t len, str *host)
{
    if (!len || len > HOST_MOST)
        return false;
    for (size_t i = 0; i < len; i++)
        if (text[i] >= 'A' && text[i] <= 'Z')
            text[i] |= 32;
    str all = {text, len};
    size_t end = 0;
    if (text[0] == '[')
        end = literal_length(all);
    else
        while (end < len && is_host_char(text[end]))
            end++;
    if (!end || (end < len && (text[end] != ':' || !is_port(str_from(all, end + 1)))))
        return false;
    *host = str_sub(all, 0, end);
    return true;
}

str http_location(struct arena *a, str address)
{
    static const char hex[] = "0123456789ABCDEF", allowed[] = "-._~:/?#[]@!$&'()*+,;=%";
    struct buf line = buf_new(a, 16 + address.len * 3);
    buf_add(&line, S("Location: "));
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (letter || (c && strchr(allowed, c)))
            buf_add_char(&line, (char)c);
        else
            buf_add(&line, (str){(char[]){'%', hex[c >> 4], hex[c & 15]}, 3});
    }
    buf_add(&line, S("\r\n"));
    return buf_str(&line);
}
