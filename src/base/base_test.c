// What the vocabulary promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/fields.h"
#include "base/file.h"
#include "base/instant.h"
#include "base/keyset.h"
#include "base/map.h"
#include "base/str.h"

static void arena_memory_is_zeroed_aligned_and_distinct(void **state)
{
    arena_scoped a = arena_new();
    char *first = arena_alloc(a, 3);
    char *second = arena_alloc(a, 100000);
    assert_int_equal((uintptr_t)first % 16, 0);
    assert_int_equal((uintptr_t)second % 16, 0);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(second[i], 0);
    memset(second, 1, 100000);
    assert_int_equal(first[0], 0);
}

static void arena_rewind_gives_back_what_came_since_the_mark(void **state)
{
    arena_scoped a = arena_new();
    memcpy(arena_text(a, 4), "keep", 4);
    struct arena_mark mark = arena_mark(a);
    size_t before = arena_footprint(a);
    for (int i = 0; i < 100; i++)
        arena_alloc(a, 10000);
    arena_rewind(a, mark);
    assert_int_equal(arena_footprint(a), before);
    assert_int_equal(*(char *)arena_alloc(a, 1), 0);
}

static void arena_grow_keeps_the_bytes(void **state)
{
    arena_scoped a = arena_new();
    char *text = arena_text(a, 4);
    memcpy(text, "abcd", 4);
    text = arena_grow(a, text, 4, 8);
    arena_alloc(a, 1);
    text = arena_grow(a, text, 8, 40000);
    assert_memory_equal(text, "abcd", 4);
}

static void buf_stops_at_its_maximum_and_stays_stopped(void **state)
{
    arena_scoped a = arena_new();
    struct buf b = buf_new(a, 5);
    buf_add(&b, S("abc"));
    buf_add(&b, S("def"));
    buf_add(&b, S("g"));
    assert_true(b.overflow);
    assert_true(str_eq(buf_str(&b), S("abc")));
}

static void buf_writes_every_integer(void **state)
{
    arena_scoped a = arena_new();
    struct buf b = buf_new(a, 100);
    buf_add_int(&b, INT64_MIN);
    buf_add_char(&b, ' ');
    buf_add_int(&b, 0);
    buf_addf(&b, " %s", "end");
    assert_true(str_eq(buf_str(&b), S("-9223372036854775808 0 end")));
}

static void str_cut_visits_every_piece(void **state)
{
    str s = S("a,,b,");
    const char *expected[] = {"a", "", "b", ""};
    size_t n = 0;
    while (s.ptr) {
        str piece = str_cut(&s, ',');
        assert_true(n < 4 && str_eq(piece, str_of(expected[n])));
        n++;
    }
    assert_int_equal(n, 4);
}

static void str_int_takes_whole_numbers_only(void **state)
{
    int64_t n = 7;
    assert_true(str_int(S("-42"), &n));
    assert_int_equal(n, -42);
    assert_false(str_int(S("4 2"), &n));
    assert_false(str_int(S(""), &n));
    assert_false(str_int(S("-"), &n));
    assert_false(str_int(S("1234567890123456789"), &n));
    assert_int_equal(n, -42);
}

