// What comments and their threads promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/comment.h"
#include "model/page.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"

static const struct publication ledger = {.name = {"The Ledger", 10},
                                          .language = {"en-GB", 5},
                                          .zone = {"Europe/London", 13},
                                          .base_url = {"https://ledger.example", 22}};

static struct thread_of story(struct model_test *t)
{
    struct work *w = model_write(t);
    struct section s = {.name = S("Markets")};
    bool found;
    assert_ok(section_by_path(w, S("markets"), &s, &found));
    if (!found) {
        assert_ok(publication_create(w, &ledger));
        assert_ok(section_create(w, &s));
    }
    struct story_draft draft = {.kind = S("news"),
                                .headline = S("Gold rises"),
                                .section_id = s.id,
                                .body = {S("<p>It does.</p>")},
                                .plain = S("It does."),
                                .published_at = w->now,
                                .updated_at = w->now};
    int64_t id;
    assert_ok(story_create(w, &draft, &(struct story_change){.kind = S("first")}, &id));
    model_write(t);
    return (struct thread_of){.story_id = id};
}

static struct thread_of about(struct model_test *t)
{
    struct page p = {.path = S("/about/"), .title = S("About us"), .description = S("")};
    assert_ok(page_save(model_write(t), &p));
    model_write(t);
    return (struct thread_of){.page_id = p.id};
}

static struct comment by(struct thread_of on, int64_t parent_id, str name, str status)
{
    return (struct comment){.story_id = on.story_id,
                            .page_id = on.page_id,
                            .parent_id = parent_id,
                            .status = status,
                            .author_name = name,
                            .body = {S("<p>Well said.</p>")}};
}

static int64_t said(struct work *w, struct thread_of on, int64_t parent_id, str name, str status)
{
    struct comment c = by(on, parent_id, name, status);
    assert_ok(comment_create(w, &c));
    return c.id;
}

static void spell(struct buf *out, const struct list *threads)
{
    for (size_t i = 0; i < threads->count; i++) {
        const struct comment_shown *c = list_at(threads, struct comment_shown, i);
        buf_addf(out, i ? " %.*s" : "%.*s", STR(c->author_name));
        if (c->reply_to.len)
            buf_addf(out, "@%.*s", STR(c->reply_to));
        if (c->replies.count) {
            buf_add_char(out, '(');
            spell(out, &c->replies);
            buf_add_char(out, ')');
        }
    }
}

static str shown(struct model_test *t, struct thread_of on)
{
    struct list threads;
    int64_t count;
    assert_ok(comment_thread(model_read(t), on, 1, &threads, &count));
    struct buf out = buf_new(t->a, 100000);
    spell(&out, &threads);
    return buf_str(&out);
}

static void only_a_comment_that_is_shown_changes_the_thread(void **state)
{
    struct thread_of on = story(*state);
    struct work *w = model_write(*state);
    said(w, on, 0, S("Held"), S(""));
    said(w, on, 0, S("Spam"), S("spam"));
    said(w, on, 0, S("Gone"), S("removed"));
    assert_writes_nothing(w);
    assert_str(shown(*state, on), "");
    w = model_write(*state);
    said(w, on, 0, S("Ana"), S("approved"));
    assert_writes(w, "story:1/thread");
    assert_str(shown(*state, on), "Ana");
}

static void a_status_is_named_only_when_it_shows_or_hides(void **state)
{
    static const struct {
        str status;
        bool shows;
    } steps[] = {{{"held", 4}, false},     {{"spam", 4}, false},   {{"approved", 8}, true},
                 {{"approved", 8}, false}, {{"removed", 7}, true}, {{"held", 4}, false},
                 {{"approved", 8}, true},  {{"spam", 4}, true}};
    struct thread_of on = story(*state);
    int64_t comment = said(model_write(*state), on, 0, S("Ana"), S("held"));
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        struct work *w = model_write(*state);
        assert_ok(comment_set_status(w, comment, steps[i].status));
        if (steps[i].shows)
            assert_writes(w, "story:1/thread");
        else
            assert_writes_nothing(w);
        bool approved = str_eq(steps[i].status, S("approved"));
        assert_str(shown(*state, on), approved ? "Ana" : "");
    }
}

