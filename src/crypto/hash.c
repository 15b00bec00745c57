// Digests.
// SPDX-License-Identifier: Apache-2.0
#include "crypto/hash.h"

#include <sodium.h>

#include "base/arena.h"

static str in_hex(struct arena *a, const unsigned char *digest)
{
    enum { BYTES = crypto_hash_sha256_BYTES };
    char *hex = arena_text(a, BYTES * 2 + 1);
    sodium_bin2hex(hex, BYTES * 2 + 1, digest, BYTES);
    return (str){hex, BYTES * 2};
}

str sha256_hex(struct arena *a, str bytes)
{
    unsigned char digest[crypto_hash_sha256_BYTES];
    crypto_hash_sha256(digest, (const unsigned char *)(bytes.len ? bytes.ptr : ""), bytes.len);
    return in_hex(a, digest);
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
    return in_hex(a, digest);
}
