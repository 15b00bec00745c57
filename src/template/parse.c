// Parses template text into nodes, with the stand-alone and indentation rules of Mustache 1.4.
// SPDX-License-Identifier: Apache-2.0
#include <string.h>

#include "base/arena.h"
#include "template/node.h"

// A tag as found, with what stands around it on its lines.
struct tag {
    char kind; // the character behind {{, '{' for a triple, or 0 for a plain name
    str name;
    size_t open, end;        // offsets of "{{" and behind "}}"
    size_t line_start;       // where the line of `open` begins
    size_t next_line;        // behind the line feed that ends the line of `end`
    bool left_blank;         // nothing but blanks before it on its line
    bool right_blank;        // nothing but blanks behind it
    bool followed_by_a_line; // right_blank, and a line feed is there
};

// An element whose closing tag is awaited.
struct opened {
    struct node *node;   // NULL for the template itself
    struct node **tail;  // where its next child goes
    struct node *last;   // its last child
    struct node *before; // the text before its opening tag
    size_t content;      // offset of its first content
    bool left_blank, own_line;
    str blanks; // what stands before it on its line, when left_blank
};

struct parser {
    struct arena *a, *errors;
    struct source *source;
    str text;
    size_t pos, counted;
    uint32_t line;
    struct opened stack[SOURCE_NESTING_LIMIT + 1];
    size_t depth;
};

error node_error(struct arena *errors, const struct node *node, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    str message = str_vformat(errors, format, args);
    va_end(args);
    str where = str_format(errors, "%.*s:%u", STR(node->source->file), node->line);
    return failure(errors, FAULT_INPUT, where, "%.*s", STR(message));
}

static struct opened *innermost(struct parser *p)
{
    return &p->stack[p->depth];
}

static bool in_layout(struct parser *p)
{
    return innermost(p)->node && innermost(p)->node->kind == NODE_LAYOUT;
}

static bool at_line_start(struct parser *p, size_t offset)
{
    return offset == 0 || p->text.ptr[offset - 1] == '\n';
}

static struct node *append(struct parser *p, enum node_kind kind, str name, size_t offset)
{
    struct node *node = arena_make(p->a, struct node);
    *node = (struct node){.kind = kind,
                          .name = name,
                          .line = p->line,
                          .source = p->source,
                          .starts_line = at_line_start(p, offset)};
    struct opened *in = innermost(p);
    *in->tail = node;
    in->tail = &node->next;
    in->last = node;
    return node;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '.' || c == '-' || c == '/';
}

// Field names are C identifiers, so '-' and '/' can only be part of a template's or block's name.
static bool is_name(char kind, str name)
{
    if (!name.len || name.len > TAG_NAME_LIMIT)
        return false;
    bool field = kind == 0 || kind == '#' || kind == '^' || kind == '&' || kind == '{';
    for (size_t i = 0; i < name.len; i++) {
        if (!is_name_char(name.ptr[i]))
            return false;
        if (field && (name.ptr[i] == '-' || name.ptr[i] == '/'))
            return false;
    }
    return true;
}

static error parser_error(struct parser *p, const char *message, str name)
{
    struct node here = {.source = p->source, .line = p->line};
    return node_error(p->errors, &here, "%s%.*s", message, STR(name));
}

static void count_lines(struct parser *p, size_t to)
{
    for (; p->counted < to; p->counted++)
        p->line += p->text.ptr[p->counted] == '\n';
}

static void look_around(struct parser *p, struct tag *tag)
{
    const char *text = p->text.ptr;
    size_t left = tag->open, right = tag->end;
    while (left > 0 && is_blank(text[left - 1]))
        left--;
    tag->left_blank = at_line_start(p, left);
    while (left > 0 && text[left - 1] != '\n')
        left--;
    tag->line_start = left;
    while (right < p->text.len && is_blank(text[right]))
        right++;
    if (right + 1 < p->text.len && text[right] == '\r' && text[right + 1] == '\n')
        right++;
    tag->followed_by_a_line = right < p->text.len && text[right] == '\n';
    tag->right_blank = tag->followed_by_a_line || right == p->text.len;
    tag->next_line = right + tag->followed_by_a_line;
}