static void threads_keep_time_and_hang_answers_below_what_they_answer(void **state)
{
    struct thread_of on = story(*state);
    struct work *w = model_write(*state);
    int64_t ana = said(w, on, 0, S("Ana"), S("approved"));
    int64_t tom = said(w, on, 0, S("Tom"), S("approved"));
    said(w, on, tom, S("Eve"), S("approved"));
    int64_t kim = said(w, on, ana, S("Kim"), S("approved"));
    said(w, on, ana, S("Lee"), S("approved"));
    assert_str(shown(*state, on), "Ana(Kim Lee) Tom(Eve)");
    w = model_write(*state);
    int64_t deep = said(w, on, kim, S("Ida"), S("approved"));
    said(w, on, deep, S("Max"), S("approved"));
    assert_str(shown(*state, on), "Ana(Kim Lee Ida@Kim Max@Ida) Tom(Eve)");
}

static void time_rules_the_order_even_against_the_ids(void **state)
{
    struct thread_of on = story(*state);
    struct work *w = model_write(*state);
    struct comment late = by(on, 0, S("Late"), S("approved"));
    late.created_at = w->now;
    struct comment early = by(on, 0, S("Early"), S("approved"));
    early.created_at = (instant){w->now.ms - 1000};
    assert_ok(comment_create(w, &late));
    assert_ok(comment_create(w, &early));
    assert_str(shown(*state, on), "Early Late");
}

static void an_answer_to_a_hidden_comment_climbs_to_one_that_is_shown(void **state)
{
    struct thread_of on = story(*state);
    struct work *w = model_write(*state);
    int64_t ana = said(w, on, 0, S("Ana"), S("approved"));
    int64_t spam = said(w, on, ana, S("Spam"), S("spam"));
    int64_t held = said(w, on, spam, S("Held"), S("held"));
    said(w, on, held, S("Kim"), S("approved"));
    int64_t gone = said(w, on, 0, S("Gone"), S("removed"));
    said(w, on, gone, S("Tom"), S("approved"));
    assert_str(shown(*state, on), "Ana(Kim) Tom");
    assert_ok(comment_set_status(model_write(*state), held, S("approved")));
    assert_str(shown(*state, on), "Ana(Held Kim@Held) Tom");
}

static void a_comment_is_shown_whole_but_for_its_mail_address(void **state)
{
    struct thread_of on = story(*state);
    struct work *w = model_write(*state);
    struct comment c = by(on, 0, S("Ana"), S("approved"));
    c.author_email = S("ana@example.com");
    c.author_url = S("https://ana.example/");
    assert_ok(comment_create(w, &c));
    instant when = w->now;
    struct list threads;
    int64_t count;
    w = model_read(*state);
    assert_ok(comment_thread(w, on, 1, &threads, &count));
    assert_int_equal(count, 1);
    assert_reads(w, "story:1/thread");
    const struct comment_shown *s = list_at(&threads, struct comment_shown, 0);
    assert_int_equal(s->id, c.id);
    assert_str(s->author_url, "https://ana.example/");
    assert_str(s->body.text, "<p>Well said.</p>");
    assert_int_equal(s->created_at.ms, when.ms);
    assert_null(field_by_name(&comment_shown_fields, S("author_email")));
}

static void stories_have_their_own_threads_and_counts(void **state)
{
    struct thread_of one = story(*state), other = story(*state);
    int64_t count;
    struct work *w = model_write(*state);
    said(w, one, 0, S("Ana"), S("approved"));
    said(w, one, 0, S("Tom"), S("held"));
    said(w, other, 0, S("Kim"), S("approved"));
    said(w, other, 0, S("Lee"), S("approved"));
    assert_writes(w, "story:1/thread", "story:2/thread");
    assert_str(shown(*state, one), "Ana");
    w = model_read(*state);
    assert_ok(comment_count(w, other, &count));
    assert_int_equal(count, 2);
    assert_reads(w, "story:2/thread");
}

