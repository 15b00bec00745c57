// Tests of shortcodes and blocks.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdio.h>

#include "interop/shortcode.h"

#include "base/arena.h"
#include "base/unit_test.h"
#include "interop/wpblocks.h"

static struct arena *a;
static struct tally known, unknown;

static int set_up(void **state)
{
    a = arena_new();
    known = tally_new(a);
    unknown = tally_new(a);
    return 0;
}

static int tear_down(void **state)
{
    arena_free(a);
    return 0;
}

static bool picture(void *context, int64_t id, struct shortcode_picture *out)
{
    *out = (struct shortcode_picture){str_format(a, "https://x.example/%lld.jpg", (long long)id),
                                      S("a \"b\""), S("C & D")};
    return id != 404;
}

static size_t uploads(void *context, int64_t *ids, size_t most)
{
    ids[0] = 7;
    return 1;
}

static str expand(str text)
{
    struct shortcode_options options = {.picture = picture, .uploads = uploads};
    return shortcode_expand(a, text, &options, &known, &unknown);
}

static int64_t count_of(const struct tally *t, const char *name)
{
    int64_t *found = map_get(&t->names, str_of(name));
    return found ? *found : 0;
}

static void a_caption_becomes_a_figure(void **state)
{
    assert_str(
        expand(S("[caption id=\"x\" width=\"3\"]<a href=\"/p\"><img src=\"a.jpg\" /></a> The "
                 "<em>sea</em>[/caption]")),
        "<figure><a href=\"/p\"><img src=\"a.jpg\" /></a><figcaption>The "
        "<em>sea</em></figcaption></figure>\n");
    assert_str(expand(S("[caption caption=\"Old\"]<img src=\"a.jpg\">[/caption]")),
               "<figure><img src=\"a.jpg\"><figcaption>Old</figcaption></figure>\n");
    assert_int_equal(count_of(&known, "caption"), 2);
}

static void a_gallery_shows_the_pictures_it_names_or_those_of_the_post(void **state)
{
    assert_str(expand(S("[gallery ids=\"1, 404\"]")),
               "<figure><img src=\"https://x.example/1.jpg\" alt=\"a &quot;b&quot;\" "
               "/><figcaption>C &amp; D</figcaption></figure>\n");
    assert_true(str_find(expand(S("[gallery]")), S("/7.jpg")) > 0);
}

static void players_and_links_stand_for_what_is_embedded(void **state)
{
    str youtube = S("<div><iframe src=\"https://www.youtube.com/watch?v=abc\"></iframe></div>\n");
    assert_str(expand(S("[embed]https://www.youtube.com/watch?v=abc[/embed]")), youtube.ptr);
    assert_str(expand(S("[youtube=https://www.youtube.com/watch?v=abc]")), youtube.ptr);
    assert_str(expand(S("[youtube id=\"abc\"]")), youtube.ptr);
    assert_str(expand(S("[audio src=\"https://x.example/song.mp3\"]")),
               "<p><a href=\"https://x.example/song.mp3\">song.mp3</a></p>\n");
    assert_str(expand(S("[embed]javascript:alert(1)[/embed]")), "");
}

static void an_unknown_shortcode_leaves_its_text_and_is_counted(void **state)
{
    assert_str(expand(S("a [box color=\"red\"]b [i_con]c[/box] d")), "a b c d");
    assert_int_equal(count_of(&unknown, "box"), 1);
    assert_int_equal(count_of(&unknown, "i_con"), 1);
    assert_str(expand(S("[row][col]x[/col][/row]")), "x");
}

static void words_in_brackets_stay(void **state)
{
    assert_str(expand(S("He said [sic] so [1], [see page 3], [...] and [video].")),
               "He said [sic] so [1], [see page 3], [...] and [video].");
    assert_str(expand(S("<a href=\"[gallery]\">x</a> <code>[gallery]</code>")),
               "<a href=\"[gallery]\">x</a> <code>[gallery]</code>");
}

static void double_brackets_are_one(void **state)
{
    assert_str(expand(S("Write [[gallery ids=\"1\"]] there")),
               "Write &#91;gallery ids=\"1\"] there");
}

