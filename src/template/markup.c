// Follows the literal text of a template to know which HTML or XML context a tag stands in.
// SPDX-License-Identifier: Apache-2.0
#include "template/markup.h"

#include <string.h>

// A reduced form of the tokenizer of the HTML standard (§13.2.5): strict where a mistake could
// let a value out of its place.
enum state {
    TEXT,
    RCDATA,  // in <title> or <textarea>
    RAW,     // in <style>, <script> and their like
    JSON,    // in a <script> whose type is JSON
    OPEN,    // behind '<'
    NAME,    // in a tag's name
    INSIDE,  // between attributes
    BREAK,   // behind a name that a Mustache tag has cut off: a space, '/' or '>' must follow
    ATTR,    // in an attribute's name
    AFTER,   // behind an attribute's name and a space
    EQUALS,  // behind '='
    VALUE,   // in an attribute's value
    DECL,    // behind "<!"
    COMMENT, // in <!-- -->
    BOGUS,   // in <!DOCTYPE>, <?xml?> and their like
    CDATA,   // in <![CDATA[ ]]>
};

enum element { PLAIN, SCRIPT, STYLE, TITLE, TEXTAREA, XMP, IFRAME, NOEMBED, NOFRAMES };

static const str element_name[] = {
    [SCRIPT] = S("script"),     [STYLE] = S("style"),       [TITLE] = S("title"),
    [TEXTAREA] = S("textarea"), [XMP] = S("xmp"),           [IFRAME] = S("iframe"),
    [NOEMBED] = S("noembed"),   [NOFRAMES] = S("noframes"),
};

enum attr { ATTR_PLAIN, ATTR_URL, ATTR_SRCSET, ATTR_CODE, ATTR_STYLE, ATTR_SRCDOC, ATTR_TYPE };

