// What the cleaner promises.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "text/clean.h"
#include "text/clean_check.h"
#include "text/corpus_test.h"

static const struct clean_options editorial = {.links = LINKS_EDITORIAL};

static struct cleaned clean(struct arena *a, str markup, const struct clean_options *options)
{
    struct cleaned out;
    error e = clean_html(a, markup, options, &out);
    if (e)
        fail_msg("%.*s", STR(error_text(a, e)));
    return out;
}

static const struct {
    const char *dirty, *clean;
} cases[] = {
    {"", ""},
    {"plain", "<p>plain</p>"},
    {" a \n b ", "<p>a b</p>"},
    {"<p>a<p>b", "<p>a</p>\n<p>b</p>"},
    {"a<br><br>b<br>c", "<p>a</p>\n<p>b<br>c</p>"},
    {"<p>&nbsp;</p><p></p><p>x</p>", "<p>x</p>"},
    {"<h1>Title</h1>", "<h2>Title</h2>"},
    {"<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"},
    {"<b><p>a</p><p>b</p></b>", "<p><b>a</b></p>\n<p><b>b</b></p>"},
    {"<a href=/x><h3>a</h3>b</a>", "<h3><a href=\"/x\">a</a></h3>\n<p><a href=\"/x\">b</a></p>"},
    {"<ul><li>a<ul><li>b</ul><li>c</ul>", "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>"},
    {"<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>"},
    {"<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"},
    {"<li><p>a</p><p>b</p></li>", "<ul><li><p>a</p><p>b</p></li></ul>"},
    {"<ul><li><div>a</div><div>b</div></li></ul>", "<ul><li>a<br>b</li></ul>"},
    {"<dl><dt>a<dd>b</dl>", "<dl><dt>a</dt><dd>b</dd></dl>"},
    {"<pre>\n\na  b\n</pre>", "<pre>\n\na  b\n</pre>"},
    {"<pre><code class=\"language-c x\">if (a &lt; b)</code></pre>",
     "<pre><code>if (a &lt; b)</code></pre>"},
    {"<pre><code class=language-c>x</code></pre>",
     "<pre><code class=\"language-c\">x</code></pre>"},
    {"<table><caption>c<tr><th scope=col>a<td colspan=2 align=right>1</table>",
     "<table><caption>c</caption><tbody><tr><th scope=\"col\">a</th>"
     "<td colspan=\"2\" class=\"right\">1</td></tr></tbody></table>"},
    {"<blockquote>a<p>b</blockquote>", "<blockquote><p>a</p><p>b</p></blockquote>"},
    {"<figure><img src=/a.jpg width=100 height=50 alt='a \"b\"'><figcaption><p>c</p></figcaption>"
     "</figure>",
     "<figure><img src=\"/a.jpg\" alt=\"a &quot;b&quot;\" width=\"100\" height=\"50\" "
     "loading=\"lazy\" decoding=\"async\"><figcaption>c</figcaption></figure>"},
    {"a <font color=red>b</font> <blink>c</blink>", "<p>a b c</p>"},
    {"a<script>alert(1)</script>b<style>p{}</style>c", "<p>abc</p>"},
    {"<svg><title>t</title><a xlink:href='javascript:x'>u</a></svg>after", "<p>after</p>"},
    {"<svg><p>broken out</p>", "<p>broken out</p>"},
    {"<table><tr><th>a<th>b<th>c<tr><td>2024<td>£1.2m<td>x<tr><td>2025<td>–<td>3</table>",
     "<table><tbody><tr><th>a</th><th class=\"right\">b</th><th>c</th></tr>"
     "<tr><td>2024</td><td class=\"right\">£1.2m</td><td>x</td></tr>"
     "<tr><td>2025</td><td class=\"right\">–</td><td>3</td></tr></tbody></table>"},
    {"<table><tr><td>a<td rowspan=2>1<tr><td>b</table>",
     "<table><tbody><tr><td>a</td><td "
     "rowspan=\"2\">1</td></tr><tr><td>b</td></tr></tbody></table>"},
    {"<table class=x><tr><td>a<td>b<td colspan=2>c<td align=left>12 Nov<tr><td>a<td><img src=/x>2"
     "<td>1<iframe src=//y.example></iframe><td>12 bytes</table>",
     "<table class=\"wide\" tabindex=\"0\"><tbody><tr><td>a</td><td>b</td><td colspan=\"2\">c</td>"
     "<td>12 Nov</td></tr><tr><td>a</td><td><img src=\"/x\" alt=\"\" loading=\"lazy\" "
     "decoding=\"async\">2</td><td>1<p><a href=\"https://y.example\">https://y.example</a></p></td>"
     "<td>12 bytes</td></tr></tbody></table>"},
    {"<figure class=\"wp-block-image alignwide\"><img src=/x></figure>",
     "<figure class=\"wide-figure\"><img src=\"/x\" alt=\"\" loading=\"lazy\" "
     "decoding=\"async\"></figure>"},
    {"<figure class=alignfull><img src=https://x.example/y.jpg><figcaption>c</figcaption></figure>",
     "<figure class=\"elsewhere full-figure\"><a href=\"https://x.example/y.jpg\" "
     "class=\"picture-link\">Picture at x.example</a><figcaption>c</figcaption></figure>"},
    {"<pre>a<img src=https://x.example/y.jpg>b</pre>",
     "<pre>a\n<a href=\"https://x.example/y.jpg\" class=\"picture-link\">Picture at "
     "x.example</a>\nb"
     "</pre>"},
    {"<figure class='a full b' id=x><figcaption>c</figcaption></figure>",
     "<figure id=\"at-x\" class=\"full-figure\"><figcaption>c</figcaption></figure>"},
    {"<figure class=wide>a</figure><table class=full><tr><td>b</table>",
     "<figure class=\"wide-figure\">a</figure>\n<table><tbody><tr><td>b</td></tr></tbody></table>"},
    {"<figure class=\"wp-block-pullquote alignfull\"><blockquote><p>We said so.</p><cite>A. "
     "Body</cite></blockquote></figure>",
     "<blockquote class=\"pullquote\"><p>We said so.</p><p><cite>A. Body</cite></p></blockquote>"},
    {"<aside class=pull lang=de>Wir<p>auch</aside>",
     "<blockquote lang=\"de\" class=\"pullquote\"><p>Wir</p><p>auch</p></blockquote>"},
    {"<figure class=pull>Said.<figcaption>By <b>her</b></figcaption></figure>",
     "<blockquote class=\"pullquote\"><p>Said.</p><p><cite>By <b>her</b></cite></p></blockquote>"},
    {"<blockquote class=pullquote>a<blockquote>b<aside class=pull>c</aside></blockquote>d"
     "</blockquote><blockquote>e</blockquote>",
     "<blockquote class=\"pullquote\"><p>a</p><p>b</p><p>c</p><p>d</p></blockquote>\n"
     "<blockquote><p>e</p></blockquote>"},
    {"<div class=pull><figure><img src=/a.png><figcaption>c</figcaption></figure></div>",
     "<blockquote class=\"pullquote\"><figure><img src=\"/a.png\" alt=\"\" loading=\"lazy\" "
     "decoding=\"async\"><figcaption>c</figcaption></figure></blockquote>"},
    {"<p>He said that it <b>would</b> rain for days, and it did.</p><blockquote class=pull>“It "
     "would "
     "rain for days.”<cite>He</cite></blockquote>",
     "<p>He said that it <b>would</b> rain for days, and it did.</p>\n<blockquote "
     "class=\"pullquote\" aria-hidden=\"true\"><p>“It would rain for days.”<cite>He</cite></p>"
     "</blockquote>"},
    {"<p>It would rain for days.</p><blockquote class=pull aria-hidden=true>It will not rain today."
     "</blockquote><blockquote class=pull>It would <a href=/x>rain</a> for days.</blockquote>",
     "<p>It would rain for days.</p>\n<blockquote class=\"pullquote\"><p>It will not rain "
     "today.</p>"
     "</blockquote>\n<blockquote class=\"pullquote\"><p>It would <a href=\"/x\">rain</a> for days."
     "</p></blockquote>"},
    {"<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>", ""},
    {"<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\"></noscript>x",
     "<p><img src=\"x\" alt=\"\" loading=\"lazy\" decoding=\"async\">\"&gt;x</p>"},
    {"<a href='javascript:alert(1)'>x</a><a href=\"jav\tascript:a\">y</a>", "<p>xy</p>"},
    {"<a href=https://example.org target=_blank onclick=x>x</a>",
     "<p><a href=\"https://example.org\">x</a></p>"},
    {"<img src=data:image/png;base64,AA data-src=/lazy.jpg><img src=x:y>",
     "<p><img src=\"/lazy.jpg\" alt=\"\" loading=\"lazy\" decoding=\"async\"></p>"},
    {"<img src=/count.gif width=1 height=1>x", "<p>x</p>"},
    {"<iframe width=560 src=\"https://www.youtube.com/embed/abc_DEF-123?rel=0\"></iframe>",
     "<figure class=\"embed\" data-provider=\"youtube\" data-id=\"abc_DEF-123\"><a "
     "href=\"https://www.youtube.com/watch?v=abc_DEF-123\" class=\"embed-link\">Watch it on "
     "YouTube</a></figure>"},
    {"<iframe src=https://example.org/w title=Chart><p>no frames</p></iframe>",
     "<p><a href=\"https://example.org/w\">Chart</a></p>"},
    {"<iframe src=javascript:alert(1)></iframe>x", "<p>x</p>"},
    {"<blockquote class=twitter-tweet><p>Words</p><a "
     "href=https://twitter.com/u/status/123?s=20>d</a></blockquote><script src=x></script>",
     "<figure class=\"embed\" data-provider=\"x\" data-id=\"123\"><blockquote><p>Words</p><p><a "
     "href=\"https://twitter.com/u/status/123?s=20\">d</a></p></blockquote><a "
     "href=\"https://x.com/i/status/123\" class=\"embed-link\">See it on X</a></figure>"},
    {"<b>x<iframe src=https://youtu.be/a></iframe>",
     "<p><b>x</b></p>\n<figure class=\"embed\" data-provider=\"youtube\" data-id=\"a\"><a "
     "href=\"https://www.youtube.com/watch?v=a\" class=\"embed-link\">Watch it on YouTube</a>"
     "</figure>"},
    {"<a href=#/>x</a>", "<p>x</p>"},
    {"<pre>\f\nx</pre>", "<pre>\n\nx</pre>"},
    {"<ul><li>a<p></p>b", "<ul><li>a<br>b</li></ul>"},
    {"<ul><li>a<pre></pre>b", "<ul><li>a<br>b</li></ul>"},
    {"<p id=cookie>x</p><a href=#cookie name=x>y</a>",
     "<p id=\"at-cookie\">x</p>\n<p><a href=\"#at-cookie\">y</a></p>"},
    {"<p style=color:red class=evil data-x=1 lang=de dir=RTL>x</p>",
     "<p lang=\"de\" dir=\"rtl\">x</p>"},
    {"<details open><summary>s</summary>t</details>",
     "<details open><summary>s</summary><p>t</p></details>"},
    {"a &lt;b&gt; &amp;amp; \"q\" &quot;", "<p>a &lt;b&gt; &amp;amp; \"q\" \"</p>"},
    {"<plaintext>a</p><b>c", "<p>a</p>\n<p><b>c</b></p>"},
    {"<xmp>a</xmp><listing>b</listing>", "<pre>a</pre>\n<pre>b</pre>"},
    {"1 < 2 <3 <!-- c --> <![CDATA[x]]> <? y ?>z", "<p>1 &lt; 2 &lt;3 z</p>"},
    {"&<wbr>lt; &am<!-- x -->p;", "<p>&amp;lt; &amp;amp;</p>"},
    {"x&#xFFFE;&#0;&#1;\xF4\x8F\xBF\xBF", "<p>x\uFFFD\uFFFD\uFFFD</p>"},
    {"H<sub>2</sub>O<b></b><i> </i>x", "<p>H<sub>2</sub>O x</p>"},
    {"<form action=x><label>Name</label><input name=y><button>Go</button></form>", "<p>Name</p>"},
    {"<p>a</p> <hr> <p>b</p>", "<p>a</p>\n<hr>\n<p>b</p>"},
};

