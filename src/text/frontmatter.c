// A story as a file: Markdown or HTML behind a head of YAML between two lines "---".
// SPDX-License-Identifier: Apache-2.0
#include "text/frontmatter.h"

#include <yaml.h>

#include "base/arena.h"
#include "text/date.h"
#include "text/entities.h"
#include "text/slug.h"
#include "text/url.h"
#include "text/zone.h"

enum { EVENTS_MAX = 4096, DEPTH_MAX = 16 };

struct reader {
    struct arena *arena;
    str file;
    const struct zone *zone;
    instant now;
    struct frontmatter *out;
    yaml_parser_t parser;
    yaml_event_t event;
    int events;
    uint64_t seen; // keys met, by their number in the table
};

// Complains about the event at hand.
#define refuse(r, fault, ...)                                                                      \
    failure((r)->arena, fault, place(r, (r)->event.start_mark.line), __VA_ARGS__)

// The head starts on the file's second line.
static str place(struct reader *r, size_t line)
{
    return str_format(r->arena, "%.*s:%zu", STR(r->file), line + 2);
}

static error next(struct reader *r)
{
    yaml_event_delete(&r->event);
    if (!yaml_parser_parse(&r->parser, &r->event))
        return failure(r->arena, FAULT_INPUT, place(r, r->parser.problem_mark.line),
                       "the front matter is no YAML: %s",
                       r->parser.problem ? r->parser.problem : "it cannot be read");
    if (++r->events > EVENTS_MAX)
        return refuse(r, FAULT_LIMIT, "the front matter has more than %d parts", EVENTS_MAX);
    if (r->event.type == YAML_ALIAS_EVENT)
        return refuse(r, FAULT_INPUT, "aliases (*name) are not read; write the value out");
    return NULL;
}

// Passes over the value that starts with the event at hand, whatever it is.
static error skip(struct reader *r)
{
    int depth = 0;
    for (;;) {
        yaml_event_type_t type = r->event.type;
        depth += type == YAML_MAPPING_START_EVENT || type == YAML_SEQUENCE_START_EVENT;
        depth -= type == YAML_MAPPING_END_EVENT || type == YAML_SEQUENCE_END_EVENT;
        if (depth > DEPTH_MAX)
            return refuse(r, FAULT_LIMIT, "more than %d levels in the front matter", DEPTH_MAX);
        if (!depth)
            return NULL;
        try(next(r));
    }
}

// The scalar at hand, trimmed; a bare null is empty.
static str scalar(struct reader *r)
{
    str value = {(const char *)r->event.data.scalar.value, r->event.data.scalar.length};
    bool plain = r->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
    if (plain && (str_eq(value, S("~")) || str_eq_nocase(value, S("null"))))
        return S("");
    return str_copy(r->arena, str_trim(value));
}

static error read_text(struct reader *r, str key, str *out)
{
    if (r->event.type != YAML_SCALAR_EVENT)
        return refuse(r, FAULT_INPUT, "%.*s is not a text; put it in quotes", STR(key));
    *out = str_trim(entities_decode(r->arena, scalar(r)));
    return NULL;
}

static error read_date(struct reader *r, str key, instant *out)
{
    str text;
    bool zoned;
    instant t;
    try(read_text(r, key, &text));
    if (!text.len)
        return NULL;
    if (r->now.ms && date_ago(text, r->zone, r->now, out))
        return NULL;
    if (!instant_parse(text, &t, &zoned))
        return refuse(r, FAULT_INPUT, "%.*s is not a date: \"%.*s\"; write 2026-11-23 14:05",
                      STR(key), STR(str_sub(text, 0, 80)));
    *out = zoned ? t : zone_instant(r->zone, instant_civil(t, 0));
    return NULL;
}

static error add_name(struct reader *r, str key, str name, size_t most, struct names *out)
{
    name = str_trim(name);
    for (size_t i = 0; i < out->count; i++)
        if (str_eq(out->all[i], name))
            return NULL;
    if (!name.len)
        return NULL;
    if (out->count == most)
        return refuse(r, FAULT_LIMIT, "%.*s has more than %zu entries", STR(key), most);
    if (!out->all)
        out->all = arena_array(r->arena, str, most);
    out->all[out->count++] = name;
    return NULL;
}

// One name, a list of names, or, where `commas` says so, names between commas.
static error read_names(struct reader *r, str key, bool commas, size_t most, struct names *out)
{
    str text;
    bool list = r->event.type == YAML_SEQUENCE_START_EVENT;
    if (list)
        try(next(r));
    while (!list || r->event.type != YAML_SEQUENCE_END_EVENT) {
        if (r->event.type != YAML_SCALAR_EVENT)
            return refuse(r, FAULT_INPUT, "%.*s is not a list of names; write [\"A\", \"B\"]",
                          STR(key));
        try(read_text(r, key, &text));
        if (!list && commas)
            while (text.ptr)
                try(add_name(r, key, str_cut(&text, ','), most, out));
        else
            try(add_name(r, key, text, most, out));
        if (!list)
            return NULL;
        try(next(r));
    }
    return NULL;
}