static void utf8_is_told_from_what_only_looks_like_it(void **state)
{
    assert_true(str_valid_utf8(S("Zürich € 𝄞")));
    const char *bad[] = {"\x80",     "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80",
                         "\xF8\x88", "a\xC3"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(str_valid_utf8(str_of(bad[i])));
    assert_false(str_valid_utf8((str){"a\0b", 3}));
}

static void instants_survive_the_way_to_text_and_back(void **state)
{
    arena_scoped a = arena_new();
    for (int64_t ms = -60000000000000; ms < 200000000000000; ms += 86399999000 * 7) {
        instant t = {ms - ms % 1000}, back;
        assert_true(instant_parse(instant_rfc3339(a, t), &back, NULL));
        assert_int_equal(back.ms, t.ms);
    }
}

static void instants_are_read_as_people_write_them(void **state)
{
    arena_scoped a = arena_new();
    static const struct {
        const char *text, *means;
    } cases[] = {
        {"2025-01-02 00:00:00 -0500", "2025-01-02T05:00:00Z"},
        {"2013-11-26 9:34:23 -0400", "2013-11-26T13:34:23Z"},
        {"2024-02-29", "2024-02-29T00:00:00Z"},
        {"2026-11-23T14:05:09.123+01:00", "2026-11-23T13:05:09Z"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        instant t;
        assert_true(instant_parse(str_of(cases[i].text), &t, NULL));
        assert_string_equal(str_z(a, instant_rfc3339(a, t)), cases[i].means);
    }
    const char *bad[] = {"",
                         "2025-13-01",
                         "2025-02-29",
                         "2025-01-01T25:00",
                         "2025-01-01 10:00 x",
                         "0000-00-00 00:00:00",
                         "0001-01-01T00:00+01:00",
                         "9999-12-31T23:00-01:00",
                         "yesterday"};
    instant t;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(instant_parse(str_of(bad[i]), &t, NULL));
}

static void http_dates_follow_rfc_9110(void **state)
{
    arena_scoped a = arena_new();
    assert_string_equal(str_z(a, instant_rfc822(a, (instant){784111777000})),
                        "Sun, 06 Nov 1994 08:49:37 GMT");
}

static void map_finds_what_was_put(void **state)
{
    arena_scoped a = arena_new();
    struct map m = map_new(a);
    for (intptr_t i = 1; i < 1000; i++)
        *map_at(&m, str_format(a, "key %d", (int)i)) = (void *)i;
    for (intptr_t i = 1; i < 1000; i++)
        assert_int_equal((intptr_t)map_get(&m, str_format(a, "key %d", (int)i)), i);
    assert_null(map_get(&m, S("key 1000")));
    assert_int_equal(m.count, 999);
}

static void keysets_hold_each_key_once(void **state)
{
    arena_scoped a = arena_new();
    struct keyset set = keyset_new(a);
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < 200; i++)
            keyset_addf(&set, "story:%d/card", i);
    keyset_add_range(&set, S("section:1"), (rank){5, 1}, RANK_HIGHEST);
    keyset_add_range(&set, S("section:1"), (rank){6, 1}, RANK_HIGHEST);
    assert_int_equal(set.count, 202);
}

static void a_range_is_touched_only_inside_what_was_examined(void **state)
{
    struct key list = {S("s"), key_hash(S("s")), {100, 7}, RANK_HIGHEST};
    struct key below = {S("s"), key_hash(S("s")), {100, 6}, {100, 6}};
    struct key boundary = {S("s"), key_hash(S("s")), {100, 7}, {100, 7}};
    struct key other = {S("t"), key_hash(S("t")), {200, 1}, {200, 1}};
    assert_false(key_touches(&list, &below));
    assert_true(key_touches(&list, &boundary));
    assert_false(key_touches(&list, &other));
}

struct sample {
    str name;
    int64_t count;
    instant when;
    bool open;
    html body;
    struct list rows;
};
FIELDS(sample_fields, struct sample, "sample", FIELD(struct sample, name),
       FIELD(struct sample, count), FIELD(struct sample, when), FIELD(struct sample, open),
       FIELD(struct sample, body), FIELD_LIST_OF(struct sample, rows, NULL));

static void field_kinds_are_deduced_from_types(void **state)
{
    const enum field_kind kinds[] = {FIELD_STR,  FIELD_INT,  FIELD_INSTANT,
                                     FIELD_BOOL, FIELD_HTML, FIELD_LIST};
    for (size_t i = 0; i < sample_fields.count; i++)
        assert_int_equal(sample_fields.all[i].kind, kinds[i]);
    assert_int_equal(field_by_name(&sample_fields, S("when"))->offset,
                     offsetof(struct sample, when));
    assert_null(field_by_name(&sample_fields, S("whe")));
}

static error always_fails(struct arena *a)
{
    return failure(a, FAULT_INPUT, S("here"), "no %s", "luck");
}

static error hands_on(struct arena *a)
{
    try(always_fails(a));
    return NULL;
}

static void failures_reach_the_caller_unchanged(void **state)
{
    arena_scoped a = arena_new();
    error e = hands_on(a);
    assert_non_null(e);
    assert_int_equal(e->fault, FAULT_INPUT);
    assert_string_equal(str_z(a, error_text(a, e)), "here: no luck");
}

static void files_are_read_whole_up_to_a_limit_or_refused_by_name(void **state)
{
    arena_scoped a = arena_new();
    char path[] = "/tmp/base-test-XXXXXX";
    int fd = mkstemp(path);
    str text;
    bool found = true;
    assert_true(fd >= 0);
    assert_int_equal(write(fd, "a\0b", 3), 3);
    close(fd);
    assert_null(file_read(a, str_of(path), 3, &text));
    assert_int_equal(text.len, 3);
    assert_memory_equal(text.ptr, "a\0b", 3);
    assert_int_equal(file_read(a, str_of(path), 2, &text)->fault, FAULT_LIMIT);
    assert_int_equal(file_read(a, S("/tmp"), 100, &text)->fault, FAULT_INPUT);
    unlink(path);
    error e = file_read(a, str_of(path), 3, &text);
    assert_int_equal(e->fault, FAULT_NOT_FOUND);
    assert_str(e->where, path);
    assert_null(file_read_if_there(a, str_of(path), 3, &text, &found));
    assert_false(found);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_distinct),
        cmocka_unit_test(arena_rewind_gives_back_what_came_since_the_mark),
        cmocka_unit_test(arena_grow_keeps_the_bytes),
        cmocka_unit_test(buf_stops_at_its_maximum_and_stays_stopped),
        cmocka_unit_test(buf_writes_every_integer),
        cmocka_unit_test(str_cut_visits_every_piece),
        cmocka_unit_test(str_int_takes_whole_numbers_only),
        cmocka_unit_test(utf8_is_told_from_what_only_looks_like_it),
        cmocka_unit_test(instants_survive_the_way_to_text_and_back),
        cmocka_unit_test(instants_are_read_as_people_write_them),
        cmocka_unit_test(http_dates_follow_rfc_9110),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(keysets_hold_each_key_once),
        cmocka_unit_test(a_range_is_touched_only_inside_what_was_examined),
        cmocka_unit_test(field_kinds_are_deduced_from_types),
        cmocka_unit_test(failures_reach_the_caller_unchanged),
        cmocka_unit_test(files_are_read_whole_up_to_a_limit_or_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