// Text is only kept from the parser where that cannot be told from what comes out.
static void clean_reads_long_texts_as_short_ones(void **state)
{
    static const char *const dirty[] = {
        "<p>A long text, \n of many words &amp; \xe2\x80\x9cquotes\xe2\x80\x9d, with "
        "&#39;more&#39; words "
        "behind it, and &gt;; &notin the house of long long long texts</p>",
        "<table><tr>Words of a table that stand where no words can stand<td>x",
        "<pre>\n\nline one of a code that is long enough\n  line two of it  </pre>  words after",
        "&#x10FFFD;0; a text that says what would be read as a mark, long enough for a run",
        "&#1114109;0; a text that says what would be read as a mark, long enough for a run",
        "&#4296081405;0; a text that says what would be read as a mark, long enough for a run",
        "\xf4\x8f\xbf\xbd"
        "0; a text that says what would be read as a mark, long enough for a run",
        "a text with a byte that is no text \xff and \xe2\x28 behind it, long enough for a run",
        "a long text with \xc2\x85 a control of the upper half, and \xef\xb7\x90 no character, and "
        "\x7f",
        "\xe6\x96\xb0\xe8\x81\x9e\xe3\x80\x82\xef\xbc\x8c\xe6\x96\xb0\xe8\x81\x9e\xe6\x96\xb0\xe8"
        "\x81\x9e"
        "\xe6\x96\xb0\xe8\x81\x9e\xe6\x96\xb0\xe8\x81\x9e\xe6\x96\xb0\xe8\x81\x9e\xe6\x96\xb0\xe8"
        "\x81\x9e",
        "<b>Words that are formatted and long <p>enough to be kept from a parser</b> as these are "
        "now",
        "<table><tr><th>Year<th>Sum<tr><td>x<td>1                                       2</table>",
        "<wbr>Words that stand before what goes <script>x</script>and behind it &am<!-- x -->p; as "
        "well",
    };
    for (size_t i = 0; i < sizeof dirty / sizeof *dirty; i++) {
        arena_scoped a = arena_new();
        str markup = str_of(dirty[i]);
        assert_str(
            clean(a, str_join(a, S("<wbr x=\xf4\x8f\xbf\xbd>"), markup), &editorial).body.text,
            str_z(a, clean(a, markup, &editorial).body.text));
    }
}

