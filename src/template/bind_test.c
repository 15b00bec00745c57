// What is refused before anything is shown, where it says so, and what limits hold.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "template/test_page.h"

struct mistake {
    const char *text, *p, *message;
};

// The first source is "main", its partial or layout is "p".
static const struct mistake mistakes[] = {
    // Names
    {"\n\n{{plan}}", "", "main.html:3: unknown field \"plan\" of page: did you mean \"plain\"?"},
    {"{{#topics}}\n{{nme}}{{/topics}}", "",
     "main.html:2: unknown field \"nme\" of topic or page: did you mean \"name\"?"},
    {"{{author.nmae}}", "", "unknown field \"nmae\" of person: did you mean \"name\"?"},
    {"{{#topics}}{{zzzzzz}}{{/topics}}", "",
     "unknown field \"zzzzzz\" of topic or page (fields: name)"},
    {"{{#zzzzzz}}{{/zzzzzz}}", "", "unknown field \"zzzzzz\" of page (fields: plain, special,"},
    {"{{a..b}}", "", "unknown field \"a\""},
    {"{{author.}}", "", "unknown field \"\" of person"},
    {"{{plain.name}}", "", "\"plain\" is no record: it has no \"name\""},
    {"{{topics.name}}", "", "\"topics\" is no record: it has no \"name\""},
    {"{{.}}", "", "{{.}} is a record here (page): name one of its fields"},
    {"{{#topics}}{{.}}{{/topics}}", "", "{{.}} is a record here (topic)"},
    {"{{topics}}", "", "\"topics\" is a list: open it with {{#topics}}"},
    {"{{author}}", "", "\"author\" is a record: open it with {{#author}}"},
    {"{{#undescribed}}{{/undescribed}}", "", "the fields of \"undescribed\" are not described"},
    {"{{{plain}}}", "", "\"plain\" is not markup: write {{plain}}"},
    {"{{&count}}", "", "\"count\" is not markup: write {{count}}"},
    // A partial is checked for each record it shows, and named as the place of the mistake
    {"{{#author}}{{>p}}{{/author}}{{>p}}", "\n{{name}}",
     "templates/p.html:2: unknown field \"name\" of page"},
    // Syntax
    {"{{plain", "", "main.html:1: tag without }}"},
    {"{{{plain}}", "", "tag without }}"},
    {"{{}}", "", "not a name: "},
    {"{{a b}}", "", "not a name: a b"},
    {"{{#a-b}}{{/a-b}}", "", "not a name: a-b"},
    {"{{>*dynamic}}", "", "not a name: *dynamic"},
    {"\n{{=<% %>=}}", "", "main.html:2: {{= is not supported"},
    {"\n{{#yes}}\n", "", "main.html:2: {{/yes}} is missing"},
    {"{{#yes}}\n{{#no}}\n{{/yes}}", "", "main.html:3: {{/yes}} where {{/no}} should close line 2"},
    {"\n{{/yes}}", "", "main.html:2: closing tag without an opening one: yes"},
    {"{{<p}}", "", "{{/p}} is missing"},
    {"{{$a}}", "", "{{/a}} is missing"},
    {"{{<p}}{{plain}}{{/p}}", "", "only blocks may stand directly in a layout tag: plain"},
    {"{{<p}}{{#yes}}{{/yes}}{{/p}}", "", "only blocks may stand directly in a layout tag: yes"},
    // Templates within templates
    {"\n{{>nowhere}}", "", "main.html:2: no template \"nowhere\""},
    {"{{$a}}{{<nowhere}}{{/nowhere}}{{/a}}", "", "no template \"nowhere\""},
    {"{{>main}}", "", "\"main\" includes itself without a list or record between"},
    {"{{>p}}", "{{#plain}}{{>main}}{{/plain}}",
     "p.html:1: \"main\" includes itself without a list or record between"},
    {"{{#plain}}\n{{>main}}{{/plain}}", "",
     "main.html:2: \"main\" includes itself without a list or record between"},
    {"{{<p}}{{/p}}", "\n{{<p}}{{/p}}", "p.html:2: layout \"p\" is within itself"},
    {"{{#comments}}{{<p}}{{/p}}{{/comments}}", "{{#replies}}{{<p}}{{/p}}{{/replies}}",
     "layout \"p\" is within itself"},
    {"{{<p}}{{$a}}{{$a}}{{/a}}{{/a}}{{/p}}", "{{$a}}{{/a}}", "are nested deeper than"},
    {"{{#comments}}{{>p}}{{/comments}}", "{{#replies}}{{>p}}{{/replies}}<p title='",
     "p.html:1: includes itself, but begins in text and ends in an attribute's value"},
};

