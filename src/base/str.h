// Text as pointer and length, by value; never NUL-terminated by promise.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

typedef struct {
    const char *ptr;
    size_t len;
} str;

// Markup that has passed the cleaner or was rendered by a template: the only text that reaches a
// page unescaped.
typedef struct {
    str text;
} html;

#define S(literal) ((str){"" literal, sizeof(literal) - 1})
#define STR_NONE ((str){NULL, 0})

// For printf: printf("%.*s", STR(s))
#define STR(s) (int)(s).len, (s).ptr

str str_of(const char *zero_terminated); // NULL gives the empty str
bool str_eq(str a, str b);
bool str_eq_nocase(str a, str b); // ASCII letters only
int str_cmp(str a, str b);        // by bytes, as memcmp; a prefix sorts first
bool str_starts(str s, str prefix);
bool str_ends(str s, str suffix);
ptrdiff_t str_find(str s, str needle);      // offset of the first occurrence, or -1
ptrdiff_t str_find_char(str s, char c);     // offset of the first occurrence, or -1
ptrdiff_t str_rfind_char(str s, char c);    // offset of the last occurrence, or -1
str str_sub(str s, size_t from, size_t to); // clamped to s
str str_from(str s, size_t from);           // the rest; clamped
str str_trim(str s);                        // without ASCII white space at both ends
str str_trim_right(str s);

// Splits at the first `separator`: returns what stands before it and leaves the rest in *s. At the
// end returns all and leaves *s empty with ptr NULL, so `while (s.ptr)` visits every piece.
str str_cut(str *s, char separator);

// Decimal number of at most 18 digits with an optional sign, all of `s`; false if it is not one.
bool str_int(str s, int64_t *out);

str str_copy(struct arena *a, str s);
char *str_z(struct arena *a, str s); // a NUL-terminated copy
str str_join(struct arena *a, str first, str second);
str str_concat(struct arena *a, const str *pieces, size_t count);
#define str_of_all(a, ...)                                                                         \
    str_concat(a, (const str[]){__VA_ARGS__}, sizeof((const str[]){__VA_ARGS__}) / sizeof(str))
str str_hex(struct arena *a, uint64_t number); // 16 lower-case digits
str str_lower(struct arena *a, str s);         // ASCII letters only
str str_format(struct arena *a, const char *format, ...) __attribute__((format(printf, 2, 3)));
str str_vformat(struct arena *a, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

// Whether `s` is well-formed UTF-8 without NUL (Unicode 15, table 3-7).
bool str_valid_utf8(str s);

// A 64-bit hash for tables; `seed` from random bytes where strangers choose the text.
uint64_t str_hash(str s, uint64_t seed);
