// Escaping by context: what a value becomes where, and where none may stand.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "template/test_page.h"

struct shown {
    const char *text, *hostile, *expected;
};

static void assert_shown(const char *name, const struct shown *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        arena_scoped a = arena_new();
        str page = page_with(a, str_of(name), str_of(rows[i].text), str_of(rows[i].hostile));
        if (!str_eq(page, str_of(rows[i].expected)))
            fail_msg("%s with \"%s\": \"%.*s\" is not \"%s\"", rows[i].text, rows[i].hostile,
                     STR(page), rows[i].expected);
    }
}
#define assert_pages(name, rows) assert_shown((name), (rows), sizeof(rows) / sizeof *(rows))

static void text_and_quoted_attributes_are_escaped(void **state)
{
    static const struct shown rows[] = {
        {"<p>{{hostile}}</p>", "<script>alert(1)</script>",
         "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"},
        {"<p title=\"{{hostile}}\">", "\" onload=\"x", "<p title=\"&quot; onload=&quot;x\">"},
        {"<p title='{{hostile}}'>", "' onload='x", "<p title='&#39; onload=&#39;x'>"},
        {"<p class=\"a {{#yes}}{{hostile}}{{/yes}} b\">", "\"><b>",
         "<p class=\"a &quot;&gt;&lt;b&gt; b\">"},
        {"<title>{{hostile}}</title><p>{{plain}}", "</title><x>",
         "<title>&lt;/title&gt;&lt;x&gt;</title><p>World"},
        {"<textarea>{{hostile}}</textarea>", "</textarea>",
         "<textarea>&lt;/textarea&gt;</textarea>"},
        {"<option{{#yes}} selected{{/yes}}>", "", "<option selected>"},
        {"<option {{#yes}}selected{{/yes}}>", "", "<option selected>"},
        {"<p id=a{{! }}>{{hostile}}</p>", "<", "<p id=a>&lt;</p>"},
        {"a < {{hostile}} <3", "<", "a < &lt; <3"},
        {"<!-- <p --><!--><p>{{hostile}}", "<", "<!-- <p --><!--><p>&lt;"},
        {"<!DOCTYPE html><p>{{hostile}}", "<", "<!DOCTYPE html><p>&lt;"},
        {"<style>p { color: red }</style>{{hostile}}", "<", "<style>p { color: red }</style>&lt;"},
        {"<script>if (a < b) x('</s');</script>{{hostile}}", "<",
         "<script>if (a < b) x('</s');</script>&lt;"},
        {"<TITLE>{{hostile}}</TiTlE >{{{body}}}", "<",
         "<TITLE>&lt;</TiTlE ><p>Body &amp; more</p>"},
        {"<p data-online=\"{{hostile}}\" data-count='{{count}}'>", "\"",
         "<p data-online=\"&quot;\" data-count='85'>"},
    };
    assert_pages("page", rows);
}

