// Players and posts of known hosts, reduced to whose they are and which.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>

#include "base/str.h"

struct arena;

// `provider` and `id` say all: the address is made of them alone.
struct embed {
    str provider; // "youtube"
    str id;
    str url;   // where a reader can see it
    str label; // "Watch it on YouTube"
};

// Recognises the address of a frame, or of a page of one thing at a known host.
bool embed_from_url(struct arena *a, str url, struct embed *out);

// The embed of that provider and id; false if there is no such provider or the id is none of its.
bool embed_from_id(struct arena *a, str provider, str id, struct embed *out);
