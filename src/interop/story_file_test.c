// What stories as files promise.
// SPDX-License-Identifier: Apache-2.0
#include "interop/interop_test.h"

#include "interop/story_file.h"
#include "model/person.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/version.h"

static const struct story_options nothing_said = {.section = {"", 0}};

static error read_file(struct model_test *t, const char *name, const char *text, bool partial,
                       struct story_file *out)
{
    struct story_reading reading = {.now = t->now, .partial = partial};
    assert_ok(zone_open(t->a, S("Europe/London"), &reading.zone));
    try(story_file_read(t->a, &reading, str_of(name), str_of(text), out));
    out->origin = str_format(t->a, "/files/%s", name);
    return NULL;
}

static struct story_result published(struct model_test *t, const char *text)
{
    struct story_file file;
    struct story_result result;
    struct work *w = model_write(t);
    assert_ok(read_file(t, "a.md", text, /* partial= */ false, &file));
    assert_ok(story_file_publish(w, &file, &nothing_said, &result));
    return result;
}

static void assert_not_published(struct model_test *t, const char *text, const char *expected)
{
    struct story_file file;
    struct story_result result;
    struct work *w = model_write(t);
    error e = read_file(t, "a.md", text, /* partial= */ false, &file);
    if (!e)
        e = story_file_publish(w, &file, &nothing_said, &result);
    assert_non_null(e);
    assert_str(error_text(t->a, e), expected);
}

static struct story_draft stored(struct model_test *t, int64_t id)
{
    struct story_draft draft;
    assert_ok(story_draft_of(model_read(t), id, &draft));
    return draft;
}

#define HEAD "---\ntitle: Gold rises\ndate: 2026-07-01 09:30\nsection: news\n"

static void a_file_becomes_a_story_with_all_that_it_says(void **state)
{
    struct model_test *t = *state;
    struct story_card card;
    struct list people, topics;
    bool found;
    make_newsroom(t);
    struct story_result r = published(
        t, HEAD "standfirst: A little\nauthors: [stacey-thalken, Bo Ek]\n"
                "tags: gold, Central banks\nsource: {name: Wire One, url: https://w.example/1}\n"
                "picture: {src: /p.jpg, alt: Bars}\ncomments: off\nlang: fr\n"
                "---\n\nIt **did** <script>x</script>.\n\nAgain.\n");
    assert_int_equal(r.outcome, STORY_CREATED);
    struct story_draft d = stored(t, r.id);
    assert_str(d.kind, "wire");
    assert_str(d.headline, "Gold rises");
    assert_str(d.standfirst, "A little");
    assert_str(d.language, "fr");
    assert_str(d.source_name, "Wire One");
    assert_str(d.source_url, "https://w.example/1");
    assert_str(d.body.text, "<p>It <strong>did</strong> .</p>\n<p>Again.</p>");
    assert_int_equal(d.words, 3);
    assert_int_equal(d.reading_minutes, 1);
    assert_false(d.comments_open);
    assert_int_equal(d.published_at.ms, 1782894600000); // 08:30 UTC: summer in London
    assert_int_equal(d.updated_at.ms, d.published_at.ms);
    struct work *w = model_read(t);
    assert_ok(story_card_by_id(w, r.id, &card, &found));
    assert_str(card.section_path, "/news/");
    assert_str(card.picture_alt, "Bars");
    assert_str(card.excerpt, "It did . Again.");
    assert_ok(story_people(w, r.id, &people));
    assert_int_equal(people.count, 2);
    assert_str(list_at(&people, struct story_person, 0)->name, "Stacey Thalken");
    assert_ok(story_topics(w, r.id, &topics));
    assert_int_equal(topics.count, 2);
    assert_str(list_at(&topics, struct topic, 1)->name, "Central banks");
}

static void the_same_bytes_write_nothing(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    struct story_result first = published(t, HEAD "---\nIt did.\n");
    struct story_result again = published(t, HEAD "---\nIt did.\n");
    assert_int_equal(again.outcome, STORY_UNCHANGED);
    assert_int_equal(again.id, first.id);
    assert_writes_nothing(t->at);
}

static void other_bytes_that_say_the_same_change_nothing_but_the_hash(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    published(t, HEAD "---\nIt did.\n");
    struct story_result again = published(t, HEAD "---\n\n\nIt did.\n");
    assert_int_equal(again.outcome, STORY_UNCHANGED);
    assert_writes_nothing(t->at);
}

static void a_changed_body_is_an_update_at_the_same_place(void **state)
{
    struct model_test *t = *state;
    struct list versions;
    make_newsroom(t);
    struct story_result first = published(t, HEAD "---\nIt did.\n");
    struct story_result again = published(t, HEAD "---\nIt did not.\n");
    instant then = t->now;
    assert_int_equal(again.outcome, STORY_UPDATED);
    assert_int_equal(again.id, first.id);
    struct story_draft d = stored(t, first.id);
    assert_int_equal(d.updated_at.ms, then.ms);
    assert_int_equal(d.published_at.ms, 1782894600000);
    assert_ok(version_list(t->at, first.id, &versions));
    assert_int_equal(versions.count, 2);
    assert_str(list_at(&versions, struct story_version, 1)->change_kind, "update");
}

static void a_typo_does_not_move_the_date_of_change(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    struct story_result first = published(t, HEAD "---\nIt dod.\n");
    struct story_result again = published(t, HEAD "change: typo\n---\nIt did.\n");
    assert_int_equal(again.outcome, STORY_UPDATED);
    assert_int_equal(stored(t, first.id).updated_at.ms, 1782894600000);
}

