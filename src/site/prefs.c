// A reader's settings: text size, colours, whether the notice was accepted; one of few
// combinations, so that pages can be kept for each. SPDX-License-Identifier: Apache-2.0
#include "site/prefs.h"

#include "base/arena.h"
#include "base/buf.h"

static const struct {
    str name;
    char letter;
} schemes[] = {{{"system", 6}, 's'}, {{"light", 5}, 'l'}, {{"dark", 4}, 'd'}};

static bool among(char c, str letters)
{
    return str_find_char(letters, c) >= 0;
}

struct prefs prefs_read(str cookie)
{
    const struct prefs usual = {'1', 's', '0'};
    if (cookie.len != 3 || !among(cookie.ptr[0], S("1234")) || !among(cookie.ptr[1], S("sld")) ||
        !among(cookie.ptr[2], S("01")))
        return usual;
    return (struct prefs){cookie.ptr[0], cookie.ptr[1], cookie.ptr[2]};
}

str prefs_value(struct arena *a, struct prefs p)
{
    char *text = arena_text(a, 3);
    text[0] = p.text;
    text[1] = p.scheme;
    text[2] = p.accepted;
    return (str){text, 3};
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
}
