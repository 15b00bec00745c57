// Writes text so that it stays text in the context it goes to.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/buf.h"
#include "base/str.h"

enum escape {
    ESCAPE_NONE,       // clean markup, numbers
    ESCAPE_HTML,       // text and quoted attribute values
    ESCAPE_XML,        // the same in XML; what XML 1.0 forbids is dropped
    ESCAPE_JSON,       // within the quotes of a JSON string in a script element
    ESCAPE_URL,        // a URL from its start, in an attribute: one of http, https, mailto, tel, or
                       // relative; any other scheme becomes about:invalid
    ESCAPE_URL_PATH,   // what follows the start of a URL
    ESCAPE_URL_PART,   // one component of a URL: all but unreserved characters are encoded
    ESCAPE_SRCSET,     // ESCAPE_URL where a comma would begin the next URL
    ESCAPE_CANDIDATES, // all of a srcset: URLs as by ESCAPE_URL, each with its width or density
    ESCAPE_JSON_REAL,  // a number outside JSON strings: what is not finite becomes null
};

void escape_add(struct buf *out, enum escape escape, str s);

// Whether a URL of this scheme may come from data, or be continued by it.
bool url_scheme_allowed(str scheme);
