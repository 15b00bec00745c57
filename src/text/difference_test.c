// What comparisons of texts promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/difference.h"

// The difference on one line: -removed-, +added+, a bar for the end of each paragraph.
static str shown(struct arena *a, str before, str after)
{
    struct difference d;
    struct buf out = buf_new(a, 1 << 20);
    difference_of(a, before, after, &d);
    assert_false(d.too_much);
    for (size_t i = 0; i < d.paragraphs.count; i++) {
        const struct difference_paragraph *p =
            list_at(&d.paragraphs, struct difference_paragraph, i);
        for (size_t k = 0; k < p->pieces.count; k++) {
            const struct difference_piece *piece = list_at(&p->pieces, struct difference_piece, k);
            const char *sign = &" -+"[piece->kind];
            buf_add(&out, (str){sign, piece->kind != DIFFERENCE_SAME});
            buf_add(&out, piece->text);
            buf_add(&out, (str){sign, piece->kind != DIFFERENCE_SAME});
        }
        buf_add(&out, p->changed ? S("|") : S("."));
    }
    return buf_str(&out);
}

static void equal_texts_have_no_difference(void **state)
{
    arena_scoped a = arena_new();
    struct difference d;
    difference_of(a, S("One two.\nThree"), S("One two.\nThree"), &d);
    assert_false(d.changed || d.too_much);
    assert_int_equal(d.paragraphs.count, 2);
    assert_str(shown(a, S(""), S("")), "");
    assert_str(shown(a, S("One  two\n"), S("One two\n")), "One two.");
}

static void changed_words_are_marked_where_they_stand(void **state)
{
    arena_scoped a = arena_new();
    assert_str(shown(a, S("It fell by 13 basis points in June."), S("It fell by 31 basis points.")),
               "It fell by -13 -+31 +basis points -in June-.|");
    assert_str(shown(a, S("One three"), S("One two three")), "One +two +three|");
    assert_str(shown(a, S("One two three"), S("One three")), "One -two -three|");
    assert_str(shown(a, S(""), S("New")), "+New+|");
    assert_str(shown(a, S("Old"), S("")), "-Old-|");
}

static void paragraphs_that_came_or_went_stand_by_themselves(void **state)
{
    arena_scoped a = arena_new();
    assert_str(shown(a, S("One\nTwo\nThree"), S("One\nThree")), "One.-Two-|Three.");
    assert_str(shown(a, S("One\nThree"), S("One\nTwo words\nThree")), "One.+Two words+|Three.");
    assert_str(shown(a, S("One\nTwo"), S("One Two")), "One-¶-|Two.");
    assert_str(shown(a, S("One Two"), S("One\nTwo")), "One+¶+|Two.");
}

static void a_lone_word_between_changes_is_part_of_the_change(void **state)
{
    arena_scoped a = arena_new();
    assert_str(shown(a, S("They say the red of blood is warm and old here."),
                     S("They say the blue of water is warm and old here.")),
               "They say the -red of blood -+blue of water +is warm and old here.|");
}

static void ideographs_are_compared_one_by_one(void **state)
{
    arena_scoped a = arena_new();
    assert_str(shown(a, S("中央銀行は利下げした"), S("中央銀行は利上げした")),
               "中央銀行は利-下-+上+げした|");
}

// Longest common subsequences by the book.
static int shortest(str x, str y)
{
    int table[32][32] = {{0}};
    for (size_t i = 0; i < x.len; i++)
        for (size_t j = 0; j < y.len; j++)
            table[i + 1][j + 1] = x.ptr[i] == y.ptr[j]                ? table[i][j] + 1
                                  : table[i][j + 1] > table[i + 1][j] ? table[i][j + 1]
                                                                      : table[i + 1][j];
    return (int)(x.len + y.len) - 2 * table[x.len][y.len];
}

// The words of a text in two words; each is two of one letter, so that none stands alone and
// nothing is joined.
static str letters_of(struct arena *a, int number)
{
    struct buf out = buf_new(a, 100);
    for (; number > 1; number >>= 1)
        buf_add(&out, number & 1 ? S("pq") : S("rs"));
    return buf_str(&out);
}

static str words_of(struct arena *a, str letters)
{
    struct buf out = buf_new(a, 100);
    for (size_t i = 0; i < letters.len; i++)
        buf_addf(&out, "%c ", letters.ptr[i]);
    return buf_str(&out);
}

static int changed_words(struct arena *a, str x, str y)
{
    struct difference d;
    size_t count = 0;
    difference_of(a, words_of(a, x), words_of(a, y), &d);
    for (size_t i = 0; i < d.paragraphs.count; i++) {
        const struct list *pieces = &list_at(&d.paragraphs, struct difference_paragraph, i)->pieces;
        for (size_t k = 0; k < pieces->count; k++) {
            const struct difference_piece *piece = list_at(pieces, struct difference_piece, k);
            if (piece->kind != DIFFERENCE_SAME)
                count += piece->text.len / 2;
        }
    }
    return (int)count;
}

static void no_shorter_difference_exists(void **state)
{
    arena_scoped a = arena_new();
    struct arena_mark start = arena_mark(a);
    for (int i = 1; i < 128; i++)
        for (int j = 1; j < 128; j++) {
            str x = letters_of(a, i), y = letters_of(a, j);
            assert_int_equal(changed_words(a, x, y), shortest(x, y));
            arena_rewind(a, start);
        }
}

static str numbers(struct arena *a, int count, int step)
{
    struct buf out = buf_new(a, 1 << 20);
    for (int i = 0; i < count; i++)
        buf_addf(&out, "%d ", i * step);
    return buf_str(&out);
}

static void texts_beyond_the_limits_are_not_compared(void **state)
{
    arena_scoped a = arena_new();
    struct difference d;
    difference_of(a, numbers(a, DIFFERENCE_WORDS_MOST, 1), numbers(a, DIFFERENCE_WORDS_MOST, 1),
                  &d);
    assert_false(d.too_much);
    difference_of(a, numbers(a, DIFFERENCE_WORDS_MOST + 1, 1), S("One"), &d);
    assert_true(d.too_much);
    assert_int_equal(d.paragraphs.count, 0);
    difference_of(a, numbers(a, 20000, 1), numbers(a, 20000, -1), &d);
    assert_true(d.too_much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(equal_texts_have_no_difference),
        cmocka_unit_test(changed_words_are_marked_where_they_stand),
        cmocka_unit_test(paragraphs_that_came_or_went_stand_by_themselves),
        cmocka_unit_test(a_lone_word_between_changes_is_part_of_the_change),
        cmocka_unit_test(ideographs_are_compared_one_by_one),
        cmocka_unit_test(no_shorter_difference_exists),
        cmocka_unit_test(texts_beyond_the_limits_are_not_compared),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
