// What changed between two texts, word by word: Myers' O(ND) algorithm in linear space
// (Algorithmica 1, 1986), under a limit of steps. SPDX-License-Identifier: Apache-2.0
#include "text/difference.h"

#include <string.h>

#include "base/arena.h"

// A word with the white space behind it, or the end of a line. The tokens of a text cover it all.
struct token {
    str all;     // as it stands
    size_t word; // how much of it is the word
    uint64_t hash;
    bool ends_line;
    bool changed;
};

struct tokens {
    struct token *all;
    int count;
};

// Part of both texts.
struct box {
    int left, right; // of the text before: [left, right)
    int top, bottom; // of the text after
};

struct search {
    struct tokens before, after;
    int *forward, *backward; // how far each diagonal was followed; from -(after + 1) on
    int64_t steps_left;
};

// ---- tokens

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

// Length of the character at `i` of scripts that put no spaces between words (kana, ideographs,
// full-width forms); 0 for any other.
static size_t ideograph(str s, size_t i)
{
    unsigned char first = (unsigned char)s.ptr[i];
    bool wide = (first >= 0xE3 && first <= 0xE9) || first == 0xEF;
    if (wide && i + 3 <= s.len)
        return 3;
    return first >= 0xF0 && i + 4 <= s.len && (unsigned char)s.ptr[i + 1] >= 0xA0 ? 4 : 0;
}

// What stands behind words and is none.
static bool is_mark(char c)
{
    return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == ')';
}

static size_t word_end(str s, size_t start)
{
    size_t i = start, wide = ideograph(s, i);
    if (wide)
        return i + wide;
    while (i < s.len && !is_space(s.ptr[i]) && s.ptr[i] != '\n' && !ideograph(s, i))
        i++;
    size_t bare = i;
    while (bare > start && is_mark(s.ptr[bare - 1]))
        bare--;
    return bare > start ? bare : i;
}

// One token from *at on; moves behind it.
static struct token take(str s, size_t *at)
{
    size_t start = *at, end;
    bool ends_line = s.ptr[start] == '\n';
    end = ends_line ? start + 1 : word_end(s, start);
    size_t word = end - start;
    while (end < s.len && is_space(s.ptr[end]))
        end++;
    *at = end;
    return (struct token){.all = str_sub(s, start, end),
                          .word = word,
                          .hash = str_hash(str_sub(s, start, start + word), 0),
                          .ends_line = ends_line};
}

static bool tokens_of(struct arena *a, str s, struct tokens *out)
{
    size_t most = s.len < DIFFERENCE_WORDS_MOST ? s.len : DIFFERENCE_WORDS_MOST;
    struct token *all = arena_array(a, struct token, most);
    int count = 0;
    for (size_t at = 0; at < s.len;) {
        if (count == DIFFERENCE_WORDS_MOST)
            return false;
        all[count++] = take(s, &at);
    }
    *out = (struct tokens){all, count};
    return true;
}

static bool same(const struct search *s, int before, int after)
{
    const struct token *a = &s->before.all[before], *b = &s->after.all[after];
    return a->hash == b->hash && a->word == b->word && memcmp(a->all.ptr, b->all.ptr, a->word) == 0;
}

// ---- the search

// The diagonals that are followed from one corner.
struct front {
    int low, high;
};

static void widen(struct front *front, int *reached, int least, int most, int beyond)
{
    if (front->low > least)
        reached[--front->low - 1] = beyond;
    else
        ++front->low;
    if (front->high < most)
        reached[++front->high + 1] = beyond;
    else
        --front->high;
}

// Goes on by one edit from the upper left corner; true with the place where the other way was met.
static bool step_forward(struct search *s, const struct box *b, const struct front *mine,
                         const struct front *other, bool odd, int *x, int *y)
{
    for (int d = mine->high; d >= mine->low; d -= 2) {
        int *f = s->forward;
        int i = f[d - 1] >= f[d + 1] ? f[d - 1] + 1 : f[d + 1];
        for (; i < b->right && i - d < b->bottom && same(s, i, i - d); i++)
            s->steps_left--;
        f[d] = i;
        s->steps_left--;
        if (odd && other->low <= d && d <= other->high && s->backward[d] <= i) {
            *x = i;
            *y = i - d;
            return true;
        }
    }
    return false;
}

static bool step_backward(struct search *s, const struct box *b, const struct front *mine,
                          const struct front *other, bool odd, int *x, int *y)
{
    for (int d = mine->high; d >= mine->low; d -= 2) {
        int *r = s->backward;
        int i = r[d - 1] < r[d + 1] ? r[d - 1] : r[d + 1] - 1;
        for (; i > b->left && i - d > b->top && same(s, i - 1, i - d - 1); i--)
            s->steps_left--;
        r[d] = i;
        s->steps_left--;
        if (!odd && other->low <= d && d <= other->high && i <= s->forward[d]) {
            *x = i;
            *y = i - d;
            return true;
        }
    }
    return false;
}

// A place on a shortest way through the box, both parts of which are smaller; false when the steps
// are used up. The box has no common beginning or end, and neither side is empty.
static bool middle(struct search *s, const struct box *b, int *x, int *y)
{
    enum { NOWHERE = -1, FAR = 1 << 30 };
    int least = b->left - b->bottom, most = b->right - b->top;
    int start = b->left - b->top, end = b->right - b->bottom;
    bool odd = ((start - end) & 1) != 0;
    struct front down = {start, start}, up = {end, end};
    s->forward[start] = b->left;
    s->backward[end] = b->right;
    while (s->steps_left > 0) {
        widen(&down, s->forward, least, most, NOWHERE);
        if (step_forward(s, b, &down, &up, odd, x, y))
            return true;
        widen(&up, s->backward, least, most, FAR);
        if (step_backward(s, b, &up, &down, odd, x, y))
            return true;
    }
    return false;
}

