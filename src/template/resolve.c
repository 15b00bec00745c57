// Finds what a name in a template stands for.
// SPDX-License-Identifier: Apache-2.0
#include "template/resolve.h"

#include "base/buf.h"

enum { LISTED_FIELDS = 40, LONGEST_GUESS = 40 };

// Levenshtein's distance, or more than `LONGEST_GUESS` for long names.
static size_t distance(str a, str b)
{
    size_t row[LONGEST_GUESS + 1];
    if (a.len > LONGEST_GUESS || b.len > LONGEST_GUESS)
        return LONGEST_GUESS + 1;
    for (size_t j = 0; j <= b.len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a.len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b.len; j++) {
            size_t best = diagonal + (a.ptr[i - 1] != b.ptr[j - 1]);
            diagonal = row[j];
            best = row[j] + 1 < best ? row[j] + 1 : best;
            row[j] = row[j - 1] + 1 < best ? row[j - 1] + 1 : best;
        }
    }
    return row[b.len];
}

static str nearest(const struct fields *record, str name, size_t *least)
{
    str found = STR_NONE;
    for (size_t i = 0; i < record->count; i++) {
        size_t d = distance(record->all[i].name, name);
        if (d >= *least)
            continue;
        *least = d;
        found = record->all[i].name;
    }
    return found;
}

static void list_fields(struct buf *out, const struct fields *record)
{
    for (size_t i = 0; i < record->count && i < LISTED_FIELDS; i++) {
        buf_add(out, i ? S(", ") : S(""));
        buf_add(out, record->all[i].name);
    }
    if (record->count > LISTED_FIELDS)
        buf_add(out, S(", …"));
}

static error unknown(struct arena *errors, const struct node *node, const struct scope *scopes,
                     size_t count, str name)
{
    struct buf records = buf_new(errors, 4096), fields = buf_new(errors, 4096);
    size_t least = 2 + name.len / 4;
    str guess = STR_NONE;
    for (size_t i = count; i--;) {
        if (!scopes[i].record)
            continue;
        str near = nearest(scopes[i].record, name, &least);
        guess = near.ptr ? near : guess;
        buf_add(&records, records.len ? S(" or ") : S(""));
        buf_add(&records, scopes[i].record->record);
        if (!fields.len)
            list_fields(&fields, scopes[i].record);
    }
    if (guess.ptr)
        return node_error(errors, node, "unknown field \"%.*s\" of %.*s: did you mean \"%.*s\"?",
                          STR(name), STR(buf_str(&records)), STR(guess));
    return node_error(errors, node, "unknown field \"%.*s\" of %.*s (fields: %.*s)", STR(name),
                      STR(buf_str(&records)), STR(buf_str(&fields)));
}

error scope_lookup(struct arena *errors, const struct node *node, const struct scope *scopes,
                   size_t count, str name, uint8_t *slot, const struct field **out)
{
    for (size_t i = count; i--;) {
        const struct field *field = scopes[i].record ? field_by_name(scopes[i].record, name) : NULL;
        if (!field)
            continue;
        *slot = scopes[i].slot;
        *out = field;
        return NULL;
    }
    return unknown(errors, node, scopes, count, name);
}

error record_lookup(struct arena *errors, const struct node *node, const struct fields *record,
                    str name, const struct field **out)
{
    const struct field *field = field_by_name(record, name);
    if (!field)
        return unknown(errors, node, &(struct scope){.record = record}, 1, name);
    *out = field;
    return NULL;
}