static void clean_writes_what_was_meant(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena_scoped a = arena_new();
        assert_str(clean(a, str_of(cases[i].dirty), &editorial).body.text, cases[i].clean);
    }
}

// All that must hold of any input.
static void check(struct arena *a, str markup)
{
    struct cleaned once;
    if (clean_html(a, markup, &editorial, &once))
        return;
    const char *fault = clean_fault(a, once.body.text);
    if (fault)
        fail_msg("%.*s\nbecame\n%.*s\nwith %s", STR(markup), STR(once.body.text), fault);
    str twice = clean(a, once.body.text, &editorial).body.text;
    if (!str_eq(once.body.text, twice))
        fail_msg("%.*s\nbecame\n%.*s\nthen\n%.*s", STR(markup), STR(once.body.text), STR(twice));
    assert_true(str_valid_utf8(once.plain));
    // A tag that goes, with the mark of text/runs.h in it: now the parser reads every letter.
    struct cleaned whole;
    if (!clean_html(a, str_join(a, S("<wbr x=\xf4\x8f\xbf\xbd>"), markup), &editorial, &whole))
        assert_true(str_eq(whole.body.text, once.body.text));
}

static void clean_of_clean_is_the_same(void **state)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena_scoped a = arena_new();
        check(a, str_of(cases[i].dirty));
    }
}