static void urls_lead_only_where_they_may(void **state)
{
    static const struct shown rows[] = {
        {"<a href=\"{{hostile}}\">", "https://a.example/b?c=d&e=f#g",
         "<a href=\"https://a.example/b?c=d&amp;e=f#g\">"},
        {"<a href=\"{{hostile}}\">", "/markets/2026/11/", "<a href=\"/markets/2026/11/\">"},
        {"<a href=\"{{hostile}}\">", "MailTo:a@b.example", "<a href=\"MailTo:a@b.example\">"},
        {"<a href=\"{{hostile}}\">", "a/b:c", "<a href=\"a/b:c\">"},
        {"<a href=\"{{hostile}}\">", "javascript:alert(1)", "<a href=\"about:invalid\">"},
        {"<a href=\"{{hostile}}\">", "JaVaScRiPt:alert(1)", "<a href=\"about:invalid\">"},
        {"<a href=\"{{hostile}}\">", " javascript:alert(1)", "<a href=\"about:invalid\">"},
        {"<a href=\"{{hostile}}\">", "java\nscript:alert(1)", "<a href=\"about:invalid\">"},
        {"<a href=\"{{hostile}}\">", "javascript&colon;alert(1)",
         "<a href=\"javascript&amp;colon;alert(1)\">"},
        {"<a href=\"{{hostile}}\">", ":x", "<a href=\"about:invalid\">"},
        {"<a href=' {{hostile}}'>", "data:text/html,x", "<a href=' about:invalid'>"},
        {"<a href='{{hostile}}'>", "x' onclick='y", "<a href='x%27%20onclick=%27y'>"},
        {"<a href='{{hostile}}'>", "Zürich%20%zz", "<a href='Z%C3%BCrich%20%25zz'>"},
        {"<a href='{{plain}}{{hostile}}'>", "javascript:x", "<a href='Worldabout:invalid'>"},
        {"<a href='{{empty}}{{hostile}}'>", ":x", "<a href='about:invalid'>"},
        {"<a href='java{{hostile}}'>", "script:x", "<a href='javascript%3Ax'>"},
        {"<a href='/{{hostile}}'>", "a:b?c", "<a href='/a:b?c'>"},
        {"<a href='/s?q={{hostile}}'>", "a&b=c d/é", "<a href='/s?q=a%26b%3Dc%20d%2F%C3%A9'>"},
        {"<a href='#{{hostile}}'>", "a b", "<a href='#a%20b'>"},
        {"<a href='{{plain}}?q={{hostile}}'>", "&", "<a href='World?q=%26'>"},
        {"<a href='https://x.example{{hostile}}'>", "/a", "<a href='https://x.example/a'>"},
        {"<a href='{{#yes}}https://x.example{{/yes}}/{{hostile}}'>", "a:b",
         "<a href='https://x.example/a:b'>"},
        {"<a href='{{#topics}}/{{name}}{{/topics}}'>", "", "<a href='/Gold/Oil%20&amp;%20gas'>"},
        {"<a href='{{#topics}}{{hostile}}{{/topics}}'>",
         "javascript:", "<a href='about:invalidabout:invalid'>"},
        {"<form action='{{hostile}}'><button formaction=\"{{hostile}}\">", "javascript:x",
         "<form action='about:invalid'><button formaction=\"about:invalid\">"},
        {"<video poster='{{hostile}}' data-src='{{hostile}}'>", "javascript:x",
         "<video poster='about:invalid' data-src='about:invalid'>"},
        {"<use xlink:href='{{hostile}}'/>", "javascript:x", "<use xlink:href='about:invalid'/>"},
        {"<img srcset='{{hostile}} {{count}}w, /b/{{hostile}} 2x'>", "a, javascript:x 1x",
         "<img srcset='about:invalid 85w, /b/about:invalid 2x'>"},
        {"<img srcset='{{hostile}} 1x, {{plain}} 2x'>", "a, b",
         "<img srcset='a%2C%20b 1x, World 2x'>"},
        {"<img srcset='{{hostile}}'>", "/a-1.webp 320w, /a-2.webp 640w,/b 1.5x",
         "<img srcset='/a-1.webp 320w, /a-2.webp 640w, /b 1.5x'>"},
        {"<img srcset='{{hostile}}'>", "javascript:x 1x, /a'\"< onerror=x, data:y, /b 1q, /c 2x",
         "<img srcset='about:invalid 1x, about:invalid, /c 2x'>"},
        {"<img srcset='/o 1x, {{hostile}}'>", "/a 2x, /b'\"> 3x",
         "<img srcset='/o 1x, /a 2x, /b%27%22%3E 3x'>"},
        {"<img srcset='{{hostile}}' alt='{{hostile}}'>", "", "<img srcset='' alt=''>"},
    };
    assert_pages("page", rows);
}

