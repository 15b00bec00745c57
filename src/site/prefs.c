// A reader's settings: text size, colours, whether the notice was accepted and pictures of other
// sites may show; one of few combinations, so that pages can be kept for each.
// SPDX-License-Identifier: Apache-2.0
#include "site/prefs.h"

#include "base/arena.h"
#include "base/buf.h"

static const struct {
    str name;
    char letter;
} schemes[] = {{{"system", 6}, 's'}, {{"light", 5}, 'l'}, {{"dark", 4}, 'd'}};

enum { PREFS_SAID = 4, PREFS_SAID_ONCE = 3 }; // settings that a cookie names

static bool among(char c, str letters)
{
    return str_find_char(letters, c) >= 0;
}

struct prefs prefs_read(str cookie)
{
    static const str letters[] = {{"1234", 4}, {"sld", 3}, {"01", 2}, {"01", 2}};
    const struct prefs usual = {'1', 's', '0', '0'};
    for (size_t i = 0; i < cookie.len; i++)
        if (i >= PREFS_SAID || !among(cookie.ptr[i], letters[i]))
            return usual;
    if (cookie.len < PREFS_SAID_ONCE)
        return usual;
    char pictures = cookie.len == PREFS_SAID ? cookie.ptr[3] : usual.pictures;
    return (struct prefs){cookie.ptr[0], cookie.ptr[1], cookie.ptr[2], pictures};
}

str prefs_value(struct arena *a, struct prefs p)
{
    return str_copy(a, (str){(char[]){p.text, p.scheme, p.accepted, p.pictures}, PREFS_SAID});
}

str prefs_classes(struct arena *a, struct prefs p)
{
    struct buf b = buf_new(a, 100);
    if (p.text != '1')
        buf_addf(&b, " text-%c", p.text);
    for (size_t i = 1; i < 3; i++)
        if (schemes[i].letter == p.scheme)
            buf_addf(&b, " scheme-%.*s", STR(schemes[i].name));
    if (p.accepted == '1')
        buf_add(&b, S(" accepted"));
    if (p.pictures == '1')
        buf_add(&b, S(" pictures"));
    return str_from(buf_str(&b), 1);
}

void prefs_set(struct prefs *p, str name, str value)
{
    if (str_eq(name, S("text")) && value.len == 1 && among(value.ptr[0], S("1234")))
        p->text = value.ptr[0];
    for (size_t i = 0; i < 3; i++)
        if (str_eq(name, S("scheme")) && str_eq(value, schemes[i].name))
            p->scheme = schemes[i].letter;
    if (str_eq(name, S("notice")) && str_eq(value, S("accepted")))
        p->accepted = '1';
    if (str_eq(name, S("pictures")) && (str_eq(value, S("shown")) || str_eq(value, S("hidden"))))
        p->pictures = str_eq(value, S("shown")) ? '1' : '0';
}
