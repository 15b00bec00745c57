// Keeps opaque bytes under the keys they depend on, and forgets them when a key changes; knows no
// article, no HTTP. Safe to call from any thread.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/instant.h"
#include "base/keyset.h"
#include "base/str.h"

struct cache;

// Kept bytes; immutable, counted by reference, valid until released even when forgotten meanwhile.
struct kept;

// `most` bytes of memory in all, bookkeeping included; 0 keeps nothing (every put only hands back).
struct cache *cache_new(size_t most);
void cache_free(struct cache *c);

// What is kept under `name` and still fresh at `now`, referenced; or NULL.
struct kept *cache_get(struct cache *c, str name, instant now);

// Keeps `bytes` (copied) under `name`, replacing what was there. They were made from a snapshot
// that holds commits up to `commit` and depend on `reads`. Refused when one of those keys was
// forgotten by a later commit, or when the log of commits does not reach back that far; when what
// is there comes from a newer snapshot; and when it is too much: an eighth of all memory, 65,536
// keys, a name of 4,096 bytes. In every case the result is a referenced kept that can be sent once;
// *stored (may be NULL) says if it was kept.
struct kept *cache_put(struct cache *c, str name, const struct keyset *reads, uint64_t commit,
                       str bytes, bool *stored);

// Forgets every entry older than `commit` that depends on one of `writes`, before returning;
// returns how many. Commits must be announced in order, each once, also those that wrote nothing.
size_t cache_forget(struct cache *c, const struct keyset *writes, uint64_t commit);

// Forgets everything older than `commit`: for a node that lost count.
size_t cache_forget_all(struct cache *c, uint64_t commit);

// Forgets everything, whatever its age, for a reason that no commit tells of (another theme).
// Nothing may be on its way to cache_put meanwhile that was made before that reason.
size_t cache_clear(struct cache *c);

// Forgets everything, whatever its age, and counts on from `commit`, be it lower than the newest
// announced: for a database that lost commits. Nothing may be on its way to cache_put meanwhile.
size_t cache_restart(struct cache *c, uint64_t commit);

// The newest commit announced.
uint64_t cache_commit(const struct cache *c);

// One render for concurrent misses: true means "yours, make it, then cache_done"; false means that
// another thread was making it and is done: look again. Blocks meanwhile. A thread never claims the
// same name twice, and claims several only in an order that all threads share. With nothing kept,
// everyone makes their own.
bool cache_claim(struct cache *c, str name);
void cache_done(struct cache *c, str name);

struct kept *kept_hold(struct kept *k);
void kept_release(struct kept *k); // NULL is fine
str kept_bytes(const struct kept *k);
uint64_t kept_commit(const struct kept *k);

// Other forms of the same bytes (compressed), added later, once each; copied and counted.
enum { KEPT_FORMS = 4 };
void cache_attach(struct cache *c, struct kept *k, unsigned form, str bytes);
str kept_form(const struct kept *k, unsigned form); // ptr NULL when there is none (yet)

struct cache_stats {
    uint64_t hits, misses, puts, refused, forgotten, evicted;
    size_t entries, bytes;
};
struct cache_stats cache_stats(const struct cache *c);
