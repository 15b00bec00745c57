// Proves the stock theme against the views: every template, full, empty and under attack.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "site/theme_test.h"
#include "site/view.h"
#include "template/template.h"

static const struct sample full = {{"", 0}, true}, plain = {{"", 0}, false};

enum { PAGE_MAX = 4 * 1024 * 1024, DEPTH = 5 };

static str shown(struct arena *a, struct template_set *set, str name, const struct fields *fields,
                 const void *record)
{
    const struct template *template = NULL;
    error e = template_bind(set, a, name, fields, &template);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    struct buf page = buf_new(a, PAGE_MAX);
    template_render(template, record, &page);
    assert_false(page.overflow);
    return buf_str(&page);
}

// Both parts of a view, one behind the other.
static str view_shown(struct arena *a, struct template_set *set, const struct view_kind *kind,
                      const void *record)
{
    str meta = kind->meta.len ? shown(a, set, kind->meta, kind->fields, record) : S("");
    return str_join(a, meta, shown(a, set, kind->own, kind->fields, record));
}

static void every_view_has_templates_that_fit_it(void **state)
{
    arena_scoped a = arena_new();
    struct template_set *set = theme_compiled(a, TEMPLATES);
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const void *record = theme_sample(a, view_kinds[i].fields, full, DEPTH);
        assert_true(view_shown(a, set, &view_kinds[i], record).len > 0);
    }
}

static void a_page_with_nothing_optional_is_still_a_page(void **state)
{
    arena_scoped a = arena_new();
    struct template_set *set = theme_compiled(a, TEMPLATES);
    for (size_t i = VIEW_STORY; i <= VIEW_ERROR; i++) {
        const void *record = arena_alloc(a, view_kinds[i].fields->size);
        str page = view_shown(a, set, &view_kinds[i], record);
        assert_true(str_starts(page, S("<head>")));
        assert_true(str_find(page, S("</head>")) > 0);
        assert_true(str_find(page, S("<main id=\"main\"")) > 0);
        assert_true(str_find(page, S("<h1")) > 0);
        assert_true(str_ends(page, S("</main>\n")));
    }
}

static void assert_all_shown(struct arena *a, const struct fields *fields, str pages, int depth)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct field *field = &fields->all[i];
        if (field->of && field->of != fields && depth > 0)
            assert_all_shown(a, field->of, pages, depth - 1);
        if (field->kind != FIELD_STR && field->kind != FIELD_HTML)
            continue;
        str marker = theme_marker(a, fields, field);
        if (str_find(pages, marker) < 0)
            fail_msg("no template shows %.*s", STR(marker));
    }
}

static void no_text_of_a_view_is_prepared_for_nothing(void **state)
{
    arena_scoped a = arena_new();
    struct template_set *set = theme_compiled(a, TEMPLATES);
    struct buf pages = buf_new(a, VIEW_COUNT * PAGE_MAX);
    // Opinion hides what plain news shows, and the other way round.
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const struct view_kind *kind = &view_kinds[i];
        buf_add(&pages, view_shown(a, set, kind, theme_sample(a, kind->fields, full, DEPTH)));
        buf_add(&pages, view_shown(a, set, kind, theme_sample(a, kind->fields, plain, DEPTH)));
        // The name stands where there is no logo.
        buf_add(&pages, view_shown(a, set, kind, theme_sample(a, kind->fields, full, 0)));
    }
    for (size_t i = 0; i < VIEW_COUNT; i++)
        assert_all_shown(a, view_kinds[i].fields, buf_str(&pages), DEPTH);
}

static void no_text_becomes_markup_anywhere(void **state)
{
    arena_scoped a = arena_new();
    struct template_set *set = theme_compiled(a, TEMPLATES);
    struct sample attack = {S("\"'></title></script><canary onload=x>&lt;canary"), true};
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        if (str_ends(view_kinds[i].own, S(".txt")))
            continue; // plain text has no markup to become
        const void *record = theme_sample(a, view_kinds[i].fields, attack, DEPTH);
        str page = view_shown(a, set, &view_kinds[i], record);
        assert_true(str_find(page, S("canary")) > 0);
        assert_true(str_find(page, S("<canary")) < 0);
        assert_true(str_find(page, S("\"'")) < 0);
    }
}

static void no_page_carries_script_or_style_inline(void **state)
{
    arena_scoped a = arena_new();
    struct template_set *set = theme_compiled(a, TEMPLATES);
    for (size_t i = 0; i < VIEW_COUNT; i++) {
        const void *record = theme_sample(a, view_kinds[i].fields, full, DEPTH);
        str page = view_shown(a, set, &view_kinds[i], record);
        assert_true(str_find(page, S("<style")) < 0);
        assert_true(str_find(page, S(" style=")) < 0);
        for (ptrdiff_t at; (at = str_find(page, S("<script"))) >= 0;) {
            page = str_from(page, (size_t)at);
            assert_true(str_starts(page, S("<script type=\"application/ld+json\">")) ||
                        str_starts(page, S("<script src=\"")));
            page = str_from(page, 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_view_has_templates_that_fit_it),
        cmocka_unit_test(a_page_with_nothing_optional_is_still_a_page),
        cmocka_unit_test(no_text_of_a_view_is_prepared_for_nothing),
        cmocka_unit_test(no_text_becomes_markup_anywhere),
        cmocka_unit_test(no_page_carries_script_or_style_inline),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
