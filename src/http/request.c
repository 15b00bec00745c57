// Reads request lines and the headers that steer the connection.
// SPDX-License-Identifier: Apache-2.0
#include "http/request.h"

#include <string.h>

#include "http/target.h"

static bool is_token(str s)
{
    static const char others[] = "!#$%&'*+-.^_`|~";
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i], letter = c | 32;
        if (!((letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') ||
              (c && strchr(others, c))))
            return false;
    }
    return s.len > 0;
}

static int read_method(str name, enum http_method *method)
{
    static const char *const others[] = {"OPTIONS", "PUT", "DELETE", "CONNECT", "TRACE", "PATCH"};
    if (str_eq(name, S("GET"))) {
        *method = HTTP_GET;
    } else if (str_eq(name, S("HEAD"))) {
        *method = HTTP_HEAD;
    } else if (str_eq(name, S("POST"))) {
        *method = HTTP_POST;
    } else {
        for (size_t i = 0; i < sizeof others / sizeof *others; i++)
            if (str_eq(name, str_of(others[i])))
                return 405;
        return is_token(name) ? 501 : 400;
    }
    return 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int read_version(str version, bool *old)
{
    if (version.len != 8 || !str_starts(version, S("HTTP/")) || !is_digit(version.ptr[5]) ||
        version.ptr[6] != '.' || !is_digit(version.ptr[7]))
        return 400;
    if (version.ptr[5] != '1' || version.ptr[7] > '1')
        return 505;
    *old = version.ptr[7] == '0';
    return 0;
}

int request_line(str line, enum http_method *method, bool *old, str *target)
{
    str name = str_cut(&line, ' ');
    *target = str_cut(&line, ' ');
    if (!line.ptr || !target->len)
        return 400;
    int by_version = read_version(line, old), by_method = read_method(name, method);
    if (by_version == 400 || by_method == 400)
        return 400;
    return by_version ? by_version : by_method;
}

// Headers of which a second one is an attack, and what "Connection" says.
struct found {
    str host, length, coding;
    unsigned hosts, lengths, codings;
    bool close, keep, hundred, other_expectation;
};

static void note(str value, str *first, unsigned *count)
{
    *first = value;
    ++*count;
}

static void look_at(const struct http_header *h, struct found *found, unsigned *codings)
{
    if (str_eq(h->name, S("host"))) {
        note(h->value, &found->host, &found->hosts);
    } else if (str_eq(h->name, S("content-length"))) {
        note(h->value, &found->length, &found->lengths);
    } else if (str_eq(h->name, S("transfer-encoding"))) {
        note(h->value, &found->coding, &found->codings);
    } else if (str_eq(h->name, S("connection"))) {
        found->close |= list_holds(h->value, S("close"));
        found->keep |= list_holds(h->value, S("keep-alive"));
    } else if (str_eq(h->name, S("accept-encoding"))) {
        *codings |= coding_accepted(h->value);
    } else if (str_eq(h->name, S("expect"))) {
        bool known = str_eq_nocase(h->value, S("100-continue"));
        found->hundred |= known;
        found->other_expectation |= !known;
    }
}

static bool is_number(str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.ptr[i]))
            return false;
    return s.len > 0 && s.len <= 18;
}

// The framing must be beyond doubt (RFC 9112 §6.3, §11.2), whatever llhttp thinks of it.
static bool is_framing_sound(const struct found *found, bool old)
{
    if (found->lengths + found->codings > 1)
        return false;
    if (found->lengths && !is_number(found->length))
        return false;
    return !found->codings || (!old && str_eq_nocase(found->coding, S("chunked")));
}

int request_head(const struct framed *framed, str target, struct http_request *r,
                 struct terms *terms)
{
    struct found found = {0};
    struct target parts;
    r->headers = framed->headers;
    r->header_count = framed->header_count;
    for (size_t i = 0; i < framed->header_count; i++)
        look_at(&framed->headers[i], &found, &r->codings);
    if (!is_framing_sound(&found, terms->old) || found.hosts > 1 || (!found.hosts && !terms->old))
        return 400;
    // The bytes are the connection's own buffer, so that they may be put in lower case in place.
    if (found.hosts && !host_parse((char *)found.host.ptr, found.host.len, &r->host))
        return 400;
    if (!target_parse(r->arena, target, &parts))
        return 400;
    if (parts.authority.ptr &&
        !host_parse((char *)parts.authority.ptr, parts.authority.len, &r->host))
        return 400;
    r->target = parts.whole;
    r->path = parts.path;
    r->query = parts.query;
    if (found.other_expectation)
        return 417;
    terms->expects = found.hundred && !terms->old;
    terms->keep_alive = !found.close && (!terms->old || found.keep);
    return 0;
}
