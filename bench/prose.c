// Invented news: headlines, sentences and bodies out of word lists, the same for the same seed.
// SPDX-License-Identifier: Apache-2.0
#include "bench/prose.h"

#include "base/arena.h"
#include "base/buf.h"

#define COUNT(list) (sizeof(list) / sizeof *(list))

static const char *const first_names[] = {"Erin", "Tomas", "Leila",  "Oskar", "Mireille",
                                          "Ravi", "Ines",  "Callum", "Yuki",  "Dorota"};
static const char *const last_names[] = {
    "Castellan", "Abara",   "Lindqvist", "Moreau",  "Petrov",  "Hartnell", "Okafor",
    "Brandt",    "Silvera", "Whitlock",  "Nakano",  "Fairley", "Dvorak",   "Mbeki",
    "Ferreira",  "Quill",   "Hashemi",   "Tremain", "Vasquez", "Kjeldsen"};
static const char *const goods[] = {"Copper", "Lithium", "Sterling", "Rate",     "Freight",
                                    "Grain",  "Power",   "Office",   "Pension",  "Carbon",
                                    "Gas",    "Chip",    "Gilt",     "Aircraft", "Housing"};
static const char *const fields[] = {"futures",   "prices",  "supply",     "demand", "policy",
                                     "exports",   "funds",   "regulation", "tax",    "markets",
                                     "auctions",  "mergers", "insurance",  "loans",  "strikes",
                                     "start-ups", "credit",  "storage",    "audits", "reserves"};
static const char *const verbs[] = {"rises",   "slips", "steadies", "widens", "doubles", "stalls",
                                    "rallies", "thins", "recovers", "shifts", "tightens"};
static const char *const reasons[] = {
    "as lenders wait for the new rules", "after a week of thin trading",
    "while ministers weigh a levy",      "on talk of an early settlement",
    "before the regulator reports",      "as ports reopen in the north",
    "amid doubts over the harvest",      "after the largest buyer steps back"};
static const char *const words[] = {
    "the",       "market",   "of",       "traders",   "and",      "a",        "quarter",
    "in",        "bank",     "that",     "has",       "said",     "to",       "expects",
    "prices",    "for",      "is",       "on",        "analysts", "growth",   "with",
    "which",     "from",     "index",    "shares",    "was",      "by",       "companies",
    "it",        "rate",     "at",       "investors", "higher",   "as",       "report",
    "costs",     "lower",    "were",     "sales",     "this",     "year",     "an",
    "industry",  "after",    "their",    "billion",   "demand",   "supply",   "than",
    "margins",   "orders",   "would",    "debt",      "policy",   "more",     "bond",
    "yields",    "steady",   "its",      "capital",   "since",    "exports",  "regulator",
    "had",       "forecast", "revenue",  "between",   "lenders",  "will",     "portfolio",
    "currency",  "until",    "contract", "delivery",  "but",      "weaker",   "output",
    "over",      "factory",  "survey",   "showed",    "annual",   "earnings", "not",
    "warehouse", "freight",  "whether",  "insurers",  "recovery", "could",    "settlement"};

struct dice dice_new(uint64_t seed)
{
    return (struct dice){seed * 0x9e3779b97f4a7c15u + 88172645463325252u};
}

uint64_t dice_below(struct dice *d, uint64_t n)
{
    d->state ^= d->state << 13;
    d->state ^= d->state >> 7;
    d->state ^= d->state << 17;
    return (d->state >> 11) % n;
}

#define PICK(d, list) (list)[dice_below((d), COUNT(list))]

str prose_person(struct arena *a, int n)
{
    return str_format(a, "%s %s", first_names[n % COUNT(first_names)],
                      last_names[n / COUNT(first_names) % COUNT(last_names)]);
}

str prose_topic(struct arena *a, int n)
{
    return str_format(a, "%s %s", goods[n % COUNT(goods)],
                      fields[n / COUNT(goods) % COUNT(fields)]);
}

str prose_headline(struct arena *a, struct dice *d)
{
    return str_format(a, "%s %s %s %s", PICK(d, goods), PICK(d, fields), PICK(d, verbs),
                      PICK(d, reasons));
}

static void sentence(struct buf *b, struct dice *d, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        str word = str_of(PICK(d, words));
        if (i)
            buf_add_char(b, ' ');
        buf_add_char(b, i ? word.ptr[0] : (char)(word.ptr[0] - 'a' + 'A'));
        buf_add(b, str_from(word, 1));
    }
    buf_add_char(b, '.');
}

static size_t paragraph(struct buf *b, struct dice *d)
{
    size_t total = 0, sentences = 2 + dice_below(d, 3);
    for (size_t i = 0; i < sentences; i++) {
        size_t length = 8 + dice_below(d, 18);
        if (i)
            buf_add_char(b, ' ');
        sentence(b, d, length);
        total += length;
    }
    return total;
}

// One block of a body; every fifth has a heading of its own or is a quotation.
static size_t block(struct arena *a, struct dice *d, size_t nth, struct buf *body,
                    struct buf *plain)
{
    struct buf text = buf_new(a, 16 * 1024);
    size_t count = paragraph(&text, d);
    bool quoted = nth % 5 == 4;
    if (nth && nth % 5 == 0) {
        str heading = prose_headline(a, d);
        buf_addf(body, "<h2>%.*s</h2>\n", STR(heading));
        buf_addf(plain, "%.*s\n", STR(heading));
    }
    buf_addf(body, quoted ? "<blockquote><p>%.*s</p></blockquote>\n" : "<p>%.*s</p>\n",
             STR(buf_str(&text)));
    buf_addf(plain, "%.*s\n", STR(buf_str(&text)));
    return count;
}

void prose_body(struct arena *a, struct dice *d, struct story_draft *out)
{
    struct buf body = buf_new(a, 64 * 1024), plain = buf_new(a, 64 * 1024);
    size_t wanted = 400 + dice_below(d, 500), count = 0;
    for (size_t nth = 0; count < wanted; nth++)
        count += block(a, d, nth, &body, &plain);
    out->body = (html){buf_str(&body)};
    out->plain = buf_str(&plain);
    out->words = (int64_t)count;
    out->reading_minutes = (int64_t)(count + 199) / 200;
}

void prose_story(struct arena *a, struct dice *d, struct story_draft *out)
{
    static const char *const kinds[] = {"news", "news", "news", "analysis", "opinion", "explainer"};
    struct buf standfirst = buf_new(a, 2000);
    *out = (struct story_draft){.kind = str_of(PICK(d, kinds)),
                                .headline = prose_headline(a, d),
                                .slug = S(""),
                                .language = S(""),
                                .source_name = S(""),
                                .source_url = S(""),
                                .video_url = S(""),
                                .comments_open = true,
                                .file = S(""),
                                .file_hash = S("")};
    sentence(&standfirst, d, 12 + dice_below(d, 14));
    out->standfirst = buf_str(&standfirst);
    prose_body(a, d, out);
    out->excerpt = str_sub(out->plain, 0, 160);
}