static void check_letters(struct arena *a, str markup)
{
    struct cleaned out;
    if (clean_html(a, markup, &editorial, &out))
        return;
    str before = clean_letters(a, markup), after = clean_letters(a, out.body.text);
    // The link in place of a frame is words that were not there.
    if (!str_eq(before, after) && !out.drops.count[DROP_FRAME]) {
        fail_msg("%.*s\nbecame\n%.*s\nwith %.*s for %.*s", STR(markup), STR(out.body.text),
                 STR(after), STR(before));
    }
}

static void check_pair(struct arena *a, json_t *pair)
{
    check(a, corpus_text(pair, "in"));
    check_letters(a, corpus_text(pair, "in"));
}

static void clean_holds_on_sanitizer_pairs(void **state)
{
    corpus_each_line("html/bluemonday.jsonl", check_pair);
    corpus_each_line("html/bleach.jsonl", check_pair);
}

static void clean_holds_on_injection_strings(void **state)
{
    corpus_path("html/xss-payload-list.txt");
    arena_scoped a = arena_new();
    str rest = corpus_file(a, "html/xss-payload-list.txt");
    while (rest.ptr) {
        str line = str_cut(&rest, '\n');
        arena_scoped each = arena_new();
        check(each, line);
        check(each,
              str_format(each, "<p title=\"%.*s\">x<img alt='%.*s' src=/x>", STR(line), STR(line)));
        check(each, str_format(each, "<a href=\"%.*s\">x</a>", STR(line)));
    }
    check(a, corpus_file(a, "html/xss-payload-list.txt"));
}

