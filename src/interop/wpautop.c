// Paragraphs for WordPress's classic posts. One pass over tags and texts: what stands between
// blocks is gathered into a run, which a blank line or a block ends.
// SPDX-License-Identifier: Apache-2.0
#include "interop/wpautop.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/markup_scan.h"

struct paragraphs {
    struct buf out, run;
    bool bare;     // the run began just behind a block's opening tag: no paragraph
    bool spaced;   // a line ended in the run, and nothing came since
    bool after_br; // the run ends with <br>
    size_t before_br;
};

bool wpautop_is_block(str name)
{
    static const str blocks[] = {
        S("table"),    S("thead"),      S("tfoot"),        S("caption"), S("col"),
        S("colgroup"), S("tbody"),      S("tr"),           S("td"),      S("th"),
        S("div"),      S("dl"),         S("dd"),           S("dt"),      S("ul"),
        S("ol"),       S("li"),         S("pre"),          S("form"),    S("map"),
        S("area"),     S("blockquote"), S("address"),      S("style"),   S("p"),
        S("h1"),       S("h2"),         S("h3"),           S("h4"),      S("h5"),
        S("h6"),       S("hr"),         S("fieldset"),     S("legend"),  S("section"),
        S("article"),  S("aside"),      S("hgroup"),       S("header"),  S("footer"),
        S("nav"),      S("figure"),     S("figcaption"),   S("details"), S("menu"),
        S("summary"),  S("script"),     S("iframe-block"),
    };
    for (size_t i = 0; i < sizeof blocks / sizeof *blocks; i++)
        if (str_eq_nocase(name, blocks[i]))
            return true;
    return false;
}

static bool is_verbatim(str name)
{
    return str_eq_nocase(name, S("pre")) || str_eq_nocase(name, S("script")) ||
           str_eq_nocase(name, S("style")) || str_eq_nocase(name, S("textarea")) ||
           str_eq_nocase(name, S("svg")) || str_eq_nocase(name, S("math"));
}

static void end_run(struct paragraphs *p)
{
    str run = str_trim(buf_str(&p->run));
    if (run.len && p->bare) {
        buf_add(&p->out, run);
    } else if (run.len) {
        buf_add(&p->out, S("<p>"));
        buf_add(&p->out, run);
        buf_add(&p->out, S("</p>\n"));
    }
    p->run.len = 0;
    p->spaced = p->after_br = false;
}

static void add_to_run(struct paragraphs *p, str piece)
{
    if (p->spaced && p->run.len && !p->after_br)
        buf_add(&p->run, S("<br />\n"));
    else if (p->spaced && p->run.len)
        buf_add_char(&p->run, '\n');
    p->spaced = p->after_br = false;
    buf_add(&p->run, piece);
}

// Text between tags, line by line: one line end is a <br>, a second one with nothing between ends
// the run.
static void add_text(struct paragraphs *p, str text)
{
    while (text.len) {
        size_t n = 0;
        while (n < text.len && text.ptr[n] != '\n' && text.ptr[n] != '\r')
            n++;
        bool ended = n < text.len;
        str line = str_sub(text, 0, n);
        if (str_trim(line).len)
            add_to_run(p, ended ? str_trim_right(line) : line);
        else if (!ended && p->run.len && !p->spaced)
            buf_add_char(&p->run, ' ');
        if (!ended)
            return;
        if (text.ptr[n] == '\r' && n + 1 < text.len && text.ptr[n + 1] == '\n')
            n++;
        text = str_from(text, n + 1);
        if (p->spaced) {
            end_run(p);
            p->bare = false;
        }
        p->spaced = true;
    }
}

static void add_block(struct paragraphs *p, const struct markup_token *t)
{
    end_run(p);
    buf_add(&p->out, t->whole);
    bool takes_paragraphs = str_eq_nocase(t->name, S("blockquote"));
    p->bare = !t->closing && !t->empty && !takes_paragraphs && !str_eq_nocase(t->name, S("hr"));
    if (!p->bare)
        buf_add_char(&p->out, '\n');
}

static bool two_breaks(struct paragraphs *p, const struct markup_token *t)
{
    return str_eq_nocase(t->name, S("br")) && p->after_br;
}

static void add_tag(struct paragraphs *p, const struct markup_token *t)
{
    if (wpautop_is_block(t->name)) {
        add_block(p, t);
        return;
    }
    // Two <br> in a row are a blank line.
    if (two_breaks(p, t)) {
        p->run.len = p->before_br;
        end_run(p);
        p->bare = false;
        return;
    }
    size_t before = p->run.len;
    add_to_run(p, t->whole);
    p->before_br = before;
    p->after_br = str_eq_nocase(t->name, S("br"));
}

static void add_verbatim(struct paragraphs *p, const struct markup_token *t, str inner)
{
    if (!wpautop_is_block(t->name)) {
        add_to_run(p, t->whole);
        buf_add(&p->run, inner);
        return;
    }
    end_run(p);
    buf_add(&p->out, t->whole);
    buf_add(&p->out, inner);
    p->bare = false;
}

str wpautop(struct arena *a, str text)
{
    struct paragraphs p = {
        .out = buf_new(a, text.len * 16 + 64),
        .run = buf_new(a, text.len * 16 + 64),
    };
    struct markup_token t;
    while (markup_next(&text, &t)) {
        if (t.kind == MARKUP_TEXT)
            add_text(&p, t.whole);
        else if (t.kind == MARKUP_TAG && !t.closing && !t.empty && is_verbatim(t.name))
            add_verbatim(&p, &t, markup_take_element(&text, t.name));
        else if (t.kind == MARKUP_TAG)
            add_tag(&p, &t);
    }
    end_run(&p);
    return buf_str(&p.out);
}
