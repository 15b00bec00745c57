// Code points out of and into UTF-8.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct buf;

// The code point at *at, which moves behind it; malformed bytes read as U+FFFD one at a time.
// *at must be below s.len.
uint32_t utf8_next(str s, size_t *at);

void utf8_add(struct buf *b, uint32_t code_point);

// The same text as well-formed UTF-8 without NUL: what is malformed becomes U+FFFD. Copies nothing
// when nothing is wrong.
str utf8_repair(struct arena *a, str s);

// The longest prefix of at most `most` bytes that breaks no sequence.
str utf8_cut(str s, size_t most);

// Number of code points, counting each malformed byte as one.
size_t utf8_count(str s);
