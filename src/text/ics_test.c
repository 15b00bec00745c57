// What a calendar's lines promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdlib.h>

#include "base/arena.h"
#include "text/ics.h"

static str text_line(struct arena *a, str text)
{
    struct buf out = buf_new(a, 1 << 20);
    ics_text(&out, S("SUMMARY"), text);
    assert_false(out.overflow);
    return buf_str(&out);
}

static void a_line_ends_as_the_format_wants(void **state)
{
    arena_scoped a = arena_new();
    assert_str(text_line(a, S("Briefing")), "SUMMARY:Briefing\r\n");
    assert_str(text_line(a, S("")), "");
}

static void what_would_part_a_text_is_escaped(void **state)
{
    arena_scoped a = arena_new();
    assert_str(text_line(a, S("a,b;c\\d\ne\r\nf\rg\x01\x7f\th:\"i\"")),
               "SUMMARY:a\\,b\\;c\\\\d\\ne\\nf\\ng\th:\"i\"\r\n");
    assert_str(text_line(a, S("x\r\nEND:VCALENDAR")), "SUMMARY:x\\nEND:VCALENDAR\r\n");
}

static void a_line_of_75_octets_stays_and_one_more_is_folded(void **state)
{
    arena_scoped a = arena_new();
    char letters[100];
    memset(letters, 'a', sizeof letters);
    str full = text_line(a, (str){letters, 75 - 8}), over = text_line(a, (str){letters, 76 - 8});
    assert_int_equal(full.len, 75 + 2);
    assert_int_equal(str_find(full, S("\r\n ")), -1);
    assert_int_equal(str_find(over, S("\r\n a\r\n")), 75);
}

static void a_fold_never_parts_a_character(void **state)
{
    arena_scoped a = arena_new();
    struct buf text = buf_new(a, 4096);
    for (int i = 0; i < 300; i++)
        buf_add(&text, i % 3 ? S("é") : S("央"));
    str line = text_line(a, buf_str(&text));
    while (line.ptr) {
        str part = str_cut(&line, '\n');
        assert_true(str_valid_utf8(part));
        assert_true(part.len <= 76); // with its carriage return
    }
}

static void a_moment_is_in_utc(void **state)
{
    arena_scoped a = arena_new();
    struct buf out = buf_new(a, 100);
    instant t = instant_of_civil((struct civil){2026, 11, 23, 14, 5, 9}, 60);
    ics_instant(&out, S("DTSTART"), t);
    assert_str(buf_str(&out), "DTSTART:20261123T130509Z\r\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_ends_as_the_format_wants),
        cmocka_unit_test(what_would_part_a_text_is_escaped),
        cmocka_unit_test(a_line_of_75_octets_stays_and_one_more_is_folded),
        cmocka_unit_test(a_fold_never_parts_a_character),
        cmocka_unit_test(a_moment_is_in_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
