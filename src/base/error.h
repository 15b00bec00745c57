// Errors as values: NULL is success; otherwise a kind, a place and a sentence.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/str.h"

struct arena;

// The kinds that a caller can act on; app/ maps them to HTTP status and exit status in one place.
enum fault {
    FAULT_INPUT,     // what was handed in is wrong
    FAULT_NOT_FOUND, // what was named does not exist
    FAULT_CONFLICT,  // it clashes with what is there
    FAULT_DENIED,    // not allowed
    FAULT_LIMIT,     // over a limit of size, count, depth or time
    FAULT_BUSY,      // try again: something else holds it, or it is away
    FAULT_IO,        // the system refused: disk, file, socket, database
    FAULT_DATA,      // what was stored is not what it should be
};

// `where` is the operation or the place in the input ("story publish: a.md:3"); `message` says what
// is wrong and what to do, without a final full stop.
struct failure {
    enum fault fault;
    str where;
    str message;
};

typedef const struct failure *error;

#define fallible __attribute__((warn_unused_result))

// Hands a failure on to the caller: the only control-flow macro.
#define try(call)                                                                                  \
    do {                                                                                           \
        error try_error = (call);                                                                  \
        if (try_error)                                                                             \
            return try_error;                                                                      \
    } while (0)

// A failure that lives in `a`; `where` is copied.
error failure(struct arena *a, enum fault fault, str where, const char *format, ...)
    __attribute__((format(printf, 4, 5))) fallible;

// "where: message"
str error_text(struct arena *a, error e);
str fault_name(enum fault fault);
