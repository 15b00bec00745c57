// What readers are told when a page cannot be made.
// SPDX-License-Identifier: Apache-2.0
#include "base/unit_test.h"

#include <stdlib.h>
#include <unistd.h>

#include "app/renderer.h"
#include "app/server.h"
#include "base/arena.h"
#include "cache/cache.h"
#include "db/db.h"
#include "model/catalogue.h"

static void a_database_that_is_away_is_no_fault_of_the_page(void **state)
{
    arena_scoped a = arena_new();
    char folder[] = "/tmp/renderer-XXXXXX";
    assert_non_null(mkdtemp(folder));
    str file = str_format(a, "%s/a.db", folder);
    struct server s = {.cache = cache_new(1 << 20), .keeps = true};
    pthread_rwlock_init(&s.theme_lock, NULL);
    assert_null(db_open(a, str_join(a, S("sqlite:"), file), &model_catalogue, &s.db));
    for (const char *const *end = (const char *const[]){"", "-wal", "-shm", NULL}; *end; end++)
        unlink(str_z(a, str_format(a, "%.*s%s", STR(file), *end)));
    assert_int_equal(rmdir(folder), 0);

    void *renderer = renderer_open(&s);
    struct http_answer answer = {0};
    struct http_request request = {.arena = a, .method = HTTP_GET, .path = S("/")};
    renderer_handle(renderer, &request, &answer);
    assert_int_equal(answer.status, 503);
    assert_true(str_find(answer.headers, S("Retry-After: ")) >= 0);
    assert_null(answer.release);
    renderer_close(renderer);
    db_close(s.db);
    cache_free(s.cache);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_database_that_is_away_is_no_fault_of_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
