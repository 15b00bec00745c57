// One render for concurrent misses of one name.
// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <pthread.h>
#include <stdbool.h>

#include "base/str.h"

struct claim;

// There are never more claims than threads that render: a list will do.
struct claims {
    pthread_mutex_t lock;
    struct claim *first;
};

void claims_init(struct claims *all);
void claims_done(struct claims *all);

// True: the name is the caller's until claims_finish. False: it was another's, who has finished.
bool claims_begin(struct claims *all, str name);
void claims_finish(struct claims *all, str name);