static void many_that_never_close_take_no_longer_than_the_text_is_long(void **state)
{
    enum { TIMES = 60000 };
    char *text = arena_text(a, TIMES * 10);
    for (int i = 0; i < TIMES; i++)
        snprintf(text + i * 9, 10, "[a%06d]", i);
    str all = {text, TIMES * 9};
    assert_int_equal(expand(all).len, all.len);
}

static void blocks_lose_their_remarks_and_what_has_none_is_paragraphed(void **state)
{
    struct tally left = tally_new(a);
    int64_t reused = 0;
    assert_str(wpblocks_markup(a,
                               S("<!-- wp:paragraph {\"a\":1} --><p>One</p><!-- /wp:paragraph -->"
                                 "\n\nLoose\n\n<!-- wp:latest-posts /-->"
                                 "<!-- wp:html --><b>x</b><!-- /wp:html -->"),
                               &(struct wpblocks_options){0}, &left, &reused),
               "<p>One</p><p>Loose</p>\n<b>x</b>");
    assert_int_equal(count_of(&left, "latest-posts"), 1);
}

static void an_embed_block_shows_its_player_and_a_cover_its_picture(void **state)
{
    struct tally left = tally_new(a);
    int64_t reused = 0;
    str embed = wpblocks_markup(
        a,
        S("<!-- wp:embed {\"url\":\"x\"} --><figure><div>\nhttps://youtu.be/abc\n</div></figure>"
          "<!-- /wp:embed -->"),
        &(struct wpblocks_options){0}, &left, &reused);
    assert_true(str_find(embed, S("<iframe src=\"https://youtu.be/abc\">")) > 0);
    str cover = wpblocks_markup(a,
                                S("<!-- wp:cover {\"url\":\"https:\\/\\/x.example\\/a.jpg\"} "
                                  "--><div>T</div><!-- /wp:cover -->"),
                                &(struct wpblocks_options){0}, &left, &reused);
    assert_true(str_find(cover, S("<img src=\"https://x.example/a.jpg\"")) > 0);
}

// 7 holds 8; 9 holds itself twice.
static bool reusable_block(void *context, int64_t id, str *content)
{
    *content = id == 7   ? S("<!-- wp:paragraph --><p>Seven</p><!-- /wp:paragraph -->"
                               "<!-- wp:block {\"ref\":8} /-->")
               : id == 8 ? S("Loose eight")
                         : S("<!-- wp:block {\"ref\":9} /-->x<!-- wp:block {\"ref\":9} /-->");
    return id >= 7 && id <= 9;
}

static void a_reusable_block_stands_where_it_is_named(void **state)
{
    struct wpblocks_options options = {NULL, reusable_block};
    struct tally left = tally_new(a);
    int64_t reused = 0;
    assert_str(wpblocks_markup(a,
                               S("<!-- wp:group --><div><!-- wp:block {\"ref\":7} /--></div>"
                                 "<!-- /wp:group --><!-- wp:block {\"ref\":6} /-->"),
                               &options, &left, &reused),
               "<div><p>Seven</p><p>Loose eight</p>\n</div>");
    assert_int_equal(reused, 2);
    assert_int_equal(count_of(&left, "block"), 1);
    str circle = wpblocks_markup(a, S("<!-- wp:block {\"ref\":9} /-->"), &options, &left, &reused);
    assert_true(circle.len > 0 && circle.len < 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_caption_becomes_a_figure),
        cmocka_unit_test(a_gallery_shows_the_pictures_it_names_or_those_of_the_post),
        cmocka_unit_test(players_and_links_stand_for_what_is_embedded),
        cmocka_unit_test(an_unknown_shortcode_leaves_its_text_and_is_counted),
        cmocka_unit_test(words_in_brackets_stay),
        cmocka_unit_test(double_brackets_are_one),
        cmocka_unit_test(many_that_never_close_take_no_longer_than_the_text_is_long),
        cmocka_unit_test(blocks_lose_their_remarks_and_what_has_none_is_paragraphed),
        cmocka_unit_test(an_embed_block_shows_its_player_and_a_cover_its_picture),
        cmocka_unit_test(a_reusable_block_stands_where_it_is_named),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
