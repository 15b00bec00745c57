// Digests.
// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include <sodium.h>

#include "base/arena.h"

enum { QUICK_BYTES = 16 };

static str in_hex(struct arena *a, const unsigned char *digest, size_t bytes)
{
    char *hex = arena_text(a, bytes * 2 + 1);
    sodium_bin2hex(hex, bytes * 2 + 1, digest, bytes);
    return (str){hex, bytes * 2};
}

// The state lies on a multiple of 64, for which there is room: gcc 12's AddressSanitizer puts a
// local variable that wants to lie there elsewhere.
static crypto_generichash_state *quick_state_of(struct quick_sum *sum)
{
    const size_t align = _Alignof(crypto_generichash_state);
    _Static_assert(sizeof(crypto_generichash_state) + 64 <= sizeof sum->state,
                   "room for the state");
    _Static_assert(_Alignof(crypto_generichash_state) <= 64, "room to align it");
    char *first = (char *)sum->state;
    return (crypto_generichash_state *)(void *)(first + -(uintptr_t)first % align);
}

void quick_begin(struct quick_sum *sum)
{
    crypto_generichash_init(quick_state_of(sum), NULL, 0, QUICK_BYTES);
}

void quick_add(struct quick_sum *sum, str bytes)
{
    if (bytes.len)
        crypto_generichash_update(quick_state_of(sum), (const unsigned char *)bytes.ptr, bytes.len);
}

str quick_end(struct quick_sum *sum, struct arena *a)
{
    unsigned char digest[QUICK_BYTES];
    crypto_generichash_final(quick_state_of(sum), digest, sizeof digest);
    return in_hex(a, digest, sizeof digest);
}

str sha256_hex(struct arena *a, str bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)(bytes.len ? bytes.ptr : ""), bytes.len);
    return in_hex(a, digest, sizeof digest);
}

static crypto_hash_sha256_state *state_of(struct sha256 *sum)
{
    _Static_assert(sizeof(crypto_hash_sha256_state) <= sizeof sum->state, "room for the state");
    return (crypto_hash_sha256_state *)(void *)sum->state;
}

void sha256_begin(struct sha256 *sum)
{
    crypto_hash_sha256_init(state_of(sum));
}

void sha256_add(struct sha256 *sum, str bytes)
{
    if (bytes.len)
        crypto_hash_sha256_update(state_of(sum), (const unsigned char *)bytes.ptr, bytes.len);
}

str sha256_end(struct sha256 *sum, struct arena *a)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state_of(sum), digest);
    return in_hex(a, digest, sizeof digest);
}