static void mistakes_are_named_with_file_and_line(void **state)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        arena_scoped a = arena_new();
        struct template_source sources[] = {{S("main"), str_of(mistakes[i].text)},
                                            {S("p"), str_of(mistakes[i].p)}};
        str message = page_shown(a, sources, 2);
        if (!str_starts(message, S("templates/")) ||
            str_find(message, str_of(mistakes[i].message)) < 0)
            fail_msg("%s: \"%.*s\" does not say \"%s\"", mistakes[i].text, STR(message),
                     mistakes[i].message);
    }
}

static void a_failed_binding_leaves_the_set_usable(void **state)
{
    arena_scoped a = arena_new();
    struct template_source sources[] = {
        {S("bad"), S("{{>good}}{{#comments}}{{>bad}}{{/comments}}{{x}}")},
        {S("good"), S("{{plain}}")}};
    struct template_set *set;
    const struct template *t = NULL;
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 100);
    assert_null(template_compile(a, sources, 2, &set));
    assert_non_null(template_bind(set, a, S("bad"), &page_fields, &t));
    assert_non_null(template_bind(set, a, S("bad"), &page_fields, &t));
    assert_null(t);
    assert_null(template_bind(set, a, S("good"), &page_fields, &t));
    template_render(t, &page, &out);
    assert_str(buf_str(&out), "World");
}

static void unknown_and_doubled_templates_are_refused(void **state)
{
    arena_scoped a = arena_new();
    struct template_source sources[] = {{S("x"), S("")}, {S("x"), S("")}};
    struct template_set *set;
    const struct template *t;
    error e = template_compile(a, sources, 2, &set);
    assert_non_null(e);
    assert_str(error_text(a, e), "templates/x.html: there are two of this name");
    assert_null(template_compile(a, sources, 1, &set));
    e = template_bind(set, a, S("y"), &page_fields, &t);
    assert_non_null(e);
    assert_int_equal(e->fault, FAULT_NOT_FOUND);
}

static void one_template_shows_different_records(void **state)
{
    arena_scoped a = arena_new();
    struct template_source sources[] = {
        {S("main"), S("{{#topics}}{{>p}}{{/topics}}{{#author}}{{>p}}{{/author}}")},
        {S("p"), S("{{name}}/{{plain}};")}};
    assert_str(page_shown(a, sources, 2), "Gold/World;Oil &amp; gas/World;Ann/World;");
}

// A chain of `depth` comments, each the only answer to the one before.
static struct list chain(struct arena *a, size_t depth)
{
    struct list list = {0};
    while (depth--) {
        struct comment *c = arena_make(a, struct comment);
        *c = (struct comment){S("x"), list};
        list = (struct list){c, 1};
    }
    return list;
}

static void recursion_stops_at_the_depth_limit(void **state)
{
    arena_scoped a = arena_new();
    struct template_source sources[] = {{S("main"), S("{{#comments}}{{>p}}{{/comments}}.")},
                                        {S("p"), S("{{text}}{{#replies}}{{>p}}{{/replies}}")}};
    struct template_set *set;
    const struct template *t;
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 10000);
    page.comments = chain(a, 5 * TEMPLATE_DEPTH_LIMIT);
    assert_null(template_compile(a, sources, 2, &set));
    assert_null(template_bind(set, a, S("main"), &page_fields, &t));
    template_render(t, &page, &out);
    assert_false(out.overflow);
    assert_int_equal(out.len, TEMPLATE_DEPTH_LIMIT + 1);
}

static void a_recursive_partial_keeps_its_first_indentation(void **state)
{
    arena_scoped a = arena_new();
    struct template_source sources[] = {
        {S("main"), S("{{#comments}}\n  {{>p}}\n{{/comments}}\n")},
        {S("p"), S("{{text}}\n{{#replies}}\n  {{>p}}\n{{/replies}}\n")}};
    assert_str(page_shown(a, sources, 2), "  A\n  A1\n  A11\n  A2\n  B\n");
}