static void json_scripts_hold_json(void **state)
{
    static const struct shown rows[] = {
        {"<script type=\"application/ld+json\">{\"a\":\"{{hostile}}\"}</script>{{hostile}}",
         "</script><!--\"\\\n&'",
         "<script type=\"application/ld+json\">{\"a\":\"\\u003C/script\\u003E\\u003C!--\\u0022\\\\"
         "\\n\\u0026\\u0027\"}</script>&lt;/script&gt;&lt;!--&quot;\\\n&amp;&#39;"},
        {"<script type=application/json>[\"{{hostile}}\"]</script>",
         "\xE2\x80\xA8\xE2\x80\xA9\xE2\x82\xAC\x01",
         "<script type=application/json>[\"\\u2028\\u2029\xE2\x82\xAC\\u0001\"]</script>"},
        {"<script type='application/json'>[{{count}},{{yes}},{{price}},\"{{when}}\"]</script>", "",
         "<script type='application/json'>[85,true,1.21,\"2026-11-23T14:05:09Z\"]</script>"},
        {"<script type='application/json'>[\"\\\"\",{{count}},\"{{hostile}}\"]</script>", "\"",
         "<script type='application/json'>[\"\\\"\",85,\"\\u0022\"]</script>"},
        {"<script type='application/json'>[{{#topics}}\"{{name}}\",{{/topics}}0]</script>", "",
         "<script type='application/json'>[\"Gold\",\"Oil \\u0026 gas\",0]</script>"},
    };
    assert_pages("page", rows);
}

static void xml_is_well_formed(void **state)
{
    static const struct shown rows[] = {
        {"<?xml version=\"1.0\"?>\n<a b=\"{{hostile}}\">{{hostile}}</a>", "<&>\"'\x01\t",
         "<?xml version=\"1.0\"?>\n<a b=\"&lt;&amp;&gt;&quot;&#39;\t\">"
         "&lt;&amp;&gt;&quot;&#39;\t</a>"},
        {"<d>{{body}}</d>", "", "<d>&lt;p&gt;Body &amp;amp; more&lt;/p&gt;</d>"},
        {"<title>{{hostile}}</title><script>{{hostile}}</script>", "]]>",
         "<title>]]&gt;</title><script>]]&gt;</script>"},
        {"<a>{{hostile}}</a>", "a\xEF\xBF\xBE\xFF\xC3z\xF0\x9F\x98\x80",
         "<a>a\xEF\xBF\xBD\xEF\xBF\xBDz\xF0\x9F\x98\x80</a>"},
        {"<![CDATA[ a > b ]]><a href=\"{{hostile}}\"/>", "urn:x",
         "<![CDATA[ a > b ]]><a href=\"urn:x\"/>"},
    };
    assert_pages("feed.xml", rows);
}

static void plain_text_is_left_alone(void **state)
{
    static const struct shown rows[] = {
        {"<{{hostile}} {{count}}", "a&b", "<a&b 85"},
        {"{{body}}", "",
         "templates/robots.txt:1: \"body\" in text: markup cannot stand in plain text"},
    };
    assert_pages("robots.txt", rows);
}

