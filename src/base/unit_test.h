// What every unit test includes first: cmocka and the headers it wants before it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"

// Compares a str with a literal or zero-terminated text, showing both when they differ.
#define assert_str(actual, expected)                                                               \
    do {                                                                                           \
        str actual_ = (actual), expected_ = str_of(expected);                                      \
        if (!str_eq(actual_, expected_))                                                           \
            fail_msg("\"%.*s\" is not \"%.*s\"", STR(actual_), STR(expected_));                    \
    } while (0)