static error read_comments(struct reader *r, str key, enum comments_wish *out)
{
    static const str yes[] = {S("on"), S("true"), S("yes"), S("open"), S("1")};
    static const str no[] = {S("off"), S("false"), S("no"), S("closed"), S("0")};
    str text;
    try(read_text(r, key, &text));
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++) {
        if (str_eq_nocase(text, yes[i]))
            *out = COMMENTS_ON;
        if (str_eq_nocase(text, no[i]))
            *out = COMMENTS_OFF;
    }
    if (text.len && *out == COMMENTS_UNSAID)
        return refuse(r, FAULT_INPUT, "%.*s is neither on nor off", STR(key));
    return NULL;
}

// A part of a value that may be a text or a record.
struct part {
    const char *name;
    str *out;
};

static error read_parts(struct reader *r, str key, const struct part *parts, size_t count)
{
    if (r->event.type != YAML_MAPPING_START_EVENT)
        return read_text(r, key, parts[0].out);
    try(next(r));
    while (r->event.type != YAML_MAPPING_END_EVENT) {
        str *out = NULL, name = r->event.type == YAML_SCALAR_EVENT ? scalar(r) : S("");
        for (size_t i = 0; i < count; i++)
            if (str_eq_nocase(name, str_of(parts[i].name)))
                out = parts[i].out;
        try(skip(r));
        try(next(r));
        if (out)
            try(read_text(r, key, out));
        try(skip(r));
        try(next(r));
    }
    return NULL;
}

static error check_url(struct reader *r, str key, str url)
{
    if (!url.len || url_valid_http(url))
        return NULL;
    return refuse(r, FAULT_INPUT, "%.*s is not an address: \"%.*s\"; write https://…", STR(key),
                  STR(str_sub(url, 0, 80)));
}

static error read_source(struct reader *r, str key, struct frontmatter *f)
{
    const struct part parts[] = {{"name", &f->source_name}, {"url", &f->source_url}};
    try(read_parts(r, key, parts, 2));
    if (!f->source_url.len && url_valid_http(f->source_name)) {
        f->source_url = f->source_name;
        f->source_name = url_host(f->source_url);
    }
    return check_url(r, key, f->source_url);
}

static error read_picture(struct reader *r, str key, struct frontmatter *f)
{
    const struct part parts[] = {{"src", &f->picture},
                                 {"url", &f->picture},
                                 {"alt", &f->picture_alt},
                                 {"caption", &f->picture_caption},
                                 {"credit", &f->picture_credit}};
    return read_parts(r, key, parts, sizeof parts / sizeof *parts);
}

static bool language_valid(str s)
{
    if (!s.len || s.len > 35 || s.ptr[0] == '-')
        return !s.len;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        bool fine = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!fine && c != '-')
            return false;
    }
    return true;
}

// Minutes and seconds, "4:12", perhaps behind hours, "1:02:30".
static error read_length(struct reader *r, str key, int64_t *out)
{
    str text, whole;
    try(read_text(r, key, &text));
    int64_t total = 0, part;
    int parts = 0;
    for (whole = text; text.ptr; parts++) {
        str digits = str_cut(&text, ':');
        bool good = digits.len >= 1 && digits.len <= 3 && str_int(digits, &part) && part >= 0 &&
                    (parts == 0 || (digits.len == 2 && part < 60));
        if (!good || parts == 3)
            return refuse(r, FAULT_INPUT, "%.*s: \"%.*s\" is no length; write one like 4:12",
                          STR(key), STR(str_sub(whole, 0, 40)));
        total = total * 60 + part;
    }
    if (parts < 2)
        return refuse(r, FAULT_INPUT, "%.*s: \"%.*s\" is no length; write one like 4:12", STR(key),
                      STR(str_sub(whole, 0, 40)));
    *out = total;
    return NULL;
}

enum form { TEXT, DATE, AUTHORS, TOPICS, SOURCE, PICTURE, COMMENTS, DRAFT, LENGTH };

#define AT(member) offsetof(struct frontmatter, member)

