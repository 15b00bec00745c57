// Records described once: the table that SQL rows, templates and JSON address a struct by.
// SPDX-License-Identifier: Apache-2.0
#include "base/fields.h"

const struct field *field_by_name(const struct fields *fields, str name)
{
    for (size_t i = 0; i < fields->count; i++)
        if (str_eq(fields->all[i].name, name))
            return &fields->all[i];
    return NULL;
}
