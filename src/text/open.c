// A count of the elements that a tree parser would have open, and of the steps that costs it.
// SPDX-License-Identifier: Apache-2.0
#include "text/open.h"

#include <string.h>

_Static_assert(GUMBO_TAG_LAST < 256, "a tag fits a byte");

enum trait { FORMAT = 1, BLOCK = 2, VOID = 4, TABLE = 8, CLOSES_P = 16, SCOPE = 32, LIST = 64 };

static const unsigned char traits[GUMBO_TAG_LAST + 1] = {
    [GUMBO_TAG_A] = FORMAT,
    [GUMBO_TAG_B] = FORMAT,
    [GUMBO_TAG_CODE] = FORMAT,
    [GUMBO_TAG_EM] = FORMAT,
    [GUMBO_TAG_I] = FORMAT,
    [GUMBO_TAG_S] = FORMAT,
    [GUMBO_TAG_SMALL] = FORMAT,
    [GUMBO_TAG_STRONG] = FORMAT,
    [GUMBO_TAG_U] = FORMAT,
    [GUMBO_TAG_BR] = VOID,
    [GUMBO_TAG_COL] = VOID,
    [GUMBO_TAG_EMBED] = VOID,
    [GUMBO_TAG_HR] = VOID | CLOSES_P | BLOCK,
    [GUMBO_TAG_IMG] = VOID,
    [GUMBO_TAG_SOURCE] = VOID,
    [GUMBO_TAG_BLOCKQUOTE] = BLOCK | CLOSES_P,
    [GUMBO_TAG_DD] = BLOCK | CLOSES_P,
    [GUMBO_TAG_DETAILS] = BLOCK | CLOSES_P,
    [GUMBO_TAG_DIV] = BLOCK | CLOSES_P,
    [GUMBO_TAG_DL] = BLOCK | CLOSES_P,
    [GUMBO_TAG_DT] = BLOCK | CLOSES_P,
    [GUMBO_TAG_FIGCAPTION] = BLOCK | CLOSES_P,
    [GUMBO_TAG_FIGURE] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H1] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H2] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H3] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H4] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H5] = BLOCK | CLOSES_P,
    [GUMBO_TAG_H6] = BLOCK | CLOSES_P,
    [GUMBO_TAG_LI] = BLOCK | CLOSES_P,
    [GUMBO_TAG_OL] = BLOCK | CLOSES_P | LIST,
    [GUMBO_TAG_P] = BLOCK | CLOSES_P,
    [GUMBO_TAG_PRE] = BLOCK | CLOSES_P,
    [GUMBO_TAG_SUMMARY] = BLOCK | CLOSES_P,
    [GUMBO_TAG_UL] = BLOCK | CLOSES_P | LIST,
    [GUMBO_TAG_TABLE] = BLOCK | SCOPE,
    [GUMBO_TAG_CAPTION] = BLOCK | TABLE | SCOPE,
    [GUMBO_TAG_COLGROUP] = BLOCK | TABLE,
    [GUMBO_TAG_TBODY] = BLOCK | TABLE,
    [GUMBO_TAG_TD] = BLOCK | TABLE | SCOPE,
    [GUMBO_TAG_TFOOT] = BLOCK | TABLE,
    [GUMBO_TAG_TH] = BLOCK | TABLE | SCOPE,
    [GUMBO_TAG_THEAD] = BLOCK | TABLE,
    [GUMBO_TAG_TR] = BLOCK | TABLE,
};

// Blocks that a formatting element's end tag can work through (HTML §13.2.6.4.7 tries eight times).
enum { BLOCKS_CROSSED = 7, NOT_FOUND = -1 };

bool open_is_block(GumboTag tag)
{
    return traits[tag] & BLOCK;
}

// Drops what is open from `keep` on, save formatting elements: the parser opens those again.
static void pop_to(struct open *open, size_t keep)
{
    size_t left = keep;
    for (size_t i = keep; i < open->depth; i++)
        if (traits[open->tags[i]] & FORMAT)
            open->tags[left++] = open->tags[i];
    open->depth = left;
}

// Drops all from `keep` on: a cell or caption takes its formatting elements with it.
static void pop_all(struct open *open, size_t keep)
{
    open->depth = keep;
}

static void remove_at(struct open *open, size_t i)
{
    memmove(open->tags + i, open->tags + i + 1, open->depth - i - 1);
    open->depth--;
}

