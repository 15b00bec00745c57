// What a table's cells say of its columns. What cleaning takes away or adds must not matter here:
// the shape of a cleaned table is the same. SPDX-License-Identifier: Apache-2.0
#include "text/table.h"

#include <string.h>

#include "text/attributes.h"
#include "text/runs.h"

enum { NUMBER_BYTES = 24, LETTERS_MOST = 3, NUMBERED_COLUMNS = 64, SPAN_MOST = 100 };

// What stands in a cell, as far as it may be a number: "−1.2%", "£24m", "3.2bn".
struct cell {
    int bytes, digits, letters, capitals;
    bool other;
};

static void add_letter(struct cell *cell, char c)
{
    if (c >= '0' && c <= '9')
        cell->digits++;
    else if (c >= 'a' && c <= 'z')
        cell->letters++;
    else if (c == 'M' || c == 'B' || c == 'K' || c == 'T')
        cell->capitals++;
    else if (!strchr(".,+-%()/:$", c))
        cell->other = true;
}

// Length of a sign beyond ASCII that stands in numbers; 0 for any other.
static size_t sign_at(str s)
{
    static const char *const signs[] = {"\u00A0", "£", "¥", "€", "−", "–", "\u2009", "\u202F"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, str_of(signs[i])))
            return strlen(signs[i]);
    return 0;
}

static void add_text(struct cell *cell, str s)
{
    while (s.len && !cell->other) {
        size_t sign = sign_at(s);
        if (!sign && *s.ptr != ' ' && *s.ptr != '\n') {
            cell->bytes++;
            add_letter(cell, *s.ptr);
        }
        cell->other = cell->other || cell->bytes > NUMBER_BYTES;
        s = str_from(s, sign ? sign : 1);
    }
}

// As deep as the tree, which tame() limits.
static void add_node(struct cell *cell, const struct runs *runs, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT)
        add_text(cell, runs_expand(runs, runs->arena, str_of(node->v.text.text)));
    if (node->type != GUMBO_NODE_ELEMENT)
        return;
    for (unsigned i = 0; i < node->v.element.children.length && !cell->other; i++)
        add_node(cell, runs, node->v.element.children.data[i]);
}

int table_span(const GumboNode *cell)
{
    int64_t span = attributes_number(cell, "colspan", 2, SPAN_MOST);
    return span < 0 ? 1 : (int)span;
}

struct columns {
    const struct runs *runs;
    uint64_t numbers, others;
    bool spans_rows;
    int count;
};

static void judge(struct columns *columns, const GumboNode *node, int at)
{
    struct cell cell = {0};
    add_node(&cell, columns->runs, node);
    bool letters =
        cell.letters > LETTERS_MOST || (cell.capitals && cell.letters) || cell.capitals > 1;
    if (cell.other || letters || (cell.bytes && !cell.digits && cell.letters + cell.capitals))
        columns->others |= (uint64_t)1 << at;
    else if (cell.digits)
        columns->numbers |= (uint64_t)1 << at;
}

static void add_row(struct columns *columns, const GumboNode *row, bool heads)
{
    int at = 0;
    for (unsigned i = 0; i < row->v.element.children.length; i++) {
        const GumboNode *cell = row->v.element.children.data[i];
        if (cell->type != GUMBO_NODE_ELEMENT)
            continue;
        int span = table_span(cell);
        bool lone = span == 1 && cell->v.element.tag == GUMBO_TAG_TD && !heads;
        if (lone && at > 0 && at < NUMBERED_COLUMNS)
            judge(columns, cell, at);
        if (attributes_number(cell, "rowspan", 2, INT32_MAX) > 0)
            columns->spans_rows = true;
        at += span;
    }
    if (at > columns->count)
        columns->count = at;
}

static void add_rows(struct columns *columns, const GumboNode *node, bool heads)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type == GUMBO_NODE_ELEMENT && child->v.element.tag == GUMBO_TAG_TR)
            add_row(columns, child, heads);
    }
}

struct table_shape table_shape(const GumboNode *table, const struct runs *runs)
{
    struct columns columns = {.runs = runs};
    for (unsigned i = 0; i < table->v.element.children.length; i++) {
        const GumboNode *part = table->v.element.children.data[i];
        if (part->type != GUMBO_NODE_ELEMENT)
            continue;
        GumboTag tag = part->v.element.tag;
        if (tag == GUMBO_TAG_THEAD || tag == GUMBO_TAG_TBODY || tag == GUMBO_TAG_TFOOT)
            add_rows(&columns, part, tag == GUMBO_TAG_THEAD);
    }
    return (struct table_shape){columns.spans_rows ? 0 : columns.numbers & ~columns.others,
                                columns.count};
}
