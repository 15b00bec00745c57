// Cuts markup into tags, remarks and texts, as it stands, without judging it.
// SPDX-License-Identifier: Apache-2.0
#include "interop/markup_scan.h"

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static bool begins_tag(str s)
{
    if (s.len < 2 || s.ptr[0] != '<')
        return false;
    return is_letter(s.ptr[1]) || s.ptr[1] == '!' ||
           (s.ptr[1] == '/' && s.len > 2 && is_letter(s.ptr[2]));
}

// The length of a tag up to its '>', quotes respected; 0 when it does not end.
static size_t tag_end(str s)
{
    char quote = 0;
    for (size_t i = 1; i < s.len; i++) {
        char c = s.ptr[i];
        if (quote)
            quote = c == quote ? 0 : quote;
        else if ((c == '"' || c == '\'') && s.ptr[i - 1] == '=')
            quote = c;
        else if (c == '>')
            return i + 1;
    }
    // A quote that never ends hides nothing behind it.
    ptrdiff_t plain = quote ? str_find_char(s, '>') : -1;
    return plain < 0 ? 0 : (size_t)plain + 1;
}

static size_t remark_end(str s)
{
    if (!str_starts(s, S("<!--"))) {
        ptrdiff_t end = str_find_char(s, '>');
        return end < 0 ? s.len : (size_t)end + 1;
    }
    ptrdiff_t end = str_find(str_from(s, 4), S("-->"));
    return end < 0 ? s.len : (size_t)end + 7;
}

static void describe_tag(struct markup_token *t)
{
    str s = t->whole;
    t->closing = s.ptr[1] == '/';
    t->empty = s.len > 2 && s.ptr[s.len - 2] == '/';
    size_t from = t->closing ? 2 : 1, to = from;
    while (to < s.len && !is_space(s.ptr[to]) && s.ptr[to] != '>' && s.ptr[to] != '/')
        to++;
    t->name = str_sub(s, from, to);
}

bool markup_next(str *rest, struct markup_token *out)
{
    if (!rest->len)
        return false;
    *out = (struct markup_token){.kind = MARKUP_TEXT};
    size_t n = 0;
    if (begins_tag(*rest)) {
        bool remark = rest->ptr[1] == '!';
        n = remark ? remark_end(*rest) : tag_end(*rest);
        if (n)
            out->kind = remark ? MARKUP_REMARK : MARKUP_TAG;
        else
            n = rest->len; // nothing behind it ends a tag either
    } else {
        n = 1;
        while (n < rest->len && !(rest->ptr[n] == '<' && begins_tag(str_from(*rest, n))))
            n++;
    }
    out->whole = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    if (out->kind == MARKUP_TAG)
        describe_tag(out);
    return true;
}

str markup_take_element(str *rest, str name)
{
    for (size_t i = 0; i + 2 + name.len <= rest->len; i++) {
        if (rest->ptr[i] != '<' || rest->ptr[i + 1] != '/' ||
            !str_eq_nocase(str_sub(*rest, i + 2, i + 2 + name.len), name))
            continue;
        ptrdiff_t end = str_find_char(str_from(*rest, i), '>');
        size_t n = end < 0 ? rest->len : i + (size_t)end + 1;
        str taken = str_sub(*rest, 0, n);
        *rest = str_from(*rest, n);
        return taken;
    }
    str all = *rest;
    *rest = str_from(*rest, rest->len);
    return all;
}

static str take_value(str *s)
{
    char quote = s->len ? s->ptr[0] : 0;
    size_t n = 0;
    if (quote == '"' || quote == '\'') {
        ptrdiff_t end = str_find_char(str_from(*s, 1), quote);
        n = end < 0 ? s->len : (size_t)end + 1;
        str value = str_sub(*s, 1, n);
        *s = str_from(*s, n + 1);
        return value;
    }
    while (n < s->len && !is_space(s->ptr[n]) && s->ptr[n] != '>')
        n++;
    str value = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return value;
}

str markup_attribute(str tag, str name)
{
    size_t at = 1;
    while (at < tag.len && !is_space(tag.ptr[at]) && tag.ptr[at] != '>')
        at++;
    str s = str_from(tag, at);
    while (s.len) {
        while (s.len && (is_space(s.ptr[0]) || s.ptr[0] == '/' || s.ptr[0] == '>'))
            s = str_from(s, 1);
        size_t n = 0;
        while (n < s.len && !is_space(s.ptr[n]) && s.ptr[n] != '=' && s.ptr[n] != '>')
            n++;
        str key = str_sub(s, 0, n);
        s = str_from(s, n ? n : 1);
        str value = S("");
        if (s.len && s.ptr[0] == '=') {
            s = str_from(s, 1);
            value = take_value(&s);
        }
        if (key.len && str_eq_nocase(key, name))
            return value;
    }
    return STR_NONE;
}
