// Writes the helper's answer as image/protocol.h describes it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>

#include "base/str.h"

// Ends the program with one printable sentence about the picture.
_Noreturn void refuse_input(const char *format, ...) __attribute__((format(printf, 1, 2)));
_Noreturn void refuse_limit(const char *format, ...) __attribute__((format(printf, 1, 2)));

// A line of the answer, and bytes behind it. They end the program when nobody reads any more.
void answer_line(const char *format, ...) __attribute__((format(printf, 1, 2)));
void answer_bytes(const void *bytes, size_t size);
