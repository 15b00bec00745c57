// A page as the cache keeps it: status, headers and parts packed into one piece of memory, and the
// ways it is put together for a reader. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "cache/cache.h"
#include "http/http.h"
#include "site/visit.h"

struct compressor;

// The shared segments that go around a framed page.
struct frame {
    struct kept *prefs, *head, *tail;
};

// Packs what a handler made; lives in `a`.
str kept_page_pack(struct arena *a, const struct rendered *page);

bool kept_page_framed(const struct kept *page);

// Answers with `page` (and `frame` around it, where it is framed), taking over all references: they
// are released when the answer is sent. Compressed when the client takes it and the forms are there
// already; *lacking (may be NULL) says that a form was missing.
void kept_page_answer(const struct http_request *r, struct http_answer *answer, struct kept *page,
                      const struct frame *frame, bool *lacking);

// Makes the compressed forms of a page or segment and attaches them.
void kept_page_compress(struct cache *cache, struct compressor *c, struct arena *scratch,
                        struct kept *page);
