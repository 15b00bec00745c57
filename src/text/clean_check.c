// An independent judge of clean markup: reads it as a browser would, and knows only what may be.
// SPDX-License-Identifier: Apache-2.0
#include "text/clean_check.h"

#include <gumbo.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

static const char elements[] =
    " p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i s u sub sup small mark "
    "abbr cite q kbd samp var time span br hr a img picture source figure figcaption table caption "
    "colgroup col "
    "thead tbody tfoot tr th td details summary section ";
static const char attributes[] =
    " href rel class id lang dir src srcset sizes alt width height loading "
    "decoding title datetime colspan rowspan "
    "span scope start type reversed value open data-provider data-id data-width data-height "
    "tabindex aria-hidden ";
static const char classes[] = " embed embed-link footnotes footnote-ref footnote-backref right "
                              "center pullquote elsewhere picture-link wide "
                              "widest wide-figure full-figure ";
static const char parts[] = " table thead tbody tfoot tr colgroup ul ol dl ";

struct judge {
    struct arena *arena;
    struct buf out;
    const char *fault;
};

static int listed(const char *list, const char *word)
{
    char padded[64];
    snprintf(padded, sizeof padded, " %s ", word);
    return strlen(word) < 60 && strstr(list, padded) != NULL;
}

static int address_is_fine(const char *url, int picture)
{
    for (const char *p = url; *p; p++)
        if ((unsigned char)*p <= ' ' || (unsigned char)*p > 126 || strchr("\"<>\\`", *p))
            return 0;
    if (!strncmp(url, "http://", 7) || !strncmp(url, "https://", 8))
        return 1;
    if (!picture && (!strncmp(url, "mailto:", 7) || !strncmp(url, "tel:", 4)))
        return 1;
    size_t colon = strcspn(url, ":"), slash = strcspn(url, "/?#");
    return url[colon] == 0 || slash < colon;
}

// Nothing but files of ours, each with its width.
static int srcset_is_fine(const char *value)
{
    char kind[6];
    int width, again, taken;
    while (sscanf(value, "/pictures/%*2[0-9a-f]/%*32[0-9a-f]-%d.%5[a-z] %dw%n", &width, kind,
                  &again, &taken) == 3) {
        if (width != again || (strcmp(kind, "webp") && strcmp(kind, "avif")))
            return 0;
        value += taken;
        if (!*value)
            return 1;
        if (strncmp(value, ", ", 2))
            return 0;
        value += 2;
    }
    return 0;
}

// One of ours, or a picture elsewhere with the size it is to have.
static int class_is_fine(const char *value)
{
    static const char elsewhere[] = "elsewhere ";
    size_t both = sizeof elsewhere - 1;
    if (!strncmp(value, elsewhere, both))
        return !strcmp(value + both, "wide-figure") || !strcmp(value + both, "full-figure");
    return (listed(classes, value) && !strchr(value, ' ')) || !strncmp(value, "language-", 9);
}

static int value_is_fine(const char *name, const char *value)
{
    if (!strcmp(name, "href"))
        return address_is_fine(value, 0);
    if (!strcmp(name, "src"))
        return strncmp(value, "http:", 5) && strncmp(value, "https:", 6) &&
               strncmp(value, "//", 2) && address_is_fine(value, 1);
    if (!strcmp(name, "srcset"))
        return srcset_is_fine(value);
    if (!strcmp(name, "id"))
        return !strncmp(value, "at-", 3) || !strncmp(value, "fn-", 3) ||
               !strncmp(value, "fnref-", 6);
    if (!strcmp(name, "class"))
        return class_is_fine(value);
    if (!strcmp(name, "aria-hidden"))
        return !strcmp(value, "true");
    if (!strcmp(name, "width") || !strcmp(name, "height") || !strcmp(name, "colspan"))
        return strlen(value) <= 5 && value[strspn(value, "0123456789")] == 0;
    return 1;
}

static void escape(struct buf *out, const char *text)
{
    for (; *text; text++) {
        const char *named = *text == '&'   ? "&amp;"
                            : *text == '<' ? "&lt;"
                            : *text == '>' ? "&gt;"
                                           : NULL;
        if (named)
            buf_add(out, str_of(named));
        else
            buf_add_char(out, *text);
    }
}

static void write_attribute(struct judge *j, const GumboAttribute *attribute)
{
    if (!listed(attributes, attribute->name) || !value_is_fine(attribute->name, attribute->value))
        j->fault = str_z(j->arena, str_format(j->arena, "attribute %s=\"%s\"", attribute->name,
                                              attribute->value));
    buf_addf(&j->out, " %s", attribute->name);
    if (!strcmp(attribute->name, "open") || !strcmp(attribute->name, "reversed"))
        return;
    buf_add(&j->out, S("=\""));
    for (const char *p = attribute->value; *p; p++) {
        char one[2] = {*p, 0};
        if (*p == '"')
            buf_add(&j->out, S("&quot;"));
        else
            escape(&j->out, one);
    }
    buf_add_char(&j->out, '"');
}

