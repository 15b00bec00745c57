// Follows the literal text of a template to know which HTML or XML context a tag stands in.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stdint.h>

#include "base/fields.h"
#include "base/str.h"
#include "template/escape.h"

enum markup_kind { MARKUP_HTML, MARKUP_XML, MARKUP_PLAIN };

// Where in the markup we are. Two places are the same when their bytes are: fields that do not
// matter in a state are zero.
struct markup {
    uint8_t state;    // enum in markup.c
    uint8_t kind;     // enum markup_kind
    uint8_t element;  // of the tag we are in, or whose text we are in
    uint8_t closing;  // in a closing tag
    uint8_t attr;     // kind of the attribute we are in
    uint8_t quote;    // '"', '\'' or 0 around its value
    uint8_t url;      // the parts of a URL we may be in: a set of bits
    uint8_t string;   // JSON: in a string
    uint8_t escaped;  // JSON: behind a backslash
    uint8_t pending;  // how much of "</script" or "-->" has been seen
    uint8_t json;     // in the opening tag of a <script> whose type is JSON
    uint8_t word_len; // of the name, script type or URL scheme being read
    char word[20];    // in lower case; longer ones are cut
};

// What a template of this name is: XML if it ends in ".xml", plain text if in ".txt", else HTML.
enum markup_kind markup_kind(str name);

struct markup markup_start(enum markup_kind kind);

// Moves over literal text. Returns NULL or, for text that cannot be followed, a sentence, with
// *text cut to where it went wrong.
const char *markup_text(struct markup *m, str *text);

// Prepares for a tag of any kind but a comment. Returns NULL or why none may stand here.
const char *markup_tag(struct markup *m);

// The escaping of a value of `kind` here, moving over it; `next` is the literal text behind it, as
// far as there is any. Returns NULL or why it may not stand here. Call markup_tag first.
const char *markup_value(struct markup *m, enum field_kind kind, str next, enum escape *out);

// Makes *m the place where both *m and `other` may be: after a section that may be left out.
// False when there is none.
bool markup_join(struct markup *m, const struct markup *other);

bool markup_same(const struct markup *a, const struct markup *b);

// Whether a page may end here: outside any tag, comment or script.
bool markup_is_text(const struct markup *m);

// Where we are, for messages: "an attribute's value".
const char *markup_name(const struct markup *m);
