// Records described once: the table that SQL rows, templates and JSON address a struct by.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/str.h"

enum field_kind {
    FIELD_STR,
    FIELD_HTML, // clean markup: the only kind a template may emit unescaped
    FIELD_INT,  // int64_t
    FIELD_REAL, // double
    FIELD_BOOL,
    FIELD_INSTANT,
    FIELD_LIST,   // struct list of the records described by `of`
    FIELD_RECORD, // pointer to one record described by `of`, or NULL
};

// Rows of one record type, one after the other.
struct list {
    void *rows;
    size_t count;
};

struct field {
    str name;
    size_t offset;
    enum field_kind kind;
    const struct fields *of; // for lists and records
};

struct fields {
    str record; // its name in messages
    size_t size;
    const struct field *all;
    size_t count;
};

// The kind deduced from the member's type; a type that is none of these does not compile.
#define FIELD_KIND(type, member)                                                                   \
    _Generic(((type *)0)->member, str                                                              \
             : FIELD_STR, html                                                                     \
             : FIELD_HTML, int64_t                                                                 \
             : FIELD_INT, double                                                                   \
             : FIELD_REAL, bool                                                                    \
             : FIELD_BOOL, instant                                                                 \
             : FIELD_INSTANT)

#define FIELD(type, member)                                                                        \
    {                                                                                              \
        {#member, sizeof #member - 1}, offsetof(type, member), FIELD_KIND(type, member), NULL      \
    }
#define FIELD_LIST_OF(type, member, table)                                                         \
    {                                                                                              \
        {#member, sizeof #member - 1}, offsetof(type, member),                                     \
            _Generic(((type *)0)->member, struct list                                              \
                     : FIELD_LIST),                                                                \
            table                                                                                  \
    }
// `member` is a pointer to the record.
#define FIELD_ONE_OF(type, member, table)                                                          \
    {                                                                                              \
        {#member, sizeof #member - 1}, offsetof(type, member), FIELD_RECORD, table                 \
    }

// Defines `const struct fields name` over a static array of fields:
//     FIELDS(topic_fields, struct topic, "topic", FIELD(struct topic, id), FIELD(struct topic,
//     name));
#define FIELDS(name, ...)                                                                          \
    extern const struct fields name;                                                               \
    FIELDS_AS(, name, __VA_ARGS__)
// The same, for one file alone.
#define FIELDS_LOCAL(name, ...) FIELDS_AS(static, name, __VA_ARGS__)
#define FIELDS_AS(storage, name, type, record_name, ...)                                           \
    static const struct field name##_all[] = {__VA_ARGS__};                                        \
    storage const struct fields name = {{record_name, sizeof record_name - 1},                     \
                                        sizeof(type),                                              \
                                        name##_all,                                                \
                                        sizeof name##_all / sizeof *name##_all}

// The field called `name`, or NULL.
const struct field *field_by_name(const struct fields *fields, str name);

// Where the field stands in `record`.
static inline void *field_of(const void *record, const struct field *field)
{
    return (char *)record + field->offset;
}

// Row `i` of a list of records of `size` bytes.
static inline void *list_row(const struct list *list, size_t size, size_t i)
{
    return (char *)list->rows + size * i;
}
#define list_at(list, type, i) ((type *)list_row((list), sizeof(type), (i)))