// Reads the tag whose "{{" stands at `open`.
static error read_tag(struct parser *p, size_t open, struct tag *tag)
{
    count_lines(p, open);
    str rest = str_from(p->text, open + 2);
    char kind = rest.len ? *rest.ptr : 0;
    if (kind == '=')
        return parser_error(p, "{{= is not supported: delimiters are always {{ and }}", S(""));
    if (!kind || !strchr("#^/><$!&{", kind))
        kind = 0;
    ptrdiff_t close = str_find(rest, kind == '{' ? S("}}}") : S("}}"));
    if (close < 0)
        return parser_error(p, "tag without }}: ", str_sub(rest, 0, 20));
    str name = str_trim(str_sub(rest, kind != 0, (size_t)close));
    tag->kind = kind;
    tag->name = name;
    tag->open = open;
    tag->end = open + 2 + (size_t)close + (kind == '{' ? 3 : 2);
    if (kind != '!' && !is_name(kind, name))
        return parser_error(p, "not a name: ", str_sub(name, 0, TAG_NAME_LIMIT));
    look_around(p, tag);
    return NULL;
}

static void add_text(struct parser *p, size_t to)
{
    if (to <= p->pos || in_layout(p))
        return;
    struct node *node = append(p, NODE_TEXT, str_sub(p->text, p->pos, to), p->pos);
    for (size_t i = p->pos; i < p->counted; i++)
        node->line -= p->text.ptr[i] == '\n';
}

// Adds the text before the tag and moves behind it; a tag alone on its line takes the line along.
static bool step_over(struct parser *p, const struct tag *tag, bool alone)
{
    add_text(p, alone && p->pos <= tag->line_start ? tag->line_start : tag->open);
    p->pos = alone ? tag->next_line : tag->end;
    return alone;
}

static str blanks_before(struct parser *p, const struct tag *tag)
{
    return tag->left_blank ? str_sub(p->text, tag->line_start, tag->open) : STR_NONE;
}

static error open_element(struct parser *p, struct node *node, const struct tag *tag)
{
    if (p->depth == SOURCE_NESTING_LIMIT)
        return node_error(p->errors, node, "tags nested deeper than %d", SOURCE_NESTING_LIMIT);
    p->stack[++p->depth] = (struct opened){.node = node,
                                           .tail = &node->children,
                                           .content = p->pos,
                                           .left_blank = tag->left_blank,
                                           .blanks = blanks_before(p, tag)};
    return NULL;
}

static error open_section(struct parser *p, const struct tag *tag)
{
    bool alone = step_over(p, tag, tag->left_blank && tag->right_blank);
    struct node *node =
        append(p, tag->kind == '#' ? NODE_SECTION : NODE_INVERTED, tag->name, tag->open);
    node->starts_line &= !alone;
    return open_element(p, node, tag);
}

// Whether a layout tag is alone on its lines shows only at its closing tag.
static error open_layout(struct parser *p, const struct tag *tag)
{
    struct node *outer_last = innermost(p)->last;
    step_over(p, tag, /* alone= */ false);
    struct node *before = innermost(p)->last == outer_last ? NULL : innermost(p)->last;
    struct node *node = append(p, NODE_LAYOUT, tag->name, tag->open);
    try(open_element(p, node, tag));
    innermost(p)->before = before;
    return NULL;
}

static error open_block(struct parser *p, const struct tag *tag)
{
    bool argument = in_layout(p);
    bool own_line = tag->followed_by_a_line && (argument || tag->left_blank);
    step_over(p, tag, own_line);
    struct node *node = append(p, NODE_BLOCK, tag->name, tag->open);
    node->starts_line &= !own_line;
    node->in_line = !own_line;
    node->indent = blanks_before(p, tag);
    try(open_element(p, node, tag));
    innermost(p)->own_line = own_line;
    return NULL;
}

// The blanks that the first line of the element's content begins with.
static str first_blanks(struct parser *p, const struct opened *in)
{
    size_t end = in->content;
    while (end < p->text.len && is_blank(p->text.ptr[end]))
        end++;
    return str_sub(p->text, in->content, end);
}

static str without_prefix(str s, str prefix)
{
    size_t n = 0;
    while (n < s.len && n < prefix.len && s.ptr[n] == prefix.ptr[n])
        n++;
    return str_from(s, n);
}

static str dedent_text(struct arena *a, str text, str blanks, bool starts_line)
{
    char *out = arena_text(a, text.len);
    size_t len = 0;
    while (text.len) {
        if (starts_line)
            text = without_prefix(text, blanks);
        ptrdiff_t feed = str_find_char(text, '\n');
        size_t take = feed < 0 ? text.len : (size_t)feed + 1;
        if (take)
            memcpy(out + len, text.ptr, take);
        len += take;
        text = str_from(text, take);
        starts_line = true;
    }
    return (str){out, len};
}

// A block handed to a layout loses the indentation of its first line: it gets that of the place
// where it goes.
static void dedent(struct parser *p, struct node *nodes, str blanks)
{
    for (struct node *n = nodes; n; n = n->next) {
        if (n->kind == NODE_TEXT)
            n->name = dedent_text(p->a, n->name, blanks, n->starts_line);
        else
            n->indent = without_prefix(n->indent, blanks);
        dedent(p, n->children, blanks);
    }
}

