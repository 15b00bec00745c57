// What publishing, changing and withdrawing stories promise.
// SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "model/archive.h"
#include "model/change.h"
#include "model/job.h"
#include "model/listing.h"
#include "model/path.h"
#include "model/person.h"
#include "model/publication.h"
#include "model/related.h"
#include "model/section.h"
#include "model/sitemap.h"
#include "model/story.h"
#include "model/topic.h"
#include "model/version.h"

static const struct story_change FIRST = {.kind = {"first", 5}};
static const struct story_change TYPO = {.kind = {"typo", 4}};

static instant day(int month, int d)
{
    return instant_of_civil((struct civil){2026, month, d, 12, 0, 0}, 0);
}

// Sections 1 (markets) and 2 (markets/stocks) and 3 (banking), one topic, one author.
static struct story_draft newsroom(struct model_test *t)
{
    struct work *w = model_write(t);
    struct publication p = {.name = S("The Test"),
                            .language = S("en-GB"),
                            .zone = S("Europe/London"),
                            .base_url = S("https://example.com")};
    assert_ok(publication_create(w, &p));
    struct section markets = {.slug = S("markets"), .name = S("Markets")};
    assert_ok(section_create(w, &markets));
    struct section stocks = {.slug = S("stocks"), .name = S("Stocks"), .parent_id = markets.id};
    assert_ok(section_create(w, &stocks));
    struct section banking = {.slug = S("banking"), .name = S("Banking")};
    assert_ok(section_create(w, &banking));
    struct topic gold;
    assert_ok(topic_ensure(w, S("gold"), &gold));
    struct person ana;
    assert_ok(person_ensure(w, S("ana-ortiz"), &ana));
    return (struct story_draft){
        .kind = S("news"),
        .headline = S("Gold steadies"),
        .standfirst = S("After a week of falls"),
        .section_id = stocks.id,
        .language = S(""),
        .body = {S("<p>Gold stood still.</p>")},
        .plain = S("Gold stood still."),
        .words = 3,
        .reading_minutes = 1,
        .people = {ana.id},
        .people_count = 1,
        .topics = {gold.id},
        .topic_count = 1,
        .published_at = day(11, 20),
        .updated_at = day(11, 20),
    };
}

static int64_t published(struct model_test *t, const struct story_draft *draft)
{
    int64_t id;
    assert_ok(story_create(model_write(t), draft, &FIRST, &id));
    return id;
}

static void publishing_names_its_lists_its_path_and_itself(void **state)
{
    struct story_draft draft = newsroom(*state);
    published(*state, &draft);
    struct model_test *t = *state;
    assert_writes(t->at, "story:1/card", "story:1/body", "path:/markets/stocks/gold-steadies/",
                  "list:0:0", "list:1:1", "list:1:2", "list:2:1", "list:3:1", "archive:0:0",
                  "archive:1:1", "archive:1:2", "archive:2:1", "archive:3:1", "months:0:0",
                  "months:1:1", "months:1:2", "months:2:1", "months:3:1", "lastmod");
}

static void a_typo_in_a_body_touches_the_story_alone(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.body.text = S("<p>Gold stood quite still.</p>");
    bool changed;
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, &changed));
    assert_true(changed);
    assert_writes(w, "story:1/body");
}

static void a_new_headline_touches_the_card_and_no_list(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.headline = S("Gold steadies at last");
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/card");
}

static void a_card_shows_the_language_and_how_long_the_film_is(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    struct story_card card;
    bool found;
    draft.video_seconds = 252;
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/card");
    draft.language = S("ar");
    w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/card");
    w = model_read(*state);
    assert_ok(story_card_by_id(w, id, &card, &found));
    assert_int_equal(card.video_seconds, 252);
    assert_str(card.language, "ar");
    assert_ok(story_draft_of(w, id, &draft));
    assert_int_equal(draft.video_seconds, 252);
    assert_str(draft.language, "ar");
}

static void an_update_of_a_live_story_touches_its_card_too(void **state)
{
    struct story_draft draft = newsroom(*state);
    draft.kind = S("live");
    int64_t id = published(*state, &draft);
    struct story_card card;
    bool found;
    draft.body.text = S("<h2>10:00 Gold moves</h2>");
    draft.updated_at = day(11, 21);
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/card", "story:1/body", "lastmod");
    w = model_read(*state);
    assert_ok(story_card_by_id(w, id, &card, &found));
    assert_int_equal(card.updated_at.ms, day(11, 21).ms);
}

