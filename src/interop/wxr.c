// Reads WordPress's export format as a stream. libxml2's push parser is used without its tree: a
// DOCTYPE is refused when its name is seen, before anything in it is read, and nothing is kept of
// an item once it was handed on. SPDX-License-Identifier: Apache-2.0
#include "interop/wxr.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"

enum { CHUNK = 32 * 1024, DEPTH_MOST = 32 };

enum space { SPACE_NONE, SPACE_WP, SPACE_EXCERPT, SPACE_CONTENT, SPACE_DC, SPACE_OTHER };

enum level {
    AT_ROOT,
    AT_RSS,
    AT_CHANNEL,
    AT_AUTHOR,
    AT_TERM,
    AT_ITEM,
    AT_META,
    AT_COMMENT,
    AT_ELSEWHERE
};

struct reader {
    struct arena *arena; // for errors
    struct arena *own;   // for the record being read
    str name;
    const struct wxr_handler *handler;
    xmlParserCtxt *xml;
    error failed;
    enum level levels[DEPTH_MOST];
    int depth;
    bool told_site, saw_channel;
    size_t quiet; // bytes since the parser last reported anything
    struct wxr_site site;
    struct wxr_author author;
    struct wxr_term term;
    struct wxr_item item;
    struct wxr_meta meta;
    struct wxr_comment comment;
    struct wxr_item_term item_term;
    size_t term_cap, meta_cap, comment_cap, item_bytes;
    str *target;     // where the text of the element goes; NULL when it is not wanted
    struct buf text; // of the element
    int record_line;
};

// ---- which element is which

struct place {
    enum level level;
    enum space space;
    const char *name;
    size_t offset; // of a str in the record
};

#define SITE(space, name, member)                                                                  \
    {                                                                                              \
        AT_CHANNEL, space, name, offsetof(struct reader, site.member)                              \
    }
#define AUTHOR(name, member)                                                                       \
    {                                                                                              \
        AT_AUTHOR, SPACE_WP, name, offsetof(struct reader, author.member)                          \
    }
#define TERM(name, member)                                                                         \
    {                                                                                              \
        AT_TERM, SPACE_WP, name, offsetof(struct reader, term.member)                              \
    }
#define ITEM(space, name, member)                                                                  \
    {                                                                                              \
        AT_ITEM, space, name, offsetof(struct reader, item.member)                                 \
    }
#define META(name, member)                                                                         \
    {                                                                                              \
        AT_META, SPACE_WP, name, offsetof(struct reader, meta.member)                              \
    }
#define COMMENT(name, member)                                                                      \
    {                                                                                              \
        AT_COMMENT, SPACE_WP, name, offsetof(struct reader, comment.member)                        \
    }

static const struct place places[] = {
    SITE(SPACE_NONE, "title", title),
    SITE(SPACE_NONE, "link", link),
    SITE(SPACE_NONE, "description", description),
    SITE(SPACE_NONE, "language", language),
    SITE(SPACE_WP, "wxr_version", version),
    SITE(SPACE_WP, "base_site_url", site_url),
    SITE(SPACE_WP, "base_blog_url", blog_url),
    AUTHOR("author_id", id),
    AUTHOR("author_login", login),
    AUTHOR("author_display_name", display_name),
    AUTHOR("author_first_name", first_name),
    AUTHOR("author_last_name", last_name),
    AUTHOR("author_description", biography),
    TERM("term_id", id),
    TERM("term_taxonomy", taxonomy),
    TERM("term_slug", slug),
    TERM("term_name", name),
    TERM("term_parent", parent),
    TERM("term_description", description),
    TERM("category_nicename", slug),
    TERM("category_parent", parent),
    TERM("cat_name", name),
    TERM("category_description", description),
    TERM("tag_slug", slug),
    TERM("tag_name", name),
    TERM("tag_description", description),
    ITEM(SPACE_CONTENT, "encoded", content),
    ITEM(SPACE_EXCERPT, "encoded", excerpt),
    ITEM(SPACE_DC, "creator", creator),
    ITEM(SPACE_NONE, "title", title),
    ITEM(SPACE_NONE, "link", link),
    ITEM(SPACE_NONE, "pubDate", pub_date),
    ITEM(SPACE_WP, "post_id", id),
    ITEM(SPACE_WP, "post_date", date),
    ITEM(SPACE_WP, "post_date_gmt", date_gmt),
    ITEM(SPACE_WP, "post_modified", modified),
    ITEM(SPACE_WP, "post_modified_gmt", modified_gmt),
    ITEM(SPACE_WP, "comment_status", comment_status),
    ITEM(SPACE_WP, "post_name", name),
    ITEM(SPACE_WP, "status", status),
    ITEM(SPACE_WP, "post_parent", parent),
    ITEM(SPACE_WP, "menu_order", menu_order),
    ITEM(SPACE_WP, "post_type", type),
    ITEM(SPACE_WP, "post_password", password),
    ITEM(SPACE_WP, "is_sticky", sticky),
    ITEM(SPACE_WP, "attachment_url", attachment_url),
    META("meta_key", key),
    META("meta_value", value),
    COMMENT("comment_id", id),
    COMMENT("comment_parent", parent),
    COMMENT("comment_author", author),
    COMMENT("comment_author_email", email),
    COMMENT("comment_author_url", url),
    COMMENT("comment_date", date),
    COMMENT("comment_date_gmt", date_gmt),
    COMMENT("comment_content", content),
    COMMENT("comment_approved", approved),
    COMMENT("comment_type", type),
};

