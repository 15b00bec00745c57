// What an archive says of itself: format, origin, and each member's size and hash.
// SPDX-License-Identifier: Apache-2.0
#include "interop/archive_manifest.h"

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/json.h"

#define FORMAT S("broadsheet-archive")

// ---- writing

static void put_member(struct json *j, const struct manifest_member *member)
{
    buf_add(j->out, S("\n"));
    json_open_object(j);
    json_put_member(j, S("name"), member->name);
    if (str_ends(member->name, S(".jsonl"))) {
        json_put_name(j, S("rows"));
        json_put_int(j, member->rows);
    }
    json_put_name(j, S("bytes"));
    json_put_int(j, member->bytes);
    json_put_member(j, S("sha256"), member->sha256);
    json_close_object(j);
}

void manifest_write(struct buf *out, const struct manifest *m)
{
    struct json j = json_into(out);
    json_open_object(&j);
    json_put_member(&j, S("format"), FORMAT);
    json_put_name(&j, S("version"));
    json_put_int(&j, MANIFEST_VERSION);
    json_put_member(&j, S("program"), m->program);
    json_put_member(&j, S("publication"), m->publication);
    json_put_member(&j, S("base_url"), m->base_url);
    json_put_member(&j, S("created"), m->created);
    json_put_name(&j, S("members"));
    json_open_list(&j);
    for (size_t i = 0; i < m->members.count; i++)
        put_member(&j, list_at(&m->members, struct manifest_member, i));
    json_close_list(&j);
    json_close_object(&j);
    buf_add_char(out, '\n');
}

// ---- reading

static error wrong(struct arena *a, const char *what)
{
    return failure(a, FAULT_INPUT, MANIFEST_NAME, "%s", what);
}

static str text_of(struct arena *a, const json_t *object, const char *name)
{
    const json_t *found = json_object_get(object, name);
    return json_is_string(found)
               ? str_copy(a, (str){json_string_value(found), json_string_length(found)})
               : STR_NONE;
}

static int64_t number_of(const json_t *object, const char *name)
{
    const json_t *found = json_object_get(object, name);
    return json_is_integer(found) ? json_integer_value(found) : -1;
}

static error read_member(struct arena *a, const json_t *from, struct manifest_member *out)
{
    *out = (struct manifest_member){text_of(a, from, "name"), number_of(from, "rows"),
                                    number_of(from, "bytes"), text_of(a, from, "sha256")};
    if (!out->name.len || out->bytes < 0 || out->sha256.len != 64)
        return wrong(a, "has a member without name, bytes or sha256");
    if (out->rows < 0 && str_ends(out->name, S(".jsonl")))
        return wrong(a, "has a member without its number of rows");
    return NULL;
}

static error read_members(struct arena *a, const json_t *from, struct list *out)
{
    if (!json_is_array(from))
        return wrong(a, "has no list of members");
    size_t count = json_array_size(from);
    struct manifest_member *members = arena_array(a, struct manifest_member, count);
    for (size_t i = 0; i < count; i++)
        try(read_member(a, json_array_get(from, i), &members[i]));
    *out = (struct list){members, count};
    return NULL;
}

static error read_root(struct arena *a, const json_t *root, struct manifest *out)
{
    if (!str_eq(text_of(a, root, "format"), FORMAT))
        return wrong(a, "is not that of a Broadsheet archive");
    int64_t version = number_of(root, "version");
    if (version != MANIFEST_VERSION)
        return failure(a, FAULT_INPUT, MANIFEST_NAME,
                       "has format version %lld; this program reads version %d: take a newer one",
                       (long long)version, MANIFEST_VERSION);
    *out = (struct manifest){.program = text_of(a, root, "program"),
                             .publication = text_of(a, root, "publication"),
                             .base_url = text_of(a, root, "base_url"),
                             .created = text_of(a, root, "created")};
    return read_members(a, json_object_get(root, "members"), &out->members);
}

error manifest_read(struct arena *a, str text, struct manifest *out)
{
    json_error_t why;
    json_t *root = json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &why);
    if (!root)
        return failure(a, FAULT_INPUT, MANIFEST_NAME, "line %d is no JSON: %s", why.line, why.text);
    error e = read_root(a, root, out);
    json_decref(root);
    return e;
}
