// A noun's row as a line of JSON, and back.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_line.h"

#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "model/transfer.h"
#include "text/json.h"

// ---- writing

static void put_cell(struct json *j, const struct transfer_noun *noun,
                     const struct transfer_row *row, size_t i)
{
    bool text = transfer_is_text(noun->kinds[i]);
    json_put_name(j, noun->fields->all[i].name);
    if (text && row->texts[i].ptr)
        json_put_text(j, row->texts[i]);
    else if (text || (noun->kinds[i] == TRANSFER_REFERENCE && !row->numbers[i]))
        json_put_null(j);
    else
        json_put_int(j, row->numbers[i]);
}

static void put_list(struct json *j, str name, const struct list *list)
{
    json_put_name(j, name);
    json_open_list(j);
    for (size_t i = 0; i < list->count; i++)
        json_put_int(j, list_at(list, struct transfer_member, i)->id);
    json_close_list(j);
}

void archive_line_write(struct buf *out, const struct transfer_noun *noun,
                        const struct transfer_row *row)
{
    struct json j = json_into(out);
    json_open_object(&j);
    for (size_t i = 0; i < noun->fields->count; i++)
        put_cell(&j, noun, row, i);
    for (size_t i = 0; i < TRANSFER_LISTS; i++)
        if (noun->lists[i].name.len)
            put_list(&j, noun->lists[i].name, &row->lists[i]);
    json_close_object(&j);
    buf_add_char(out, '\n');
}

// ---- reading

static error wrong(struct arena *a, const char *what, str name)
{
    return failure(a, FAULT_INPUT, S("line"), "\"%.*s\" %s", STR(str_sub(name, 0, 60)), what);
}

// What the line would make the parser build, counted before it does: a few megabytes of brackets
// would cost gigabytes.
static error check_shape(struct arena *a, str line)
{
    size_t values = 0, depth = 0;
    bool quoted = false;
    if (line.len > ARCHIVE_LINE_MOST)
        return failure(a, FAULT_LIMIT, S("line"), "is longer than %d MiB", ARCHIVE_LINE_MOST >> 20);
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        if (quoted && c == '\\')
            i++;
        else if (c == '"')
            quoted = !quoted;
        else if (!quoted && (c == '{' || c == '[')) {
            if (++depth > ARCHIVE_DEPTH_MOST)
                return failure(a, FAULT_LIMIT, S("line"), "is deeper than a list in an object");
        } else if (!quoted && (c == '}' || c == ']') && depth)
            depth--;
        else if (!quoted && (c == ',' || c == ':') && ++values > ARCHIVE_VALUES_MOST)
            return failure(a, FAULT_LIMIT, S("line"), "has more than %d values",
                           ARCHIVE_VALUES_MOST);
    }
    return NULL;
}

static error read_text(struct arena *a, const struct transfer_noun *noun, size_t i,
                       const json_t *found, str *out)
{
    str name = noun->fields->all[i].name;
    if (json_is_null(found) && noun->kinds[i] == TRANSFER_UNIQUE) {
        *out = STR_NONE;
        return NULL;
    }
    if (!json_is_string(found))
        return wrong(a, "must be text", name);
    // One byte at least, so that empty text is not taken for NULL.
    size_t len = json_string_length(found);
    char *copy = arena_text(a, len ? len : 1);
    memcpy(copy, json_string_value(found), len);
    *out = (str){copy, len};
    return NULL;
}

static error read_cell(struct arena *a, const struct transfer_noun *noun, size_t i,
                       const json_t *found, struct transfer_row *out)
{
    str name = noun->fields->all[i].name;
    if (!found)
        return wrong(a, "is missing", name);
    if (transfer_is_text(noun->kinds[i]))
        return read_text(a, noun, i, found, &out->texts[i]);
    if (json_is_null(found) && noun->kinds[i] == TRANSFER_REFERENCE)
        return NULL;
    if (!json_is_integer(found))
        return wrong(a, "must be a whole number", name);
    out->numbers[i] = json_integer_value(found);
    return NULL;
}

static error read_list(struct arena *a, str name, const json_t *found, struct list *out)
{
    if (!json_is_array(found))
        return wrong(a, "must be a list of whole numbers", name);
    size_t count = json_array_size(found);
    if (count > TRANSFER_LIST_MOST)
        return wrong(a, "is too long a list", name);
    struct transfer_member *members = arena_array(a, struct transfer_member, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *one = json_array_get(found, i);
        if (!json_is_integer(one))
            return wrong(a, "must be a list of whole numbers", name);
        members[i].id = json_integer_value(one);
    }
    *out = (struct list){members, count};
    return NULL;
}

static bool is_known(const struct transfer_noun *noun, str name)
{
    bool known = field_by_name(noun->fields, name) != NULL;
    for (size_t i = 0; i < TRANSFER_LISTS; i++)
        known = known || (name.len && str_eq(noun->lists[i].name, name));
    return known;
}

static error see_no_others(struct arena *a, const struct transfer_noun *noun, json_t *root)
{
    for (void *at = json_object_iter(root); at; at = json_object_iter_next(root, at)) {
        str name = str_of(json_object_iter_key(at));
        if (!is_known(noun, name))
            return wrong(
                a, "is no field of this program's: a newer one may have written the archive", name);
    }
    return NULL;
}

static error read_row(struct arena *a, const struct transfer_noun *noun, json_t *root,
                      struct transfer_row *out)
{
    if (!json_is_object(root))
        return failure(a, FAULT_INPUT, S("line"), "is no JSON object");
    for (size_t i = 0; i < noun->fields->count; i++)
        try(read_cell(a, noun, i, json_object_get(root, noun->fields->all[i].name.ptr), out));
    for (size_t i = 0; i < TRANSFER_LISTS; i++)
        if (noun->lists[i].name.len)
            try(read_list(a, noun->lists[i].name, json_object_get(root, noun->lists[i].name.ptr),
                          &out->lists[i]));
    return see_no_others(a, noun, root);
}

error archive_line_read(struct arena *a, const struct transfer_noun *noun, str line,
                        struct transfer_row *out)
{
    json_error_t why;
    struct transfer_row row = {0};
    try(check_shape(a, line));
    json_t *root = json_loadb(line.ptr, line.len, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        return failure(a, FAULT_INPUT, S("line"), "is no JSON at byte %d: %s", why.position,
                       why.text);
    error e = read_row(a, noun, root, &row);
    json_decref(root);
    if (!e)
        *out = row;
    return e;
}
