// What the model's tests share: a fresh newsroom for each, on SQLite and, where TEST_POSTGRES names
// a server, on PostgreSQL. SPDX-License-Identifier: Apache-2.0
#pragma once
#include "base/unit_test.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/fields.h"
#include "db/db.h"
#include "model/work.h"

// What a test finds behind *state.
struct model_test {
    struct arena *a;
    struct db *db;
    struct db_conn *conn;
    instant now;     // for the next work; moves on by a minute with each
    struct work *at; // the open work
    str url;
};

// Commits the open work, if any, and starts another; it ends with the test.
struct work *model_write(struct model_test *t);
struct work *model_read(struct model_test *t);

// Runs every test on every engine; the number that failed.
int model_test_run(const char *group, const struct CMUnitTest *tests, size_t count);
#define MODEL_TEST_RUN(group, tests) model_test_run(group, tests, sizeof(tests) / sizeof *(tests))

#define assert_ok(call)                                                                            \
    do {                                                                                           \
        error ok_ = (call);                                                                        \
        if (ok_)                                                                                   \
            fail_msg("%.*s: %.*s", STR(ok_->where), STR(ok_->message));                            \
    } while (0)

// Fails with this fault, and with a sentence.
#define assert_fault(call, expected)                                                               \
    do {                                                                                           \
        error fault_ = (call);                                                                     \
        assert_non_null(fault_);                                                                   \
        assert_string_equal(str_z(model_test_arena(), fault_name(fault_->fault)),                  \
                            str_z(model_test_arena(), fault_name(expected)));                      \
        assert_true(fault_->message.len > 0);                                                      \
    } while (0)

// Exactly these keys, in any order.
#define assert_writes(w, ...)                                                                      \
    model_assert_keys(&(w)->writes, (const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)
#define assert_reads(w, ...)                                                                       \
    model_assert_keys(&(w)->reads, (const char *const[]){__VA_ARGS__, NULL}, __FILE__, __LINE__)
#define assert_writes_nothing(w)                                                                   \
    model_assert_keys(&(w)->writes, (const char *const[]){NULL}, __FILE__, __LINE__)

void model_assert_keys(const struct keyset *set, const char *const *expected, const char *file,
                       int line);

// Text of `size` bytes, and the arena of the running test.
str model_text(size_t size);
struct arena *model_test_arena(void);