// The first name of a member is its own and wins over the others, wherever it stands.
static const struct key {
    str name;
    enum form form;
    bool own;
    size_t at;
} keys[] = {
    {S("headline"), TEXT, true, AT(headline)},
    {S("title"), TEXT, false, AT(headline)},
    {S("standfirst"), TEXT, true, AT(standfirst)},
    {S("description"), TEXT, false, AT(standfirst)},
    {S("summary"), TEXT, false, AT(standfirst)},
    {S("deck"), TEXT, false, AT(standfirst)},
    {S("dek"), TEXT, false, AT(standfirst)},
    {S("excerpt"), TEXT, false, AT(standfirst)},
    {S("subtitle"), TEXT, false, AT(standfirst)},
    {S("section"), TEXT, true, AT(section)},
    {S("category"), TEXT, false, AT(section)},
    {S("kind"), TEXT, true, AT(kind)},
    {S("type"), TEXT, false, AT(kind)},
    {S("slug"), TEXT, true, AT(slug)},
    {S("language"), TEXT, true, AT(language)},
    {S("lang"), TEXT, false, AT(language)},
    {S("status"), TEXT, true, AT(status)},
    {S("draft"), DRAFT, false, AT(status)},
    {S("date"), DATE, true, AT(date)},
    {S("published"), DATE, false, AT(date)},
    {S("updated"), DATE, true, AT(updated)},
    {S("lastmod"), DATE, false, AT(updated)},
    {S("modified"), DATE, false, AT(updated)},
    {S("authors"), AUTHORS, true, AT(authors)},
    {S("author"), AUTHORS, false, AT(authors)},
    {S("byline"), AUTHORS, false, AT(authors)},
    {S("topics"), TOPICS, true, AT(topics)},
    {S("topic"), TOPICS, false, AT(topics)},
    {S("tags"), TOPICS, false, AT(topics)},
    {S("tag"), TOPICS, false, AT(topics)},
    {S("keywords"), TOPICS, false, AT(topics)},
    {S("source"), SOURCE, true, AT(source_name)},
    {S("source_name"), TEXT, false, AT(source_name)},
    {S("source_url"), TEXT, true, AT(source_url)},
    {S("video_url"), TEXT, true, AT(video_url)},
    {S("video_length"), LENGTH, true, AT(video_seconds)},
    {S("picture"), PICTURE, true, AT(picture)},
    {S("image"), PICTURE, false, AT(picture)},
    {S("picture_alt"), TEXT, true, AT(picture_alt)},
    {S("picture_caption"), TEXT, true, AT(picture_caption)},
    {S("picture_credit"), TEXT, true, AT(picture_credit)},
    {S("comments"), COMMENTS, true, AT(comments)},
    {S("change"), TEXT, true, AT(change)},
    {S("note"), TEXT, true, AT(note)},
    {S("path"), TEXT, true, AT(path)},
    {S("name"), TEXT, true, AT(name)},
    {S("role"), TEXT, true, AT(role)},
    {S("starts"), TEXT, true, AT(starts)},
    {S("ends"), TEXT, true, AT(ends)},
    {S("zone"), TEXT, true, AT(zone)},
    {S("place"), TEXT, true, AT(place)},
    {S("online"), TEXT, true, AT(online)},
    {S("organiser"), TEXT, true, AT(organiser)},
    {S("price"), TEXT, true, AT(price)},
    {S("signup"), TEXT, true, AT(signup)},
};

enum { KEYS = sizeof keys / sizeof *keys };
_Static_assert(KEYS <= 64, "seen is a set of 64 bits");

static error read_value(struct reader *r, const struct key *key, struct frontmatter *f)
{
    void *member = (char *)f + key->at;
    enum comments_wish draft = COMMENTS_UNSAID;
    switch (key->form) {
    case TEXT:
        return read_text(r, key->name, member);
    case DATE:
        return read_date(r, key->name, member);
    case AUTHORS:
        return read_names(r, key->name, /* commas= */ false, AUTHORS_MAX, member);
    case TOPICS:
        return read_names(r, key->name, /* commas= */ true, TOPICS_MAX, member);
    case SOURCE:
        return read_source(r, key->name, f);
    case PICTURE:
        return read_picture(r, key->name, f);
    case COMMENTS:
        return read_comments(r, key->name, member);
    case LENGTH:
        return read_length(r, key->name, member);
    case DRAFT:
        try(read_comments(r, key->name, &draft));
        if (draft == COMMENTS_ON)
            f->status = S("draft");
        return NULL;
    }
    return NULL;
}

// Whether another name of the same member has been met: one's own name is read in any case.
static bool is_said(const struct reader *r, const struct key *key)
{
    for (size_t i = 0; i < KEYS; i++)
        if (keys[i].at == key->at && &keys[i] != key && (r->seen >> i & 1))
            return true;
    return false;
}

static error note_unknown(struct reader *r, str name)
{
    struct names *unknown = &r->out->unknown;
    size_t before = unknown->count;
    if (before == TOPICS_MAX)
        return NULL;
    if (!r->out->unknown_lines)
        r->out->unknown_lines = arena_array(r->arena, int, TOPICS_MAX);
    try(add_name(r, S("front matter"), name, TOPICS_MAX, unknown));
    if (unknown->count > before)
        r->out->unknown_lines[before] = (int)r->event.start_mark.line + 2;
    return NULL;
}

