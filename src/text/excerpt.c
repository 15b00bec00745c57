// The opening of a text, for lists and descriptions.
// SPDX-License-Identifier: Apache-2.0
#include "text/excerpt.h"

#include <stdbool.h>
#include <unicode/uchar.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/utf8.h"

// Invitations that syndicated stories open with, and how the sentence behind them starts.
static const struct {
    str opening, follows;
} boilerplate[] = {
    {S("Unlock the Editor's Digest for free"), S("Roula Khalaf, Editor of the FT")},
    {S("Unlock the White House Watch newsletter for free"), S("Your guide to")},
    {S("Stay informed with free updates"), S("Simply sign up to the")},
    {S("Get ahead with daily markets updates."), S("Join the FT")},
    {S("This article is an on-site version of our"), S("Sign up here")},
    {S("Sign up to our newsletter"), S("")},
    {S("Sign up for our newsletter"), S("")},
    {S("Subscribe to our newsletter"), S("")},
    {S("Skip to main content"), S("")},
    {S("Your browser does not support"), S("")},
    {S("Listen to this article"), S("")},
    {S("Advertisement"), S("Continue reading")},
    {S("Premium subscribers only"), S("")},
};

// Length of the match of `start` at the front of `s`, ignoring case and the shape of apostrophes;
// 0 if there is none.
static size_t match(str s, str start)
{
    size_t at = 0;
    for (size_t i = 0; i < start.len; i++) {
        str rest = str_from(s, at);
        if (start.ptr[i] == '\'' && str_starts(rest, S("\xE2\x80\x99")))
            at += 3;
        else if (rest.len && str_eq_nocase(str_sub(rest, 0, 1), str_sub(start, i, i + 1)))
            at++;
        else
            return 0;
    }
    return at;
}

static str after_sentence(str s)
{
    for (size_t i = 0; i < s.len; i++) {
        bool stop = s.ptr[i] == '.' || s.ptr[i] == '!' || s.ptr[i] == '?';
        bool last = i + 1 >= s.len || s.ptr[i + 1] == ' ' || s.ptr[i + 1] == '\n';
        if (s.ptr[i] == '\n' || (stop && last))
            return str_from(s, i + 1);
    }
    return str_from(s, s.len);
}

// What follows the boilerplate at the front of `s`; `s` itself if it starts with none.
static str without_one(str s)
{
    for (size_t i = 0; i < sizeof boilerplate / sizeof *boilerplate; i++) {
        size_t len = match(s, boilerplate[i].opening);
        if (!len)
            continue;
        str rest = str_from(s, len);
        bool line_ends = !rest.len || *rest.ptr == '\n';
        // A word like "Advertisement" alone must not eat a story that starts with it.
        if (!line_ends && !boilerplate[i].follows.len)
            continue;
        rest = str_trim(rest);
        size_t follows = match(rest, boilerplate[i].follows);
        if (!line_ends && !follows)
            continue;
        return follows ? str_trim(after_sentence(rest)) : rest;
    }
    return s;
}

static bool is_space(uint32_t c)
{
    return c <= ' ' || c == 0xA0 || (c > 0x7F && u_isUWhiteSpace((UChar32)c));
}

static bool on_one_line(struct buf *out, str s, size_t most, size_t *ends)
{
    size_t count = 0;
    bool gap = false;
    for (size_t at = 0; at < s.len;) {
        uint32_t c = utf8_next(s, &at);
        if (is_space(c)) {
            gap = out->len > 0;
            continue;
        }
        if (gap && count < most) {
            ends[count++] = out->len;
            buf_add_char(out, ' ');
        }
        gap = false;
        if (count >= most)
            return false;
        ends[count++] = out->len;
        utf8_add(out, c);
    }
    return true;
}

// Whether text may be cut in front of `c`: not before what belongs to the character ahead of it.
static bool may_start(uint32_t c)
{
    return !u_hasBinaryProperty((UChar32)c, UCHAR_GRAPHEME_EXTEND) && c != 0x200D &&
           !u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_MODIFIER) &&
           !(c >= 0x1F1E6 && c <= 0x1F1FF);
}

static bool breaks_anywhere(uint32_t c)
{
    return u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC) || (c >= 0x3041 && c <= 0x30FF);
}

static bool hangs(uint32_t c)
{
    return is_space(c) || c == ',' || c == ';' || c == ':' || c == '.' || c == '-' || c == '(' ||
           c == '[' || c == '"' || c == 0x2013 || c == 0x2014 || c == 0x2018 || c == 0x201C ||
           c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0x2026;
}

static uint32_t char_at(str s, size_t at)
{
    return utf8_next(s, &at);
}

// Where to cut `s`, of which `ends` holds the start of each of its `count` characters, so that it
// ends with a whole word and one character is left for the dots.
static size_t cut_at(str s, const size_t *ends, size_t count)
{
    for (size_t i = count; i-- > 1;)
        if (char_at(s, ends[i]) == ' ' ||
            (breaks_anywhere(char_at(s, ends[i])) && breaks_anywhere(char_at(s, ends[i - 1])))) {
            while (i > 1 && hangs(char_at(s, ends[i - 1])))
                i--;
            if (i > 1 || !hangs(char_at(s, 0)))
                return ends[i];
        }
    // One endless word: anywhere that parts no character from its marks.
    size_t i = count > 1 ? count - 1 : 0;
    while (i > 0 && (!may_start(char_at(s, ends[i])) || char_at(s, ends[i - 1]) == 0x200D))
        i--;
    return ends[i];
}

str excerpt_from(struct arena *a, str plain, size_t most)
{
    str rest = str_trim(plain), before;
    do {
        before = rest;
        rest = without_one(rest);
    } while (rest.ptr != before.ptr);
    if (!most)
        return S("");
    if (!rest.len)
        rest = str_trim(plain);
    struct buf out = buf_new(a, plain.len * 3 + 8);
    size_t *ends = arena_array(a, size_t, most);
    if (on_one_line(&out, rest, most, ends))
        return buf_str(&out);
    str all = buf_str(&out);
    out.len = cut_at(all, ends, utf8_count(all));
    buf_add(&out, S("…"));
    return buf_str(&out);
}
