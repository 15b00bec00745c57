// Markdown as newsrooms write it, to HTML that must still be cleaned.
// SPDX-License-Identifier: Apache-2.0
#include "text/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdbool.h>
#include <string.h>

#include "base/arena.h"

enum { OPTIONS = CMARK_OPT_UNSAFE | CMARK_OPT_FOOTNOTES | CMARK_OPT_VALIDATE_UTF8 };
enum { HEADER = 16 };

// What the parser may take for `len` bytes: nodes of some 150 bytes can stand for two bytes of
// text.
static size_t allowance(size_t len)
{
    return 512 * 1024 + len * 160;
}

struct budget {
    struct arena *arena;
    size_t left;
    jmp_buf out;
};

// The library's allocator has no argument for whose memory it is.
static __thread struct budget *current;

static void *take(size_t size)
{
    if (size > current->left)
        longjmp(current->out, 1);
    current->left -= size;
    char *block = arena_alloc(current->arena, HEADER + size);
    memcpy(block, &size, sizeof size);
    return block + HEADER;
}

static void *take_array(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        longjmp(current->out, 1);
    return take(count * size);
}

static void *take_more(void *old, size_t size)
{
    size_t had = 0;
    if (old)
        memcpy(&had, (char *)old - HEADER, sizeof had);
    if (size <= had)
        return old;
    void *grown = take(size);
    if (had)
        memcpy(grown, old, had);
    return grown;
}

static void give_back(void *block)
{
}

static cmark_mem in_arena = {take_array, take_more, give_back};

// The library keeps in static tables which characters extensions wait for, set while it parses.
static pthread_mutex_t parsing = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static str convert(str text)
{
    static const char *const names[] = {"table", "strikethrough", "autolink"};
    cmark_parser *parser = cmark_parser_new_with_mem(OPTIONS, &in_arena);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(names[i]));
    cmark_parser_feed(parser, text.ptr, text.len);
    cmark_node *document = cmark_parser_finish(parser);
    cmark_llist *extensions = cmark_parser_get_syntax_extensions(parser);
    return str_of(cmark_render_html_with_mem(document, OPTIONS, extensions, &in_arena));
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// How many quotes and lists the line opens or goes on with.
static int nesting(str line)
{
    int depth = 0;
    for (size_t i = 0; i < line.len; i++) {
        char c = line.ptr[i];
        char next = i + 1 < line.len ? line.ptr[i + 1] : ' ';
        bool blank = next == ' ' || next == '\t';
        bool mark =
            c == '>' || ((c == '-' || c == '+' || c == '*' || c == '.' || c == ')') && blank);
        if (!mark && c != ' ' && c != '\t' && !is_digit(c))
            break;
        depth += mark;
    }
    return depth;
}

static size_t columns(str line)
{
    size_t count = 0;
    for (ptrdiff_t at; (at = str_find_char(line, '|')) >= 0; line = str_from(line, (size_t)at + 1))
        count++;
    return count;
}

static int images(str line)
{
    int count = 0;
    for (ptrdiff_t at; (at = str_find(line, S("!["))) >= 0; line = str_from(line, (size_t)at + 2))
        count++;
    return count;
}

// Refuses what makes the library slow before it begins: each line costs it the depth it stands in,
// a table's header fills up every row, and each "]" looks at all "![" that are open.
static error check(struct arena *a, str text)
{
    int number = 0, open_images = 0;
    if (text.len > MARKDOWN_MAX)
        return failure(a, FAULT_LIMIT, S("markdown"), "longer than %d bytes", MARKDOWN_MAX);
    for (str rest = text; rest.ptr;) {
        str line = str_cut(&rest, '\n');
        number++;
        if (nesting(line) > MARKDOWN_NESTING)
            return failure(a, FAULT_LIMIT, S("markdown"), "line %d nests deeper than %d", number,
                           MARKDOWN_NESTING);
        if (columns(line) > MARKDOWN_COLUMNS)
            return failure(a, FAULT_LIMIT, S("markdown"), "line %d has more than %d columns",
                           number, MARKDOWN_COLUMNS);
        open_images = str_trim(line).len ? open_images + images(line) : 0;
        if (open_images > MARKDOWN_IMAGES)
            return failure(a, FAULT_LIMIT, S("markdown"),
                           "line %d: more than %d pictures without an empty line", number,
                           MARKDOWN_IMAGES);
    }
    return NULL;
}

// False when it wanted too much; all it took is in the arena, so that nothing leaks.
static bool convert_within(struct budget *budget, str text, str *out)
{
    if (setjmp(budget->out))
        return false;
    *out = convert(text);
    return true;
}

error markdown_to_html(struct arena *a, str text, str *out)
{
    struct budget budget = {.arena = a, .left = allowance(text.len)};
    try(check(a, text));
    pthread_once(&once, cmark_gfm_core_extensions_ensure_registered);
    pthread_mutex_lock(&parsing);
    current = &budget;
    bool done = convert_within(&budget, text, out);
    current = NULL;
    pthread_mutex_unlock(&parsing);
    if (!done)
        return failure(a, FAULT_LIMIT, S("markdown"), "too many parts for %zu bytes", text.len);
    return NULL;
}
