// What texts must keep to before the newsroom stores them.
// SPDX-License-Identifier: Apache-2.0
#include "model/check.h"

#include "model/work.h"

error check_text(struct work *w, str where, const char *what, str text, size_t most)
{
    if (text.len <= most)
        return NULL;
    return failure(w->arena, FAULT_INPUT, where, "the %s has %zu bytes: at most %zu are kept", what,
                   text.len, most);
}

error check_line(struct work *w, str where, const char *what, str text, size_t most)
{
    if (!str_trim(text).len)
        return failure(w->arena, FAULT_INPUT, where, "the %s is empty: give one", what);
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] < ' ' || text.ptr[i] == 0x7f)
            return failure(w->arena, FAULT_INPUT, where,
                           "the %s has control characters: write it in one line", what);
    return check_text(w, where, what, text, most);
}

// Exactly one @ between two texts, the second a host's name by its letters.
static bool is_email(str address)
{
    ptrdiff_t at = str_find_char(address, '@');
    if (at <= 0)
        return false;
    str host = str_from(address, (size_t)at + 1);
    for (size_t i = 0; i < (size_t)at; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        if (c <= ' ' || c == 0x7f || c == '"' || c == '<' || c == '>' || c == ',' || c == ';')
            return false;
    }
    for (size_t i = 0; i < host.len; i++) {
        unsigned char c = (unsigned char)host.ptr[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '-' && c != '.' && c < 0x80)
            return false;
    }
    return host.len && !str_starts(host, S(".")) && !str_ends(host, S(".")) &&
           str_find(host, S("..")) < 0;
}

error check_email(struct work *w, str where, const char *whose, str address)
{
    if (address.len && !is_email(address))
        return failure(w->arena, FAULT_INPUT, where,
                       "the %s e-mail address \"%.*s\" is none: write name@example.com", whose,
                       STR(str_sub(address, 0, 100)));
    return check_text(w, where, "e-mail address", address, EMAIL_MOST);
}

// A backslash is a slash to browsers: "/\host" would leave the site.
static bool is_clean(str address)
{
    for (size_t i = 0; i < address.len; i++) {
        unsigned char c = (unsigned char)address.ptr[i];
        if (c <= ' ' || c == 0x7f || c == '\\')
            return false;
    }
    return true;
}

error check_address(struct work *w, str where, const char *what, str address)
{
    bool path = str_starts(address, S("/")) && !str_starts(address, S("//"));
    bool web = (str_starts(address, S("https://")) && address.len > 8) ||
               (str_starts(address, S("http://")) && address.len > 7);
    if (address.len && (!(path || web) || !is_clean(address)))
        return failure(w->arena, FAULT_INPUT, where,
                       "the %s \"%.*s\" is neither a path like /about/ nor an http(s) address",
                       what, STR(str_sub(address, 0, 200)));
    return check_text(w, where, what, address, ADDRESS_MOST);
}
