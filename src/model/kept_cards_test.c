// What cards from the cache promise: the same lists as without, and nothing older or newer than
// fits. SPDX-License-Identifier: Apache-2.0
#include "model/model_test.h"

#include "cache/cache.h"
#include "model/kept_cards.h"
#include "model/listing.h"
#include "model/person.h"
#include "model/publication.h"
#include "model/section.h"
#include "model/story.h"

struct newsroom {
    struct model_test *t;
    struct cache *cache;
    struct section news;
    struct person ana;
    int64_t stories[3];
};

static const struct story_change update = {.kind = S("update")};

static int64_t publish(struct newsroom *n, const char *headline)
{
    int64_t id;
    struct work *w = model_write(n->t);
    struct story_draft draft = {
        .kind = S("news"),
        .headline = str_of(headline),
        .body = {S("<p>Text.</p>")},
        .plain = S("Text."),
        .section_id = n->news.id,
        .people = {n->ana.id},
        .people_count = 1,
        .published_at = w->now,
        .updated_at = w->now,
    };
    assert_ok(story_create(w, &draft, &(struct story_change){.kind = S("first")}, &id));
    return id;
}

static struct newsroom open_newsroom(void **state)
{
    struct newsroom n = {.t = *state, .cache = cache_new(1 << 20)};
    struct work *w = model_write(n.t);
    struct publication p = {.name = S("The Test"),
                            .language = S("en-GB"),
                            .zone = S("Europe/London"),
                            .base_url = S("https://example.com")};
    assert_ok(publication_create(w, &p));
    n.news = (struct section){.slug = S("news"), .name = S("News")};
    assert_ok(section_create(w, &n.news));
    n.ana = (struct person){.slug = S("ana"), .name = S("Ana Ortiz")};
    assert_ok(person_create(w, &n.ana));
    static const char *const headlines[] = {"One", "Two", "Three"};
    for (size_t i = 0; i < 3; i++)
        n.stories[i] = publish(&n, headlines[i]);
    cache_forget_all(n.cache, model_read(n.t)->commit);
    return n;
}

// The newest stories as a server reads them.
static struct list newest(struct newsroom *n, struct work *w)
{
    struct list cards;
    w->kept = n->cache;
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &cards));
    return cards;
}

static void assert_same_cards(const struct list *a, const struct list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++)
        for (size_t f = 0; f < story_card_fields.count; f++) {
            const struct field *field = &story_card_fields.all[f];
            const void *x = field_of(list_at(a, struct story_card, i), field);
            const void *y = field_of(list_at(b, struct story_card, i), field);
            if (field->kind == FIELD_STR)
                assert_true(str_eq(*(const str *)x, *(const str *)y));
            else if (field->kind == FIELD_BOOL)
                assert_int_equal(*(const bool *)x, *(const bool *)y);
            else
                assert_int_equal(*(const int64_t *)x, *(const int64_t *)y);
        }
}

static str headline(const struct list *cards, size_t i)
{
    return list_at(cards, struct story_card, i)->headline;
}

static size_t kept(struct newsroom *n)
{
    return cache_stats(n->cache).entries;
}

static void change_headline(struct newsroom *n, struct work *w, int64_t id, const char *to)
{
    struct story_draft draft;
    bool changed;
    assert_ok(story_draft_of(w, id, &draft));
    draft.headline = str_of(to);
    assert_ok(story_update(w, id, &draft, &update, &changed));
    assert_true(changed);
}

static void lists_are_the_same_with_and_without(void **state)
{
    struct newsroom n = open_newsroom(state);
    struct work *w = model_read(n.t);
    struct list without;
    assert_ok(
        listing_cards(w, (struct list_of){LIST_ALL, 0}, RANK_HIGHEST, RANK_LOWEST, 10, &without));
    struct keyset reads = w->reads;
    w->reads = keyset_new(w->arena);
    struct list first = newest(&n, w);
    assert_same_cards(&without, &first);
    assert_int_equal(w->reads.count, reads.count);
    assert_int_equal(kept(&n), 3);
    uint64_t hits = cache_stats(n.cache).hits;
    w->reads = keyset_new(w->arena);
    struct list again = newest(&n, w);
    assert_same_cards(&without, &again);
    assert_int_equal(w->reads.count, reads.count);
    assert_int_equal(cache_stats(n.cache).hits, hits + 3);
    work_end(w);
    cache_free(n.cache);
}

// Commits what was written, as a server hears of it; how many entries are gone.
static size_t commit(struct newsroom *n, struct work *w)
{
    model_read(n->t);
    return cache_forget(n->cache, &w->writes, w->commit);
}

// Whatever a card shows.
static void a_write_forgets_the_cards_it_changed_alone(void **state)
{
    struct newsroom n = open_newsroom(state);
    newest(&n, model_read(n.t));
    struct work *w = model_write(n.t);
    change_headline(&n, w, n.stories[1], "Two, changed");
    assert_int_equal(commit(&n, w), 1);
    struct list cards = newest(&n, n.t->at);
    assert_true(str_eq(headline(&cards, 1), S("Two, changed")));
    w = model_write(n.t);
    n.news.name = S("Reports");
    assert_ok(section_update(w, &n.news));
    assert_int_equal(commit(&n, w), 3);
    cards = newest(&n, n.t->at);
    assert_true(str_eq(list_at(&cards, struct story_card, 0)->section_name, S("Reports")));
    w = model_write(n.t);
    n.ana.name = S("Ana O. Ortiz");
    assert_ok(person_update(w, &n.ana));
    assert_int_equal(commit(&n, w), 3);
    work_end(n.t->at);
    cache_free(n.cache);
}

// Two connections: what one has committed since is not yet in the other's snapshot.
static void a_card_newer_than_the_snapshot_is_not_taken(void **state)
{
    struct newsroom n = open_newsroom(state);
    struct db_conn *other;
    struct work older;
    assert_ok(db_connect(n.t->db, n.t->a, &other));
    assert_ok(work_read(&older, other, n.t->a, n.t->now));
    struct work *w = model_write(n.t);
    change_headline(&n, w, n.stories[2], "Three, changed");
    commit(&n, w);
    struct list cards = newest(&n, n.t->at);
    assert_true(str_eq(headline(&cards, 0), S("Three, changed")));
    cards = newest(&n, &older);
    assert_true(str_eq(headline(&cards, 0), S("Three")));
    // Nor did that reading put its older card in the newer one's place.
    cards = newest(&n, model_read(n.t));
    assert_true(str_eq(headline(&cards, 0), S("Three, changed")));
    work_end(&older);
    work_end(n.t->at);
    db_disconnect(other);
    cache_free(n.cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_the_same_with_and_without),
        cmocka_unit_test(a_write_forgets_the_cards_it_changed_alone),
        cmocka_unit_test(a_card_newer_than_the_snapshot_is_not_taken),
    };
    return MODEL_TEST_RUN("kept cards", tests);
}
