// Reads forms and queries.
// SPDX-License-Identifier: Apache-2.0
#include "http/form.h"

#include "base/arena.h"
#include "http/target.h"

static error decode(struct arena *a, str text, str *out)
{
    char *decoded = arena_text(a, text.len + 1);
    size_t len = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '%') {
            int byte = escape_byte(str_from(text, i));
            if (byte < 0)
                return failure(a, FAULT_INPUT, S("form"), "invalid percent escape");
            c = (char)byte;
            i += 2;
        } else if (c == '+') {
            c = ' ';
        }
        decoded[len++] = c;
    }
    *out = (str){decoded, len};
    if (!str_valid_utf8(*out))
        return failure(a, FAULT_INPUT, S("form"), "text is not valid UTF-8");
    return NULL;
}

static size_t fields_in(str text)
{
    size_t count = 0;
    while (text.ptr)
        count += str_cut(&text, '&').len > 0;
    return count;
}

error form_parse(struct arena *a, str text, struct form *out)
{
    if (text.len > FORM_BYTES)
        return failure(a, FAULT_LIMIT, S("form"), "more than %d bytes", FORM_BYTES);
    size_t count = fields_in(text);
    if (count > FORM_FIELDS)
        return failure(a, FAULT_LIMIT, S("form"), "more than %d fields", FORM_FIELDS);
    struct form_field *fields = arena_array(a, struct form_field, count);
    for (size_t i = 0; i < count;) {
        str value = str_cut(&text, '&');
        if (!value.len)
            continue;
        str name = str_cut(&value, '=');
        try(decode(a, name, &fields[i].name));
        try(decode(a, value, &fields[i].value));
        if (fields[i].name.len > FORM_NAME_BYTES)
            return failure(a, FAULT_LIMIT, S("form"), "a name of more than %d bytes",
                           FORM_NAME_BYTES);
        i++;
    }
    *out = (struct form){fields, count};
    return NULL;
}

str form_value(const struct form *f, str name)
{
    for (size_t i = 0; i < f->count; i++)
        if (str_eq(f->fields[i].name, name))
            return f->fields[i].value;
    return STR_NONE;
}
