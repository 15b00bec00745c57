// Tests of the reader of WordPress's export format.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "interop/wxr.h"

#define HEAD                                                                                       \
    "<?xml version=\"1.0\"?>\n<rss xmlns:wp=\"http://wordpress.org/export/1.2/\" "                 \
    "xmlns:excerpt=\"http://wordpress.org/export/1.2/excerpt/\" "                                  \
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" "                                  \
    "xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel><title>T</title>"                      \
    "<wp:wxr_version>1.2</wp:wxr_version>"
#define TAIL "</channel></rss>"

static struct arena *a;

static int set_up(void **state)
{
    a = arena_new();
    return 0;
}

static int tear_down(void **state)
{
    arena_free(a);
    return 0;
}

struct text {
    str rest;
    size_t step;
};

static error give(void *context, char *bytes, size_t size, size_t *got)
{
    struct text *t = context;
    *got = t->rest.len < t->step ? t->rest.len : t->step;
    memcpy(bytes, t->rest.ptr, *got);
    t->rest = str_from(t->rest, *got);
    return NULL;
}

// What was told, one line each.
static struct buf told;

static error on_site(void *context, const struct wxr_site *s)
{
    buf_addf(&told, "site %.*s %.*s\n", STR(s->title), STR(s->version));
    return NULL;
}

static error on_author(void *context, const struct wxr_author *w, int line)
{
    buf_addf(&told, "author %.*s %.*s\n", STR(w->login), STR(w->display_name));
    return NULL;
}

static error on_term(void *context, const struct wxr_term *t, int line)
{
    buf_addf(&told, "term %.*s %.*s %.*s\n", STR(t->taxonomy), STR(t->slug), STR(t->name));
    return NULL;
}

static error on_item(void *context, const struct wxr_item *i)
{
    buf_addf(&told, "item %.*s line %d '%.*s'", STR(i->id), i->line, STR(i->content));
    if (i->too_large)
        buf_addf(&told, " too large");
    for (size_t n = 0; n < i->term_count; n++)
        buf_addf(&told, " %.*s=%.*s/%.*s", STR(i->terms[n].domain), STR(i->terms[n].slug),
                 STR(i->terms[n].name));
    for (size_t n = 0; n < i->meta_count; n++)
        buf_addf(&told, " [%.*s:%.*s]", STR(i->metas[n].key), STR(i->metas[n].value));
    for (size_t n = 0; n < i->comment_count; n++)
        buf_addf(&told, " (%.*s<%.*s)", STR(i->comments[n].id), STR(i->comments[n].parent));
    buf_add_char(&told, '\n');
    return NULL;
}

static error read_by(str text, size_t step)
{
    struct text t = {text, step};
    struct wxr_source source = {&t, give};
    struct wxr_handler handler = {NULL, on_site, on_author, on_term, on_item};
    told = buf_new(a, 1 << 20);
    return wxr_read(a, S("f.xml"), &source, &handler);
}

static void assert_refused(str text, const char *where, const char *what)
{
    error e = read_by(text, 4096);
    assert_non_null(e);
    if (str_find(e->message, str_of(what)) < 0 || !str_eq(e->where, str_of(where)))
        fail_msg("%.*s: %.*s", STR(e->where), STR(e->message));
}

static const char whole[] = HEAD
    "<wp:author><wp:author_login> jo\n</wp:author_login><wp:author_display_name>Jo "
    "&amp; Co</wp:author_display_name></wp:author>"
    "<wp:category><wp:category_nicename>n</wp:category_nicename><wp:cat_name>News</wp:cat_name>"
    "</wp:category>"
    "<wp:term><wp:term_taxonomy>x</wp:term_taxonomy><wp:term_slug>s</wp:term_slug></wp:term>\n"
    "<item><content:encoded><![CDATA[a ]]]]><![CDATA[> b]]></content:encoded>"
    "<wp:post_id>5</wp:post_id><category domain=\"category\" "
    "nicename=\"n\"><![CDATA[News]]></category>"
    "<wp:postmeta><wp:meta_key>k</wp:meta_key><wp:meta_value><![CDATA[v]]></wp:meta_value>"
    "</wp:postmeta><wp:comment><wp:comment_id>2</wp:comment_id><wp:comment_parent>1"
    "</wp:comment_parent><wp:commentmeta><wp:meta_key>z</wp:meta_key></wp:commentmeta></wp:comment>"
    "</item><item><wp:post_id>6</wp:post_id></item>" TAIL;