static void check_parser_tests(struct arena *a, str name, str text)
{
    while (text.len) {
        ptrdiff_t data = str_find(text, S("#data\n"));
        if (data < 0)
            return;
        text = str_from(text, (size_t)data + 6);
        ptrdiff_t end = str_find(text, S("\n#errors"));
        str markup = str_sub(text, 0, end < 0 ? text.len : (size_t)end);
        arena_scoped each = arena_new();
        check(each, markup);
    }
}

static void clean_holds_on_parser_tests(void **state)
{
    corpus_each_file("html/tree-construction", check_parser_tests);
}

static str repeated(struct arena *a, const char *before, const char *piece, size_t len)
{
    struct buf b = buf_new(a, len + 10000);
    buf_add(&b, str_of(before));
    while (b.len < len)
        buf_add(&b, str_of(piece));
    return buf_str(&b);
}

// Either refused, or within memory that bounds the work too: the parser allocates for each step
// that is not bounded by the depth.
static void clean_bounds_what_hostile_shapes_cost(void **state)
{
    const char *const shapes[][2] = {
        {"", "<div>"},
        {"", "<p>x"},
        {"", "<b>"},
        {"", "<svg>"},
        {"", "<math><mi>"},
        {"", "<"},
        {"", "<table><tr><td>"},
        {"<table>", "<p>x<b>"},
        {"", "<a><b><p></a></b>"},
        {"", "<li>"},
        {"", "<b><table><td></b></table>"},
        {"<p ", "a=b "},
        {"", "<!-- "},
        {"", "&amp"},
        {"", "<select></"},
        {"", "<script>"},
        {"<b lang=a><b lang=b><i><u><s>", "<p>x"},
        {"", "<blockquote class=twitter-tweet><a href=https://x.com/a/status/1>"},
        {"", "<ul><li>"},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        arena_scoped a = arena_new();
        struct cleaned out;
        str markup = repeated(a, shapes[i][0], shapes[i][1], 1 << 20);
        error e = clean_html(a, markup, &editorial, &out);
        assert_true(!e || e->fault == FAULT_LIMIT);
        assert_true(arena_footprint(a) < (size_t)400 << 20);
    }
}