static error read_pair(struct reader *r)
{
    if (r->event.type != YAML_SCALAR_EVENT)
        return refuse(r, FAULT_INPUT, "a key of the front matter is not a text");
    str name = scalar(r);
    const struct key *key = NULL;
    for (size_t i = 0; i < KEYS && !key; i++)
        if (str_eq_nocase(name, keys[i].name))
            key = &keys[i];
    if (key && (r->seen >> (key - keys) & 1))
        return refuse(r, FAULT_INPUT, "%.*s is given twice", STR(name));
    bool read = key && (key->own || !is_said(r, key));
    if (key)
        r->seen |= (uint64_t)1 << (key - keys);
    else
        try(note_unknown(r, name));
    try(next(r));
    if (!read)
        return skip(r);
    if (key->form == AUTHORS || key->form == TOPICS)
        *(struct names *)((char *)r->out + key->at) = (struct names){0};
    try(read_value(r, key, r->out));
    if (key->at == AT(slug) && r->out->slug.len && !slug_valid(r->out->slug))
        return refuse(r, FAULT_INPUT, "\"%.*s\" is no slug; write small letters, digits and -",
                      STR(str_sub(r->out->slug, 0, 80)));
    if (key->at == AT(language) && !language_valid(r->out->language))
        return refuse(r, FAULT_INPUT, "\"%.*s\" is no language; write one like en or pt-BR",
                      STR(str_sub(r->out->language, 0, 40)));
    if (key->at == AT(source_url))
        return check_url(r, key->name, r->out->source_url);
    return key->at == AT(video_url) ? check_url(r, key->name, r->out->video_url) : NULL;
}

static error read_head(struct reader *r)
{
    try(next(r)); // stream start
    try(next(r));
    if (r->event.type == YAML_STREAM_END_EVENT)
        return NULL;
    try(next(r)); // document start
    if (r->event.type == YAML_SCALAR_EVENT && !r->event.data.scalar.length)
        return NULL;
    if (r->event.type != YAML_MAPPING_START_EVENT)
        return refuse(r, FAULT_INPUT, "the front matter is not made of lines \"key: value\"");
    try(next(r));
    while (r->event.type != YAML_MAPPING_END_EVENT) {
        try(read_pair(r));
        try(next(r));
    }
    return NULL;
}

// Takes the first line off *s, without its end.
static str take_line(str *s)
{
    str line = str_cut(s, '\n');
    return str_ends(line, S("\r")) ? str_sub(line, 0, line.len - 1) : line;
}

// Sets the body and gives the head, or STR_NONE when there is none.
static error split(struct arena *a, str file, str text, str *head, struct frontmatter *f)
{
    str rest = text;
    *head = STR_NONE;
    f->body = text;
    f->body_line = 1;
    if (!str_eq(str_trim_right(take_line(&rest)), S("---")))
        return NULL;
    const char *start = rest.ptr;
    f->body_line = 2;
    while (rest.ptr) {
        str at = rest, line = str_trim_right(take_line(&rest));
        f->body_line++;
        if (str_eq(line, S("---")) || str_eq(line, S("..."))) {
            *head = (str){start, (size_t)(at.ptr - start)};
            f->body = rest.ptr ? rest : S("");
            return NULL;
        }
        if ((size_t)(at.ptr - start) > FRONTMATTER_MAX)
            break;
    }
    return failure(a, FAULT_INPUT, str_format(a, "%.*s:1", STR(file)),
                   "the front matter has no end within %d bytes: a line --- is missing",
                   FRONTMATTER_MAX);
}

error frontmatter_parse(struct arena *a, str file, str text, const struct zone *zone, instant now,
                        struct frontmatter *out)
{
    struct frontmatter f = {0};
    str head;
    if (str_starts(text, S("\xEF\xBB\xBF")))
        text = str_from(text, 3);
    if (!str_valid_utf8(text))
        return failure(a, FAULT_INPUT, file, "not a text in UTF-8; save it as UTF-8");
    try(split(a, file, text, &head, &f));
    if (head.len) {
        struct reader r = {.arena = a, .file = file, .zone = zone, .now = now, .out = &f};
        if (!yaml_parser_initialize(&r.parser))
            return failure(a, FAULT_LIMIT, file, "no memory to read YAML");
        yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&r.parser, (const unsigned char *)head.ptr, head.len);
        error e = read_head(&r);
        yaml_event_delete(&r.event);
        yaml_parser_delete(&r.parser);
        try(e);
    }
    *out = f;
    return NULL;
}
