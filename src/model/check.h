// What texts must keep to before the newsroom stores them.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/error.h"

struct work;

enum {
    NAME_MOST = 200, // bytes: of a section, person, topic, label
    LINE_MOST = 500, // titles, roles, taglines
    DESCRIPTION_MOST = 4000,
    ADDRESS_MOST = 2000,
    EMAIL_MOST = 254, // RFC 5321 §4.5.3.1.3, without the brackets
};

// At most `most` bytes; FAULT_INPUT with a sentence otherwise. `where` and `what` are for it.
error check_text(struct work *w, str where, const char *what, str text, size_t most) fallible;

// The same for a text that must be there and stand in one line.
error check_line(struct work *w, str where, const char *what, str text, size_t most) fallible;

// Empty, or somebody@host with nothing in it that a mail's head could not hold. Not asked of what
// is imported: other systems took anything. `whose` is for the message.
error check_email(struct work *w, str where, const char *whose, str address) fallible;

// Empty, a path of the site ("/about/") or an http(s) address, at most ADDRESS_MOST bytes: nothing
// that a browser would run or read as another host.
error check_address(struct work *w, str where, const char *what, str address) fallible;