static bool overflows(struct arena *a, struct template_source *sources, struct list comments)
{
    struct template_set *set;
    const struct template *t;
    struct page page = page_sample(a);
    struct buf out = buf_new(a, 10000);
    page.comments = comments;
    assert_null(template_compile(a, sources, 2, &set));
    assert_null(template_bind(set, a, S("main"), &page_fields, &t));
    template_render(t, &page, &out);
    return out.overflow;
}

static void a_theme_that_multiplies_itself_is_stopped(void **state)
{
    arena_scoped a = arena_new();
    struct template_source calls[] = {{S("main"), S("{{#comments}}{{>p}}{{/comments}}")},
                                      {S("p"), S("{{#replies}}{{>p}}{{>p}}{{/replies}}")}};
    assert_true(overflows(a, calls, chain(a, TEMPLATE_DEPTH_LIMIT - 1)));
    struct buf text = buf_new(a, 10000);
    for (int i = 0; i < 60; i++)
        buf_add(&text, i < 30 ? S("{{#topics}}") : S("{{/topics}}"));
    struct template_source rows[] = {{S("main"), buf_str(&text)}, {S("p"), S("")}};
    assert_true(overflows(a, rows, chain(a, 1)));
}

static void blocks_that_multiply_are_refused(void **state)
{
    arena_scoped a = arena_new();
    struct buf text = buf_new(a, 10000);
    buf_add(&text, S("{{<p}}"));
    for (char c = 'a'; c < 'z'; c++)
        buf_addf(&text, "{{$%c}}{{$%c}}{{/%c}}{{$%c}}{{/%c}}{{/%c}}", c, c + 1, c + 1, c + 1, c + 1,
                 c);
    buf_add(&text, S("{{/p}}"));
    struct template_source sources[] = {{S("main"), buf_str(&text)}, {S("p"), S("{{$a}}{{/a}}")}};
    str message = page_shown(a, sources, 2);
    assert_true(str_find(message, S("its parts multiply")) >= 0);
}

static void sources_have_limits(void **state)
{
    arena_scoped a = arena_new();
    struct buf deep = buf_new(a, 100000);
    for (int i = 0; i < 33; i++)
        buf_add(&deep, S("{{#yes}}"));
    struct template_source source = {S("main"), buf_str(&deep)};
    assert_str(page_shown(a, &source, 1), "templates/main.html:1: tags nested deeper than 32");
    size_t size = (1 << 20) + 1;
    source.text = (str){arena_alloc(a, size), size};
    assert_str(page_shown(a, &source, 1), "templates/main.html: longer than 1048576 bytes");
}

static void a_full_buffer_says_so_and_keeps_what_fitted(void **state)
{
    arena_scoped a = arena_new();
    struct template_source source = {S("main"), S("abc{{#topics}}{{name}}{{/topics}}{{body}}")};
    struct template_set *set;
    const struct template *t;
    struct page page = page_sample(a);
    assert_null(template_compile(a, &source, 1, &set));
    assert_null(template_bind(set, a, S("main"), &page_fields, &t));
    for (size_t max = 0; max < 42; max++) {
        struct buf out = buf_new(a, max);
        template_render(t, &page, &out);
        assert_true(out.overflow);
        assert_true(out.len <= max);
        assert_true(str_starts(S("abcGoldOil &amp; gas<p>Body &amp; more</p>"), buf_str(&out)));
    }
    struct buf out = buf_new(a, 42);
    template_render(t, &page, &out);
    assert_false(out.overflow);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(mistakes_are_named_with_file_and_line),
        cmocka_unit_test(a_failed_binding_leaves_the_set_usable),
        cmocka_unit_test(unknown_and_doubled_templates_are_refused),
        cmocka_unit_test(one_template_shows_different_records),
        cmocka_unit_test(recursion_stops_at_the_depth_limit),
        cmocka_unit_test(a_recursive_partial_keeps_its_first_indentation),
        cmocka_unit_test(a_theme_that_multiplies_itself_is_stopped),
        cmocka_unit_test(blocks_that_multiply_are_refused),
        cmocka_unit_test(sources_have_limits),
        cmocka_unit_test(a_full_buffer_says_so_and_keeps_what_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
