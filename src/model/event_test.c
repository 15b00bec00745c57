// What events promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/event.h"
#include "model/path.h"

enum { HOUR = 3600000 };

static struct event briefing(struct work *w, int hours_ahead)
{
    instant start = {w->now.ms + (int64_t)hours_ahead * HOUR};
    return (struct event){.kind = S("webinar"),
                          .title = S("Autumn briefing"),
                          .starts_at = start,
                          .ends_at = {start.ms + HOUR},
                          .zone = S("Europe/London"),
                          .place = S("Corn Hall, Leeds"),
                          .body = {S("<p>Come.</p>")}};
}

static void an_event_has_a_path_of_its_own_that_stays(void **state)
{
    struct work *w = model_write(*state);
    struct event e = briefing(w, 5), other = briefing(w, 6), read;
    assert_ok(event_create(w, &e, S("")));
    assert_str(e.path, "/events/autumn-briefing/");
    assert_writes(w, "path:/events/autumn-briefing/", "event:1/page", "events");
    assert_ok(event_create(w, &other, S("")));
    assert_str(other.path, "/events/autumn-briefing-2/");
    w = model_write(*state);
    e.title = S("Winter briefing");
    assert_ok(event_update(w, &e));
    assert_writes(w, "event:1/page", "events");
    w = model_read(*state);
    bool found;
    assert_ok(event_by_id(w, e.id, &read, &found));
    assert_reads(w, "event:1/page");
    assert_str(read.title, "Winter briefing");
    assert_str(read.path, "/events/autumn-briefing/");
    assert_str(read.status, "planned");
    struct path_target target;
    assert_ok(path_find(w, read.path, &target, &found));
    assert_str(target.kind, "event");
}

static void saying_the_same_again_writes_nothing(void **state)
{
    struct work *w = model_write(*state);
    struct event e = briefing(w, 5);
    assert_ok(event_create(w, &e, S("briefing")));
    w = model_write(*state);
    assert_ok(event_update(w, &e));
    assert_writes_nothing(w);
    e.id = 77;
    assert_fault(event_update(w, &e), FAULT_NOT_FOUND);
}

static void lists_part_at_the_end_of_each_and_hold_until_the_next(void **state)
{
    struct work *w = model_write(*state);
    struct event past = briefing(w, -5), running = briefing(w, 0), next = briefing(w, 5);
    assert_ok(event_create(w, &past, S("past")));
    assert_ok(event_create(w, &next, S("next")));
    assert_ok(event_create(w, &running, S("running")));
    struct list upcoming, ended;
    w = model_read(*state);
    assert_ok(event_upcoming(w, 10, &upcoming));
    assert_reads(w, "events");
    assert_int_equal(w->reads.fresh_until.ms, running.ends_at.ms);
    assert_int_equal(upcoming.count, 2);
    assert_str(list_at(&upcoming, struct event, 0)->path, "/events/running/");
    assert_ok(event_past(w, 10, &ended));
    assert_int_equal(ended.count, 1);
    w = model_read(*state);
    w->now = running.ends_at;
    assert_ok(event_upcoming(w, 10, &upcoming));
    assert_int_equal(upcoming.count, 1);
    assert_int_equal(w->reads.fresh_until.ms, next.ends_at.ms);
    assert_ok(event_past(w, 10, &ended));
    assert_int_equal(ended.count, 2);
    assert_str(list_at(&ended, struct event, 0)->path, "/events/running/");
    w = model_read(*state);
    w->now = next.ends_at;
    assert_ok(event_upcoming(w, 10, &upcoming));
    assert_int_equal(upcoming.count, 0);
    assert_true(w->reads.fresh_until.ms == INSTANT_NEVER.ms);
}

static void a_stretch_holds_whatever_the_clock_says(void **state)
{
    struct work *w = model_write(*state);
    struct event one = briefing(w, -5), two = briefing(w, 5);
    assert_ok(event_create(w, &one, S("one")));
    assert_ok(event_create(w, &two, S("two")));
    struct list found;
    w = model_read(*state);
    assert_ok(event_between(w, one.starts_at, two.starts_at, 10, &found));
    assert_int_equal(found.count, 1);
    assert_str(list_at(&found, struct event, 0)->path, "/events/one/");
    assert_true(w->reads.fresh_until.ms == INSTANT_NEVER.ms);
}

static void a_removed_one_stands_in_no_list(void **state)
{
    struct work *w = model_write(*state);
    struct event e = briefing(w, 5);
    assert_ok(event_create(w, &e, S("")));
    e.status = S("removed");
    assert_ok(event_update(w, &e));
    struct list upcoming;
    assert_ok(event_upcoming(w, 10, &upcoming));
    assert_int_equal(upcoming.count, 0);
    assert_true(w->reads.fresh_until.ms == INSTANT_NEVER.ms);
}

static void what_is_no_event_is_refused(void **state)
{
    struct work *w = model_write(*state);
    struct event e = briefing(w, 5);
    e.ends_at = e.starts_at;
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    e.ends_at.ms += (int64_t)500 * 24 * HOUR;
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    e.kind = S("party");
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    e.zone = S("Nowhere/Land");
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    e.signup_url = S("javascript:alert(1)");
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    e.title = S(" ");
    assert_fault(event_create(w, &e, S("")), FAULT_INPUT);
    e = briefing(w, 5);
    assert_fault(event_create(w, &e, S("../up")), FAULT_INPUT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_has_a_path_of_its_own_that_stays),
        cmocka_unit_test(saying_the_same_again_writes_nothing),
        cmocka_unit_test(lists_part_at_the_end_of_each_and_hold_until_the_next),
        cmocka_unit_test(a_stretch_holds_whatever_the_clock_says),
        cmocka_unit_test(a_removed_one_stands_in_no_list),
        cmocka_unit_test(what_is_no_event_is_refused),
    };
    return MODEL_TEST_RUN("event", tests);
}