static void a_page_has_a_thread_as_a_story_has(void **state)
{
    struct thread_of on = about(*state), other = story(*state);
    struct work *w = model_write(*state);
    int64_t ana = said(w, on, 0, S("Ana"), S("approved"));
    int64_t tom = said(w, on, ana, S("Tom"), S("held"));
    said(w, on, tom, S("Eve"), S("approved"));
    assert_writes(w, "page:1/thread");
    said(model_write(*state), other, 0, S("Kim"), S("approved"));
    assert_int_equal(on.page_id, other.story_id); // they are told apart all the same
    assert_str(shown(*state, on), "Ana(Eve)");
    assert_str(shown(*state, other), "Kim");
    w = model_write(*state);
    assert_ok(comment_set_status(w, tom, S("approved")));
    assert_writes(w, "page:1/thread");
    assert_str(shown(*state, on), "Ana(Tom Eve@Tom)");
    int64_t count;
    w = model_read(*state);
    assert_ok(comment_count(w, on, &count));
    assert_int_equal(count, 3);
    assert_reads(w, "page:1/thread");
    struct list all;
    assert_ok(comment_list_by_status(w, S("approved"), 10, &all));
    assert_int_equal(list_at(&all, struct comment, all.count - 1)->page_id, on.page_id);
    assert_int_equal(list_at(&all, struct comment, all.count - 1)->story_id, 0);
}