// Each of these is refused, with the sentence that follows.
static const char *const refused[][2] = {
    {"<p {{plain}}>", "a name cannot come from a tag"},
    {"<p {{plain}}=\"x\">", "a name cannot come from a tag"},
    {"<p da{{plain}}>", "a name cannot come from a tag"},
    {"<p class={{plain}}>", "put quotes around the attribute's value"},
    {"<p class=a{{plain}}>", "put quotes around the attribute's value"},
    {"<{{plain}}>", "a tag's name cannot come from a tag"},
    {"<p{{plain}}>", "a name cannot come from a tag"},
    {"<p{{#yes}}re{{/yes}}>", "a name must not run across a tag"},
    {"<p onclick=\"{{plain}}\">", "in an attribute that holds script"},
    {"<p ONCLICK='{{count}}'>", "in an attribute that holds script"},
    {"<p hx-on:click='{{count}}'>", "in an attribute that holds script"},
    {"<p style=\"{{plain}}\">", "in a style attribute: use a class"},
    {"<iframe srcdoc=\"{{plain}}\">", "in a document within an attribute"},
    {"<style>{{plain}}</style>", "in a script or style element"},
    {"<script>{{count}}</script>", "in a script or style element"},
    {"<script type=\"module\">{{plain}}</script>", "in a script or style element"},
    {"<script type=\"{{plain}}\"></script>", "the type of a script must be known beforehand"},
    {"<script>\n<!--</script>", "\"<!\" in a script changes where it ends"},
    {"<xmp>{{plain}}</xmp>", "in a script or style element"},
    {"<!-- {{plain}} -->", "in a comment"},
    {"<!DOCTYPE {{plain}}>", "in a doctype or declaration"},
    {"<?php {{plain}}>", "in a doctype or declaration"},
    {"<a href='javascript:f({{count}})'>", "a URL of this scheme cannot hold values"},
    {"<a href='{{plain}}:{{plain}}'>", "a URL of this scheme cannot hold values"},
    {"<a href='/a{{#yes}}?b{{/yes}}{{plain}}'>", "may or may not have a query"},
    {"<img srcset='/a {{plain}}'>", "a srcset's size is a number"},
    {"<a href='{{body}}'>", "markup cannot stand in an attribute"},
    {"<p title='{{body}}'>", "markup cannot stand in an attribute"},
    {"<title>{{body}}</title>", "markup cannot stand in a title or textarea"},
    {"<script type='application/json'>\"{{body}}\"</script>", "markup cannot stand in JSON"},
    {"<script type='application/json'>{{plain}}</script>", "put quotes around it: this is JSON"},
    {"<script type='application/json'>{{when}}</script>", "put quotes around it: this is JSON"},
    {"<script type='application/json'>\"\\{{plain}}\"</script>", "behind a backslash"},
    {"<script>x</scr{{#yes}}ipt>{{/yes}}", "in the middle of a closing tag"},
    {"{{#yes}}<p title=\"{{/yes}}\">", "must be alike"},
    {"<p {{#yes}}title=\"a{{/yes}}\">", "must be alike"},
    {"<p {{#yes}}o{{/yes}}nclick=\"x\">", "must not run across a tag"},
    {"<p {{#topics}}a{{/topics}}>", "must not run across a tag"},
    {"{{#yes}}<script>{{/yes}}", "must be alike"},
    {"<p \"a\">", "stray quote or '<' in a tag"},
    {"<p a\"b>", "quote or '<' in an attribute's name"},
    {"<p a=>", "attribute without a value"},
    {"<p =a>", "'=' without an attribute's name"},
    {"<p title=\"", "the page ends in an attribute's value"},
    {"<script>x", "the page ends in a script or style element"},
    {"<p", "the page ends in a tag"},
};

static void values_are_refused_where_no_escaping_helps(void **state)
{
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        arena_scoped a = arena_new();
        str message = page_with(a, S("page"), str_of(refused[i][0]), S("x"));
        if (!str_starts(message, S("templates/page.html:")) ||
            str_find(message, str_of(refused[i][1])) < 0)
            fail_msg("%s: \"%.*s\" does not say \"%s\"", refused[i][0], STR(message),
                     refused[i][1]);
    }
}

static void xml_refuses_what_it_cannot_hold(void **state)
{
    static const char *const rows[][2] = {
        {"<a><![CDATA[{{plain}}]]></a>", "in a CDATA section"},
        {"<a b=c>", "XML wants quotes around a value"},
        {"<a>{{{body}}}</a>", "markup is escaped in XML: write {{body}}"},
        {"<a b=\"{{body}}\">", "markup cannot stand in an attribute"},
        {"<?xml {{plain}}?>", "in a doctype or declaration"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        arena_scoped a = arena_new();
        str message = page_with(a, S("feed.xml"), str_of(rows[i][0]), S("x"));
        if (!str_starts(message, S("templates/feed.xml:")) ||
            str_find(message, str_of(rows[i][1])) < 0)
            fail_msg("%s: \"%.*s\" does not say \"%s\"", rows[i][0], STR(message), rows[i][1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_and_quoted_attributes_are_escaped),
        cmocka_unit_test(urls_lead_only_where_they_may),
        cmocka_unit_test(json_scripts_hold_json),
        cmocka_unit_test(xml_is_well_formed),
        cmocka_unit_test(plain_text_is_left_alone),
        cmocka_unit_test(values_are_refused_where_no_escaping_helps),
        cmocka_unit_test(xml_refuses_what_it_cannot_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
