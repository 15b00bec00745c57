// Composes heads with one pass of copying.
// SPDX-License-Identifier: Apache-2.0
#include "http/answer.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

// Room for the status line, Content-Length, Connection and the names of what else is added.
enum { HEAD_ROOM = 192 };

static const struct {
    int status;
    str line, text;
} statuses[] = {
#define STATUS(code, reason)                                                                       \
    {                                                                                              \
        code,                                                                                      \
            {"HTTP/1.1 " #code " " reason "\r\n", sizeof "HTTP/1.1 " #code " " reason "\r\n" - 1}, \
        {                                                                                          \
            reason "\n", sizeof reason                                                             \
        }                                                                                          \
    }
    STATUS(200, "OK"),
    STATUS(201, "Created"),
    STATUS(202, "Accepted"),
    STATUS(204, "No Content"),
    STATUS(206, "Partial Content"),
    STATUS(301, "Moved Permanently"),
    STATUS(302, "Found"),
    STATUS(303, "See Other"),
    STATUS(304, "Not Modified"),
    STATUS(307, "Temporary Redirect"),
    STATUS(308, "Permanent Redirect"),
    STATUS(400, "Bad Request"),
    STATUS(401, "Unauthorized"),
    STATUS(403, "Forbidden"),
    STATUS(404, "Not Found"),
    STATUS(405, "Method Not Allowed"),
    STATUS(406, "Not Acceptable"),
    STATUS(408, "Request Timeout"),
    STATUS(409, "Conflict"),
    STATUS(410, "Gone"),
    STATUS(412, "Precondition Failed"),
    STATUS(413, "Content Too Large"),
    STATUS(414, "URI Too Long"),
    STATUS(415, "Unsupported Media Type"),
    STATUS(416, "Range Not Satisfiable"),
    STATUS(417, "Expectation Failed"),
    STATUS(422, "Unprocessable Content"),
    STATUS(429, "Too Many Requests"),
    STATUS(431, "Request Header Fields Too Large"),
    STATUS(500, "Internal Server Error"),
    STATUS(501, "Not Implemented"),
    STATUS(502, "Bad Gateway"),
    STATUS(503, "Service Unavailable"),
    STATUS(505, "HTTP Version Not Supported"),
#undef STATUS
};

enum { STATUS_COUNT = sizeof statuses / sizeof *statuses };

static size_t status_index(int status)
{
    size_t i = 0;
    while (i < STATUS_COUNT && statuses[i].status != status)
        i++;
    return i;
}

struct pen {
    char *at, *end;
};

static void put(struct pen *pen, str s)
{
    assert((size_t)(pen->end - pen->at) >= s.len);
    if (s.len)
        memcpy(pen->at, s.ptr, s.len);
    pen->at += s.len;
}

static void put_number(struct pen *pen, size_t n)
{
    char digits[24], *p = digits + sizeof digits;
    do
        *--p = (char)('0' + n % 10);
    while (n /= 10);
    put(pen, (str){p, (size_t)(digits + sizeof digits - p)});
}

static void put_status(struct pen *pen, int status)
{
    size_t i = status_index(status);
    if (i < STATUS_COUNT) {
        put(pen, statuses[i].line);
        return;
    }
    put(pen, S("HTTP/1.1 "));
    put_number(pen, (size_t)status);
    put(pen, S(" \r\n"));
}

// Copies header lines without those that describe a body that a 304 does not have.
static void put_without_content(struct pen *pen, str headers)
{
    static const char *const dropped[] = {"content-type", "content-length", "content-encoding",
                                          "content-language", "content-range"};
    while (headers.len) {
        str line = str_cut(&headers, '\n'), rest = line;
        str name = str_cut(&rest, ':');
        bool keep = true;
        for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
            keep = keep && !str_eq_nocase(name, str_of(dropped[i]));
        if (keep) {
            put(pen, line);
            put(pen, S("\n"));
        }
    }
}

str answer_head(struct arena *a, const struct http_answer *answer, str common, size_t length,
                enum answer_end end)
{
    assert(!answer->headers.len || str_ends(answer->headers, S("\r\n")));
    size_t most = HEAD_ROOM + common.len + answer->headers.len + answer->etag.len;
    char *text = arena_text(a, most);
    struct pen pen = {text, text + most};
    put_status(&pen, answer->status);
    put(&pen, common);
    if (answer->status == 304)
        put_without_content(&pen, answer->headers);
    else
        put(&pen, answer->headers);
    if (answer->etag.len) {
        put(&pen, S("ETag: "));
        put(&pen, answer->etag);
        put(&pen, S("\r\n"));
    }
    if (answer->status != 304 && answer->status != 204) {
        put(&pen, S("Content-Length: "));
        put_number(&pen, length);
        put(&pen, S("\r\n"));
    }
    static const str ends[] = {
        [ANSWER_KEEP] = {"\r\n", 2},
        [ANSWER_KEEP_OLD] = {"Connection: keep-alive\r\n\r\n", 26},
        [ANSWER_CLOSE] = {"Connection: close\r\n\r\n", 21},
    };
    put(&pen, ends[end]);
    return (str){text, (size_t)(pen.at - text)};
}

void answer_own(struct http_answer *answer, int status)
{
    size_t i = status_index(status);
    assert(i < STATUS_COUNT);
    *answer = (struct http_answer){.status = status, .part_count = 1};
    answer->parts[0] = statuses[i].text;
    answer->headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n");
    if (status == 405)
        answer->headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                            "Allow: GET, HEAD, POST\r\n");
    if (status == 503)
        answer->headers = S("Content-Type: text/plain; charset=utf-8\r\nCache-Control: no-store\r\n"
                            "Retry-After: 2\r\n");
}

void answer_validate(const struct http_request *r, struct http_answer *answer)
{
    if (answer->status != 200 || r->method == HTTP_POST || !answer->etag.len)
        return;
    for (size_t i = 0; i < r->header_count; i++)
        if (str_eq(r->headers[i].name, S("if-none-match")) &&
            etag_listed(r->headers[i].value, answer->etag)) {
            answer->status = 304;
            answer->part_count = 0;
            answer->file_length = 0;
            return;
        }
}

size_t answer_length(const struct http_answer *answer)
{
    size_t length = answer->file_length;
    for (size_t i = 0; i < answer->part_count; i++)
        length += answer->parts[i].len;
    return length;
}
