// What digests promise.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include "base/arena.h"
#include "crypto/hash.h"

static void sha256_agrees_with_the_standard(void **state)
{
    arena_scoped a = arena_new();
    assert_str(sha256_hex(a, S("abc")),
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_str(sha256_hex(a, STR_NONE),
               "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

static void sha256_of_pieces_is_that_of_the_whole(void **state)
{
    arena_scoped a = arena_new();
    struct sha256 sum;
    sha256_begin(&sum);
    sha256_add(&sum, S("a"));
    sha256_add(&sum, STR_NONE);
    sha256_add(&sum, S("bc"));
    assert_str(sha256_end(&sum, a), str_z(a, sha256_hex(a, S("abc"))));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sha256_agrees_with_the_standard),
                                       cmocka_unit_test(sha256_of_pieces_is_that_of_the_whole)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