static void write_children(struct judge *j, const GumboNode *node);

// Gumbo has no name for <picture>.
static const char *name_of(const GumboNode *node)
{
    GumboStringPiece name = node->v.element.original_tag;
    if (node->v.element.tag != GUMBO_TAG_UNKNOWN)
        return gumbo_normalized_tagname(node->v.element.tag);
    gumbo_tag_from_original_text(&name);
    bool picture = name.data && str_eq((str){name.data, name.length}, S("picture"));
    return picture ? "picture" : "unknown";
}

static void write_element(struct judge *j, const GumboNode *node)
{
    const char *name = name_of(node);
    if (!listed(elements, name) || node->v.element.tag_namespace != GUMBO_NAMESPACE_HTML)
        j->fault = str_z(j->arena, str_format(j->arena, "element <%s>", name));
    buf_addf(&j->out, "<%s", name);
    for (unsigned i = 0; i < node->v.element.attributes.length; i++)
        write_attribute(j, node->v.element.attributes.data[i]);
    buf_add_char(&j->out, '>');
    if (listed(" br hr img col source ", name))
        return;
    if (!strcmp(name, "pre") && node->v.element.children.length) {
        const GumboNode *first = node->v.element.children.data[0];
        bool text = first->type == GUMBO_NODE_TEXT || first->type == GUMBO_NODE_WHITESPACE;
        if (text && first->v.text.text[0] == '\n')
            buf_add_char(&j->out, '\n');
    }
    write_children(j, node);
    buf_addf(&j->out, "</%s>", name);
}

static void write_children(struct judge *j, const GumboNode *node)
{
    for (unsigned i = 0; i < node->v.element.children.length; i++) {
        const GumboNode *child = node->v.element.children.data[i];
        if (child->type == GUMBO_NODE_ELEMENT)
            write_element(j, child);
        else if (child->type == GUMBO_NODE_TEXT || child->type == GUMBO_NODE_WHITESPACE)
            escape(&j->out, child->v.text.text);
        else
            j->fault = "something that is neither element nor text";
        if (child->type == GUMBO_NODE_TEXT && node->parent &&
            listed(parts, gumbo_normalized_tagname(node->v.element.tag)))
            j->fault = "text between the parts of a list or table";
    }
}

static GumboOutput *parse(const GumboOptions *options, str markup)
{
    return gumbo_parse_with_options(options, markup.len ? markup.ptr : "", markup.len);
}

static GumboOptions body_options(void)
{
    GumboOptions options = kGumboDefaultOptions;
    options.fragment_context = GUMBO_TAG_BODY;
    options.max_errors = 0;
    return options;
}

const char *clean_fault(struct arena *a, str markup)
{
    struct judge j = {.arena = a, .out = buf_new(a, markup.len * 2 + 1000)};
    GumboOptions options = body_options();
    GumboOutput *output = parse(&options, markup);
    write_children(&j, output->root);
    gumbo_destroy_output(&options, output);
    if (!j.fault && !str_eq(buf_str(&j.out), markup))
        j.fault = str_z(a, str_format(a, "it parses to: %.*s", STR(buf_str(&j.out))));
    return j.fault;
}

static const char unseen[] = " script style title textarea noembed noframes noscript template "
                             "select option button canvas svg "
                             "math iframe datalist video audio head ";

static void add_letters(struct buf *out, const GumboNode *node)
{
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA) {
        for (const char *p = node->v.text.text; *p; p++)
            if ((*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z'))
                buf_add_char(out, *p);
    }
    if (node->type != GUMBO_NODE_ELEMENT ||
        listed(unseen, gumbo_normalized_tagname(node->v.element.tag)))
        return;
    GumboAttribute *class = gumbo_get_attribute(&node->v.element.attributes, "class");
    if (class && (!strcmp(class->value, "embed-link") || !strcmp(class->value, "picture-link")))
        return;
    for (unsigned i = 0; i < node->v.element.children.length; i++)
        add_letters(out, node->v.element.children.data[i]);
}

str clean_letters(struct arena *a, str markup)
{
    struct buf out = buf_new(a, markup.len * 2 + 100);
    GumboOptions options = body_options();
    GumboOutput *output = parse(&options, markup);
    add_letters(&out, output->root);
    gumbo_destroy_output(&options, output);
    return buf_str(&out);
}
