// Errors as values: NULL is success; otherwise a kind, a place and a sentence.
// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include "base/arena.h"

error failure(struct arena *a, enum fault fault, str where, const char *format, ...)
{
    struct failure *failure = arena_make(a, struct failure);
    va_list args;
    va_start(args, format);
    *failure = (struct failure){fault, str_copy(a, where), str_vformat(a, format, args)};
    va_end(args);
    return failure;
}

str error_text(struct arena *a, error e)
{
    return e->where.len ? str_format(a, "%.*s: %.*s", STR(e->where), STR(e->message)) : e->message;
}

str fault_name(enum fault fault)
{
    static const char *const names[] = {
        [FAULT_INPUT] = "input",   [FAULT_NOT_FOUND] = "not-found", [FAULT_CONFLICT] = "conflict",
        [FAULT_DENIED] = "denied", [FAULT_LIMIT] = "limit",         [FAULT_BUSY] = "busy",
        [FAULT_IO] = "io",         [FAULT_DATA] = "data",
    };
    return str_of(names[fault]);
}