static void a_comment_answers_only_in_its_own_thread(void **state)
{
    struct thread_of page = about(*state), other = story(*state);
    struct work *w = model_write(*state);
    int64_t on_story = said(w, other, 0, S("Ana"), S("held"));
    int64_t on_page = said(w, page, 0, S("Tom"), S("held"));
    struct comment c = by(page, on_story, S("Eve"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_NOT_FOUND);
    c = by(other, on_page, S("Eve"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_NOT_FOUND);
}

static void a_comment_is_on_one_thing_that_is_there(void **state)
{
    struct thread_of both = {.story_id = story(*state).story_id, .page_id = about(*state).page_id};
    struct work *w = model_write(*state);
    struct comment c = by(both, 0, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c = by((struct thread_of){0, 0}, 0, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c = by((struct thread_of){.page_id = 99}, 0, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_CONFLICT);
}

static void a_long_quarrel_stays_in_its_limits(void **state)
{
    struct thread_of on = story(*state);
    int64_t above = 0;
    struct work *w = model_write(*state);
    for (int i = 0; i < 100; i++)
        above = said(w, on, above, S("x"), S("held"));
    said(w, on, above, S("End"), S("approved"));
    for (int i = 0; i < COMMENTS_A_PAGE; i++)
        said(w, on, 0, S("y"), S("approved"));
    struct list threads;
    int64_t count;
    w = model_read(*state);
    assert_ok(comment_thread(w, on, 1, &threads, &count));
    assert_int_equal(count, COMMENTS_A_PAGE + 1);
    assert_int_equal(threads.count, COMMENTS_A_PAGE);
    assert_str(list_at(&threads, struct comment_shown, 0)->author_name, "End");
    assert_ok(comment_count(w, on, &count));
    assert_int_equal(count, COMMENTS_A_PAGE + 1);
}

static void later_comments_stand_on_later_pages_and_say_whom_they_answer(void **state)
{
    struct thread_of on = story(*state);
    int64_t count;
    struct work *w = model_write(*state);
    int64_t ana = said(w, on, 0, S("Ana"), S("approved"));
    for (int i = 1; i < COMMENTS_A_PAGE; i++)
        said(w, on, 0, S("y"), S("approved"));
    int64_t tom = said(w, on, ana, S("Tom"), S("approved"));
    said(w, on, tom, S("Eve"), S("approved"));
    struct list threads;
    w = model_read(*state);
    assert_ok(comment_thread(w, on, 2, &threads, &count));
    assert_int_equal(count, COMMENTS_A_PAGE + 2);
    assert_int_equal(threads.count, 1);
    const struct comment_shown *first = list_at(&threads, struct comment_shown, 0);
    assert_str(first->author_name, "Tom");
    assert_str(first->reply_to, "Ana");
    assert_int_equal(first->replies.count, 1);
    assert_reads(w, "story:1/thread");
    assert_ok(comment_thread(w, on, 3, &threads, &count));
    assert_int_equal(threads.count, 0);
    assert_int_equal(count, COMMENTS_A_PAGE + 2);
}

static void what_makes_no_comment_is_refused(void **state)
{
    struct thread_of one = story(*state), other = story(*state);
    struct work *w = model_write(*state);
    int64_t there = said(w, other, 0, S("Ana"), S("held"));
    struct comment c = by(one, there, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_NOT_FOUND);
    c = by(one, 99, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_NOT_FOUND);
    c = by(one, 0, S(" "), S("held"));
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c = by(one, 0, model_text(201), S("held"));
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c = by(one, 0, S("Ana"), S("liked"));
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    const str urls[] = {S("javascript:alert(1)"), S("/about/"), S("ana.example")};
    for (size_t i = 0; i < sizeof urls / sizeof *urls; i++) {
        c = by(one, 0, S("Ana"), S("held"));
        c.author_url = urls[i];
        assert_fault(comment_create(w, &c), FAULT_INPUT);
    }
    c = by(one, 0, S("Ana"), S("held"));
    c.author_email = model_text(255);
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c = by(one, 0, S("Ana"), S("held"));
    c.body.text = model_text(COMMENT_BODY_MOST + 1);
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    c.body.text = S("\n");
    assert_fault(comment_create(w, &c), FAULT_INPUT);
    assert_fault(comment_set_status(w, there, S("liked")), FAULT_INPUT);
    assert_fault(comment_set_status(w, 99, S("held")), FAULT_NOT_FOUND);
    assert_writes_nothing(w);
    c = by((struct thread_of){.story_id = 99}, 0, S("Ana"), S("held"));
    assert_fault(comment_create(w, &c), FAULT_CONFLICT);
}

static void comment_list_by_status_gives_editors_each_status_newest_first(void **state)
{
    struct model_test *t = *state;
    struct thread_of on = story(t);
    said(model_write(t), on, 0, S("Ann"), S("held"));
    said(model_write(t), on, 0, S("Bo"), S("approved"));
    said(model_write(t), on, 0, S("Cy"), S("held"));
    struct work *w = model_read(t);
    struct list held, all;
    assert_ok(comment_list_by_status(w, S("held"), 10, &held));
    assert_ok(comment_list_by_status(w, S(""), 2, &all));
    assert_int_equal(held.count, 2);
    assert_str(list_at(&held, struct comment, 0)->author_name, "Cy");
    assert_int_equal(all.count, 2);
    assert_str(list_at(&all, struct comment, 1)->author_name, "Bo");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_a_comment_that_is_shown_changes_the_thread),
        cmocka_unit_test(a_status_is_named_only_when_it_shows_or_hides),
        cmocka_unit_test(threads_keep_time_and_hang_answers_below_what_they_answer),
        cmocka_unit_test(time_rules_the_order_even_against_the_ids),
        cmocka_unit_test(an_answer_to_a_hidden_comment_climbs_to_one_that_is_shown),
        cmocka_unit_test(a_comment_is_shown_whole_but_for_its_mail_address),
        cmocka_unit_test(stories_have_their_own_threads_and_counts),
        cmocka_unit_test(a_page_has_a_thread_as_a_story_has),
        cmocka_unit_test(a_comment_answers_only_in_its_own_thread),
        cmocka_unit_test(a_comment_is_on_one_thing_that_is_there),
        cmocka_unit_test(a_long_quarrel_stays_in_its_limits),
        cmocka_unit_test(later_comments_stand_on_later_pages_and_say_whom_they_answer),
        cmocka_unit_test(what_makes_no_comment_is_refused),
        cmocka_unit_test(comment_list_by_status_gives_editors_each_status_newest_first),
    };
    return MODEL_TEST_RUN("comment", tests);
}
