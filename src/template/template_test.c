// Mustache's rules over records: each row is one rule of the specification.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "template/test_page.h"

// "p", "q" and "r" are the partials and layouts that the template may name.
struct rule {
    const char *rule, *text, *expected;
    const char *p, *q, *r;
};

static void assert_rules(const struct rule *rules, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        arena_scoped a = arena_new();
        const struct rule *rule = &rules[i];
        struct template_source sources[] = {{S("main"), str_of(rule->text)},
                                            {S("p"), str_of(rule->p)},
                                            {S("q"), str_of(rule->q)},
                                            {S("r"), str_of(rule->r)}};
        str page = page_shown(a, sources, 4);
        if (!str_eq(page, str_of(rule->expected)))
            fail_msg("%s: \"%.*s\" is not \"%s\"", rule->rule, STR(page), rule->expected);
    }
}
#define assert_all(rules) assert_rules((rules), sizeof(rules) / sizeof *(rules))

static void values_follow_the_interpolation_rules(void **state)
{
    static const struct rule rules[] = {
        {"no tags", "Hello from {Mustache}!\n", "Hello from {Mustache}!\n"},
        {"basic", "Hello, {{plain}}!\n", "Hello, World!\n"},
        {"no reinterpolation", "{{braces}}: {{plain}}", "{{plain}}: World"},
        {"html escaping", "{{special}}", "&amp; &quot; &lt; &gt;"},
        {"triple of markup", "{{{body}}}", "<p>Body &amp; more</p>"},
        {"ampersand of markup", "{{&body}}", "<p>Body &amp; more</p>"},
        {"markup needs no triple", "{{body}}", "<p>Body &amp; more</p>"},
        {"integer", "{{count}} miles, {{zero}}, {{negative}}", "85 miles, 0, -9007199254740993"},
        {"decimal", "{{price}} {{nothing}} {{tiny}}", "1.21 0 1e-07"},
        {"bool", "{{yes}} {{no}}", "true false"},
        {"instant", "{{when}}|{{never}}|", "2026-11-23T14:05:09Z||"},
        {"empty", "({{empty}})", "()"},
        {"context miss behind a missing record", "({{nobody.name}}{{nobody.place.name}})", "()"},
        {"dotted names", "{{author.name}} = {{#author}}{{name}}{{/author}}", "Ann = Ann"},
        {"dotted names at any depth", "{{author.place.name}}", "Basel"},
        {"first part in outer scopes", "{{#topics}}{{author.place.name}} {{/topics}}",
         "Basel Basel "},
        {"dotted names do not mix scopes", "{{#author}}{{author.name}}{{/author}}", "Ann"},
        {"surrounding white space", "| {{plain}} |", "| World |"},
        {"stand-alone values keep their line", "  {{plain}}\n", "  World\n"},
        {"padding", "|{{ plain }}|{{{ body }}}|{{& body }}|",
         "|World|<p>Body &amp; more</p>|<p>Body &amp; more</p>|"},
    };
    assert_all(rules);
}

