// How much there is to read.
// SPDX-License-Identifier: Apache-2.0
#include "text/words.h"

#include <stdbool.h>
#include <unicode/uchar.h>

#include "text/utf8.h"

enum { WORDS_A_MINUTE = 275, CJK_A_MINUTE = 500, FIRST_PICTURE = 12, LATER_PICTURES = 3 };

static bool is_cjk(uint32_t c)
{
    return (c >= 0x3041 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFF66 && c <= 0xFF9D) ||
           (c >= 0x20000 && c <= 0x323AF);
}

enum sort { GAP, SIGN, LETTER, IDEOGRAPH };

// What a character does to the word before it: ends it, hangs on, makes it a word, or counts alone.
static enum sort sort_of(uint32_t c)
{
    if (c < 0x80) {
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        return letter ? LETTER : c <= ' ' ? GAP : SIGN;
    }
    if (is_cjk(c))
        return IDEOGRAPH;
    if (u_isalnum((UChar32)c))
        return LETTER;
    // Dashes part words even without spaces around them.
    return u_isUWhiteSpace((UChar32)c) || c == 0x2013 || c == 0x2014 ? GAP : SIGN;
}

struct words words_count(str plain)
{
    struct words w = {0};
    bool in_word = false;
    for (size_t at = 0; at < plain.len;) {
        enum sort sort = sort_of(utf8_next(plain, &at));
        w.words += sort == LETTER && !in_word;
        w.cjk_characters += sort == IDEOGRAPH;
        in_word = sort == LETTER || (in_word && sort == SIGN);
    }
    return w;
}

int64_t reading_minutes(struct words w, int64_t pictures)
{
    int64_t seconds = w.words * 60 / WORDS_A_MINUTE + w.cjk_characters * 60 / CJK_A_MINUTE;
    int64_t falling = FIRST_PICTURE - LATER_PICTURES;
    int64_t slow = pictures < falling ? pictures : falling;
    seconds += slow * FIRST_PICTURE - slow * (slow - 1) / 2 + (pictures - slow) * LATER_PICTURES;
    int64_t minutes = (seconds + 30) / 60;
    return minutes > 1 ? minutes : 1;
}