static void all_is_told_in_order_however_it_is_cut(void **state)
{
    for (size_t step = 1; step < sizeof whole; step += step < 20 ? 1 : 97) {
        assert_null(read_by(str_of(whole), step));
        assert_str(buf_str(&told),
                   "site T 1.2\nauthor jo Jo & Co\nterm category n News\nterm x s \n"
                   "item 5 line 4 'a ]]> b' category=n/News [k:v] (2<1)\n"
                   "item 6 line 4 ''\n");
    }
}

static void namespaces_count_by_address(void **state)
{
    assert_null(read_by(S("<rss xmlns:q=\"https://wordpress.org/export/1.0/\"><channel>"
                          "<q:wxr_version>1.0</q:wxr_version><item><q:post_id>9</q:post_id></item>"
                          "</channel></rss>"),
                        7));
    assert_str(buf_str(&told), "site  1.0\nitem 9 line 1 ''\n");
}

static void what_is_no_export_is_refused_with_its_place(void **state)
{
    assert_refused(S(HEAD "<item></wrong>"), "f.xml:2:283", "not well-formed");
    assert_refused(S("<rss><channel></channel></rss>"), "f.xml:1:25", "no <wp:wxr_version>");
    assert_refused(S("<html/>"), "f.xml", "no export of WordPress");
    assert_refused(S(""), "f.xml:1:1", "not well-formed");
    assert_refused(S("<rss xmlns:wp=\"http://wordpress.org/export/1.2/\"><channel>"
                     "<wp:wxr_version>2.0</wp:wxr_version><item/></channel></rss>"),
                   "f.xml:1:100", "the version of the export is \"2.0\"");
}

static void a_doctype_is_refused_before_it_is_read(void **state)
{
    assert_refused(S("<!DOCTYPE rss [<!ENTITY a \"b\">]><rss>&a;</rss>"), "f.xml:1:15", "DOCTYPE");
    assert_refused(S("<!DOCTYPE rss SYSTEM \"http://127.0.0.1/x\"><rss/>"), "f.xml:1:42",
                   "DOCTYPE");
}

static void an_item_beyond_the_limit_is_marked_and_the_rest_goes_on(void **state)
{
    size_t size = WXR_ITEM_MOST + 1000;
    char *text = arena_text(a, size + 2000);
    str before = S(HEAD "<item><content:encoded>"),
        behind = S("</content:encoded><wp:post_id>1</wp:post_id></item><item><wp:post_id>2"
                   "</wp:post_id></item>" TAIL);
    memset(text, 'x', size + 2000);
    memcpy(text, before.ptr, before.len);
    memcpy(text + size, behind.ptr, behind.len);
    assert_null(read_by((str){text, size + behind.len}, 32768));
    assert_true(str_find(buf_str(&told), S("item 1 line 2 '' too large")) > 0);
    assert_true(str_find(buf_str(&told), S("item 2 line 2 ''\n")) > 0);
}

static void a_tag_without_end_is_refused(void **state)
{
    size_t size = WXR_TOKEN_MOST * 2;
    char *text = arena_text(a, size);
    str before = S(HEAD "<item title=\"");
    memset(text, 'x', size);
    memcpy(text, before.ptr, before.len);
    error e = read_by((str){text, size}, 32768);
    assert_non_null(e);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_is_told_in_order_however_it_is_cut),
        cmocka_unit_test(namespaces_count_by_address),
        cmocka_unit_test(what_is_no_export_is_refused_with_its_place),
        cmocka_unit_test(a_doctype_is_refused_before_it_is_read),
        cmocka_unit_test(an_item_beyond_the_limit_is_marked_and_the_rest_goes_on),
        cmocka_unit_test(a_tag_without_end_is_refused),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