static void sections_follow_the_section_rules(void **state)
{
    static const struct rule rules[] = {
        {"truthy", "\"{{#yes}}shown{{/yes}}\"", "\"shown\""},
        {"falsey", "\"{{#no}}shown{{/no}}\"", "\"\""},
        {"missing record is falsey", "\"{{#nobody}}shown{{/nobody}}\"", "\"\""},
        {"zero is falsey", "{{#zero}}a{{/zero}}{{#nothing}}b{{/nothing}}{{#never}}c{{/never}}", ""},
        {"others are truthy", "{{#count}}a{{/count}}{{#price}}b{{/price}}{{#when}}c{{/when}}",
         "abc"},
        {"empty text is falsey", "{{#empty}}a{{/empty}}{{#plain}}b{{/plain}}{{#body}}c{{/body}}",
         "bc"},
        {"record opens", "{{#author}}Hi {{name}}.{{/author}}", "Hi Ann."},
        {"outer scopes", "{{#author}}{{plain}}, {{name}}, {{author.place.name}}{{/author}}",
         "World, Ann, Basel"},
        {"current value", "{{#plain}}{{.}} is {{plain}}{{/plain}}", "World is World"},
        {"current number", "{{#count}}{{.}}{{/count}} {{#yes}}{{.}}{{/yes}}", "85 true"},
        {"section over the current value", "{{#plain}}{{#.}}{{.}}{{/.}}{{^.}}no{{/.}}{{/plain}}",
         "World"},
        {"list", "{{#topics}}{{name}};{{/topics}}", "Gold;Oil &amp; gas;"},
        {"empty list", "[{{#none}}{{name}}{{/none}}]", "[]"},
        {"list within list",
         "{{#comments}}{{text}}({{#replies}}{{text}},{{plain}};{{/replies}}) "
         "{{/comments}}",
         "A(A1,World;A2,World;) B() "},
        {"text is no list", "{{#plain}}x{{/plain}}", "x"},
        {"doubled", "{{#yes}}\n* first\n{{/yes}}\n* {{plain}}\n{{#yes}}\n* third\n{{/yes}}\n",
         "* first\n* World\n* third\n"},
        {"nested truthy", "| A {{#yes}}B {{#yes}}C{{/yes}} D{{/yes}} E |", "| A B C D E |"},
        {"nested falsey", "| A {{#no}}B {{#yes}}C{{/yes}} D{{/no}} E |", "| A  E |"},
        {"dotted truthy", "{{#author.place.name}}here{{/author.place.name}}", "here"},
        {"dotted list", "{{#author.places}}{{name}},{{/author.places}}", "Basel,Chur,"},
        {"dotted broken chain", "({{#nobody.place.name}}here{{/nobody.place.name}})", "()"},
        {"dotted list of none",
         "({{#nobody.places}}x{{/nobody.places}}"
         "{{^nobody.places}}no{{/nobody.places}})",
         "(no)"},
        {"surrounding white space", " | {{#yes}}\t|\t{{/yes}} | \n", " | \t|\t | \n"},
        {"internal white space", " | {{#yes}} {{! note }}\n {{/yes}} | \n", " |  \n  | \n"},
        {"indented in-line", " {{#yes}}YES{{/yes}}\n {{#yes}}GOOD{{/yes}}\n", " YES\n GOOD\n"},
        {"stand-alone lines", "| This Is\n{{#yes}}\n|\n{{/yes}}\n| A Line\n",
         "| This Is\n|\n| A Line\n"},
        {"indented stand-alone lines", "| This Is\n  {{#yes}}\n|\n  {{/yes}}\n| A Line\n",
         "| This Is\n|\n| A Line\n"},
        {"stand-alone line endings", "|\r\n{{#yes}}\r\n{{/yes}}\r\n|", "|\r\n|"},
        {"stand-alone without previous line", "  {{#yes}}\n#{{/yes}}\n/", "#\n/"},
        {"stand-alone without newline", "#{{#yes}}\n/\n  {{/yes}}", "#\n/\n"},
        {"two on a line are not alone", "{{#yes}}{{#yes}}\nx\n{{/yes}}{{/yes}}\n", "\nx\n\n"},
        {"padding", "|{{# yes }}={{/ yes }}|", "|=|"},
    };
    assert_all(rules);
}

static void inverted_sections_follow_the_inverted_rules(void **state)
{
    static const struct rule rules[] = {
        {"falsey", "\"{{^no}}shown{{/no}}\"", "\"shown\""},
        {"truthy", "\"{{^yes}}shown{{/yes}}\"", "\"\""},
        {"missing record", "{{^nobody}}none{{/nobody}}", "none"},
        {"record", "{{^author}}none{{/author}}", ""},
        {"list", "{{^topics}}none{{/topics}}", ""},
        {"empty list", "{{^none}}none{{/none}}", "none"},
        {"empty text, zero, not set",
         "{{^empty}}a{{/empty}}{{^zero}}b{{/zero}}{{^never}}c{{/never}}", "abc"},
        {"opens no scope", "{{#author}}{{^none}}{{name}}{{/none}}{{/author}}", "Ann"},
        {"doubled", "{{^no}}\n* first\n{{/no}}\n* {{plain}}\n{{^no}}\n* third\n{{/no}}\n",
         "* first\n* World\n* third\n"},
        {"nested falsey", "| A {{^no}}B {{^no}}C{{/no}} D{{/no}} E |", "| A B C D E |"},
        {"nested truthy", "| A {{^yes}}B {{^no}}C{{/no}} D{{/yes}} E |", "| A  E |"},
        {"dotted",
         "{{^author.place.name}}no{{/author.place.name}}|{{^nobody.place.name}}none"
         "{{/nobody.place.name}}",
         "|none"},
        {"surrounding white space", " | {{^no}}\t|\t{{/no}} | \n", " | \t|\t | \n"},
        {"internal white space", " | {{^no}} {{! note }}\n {{/no}} | \n", " |  \n  | \n"},
        {"stand-alone lines", "| This\n  {{^no}}\n|\n  {{/no}}\n| A Line\n",
         "| This\n|\n| A Line\n"},
        {"line endings", "|\r\n{{^no}}\r\n{{/no}}\r\n|", "|\r\n|"},
        {"without previous line", "  {{^no}}\n^{{/no}}\n/", "^\n/"},
        {"without newline", "^{{^no}}\n/\n  {{/no}}", "^\n/\n"},
        {"padding", "|{{^ no }}={{/ no }}|", "|=|"},
    };
    assert_all(rules);
}