// Where in a URL we may be. What follows '#' is treated like a query: as one component.
enum url {
    URL_START = 1,
    URL_SCHEME = 2, // something stands before us, but nothing that rules out a scheme yet
    URL_PATH = 4,
    URL_QUERY = 8,
    URL_FOREIGN = 16, // behind a scheme that no value may continue, as "javascript:"
    URL_SIZE = 32,    // the width or density behind a URL in a srcset
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool is_letter(char c)
{
    return lower(c) >= 'a' && lower(c) <= 'z';
}

static void forget_word(struct markup *m)
{
    memset(m->word, 0, sizeof m->word);
    m->word_len = 0;
}

static void grow_word(struct markup *m, char c)
{
    if (m->word_len < sizeof m->word)
        m->word[m->word_len++] = lower(c);
}

static str word_of(const struct markup *m)
{
    return (str){m->word, m->word_len};
}

enum markup_kind markup_kind(str name)
{
    return str_ends(name, S(".xml"))   ? MARKUP_XML
           : str_ends(name, S(".txt")) ? MARKUP_PLAIN
                                       : MARKUP_HTML;
}

struct markup markup_start(enum markup_kind kind)
{
    struct markup m;
    memset(&m, 0, sizeof m);
    m.kind = kind;
    return m;
}

static bool is_xml(const struct markup *m)
{
    return m->kind == MARKUP_XML;
}

// Ends the tag: what follows is text of some kind.
static void leave_tag(struct markup *m)
{
    enum element element = m->closing ? PLAIN : m->element;
    bool json = m->json && element == SCRIPT;
    *m = markup_start(m->kind);
    m->element = element;
    if (json)
        m->state = JSON;
    else if (element == TITLE || element == TEXTAREA)
        m->state = RCDATA;
    else if (element != PLAIN)
        m->state = RAW;
}

static void enter_tag(struct markup *m, bool closing)
{
    *m = markup_start(m->kind);
    m->closing = closing;
    m->state = NAME;
}

static void name_element(struct markup *m)
{
    for (enum element e = SCRIPT; !is_xml(m) && e <= NOFRAMES; e++)
        if (str_eq(word_of(m), element_name[e]))
            m->element = e;
    forget_word(m);
}

static bool is_one_of(str word, const char *const *names)
{
    for (; *names; names++)
        if (str_eq(word, str_of(*names)))
            return true;
    return false;
}

// Attributes that hold script, also in the libraries that read theirs from the page.
static bool is_code(str name)
{
    static const char *const others[] = {"hx-vals", "hx-vars", "hx-headers", "hx-trigger", NULL};
    return str_starts(name, S("on")) || str_starts(name, S("hx-on")) || str_starts(name, S("x-")) ||
           str_starts(name, S("@")) || str_starts(name, S(":")) || str_starts(name, S("v-")) ||
           is_one_of(name, others);
}

static enum attr attr_kind(str name, bool script)
{
    static const char *const urls[] = {
        "href",     "src",       "action",      "formaction",     "poster",  "cite",     "data",
        "ping",     "longdesc",  "usemap",      "background",     "profile", "manifest", "icon",
        "codebase", "classid",   "url",         "archive",        "hx-get",  "hx-post",  "hx-put",
        "hx-patch", "hx-delete", "hx-push-url", "hx-replace-url", NULL};
    if (script && str_eq(name, S("type")))
        return ATTR_TYPE;
    bool data = str_starts(name, S("data-"));
    if (data)
        name = str_from(name, 5);
    if (is_code(name) && (!data || str_starts(name, S("hx-"))))
        return ATTR_CODE;
    ptrdiff_t colon = str_find_char(name, ':');
    if (colon > 0)
        name = str_from(name, (size_t)colon + 1);
    if (str_eq(name, S("style")))
        return ATTR_STYLE;
    if (str_eq(name, S("srcdoc")))
        return ATTR_SRCDOC;
    if (str_eq(name, S("srcset")) || str_eq(name, S("imagesrcset")))
        return ATTR_SRCSET;
    return is_one_of(name, urls) ? ATTR_URL : ATTR_PLAIN;
}

static void name_attr(struct markup *m)
{
    m->attr = is_xml(m) ? ATTR_PLAIN : attr_kind(word_of(m), m->element == SCRIPT);
    forget_word(m);
}

static void enter_value(struct markup *m, char quote)
{
    m->state = VALUE;
    m->quote = (uint8_t)quote;
    if (m->attr == ATTR_URL || m->attr == ATTR_SRCSET)
        m->url = URL_START;
}

static void leave_value(struct markup *m)
{
    static const char *const types[] = {"application/ld+json", "application/json", "importmap",
                                        "speculationrules", NULL};
    if (m->attr == ATTR_TYPE)
        m->json = is_one_of(str_trim(word_of(m)), types);
    m->attr = ATTR_PLAIN;
    m->quote = m->url = 0;
    m->state = INSIDE;
    forget_word(m);
}

// What a URL is once more of it has been read from its scheme on; a colon decides.
static unsigned url_behind_scheme(struct markup *m, char c)
{
    if (c == ':')
        return url_scheme_allowed(word_of(m)) ? URL_PATH : URL_FOREIGN;
    grow_word(m, c);
    return URL_SCHEME;
}

static void step_url(struct markup *m, char c)
{
    unsigned from = m->url, to = from & (URL_FOREIGN | URL_SIZE);
    if (m->attr == ATTR_SRCSET && (c == ',' || is_space(c))) {
        bool at_start = c == ',' || from == URL_START;
        m->url = at_start ? URL_START : URL_SIZE;
        forget_word(m);
        return;
    }
    if (c == '?' || c == '#')
        to |= from & (URL_START | URL_SCHEME | URL_PATH | URL_QUERY) ? URL_QUERY : 0;
    else if (c == '/' || c == '\\')
        to |= (from & (URL_START | URL_SCHEME | URL_PATH) ? URL_PATH : 0) | (from & URL_QUERY);
    else {
        to |= from & (URL_PATH | URL_QUERY);
        if ((from & URL_START) && is_space(c))
            to |= URL_START;
        else if (from & (URL_START | URL_SCHEME))
            to |= url_behind_scheme(m, c);
    }
    m->url = (uint8_t)to;
    if (!(to & URL_SCHEME))
        forget_word(m);
}

static void step_value(struct markup *m, char c)
{
    bool ends = m->quote ? c == (char)m->quote : is_space(c) || c == '>';
    if (ends) {
        leave_value(m);
        if (c == '>')
            leave_tag(m);
    } else if (m->attr == ATTR_TYPE)
        grow_word(m, c);
    else if (m->url)
        step_url(m, c);
}

static const char *step_tag(struct markup *m, char c)
{
    switch (m->state) {
    case NAME:
        if (!is_space(c) && c != '/' && c != '>') {
            grow_word(m, c);
            return NULL;
        }
        name_element(m);
        break;
    case ATTR:
        if (!is_space(c) && c != '/' && c != '>' && c != '=') {
            grow_word(m, c);
            return c == '"' || c == '\'' || c == '<' ? "quote or '<' in an attribute's name" : NULL;
        }
        name_attr(m);
        if (is_space(c)) {
            m->state = AFTER;
            return NULL;
        }
        break;
    case BREAK:
        if (!is_space(c) && c != '/' && c != '>')
            return "a name must not run across a tag";
        break;
    }
    if (c == '>') {
        leave_tag(m);
        return NULL;
    }
    if (c == '=') {
        if (m->state != ATTR && m->state != AFTER)
            return "'=' without an attribute's name";
        m->state = EQUALS;
        return NULL;
    }
    if (is_space(c) && m->state == AFTER)
        return NULL;
    bool between = is_space(c) || c == '/';
    m->state = between ? INSIDE : ATTR;
    m->attr = ATTR_PLAIN;
    if (!between)
        grow_word(m, c);
    return !between && (c == '"' || c == '\'' || c == '<') ? "stray quote or '<' in a tag" : NULL;
}

static const char *step_equals(struct markup *m, char c)
{
    if (is_space(c))
        return NULL;
    if (c == '>')
        return "attribute without a value";
    enter_value(m, c == '"' || c == '\'' ? c : 0);
    if (!m->quote) {
        if (is_xml(m))
            return "XML wants quotes around a value";
        step_value(m, c);
    }
    return NULL;
}

static void step_open(struct markup *m, char c)
{
    if (c == '/' && !m->closing)
        m->closing = 1;
    else if (is_letter(c) || (is_xml(m) && (c == '_' || c == ':'))) {
        enter_tag(m, m->closing);
        grow_word(m, c);
    } else if (c == '!' && !m->closing)
        m->state = DECL;
    else if (c == '?' || m->closing) {
        *m = markup_start(m->kind);
        m->state = c == '>' ? TEXT : BOGUS;
    } else {
        *m = markup_start(m->kind);
        m->state = c == '<' ? OPEN : TEXT;
    }
}

// `<!` leads to a comment, a CDATA section, or something that ends at '>'.
static void step_decl(struct markup *m, char c)
{
    static const str comment = S("--"), cdata = S("[CDATA[");
    str start = str_starts(comment, word_of(m)) && m->word_len ? comment : cdata;
    if (!m->word_len)
        start = c == '-' ? comment : cdata;
    char wanted = m->word_len < start.len ? lower(start.ptr[m->word_len]) : 0;
    if (lower(c) == wanted && (is_xml(m) || start.ptr != cdata.ptr)) {
        grow_word(m, c);
        if (m->word_len == start.len) {
            *m = markup_start(m->kind);
            m->state = start.len == comment.len ? COMMENT : CDATA;
            m->pending = m->state == COMMENT ? 2 : 0; // "<!-->" is a whole comment
        }
        return;
    }
    *m = markup_start(m->kind);
    m->state = c == '>' ? TEXT : BOGUS;
}

// Ends at "-->" (HTML also at "--!>", which no template needs) or "]]>".
static void step_until(struct markup *m, char c, char mark)
{
    if (c == mark)
        m->pending = m->pending < 2 ? m->pending + 1 : 2;
    else if (c == '>' && m->pending == 2)
        *m = markup_start(m->kind);
    else
        m->pending = 0;
}

// In an element whose text ends only at its own closing tag. `pending` counts what has matched of
// "</name"; the closing tag is then read like any other.
static const char *step_element_text(struct markup *m, char c)
{
    str name = element_name[m->element];
    if (m->pending == 2 + name.len) {
        if (is_space(c) || c == '/' || c == '>') {
            enter_tag(m, /* closing= */ true);
            return step_tag(m, c);
        }
        m->pending = 0;
    }
    char wanted = m->pending == 0 ? '<' : m->pending == 1 ? '/' : name.ptr[m->pending - 2];
    if (lower(c) == wanted) {
        m->pending++;
        return NULL;
    }
    if (m->pending == 1 && c == '!' && m->element == SCRIPT)
        return "\"<!\" in a script changes where it ends";
    m->pending = c == '<';
    return NULL;
}

static const char *step_json(struct markup *m, char c)
{
    const char *problem = step_element_text(m, c);
    if (problem || m->state != JSON)
        return problem;
    if (m->escaped)
        m->escaped = 0;
    else if (m->string && c == '\\')
        m->escaped = 1;
    else if (c == '"')
        m->string = !m->string;
    return NULL;
}

static const char *step(struct markup *m, char c)
{
    switch ((enum state)m->state) {
    case TEXT:
        if (c == '<' && m->kind != MARKUP_PLAIN)
            m->state = OPEN;
        return NULL;
    case OPEN:
        step_open(m, c);
        return NULL;
    case NAME:
    case INSIDE:
    case BREAK:
    case ATTR:
    case AFTER:
        return step_tag(m, c);
    case EQUALS:
        return step_equals(m, c);
    case VALUE:
        step_value(m, c);
        return NULL;
    case DECL:
        step_decl(m, c);
        return NULL;
    case COMMENT:
        step_until(m, c, '-');
        return NULL;
    case CDATA:
        step_until(m, c, ']');
        return NULL;
    case BOGUS:
        if (c == '>')
            *m = markup_start(m->kind);
        return NULL;
    case RCDATA:
    case RAW:
        return step_element_text(m, c);
    case JSON:
        return step_json(m, c);
    }
    return NULL;
}

const char *markup_text(struct markup *m, str *text)
{
    for (size_t i = 0; i < text->len; i++) {
        const char *problem = step(m, text->ptr[i]);
        if (problem) {
            *text = str_from(*text, i);
            return problem;
        }
    }
    return NULL;
}

const char *markup_name(const struct markup *m)
{
    static const char *const names[] = {
        [TEXT] = "text",
        [RCDATA] = "the text of a title or textarea",
        [RAW] = "a script or style element",
        [JSON] = "JSON",
        [OPEN] = "the start of a tag",
        [NAME] = "a tag's name",
        [INSIDE] = "a tag",
        [BREAK] = "a tag",
        [ATTR] = "an attribute's name",
        [AFTER] = "a tag",
        [EQUALS] = "an attribute without quotes",
        [VALUE] = "an attribute's value",
        [DECL] = "a declaration",
        [COMMENT] = "a comment",
        [BOGUS] = "a doctype or declaration",
        [CDATA] = "a CDATA section",
    };
    return names[m->state];
}

const char *markup_tag(struct markup *m)
{
    switch ((enum state)m->state) {
    case OPEN:
        return "a tag's name cannot come from a tag";
    case NAME:
        name_element(m);
        m->state = BREAK;
        return NULL;
    case EQUALS:
        return "put quotes around the attribute's value";
    case VALUE:
        if (!m->quote)
            return "put quotes around the attribute's value";
        return m->attr == ATTR_TYPE ? "the type of a script must be known beforehand" : NULL;
    case DECL:
    case COMMENT:
        return "in a comment: write {{! }} or take it out";
    case BOGUS:
        return "in a doctype or declaration";
    case CDATA:
        return "in a CDATA section: leave that out, values are escaped";
    case ATTR:
        name_attr(m);
        m->attr = ATTR_PLAIN;
        m->state = BREAK;
        return NULL;
    case AFTER:
        m->attr = ATTR_PLAIN;
        m->state = INSIDE;
        return NULL;
    case RCDATA:
    case RAW:
        return m->pending ? "in the middle of a closing tag" : NULL;
    case JSON:
        if (m->pending)
            return "in the middle of a closing tag";
        return m->escaped ? "behind a backslash" : NULL;
    default:
        return NULL;
    }
}

static bool is_number(enum field_kind kind)
{
    return kind == FIELD_INT || kind == FIELD_REAL || kind == FIELD_BOOL;
}

// Whether the quote that ends the attribute's value comes next.
static bool ends_value(const struct markup *m, str next)
{
    return m->quote && next.len && next.ptr[0] == (char)m->quote;
}

static const char *url_value(struct markup *m, enum field_kind kind, str next, enum escape *out)
{
    unsigned url = m->url;
    if (url & URL_FOREIGN)
        return "a URL of this scheme cannot hold values";
    if (url & URL_SIZE)
        return kind == FIELD_INT || kind == FIELD_REAL ? NULL : "a srcset's size is a number";
    if ((url & URL_QUERY) && url != URL_QUERY)
        return "in a URL that may or may not have a query before this";
    bool behind_literal = url == URL_SCHEME && m->word_len && m->word[0];
    if (m->attr == ATTR_SRCSET)
        *out = url == URL_QUERY || behind_literal        ? ESCAPE_URL_PART
               : url == URL_START && ends_value(m, next) ? ESCAPE_CANDIDATES
                                                         : ESCAPE_SRCSET;
    else if (url == URL_QUERY || behind_literal)
        *out = ESCAPE_URL_PART;
    else
        *out = url == URL_PATH ? ESCAPE_URL_PATH : ESCAPE_URL;
    if (url & (URL_START | URL_SCHEME)) {
        // The value may be empty, or the beginning of what a literal colon makes a scheme: a NUL
        // makes the word one that is no allowed scheme.
        forget_word(m);
        m->word_len = 1;
        m->url = (uint8_t)(url | URL_SCHEME);
    }
    return NULL;
}

static const char *attribute_value(struct markup *m, enum field_kind kind, str next,
                                   enum escape *out)
{
    if (m->attr == ATTR_CODE)
        return "in an attribute that holds script";
    if (m->attr == ATTR_STYLE)
        return "in a style attribute: use a class";
    if (m->attr == ATTR_SRCDOC)
        return "in a document within an attribute";
    if (kind == FIELD_HTML)
        return "markup cannot stand in an attribute";
    return m->url ? url_value(m, kind, next, out) : NULL;
}

static const char *json_value(const struct markup *m, enum field_kind kind, enum escape *out)
{
    if (kind == FIELD_HTML)
        return "markup cannot stand in JSON";
    *out = kind == FIELD_STR ? ESCAPE_JSON : kind == FIELD_REAL ? ESCAPE_JSON_REAL : ESCAPE_NONE;
    return m->string || is_number(kind) ? NULL : "put quotes around it: this is JSON";
}

const char *markup_value(struct markup *m, enum field_kind kind, str next, enum escape *out)
{
    if (m->kind == MARKUP_PLAIN) {
        *out = ESCAPE_NONE;
        return kind == FIELD_HTML ? "markup cannot stand in plain text" : NULL;
    }
    *out = kind != FIELD_STR ? ESCAPE_NONE : is_xml(m) ? ESCAPE_XML : ESCAPE_HTML;
    switch ((enum state)m->state) {
    case TEXT:
        if (kind == FIELD_HTML && is_xml(m))
            *out = ESCAPE_XML;
        return NULL;
    case RCDATA:
        return kind == FIELD_HTML ? "markup cannot stand in a title or textarea" : NULL;
    case VALUE:
        return attribute_value(m, kind, next, out);
    case JSON:
        return json_value(m, kind, out);
    case RAW:
        return "in a script or style element: use a data attribute or a JSON script";
    default:
        return "a name cannot come from a tag";
    }
}

bool markup_same(const struct markup *a, const struct markup *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

bool markup_join(struct markup *m, const struct markup *other)
{
    struct markup a = *m, b = *other;
    if ((a.state == INSIDE && b.state == BREAK) || (a.state == BREAK && b.state == INSIDE))
        a.state = b.state = BREAK;
    if (a.url && b.url) {
        if (!str_eq(word_of(&a), word_of(&b))) {
            forget_word(&a);
            a.word_len = (a.url | b.url) & URL_SCHEME ? 1 : 0;
            memcpy(b.word, a.word, sizeof b.word);
            b.word_len = a.word_len;
        }
        a.url = b.url = a.url | b.url;
    }
    if (!markup_same(&a, &b))
        return false;
    *m = a;
    return true;
}

bool markup_is_text(const struct markup *m)
{
    return m->state == TEXT;
}