static void mark(struct tokens *tokens, int from, int to)
{
    for (int i = from; i < to; i++)
        tokens->all[i].changed = true;
}

// Each half of a box takes at most half of its edits, so that this goes no deeper than their
// logarithm.
static bool compare(struct search *s, struct box b)
{
    for (; b.left < b.right && b.top < b.bottom && same(s, b.left, b.top); s->steps_left--) {
        b.left++;
        b.top++;
    }
    for (; b.left < b.right && b.top < b.bottom && same(s, b.right - 1, b.bottom - 1);
         s->steps_left--) {
        b.right--;
        b.bottom--;
    }
    if (b.left == b.right || b.top == b.bottom) {
        mark(&s->before, b.left, b.right);
        mark(&s->after, b.top, b.bottom);
        return true;
    }
    int x, y;
    return middle(s, &b, &x, &y) && compare(s, (struct box){b.left, x, b.top, y}) &&
           compare(s, (struct box){x, b.right, y, b.bottom});
}

// ---- what readers are shown

// One word that stayed between words that did not says nothing by itself: the change reads better
// as one.
static void join_changes(struct search *s)
{
    int i = 0, j = 0;
    bool after_change = false;
    while (i < s->before.count && j < s->after.count) {
        if (s->before.all[i].changed || s->after.all[j].changed) {
            i += s->before.all[i].changed;
            j += j < s->after.count && s->after.all[j].changed;
            after_change = true;
            continue;
        }
        int run = 0;
        bool line = false;
        while (i + run < s->before.count && j + run < s->after.count &&
               !s->before.all[i + run].changed && !s->after.all[j + run].changed)
            line = s->before.all[i + run++].ends_line || line;
        bool last = i + run == s->before.count && j + run == s->after.count;
        if (after_change && !last && !line && run == 1) {
            mark(&s->before, i, i + run);
            mark(&s->after, j, j + run);
        }
        i += run;
        j += run;
        after_change = false;
    }
}

struct composer {
    struct difference_paragraph *paragraphs;
    struct difference_piece *pieces;            // all of them, one paragraph's behind the other's
    size_t paragraph_count, piece_count, first; // `first` piece of the paragraph being made
    bool paragraph_changed, changed;
};

static void end_paragraph(struct composer *c)
{
    if (c->piece_count == c->first)
        return;
    c->paragraphs[c->paragraph_count++] = (struct difference_paragraph){
        {c->pieces + c->first, c->piece_count - c->first}, c->paragraph_changed};
    c->first = c->piece_count;
    c->paragraph_changed = false;
}

// Of one text stands in one place: what follows is joined to it.
static void add(struct composer *c, enum difference_kind kind, str text)
{
    struct difference_piece *last =
        c->piece_count > c->first ? &c->pieces[c->piece_count - 1] : NULL;
    if (last && last->kind == kind && last->text.ptr + last->text.len == text.ptr)
        last->text.len += text.len;
    else
        c->pieces[c->piece_count++] = (struct difference_piece){kind, text};
}

static void add_token(struct composer *c, enum difference_kind kind, const struct token *token)
{
    bool changed = kind != DIFFERENCE_SAME;
    c->changed = c->changed || changed;
    c->paragraph_changed = c->paragraph_changed || changed;
    if (!token->ends_line) {
        add(c, kind, token->all);
        return;
    }
    // That two paragraphs became one, or one two, shows where words stand around it.
    bool within = c->piece_count > c->first && c->pieces[c->piece_count - 1].kind != kind;
    if (changed && within)
        add(c, kind, S("¶"));
    end_paragraph(c);
}

static void compose(struct composer *c, const struct search *s)
{
    int i = 0, j = 0;
    while (i < s->before.count || j < s->after.count) {
        if (i < s->before.count && s->before.all[i].changed) {
            add_token(c, DIFFERENCE_REMOVED, &s->before.all[i++]);
        } else if (j < s->after.count && s->after.all[j].changed) {
            add_token(c, DIFFERENCE_ADDED, &s->after.all[j++]);
        } else {
            // The space behind it may have gone with what is shown next.
            bool gone = i + 1 < s->before.count && s->before.all[i + 1].changed;
            add_token(c, DIFFERENCE_SAME, gone ? &s->before.all[i] : &s->after.all[j]);
            i++;
            j++;
        }
    }
    end_paragraph(c);
}

void difference_of(struct arena *a, str before, str after, struct difference *out)
{
    struct search s = {.steps_left = DIFFERENCE_STEPS_MOST};
    *out = (struct difference){.too_much = true};
    if (!tokens_of(a, before, &s.before) || !tokens_of(a, after, &s.after))
        return;
    size_t diagonals = (size_t)(s.before.count + s.after.count) + 3;
    s.forward = arena_array(a, int, diagonals) + s.after.count + 1;
    s.backward = arena_array(a, int, diagonals) + s.after.count + 1;
    if (!compare(&s, (struct box){0, s.before.count, 0, s.after.count}))
        return;
    join_changes(&s);
    size_t most = (size_t)(s.before.count + s.after.count);
    struct composer c = {.paragraphs = arena_array(a, struct difference_paragraph, most),
                         .pieces = arena_array(a, struct difference_piece, most)};
    compose(&c, &s);
    *out = (struct difference){{c.paragraphs, c.paragraph_count}, c.changed, false};
}
