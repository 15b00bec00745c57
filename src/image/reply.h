// Reads what the helper answered, believing nothing.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "image/image.h"

struct reply {
    struct image_set set; // its variants without names
    str *bytes;           // of each variant; views into what was parsed
    bool refused;         // then `fault` and `sentence` say why, and the rest is empty
    enum fault fault;     // FAULT_INPUT or FAULT_LIMIT
    str sentence;         // one line of printable text
};

// Reads a whole answer as protocol.h describes it. False unless it is one from the first byte to
// the last, within all limits, and each variant's bytes begin as what its line calls them (for
// JPEG, PNG and WebP with the very size it states).
bool reply_parse(struct arena *a, str bytes, struct reply *out);