static void comments_leave_nothing(void **state)
{
    static const struct rule rules[] = {
        {"in-line", "12345{{! Comment Block! }}67890", "1234567890"},
        {"multi-line", "12345{{!\n  multi-line\n  comment...\n}}67890\n", "1234567890\n"},
        {"stand-alone", "Begin.\n{{! Comment Block! }}\nEnd.\n", "Begin.\nEnd.\n"},
        {"indented stand-alone", "Begin.\n  {{! Indented! }}\nEnd.\n", "Begin.\nEnd.\n"},
        {"line endings", "|\r\n{{! alone }}\r\n|", "|\r\n|"},
        {"without previous line", "  {{! I'm Still Standalone }}\n!", "!"},
        {"without newline", "!\n  {{! I'm Still Standalone }}", "!\n"},
        {"multi-line stand-alone", "Begin.\n{{!\nSomething's going on here...\n}}\nEnd.\n",
         "Begin.\nEnd.\n"},
        {"indented multi-line", "Begin.\n  {{!\n    going on...\n  }}\nEnd.\n", "Begin.\nEnd.\n"},
        {"indented in-line", "  12 {{! 34 }}\n", "  12 \n"},
        {"white space kept", "12345 {{! Comment Block! }} 67890", "12345  67890"},
        {"no collision with fields", "({{! plain }}{{!plain}})", "()"},
    };
    assert_all(rules);
}

static void partials_follow_the_partial_rules(void **state)
{
    static const struct rule rules[] = {
        {"basic", "\"{{>p}}\"", "\"from partial\"", "from partial"},
        {"context", "\"{{>p}}\"", "\"*World*\"", "*{{plain}}*"},
        {"context in a section", "{{#topics}}{{>p}}{{/topics}}", "Gold World;Oil &amp; gas World;",
         "{{name}} {{plain}};"},
        {"recursion", "{{#comments}}{{>p}}{{/comments}}", "A[A1[A11[]]A2[]]B[]",
         "{{text}}[{{#replies}}{{>p}}{{/replies}}]"},
        {"nested", "{{>p}}", "*World!*", "*{{>q}}*", "{{plain}}!"},
        {"the current value", "{{#plain}}{{>p}}{{/plain}}", "<b>World</b>", "<b>{{.}}</b>"},
        {"surrounding white space", "| {{>p}} |", "| \t|\t |", "\t|\t"},
        {"in-line indentation", "  {{plain}}  {{> p}}\n", "  World  >\n>\n", ">\n>"},
        {"line endings", "|\r\n{{>p}}\r\n|", "|\r\n>|", ">"},
        {"without previous line", "  {{>p}}\n>", "  >\n  >>", ">\n>"},
        {"without newline", ">\n  {{>p}}", ">\n  >\n  >", ">\n>"},
        {"stand-alone indentation", "\\\n {{>p}}\n/\n", "\\\n |\n <a\nb>\n |\n/\n",
         "|\n{{{lines}}}\n|\n"},
        {"indentation adds up", " {{>p}}\n", " a\n   b\n   World\n c\n", "a\n  {{>q}}\nc\n",
         "b\n{{plain}}\n"},
        {"indentation and sections", "  {{>p}}\n", "  Gold\n  Oil &amp; gas\n  .\n",
         "{{#topics}}\n{{name}}\n{{/topics}}\n.\n"},
        {"padding", "|{{> p }}|", "|[]|", "[]"},
    };
    assert_all(rules);
}