static void clean_refuses_depth_before_the_parser_sees_it(void **state)
{
    arena_scoped a = arena_new();
    struct cleaned out;
    assert_null(clean_html(a, repeated(a, "", "<div>", 200 * 5), &editorial, &out));
    error e = clean_html(a, repeated(a, "", "<div>", 300 * 5), &editorial, &out);
    assert_int_equal(e->fault, FAULT_LIMIT);
    assert_null(clean_html(a, repeated(a, "", "<p>x<li>y<td>z", 5000), &editorial, &out));
}

static void clean_reports_what_it_found_and_dropped(void **state)
{
    arena_scoped a = arena_new();
    struct cleaned out =
        clean(a,
              S("<h1>A</h1><p>b &amp; c<script></script><a href=/x onclick=y>d</a>"
                "<img src=/p.jpg alt=' Alt '><img src=/q.jpg><iframe src=https://youtu.be/abc>"
                "</iframe><table><tr><td>1<td>2</table>"),
              &editorial);
    assert_str(out.plain, "A\nb & cd\n1 2");
    assert_int_equal(out.words.words, 5);
    assert_int_equal(out.pictures, 2);
    assert_str(out.picture, "/p.jpg");
    assert_str(out.picture_alt, "Alt");
    assert_int_equal(out.drops.count[DROP_SCRIPT], 2);
    assert_int_equal(out.link_count, 2);
    assert_str(out.links[0], "/x");
}

static void clean_resolves_addresses_and_says_whose_links_are(void **state)
{
    arena_scoped a = arena_new();
    const struct clean_options foreign = {.base = S("https://example.org/a/b"),
                                          .links = LINKS_FOREIGN};
    const struct clean_options reader = {.links = LINKS_READER, .no_media = true};
    assert_str(clean(a, S("<a href=../c>x</a><a href=#n>y</a>"), &foreign).body.text,
               "<p><a href=\"https://example.org/c\" rel=\"nofollow noopener\">x</a>"
               "<a href=\"#at-n\">y</a></p>");
    assert_str(clean(a, S("<a href=//x.org>x</a><img src=/y>"), &reader).body.text,
               "<p><a href=\"https://x.org\" rel=\"nofollow noopener ugc\">x</a></p>");
}

#define ELSEWHERE "https://old.example/a.jpg"
#define OURS "/pictures/3f/3f9a0b1c2d3e4f5061728394a5b6c7d8-640"
#define SET OURS ".webp 640w"
#define AVIF OURS ".avif 640w"

static bool our_picture(void *context, struct arena *a, str address, struct clean_picture *out)
{
    if (!str_eq(address, S(ELSEWHERE)) && !str_eq(address, S("bull photo.jpg")))
        return false;
    *out = (struct clean_picture){
        .path = S(OURS ".jpg"), .srcset = S(SET), .width = 1200, .height = 800};
    return true;
}

#define SIZED(sizes, alt)                                                                          \
    "<img src=\"" OURS ".jpg\" srcset=\"" SET "\" sizes=\"" sizes "\" alt=\"" alt "\" "            \
    "width=\"1200\" height=\"800\" loading=\"lazy\" decoding=\"async\">"
#define IMG(alt) SIZED("(min-width: 44em) 42rem, 100vw", alt)

