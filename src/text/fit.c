// Breaks a headline into the lines of a drawing, as large as it can stand there.
// SPDX-License-Identifier: Apache-2.0
#include "text/fit.h"

#include <stdint.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#include "base/arena.h"
#include "base/buf.h"
#include "text/utf8.h"

enum {
    FIT_MOST = 4096, // bytes looked at
    BREAKS_MOST = 1024,
};

// Advance widths in thousandths of the size, from the space on: Newsreader (opsz 32, wght 560),
// Public Sans (wght 600).
enum { FIRST = ' ', LATIN = 95 };
static const uint16_t latin[][LATIN] = {
    {216, 270, 369, 596, 596, 809, 730, 198,  280, 280, 418, 520, 242, 342,  236, 392,
     596, 596, 596, 596, 596, 596, 596, 596,  596, 596, 260, 270, 520, 520,  520, 453,
     888, 730, 670, 704, 772, 656, 604, 756,  818, 355, 442, 756, 620, 1004, 762, 782,
     634, 782, 682, 565, 690, 772, 706, 1003, 734, 703, 646, 308, 391, 308,  520, 410,
     500, 476, 556, 448, 566, 468, 360, 504,  572, 288, 262, 558, 278, 846,  582, 533,
     570, 555, 414, 392, 364, 554, 534, 764,  520, 536, 448, 304, 230, 304,  520},
    {234, 268, 455, 610, 670, 923, 750, 255, 320, 324, 437, 573, 260, 386, 250, 368,
     630, 418, 618, 649, 644, 659, 643, 614, 660, 643, 250, 261, 563, 573, 563, 528,
     829, 719, 678, 704, 708, 628, 604, 747, 768, 296, 396, 701, 578, 903, 770, 748,
     645, 762, 687, 682, 606, 714, 690, 962, 704, 640, 654, 322, 368, 322, 479, 536,
     243, 560, 603, 546, 603, 572, 396, 626, 585, 258, 276, 572, 317, 882, 586, 571,
     602, 602, 402, 518, 404, 588, 513, 784, 577, 550, 489, 358, 266, 360, 592}};

static double width_of(uint32_t c, enum fit_face face)
{
    if (c >= FIRST && c < FIRST + LATIN)
        return latin[face][c - FIRST] / 1000.0;
    switch (u_charType((UChar32)c)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR:
    case U_CONTROL_CHAR:
        return 0;
    default:
        break;
    }
    int wide = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    if (wide == U_EA_WIDE || wide == U_EA_FULLWIDTH || c >= 0x1F000)
        return 1.05;
    // Letters of other alphabets come from a face that is wider than ours.
    return u_isupper((UChar32)c) ? 0.8 : 0.66;
}

double fit_width(str text, enum fit_face face)
{
    double width = 0;
    for (size_t at = 0; at < text.len;)
        width += width_of(utf8_next(text, &at), face);
    return width;
}

// One line of well-formed text, without white space that could not be seen.
static str tidy(struct arena *a, str text)
{
    struct buf out = buf_new(a, FIT_MOST);
    bool space = false;
    text = utf8_repair(a, utf8_cut(text, FIT_MOST / 3));
    for (size_t at = 0; at < text.len;) {
        size_t begin = at;
        uint32_t c = utf8_next(text, &at);
        if (u_isUWhiteSpace((UChar32)c) || u_iscntrl((UChar32)c)) {
            // A space that forbids a break keeps doing so.
            if (c != 0xA0 && c != 0x202F) {
                space = out.len > 0;
                continue;
            }
        }
        if (space)
            buf_add_char(&out, ' ');
        space = false;
        buf_add(&out, str_sub(text, begin, at));
    }
    return str_trim(buf_str(&out));
}

static bool is_rightwards(str text)
{
    for (size_t at = 0; at < text.len;) {
        switch (u_charDirection((UChar32)utf8_next(text, &at))) {
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
            return true;
        case U_LEFT_TO_RIGHT:
            return false;
        default:
            break;
        }
    }
    return false;
}

// Where the text may be parted: offsets, ascending, the last its end.
struct breaks {
    int32_t at[BREAKS_MOST];
    size_t count;
};