static void layouts_follow_the_inheritance_rules(void **state)
{
    static const struct rule rules[] = {
        {"default", "{{$title}}Default title{{/title}}\n", "Default title\n"},
        {"variable", "{{$foo}}default {{plain}} content{{/foo}}\n", "default World content\n"},
        {"sections", "{{$foo}}default {{#author}}{{name}}{{/author}} content{{/foo}}\n",
         "default Ann content\n"},
        {"inherit", "{{<p}}{{/p}}", "default content", "{{$foo}}default content{{/foo}}"},
        {"overridden", "{{<p}}{{$title}}sub title{{/title}}{{/p}}", "...sub title...",
         "...{{$title}}Default title{{/title}}..."},
        {"data does not override", "{{<p}}{{$plain}}in template{{/plain}}{{/p}}", "in template",
         "{{$plain}}in include{{/plain}}"},
        {"data does not override defaults", "{{<p}}{{/p}}", "in include",
         "{{$plain}}in include{{/plain}}"},
        {"two layouts",
         "test {{<p}}{{$stuff}}override1{{/stuff}}{{/p}} {{<p}}{{$stuff}}override2{{/stuff}}{{/p}}",
         "test |override1 default| |override2 default|",
         "|{{$stuff}}...{{/stuff}}{{$default}} default{{/default}}|"},
        {"newlines", "{{<p}}{{$b}}\npeaked\n\n:(\n{{/b}}{{/p}}", "peaked\n\n:(\n",
         "{{$b}}peaking{{/b}}"},
        {"inherits indentation", "{{<p}}{{$n}}hammer time{{/n}}{{/p}}", "stop:\n  hammer time\n",
         "stop:\n  {{$n}}collaborate and listen{{/n}}\n"},
        {"only one", "{{<p}}{{$b}}two{{/b}}{{/p}}", "one, two",
         "{{$a}}one{{/a}}, {{$b}}default{{/b}}"},
        {"a layout is a partial", "{{>p}}|{{<p}}{{/p}}", "default|default",
         "{{$foo}}default{{/foo}}"},
        {"outermost wins, with recursion of other blocks", "{{<p}}{{$foo}}override{{/foo}}{{/p}}",
         "override override override don't recurse",
         "{{$foo}}default{{/foo}} {{$bar}}{{<q}}{{/q}}{{/bar}}",
         "{{$foo}}q default{{/foo}} {{<p}}{{$bar}}don't recurse{{/bar}}{{/p}}"},
        {"multi-level", "{{<p}}{{$a}}c{{/a}}{{/p}}", "c", "{{<q}}{{$a}}p{{/a}}{{/q}}",
         "{{<r}}{{$a}}o{{/a}}{{/r}}", "{{$a}}g{{/a}}"},
        {"multi-level without child", "{{<p}}{{/p}}", "p", "{{<q}}{{$a}}p{{/a}}{{/q}}",
         "{{<r}}{{$a}}o{{/a}}{{/r}}", "{{$a}}g{{/a}}"},
        {"text inside is ignored", "{{<p}} asdf {{$foo}}hmm{{/foo}} asdf {{/p}}", "hmm",
         "{{$foo}}default{{/foo}}"},
        {"only text inside", "{{<p}} asdfasd asdf {{/p}}", "default", "{{$foo}}default{{/foo}}"},
        {"stand-alone layout", "Hi,\n  {{<p}}{{/p}}\n", "Hi,\n  one\n  two\n", "one\ntwo\n"},
        {"stand-alone block", "{{<p}}{{$b}}\none\ntwo{{/b}}\n{{/p}}\n", "Hi,\n  one\n  two\n",
         "Hi,\n  {{$b}}{{/b}}\n"},
        {"block reindentation", "{{<p}}{{$b}}\n    one\n    two\n{{/b}}{{/p}}\n",
         "Hi,\n  one\n  two\n", "Hi,\n  {{$b}}\n  {{/b}}\n"},
        {"intrinsic indentation", "{{<p}}{{$b}}\none\ntwo\n{{/b}}{{/p}}\n", "Hi,\n  one\n  two\n",
         "Hi,\n{{$b}}\n  default\n{{/b}}\n"},
        {"nested block reindentation", "{{<p}}{{$nested}}\nthree\n{{/nested}}{{/p}}\n",
         "one\n  three\n",
         "{{<q}}{{$b}}\n  one\n  {{$nested}}\n    two\n  {{/nested}}\n{{/b}}{{/q}}\n",
         "{{$b}}default{{/b}}"},
        {"blocks see the scopes where they go", "{{<p}}{{$b}}{{name}},{{plain}};{{/b}}{{/p}}",
         "Gold,World;Oil &amp; gas,World;", "{{#topics}}{{$b}}{{/b}}{{/topics}}"},
    };
    assert_all(rules);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_follow_the_interpolation_rules),
        cmocka_unit_test(sections_follow_the_section_rules),
        cmocka_unit_test(inverted_sections_follow_the_inverted_rules),
        cmocka_unit_test(comments_leave_nothing),
        cmocka_unit_test(partials_follow_the_partial_rules),
        cmocka_unit_test(layouts_follow_the_inheritance_rules),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