// The innermost open `tag` that no element with one of `borders` hides.
static ptrdiff_t find(const struct open *open, GumboTag tag, unsigned borders)
{
    for (size_t i = open->depth; i-- > 0;) {
        if (open->tags[i] == tag)
            return (ptrdiff_t)i;
        if (traits[open->tags[i]] & borders)
            return NOT_FOUND;
    }
    return NOT_FOUND;
}

static void close_p(struct open *open)
{
    ptrdiff_t p = find(open, GUMBO_TAG_P, SCOPE);
    if (p >= 0)
        pop_to(open, (size_t)p);
}

// A list item ends the one before it unless another block stands between.
static void close_item(struct open *open, GumboTag tag, GumboTag other)
{
    for (size_t i = open->depth; i-- > 0;) {
        if (open->tags[i] == tag || open->tags[i] == other) {
            pop_to(open, i);
            return;
        }
        if ((traits[open->tags[i]] & BLOCK) && open->tags[i] != GUMBO_TAG_DIV &&
            open->tags[i] != GUMBO_TAG_P)
            return;
    }
}

// Which part of a table a new part of this kind stays inside of.
static int rank_in_table(GumboTag tag)
{
    if (tag == GUMBO_TAG_TABLE)
        return 0;
    if (tag == GUMBO_TAG_TR)
        return 2;
    return tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH ? 3 : 1;
}

// False if there is no table for it: the parser ignores the tag.
static bool close_table_parts(struct open *open, GumboTag tag)
{
    ptrdiff_t table = find(open, GUMBO_TAG_TABLE, 0);
    if (table < 0)
        return false;
    for (size_t i = (size_t)table + 1; i < open->depth; i++)
        if ((traits[open->tags[i]] & TABLE) && rank_in_table(open->tags[i]) >= rank_in_table(tag)) {
            // Formatting elements met in a table before its cells stay open behind it.
            if (traits[open->tags[i]] & SCOPE)
                pop_all(open, i);
            else
                pop_to(open, i);
            break;
        }
    return true;
}

static void add_work(struct open *open, size_t times)
{
    open->work += (open->depth + 1) * times;
}

void open_start(struct open *open, GumboTag tag)
{
    unsigned trait = traits[tag];
    add_work(open, 1);
    if (trait & CLOSES_P)
        close_p(open);
    if (tag == GUMBO_TAG_LI)
        close_item(open, GUMBO_TAG_LI, GUMBO_TAG_LI);
    if (tag == GUMBO_TAG_DT || tag == GUMBO_TAG_DD)
        close_item(open, GUMBO_TAG_DT, GUMBO_TAG_DD);
    if (tag == GUMBO_TAG_A && find(open, GUMBO_TAG_A, SCOPE) >= 0)
        open_end(open, GUMBO_TAG_A);
    if ((trait & TABLE) && !close_table_parts(open, tag))
        return;
    if (!(trait & VOID) && open->depth < sizeof open->tags)
        open->tags[open->depth++] = (unsigned char)tag;
}

static void end_format(struct open *open, GumboTag tag)
{
    ptrdiff_t at = find(open, tag, SCOPE);
    int blocks = 0;
    if (at < 0)
        return;
    for (size_t i = (size_t)at + 1; i < open->depth; i++)
        blocks += (traits[open->tags[i]] & BLOCK) != 0;
    add_work(open, blocks ? 8 : 1);
    if (blocks <= BLOCKS_CROSSED)
        remove_at(open, (size_t)at);
}

void open_end(struct open *open, GumboTag tag)
{
    add_work(open, 1);
    if (traits[tag] & FORMAT) {
        end_format(open, tag);
        return;
    }
    unsigned borders = tag == GUMBO_TAG_LI ? SCOPE | LIST : SCOPE;
    bool heading = tag >= GUMBO_TAG_H1 && tag <= GUMBO_TAG_H6;
    ptrdiff_t at = find(open, tag, traits[tag] & (TABLE | SCOPE) ? 0 : borders);
    // The end of one heading ends any; the end of other elements does not cross a block.
    for (GumboTag h = GUMBO_TAG_H1; heading && at < 0 && h <= GUMBO_TAG_H6; h++)
        at = find(open, h, borders);
    if (!(traits[tag] & BLOCK))
        at = find(open, tag, BLOCK | SCOPE);
    if (at < 0)
        return;
    if (traits[tag] & SCOPE && tag != GUMBO_TAG_TABLE)
        pop_all(open, (size_t)at);
    else
        pop_to(open, (size_t)at);
}
