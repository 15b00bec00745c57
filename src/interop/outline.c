// Indented lines of parts between bars: "Label | address", one below the other.
// SPDX-License-Identifier: Apache-2.0
#include "interop/outline.h"

#include "base/arena.h"
#include "model/menu.h"

enum { TAB_WIDTH = 8 };

struct reader {
    struct arena *arena;
    str file, group;
    size_t indents[OUTLINE_LEVELS], depth; // of the line at hand's ancestors and itself
    struct outline_line *lines;
    size_t count;
};

error outline_failure(struct arena *a, str file, const struct outline_line *line, enum fault fault,
                      str message)
{
    return failure(a, fault, str_format(a, "%.*s:%d", STR(file), line->number), "%.*s",
                   STR(message));
}

static size_t indent_of(str line)
{
    size_t indent = 0;
    for (size_t i = 0; i < line.len && (line.ptr[i] == ' ' || line.ptr[i] == '\t'); i++)
        indent += line.ptr[i] == '\t' ? TAB_WIDTH : 1;
    return indent;
}

static void split(str text, struct outline_line *line)
{
    for (size_t i = 0; i < OUTLINE_PARTS && text.ptr; i++) {
        if (i == OUTLINE_PARTS - 1)
            line->parts[i] = str_trim(text);
        else
            line->parts[i] = str_trim(str_cut(&text, '|'));
    }
}

static error add_line(struct reader *r, int number, str text)
{
    struct outline_line line = {number, 0, r->group, {S(""), S(""), S("")}};
    size_t indent = indent_of(text);
    while (r->depth && r->indents[r->depth - 1] >= indent)
        r->depth--;
    line.level = r->depth;
    if (r->depth == OUTLINE_LEVELS)
        return outline_failure(r->arena, r->file, &line, FAULT_LIMIT,
                               S("stands more than 16 levels deep"));
    if (r->count == OUTLINE_LINES)
        return outline_failure(r->arena, r->file, &line, FAULT_LIMIT, S("more than 5,000 lines"));
    r->indents[r->depth++] = indent;
    split(str_trim(text), &line);
    if (!line.parts[0].len)
        return outline_failure(r->arena, r->file, &line, FAULT_INPUT,
                               S("nothing stands before the bar; write \"Label | address\""));
    r->lines[r->count++] = line;
    return NULL;
}

error outline_parse(struct arena *a, str file, str text, struct list *lines)
{
    struct reader r = {.arena = a, .file = file, .group = S("")};
    if (!str_valid_utf8(text))
        return failure(a, FAULT_INPUT, file, "not a text in UTF-8; save it as UTF-8");
    r.lines = arena_array(a, struct outline_line, OUTLINE_LINES);
    for (int number = 1; text.ptr; number++) {
        str line = str_trim_right(str_cut(&text, '\n')), bare = str_trim(line);
        if (!bare.len || bare.ptr[0] == '#')
            continue;
        if (bare.ptr[0] == '[' && str_ends(bare, S("]"))) {
            r.group = str_sub(bare, 1, bare.len - 1);
            r.depth = 0;
            continue;
        }
        try(add_line(&r, number, line));
    }
    *lines = (struct list){r.lines, r.count};
    return NULL;
}

size_t outline_group_end(const struct list *lines, size_t from)
{
    size_t to = from;
    while (to < lines->count && str_eq(list_at(lines, struct outline_line, to)->group,
                                       list_at(lines, struct outline_line, from)->group))
        to++;
    return to;
}

// The first line behind `at` that does not stand below it.
static size_t below_end(const struct list *lines, size_t at, size_t to)
{
    size_t level = list_at(lines, struct outline_line, at)->level, end = at + 1;
    while (end < to && list_at(lines, struct outline_line, end)->level > level)
        end++;
    return end;
}

struct list outline_menu(struct arena *a, const struct list *lines, size_t from, size_t to)
{
    struct menu_item *items = arena_array(a, struct menu_item, to - from + 1);
    size_t count = 0;
    while (from < to) {
        const struct outline_line *line = list_at(lines, struct outline_line, from);
        size_t end = below_end(lines, from, to);
        items[count++] = (struct menu_item){line->parts[0], line->parts[1],
                                            outline_menu(a, lines, from + 1, end)};
        from = end;
    }
    return (struct list){items, count};
}