static enum space space_of(const xmlChar *uri)
{
    str s = str_of((const char *)uri);
    if (!s.len)
        return SPACE_NONE;
    if (str_starts(s, S("https://")))
        s = str_from(s, 8);
    else if (str_starts(s, S("http://")))
        s = str_from(s, 7);
    if (str_starts(s, S("wordpress.org/export/1."))) {
        str rest = str_from(s, 23);
        bool known = rest.len >= 1 && rest.ptr[0] >= '0' && rest.ptr[0] <= '2';
        rest = str_from(rest, 1);
        if (known && (str_eq(rest, S("/")) || !rest.len))
            return SPACE_WP;
        return known && str_starts(rest, S("/excerpt")) ? SPACE_EXCERPT : SPACE_OTHER;
    }
    if (str_starts(s, S("purl.org/rss/1.0/modules/content")))
        return SPACE_CONTENT;
    return str_starts(s, S("purl.org/dc/elements/1.1")) ? SPACE_DC : SPACE_OTHER;
}

// ---- failing

static str position(struct reader *r)
{
    return str_format(r->arena, "%.*s:%d:%d", STR(r->name), xmlSAX2GetLineNumber(r->xml),
                      xmlSAX2GetColumnNumber(r->xml));
}

static void fail(struct reader *r, error e)
{
    if (!r->failed)
        r->failed = e;
    xmlStopParser(r->xml);
}

static void doctype(void *context, const xmlChar *name, const xmlChar *external,
                    const xmlChar *system)
{
    struct reader *r = context;
    fail(r, failure(r->arena, FAULT_INPUT, position(r),
                    "the file has a DOCTYPE, which no export has: it is not read"));
}

// The site's own fields stand before everything else of the channel.
static bool site_is_known(struct reader *r)
{
    if (r->told_site)
        return true;
    str v = r->site.version;
    if (!v.len) {
        fail(r, failure(r->arena, FAULT_INPUT, position(r),
                        "there is no <wp:wxr_version>: this is no export of WordPress (WXR)"));
        return false;
    }
    if (!str_eq(v, S("1.0")) && !str_eq(v, S("1.1")) && !str_eq(v, S("1.2"))) {
        fail(r, failure(r->arena, FAULT_INPUT, position(r),
                        "the version of the export is \"%.*s\": versions 1.0, 1.1 and 1.2 are read",
                        STR(str_sub(v, 0, 40))));
        return false;
    }
    r->told_site = true;
    if (r->handler->site) {
        error e = r->handler->site(r->handler->context, &r->site);
        if (e)
            fail(r, e);
    }
    return !r->failed;
}

// ---- elements

static void *grow(struct arena *a, void *all, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return all;
    size_t more = *cap ? *cap * 2 : 8;
    void *grown = arena_alloc(a, more * size);
    if (count)
        memcpy(grown, all, count * size);
    *cap = more;
    return grown;
}

static void begin_text(struct reader *r, str *target)
{
    r->target = target;
    r->text = buf_new(r->own, WXR_ITEM_MOST);
}

static void begin_record(struct reader *r)
{
    r->record_line = xmlSAX2GetLineNumber(r->xml);
    r->author = (struct wxr_author){0};
    r->term = (struct wxr_term){0};
}

static void begin_item(struct reader *r)
{
    r->item = (struct wxr_item){.line = xmlSAX2GetLineNumber(r->xml)};
    r->term_cap = r->meta_cap = r->comment_cap = r->item_bytes = 0;
}

static enum level below_channel(struct reader *r, enum space space, str name)
{
    if (space == SPACE_NONE && str_eq(name, S("item"))) {
        begin_item(r);
        return AT_ITEM;
    }
    if (space != SPACE_WP)
        return AT_ELSEWHERE;
    begin_record(r);
    if (str_eq(name, S("author")))
        return AT_AUTHOR;
    if (str_eq(name, S("category")))
        r->term.taxonomy = S("category");
    else if (str_eq(name, S("tag")))
        r->term.taxonomy = S("post_tag");
    else if (!str_eq(name, S("term")))
        return AT_ELSEWHERE;
    return AT_TERM;
}