static void an_update_of_substance_tells_sitemaps(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.body.text = S("<p>Gold rose.</p>");
    draft.updated_at = day(11, 21);
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/body", "lastmod");
}

static void what_stays_the_same_writes_nothing(void **state)
{
    struct story_draft draft = newsroom(*state), stored;
    int64_t id = published(*state, &draft);
    bool changed = true;
    struct work *w = model_write(*state);
    assert_ok(story_draft_of(w, id, &stored));
    assert_ok(story_update(w, id, &stored, &TYPO, &changed));
    assert_false(changed);
    assert_writes_nothing(w);
    struct list versions;
    assert_ok(version_list(w, id, &versions));
    assert_int_equal(versions.count, 1);
}

static void moving_leaves_the_path_and_the_lists_above_both(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.section_id = 3;
    struct work *w = model_write(*state);
    assert_ok(story_update(w, id, &draft, &TYPO, NULL));
    assert_writes(w, "story:1/section", "list:1:1", "list:1:2", "list:1:3", "archive:1:1",
                  "archive:1:2", "archive:1:3", "months:1:1", "months:1:2", "months:1:3");
    struct path_target target;
    bool found;
    assert_ok(path_find(w, S("/markets/stocks/gold-steadies/"), &target, &found));
    assert_true(found && target.is_current && target.target == id);
}

static void a_list_of_cards_does_not_depend_on_their_sections(void **state)
{
    struct story_draft draft = newsroom(*state);
    published(*state, &draft);
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    assert_int_equal(cards.count, 1);
    assert_reads(w, "list:0:0", "story:1/card", "person:1/card");
    story_section_read(w, list_at(&cards, struct story_card, 0));
    assert_reads(w, "list:0:0", "story:1/card", "person:1/card", "story:1/section",
                 "section:2/card");
}

static void a_story_list_by_status_holds_what_stands_in_no_list(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.headline = S("Silver");
    published(*state, &draft);
    assert_ok(story_withdraw(model_write(*state), id, S("Wrong")));
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(story_list_by_status(w, S("withdrawn"), 10, &cards));
    assert_int_equal(cards.count, 1);
    assert_str(list_at(&cards, struct story_card, 0)->headline, "Gold steadies");
    assert_ok(story_list_by_status(w, S(""), 10, &cards));
    assert_int_equal(cards.count, 2);
    assert_ok(story_list_by_status(w, S(""), 1, &cards));
    assert_int_equal(cards.count, 1);
    assert_fault(story_check_status(w, S("lost")), FAULT_INPUT);
}

