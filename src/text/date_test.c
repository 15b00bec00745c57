// What zones and dates promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "text/date.h"
#include "text/zone.h"

static const struct zone *open_zone(struct arena *a, const char *name)
{
    const struct zone *z;
    assert_null(zone_open(a, str_of(name), &z));
    return z;
}

static instant at(const char *text)
{
    instant t;
    assert_true(instant_parse(str_of(text), &t, NULL));
    return t;
}

static void zone_open_refuses_what_is_no_zone(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *z;
    const char *bad[] = {"", "Europe/Londinium", "../etc/passwd", "GMT+25:99", "\xFF"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_int_equal(zone_open(a, str_of(bad[i]), &z)->fault, FAULT_INPUT);
}

static void zone_knows_summer_and_winter(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *london = open_zone(a, "Europe/London");
    assert_int_equal(zone_offset_minutes(london, at("2026-11-23 14:05")), 0);
    assert_int_equal(zone_offset_minutes(london, at("2026-07-01 00:00")), 60);
    assert_int_equal(zone_offset_minutes(london, at("2026-03-29T00:59:59Z")), 0);
    assert_int_equal(zone_offset_minutes(london, at("2026-03-29T01:00:00Z")), 60);
    assert_int_equal(zone_offset_minutes(open_zone(a, "Asia/Kolkata"), at("2026-01-01")), 330);
    assert_int_equal(zone_offset_minutes(open_zone(a, "UTC"), at("2026-07-01")), 0);
}

static void zone_abbreviations_are_those_of_english(void **state)
{
    arena_scoped a = arena_new();
    instant summer = at("2026-07-01"), winter = at("2026-01-01");
    const struct {
        const char *zone, *winter, *summer;
    } cases[] = {{"Europe/London", "GMT", "BST"},      {"America/New_York", "EST", "EDT"},
                 {"Europe/Paris", "CET", "CEST"},      {"Asia/Dubai", "GST", "GST"},
                 {"Australia/Sydney", "AEDT", "AEST"}, {"UTC", "UTC", "UTC"},
                 {"Asia/Tokyo", "GMT+9", "GMT+9"},     {"America/St_Johns", "GMT-3:30", "GMT-2:30"},
                 {"Asia/Kolkata", "IST", "IST"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct zone *z = open_zone(a, cases[i].zone);
        assert_str(zone_time(z, winter).abbreviation, cases[i].winter);
        assert_str(zone_time(z, summer).abbreviation, cases[i].summer);
    }
}

static void zone_instant_undoes_zone_civil(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *z = open_zone(a, "America/New_York");
    for (int64_t hour = 0; hour < 24 * 366; hour++) {
        instant t = {1767225600000 + hour * 3600000};
        instant back = zone_instant(z, zone_civil(z, t));
        // The second of the two hours that the clocks show twice comes back as the first.
        assert_true(back.ms == t.ms || back.ms == t.ms - 3600000);
        assert_int_equal(zone_civil(z, back).hour, zone_civil(z, t).hour);
    }
}

static void zone_instant_reads_the_skipped_hour_as_not_yet_put_forward(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *z = open_zone(a, "Europe/London");
    instant t = zone_instant(z, (struct civil){2026, 3, 29, 1, 30, 0});
    assert_int_equal(t.ms, at("2026-03-29T01:30:00Z").ms);
}

static void dates_are_written_for_english_readers(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *z = open_zone(a, "Europe/London");
    instant t = at("2026-11-23T14:05:09Z"), summer = at("2026-07-01T23:30:00Z");
    assert_str(date_text(a, z, t, DATE_FULL), "23 November 2026, 14:05 GMT");
    assert_str(date_text(a, z, t, DATE_DAY), "23 November 2026");
    assert_str(date_text(a, z, t, DATE_WEEKDAY), "Monday 23 November 2026");
    assert_str(date_text(a, z, t, DATE_SHORT), "23 Nov 2026");
    assert_str(date_text(a, z, t, DATE_MONTH), "November 2026");
    assert_str(date_text(a, z, t, DATE_TIME), "14:05 GMT");
    assert_str(date_text(a, z, t, DATE_MOMENT), "23 Nov, 14:05");
    assert_str(date_text(a, z, t, DATE_STAMP), "23 Nov 2026, 14:05 GMT");
    assert_str(date_text(a, z, t, DATE_MACHINE), "2026-11-23T14:05:09+00:00");
    assert_str(date_text(a, z, summer, DATE_FULL), "2 July 2026, 00:30 BST");
    assert_str(date_text(a, z, summer, DATE_MACHINE), "2026-07-02T00:30:00+01:00");
}

static void ago_is_counted_from_now_or_read_off_the_clock_of_that_day(void **state)
{
    arena_scoped a = arena_new();
    const struct zone *z = open_zone(a, "Europe/London");
    instant now = at("2026-07-03T14:05:09Z"), t = {0};
    assert_true(date_ago(S("-50m"), z, now, &t));
    assert_int_equal(t.ms, at("2026-07-03T13:15:09Z").ms);
    assert_true(date_ago(S("-3h"), z, now, &t));
    assert_int_equal(t.ms, at("2026-07-03T11:05:09Z").ms);
    assert_true(date_ago(S("-2d"), z, now, &t));
    assert_int_equal(t.ms, at("2026-07-01T14:05:09Z").ms);
    assert_true(date_ago(S("-2d 09:30"), z, now, &t));
    assert_int_equal(t.ms, at("2026-07-01T08:30:00Z").ms);
    const char *wrong[] = {"",     "-",    "2d",        "-d",        "-2w",       "-2d 9:30",
                           "--2d", "-2d ", "-2d 24:00", "-2d 09:60", "-3h 09:30", "-99999d"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_ago(str_of(wrong[i]), z, now, &t));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(zone_open_refuses_what_is_no_zone),
        cmocka_unit_test(zone_knows_summer_and_winter),
        cmocka_unit_test(zone_abbreviations_are_those_of_english),
        cmocka_unit_test(zone_instant_undoes_zone_civil),
        cmocka_unit_test(zone_instant_reads_the_skipped_hour_as_not_yet_put_forward),
        cmocka_unit_test(dates_are_written_for_english_readers),
        cmocka_unit_test(ago_is_counted_from_now_or_read_off_the_clock_of_that_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
