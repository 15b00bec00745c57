// Fuzzes forms: what is read is text, and no more than there was.
// SPDX-License-Identifier: Apache-2.0
#include <assert.h>

#include "base/arena.h"
#include "http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct form form;
    error e = form_parse(a, (str){(const char *)data, size}, &form);
    if (e) {
        assert(e->fault == FAULT_INPUT || e->fault == FAULT_LIMIT);
    } else {
        size_t total = 0;
        assert(form.count <= FORM_FIELDS);
        for (size_t i = 0; i < form.count; i++) {
            assert(str_valid_utf8(form.fields[i].name) && str_valid_utf8(form.fields[i].value));
            assert(form_value(&form, form.fields[i].name).ptr);
            total += form.fields[i].name.len + form.fields[i].value.len;
        }
        assert(total <= size);
    }
    arena_free(a);
    return 0;
}