static void clean_loads_no_picture_from_elsewhere(void **state)
{
    static const char *const rows[][3] = {
        // what came, without files of ours, with them
        {"<p>x <img src=" ELSEWHERE " alt='A bull'> y",
         "<p>x</p>\n<figure class=\"elsewhere\"><a href=\"" ELSEWHERE
         "\" class=\"picture-link\">Picture at old.example: A bull</a></figure>\n<p>y</p>",
         "<p>x " IMG("A bull") " y</p>"},
        {"<figure><a href=/full><img src=" ELSEWHERE "></a><figcaption>c</figcaption></figure>",
         "<figure class=\"elsewhere\"><a href=\"" ELSEWHERE
         "\" class=\"picture-link\">Picture at old.example</a><figcaption>c</figcaption></figure>",
         "<figure><a href=\"/full\">" IMG("") "</a><figcaption>c</figcaption></figure>"},
        {"<p><img src=" ELSEWHERE " alt='A bull before the old exchange of Frankfurt'></p>",
         "<figure class=\"elsewhere\"><a href=\"" ELSEWHERE "\" class=\"picture-link\">"
         "Picture at old.example: A bull before the old exchange of Frankfurt</a></figure>",
         "<p>" IMG("A bull before the old exchange of Frankfurt") "</p>"},
        {"<p><img src=" ELSEWHERE " width=640 height=480></p>",
         "<figure class=\"elsewhere\"><a href=\"" ELSEWHERE
         "\" data-width=\"640\" data-height=\"480\" class=\"picture-link\">Picture at "
         "old.example</a></figure>",
         "<p>" IMG("") "</p>"},
        {"<p><img src=" ELSEWHERE " width=100% height=480></p>",
         "<figure class=\"elsewhere\"><a href=\"" ELSEWHERE
         "\" class=\"picture-link\">Picture at old.example</a></figure>",
         "<p>" IMG("") "</p>"},
        {"<figure class=alignwide><img src=" ELSEWHERE " alt=c></figure>",
         "<figure class=\"elsewhere wide-figure\"><a href=\"" ELSEWHERE
         "\" class=\"picture-link\">Picture at old.example: c</a></figure>",
         "<figure class=\"wide-figure\">" SIZED("(min-width: 48em) 45.75rem, 100vw",
                                                "c") "</figure>"},
        {"<figure class=full><img src=" ELSEWHERE " alt=c></figure>",
         "<figure class=\"elsewhere full-figure\"><a href=\"" ELSEWHERE
         "\" class=\"picture-link\">Picture at old.example: c</a></figure>",
         "<figure class=\"full-figure\">" SIZED("(min-width: 83.5em) 79.5rem, 100vw",
                                                "c") "</figure>"},
        {"<p>hm <img class=emoji src=https://s.example/1f600.png alt=':-)'></p>", "<p>hm :-)</p>",
         "<p>hm :-)</p>"},
    };
    const struct clean_options plain = {.base = S("")};
    const struct clean_options with = {.base = S(""), .picture = our_picture};
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cleaned out = clean(a, str_of(rows[i][0]), &plain);
        assert_str(out.body.text, rows[i][1]);
        assert_null(clean_fault(a, out.body.text));
        assert_str(clean(a, out.body.text, &plain).body.text, rows[i][1]);
        assert_true(str_find(out.plain, S("Picture")) < 0);
        struct cleaned ours = clean(a, str_of(rows[i][0]), &with);
        assert_str(ours.body.text, rows[i][2]);
        assert_null(clean_fault(a, ours.body.text));
        assert_str(clean(a, ours.body.text, &plain).body.text, rows[i][2]);
    }
}

static bool our_photograph(void *context, struct arena *a, str address, struct clean_picture *out)
{
    *out = (struct clean_picture){S(OURS ".jpg"), S(SET), S(AVIF), 1200, 800};
    return str_eq(address, S(ELSEWHERE));
}

#define PHOTOGRAPH(alt)                                                                            \
    "<picture><source type=\"image/avif\" srcset=\"" AVIF                                          \
    "\" sizes=\"(min-width: 44em) 42rem, 100vw\">" IMG(alt) "</picture>"

