// How high the parts of the front will be, in pixels at 1440: near enough to let columns end alike.
// SPDX-License-Identifier: Apache-2.0
#include "site/measure.h"

#include "model/story.h"
#include "site/composition.h"

// A role of the type scale: its line, and ten times the width of a letter of it on average.
struct type {
    int line, letter;
};
static const struct type H0 = {62, 268}, H1 = {48, 200}, A = {32, 126}, B = {24, 87}, C = {22, 80},
                         D = {22, 68}, LEAD_TRAIL = {28, 100}, TRAIL = {22, 69};

// Widths of columns.
enum { HALF = 624, FIVE = 513, FOUR = 411, THREE = 300, EIGHT = 840, LIST = 612 };
enum { LABEL = 20, META = 26, THUMB = 75, THUMB_ROOM = 136, AROUND = 25, GAP = 12 };

static int letters(str s)
{
    int n = 0;
    for (size_t i = 0; i < s.len; i++)
        n += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return n;
}

// Lines end at words: some of each is lost.
static int lines(int count, struct type type, int width)
{
    int room = width - type.letter / 10;
    return count ? (count * type.letter / 10 + room - 1) / room : 0;
}

static int text(str s, struct type type, int width)
{
    return lines(letters(s), type, width) * type.line;
}

static int trail_of(const struct story_card *card, int most, struct type type, int width)
{
    int count = letters(card->standfirst.len ? card->standfirst : card->excerpt);
    return count ? 8 + lines(count < most ? count : most, type, width) * type.line : 0;
}

static int larger(int a, int b)
{
    return a > b ? a : b;
}

static int lead_words(const struct composition *c, struct type headline, int width)
{
    return LABEL + text(c->lead.card->headline, headline, width) +
           trail_of(c->lead.card, TRAIL_LEAD_MOST, LEAD_TRAIL, width) + META;
}

// Below each other, or side by side.
static int links_height(const struct composition *c, bool side_by_side, int width)
{
    int all = 0, highest = 0;
    for (size_t i = 0; i < c->sublink_count; i++) {
        int height = text(c->sublinks[i]->headline, D, width) + AROUND;
        all += height;
        highest = larger(highest, height);
    }
    return c->sublink_count ? GAP + (side_by_side ? highest : all) : 0;
}

bool measure_links_under(const struct composition *c)
{
    return c->lead.picture && !c->is_big &&
           lead_words(c, H1, FOUR) + links_height(c, false, FOUR) > FIVE * 2 / 3 + MEASURE_AGREES;
}

static int lead_height(const struct composition *c)
{
    int picture = FIVE * 2 / 3;
    if (c->lead.picture && !c->is_big && c->links_under)
        return larger(lead_words(c, H1, FOUR), picture + links_height(c, true, FIVE / 2));
    if (c->lead.picture && !c->is_big)
        return larger(lead_words(c, H1, FOUR) + links_height(c, false, FOUR), picture);
    int words = lead_words(c, H0, EIGHT) + links_height(c, true, EIGHT / 2);
    return c->lead.picture ? words + 948 / 2 + GAP : words;
}

int measure_top(const struct composition *c)
{
    int lowest = 0;
    size_t columns = c->secondary_columns ? c->secondary_columns : 1;
    int width = (948 - 24 * ((int)columns - 1)) / (int)columns;
    for (size_t i = 0; i < c->secondary_count; i++) {
        const struct story_card *card = c->secondary[i].card;
        lowest = larger(lowest, LABEL + text(card->headline, B, width) +
                                    trail_of(card, TRAIL_MOST, TRAIL, width) + META);
    }
    return lead_height(c) + (lowest ? lowest + 2 * AROUND : 0);
}

int measure_latest(const struct story_card *card)
{
    return 18 + text(card->headline, D, THREE - 12) + 21;
}

int measure_feature_lead(const struct slot *lead)
{
    int width = FIVE;
    int head = text(lead->card->headline, lead->picture ? A : H1, width);
    return (lead->picture ? width * 2 / 3 + GAP : 0) + head +
           trail_of(lead->card, TRAIL_MOST, TRAIL, width) + META;
}

int measure_feature_item(const struct story_card *card, bool trail)
{
    bool thumb = composition_pictured(card);
    int width = FIVE - 12 - (thumb ? THUMB_ROOM : 0);
    int words = text(card->headline, B, width) + META +
                (trail ? trail_of(card, TRAIL_MOST, TRAIL, width) : 0);
    return larger(words, thumb ? THUMB : 0) + AROUND;
}

static int below(const struct story_card *const *cards, size_t count, int width)
{
    int height = 0;
    for (size_t i = 0; i < count; i++)
        height += text(cards[i]->headline, D, width) + AROUND;
    return height;
}

int measure_pair(const struct slot *lead, const struct story_card *const *cards, size_t count)
{
    int width = lead->picture ? THREE : LIST;
    int words = text(lead->card->headline, A, width) +
                trail_of(lead->card, TRAIL_MOST, TRAIL, width) + META;
    return larger(words, lead->picture ? THREE * 2 / 3 : 0) + AROUND + below(cards, count, LIST);
}

int measure_ledger(const struct slot *lead, const struct story_card *const *cards, size_t count)
{
    return text(lead->card->headline, C, THREE) + META + AROUND + below(cards, count, THREE - 12);
}
