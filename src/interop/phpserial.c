// Reads values as PHP serialises them, and executes nothing.
// SPDX-License-Identifier: Apache-2.0
#include "interop/phpserial.h"

#include "base/arena.h"

struct reader {
    struct arena *arena;
    str rest;
    size_t values;
    int depth;
};

static bool take(struct reader *r, str literal)
{
    if (!str_starts(r->rest, literal))
        return false;
    r->rest = str_from(r->rest, literal.len);
    return true;
}

static bool take_until(struct reader *r, char end, str *out)
{
    ptrdiff_t at = str_find_char(str_sub(r->rest, 0, 40), end);
    if (at < 0)
        return false;
    *out = str_sub(r->rest, 0, (size_t)at);
    r->rest = str_from(r->rest, (size_t)at + 1);
    return true;
}

static bool take_number(struct reader *r, char end, int64_t *out)
{
    str digits;
    return take_until(r, end, &digits) && str_int(digits, out);
}

// 5:"hello" and no more: lengths count bytes.
static bool take_text(struct reader *r, str *out)
{
    int64_t len;
    if (!take_number(r, ':', &len) || len < 0 || (size_t)len > r->rest.len || !take(r, S("\"")))
        return false;
    *out = str_sub(r->rest, 0, (size_t)len);
    if (out->len != (size_t)len)
        return false;
    r->rest = str_from(r->rest, (size_t)len);
    return take(r, S("\""));
}

static bool read_value(struct reader *r, struct php_value *out);

static bool read_pairs(struct reader *r, struct php_value *out)
{
    int64_t count;
    // Each pair takes six bytes at least: "i:0;N;" — a count cannot ask for more than it brings.
    if (!take_number(r, ':', &count) || count < 0 || (size_t)count > r->rest.len / 6 ||
        !take(r, S("{")) || ++r->depth > PHP_DEPTH_MOST)
        return false;
    out->kind = PHP_ARRAY;
    out->pairs = arena_array(r->arena, struct php_pair, count);
    for (; out->count < (size_t)count; out->count++) {
        struct php_pair *pair = &out->pairs[out->count];
        if (!read_value(r, &pair->key) || !read_value(r, &pair->value) ||
            (pair->key.kind != PHP_INT && pair->key.kind != PHP_TEXT))
            return false;
    }
    r->depth--;
    return take(r, S("}"));
}

static bool read_value(struct reader *r, struct php_value *out)
{
    *out = (struct php_value){0};
    if (++r->values > PHP_VALUES_MOST)
        return false;
    if (take(r, S("N;")))
        return true;
    if (take(r, S("b:")) || take(r, S("i:"))) {
        out->kind = r->rest.ptr[-2] == 'b' ? PHP_BOOL : PHP_INT;
        return take_number(r, ';', &out->number);
    }
    if (take(r, S("d:"))) {
        out->kind = PHP_REAL;
        return take_until(r, ';', &out->text);
    }
    if (take(r, S("s:"))) {
        out->kind = PHP_TEXT;
        return take_text(r, &out->text) && take(r, S(";"));
    }
    if (take(r, S("a:")))
        return read_pairs(r, out);
    str class_name;
    if (take(r, S("O:")))
        return take_text(r, &class_name) && take(r, S(":")) && read_pairs(r, out);
    int64_t number;
    return (take(r, S("r:")) || take(r, S("R:"))) && take_number(r, ';', &number);
}

bool php_read(struct arena *a, str text, struct php_value *out)
{
    struct reader r = {.arena = a, .rest = text};
    return read_value(&r, out) && !r.rest.len;
}

const struct php_value *php_get(const struct php_value *array, const char *key)
{
    for (size_t i = 0; array && i < array->count; i++)
        if (array->pairs[i].key.kind == PHP_TEXT && str_eq(array->pairs[i].key.text, str_of(key)))
            return &array->pairs[i].value;
    return NULL;
}