static void a_photograph_of_ours_keeps_its_smaller_form(void **state)
{
    static const char *const rows[][2] = {
        {"<p>x <img src=" ELSEWHERE " alt='A bull'> y", "<p>x " PHOTOGRAPH("A bull") " y</p>"},
        // Of another picture, of another type, of another place: none of ours.
        {"<source srcset='/pictures/00/00000000000000000000000000000000-320.avif 320w'>" IMG("a"),
         "<p>" IMG("a") "</p>"},
        {"<source srcset='" SET "'>" IMG("a"), "<p>" IMG("a") "</p>"},
        {"<picture><source srcset='https://evil.example/x.avif'>" IMG("a") "</picture>",
         "<p>" IMG("a") "</p>"},
        {"<picture><p>a</picture>", "<p>a</p>"},
    };
    const struct clean_options with = {.base = S(""), .picture = our_photograph};
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct cleaned out = clean(a, str_of(rows[i][0]), &with);
        assert_str(out.body.text, rows[i][1]);
        assert_null(clean_fault(a, out.body.text));
        assert_str(clean(a, out.body.text, &with).body.text, rows[i][1]);
        assert_str(clean(a, out.body.text, &editorial).body.text, rows[i][1]);
    }
}

static void a_link_to_a_picture_becomes_it_when_there_are_files(void **state)
{
    const struct clean_options plain = {.base = S("")};
    const struct clean_options with = {.base = S(""), .picture = our_picture};
    arena_scoped a = arena_new();
    str linked = clean(a,
                       S("<figure><img src=" ELSEWHERE " alt=\"B &amp; C\"><figcaption>c"
                         "</figcaption></figure>"),
                       &plain)
                     .body.text;
    assert_str(clean(a, linked, &with).body.text,
               "<figure>" IMG("B &amp; C") "<figcaption>c</figcaption></figure>");
    assert_str(clean(a, S("<img src='bull photo.jpg'>"), &with).body.text, "<p>" IMG("") "</p>");
}

static void a_srcset_that_we_would_not_write_is_left_out(void **state)
{
    static const char *const sets[] = {"https://evil.example/x.webp 640w",
                                       OURS ".webp 320w",
                                       OURS ".webp",
                                       OURS ".webp 640w,https://evil.example/x.webp 1w",
                                       OURS ".jpg 640w",
                                       "/pictures/../x 640w",
                                       OURS ".webp 640w, ",
                                       " " SET,
                                       OURS "0640.webp 0640w"};
    const struct clean_options plain = {.base = S("")};
    arena_scoped a = arena_new();
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        str body = clean(a, str_format(a, "<img src=" OURS ".jpg srcset=\"%s\">", sets[i]), &plain)
                       .body.text;
        if (str_find(body, S("srcset")) >= 0)
            fail_msg("%s", sets[i]);
    }
    assert_true(str_find(clean(a, S("<img src=/x.jpg srcset=\"" SET "\">"), &plain).body.text,
                         S("srcset")) < 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clean_loads_no_picture_from_elsewhere),
        cmocka_unit_test(a_photograph_of_ours_keeps_its_smaller_form),
        cmocka_unit_test(a_link_to_a_picture_becomes_it_when_there_are_files),
        cmocka_unit_test(a_srcset_that_we_would_not_write_is_left_out),
        cmocka_unit_test(clean_reads_long_texts_as_short_ones),
        cmocka_unit_test(clean_writes_what_was_meant),
        cmocka_unit_test(clean_of_clean_is_the_same),
        cmocka_unit_test(clean_bounds_what_hostile_shapes_cost),
        cmocka_unit_test(clean_refuses_depth_before_the_parser_sees_it),
        cmocka_unit_test(clean_reports_what_it_found_and_dropped),
        cmocka_unit_test(clean_resolves_addresses_and_says_whose_links_are),
        cmocka_unit_test(clean_holds_on_sanitizer_pairs),
        cmocka_unit_test(clean_holds_on_injection_strings),
        cmocka_unit_test(clean_holds_on_parser_tests),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