static void a_correction_is_told_once_though_its_note_stays_in_the_file(void **state)
{
    struct model_test *t = *state;
    struct list notes;
    make_newsroom(t);
    struct story_result first = published(t, HEAD "---\nIt did.\n");
    published(t, HEAD "change: correction\nnote: It did not.\n---\nIt did not.\n");
    published(t, HEAD "change: correction\nnote: It did not.\n---\nIt did not rise.\n");
    struct work *w = model_read(t);
    assert_ok(version_notes(w, first.id, &notes));
    assert_int_equal(notes.count, 1);
    assert_str(list_at(&notes, struct story_version, 0)->note, "It did not.");
    assert_str(stored(t, first.id).plain, "It did not rise.");
}

static void a_file_that_names_no_section_leaves_the_story_where_it_was_moved_to(void **state)
{
    struct model_test *t = *state;
    struct story_file file;
    struct story_options cards = {.section = S("credit-cards")};
    struct story_result result;
    make_newsroom(t);
    struct work *w = model_write(t);
    assert_ok(read_file(t, "a.md", "# Gold rises\n\nIt did.\n", false, &file));
    assert_ok(story_file_publish(w, &file, &cards, &result));
    struct story_result again = published(t, "# Gold rises\n\nIt did so.\n");
    assert_int_equal(again.outcome, STORY_UPDATED);
    struct story_card card;
    bool found;
    assert_ok(story_card_by_id(model_read(t), result.id, &card, &found));
    assert_str(card.section_name, "Credit Cards");
    assert_str(card.headline, "Gold rises");
}

static void a_partial_file_changes_only_what_it_says(void **state)
{
    struct model_test *t = *state;
    struct story_file file;
    bool changed;
    make_newsroom(t);
    struct story_result r = published(
        t, HEAD "standfirst: A little\nauthors: [Ann Lee]\ncomments: off\n---\nIt did.\n");
    struct story_draft before = stored(t, r.id);
    struct work *w = model_write(t);
    assert_ok(read_file(t, "b.md", "---\nstandfirst: A lot\n---\n", true, &file));
    assert_ok(story_file_edit(w, r.id, &file, &nothing_said, &changed));
    assert_true(changed);
    struct story_draft d = stored(t, r.id);
    assert_str(d.standfirst, "A lot");
    assert_str(d.headline, "Gold rises");
    assert_str(d.plain, "It did.");
    assert_str(d.file_hash, str_z(t->a, before.file_hash));
    assert_int_equal(d.people_count, 1);
    assert_false(d.comments_open);
    w = model_write(t);
    assert_ok(read_file(t, "b.md", "# It did\n\nNot.\n", true, &file));
    assert_ok(story_file_edit(w, r.id, &file, &nothing_said, &changed));
    d = stored(t, r.id);
    assert_str(d.headline, "Gold rises");
    assert_str(d.body.text, "<h2>It did</h2>\n<p>Not.</p>");
    w = model_write(t);
    assert_ok(story_file_edit(w, r.id, &file, &nothing_said, &changed));
    assert_false(changed);
    assert_writes_nothing(w);
}

static void a_draft_is_left_out(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    assert_int_equal(published(t, HEAD "draft: true\n---\nIt did.\n").outcome, STORY_DRAFT);
    assert_writes_nothing(t->at);
}

static void what_cannot_be_published_is_named_with_its_place_and_a_way_out(void **state)
{
    struct model_test *t = *state;
    make_newsroom(t);
    assert_not_published(t, "---\nsection: news\n---\nx\n",
                         "a.md:1: there is no headline: write \"title: …\" between two lines --- "
                         "at the top");
    assert_not_published(t, "---\ntitle: x\nsection: sport\n---\nx\n",
                         "a.md: there is no section \"sport\"; there are: news, credit-cards");
    assert_not_published(t, "# x\n",
                         "a.md: it names no section: write \"section: …\" in its front matter, or "
                         "use --section; there are: news, credit-cards");
    assert_not_published(t, "---\ntitle: x\nsection: news\nkind: gossip\n---\nx\n",
                         "a.md: \"gossip\" is no kind of story: use news, analysis, opinion, "
                         "explainer, video, live or wire");
    assert_not_published(t, "---\ntitle: x\ndate: 2027-01-01\n---\nx\n",
                         "a.md: its date is still to come (2027-01-01T00:00:00Z); publish it then, "
                         "or correct the date");
    assert_not_published(t, "---\ntitle: x\nstatus: secret\n---\nx\n",
                         "a.md: its status \"secret\" is neither draft nor published");
    assert_not_published(t, "---\ntitle: [x\n---\nx\n",
                         "a.md:2: title is not a text; put it in quotes");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_becomes_a_story_with_all_that_it_says),
        cmocka_unit_test(the_same_bytes_write_nothing),
        cmocka_unit_test(other_bytes_that_say_the_same_change_nothing_but_the_hash),
        cmocka_unit_test(a_changed_body_is_an_update_at_the_same_place),
        cmocka_unit_test(a_typo_does_not_move_the_date_of_change),
        cmocka_unit_test(a_correction_is_told_once_though_its_note_stays_in_the_file),
        cmocka_unit_test(a_file_that_names_no_section_leaves_the_story_where_it_was_moved_to),
        cmocka_unit_test(a_partial_file_changes_only_what_it_says),
        cmocka_unit_test(a_draft_is_left_out),
        cmocka_unit_test(what_cannot_be_published_is_named_with_its_place_and_a_way_out),
    };
    return MODEL_TEST_RUN("story files", tests);
}