static void close_layout(struct parser *p, const struct tag *tag, const struct opened *in)
{
    bool alone = in->left_blank && tag->right_blank;
    p->pos = alone ? tag->next_line : tag->end;
    in->node->in_line = !alone;
    if (!alone)
        return;
    in->node->indent = in->blanks;
    in->node->starts_line = false;
    if (!in->before)
        return;
    in->before->name = str_sub(in->before->name, 0, in->before->name.len - in->blanks.len);
    in->before->starts_line &= in->before->name.len > 0;
}

static void finish_block(struct parser *p, const struct tag *tag, const struct opened *in)
{
    if (!in->own_line)
        return;
    if (in_layout(p))
        dedent(p, in->node->children, first_blanks(p, in));
    else if (in->node->children && in->content < tag->line_start)
        in->node->indent = first_blanks(p, in);
}

static error check_close(struct parser *p, const struct tag *tag)
{
    const struct node *open = innermost(p)->node;
    if (!open)
        return parser_error(p, "closing tag without an opening one: ", tag->name);
    if (str_eq(open->name, tag->name))
        return NULL;
    struct node here = {.source = p->source, .line = p->line};
    return node_error(p->errors, &here, "{{/%.*s}} where {{/%.*s}} should close line %u",
                      STR(tag->name), STR(open->name), open->line);
}

static error close_element(struct parser *p, const struct tag *tag)
{
    try(check_close(p, tag));
    struct opened in = *innermost(p);
    if (in.node->kind == NODE_LAYOUT) {
        p->depth--;
        close_layout(p, tag, &in);
        return NULL;
    }
    bool argument = p->depth > 1 && p->stack[p->depth - 1].node->kind == NODE_LAYOUT;
    if (argument) {
        add_text(p, tag->left_blank && p->pos <= tag->line_start ? tag->line_start : tag->open);
        p->pos = tag->end;
    } else if (!step_over(p, tag, tag->left_blank && tag->right_blank) &&
               at_line_start(p, tag->open)) {
        append(p, NODE_TEXT, S(""), tag->open);
    }
    p->depth--;
    if (in.node->kind == NODE_BLOCK)
        finish_block(p, tag, &in);
    return NULL;
}

static error add_partial(struct parser *p, const struct tag *tag)
{
    bool alone = step_over(p, tag, tag->left_blank && tag->right_blank);
    struct node *node = append(p, NODE_PARTIAL, tag->name, tag->open);
    if (alone)
        node->indent = blanks_before(p, tag);
    node->in_line = !alone;
    node->starts_line &= !alone;
    return NULL;
}

static error add_tag(struct parser *p, const struct tag *tag)
{
    if (in_layout(p) && !strchr("$/!", tag->kind ? tag->kind : '#'))
        return parser_error(p, "only blocks may stand directly in a layout tag: ", tag->name);
    switch (tag->kind) {
    case '#':
    case '^':
        return open_section(p, tag);
    case '<':
        return open_layout(p, tag);
    case '$':
        return open_block(p, tag);
    case '/':
        return close_element(p, tag);
    case '>':
        return add_partial(p, tag);
    case '!':
        step_over(p, tag, tag->left_blank && tag->right_blank);
        return NULL;
    default:
        step_over(p, tag, /* alone= */ false);
        append(p, tag->kind ? NODE_RAW : NODE_VALUE, tag->name, tag->open);
        return NULL;
    }
}

error source_parse(struct arena *a, struct arena *errors, struct source *source, str text)
{
    struct parser p = {.a = a, .errors = errors, .source = source, .text = text, .line = 1};
    p.stack[0].tail = &source->nodes;
    if (text.len > SOURCE_SIZE_LIMIT)
        return failure(errors, FAULT_LIMIT, source->file, "longer than %d bytes",
                       SOURCE_SIZE_LIMIT);
    for (;;) {
        ptrdiff_t found = str_find(str_from(text, p.pos), S("{{"));
        if (found < 0)
            break;
        struct tag tag = {0};
        try(read_tag(&p, p.pos + (size_t)found, &tag));
        try(add_tag(&p, &tag));
    }
    if (p.depth)
        return node_error(errors, innermost(&p)->node, "{{/%.*s}} is missing",
                          STR(innermost(&p)->node->name));
    count_lines(&p, text.len);
    add_text(&p, text.len);
    source->lines = p.line - (text.len && text.ptr[text.len - 1] == '\n');
    return NULL;
}
