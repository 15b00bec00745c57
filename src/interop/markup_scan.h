// Cuts markup into tags, remarks and texts, as it stands, without judging it.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

enum markup_kind { MARKUP_TEXT, MARKUP_TAG, MARKUP_REMARK };

struct markup_token {
    enum markup_kind kind;
    str whole;    // as it stands, "<" and ">" included
    str name;     // of a tag
    bool closing; // </p>
    bool empty;   // <br />
};

// Takes the next token off *rest; false at the end. Nothing is lost: the tokens joined are the
// text.
bool markup_next(str *rest, struct markup_token *out);

// Takes all up to and with the closing tag of `name`, or all that is left.
str markup_take_element(str *rest, str name);

// The value of an attribute of a tag as it stands there; ptr NULL without.
str markup_attribute(str tag, str name);
