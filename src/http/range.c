// A part of a file asked for (RFC 9110 §14).
// SPDX-License-Identifier: Apache-2.0
#include "http/range.h"

#include "base/arena.h"

enum { DIGITS_MOST = 18 }; // of a position; what has more is behind the end of any file

// Digits alone, as many as there are; none give -1 and what is no number is false.
static bool take_position(str digits, int64_t *out)
{
    *out = -1;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9')
            return false;
    }
    if (digits.len > DIGITS_MOST)
        *out = INT64_MAX;
    else if (digits.len)
        (void)str_int(digits, out);
    return true;
}

// Reads "bytes=5-9", "bytes=5-" or "bytes=-5" for a file of `length` bytes, as from and to where it
// ends. False: to be ignored. A range of nothing is one that cannot be satisfied.
static bool parse(str value, int64_t length, int64_t *from, int64_t *to)
{
    int64_t first, last;
    str unit = str_cut(&value, '=');
    str text = str_trim(value);
    if (!str_eq_nocase(str_trim(unit), S("bytes")) || str_find_char(text, '-') < 0)
        return false;
    str left = str_cut(&text, '-');
    if (!take_position(left, &first) || !take_position(text, &last) || (first < 0 && last < 0))
        return false;
    if (first >= 0 && last >= 0 && last < first)
        return false;
    if (first < 0) {
        *from = last > length ? 0 : length - last;
        *to = length;
    } else {
        *from = first;
        *to = last < 0 || last >= length ? length : last + 1;
    }
    return true;
}

// The value of the only header called `name`; two of them are no range (RFC 9110 §5.3).
static str only_header(const struct http_request *r, str name)
{
    str value = STR_NONE;
    for (size_t i = 0; i < r->header_count; i++) {
        if (!str_eq(r->headers[i].name, name))
            continue;
        if (value.ptr)
            return STR_NONE;
        value = r->headers[i].value;
    }
    return value;
}

// The client holds a part of what its If-Range names: strongly compared, and of no date, since
// files have none here (RFC 9110 §13.1.5).
static bool still_holds(const struct http_request *r, str etag)
{
    str condition = http_header(r, S("if-range"));
    return !condition.ptr || (etag.len && !str_starts(etag, S("W/")) && str_eq(condition, etag));
}

void answer_range(const struct http_request *r, struct http_answer *answer)
{
    if (answer->status != 200 || !answer->file_length)
        return;
    int64_t from, to, length = (int64_t)answer->file_length;
    str value = only_header(r, S("range"));
    answer->headers = str_join(r->arena, answer->headers, S("Accept-Ranges: bytes\r\n"));
    if (r->method != HTTP_GET || !value.ptr || !still_holds(r, answer->etag) ||
        !parse(value, length, &from, &to))
        return;
    bool some = from < to;
    answer->status = some ? 206 : 416;
    answer->headers = some
                          ? str_format(r->arena, "%.*sContent-Range: bytes %lld-%lld/%lld\r\n",
                                       STR(answer->headers), (long long)from, (long long)to - 1,
                                       (long long)length)
                          : str_format(r->arena,
                                       "Content-Type: text/plain; charset=utf-8\r\n"
                                       "Cache-Control: no-store\r\nContent-Range: bytes */%lld\r\n",
                                       (long long)length);
    answer->file_offset += some ? (size_t)from : 0;
    answer->file_length = some ? (size_t)(to - from) : 0;
    if (some)
        return;
    answer->etag = S("");
    answer->parts[0] = S("There is nothing in that range.\n");
    answer->part_count = 1;
}