static enum level below_item(struct reader *r, enum space space, str name)
{
    if (space != SPACE_WP)
        return AT_ELSEWHERE;
    if (str_eq(name, S("postmeta"))) {
        r->meta = (struct wxr_meta){0};
        return AT_META;
    }
    if (str_eq(name, S("comment"))) {
        r->comment = (struct wxr_comment){0};
        return AT_COMMENT;
    }
    return AT_ELSEWHERE;
}

static enum level level_of(struct reader *r, enum level above, enum space space, str name)
{
    switch (above) {
    case AT_ROOT:
        return str_eq(name, S("rss")) ? AT_RSS : AT_ELSEWHERE;
    case AT_RSS:
        if (!str_eq(name, S("channel")) || r->saw_channel)
            return AT_ELSEWHERE;
        r->saw_channel = true;
        return AT_CHANNEL;
    case AT_CHANNEL:
        return below_channel(r, space, name);
    case AT_ITEM:
        return below_item(r, space, name);
    default:
        return AT_ELSEWHERE;
    }
}

// Attributes come as five pointers each: name, prefix, address, value, end of the value.
static str attribute(struct reader *r, int count, const xmlChar **attributes, const char *name)
{
    for (int i = 0; i < count; i++, attributes += 5)
        if (strcmp((const char *)attributes[0], name) == 0)
            return str_copy(r->own, (str){(const char *)attributes[3],
                                          (size_t)(attributes[4] - attributes[3])});
    return S("");
}

static void find_text(struct reader *r, enum level above, enum space space, str name, int count,
                      const xmlChar **attributes)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (places[i].level == above && places[i].space == space &&
            str_eq(name, str_of(places[i].name))) {
            begin_text(r, (str *)((char *)r + places[i].offset));
            return;
        }
    if (above == AT_ITEM && space == SPACE_NONE && str_eq(name, S("category"))) {
        r->item_term = (struct wxr_item_term){
            .domain = attribute(r, count, attributes, "domain"),
            .slug = attribute(r, count, attributes, "nicename"),
        };
        begin_text(r, &r->item_term.name);
    } else if (above == AT_ITEM && space == SPACE_WP && str_eq(name, S("author")) &&
               !r->item.creator.len) {
        begin_text(r, &r->item.creator);
    }
}

static void start(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                  int namespaces, const xmlChar **declared, int count, int defaulted,
                  const xmlChar **attributes)
{
    struct reader *r = context;
    r->quiet = 0;
    if (r->failed)
        return;
    enum level above = r->depth ? r->levels[r->depth - 1] : AT_ROOT;
    str name = str_of((const char *)local);
    enum space space = space_of(uri);
    r->target = NULL;
    if (r->depth == DEPTH_MOST) {
        fail(r, failure(r->arena, FAULT_LIMIT, position(r), "elements nest deeper than %d",
                        DEPTH_MOST));
        return;
    }
    enum level level = level_of(r, above, space, name);
    r->levels[r->depth++] = level;
    if (level >= AT_AUTHOR && level <= AT_ITEM && !site_is_known(r))
        return;
    if (level == AT_ELSEWHERE)
        find_text(r, above, space, name, count, attributes);
}

static void keep_text(struct reader *r)
{
    size_t room = WXR_ITEM_MOST - (r->item_bytes < WXR_ITEM_MOST ? r->item_bytes : WXR_ITEM_MOST);
    str text = str_trim(buf_str(&r->text));
    // Ids and words are trimmed; what an author wrote keeps its first and last lines.
    if (r->target == &r->item.content || r->target == &r->meta.value)
        text = buf_str(&r->text);
    bool of_item = r->depth >= 3 && r->levels[2] == AT_ITEM;
    if (r->text.overflow || (of_item && text.len > room)) {
        r->item.too_large = true;
        text = S("");
    }
    r->item_bytes += text.len;
    *r->target = text;
    r->target = NULL;
}

static void add_item_term(struct reader *r)
{
    struct wxr_item *i = &r->item;
    if (i->term_count == WXR_RECORDS_MOST)
        return;
    i->terms = grow(r->own, i->terms, i->term_count, &r->term_cap, sizeof *i->terms);
    i->terms[i->term_count++] = r->item_term;
}

static void add_meta(struct reader *r)
{
    struct wxr_item *i = &r->item;
    if (i->meta_count == WXR_RECORDS_MOST)
        return;
    i->metas = grow(r->own, i->metas, i->meta_count, &r->meta_cap, sizeof *i->metas);
    i->metas[i->meta_count++] = r->meta;
}