static void find_breaks(str text, UBreakIteratorType type, struct breaks *out)
{
    UErrorCode status = U_ZERO_ERROR;
    UText *shown = utext_openUTF8(NULL, text.ptr, (int64_t)text.len, &status);
    UBreakIterator *cutter = ubrk_open(type, "", NULL, 0, &status);
    ubrk_setUText(cutter, shown, &status);
    out->count = 0;
    if (U_SUCCESS(status)) {
        ubrk_first(cutter);
        for (int32_t at; (at = ubrk_next(cutter)) != UBRK_DONE && out->count < BREAKS_MOST;)
            out->at[out->count++] = at;
    }
    ubrk_close(cutter);
    utext_close(shown);
    if (!out->count || out->at[out->count - 1] != (int32_t)text.len) {
        out->count -= out->count == BREAKS_MOST;
        out->at[out->count++] = (int32_t)text.len;
    }
}

struct breaking {
    str text;
    enum fit_face face;
    struct breaks lines, letters;
};

static double width_between(const struct breaking *b, size_t from, size_t to)
{
    return fit_width(str_trim_right(str_sub(b->text, from, to)), b->face);
}

// The last of the breaks behind `from` up to which the text is no wider than `most`; `from` itself
// when there is none.
static size_t furthest(const struct breaking *b, const struct breaks *breaks, size_t from,
                       double most)
{
    size_t end = from;
    for (size_t i = 0; i < breaks->count; i++) {
        size_t at = (size_t)breaks->at[i];
        if (at <= from)
            continue;
        if (width_between(b, from, at) > most)
            break;
        end = at;
    }
    return end;
}

// The letter that stands at `from`, however wide.
static size_t behind_letter(const struct breaking *b, size_t from)
{
    for (size_t i = 0; i < b->letters.count; i++)
        if ((size_t)b->letters.at[i] > from)
            return (size_t)b->letters.at[i];
    return b->text.len;
}

// Fills lines of at most `most` sizes, `in_words` by parting words that are wider; false when that
// is not allowed but needed, or more than `limit` lines are.
static bool fill_lines(const struct breaking *b, double most, size_t limit, bool in_words,
                       struct fit *out)
{
    out->count = 0;
    for (size_t from = 0; from < b->text.len;) {
        size_t end = furthest(b, &b->lines, from, most);
        if (out->count == limit || (end == from && !in_words))
            return false;
        if (end == from)
            end = furthest(b, &b->letters, from, most);
        if (end == from)
            end = behind_letter(b, from);
        out->lines[out->count++] = str_trim_right(str_sub(b->text, from, end));
        from = end;
    }
    return true;
}

static size_t lines_in(const struct fit_room *room, double size)
{
    size_t lines = (size_t)(room->height / (size * room->leading));
    return lines < 1 ? 1 : lines > FIT_LINES ? FIT_LINES : lines;
}

// The least width that still gives as many lines: none is then left with a single word.
static void balance(const struct breaking *b, double most, struct fit *out)
{
    double low = most / 2, high = most;
    size_t count = out->count;
    for (int i = 0; i < 10 && count > 1; i++) {
        double middle = (low + high) / 2;
        struct fit tried = *out;
        if (fill_lines(b, middle, count, /* in_words= */ false, &tried)) {
            high = middle;
            *out = tried;
        } else {
            low = middle;
        }
    }
}

static void end_with_ellipsis(struct arena *a, const struct breaking *b, double most,
                              struct fit *out)
{
    str *last = &out->lines[out->count - 1];
    str shorter = *last;
    double ellipsis = fit_width(S("…"), b->face);
    for (size_t i = b->letters.count; i-- > 0 && fit_width(shorter, b->face) + ellipsis > most;) {
        const char *at = b->text.ptr + b->letters.at[i];
        if (at > last->ptr && at < last->ptr + last->len)
            shorter.len = (size_t)(at - last->ptr);
    }
    *last = str_join(a, str_trim_right(shorter), S("…"));
    out->cut = true;
}

struct fit fit_text(struct arena *a, str text, const struct fit_room *room)
{
    struct fit out = {0};
    struct breaking *b = arena_make(a, struct breaking);
    b->face = room->face;
    b->text = tidy(a, text);
    if (!b->text.len)
        return out;
    find_breaks(b->text, UBRK_LINE, &b->lines);
    find_breaks(b->text, UBRK_CHARACTER, &b->letters);
    out.rightwards = is_rightwards(b->text);
    for (size_t i = 0; i < room->count; i++) {
        out.size = room->sizes[i];
        // A size at which a word must be parted is too large, unless there is no smaller one.
        bool last = i + 1 == room->count;
        double most = room->width / out.size;
        if (fill_lines(b, most, lines_in(room, out.size), last, &out)) {
            balance(b, most, &out);
            return out;
        }
    }
    end_with_ellipsis(a, b, room->width / out.size, &out);
    return out;
}