static void a_withdrawn_story_leaves_every_list_and_comes_back(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    struct list cards;
    struct work *w = model_write(*state);
    assert_ok(story_withdraw(w, id, S("It was wrong")));
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    assert_int_equal(cards.count, 0);
    assert_fault(story_withdraw(w, id, S("again")), FAULT_CONFLICT);
    struct story_body body;
    bool found;
    assert_ok(story_body_by_id(w, id, &body, &found));
    assert_str(body.withdrawn_why, "It was wrong");
    assert_ok(story_restore(w, id));
    assert_ok(
        listing_cards(w, (struct list_of){LIST_SECTION, 1}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    assert_int_equal(cards.count, 1);
    assert_fault(story_restore(w, id), FAULT_CONFLICT);
}

static void wrong_drafts_are_refused_with_a_sentence(void **state)
{
    struct story_draft good = newsroom(*state), draft = good;
    struct work *w = model_write(*state);
    int64_t id;
    draft.headline = S("  ");
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.headline = S("Two\nlines");
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.source_url = S("javascript:alert(1)");
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.video_url = S("//elsewhere.example/");
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.kind = S("gossip");
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.section_id = 99;
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
    draft = good;
    draft.headline = model_text(HEADLINE_MOST + 1);
    assert_fault(story_create(w, &draft, &FIRST, &id), FAULT_INPUT);
}

static void two_stories_of_one_headline_have_two_paths(void **state)
{
    struct story_draft draft = newsroom(*state);
    published(*state, &draft);
    int64_t second = published(*state, &draft);
    struct story_card card;
    bool found;
    assert_ok(story_card_by_id(model_read(*state), second, &card, &found));
    assert_str(card.path, "/markets/stocks/gold-steadies-2/");
}

static void every_version_is_kept_in_a_chain(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t id = published(*state, &draft);
    draft.body.text = S("<p>Gold fell.</p>");
    struct story_change correction = {S("correction"), S("Gold fell; it had not stood still."),
                                      S("Ana")};
    assert_ok(story_update(model_write(*state), id, &draft, &correction, NULL));
    struct list versions, notes;
    struct work *w = model_read(*state);
    assert_ok(version_list(w, id, &versions));
    assert_int_equal(versions.count, 2);
    struct story_version *last = list_at(&versions, struct story_version, 1);
    assert_true(str_eq(last->previous_hash, list_at(&versions, struct story_version, 0)->hash));
    assert_int_equal(version_first_broken(w->arena, &versions), 0);
    list_at(&versions, struct story_version, 0)->headline = S("Forged");
    assert_int_equal(version_first_broken(w->arena, &versions), 1);
    assert_ok(version_notes(w, id, &notes));
    assert_int_equal(notes.count, 1);
    assert_str(list_at(&notes, struct story_version, 0)->note,
               "Gold fell; it had not stood still.");
}

static void a_list_depends_on_the_stretch_it_examined(void **state)
{
    struct story_draft draft = newsroom(*state);
    for (int i = 1; i <= 5; i++) {
        draft.published_at = draft.updated_at = day(11, i);
        published(*state, &draft);
    }
    struct list cards;
    struct work *w = model_read(*state);
    assert_ok(
        listing_cards(w, (struct list_of){LIST_SECTION, 2}, RANK_HIGHEST, RANK_LOWEST, 3, &cards));
    assert_int_equal(cards.count, 3);
    assert_int_equal(list_at(&cards, struct story_card, 0)->id, 5);
    struct key below = {
        S("list:1:2"), key_hash(S("list:1:2")), {day(11, 2).ms, 2}, {day(11, 2).ms, 2}};
    struct key inside = {
        S("list:1:2"), key_hash(S("list:1:2")), {day(11, 3).ms, 3}, {day(11, 3).ms, 3}};
    bool touched_below = false, touched_inside = false;
    for (size_t i = 0; i < w->reads.count; i++) {
        touched_below |= key_touches(&w->reads.keys[i], &below);
        touched_inside |= key_touches(&w->reads.keys[i], &inside);
    }
    assert_false(touched_below);
    assert_true(touched_inside);
}

static void neighbours_are_the_next_in_the_section(void **state)
{
    struct story_draft draft = newsroom(*state);
    for (int i = 1; i <= 3; i++) {
        draft.published_at = draft.updated_at = day(11, i);
        published(*state, &draft);
    }
    struct work *w = model_read(*state);
    struct story_card card;
    bool found;
    struct list_of stocks = {LIST_SECTION, 2};
    assert_ok(
        listing_neighbour(w, stocks, (rank){day(11, 2).ms, 2}, /* newer= */ true, &card, &found));
    assert_true(found);
    assert_int_equal(card.id, 3);
    assert_ok(
        listing_neighbour(w, stocks, (rank){day(11, 2).ms, 2}, /* newer= */ false, &card, &found));
    assert_true(found);
    assert_int_equal(card.id, 1);
    assert_ok(
        listing_neighbour(w, stocks, (rank){day(11, 3).ms, 3}, /* newer= */ true, &card, &found));
    assert_false(found);
}

// Every story of the list stands in exactly one part, and each part says how many it has.
static void assert_archive_is_whole(struct work *w, size_t stories)
{
    struct list parts, cards;
    struct list_of all = {LIST_ALL, 0};
    size_t seen = 0;
    assert_ok(archive_parts(w, all, &parts));
    for (size_t i = 0; i < parts.count; i++) {
        struct archive_part *part = list_at(&parts, struct archive_part, i);
        assert_ok(archive_cards(w, all, part, &cards));
        assert_int_equal(cards.count, part->stories);
        assert_true(part->stories <= 2 * ARCHIVE_PART_STORIES);
        seen += cards.count;
    }
    assert_int_equal(seen, stories);
}

static void long_months_are_split_and_hold_each_story_once(void **state)
{
    struct story_draft draft = newsroom(*state);
    struct work *w = model_write(*state);
    int64_t id;
    for (int i = 0; i < 230; i++) {
        // Forwards, backwards and in between.
        int minutes = i < 120 ? i * 10 : i < 180 ? 20000 - i * 10 : 5 + (i * 37) % 1200;
        draft.published_at = draft.updated_at = (instant){day(11, 1).ms + (int64_t)minutes * 60000};
        draft.slug = str_format(w->arena, "story-%d", i);
        assert_ok(story_create(w, &draft, &FIRST, &id));
    }
    assert_archive_is_whole(w, 230);
    assert_ok(story_withdraw(w, 17, S("")));
    assert_ok(story_withdraw(w, 200, S("")));
    assert_archive_is_whole(w, 228);
}

static void a_part_begins_when_the_newest_is_full_and_older_ones_stay(void **state)
{
    struct story_draft draft = newsroom(*state);
    struct work *w = model_write(*state);
    int64_t id;
    for (int i = 0; i < 2 * ARCHIVE_PART_STORIES + 1; i++) {
        draft.published_at = draft.updated_at = (instant){day(11, 1).ms + (int64_t)i * 60000};
        draft.slug = str_format(w->arena, "story-%d", i);
        assert_ok(story_create(w, &draft, &FIRST, &id));
    }
    struct list parts;
    assert_ok(archive_parts(w, (struct list_of){LIST_ALL, 0}, &parts));
    assert_int_equal(parts.count, 3);
    assert_int_equal(list_at(&parts, struct archive_part, 0)->part, 3);
    assert_int_equal(list_at(&parts, struct archive_part, 0)->stories, 1);
    assert_int_equal(list_at(&parts, struct archive_part, 2)->stories, ARCHIVE_PART_STORIES);
}

static bool touched(const struct keyset *reads, const struct keyset *writes)
{
    for (size_t i = 0; i < reads->count; i++)
        for (size_t j = 0; j < writes->count; j++)
            if (key_touches(&reads->keys[i], &writes->keys[j]))
                return true;
    return false;
}

static void another_part_leaves_other_months_and_the_list_of_months_alone(void **state)
{
    struct story_draft draft = newsroom(*state);
    struct work *w = model_write(*state);
    int64_t id;
    for (int i = 0; i <= ARCHIVE_PART_STORIES; i++) {
        draft.published_at = draft.updated_at =
            i ? (instant){day(11, 1).ms + (int64_t)i * 60000} : day(9, 1);
        draft.slug = str_format(w->arena, "story-%d", i);
        assert_ok(story_create(w, &draft, &FIRST, &id));
    }
    const struct list_of all = {LIST_ALL, 0};
    struct list rows;
    struct archive_month newer;
    bool found;
    w = model_read(*state);
    struct keyset this_month = keyset_new(w->arena), others = keyset_new(w->arena);
    assert_ok(archive_parts_of(w, all, 202611, &rows));
    assert_int_equal(rows.count, 1);
    keyset_merge(&this_month, &w->reads);
    w = model_read(*state);
    assert_ok(archive_parts_of(w, all, 202609, &rows));
    assert_ok(archive_month_list(w, all, MONTH_HIGHEST, 12, &rows));
    assert_int_equal(rows.count, 2);
    assert_int_equal(list_at(&rows, struct archive_month, 0)->month, 202611);
    assert_ok(archive_month_newer(w, all, 202609, &newer, &found));
    assert_true(found && newer.month == 202611);
    keyset_merge(&others, &w->reads);

    w = model_write(*state);
    draft.published_at = draft.updated_at = day(11, 20);
    draft.slug = S("one-too-many");
    assert_ok(story_create(w, &draft, &FIRST, &id));
    assert_true(touched(&this_month, &w->writes));
    assert_false(touched(&others, &w->writes));
}

static void a_month_that_comes_up_changes_the_list_of_months(void **state)
{
    struct story_draft draft = newsroom(*state);
    const struct list_of all = {LIST_ALL, 0};
    struct list rows;
    struct archive_month newer;
    int64_t id;
    bool found;
    draft.published_at = draft.updated_at = day(9, 1);
    published(*state, &draft);
    struct work *w = model_read(*state);
    struct keyset list = keyset_new(w->arena), next = keyset_new(w->arena);
    assert_ok(archive_month_list(w, all, MONTH_HIGHEST, 1, &rows));
    keyset_merge(&list, &w->reads);
    w = model_read(*state);
    assert_ok(archive_month_newer(w, all, 202609, &newer, &found));
    assert_false(found);
    keyset_merge(&next, &w->reads);

    w = model_write(*state);
    draft.published_at = draft.updated_at = day(8, 1);
    assert_ok(story_create(w, &draft, &FIRST, &id));
    assert_false(touched(&list, &w->writes)); // older than the one that was asked for
    assert_false(touched(&next, &w->writes));
    w = model_write(*state);
    draft.published_at = draft.updated_at = day(10, 1);
    assert_ok(story_create(w, &draft, &FIRST, &id));
    assert_true(touched(&list, &w->writes));
    assert_true(touched(&next, &w->writes));
}

static void months_are_those_of_the_publications_clocks(void **state)
{
    struct story_draft draft = newsroom(*state);
    // 23:30 UTC on 31 July is half past midnight on 1 August in London.
    instant_parse(S("2026-07-31T23:30:00Z"), &draft.published_at, NULL);
    draft.updated_at = draft.published_at;
    published(*state, &draft);
    struct archive_part part;
    bool found;
    struct work *w = model_read(*state);
    assert_ok(archive_part_one(w, (struct list_of){LIST_ALL, 0}, 202608, 0, &part, &found));
    assert_true(found);
}

static void change_zone(struct model_test *t, const char *zone)
{
    struct publication p;
    struct work *w = model_write(t);
    assert_ok(publication_read(w, &p));
    p.zone = str_of(zone);
    assert_ok(publication_update(w, &p));
}

// Parts begun by other clocks leave gaps and would overlap: the archive stays whole all the same.
static void another_time_zone_leaves_each_story_in_one_part(void **state)
{
    static const char *const zones[] = {"Europe/London", "America/New_York", "Asia/Tokyo",
                                        "Europe/London"};
    struct story_draft draft = newsroom(*state);
    int64_t id, withdrawn = 0;
    size_t count = 0;
    for (size_t z = 0; z < sizeof zones / sizeof *zones; z++) {
        change_zone(*state, zones[z]);
        struct work *w = model_write(*state);
        for (int d = 1; d <= 2; d++)
            for (int hour = 2 * (int)(z % 2); hour < 24; hour += 4) {
                int month = (int)z % 2 ? 12 : 11;
                draft.published_at = draft.updated_at =
                    (instant){day(month, 1).ms + (d * 24 + hour - 60) * (int64_t)3600000};
                draft.slug = str_format(w->arena, "story-%zu", count++);
                assert_ok(story_create(w, &draft, &FIRST, &id));
                assert_archive_is_whole(w, count - (size_t)withdrawn);
            }
        assert_ok(story_withdraw(w, ++withdrawn, S("")));
        assert_archive_is_whole(w, count - (size_t)withdrawn);
    }
}

static void related_stories_share_topics_first(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t first = published(*state, &draft);
    draft.topic_count = 0;
    int64_t same_section = published(*state, &draft);
    draft.topic_count = 1;
    draft.section_id = 3;
    draft.published_at = draft.updated_at = day(1, 1);
    int64_t same_topic = published(*state, &draft);
    bool changed;
    struct work *w = model_write(*state);
    assert_ok(related_compute(w, first, &changed));
    assert_true(changed);
    assert_writes(w, "story:1/related");
    struct list cards;
    assert_ok(related_cards(w, first, &cards));
    assert_int_equal(cards.count, 2);
    assert_int_equal(list_at(&cards, struct story_card, 0)->id, same_topic);
    assert_int_equal(list_at(&cards, struct story_card, 1)->id, same_section);
    w = model_write(*state);
    assert_ok(related_compute(w, first, &changed));
    assert_false(changed);
    assert_writes_nothing(w);
    assert_ok(story_withdraw(w, same_topic, S("")));
    assert_ok(related_cards(w, first, &cards));
    assert_int_equal(cards.count, 1);
}

// One that shares topics and section outdoes newer ones that share a topic alone; of these the
// newest stand there, newest first; and what is placed in the same work is seen.
static void related_stories_are_the_best_then_the_newest(void **state)
{
    struct story_draft draft = newsroom(*state);
    int64_t first = published(*state, &draft);
    draft.published_at = draft.updated_at = day(1, 1);
    int64_t best = published(*state, &draft), newest = 0;
    draft.section_id = 3;
    struct work *w = model_write(*state);
    for (int i = 0; i < 12; i++) {
        draft.published_at = draft.updated_at = day(2, 1 + i);
        assert_ok(story_create(w, &draft, &FIRST, &newest));
        assert_ok(related_compute(w, first, NULL));
    }
    struct list cards;
    assert_ok(related_cards(w, first, &cards));
    assert_int_equal(cards.count, RELATED_MOST);
    assert_int_equal(list_at(&cards, struct story_card, 0)->id, best);
    for (int i = 1; i < RELATED_MOST; i++)
        assert_int_equal(list_at(&cards, struct story_card, (size_t)i)->id, newest - i + 1);
}

struct replayed {
    size_t commits, keys;
    uint64_t last;
};

static void note(void *ctx, const struct keyset *writes, uint64_t commit)
{
    struct replayed *r = ctx;
    assert_true(commit > r->last);
    r->commits++;
    r->keys += writes->count;
    r->last = commit;
}

static void changes_are_replayed_once_each_in_order(void **state)
{
    struct model_test *t = *state;
    struct story_draft draft = newsroom(t);
    published(t, &draft);
    struct work *w = model_read(t);
    uint64_t before = w->commit;
    draft.headline = S("Another");
    assert_ok(story_update(model_write(t), 1, &draft, &TYPO, NULL));
    // More keys in one commit than are read at once.
    w = model_write(t);
    for (int i = 0; i < 12000; i++)
        keyset_addf(&w->writes, "many:%d", i);
    w = model_write(t);
    keyset_add(&w->writes, S("one"));
    w = model_read(t);
    struct replayed seen = {.last = before};
    bool gap;
    assert_ok(change_replay(w, before, note, &seen, &gap));
    assert_false(gap);
    assert_int_equal(seen.commits, 3);
    assert_int_equal(seen.keys, 12002);
    assert_int_equal(seen.last, w->commit);
    w = model_write(t);
    assert_ok(change_prune(w, 1));
    w = model_read(t);
    assert_ok(change_replay(w, before, note, &seen, &gap));
    assert_true(gap);
}

static void a_job_is_queued_once_and_put_back_when_it_fails(void **state)
{
    struct model_test *t = *state;
    struct work *w = model_write(t);
    assert_ok(job_add(w, S("sweep"), 7, w->now));
    assert_ok(job_add(w, S("sweep"), 7, (instant){w->now.ms + 1000}));
    struct job job, none;
    bool found;
    assert_ok(job_lease(w, 60000, &job, &found));
    assert_true(found && job.subject == 7 && job.attempts == 1);
    assert_ok(job_lease(w, 60000, &none, &found));
    assert_false(found);
    assert_ok(job_retry(w, &job, S("no luck")));
    instant due;
    int64_t waiting;
    assert_ok(job_next(w, &due, &waiting));
    assert_int_equal(waiting, 1);
    assert_int_equal(due.ms, w->now.ms + 60000);
    w->now = due;
    assert_ok(job_lease(w, 60000, &job, &found));
    assert_true(found && job.attempts == 2);
    assert_ok(job_done(w, &job));
    assert_ok(job_next(w, &due, &waiting));
    assert_int_equal(waiting, 0);
}

// The lease goes with the transaction of the job that failed; the count must not.
static void a_job_that_fails_again_waits_longer(void **state)
{
    struct model_test *t = *state;
    struct work *w = model_write(t);
    assert_ok(job_add(w, S("sweep"), 7, w->now));
    for (int minutes = 1; minutes <= 4; minutes *= 2) {
        struct job job;
        bool found;
        w = model_write(t);
        w->now = (instant){w->now.ms + 3600000 * minutes};
        assert_ok(job_lease(w, 60000, &job, &found));
        assert_true(found);
        instant due, now = w->now;
        int64_t waiting;
        work_end(w);
        assert_ok(work_write(w, t->conn, t->a, now));
        assert_ok(job_retry(w, &job, S("no luck")));
        assert_ok(job_next(w, &due, &waiting));
        assert_int_equal(due.ms - now.ms, minutes * 60000);
    }
}

static void an_old_path_leads_to_the_new_one(void **state)
{
    struct work *w = model_write(*state);
    struct path_target target;
    bool found;
    assert_ok(path_claim(w, S("/old/"), S("page"), 5));
    assert_ok(path_claim(w, S("/new/"), S("page"), 5));
    assert_writes(w, "path:/old/", "path:/new/");
    assert_ok(path_find(w, S("/old/"), &target, &found));
    assert_true(found && !target.is_current);
    assert_str(target.current, "/new/");
    assert_fault(path_claim(w, S("/old/"), S("page"), 6), FAULT_CONFLICT);
    assert_fault(path_claim(w, S("no-slash"), S("page"), 6), FAULT_INPUT);
    assert_ok(path_claim(w, S("/old/"), S("page"), 5));
    assert_ok(path_find(w, S("/new/"), &target, &found));
    assert_str(target.current, "/old/");
}

static void a_sitemap_depends_on_changes_of_substance_alone(void **state)
{
    struct story_draft draft = newsroom(*state);
    published(*state, &draft);
    struct list stories;
    struct work *w = model_read(*state);
    assert_ok(sitemap_stories(w, RANK_HIGHEST, RANK_LOWEST, 10, &stories));
    assert_int_equal(stories.count, 1);
    assert_reads(w, "list:0:0", "lastmod");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(publishing_names_its_lists_its_path_and_itself),
        cmocka_unit_test(a_typo_in_a_body_touches_the_story_alone),
        cmocka_unit_test(a_new_headline_touches_the_card_and_no_list),
        cmocka_unit_test(a_card_shows_the_language_and_how_long_the_film_is),
        cmocka_unit_test(an_update_of_a_live_story_touches_its_card_too),
        cmocka_unit_test(an_update_of_substance_tells_sitemaps),
        cmocka_unit_test(what_stays_the_same_writes_nothing),
        cmocka_unit_test(moving_leaves_the_path_and_the_lists_above_both),
        cmocka_unit_test(a_list_of_cards_does_not_depend_on_their_sections),
        cmocka_unit_test(a_story_list_by_status_holds_what_stands_in_no_list),
        cmocka_unit_test(a_withdrawn_story_leaves_every_list_and_comes_back),
        cmocka_unit_test(wrong_drafts_are_refused_with_a_sentence),
        cmocka_unit_test(two_stories_of_one_headline_have_two_paths),
        cmocka_unit_test(every_version_is_kept_in_a_chain),
        cmocka_unit_test(a_list_depends_on_the_stretch_it_examined),
        cmocka_unit_test(neighbours_are_the_next_in_the_section),
        cmocka_unit_test(long_months_are_split_and_hold_each_story_once),
        cmocka_unit_test(a_part_begins_when_the_newest_is_full_and_older_ones_stay),
        cmocka_unit_test(another_part_leaves_other_months_and_the_list_of_months_alone),
        cmocka_unit_test(a_month_that_comes_up_changes_the_list_of_months),
        cmocka_unit_test(months_are_those_of_the_publications_clocks),
        cmocka_unit_test(another_time_zone_leaves_each_story_in_one_part),
        cmocka_unit_test(related_stories_share_topics_first),
        cmocka_unit_test(related_stories_are_the_best_then_the_newest),
        cmocka_unit_test(changes_are_replayed_once_each_in_order),
        cmocka_unit_test(a_job_is_queued_once_and_put_back_when_it_fails),
        cmocka_unit_test(a_job_that_fails_again_waits_longer),
        cmocka_unit_test(an_old_path_leads_to_the_new_one),
        cmocka_unit_test(a_sitemap_depends_on_changes_of_substance_alone),
    };
    return MODEL_TEST_RUN("story", tests);
}