static void add_comment(struct reader *r)
{
    struct wxr_item *i = &r->item;
    if (i->comment_count == WXR_RECORDS_MOST)
        return;
    i->comments = grow(r->own, i->comments, i->comment_count, &r->comment_cap, sizeof *i->comments);
    i->comments[i->comment_count++] = r->comment;
}

static void end_record(struct reader *r, enum level level)
{
    const struct wxr_handler *h = r->handler;
    error e = NULL;
    if (level == AT_META)
        add_meta(r);
    else if (level == AT_COMMENT)
        add_comment(r);
    else if (level == AT_AUTHOR && h->author)
        e = h->author(h->context, &r->author, r->record_line);
    else if (level == AT_TERM && h->term)
        e = h->term(h->context, &r->term, r->record_line);
    else if (level == AT_ITEM && h->item)
        e = h->item(h->context, &r->item);
    else if (level == AT_CHANNEL)
        site_is_known(r);
    if (e)
        fail(r, e);
    if (level == AT_AUTHOR || level == AT_TERM || level == AT_ITEM)
        arena_reset(r->own);
}

static void end(void *context, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
    struct reader *r = context;
    r->quiet = 0;
    if (r->failed || r->depth == 0)
        return;
    bool is_item_term = r->target == &r->item_term.name;
    if (r->target)
        keep_text(r);
    if (is_item_term)
        add_item_term(r);
    end_record(r, r->levels[--r->depth]);
}

static void characters(void *context, const xmlChar *text, int len)
{
    struct reader *r = context;
    r->quiet = 0;
    if (r->target)
        buf_add(&r->text, (str){(const char *)text, (size_t)len});
}

// libxml2 keeps the last error itself; nothing is printed.
static void keep_quiet(void *context, xmlError *e)
{
}

// Some faults of encodings are printed and nothing else.
static void print_nothing(void *context, const char *format, ...)
{
}

// ---- the whole

static error not_well_formed(struct reader *r)
{
    const xmlError *last = xmlCtxtGetLastError(r->xml);
    str why = last && last->message ? str_trim(str_of(last->message)) : S("it ends too early");
    return failure(r->arena, FAULT_INPUT,
                   str_format(r->arena, "%.*s:%d:%d", STR(r->name), last ? last->line : 0,
                              last ? last->int2 : 0),
                   "the file is not well-formed XML: %.*s", STR(why));
}

static error feed(struct reader *r, const char *bytes, size_t size, bool last)
{
    r->quiet += size;
    int status = xmlParseChunk(r->xml, bytes, (int)size, last);
    if (r->failed)
        return r->failed;
    if (status != XML_ERR_OK && !r->xml->wellFormed)
        return not_well_formed(r);
    if (r->quiet > WXR_TOKEN_MOST)
        return failure(r->arena, FAULT_LIMIT, position(r),
                       "a tag or remark is longer than %d MiB: this is no export of WordPress",
                       WXR_TOKEN_MOST >> 20);
    return NULL;
}

static error feed_all(struct reader *r, const struct wxr_source *source)
{
    char *bytes = arena_text(r->arena, CHUNK);
    size_t got;
    do {
        try(source->read(source->context, bytes, CHUNK, &got));
        try(feed(r, bytes, got, got == 0));
    } while (got);
    if (!r->told_site)
        return failure(r->arena, FAULT_INPUT, r->name,
                       "this is no export of WordPress (WXR): it has no <rss> with a <channel>");
    return NULL;
}

error wxr_read(struct arena *a, str name, const struct wxr_source *source,
               const struct wxr_handler *handler)
{
    xmlSAXHandler sax = {
        .initialized = XML_SAX2_MAGIC,
        .internalSubset = doctype,
        .externalSubset = doctype,
        .startElementNs = start,
        .endElementNs = end,
        .characters = characters,
        .ignorableWhitespace = characters,
        .cdataBlock = characters,
        .serror = keep_quiet,
    };
    arena_scoped own = arena_new();
    struct reader *r = arena_make(a, struct reader);
    *r = (struct reader){.arena = a, .own = own, .name = name, .handler = handler};
    r->xml = xmlCreatePushParserCtxt(&sax, r, NULL, 0, NULL);
    xmlSetGenericErrorFunc(NULL, print_nothing); // of this thread
    if (!r->xml)
        return failure(a, FAULT_IO, name, "the XML parser has no memory");
    xmlCtxtUseOptions(r->xml, XML_PARSE_NONET | XML_PARSE_NODICT);
    error e = feed_all(r, source);
    xmlFreeParserCtxt(r->xml);
    return e;
}

str wxr_meta_value(const struct wxr_item *item, str key)
{
    for (size_t i = item->meta_count; i > 0; i--)
        if (str_eq(item->metas[i - 1].key, key))
            return item->metas[i - 1].value;
    return S("");
}
